"""SQLAlchemy inside a change: a session on the writer connection that neither begins nor commits by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import sqlcipher3
from sqlalchemy import create_engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session
from sqlalchemy.pool import StaticPool

if TYPE_CHECKING:
    from sqlite3 import Connection

    from sqlalchemy import Engine


class _Joined:
    """The writer connection as SQLAlchemy sees it: the transaction around it belongs to the change.

    ``rolled_back`` tells the change that a session gave up inside it.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self.rolled_back = False

    def commit(self) -> None:
        """Left to the change."""

    def rollback(self) -> None:
        """Left to the change, which is told."""
        self.rolled_back = True

    def close(self) -> None:
        """Left to the database."""

    def __getattr__(self, name: str) -> Any:
        return getattr(self._connection, name)


def joined_engine(connection: Connection) -> Engine:
    """An engine whose only connection is *connection*; its first use happens here, outside any session."""
    joined = _Joined(connection)
    engine = create_engine("sqlite://", module=sqlcipher3, creator=lambda: joined, poolclass=StaticPool)
    engine.connect().close()
    return engine


class JoinedSession:
    """A session for the length of one change."""

    def __init__(self, engine: Engine) -> None:
        self._connection = engine.connect()
        self._joined = self._connection.connection.dbapi_connection
        assert isinstance(self._joined, _Joined)
        self._joined.rolled_back = False
        self.session = Session(bind=self._connection, join_transaction_mode="rollback_only")

    def flush(self) -> None:
        """Send what is pending. Raises the driver's error where it is refused, and RuntimeError where the session was
        rolled back: the change cannot go on.
        """
        try:
            self.session.flush()
        except DBAPIError as error:
            raise (error.orig or error) from error
        assert isinstance(self._joined, _Joined)
        if self._joined.rolled_back:
            raise RuntimeError("the session was rolled back inside the change")

    def close(self) -> None:
        """Let the objects go and give the connection back."""
        self.session.close()
        self._connection.close()

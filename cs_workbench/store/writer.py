"""The one connection that writes, with the triggers that keep the journal and the search index."""

from __future__ import annotations

from cs_workbench.store import files, fit, problems
from cs_workbench.store.connection import DriverError, connect, set_up_writer

TYPE_CHECKING = False
if TYPE_CHECKING:
    from sqlite3 import Connection

    from sqlalchemy import Engine

    from cs_workbench.store.steps import Steps


class Writer:
    """The writer connection, its undo steps, and (once asked for) the engine that joins its transactions."""

    def __init__(self, path: str, connection: Connection, steps: Steps) -> None:
        self.path = path
        self.connection = connection
        self.steps = steps
        self._engine: Engine | None = None

    def engine(self) -> Engine:
        """An SQLAlchemy engine over this very connection; imports SQLAlchemy on first use."""
        if self._engine is None:
            from cs_workbench.store.session import joined_engine

            self._engine = joined_engine(self.connection)
        return self._engine

    def close(self) -> None:
        """Close the connection; an open transaction is rolled back."""
        self.connection.close()


def open_writer(path: str, raw_key: str | None) -> Writer:
    """Open the writer. Raises FileProblem where the file or its folder is write-protected, PortfolioProblem else."""
    from cs_workbench.store import journal, search
    from cs_workbench.store.steps import Steps

    for suffix in ("", "-wal", "-shm"):
        files.tighten(path + suffix)
    connection = None
    ready = False
    try:
        connection = connect(path, mode="rw", raw_key=raw_key)
        set_up_writer(connection)
        fit.check(path, connection)
        steps = Steps(connection, journal.install(connection))
        search.install(connection)
        ready = True
    except DriverError as error:
        raise problems.from_driver(error, path) or error from error
    finally:
        if connection is not None and not ready:
            connection.close()
    return Writer(path, connection, steps)

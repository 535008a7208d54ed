"""The open portfolio file: readers for every thread, one writer, and the gate both pass first."""

from __future__ import annotations

import os
from _thread import allocate_lock, get_ident

from cs_workbench.errors import FileProblem
from cs_workbench.store import fit, gate
from cs_workbench.store.connection import DriverError, connect, set_up_reader
from cs_workbench.store.late import Late
from cs_workbench.store.reads import Reads

TYPE_CHECKING = False
if TYPE_CHECKING:
    from sqlite3 import Connection

    from cs_workbench.store import problems
    from cs_workbench.store.lock import WriterPlace
    from cs_workbench.store.writer import Writer
else:
    problems = Late("cs_workbench.store.problems")


class Database:
    """One portfolio file. Reading needs no lock; the first change takes the writer's place until ``close``."""

    def __init__(self, path: str, raw_key: str | None, *, read_only: bool) -> None:
        self.path = path
        self.raw_key = raw_key
        self.read_only = read_only
        self.reads = Reads(path, self.reader)
        self._file = _identity(path)
        self._guard = allocate_lock()
        self._readers: dict[int, Connection] = {}
        self._writer: Writer | None = None
        self._place: WriterPlace | None = None
        self._closed = False
        self._fits = False

    @classmethod
    def open(
        cls, path: str, key: str | None = None, *, create: bool = False, read_only: bool = False
    ) -> Database:
        """Open the portfolio at *path*, bringing an older one up to date (after a verified backup).

        ``create`` makes a new, empty one and refuses an existing file. ``key`` is the passphrase of an encrypted one.
        Raises FileProblem and PortfolioProblem; whatever is refused is left byte for byte as it was.
        """
        path = os.path.realpath(path)
        if create:
            from cs_workbench.store.schema import create_portfolio

            create_portfolio(path, key)
        gate.inspect(path, has_key=key is not None, keyed=os.path.exists(path + ".key"))
        raw_key = None if key is None else unlock(path, key)
        database = cls(path, raw_key, read_only=read_only)
        opened = False
        try:
            if gate.has_log(path):
                database.probe()
            if not read_only and database.version() < gate.SCHEMA_VERSION:
                database.migrate()
            database.reader()
            opened = True
        finally:
            if not opened:
                database.close()
        return database

    def reader(self) -> Connection:
        """This thread's reader connection."""
        thread = get_ident()
        connection = self._readers.get(thread)
        if connection is not None:
            return connection
        with self._guard:
            if self._closed:
                raise RuntimeError("the portfolio is closed")
            self._forget_ended_threads()
            connection = self._open_reader()
            self._readers[thread] = connection
        return connection

    def fresh_reader(self) -> Connection:
        """A reader that remembers nothing read before, nor that the tables were ours; whoever asks closes it."""
        self._fits = False
        return self._open_reader()

    def standing(self) -> Connection | None:
        """A connection opened earlier, by whatever thread: the file may be gone, what it held can still be read."""
        with self._guard:
            return next(iter(self._readers.values()), None)

    def check_place(self) -> None:
        """Raises PortfolioProblem where the file was moved, deleted or replaced since it was opened."""
        if not self._closed and self._gone:
            self._bring_home()
            raise problems.moved(self.path)

    def writer(self) -> Writer:
        """The writer connection with its journal and search triggers, opened (and the place taken) on first use.

        Raises PortfolioProblem where another process writes, or the portfolio was opened for reading.
        """
        if not self.read_only:
            self.check_place()
        self.claim()
        if self._writer is None:
            from cs_workbench.store.writer import open_writer

            self._writer = open_writer(self.path, self.raw_key)
        return self._writer

    def claim(self) -> None:
        """Take the writer's place now, before there is anything to write. Raises PortfolioProblem."""
        if self._closed:
            raise RuntimeError("the portfolio is closed")
        if self.read_only:
            raise problems.for_reading(self.path)
        if self._place is None:
            from cs_workbench.store.lock import WriterPlace

            if gate.has_other_names(self.path):
                raise problems.linked(self.path)
            place = WriterPlace(self.path)
            place.take()
            self._place = place

    def probe(self) -> None:
        """Look through the log before any connection that could bring it home: it may hold a newer version."""
        connection = connect(self.path, mode="ro", raw_key=self.raw_key)
        try:
            gate.check_marks(self.path, *_marks(connection))
        except DriverError as error:
            raise problems.from_driver(error, self.path) or error from error
        finally:
            connection.close()

    def version(self) -> int:
        """The schema version of the file: from its header where it is plain, else through SQLite."""
        if self.raw_key is None:
            return gate.file_version(self.path)
        connection = connect(self.path, mode="ro", raw_key=self.raw_key)
        try:
            found: int = connection.execute("pragma user_version").fetchone()[0]
        finally:
            connection.close()
        return found

    def migrate(self) -> None:
        """Bring the file up to date under the writer's place, after a verified backup. Raises UserError."""
        from cs_workbench.store.migrate import bring_up_to_date

        self.claim()
        bring_up_to_date(self.path, self.raw_key)

    def settle(self) -> None:
        """Bring the log home and empty it: after an erasure nothing old may linger beside the file."""
        if self._writer is not None:
            self._writer.connection.execute("pragma wal_checkpoint(truncate)").fetchone()

    @property
    def in_place(self) -> bool:
        """Whether it can be written and the file is still the one that was opened."""
        return not self.read_only and not self._closed and not self._gone

    def renew(self) -> None:
        """Open every connection anew, the writer's place stays taken; for nobody reading yet.

        Where this process had the file open before, the look at its first bytes took SQLite's locks on it away.
        """
        with self._guard:
            connections = [*self._readers.values(), *([self._writer.connection] if self._writer else [])]
            self._readers.clear()
            self._writer = None
            for connection in connections:
                connection.close()

    def close(self) -> None:
        """Close every connection and give the writer's place back. Closing twice is harmless.

        Other threads' readers are only let go of: the driver closes one as soon as nobody holds it any more, at once or
        when the statement it is just running ends. Closed under a running statement, it would take the process along.
        """
        with self._guard:
            self._closed = True
            if self._gone:
                self._bring_home()
            if self._writer is not None:
                self._writer.connection.close()
                self._writer = None
            own = self._readers.pop(get_ident(), None)
            if own is not None:
                own.close()
            self._readers.clear()
            if self._place is not None:
                self._place.free()
                self._place = None

    @property
    def _gone(self) -> bool:
        """Whether the name leads to another file by now, or to none."""
        return _identity(self.path) != self._file

    def _bring_home(self) -> None:
        """Empty the log into the file that was opened, whatever it is called now.

        SQLite leaves the log of a file that was moved; it lies under the old name, and would be replayed into
        whatever is put there.
        """
        connections = [self._writer.connection] if self._writer is not None else []
        for connection in [*connections, *self._readers.values()]:
            try:
                if connection.execute("pragma wal_checkpoint(truncate)").fetchone()[0] == 0:
                    return
            except DriverError:  # a reader that may not write, a full disk
                continue

    def _forget_ended_threads(self) -> None:
        if not self._readers:
            return
        import threading

        alive = {thread.ident for thread in threading.enumerate()}
        for thread in [known for known in self._readers if known not in alive]:
            self._readers.pop(thread).close()

    def _open_reader(self) -> Connection:
        """A reader; where a full disk has no room for the file readers share, one that only reads needs none."""
        try:
            return self._connected_reader(self._reader_mode())
        except FileProblem as problem:
            if problem.code != "disk_full" or not self.read_only or gate.has_log(self.path):
                raise
        return self._connected_reader("immutable")

    def _connected_reader(self, mode: str) -> Connection:
        connection = None
        ready = False
        try:
            connection = connect(self.path, mode=mode, raw_key=self.raw_key)
            set_up_reader(connection)
            self._check(connection)
            ready = True
        except DriverError as error:
            raise problems.from_driver(error, self.path) or error from error
        finally:
            if connection is not None and not ready:
                connection.close()
        return connection

    def _reader_mode(self) -> str:
        """Readers may tidy the log when they close, unless the place is not ours to write."""
        if (
            not self.read_only
            and os.access(self.path, os.W_OK)
            and os.access(os.path.dirname(self.path), os.W_OK)
        ):
            return "rw"
        if os.access(os.path.dirname(self.path), os.W_OK) or os.path.exists(self.path + "-wal"):
            return "ro"
        return "immutable"

    def _check(self, connection: Connection) -> None:
        """The gate again, through SQLite: the log may hold a newer version than the file's first page."""
        application_id, version = _marks(connection)
        gate.check_marks(self.path, application_id, version)
        if version < gate.SCHEMA_VERSION:
            raise problems.older(self.path)
        if not self._fits:
            fit.check(self.path, connection)
            self._fits = True


def unlock(path: str, passphrase: str) -> str:
    """The raw key of the encrypted portfolio at *path*. Raises PortfolioProblem: wrong passphrase, or damage."""
    from cs_workbench.store import key

    raw_key, vouched = key.unlock(path, passphrase)
    connection = connect(path, mode="ro", raw_key=raw_key)
    try:
        connection.execute("select count(*) from sqlite_schema").fetchone()
    except DriverError as error:
        if vouched is None:
            raise problems.wrong_key_or_damaged(path) from error
        raise (problems.damaged(path, str(error)) if vouched else problems.wrong_key(path)) from error
    finally:
        connection.close()
    return raw_key


def _marks(connection: Connection) -> tuple[int, int]:
    application_id: int = connection.execute("pragma application_id").fetchone()[0]
    version: int = connection.execute("pragma user_version").fetchone()[0]
    return application_id, version


def _identity(path: str) -> tuple[int, int]:
    try:
        found = os.stat(path)
    except OSError:
        return (0, 0)
    return (found.st_dev, found.st_ino)

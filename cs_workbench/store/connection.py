"""Connections to the portfolio file: how they are opened, and which promises SQLite keeps on each."""

from __future__ import annotations

import sqlcipher3

TYPE_CHECKING = False
if TYPE_CHECKING:
    from sqlite3 import Connection

BUSY_MS = 5000
_WRITER_CACHE_KIB = 64_000
_READER_CACHE_KIB = 16_000
_LOG_LIMIT = 64 * 1024 * 1024
_COMMON = (
    "pragma trusted_schema=off",
    "pragma cell_size_check=on",
    "pragma foreign_keys=on",
    f"pragma busy_timeout={BUSY_MS}",
)
_WRITER = (
    "pragma secure_delete=on",
    "pragma recursive_triggers=on",
    "pragma temp_store=memory",
    f"pragma journal_size_limit={_LOG_LIMIT}",
    f"pragma cache_size=-{_WRITER_CACHE_KIB}",
)

DriverError = sqlcipher3.DatabaseError


def log_is_safe(version: tuple[int, int, int]) -> bool:
    """Whether this SQLite may use a write-ahead log beside other connections.

    3.7.0–3.51.2 can corrupt a log that two connections reset at once; fixed in 3.51.3, 3.50.7 and 3.44.6;
    3.52.0 was withdrawn.
    """
    if version == (3, 52, 0):
        return False
    if version >= (3, 51, 3):
        return True
    return (3, 50, 7) <= version < (3, 51, 0) or (3, 44, 6) <= version < (3, 45, 0)


def journal_mode() -> str:
    """``wal`` where this SQLite is safe with it, else ``truncate``; both with ``synchronous=full``."""
    return "wal" if log_is_safe(sqlcipher3.sqlite_version_info) else "truncate"


def connect(path: str, *, mode: str, raw_key: str | None = None) -> Connection:
    """A bare connection in autocommit; ``mode`` is ro, rw or ``immutable`` (read-only media: no log, no lock).

    ``raw_key`` is the derived key in hex. Raises the driver's OperationalError where the file cannot be opened.
    """
    query = "mode=ro&immutable=1" if mode == "immutable" else f"mode={mode}"
    connection: Connection = sqlcipher3.connect(
        f"file:{_escaped(path)}?{query}",
        uri=True,
        isolation_level=None,
        check_same_thread=False,
        cached_statements=256,
    )
    if raw_key is not None:
        connection.execute("pragma cipher_log_level=none")
        connection.execute(f"pragma key=\"x'{raw_key}'\"")
    return connection


def set_up_reader(connection: Connection) -> None:
    """Make *connection* a reader: it refuses to write and trusts nothing the file says."""
    for pragma in _COMMON:
        connection.execute(pragma)
    connection.execute(f"pragma cache_size=-{_READER_CACHE_KIB}")
    connection.execute("pragma query_only=on")


def set_up_writer(connection: Connection) -> None:
    """Make *connection* the writer: durable at every commit, references kept, deleted bytes overwritten."""
    for pragma in _COMMON:
        connection.execute(pragma)
    for pragma in _WRITER:
        connection.execute(pragma)
    connection.execute(f"pragma journal_mode={journal_mode()}").fetchone()
    connection.execute("pragma synchronous=full")


def _escaped(path: str) -> str:
    escaped = path.replace("\\", "/").replace("%", "%25").replace("?", "%3f").replace("#", "%23")
    return "/" + escaped if escaped[1:2] == ":" else escaped

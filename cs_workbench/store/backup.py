"""Backups that count only after they were read back: copy, force to disk, reopen, check, compare, then name.

A backup is ``<portfolio>-000012.csw`` with a manifest beside it (``….json``: when, rows and digest of each table)
and, for an encrypted portfolio, the key file. The manifest is written first; a backup file without one does not count.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import re
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from cs_workbench import paths
from cs_workbench.errors import PortfolioProblem
from cs_workbench.i18n import _
from cs_workbench.store import digest, files, gate, problems, stopping
from cs_workbench.store.connection import DriverError, connect
from cs_workbench.store.digest import TableDigest
from cs_workbench.store.rotation import Dated, Policy, to_delete

if TYPE_CHECKING:
    from sqlite3 import Connection

    from cs_workbench.store.stopping import Stop

_NUMBERED = re.compile(r"-(\d{6,})\.csw$")
_MANIFEST = re.compile(r"-\d{6,}\.csw\.json$")
_UNFINISHED = re.compile(r"-\d{6,}\.csw\.part(-journal|-wal|-shm)?$")
_GIVEN_UP = dt.timedelta(days=1)
_PAGES_A_GO = 4096
Progress = Callable[[int, int], object]


class _Asked(NamedTuple):
    """Who hears how far it is, and who says that it is not wanted any more."""

    progress: Progress | None
    stop: Stop | None


@dataclass(frozen=True, slots=True)
class BackupInfo:
    """One verified backup. ``rows`` and ``digests`` (SHA-256 hex) by table; ``reason`` says what asked for it."""

    path: str
    number: int
    at: dt.datetime
    schema: int
    size: int
    reason: str
    keyed: bool
    digests: dict[str, TableDigest]

    @property
    def rows(self) -> dict[str, int]:
        """Rows by table."""
        return {name: found.rows for name, found in self.digests.items()}


def make(
    path: str,
    raw_key: str | None,
    *,
    at: dt.datetime,
    reason: str = "asked",
    policy: Policy | None = None,
    progress: Progress | None = None,
    stop: Stop | None = None,
) -> BackupInfo:
    """Back up the portfolio at *path* and rotate older backups once the new one has proved itself.

    ``policy`` None keeps the usual number; ``progress`` hears (pages copied, pages in all). Raises FileProblem on a
    full or protected disk, PortfolioProblem where the copy does not equal its source and Cancelled soon after ``stop``
    said so, also while the copy is read back; then no backup was added and none was deleted.
    """
    folder = paths.backups_dir(path)
    try:
        files.make_private_folder(folder)
        info = _make(path, folder, raw_key, at, reason, _Asked(progress, stop))
    except OSError as error:
        raise problems.unreadable(folder, error) from error
    except DriverError as error:
        raise problems.from_driver(error, folder) or error from error
    rotate(path, policy or Policy())
    return info


def listed(path: str) -> list[BackupInfo]:
    """The backups of the portfolio at *path* that were verified when they were made, newest first."""
    folder = paths.backups_dir(path)
    try:
        names = os.listdir(folder)
    except OSError:
        return []
    found = (read_info(os.path.join(folder, name)) for name in names if _NUMBERED.search(name))
    return sorted((info for info in found if info is not None), key=lambda info: info.number, reverse=True)


def read_info(backup: str) -> BackupInfo | None:
    """What the manifest beside the backup file says, or None where there is no whole manifest."""
    try:
        with open(_manifest(backup), "rb") as file:
            said: dict[str, Any] = json.load(file)
        size = os.stat(backup).st_size
        return BackupInfo(
            path=backup,
            number=int(said["number"]),
            at=dt.datetime.fromisoformat(said["at"]),
            schema=int(said["schema"]),
            size=size,
            reason=str(said["reason"]),
            keyed=bool(said["keyed"]),
            digests={name: TableDigest(**found) for name, found in said["digests"].items()},
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None


def rotate(path: str, policy: Policy) -> list[int]:
    """Delete what the policy lets go, and return the numbers; a backup that cannot be deleted stays."""
    backups = {info.number: info for info in listed(path)}
    doomed = to_delete([Dated(info.number, info.at) for info in backups.values()], policy)
    for number in doomed:
        _delete(backups[number].path)
    return doomed


def verify(
    backup: str,
    raw_key: str | None,
    expected: dict[str, TableDigest] | None = None,
    *,
    stop: Stop | None = None,
) -> dict[str, TableDigest]:
    """Open the file at *backup* afresh, check it whole, and return its content's digest.

    Raises PortfolioProblem where SQLite finds damage, or the content is not *expected* (by table); Cancelled once
    *stop* said so.
    """
    connection = connect(backup, mode="immutable", raw_key=raw_key)
    try:
        with stopping.until(connection, stop):
            connection.execute("pragma cell_size_check=on")
            verdict = connection.execute("pragma integrity_check(1)").fetchone()[0]
            if verdict != "ok":
                raise problems.damaged(backup, verdict)
            application_id = connection.execute("pragma application_id").fetchone()[0]
            gate.check_marks(backup, application_id, connection.execute("pragma user_version").fetchone()[0])
            found = digest.content(connection)
    except DriverError as error:
        raise problems.from_driver(error, backup) or error from error
    finally:
        connection.close()
    if expected is not None and found != expected:
        different = sorted(
            name for name in expected.keys() | found.keys() if expected.get(name) != found.get(name)
        )
        raise _differs(backup, different)
    return found


def _make(  # noqa: PLR0917 - what make was asked for
    path: str, folder: str, raw_key: str | None, at: dt.datetime, reason: str, asked: _Asked
) -> BackupInfo:
    _clear_unfinished(folder, at)
    number, target = _next_place(folder, os.path.basename(path).removesuffix(paths.PORTFOLIO_SUFFIX))
    temporary = target + ".part"
    try:
        schema, expected = _copy(path, temporary, raw_key, asked)
        files.sync(temporary)
        verify(temporary, raw_key, expected, stop=asked.stop)
        if raw_key is not None:
            _copy_key(path, target)
        said = {
            "number": number,
            "at": at.astimezone(dt.UTC).isoformat(),
            "schema": schema,
            "reason": reason,
            "keyed": raw_key is not None,
            "digests": {name: asdict(found) for name, found in expected.items()},
        }
        files.write_private(_manifest(target), json.dumps(said, indent=1).encode())
        os.replace(temporary, target)
        files.sync_folder(target)
    finally:
        files.discard(*(temporary + suffix for suffix in ("", "-journal", "-wal", "-shm")))
    info = read_info(target)
    assert info is not None
    return info


def _copy(
    path: str, temporary: str, raw_key: str | None, asked: _Asked
) -> tuple[int, dict[str, TableDigest]]:
    """Copy the pages within one read transaction: schema version and digest of exactly what was copied."""
    source = connect(path, mode="rw" if os.access(path, os.W_OK) else "ro", raw_key=raw_key)
    try:
        source.execute("pragma trusted_schema=off")
        source.execute("pragma query_only=on")
        source.execute("begin")
        schema: int = source.execute("pragma user_version").fetchone()[0]
        with stopping.until(source, asked.stop):
            expected = digest.content(source)
        _copy_pages(source, temporary, raw_key, asked)
    finally:
        source.close()
    return schema, expected


def _copy_pages(source: Connection, temporary: str, raw_key: str | None, asked: _Asked) -> None:
    def tell(_status: int, remaining: int, total: int) -> None:
        stopping.look(asked.stop)
        if asked.progress is not None:
            asked.progress(total - remaining, total)

    target = connect(temporary, mode="rw", raw_key=raw_key)
    try:
        target.execute("pragma synchronous=full")
        source.backup(target, pages=_PAGES_A_GO, progress=tell)
        target.execute("pragma journal_mode=delete").fetchone()
    finally:
        target.close()


def _copy_key(path: str, target: str) -> None:
    from cs_workbench.store.key import key_file

    if os.path.exists(key_file(path)):
        with open(key_file(path), "rb") as file:
            files.write_private(key_file(target), file.read())


def _next_place(folder: str, stem: str) -> tuple[int, str]:
    """A number above every one ever seen here, whole or not, and its path; the unfinished file claims it.

    Two processes that back up at once never write the same file.
    """
    numbers = [int(found[1]) for name in os.listdir(folder) if (found := re.search(r"-(\d{6,})\.csw", name))]
    number = max(numbers, default=0)
    while True:
        number += 1
        target = os.path.join(folder, f"{stem}-{number:06}{paths.PORTFOLIO_SUFFIX}")
        try:
            files.create_private(target + ".part")
        except FileExistsError:
            continue
        return number, target


def _clear_unfinished(folder: str, at: dt.datetime) -> None:
    """Delete what killed backups left a day ago or earlier: copies nobody knows of, each as large as the portfolio,
    and manifests without their backup.
    """
    for name in os.listdir(folder):
        path = os.path.join(folder, name)
        alone = _MANIFEST.search(name) and not os.path.exists(path.removesuffix(".json"))
        if (alone or _UNFINISHED.search(name)) and at.timestamp() - os.lstat(
            path
        ).st_mtime > _GIVEN_UP.total_seconds():
            files.discard(path)


def _delete(backup: str) -> None:
    """The backup first: a manifest without a file counts as nothing."""
    files.discard(backup, _manifest(backup), backup + ".key")


def _manifest(backup: str) -> str:
    return backup + ".json"


def _differs(backup: str, tables: list[str]) -> PortfolioProblem:
    return PortfolioProblem(
        _("The backup does not equal what was backed up ({tables}).").format(tables=", ".join(tables)),
        _("It was not kept, and older backups stay. Check the disk, then try again."),
        code="backup_differs",
        path=backup,
        tables=tables,
    )

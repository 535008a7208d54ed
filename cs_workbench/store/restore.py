"""Putting a backup in the portfolio's place: the current file is kept aside, never overwritten."""

from __future__ import annotations

import datetime as dt
import os
import shutil
from dataclasses import dataclass

from cs_workbench import paths
from cs_workbench.errors import PortfolioProblem, UserError
from cs_workbench.i18n import _, ngettext
from cs_workbench.store import backup as backups
from cs_workbench.store import digest, files, gate, key, lock, problems
from cs_workbench.store.connection import DriverError, connect
from cs_workbench.store.database import unlock

GUARDED = ("account", "person")
ALLOWED_LOSS = 0.10
"""The share of accounts or people that may vanish without an explicit yes."""


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restore did. ``aside`` is where the replaced file lies now (None: there was none), ``backup`` the backup
    made of it before (None: it could not be read). ``rows`` counts accounts and people now.
    """

    path: str
    aside: str | None
    backup: str | None
    rows: dict[str, int]


def restore(
    source: str, path: str, *, at: dt.datetime, passphrase: str | None = None, yes: bool = False
) -> Restored:
    """Replace the portfolio at *path* by the backup *source*, whole or not at all.

    Raises PortfolioProblem where the backup is damaged, differs from its manifest or is of a newer version; where
    another process writes the portfolio; and, code ``would_remove``, where more than a tenth of the accounts or
    people would vanish and ``yes`` was not said.
    """
    path = os.path.abspath(path)
    gate.inspect(source, has_key=passphrase is not None, keyed=os.path.exists(key.key_file(source)))
    raw_key = None if passphrase is None else unlock(source, passphrase)
    known = backups.read_info(source)
    content = backups.verify(source, raw_key, known.digests if known else None)
    place = lock.WriterPlace(path)
    try:
        files.make_private_folder(os.path.dirname(path))
        place.take()
        kept = None
        if os.path.lexists(path):
            current_key = _current_key(path, passphrase)
            _guard(path, current_key, source, raw_key, yes=yes)
            kept = _back_up_current(path, current_key, at)
            if kept is not None:
                _settle(path, current_key)
        aside = _swap(source, path, raw_key, content)
    except OSError as error:
        raise problems.unreadable(path, error) from error
    finally:
        place.free()
    return Restored(path, aside, kept, {name: content[name].rows for name in GUARDED if name in content})


def _guard(path: str, current_key: str | None, source: str, raw_key: str | None, *, yes: bool) -> None:
    """Refuse to let many accounts or people vanish unasked; a current file nobody can read holds none."""
    if yes:
        return
    now, then = _ids(path, current_key), _ids(source, raw_key)
    if now is None or then is None:
        return
    lost = {name: len(now[name] - then[name]) for name in GUARDED}
    if any(lost[name] > ALLOWED_LOSS * len(now[name]) for name in GUARDED if now[name]):
        accounts = ngettext("{count} account", "{count} accounts", lost["account"]).format(
            count=lost["account"]
        )
        people = ngettext("{count} person", "{count} people", lost["person"]).format(count=lost["person"])
        raise PortfolioProblem(
            _("This backup lacks {accounts} and {people} that the portfolio has now.").format(
                accounts=accounts, people=people
            ),
            _(
                "Nothing was changed. Say yes explicitly to restore it anyway; the current file is backed up first."
            ),
            code="would_remove",
            path=path,
            removed=lost,
        )


def _ids(path: str, raw_key: str | None) -> dict[str, set[int]] | None:
    """Ids of accounts and people, or None where the file is no whole portfolio: then SQLite must not touch it."""
    try:
        gate.inspect(path, has_key=raw_key is not None, keyed=os.path.exists(key.key_file(path)))
        connection = connect(path, mode="ro", raw_key=raw_key)
    except (DriverError, UserError):
        return None
    try:
        return {name: {row[0] for row in connection.execute(f"select id from {name}")} for name in GUARDED}
    except DriverError:
        return None
    finally:
        connection.close()


def _current_key(path: str, passphrase: str | None) -> str | None:
    """The current file's key, or None where it is plain, damaged, or has another passphrase."""
    if passphrase is None or os.path.getsize(path) < key.SALT_SIZE or gate.is_plain(path):
        return None
    try:
        return unlock(path, passphrase)
    except PortfolioProblem:
        return None


def _back_up_current(path: str, raw_key: str | None, at: dt.datetime) -> str | None:
    """Back up what is about to be replaced; a file that cannot be read is kept aside only."""
    if _ids(path, raw_key) is None:
        return None
    try:
        return backups.make(path, raw_key, at=at, reason="before restore").path
    except PortfolioProblem:
        return None


def _settle(path: str, raw_key: str | None) -> None:
    """Bring the current file's log home, so that it stays whole by itself until the moment it is replaced."""
    try:
        connection = connect(path, mode="rw", raw_key=raw_key)
    except DriverError:
        return
    try:
        connection.execute("pragma wal_checkpoint(truncate)").fetchone()
    except DriverError:
        return
    finally:
        connection.close()


def _swap(source: str, path: str, raw_key: str | None, content: dict[str, digest.TableDigest]) -> str | None:
    """Copy the backup beside its place, prove the copy, keep the current file aside, then rename once."""
    temporary = path + ".restored"
    files.remove(temporary)
    files.create_private(temporary)
    try:
        shutil.copyfile(source, temporary)
        files.sync(temporary)
        backups.verify(temporary, raw_key, content)
        aside = _set_aside(path)
        _place_key(source, path, keyed=raw_key is not None)
        os.replace(temporary, path)
        files.sync_folder(path)
    finally:
        files.discard(temporary)
    return aside


def _set_aside(path: str) -> str | None:
    """Give the current file a second name; its log moves along, or it would be replayed into the restored one."""
    if not os.path.lexists(path):
        return None
    folder = files.make_private_folder(paths.backups_dir(path))
    number = 1
    while os.path.lexists(aside := os.path.join(folder, f"replaced-{number:03}{paths.PORTFOLIO_SUFFIX}")):
        number += 1
    try:
        os.link(path, aside)
    except OSError:
        files.create_private(aside)
        shutil.copyfile(path, aside)
        files.sync(aside)
    if os.path.exists(key.key_file(path)):
        shutil.copyfile(key.key_file(path), key.key_file(aside))
        files.tighten(key.key_file(aside))
    for suffix in ("-wal", "-journal"):
        if os.path.exists(path + suffix):
            os.replace(path + suffix, aside + suffix)
    files.remove(path + "-shm")
    files.sync_folder(aside)
    return aside


def _place_key(source: str, path: str, *, keyed: bool) -> None:
    if not keyed:
        files.remove(key.key_file(path))
    elif os.path.exists(key.key_file(source)):
        with open(key.key_file(source), "rb") as file:
            files.write_private(key.key_file(path), file.read())

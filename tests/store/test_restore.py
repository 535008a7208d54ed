"""Restoring: whole or not at all, the current file kept aside, many deletions only with a yes."""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from cs_workbench.errors import PortfolioProblem, UserError
from cs_workbench.services.workbench import Workbench
from cs_workbench.store import backup, restore
from cs_workbench.store.lock import WriterPlace
from tests.builders_store import NOW, add_account, add_person, count


@pytest.fixture
def saved(path: str) -> backup.BackupInfo:
    """A backup of ten accounts with a person each."""
    with Workbench.open(path, create=True) as wb:
        with wb.change("Ten") as db:
            for number in range(10):
                add_person(db, add_account(db, f"A{number}"))
        return backup.make(path, None, at=NOW)


def add_more(path: str, accounts: int, people: int = 0) -> None:
    with Workbench.open(path) as wb, wb.change("More") as db:
        for number in range(accounts):
            add_account(db, f"B{number}")
        for number in range(people):
            add_person(db, 1, f"P{number}")


def names(path: str) -> int:
    with Workbench.open(path, read_only=True) as wb:
        return count(wb, "account")


def test_the_backup_takes_the_place_and_the_old_file_is_kept(path: str, saved: backup.BackupInfo) -> None:
    add_more(path, 1)
    done = restore.restore(saved.path, path, at=NOW)
    assert names(path) == 10
    assert done.rows == {"account": 10, "person": 10}
    assert done.aside is not None
    assert done.backup is not None
    assert names(done.aside) == 11
    assert names(done.backup) == 11
    assert Path(path).stat().st_mode & 0o777 == 0o600
    with Workbench.open(path) as wb:
        assert wb.undo() == "Ten"


@pytest.mark.parametrize(
    ("accounts", "people", "asks"), [(0, 0, False), (1, 0, False), (2, 0, True), (0, 1, False), (0, 2, True)]
)
def test_more_than_a_tenth_vanishing_needs_a_yes(
    path: str, saved: backup.BackupInfo, accounts: int, people: int, asks: bool
) -> None:
    add_more(path, accounts, people)
    before = Path(path).read_bytes()
    if not asks:
        restore.restore(saved.path, path, at=NOW)
        return
    with pytest.raises(PortfolioProblem) as caught:
        restore.restore(saved.path, path, at=NOW)
    assert caught.value.code == "would_remove"
    assert caught.value.where["removed"] == {"account": accounts, "person": people}
    assert Path(path).read_bytes() == before
    done = restore.restore(saved.path, path, at=NOW, yes=True)
    assert done.backup is not None, "and the current file is backed up even so"
    assert names(path) == 10


def test_other_accounts_with_the_same_count_are_not_mistaken_for_the_same(
    path: str, saved: backup.BackupInfo
) -> None:
    with Workbench.open(path) as wb, wb.change("Exchange") as db:
        db.execute("delete from account where id <= 5")
        for number in range(5):
            add_account(db, f"C{number}")
    with pytest.raises(PortfolioProblem) as caught:
        restore.restore(saved.path, path, at=NOW)
    assert caught.value.where["removed"]["account"] == 5


def test_a_missing_portfolio_is_restored(path: str, saved: backup.BackupInfo) -> None:
    os.unlink(path)
    done = restore.restore(saved.path, path, at=NOW)
    assert (done.aside, done.backup) == (None, None)
    assert names(path) == 10


@pytest.mark.parametrize("content", [b"", b"\xff\xd8\xff" + b"x" * 9000, None])
def test_a_damaged_portfolio_is_kept_aside_and_replaced(
    path: str, saved: backup.BackupInfo, content: bytes | None
) -> None:
    if content is None:
        content = Path(path).read_bytes()[:9000]
    Path(path).write_bytes(content)
    done = restore.restore(saved.path, path, at=NOW)
    assert done.backup is None
    assert done.aside is not None
    assert Path(done.aside).read_bytes() == content
    assert names(path) == 10


def test_a_left_over_log_is_not_replayed_into_the_restored_file(path: str, saved: backup.BackupInfo) -> None:
    Path(path).write_bytes(b"")
    Path(path + "-wal").write_bytes(b"left over")
    done = restore.restore(saved.path, path, at=NOW)
    assert not os.path.exists(path + "-wal")
    assert Path(f"{done.aside}-wal").read_bytes() == b"left over"


def _cut(path: str) -> None:
    os.truncate(path, os.path.getsize(path) // 2)


def _edit(path: str) -> None:
    raw = sqlite3.connect(path)
    raw.execute("update account set name='X'")
    raw.commit()
    raw.close()


def _newer(path: str) -> None:
    raw = sqlite3.connect(path)
    raw.execute("pragma user_version=99")
    raw.close()


@pytest.mark.parametrize(
    ("spoil", "code"), [(_cut, "truncated"), (_edit, "backup_differs"), (_newer, "newer")]
)
def test_a_spoilt_backup_is_refused_and_nothing_moves(
    path: str, saved: backup.BackupInfo, spoil: object, code: str
) -> None:
    spoil(saved.path)  # type: ignore[operator]
    before = Path(path).read_bytes()
    with pytest.raises(PortfolioProblem) as caught:
        restore.restore(saved.path, path, at=NOW)
    assert caught.value.code == code
    assert Path(path).read_bytes() == before
    assert not [name for name in os.listdir(Path(path).parent) if "restored" in name]


def test_any_whole_portfolio_file_may_be_restored(
    path: str, saved: backup.BackupInfo, tmp_path: Path
) -> None:
    other = tmp_path / "mailed.csw"
    other.write_bytes(Path(saved.path).read_bytes())
    restore.restore(str(other), path, at=NOW)
    assert names(path) == 10


def test_not_while_another_writes(path: str, saved: backup.BackupInfo) -> None:
    place = WriterPlace(path)
    place.take()
    with pytest.raises(PortfolioProblem) as caught:
        restore.restore(saved.path, path, at=NOW)
    assert caught.value.code == "locked"
    place.free()
    restore.restore(saved.path, path, at=NOW)


def test_a_failure_at_the_last_moment_leaves_the_current_file(
    path: str, saved: backup.BackupInfo, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_more(path, 1)
    real = os.replace

    def failing(source: str, target: str) -> None:
        if target == path:
            raise OSError(5, "Input/output error")
        real(source, target)

    monkeypatch.setattr(os, "replace", failing)
    with pytest.raises(UserError):
        restore.restore(saved.path, path, at=NOW)
    monkeypatch.undo()
    assert names(path) == 11


def test_kept_files_are_never_overwritten(path: str, saved: backup.BackupInfo) -> None:
    asides = [restore.restore(saved.path, path, at=NOW).aside for _ in range(3)]
    assert len(set(asides)) == 3
    assert all(names(aside) == 10 for aside in asides if aside)


def test_an_encrypted_backup_needs_its_passphrase(path: str) -> None:
    with Workbench.open(path, key="one", create=True) as wb:
        with wb.change("Add") as db:
            add_account(db)
        info = backup.make(path, wb.database.raw_key, at=NOW)
    for wrong in (None, "two"):
        with pytest.raises(PortfolioProblem):
            restore.restore(info.path, path, at=NOW, passphrase=wrong)
    done = restore.restore(info.path, path, at=NOW, passphrase="one")
    assert done.rows["account"] == 1
    with Workbench.open(path, key="one") as wb:
        assert count(wb, "account") == 1


def test_a_copy_that_is_not_the_backup_never_takes_the_place(
    path: str, saved: backup.BackupInfo, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_more(path, 1)
    copy = shutil.copyfile

    def spoilt(source: str, target: str) -> str:
        copy(source, target)
        if target.endswith(".restored"):
            with closing(sqlite3.connect(target)) as other:
                other.execute("update account set name = 'other' where id = 1")
                other.commit()
        return target

    monkeypatch.setattr(shutil, "copyfile", spoilt)
    with pytest.raises(PortfolioProblem):
        restore.restore(saved.path, path, at=NOW, yes=True)
    assert names(path) == 11
    assert not Path(path + ".restored").exists()


def test_the_log_of_a_portfolio_that_was_killed_comes_home_before_it_is_put_aside(
    path: str, saved: backup.BackupInfo, tmp_path: Path
) -> None:
    killed = tmp_path / "killed" / "p.csw"
    killed.parent.mkdir()
    with Workbench.open(path) as wb:
        with wb.change("Late") as db:
            add_account(db, "Late")
        for suffix in ("", "-wal"):
            shutil.copyfile(path + suffix, str(killed) + suffix)
    assert Path(str(killed) + "-wal").stat().st_size > 0
    done = restore.restore(saved.path, str(killed), at=NOW, yes=True)
    assert done.aside is not None
    wal = Path(done.aside + "-wal")
    assert not wal.exists() or wal.stat().st_size == 0
    assert names(done.aside) == 11

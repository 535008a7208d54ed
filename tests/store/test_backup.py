"""Backups count only when they equal their source; whatever goes wrong, the ones before stay."""

from __future__ import annotations

import datetime as dt
import json
import os
import sqlite3
import threading
from pathlib import Path

import pytest

from cs_workbench.errors import FileProblem, PortfolioProblem, UserError
from cs_workbench.services.workbench import Workbench
from cs_workbench.store import backup, digest, gate
from cs_workbench.store.connection import connect
from cs_workbench.store.rotation import Policy
from tests.builders_store import NOW, add_account, add_interaction, count


@pytest.fixture
def filled(wb: Workbench) -> Workbench:
    with wb.change("Add") as db:
        for number in range(20):
            add_interaction(db, add_account(db, f"A{number}"), "更新の相談" * 20)
    return wb


def make(wb: Workbench, **options: object) -> backup.BackupInfo:
    return backup.make(wb.path, wb.database.raw_key, at=NOW, **options)  # type: ignore[arg-type]


def test_a_backup_equals_its_source(filled: Workbench) -> None:
    info = make(filled)
    assert (info.number, info.at, info.schema, info.keyed, info.reason) == (
        1,
        NOW,
        gate.SCHEMA_VERSION,
        False,
        "asked",
    )
    assert info.rows["account"] == 20
    assert info.digests == digest.content(filled.database.reader())
    assert backup.listed(filled.path) == [info]
    with Workbench.open(info.path, read_only=True) as copy:
        assert count(copy, "interaction") == 20
        assert [step.name for step in copy.history()] == ["Add"]


def test_a_backup_is_one_private_file_with_its_manifest(filled: Workbench) -> None:
    info = make(filled)
    folder = Path(info.path).parent
    assert sorted(os.listdir(folder)) == ["portfolio-000001.csw", "portfolio-000001.csw.json"]
    assert folder.stat().st_mode & 0o777 == 0o700
    assert all((folder / name).stat().st_mode & 0o777 == 0o600 for name in os.listdir(folder))


def test_a_backup_sees_what_is_still_in_the_log(filled: Workbench) -> None:
    with filled.change("More") as db:
        add_account(db, "Last")
    assert Path(filled.path + "-wal").stat().st_size > 0
    assert make(filled).rows["account"] == 21


def test_writers_go_on_beside_a_backup(filled: Workbench) -> None:
    stop = threading.Event()
    failed: list[BaseException] = []

    def write() -> None:
        try:
            while not stop.is_set():
                with filled.change("Beside") as db:
                    add_account(db, "B")
        except UserError as error:
            failed.append(error)

    thread = threading.Thread(target=write)
    thread.start()
    try:
        infos = [make(filled) for _ in range(3)]
    finally:
        stop.set()
        thread.join()
    assert failed == []
    for info in infos:
        backup.verify(info.path, None, info.digests)


def test_numbers_only_ever_rise(filled: Workbench) -> None:
    first, second = make(filled), make(filled)
    os.unlink(first.path)
    assert [info.number for info in backup.listed(filled.path)] == [2]
    Path(second.path + ".json").unlink()
    assert make(filled).number == 3
    assert [info.number for info in backup.listed(filled.path)] == [3]


def test_rotation_follows_the_policy_after_the_new_one_passed(filled: Workbench) -> None:
    policy = Policy(newest=2, days=0, weeks=0, months=0, minimum=2)
    for _ in range(4):
        make(filled, policy=policy)
    assert [info.number for info in backup.listed(filled.path)] == [4, 3]
    assert len(os.listdir(filled.path + "-backups")) == 4


def _spoil_a_page(path: str) -> None:
    raw = sqlite3.connect(path)
    (page,) = raw.execute("select rootpage from sqlite_schema where name='account'").fetchone()
    raw.close()
    with open(path, "r+b") as file:
        file.seek((page - 1) * 4096)
        file.write(os.urandom(512))


def _lose_a_row(path: str) -> None:
    raw = sqlite3.connect(path)
    raw.execute("delete from account_tag")
    raw.execute("update account set stage='x' where id=7")
    raw.commit()
    raw.close()


def _empty(path: str) -> None:
    os.truncate(path, 0)


def _replace_by_an_empty_database(path: str) -> None:
    os.truncate(path, 0)
    raw = sqlite3.connect(path)
    raw.execute("pragma user_version=1")
    raw.close()


@pytest.mark.parametrize("spoil", [_spoil_a_page, _lose_a_row, _empty, _replace_by_an_empty_database])
def test_a_copy_that_does_not_equal_its_source_never_counts(
    filled: Workbench, monkeypatch: pytest.MonkeyPatch, spoil: object
) -> None:
    good = make(filled)
    copied = backup._copy_pages

    def copy_badly(
        source: sqlite3.Connection, temporary: str, raw_key: str | None, asked: backup._Asked
    ) -> None:
        copied(source, temporary, raw_key, asked)
        spoil(temporary)  # type: ignore[operator]

    monkeypatch.setattr(backup, "_copy_pages", copy_badly)
    with pytest.raises(UserError):
        make(filled, policy=Policy(newest=1, days=0, weeks=0, months=0, minimum=1))
    assert backup.listed(filled.path) == [good]
    backup.verify(good.path, None, good.digests)
    assert len(os.listdir(filled.path + "-backups")) == 2, "nothing half-made is left"


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_a_disk_that_fails_at_any_step_keeps_the_old_ones(
    filled: Workbench, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    good = make(filled)
    real = getattr(os, step)
    calls = 0

    def failing(*words: object) -> object:
        nonlocal calls
        calls += 1
        if calls == limit:
            raise OSError(28, "No space left on device")
        return real(*words)

    limit = 1
    while True:
        calls = 0
        monkeypatch.setattr(os, step, failing)
        try:
            made = make(filled, policy=Policy(newest=1, days=0, weeks=0, months=0, minimum=1))
        except FileProblem as problem:
            assert problem.code == "disk_full"  # noqa: PT017
            left = backup.listed(filled.path)
            assert left
            for info in left:
                backup.verify(info.path, None, info.digests)
        else:
            break
        finally:
            monkeypatch.setattr(os, step, real)
        limit += 1
    assert limit > 1
    assert made in backup.listed(filled.path)
    assert good.number < made.number


@pytest.mark.parametrize("content", [b"", b"{}", b"[1]", b'{"number": "x"}', b"\xff"])
def test_a_backup_without_a_whole_manifest_does_not_count(filled: Workbench, content: bytes) -> None:
    info = make(filled)
    Path(info.path + ".json").write_bytes(content)
    assert backup.read_info(info.path) is None
    assert backup.listed(filled.path) == []


def test_no_folder_no_backups(wb: Workbench) -> None:
    assert backup.listed(wb.path) == []


def test_bit_rot_in_a_backup_is_found(filled: Workbench) -> None:
    info = make(filled)
    raw = sqlite3.connect(info.path)
    page, size = raw.execute(
        "select rootpage, (select page_size from pragma_page_size) from sqlite_schema where name='account'"
    ).fetchone()
    raw.close()
    content = bytearray(Path(info.path).read_bytes())
    place = content.index(b"A7", (page - 1) * size)
    content[place + 1] ^= 1
    Path(info.path).write_bytes(content)
    with pytest.raises(PortfolioProblem):
        backup.verify(info.path, None, info.digests)


def test_an_encrypted_portfolio_has_encrypted_backups(path: str) -> None:
    with Workbench.open(path, key="pass", create=True) as wb:
        with wb.change("Add") as db:
            add_account(db, "カナリア株式会社")
        info = make(wb)
        assert info.keyed
        assert os.path.exists(info.path + ".key")
        content = Path(info.path).read_bytes()
        assert "カナリア".encode() not in content
        with pytest.raises(UserError):
            backup.verify(info.path, None)
    with Workbench.open(info.path, key="pass", read_only=True) as copy:
        assert count(copy, "account") == 1


def test_the_manifest_holds_no_content(filled: Workbench) -> None:
    said = json.loads(Path(make(filled).path + ".json").read_text())
    assert set(said) == {"number", "at", "schema", "reason", "keyed", "digests"}
    assert dt.datetime.fromisoformat(said["at"]) == NOW


def test_a_backup_made_while_the_portfolio_is_closed(filled: Workbench) -> None:
    filled.close()
    info = backup.make(filled.path, None, at=NOW)
    connection = connect(info.path, mode="immutable")
    assert connection.execute("pragma journal_mode").fetchone() == ("delete",)
    connection.close()


def test_a_manifest_without_its_backup_goes_a_day_later(tmp_path: Path) -> None:
    from cs_workbench.store import backup as module

    alone, kept = tmp_path / "p-000001.csw.json", tmp_path / "p-000002.csw.json"
    for path in (alone, kept, tmp_path / "p-000002.csw"):
        path.write_text("{}", encoding="utf-8")
    at = dt.datetime.fromtimestamp(alone.stat().st_mtime, dt.UTC)
    module._clear_unfinished(str(tmp_path), at)
    assert alone.exists()
    module._clear_unfinished(str(tmp_path), at + dt.timedelta(days=2))
    assert (alone.exists(), kept.exists()) == (False, True)

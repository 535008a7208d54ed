"""Connections keep their promises: the version gate, the pragmas, odd file names."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from cs_workbench.services.workbench import Workbench
from cs_workbench.store import connection
from cs_workbench.store.connection import log_is_safe


@pytest.mark.parametrize(
    ("version", "safe"),
    [
        ((3, 40, 1), False),
        ((3, 44, 5), False),
        ((3, 44, 6), True),
        ((3, 45, 0), False),
        ((3, 50, 6), False),
        ((3, 50, 7), True),
        ((3, 51, 0), False),
        ((3, 51, 2), False),
        ((3, 51, 3), True),
        ((3, 52, 0), False),
        ((3, 52, 1), True),
        ((3, 53, 4), True),
        ((4, 0, 0), True),
    ],
)
def test_the_log_is_used_only_where_sqlite_is_sound(version: tuple[int, int, int], safe: bool) -> None:
    assert log_is_safe(version) is safe


def test_the_bundled_driver_may_use_the_log() -> None:
    assert connection.journal_mode() == "wal"


def test_an_unsound_sqlite_falls_back_to_truncate(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection.sqlcipher3, "sqlite_version_info", (3, 40, 1))
    with Workbench.open(path, create=True) as wb, wb.change("Write") as db:
        assert db.scalar("pragma journal_mode") == "truncate"
        assert db.scalar("pragma synchronous") == 2
    assert not Path(path + "-wal").exists()


@pytest.mark.parametrize(
    ("pragma", "value"),
    [
        ("journal_mode", "wal"),
        ("synchronous", 2),
        ("foreign_keys", 1),
        ("trusted_schema", 0),
        ("cell_size_check", 1),
        ("secure_delete", 1),
        ("recursive_triggers", 1),
        ("temp_store", 2),
        ("busy_timeout", 5000),
    ],
)
def test_the_writer_promises(wb: Workbench, pragma: str, value: object) -> None:
    with wb.change("Look") as db:
        assert db.scalar(f"pragma {pragma}") == value


@pytest.mark.parametrize(
    ("pragma", "value"),
    [("query_only", 1), ("trusted_schema", 0), ("cell_size_check", 1), ("foreign_keys", 1)],
)
def test_a_reader_promises(wb: Workbench, pragma: str, value: object) -> None:
    assert wb.reads.scalar(f"pragma {pragma}") == value


def test_a_reader_cannot_write(wb: Workbench) -> None:
    with pytest.raises(Exception, match=r"write-protected|readonly"):
        wb.reads.all("insert into setting (key, value) values ('a', '1')")


@pytest.mark.parametrize(
    "name", ["a b.csw", "顧客 100%.csw", "what?.csw", "no#1.csw", "q'uote\".csw", "%41.csw"]
)
def test_any_file_name_works(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    with Workbench.open(str(path), create=True) as wb, wb.change("Write") as db:
        db.execute("insert into setting (key, value) values ('a', '1')")
    plain = sqlite3.connect(path)
    assert plain.execute("select value from setting").fetchone() == ("1",)
    plain.close()

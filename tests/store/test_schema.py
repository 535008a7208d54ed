"""A fresh schema, a migrated one and the mapped classes are one and the same."""

from __future__ import annotations

import os
import re
import sqlite3
import stat
from pathlib import Path

import pytest
import sqlcipher3

from cs_workbench.errors import FileProblem, PortfolioProblem
from cs_workbench.services.workbench import Workbench
from cs_workbench.store import backup, gate, migrate, schema
from cs_workbench.store.reads import Reads
from cs_workbench.store.tables import Base
from tests.builders_store import add_account, count


def parts(db: Reads) -> set[tuple[str, str, str]]:
    """Type, name and statement of everything in the schema, white space apart."""
    rows = db.all("select type, name, sql from sqlite_schema")
    return {(kind, name, re.sub(r"\s+", "", sql or "").lower()) for kind, name, sql in rows}


@pytest.fixture
def ancient(tmp_path: Path) -> str:
    """A portfolio from before the first revision: marked as ours, otherwise empty but for an old journal."""
    path = str(tmp_path / "ancient.csw")
    raw = sqlcipher3.connect(path, isolation_level=None)
    raw.execute(f"pragma application_id={gate.APPLICATION_ID}")
    raw.execute("create table step (id integer primary key, old text)")
    raw.execute("create table j_account (j_step, j_had, id)")
    raw.close()
    return path


def test_migrated_equals_fresh(wb: Workbench, ancient: str) -> None:
    with Workbench.open(ancient) as migrated:
        assert parts(migrated.reads) == parts(wb.reads)
        for mark in ("user_version", "application_id"):
            assert migrated.reads.scalar(f"pragma {mark}") == wb.reads.scalar(f"pragma {mark}")
        with migrated.change("Works") as db:
            add_account(db)
        assert migrated.undo() == "Works"


def test_migrating_makes_a_verified_backup_first(ancient: str) -> None:
    Workbench.open(ancient).close()
    (kept,) = backup.listed(ancient)
    assert (kept.reason, kept.schema) == ("before migration", 0)
    backup.verify(kept.path, None, kept.digests)


def test_migrating_twice_does_nothing(ancient: str) -> None:
    Workbench.open(ancient).close()
    before = Path(ancient).read_bytes()
    assert migrate.bring_up_to_date(ancient, None) is None
    Workbench.open(ancient).close()
    assert Path(ancient).read_bytes() == before
    assert len(backup.listed(ancient)) == 1


def test_an_older_file_opened_for_reading_is_left_as_it_is(ancient: str) -> None:
    before = Path(ancient).read_bytes()
    with pytest.raises(PortfolioProblem) as caught:
        Workbench.open(ancient, read_only=True)
    assert caught.value.code == "older"
    assert Path(ancient).read_bytes() == before


def test_a_revision_that_fails_changes_nothing(ancient: str) -> None:
    raw = sqlite3.connect(ancient)
    raw.execute("create table ticket (id)")
    raw.commit()
    raw.close()
    with pytest.raises(PortfolioProblem, match="ticket") as caught:
        Workbench.open(ancient)
    assert caught.value.code == "migration"
    raw = sqlite3.connect(ancient)
    assert raw.execute("select count(*) from sqlite_schema where name='account'").fetchone() == (0,)
    assert raw.execute("pragma user_version").fetchone() == (0,)
    raw.close()
    assert len(backup.listed(ancient)) == 1


def test_no_backup_no_migration(ancient: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    before = Path(ancient).read_bytes()
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(FileProblem) as caught:
        Workbench.open(ancient)
    assert caught.value.code == "disk_full"
    assert Path(ancient).read_bytes() == before


def test_the_schema_holds_every_mapped_table_and_column(wb: Workbench) -> None:
    for name, table in Base.metadata.tables.items():
        columns = [row[1] for row in wb.reads.all(f'pragma table_xinfo("{name}")')]
        assert columns == [column.name for column in table.columns], name


def test_the_revision_in_the_file_is_the_newest(wb: Workbench) -> None:
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", os.path.join(os.path.dirname(migrate.__file__), "migrations"))
    assert ScriptDirectory.from_config(config).get_heads() == [schema.HEAD]
    assert wb.reads.all("select version_num from alembic_version") == [(schema.HEAD,)]


def test_autoincrement_on_what_a_person_can_see(wb: Workbench) -> None:
    for name in (
        "account",
        "person",
        "contract",
        "interaction",
        "task",
        "ticket",
        "survey",
        "snapshot",
        "pack_record",
    ):
        assert "AUTOINCREMENT" in wb.reads.scalar("select sql from sqlite_schema where name=?", (name,)), name


def test_a_failed_creation_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(connection: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(schema, "create_schema", broken)
    with pytest.raises(FileProblem) as caught:
        schema.create_portfolio(str(tmp_path / "p.csw"), "pass")
    assert caught.value.code == "disk_full"
    assert os.listdir(tmp_path) == []


def test_left_overs_of_a_cut_creation_are_no_obstacle(tmp_path: Path) -> None:
    left = tmp_path / ".new-abcdef12"
    left.mkdir()
    for suffix in ("", "-wal", "-journal"):
        (left / f"new.csw{suffix}").write_bytes(b"half")
    for place in (*left.iterdir(), left):
        os.utime(place, (0, 0))
    with Workbench.open(str(tmp_path / "p.csw"), create=True) as wb:
        assert count(wb, "account") == 0
    assert os.listdir(tmp_path) == ["p.csw"]


def test_creating_makes_a_private_folder(tmp_path: Path) -> None:
    with Workbench.open(str(tmp_path / "new folder" / "p.csw"), create=True):
        assert stat.S_IMODE((tmp_path / "new folder").stat().st_mode) == 0o700


def test_creating_does_not_follow_a_planted_link(tmp_path: Path) -> None:
    (tmp_path / "p.csw").symlink_to(tmp_path / "target")
    with pytest.raises(FileProblem) as caught:
        schema.create_portfolio(str(tmp_path / "p.csw"))
    assert caught.value.code == "exists"
    assert not (tmp_path / "target").exists()

"""A check finds what is wrong, names it, and leaves a sound portfolio in peace."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from cs_workbench.services.workbench import Workbench
from cs_workbench.store import check, digest
from tests.builders_store import AT, add_account, add_interaction


@pytest.fixture
def filled(wb: Workbench) -> Workbench:
    with wb.change("Add") as db:
        for number in range(30):
            add_interaction(db, add_account(db, f"A{number}"))
    return wb


def read(wb: Workbench) -> check.CheckReport:
    return check.check_reader(wb.database.reader(), keyed=wb.database.raw_key is not None)


def test_a_sound_portfolio(filled: Workbench) -> None:
    report = read(filled)
    assert report.ok
    assert report.tables == digest.content(filled.database.reader())
    assert filled.on_writer(check.check_writer) == []


def test_evidence_of_a_vanished_account_is_no_finding(filled: Workbench) -> None:
    with filled.evidence("Snapshot") as db:
        db.execute(
            "insert into snapshot (account_id, as_of, scorecard_id, band, coverage, detail, computed_at)"
            " values (999, '2026-01-01', 1, 'none', 0, '{}', ?)",
            (AT,),
        )
    assert read(filled).ok


def test_a_broken_reference_is_named(filled: Workbench) -> None:
    with filled.change("Break") as db:
        db.execute("pragma defer_foreign_keys=on")
        db.execute("update account set segment_id=77 where id=3")
        report = check.check_reader(db.connection, keyed=False)
        db.execute("update account set segment_id=null")
    assert [(found.code, found.detail) for found in report.findings] == [("reference", "account 3 → segment")]


def test_a_search_index_that_lost_rows_is_named(filled: Workbench) -> None:
    with filled.change("Break") as db:
        db.execute("delete from interaction_short where rowid=4")
    findings = filled.on_writer(check.check_writer)
    assert [found.code for found in findings] == ["search"]
    assert "interaction_short" in findings[0].detail


def test_lost_triggers_are_named(filled: Workbench) -> None:
    with filled.change("Break") as db:
        db.execute("drop trigger journal_person_d")
    assert [found.code for found in filled.on_writer(check.check_writer)] == ["journal"]


def test_damage_is_named_and_no_digest_is_given(filled: Workbench) -> None:
    path = filled.path
    filled.close()
    raw = sqlite3.connect(path)
    (page,) = raw.execute("select rootpage from sqlite_schema where name='ix_account_name'").fetchone()
    raw.close()
    with Path(path).open("r+b") as file:
        file.seek((page - 1) * 4096 + 3)
        file.write(b"\x00\x01")
    with Workbench.open(path, read_only=True) as wb:
        report = read(wb)
    assert {found.code for found in report.findings} == {"integrity"}
    assert report.tables == {}


def test_one_flipped_bit_in_an_encrypted_file_is_found(path: str) -> None:
    with Workbench.open(path, key="pass", create=True) as wb, wb.change("Add") as db:
        add_account(db)
    content = bytearray(Path(path).read_bytes())
    content[len(content) // 2 + 7] ^= 1
    Path(path).write_bytes(content)
    with Workbench.open(path, key="pass", read_only=True) as wb:
        report = read(wb)
    assert not report.ok
    assert "cipher" in {found.code for found in report.findings}

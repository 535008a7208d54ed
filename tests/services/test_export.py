"""Export: every table, readable values, whole or not at all, private."""

from __future__ import annotations

import csv
import datetime as dt
import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from cs_workbench.errors import FileProblem
from cs_workbench.services import export as exporting
from cs_workbench.services import portfolios, sample
from cs_workbench.services.intake import service
from cs_workbench.services.workbench import Workbench
from cs_workbench.store.queries import export as queries
from tests.builders_store import add_account, add_contract, add_interaction, add_metric


@pytest.fixture
def wb(tmp_path: Path) -> Iterator[Workbench]:
    with Workbench.open(str(tmp_path / "p.csw"), create=True) as workbench:
        with workbench.change("fill") as db:
            account = add_account(db, "㈱アオバ", note='says "hi"\nsecond, line', employees=12)
            add_contract(
                db,
                account,
                arr=48_000_000,
                amount=12_345,
                auto_renew=1,
                start_on="2026-01-01",
                currency="JPY",
            )
            add_interaction(db, account)
            metric = add_metric(db)
            db.execute(
                "insert into reading values (?, ?, 20000, 12.5, 0), (?, ?, 20001, 3.0, 0)",
                (1, metric, 1, metric),
            )
        yield workbench


def read(folder: str, table: str) -> list[dict[str, str]]:
    with open(os.path.join(folder, f"{table}.csv"), encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_every_table_becomes_a_file_and_values_are_readable(wb: Workbench, tmp_path: Path) -> None:
    done = exporting.export(wb.reads, str(tmp_path / "out"))
    assert {one.table for one in done.files} == {table.name for table in queries.tables()}
    assert {one.table: one.rows for one in done.files}["reading"] == 2
    (account,) = read(done.folder, "account")
    assert (account["name"], account["note"], account["employees"]) == (
        "㈱アオバ",
        'says "hi"\nsecond, line',
        "12",
    )
    assert account["segment_id"] == ""
    (contract,) = read(done.folder, "contract")
    assert (contract["arr"], contract["amount"], contract["auto_renew"]) == ("4800", "1.2345", "yes")
    assert [(row["day"], row["value"]) for row in read(done.folder, "reading")] == [
        ("2024-10-04", "12.5"),
        ("2024-10-05", "3"),
    ]
    assert "folded" not in read(done.folder, "interaction")[0]


def test_files_have_a_mark_and_crlf(wb: Workbench, tmp_path: Path) -> None:
    folder = exporting.export(wb.reads, str(tmp_path / "out")).folder
    raw = Path(folder, "account.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbfid,name,")
    assert raw.endswith(b"\r\n")


def test_the_readme_names_every_column(wb: Workbench, tmp_path: Path) -> None:
    folder = exporting.export(wb.reads, str(tmp_path / "out")).folder
    readme = Path(folder, "README.md").read_text(encoding="utf-8")
    for table in queries.tables():
        section = readme.split(f"## {table.name}.csv\n")[1].split("\n## ")[0]
        assert all(f"| {column.name} |" in section for column in table.columns)
    assert "| account_id | whole number | account.id |" in readme


def test_no_table_of_the_schema_is_forgotten(wb: Workbench) -> None:
    there = {row[0] for row in wb.reads.all("select name from sqlite_schema where type = 'table'")}
    ours = {
        name
        for name in there
        if not name.startswith(("j_", "sqlite_", "interaction_tri", "interaction_short", "ticket_"))
    }
    exported = {table.name for table in queries.tables()}
    assert exported <= ours
    assert ours - exported <= queries.LEFT_OUT | {"step", "alembic_version"}


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps other permissions")
def test_folder_and_files_are_private_under_any_umask(wb: Workbench, tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        folder = exporting.export(wb.reads, str(tmp_path / "out")).folder
    finally:
        os.umask(before)
    assert stat.S_IMODE(os.stat(folder).st_mode) == 0o700
    assert {stat.S_IMODE(entry.stat().st_mode) for entry in os.scandir(folder)} == {0o600}


def test_an_empty_folder_is_used_and_a_filled_one_refused(wb: Workbench, tmp_path: Path) -> None:
    target = tmp_path / "out"
    target.mkdir()
    exporting.export(wb.reads, str(target))
    assert (target / "account.csv").exists()
    before = sorted(entry.name for entry in target.iterdir())
    with pytest.raises(FileProblem) as told:
        exporting.export(wb.reads, str(target))
    assert told.value.code == "not_empty"
    assert sorted(entry.name for entry in target.iterdir()) == before


def test_a_file_in_the_way_is_refused(wb: Workbench, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("mine")
    with pytest.raises(FileProblem):
        exporting.export(wb.reads, str(tmp_path / "out"))
    with pytest.raises(FileProblem):
        exporting.export(wb.reads, str(tmp_path / "out" / "deeper"))
    assert (tmp_path / "out").read_text() == "mine"


@pytest.mark.parametrize(("number", "code"), [(28, "disk_full"), (5, "not_writable")])
def test_a_failing_disk_leaves_nothing(
    wb: Workbench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, code: str
) -> None:
    def fail(_descriptor: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", fail)
    (tmp_path / "there").mkdir()
    with pytest.raises(FileProblem) as told:
        exporting.export(wb.reads, str(tmp_path / "there" / "out"))
    assert told.value.code == code
    assert list((tmp_path / "there").iterdir()) == []


def test_progress_counts_to_the_end(wb: Workbench, tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    exporting.export(
        wb.reads, str(tmp_path / "out"), progress=lambda done, total, _label: seen.append((done, total))
    )
    assert [done for done, _total in seen] == list(range(len(seen)))
    assert seen[-1][0] == seen[-1][1]


def test_everything_is_of_one_moment(wb: Workbench, tmp_path: Path) -> None:
    def meanwhile(done: int, _total: int, _label: str) -> None:
        if done == 1:
            with wb.change("meanwhile") as db:
                add_interaction(db, add_account(db, "Late"))

    done = exporting.export(wb.reads, str(tmp_path / "out"), progress=meanwhile)
    assert {one.table: one.rows for one in done.files}["account"] == 1
    assert {one.table: one.rows for one in done.files}["interaction"] == 1
    assert wb.reads.scalar("select count(*) from account") == 2


def test_exported_accounts_come_in_again(tmp_path: Path) -> None:
    now = dt.datetime(2026, 11, 21, tzinfo=dt.UTC)
    facts = "select name, reading, industry, country, employees, currency, customer_since, tier, stage from account"
    with portfolios.create(str(tmp_path / "one.csw"), now=now, language="en") as one:
        sample.create(one, today=now.date(), language="en")
        folder = exporting.export(one.reads, str(tmp_path / "out")).folder
        wanted = set(one.reads.all(facts))
    with portfolios.create(str(tmp_path / "two.csw"), now=now, language="en") as two:
        service.import_files(two, [os.path.join(folder, "account.csv")], kind="accounts", now=now)
        assert set(two.reads.all(facts)) == wanted

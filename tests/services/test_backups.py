"""Backing up, restoring and checking as a person does it."""

from __future__ import annotations

import datetime as dt
import os
import shutil
from contextlib import closing
from pathlib import Path

import pytest

from cs_workbench.errors import FileProblem, PortfolioProblem
from cs_workbench.services import backups, portfolios, trash
from cs_workbench.services.search import search
from cs_workbench.services.workbench import Workbench
from cs_workbench.store import digest
from cs_workbench.store.connection import connect
from tests.builders_store import NOW, add_account, add_interaction, count


@pytest.fixture
def path(tmp_path: Path) -> str:
    path = str(tmp_path / "p.csw")
    with portfolios.create(path, now=NOW, language="ja") as wb, wb.change("Add") as db:
        for number in range(20):
            add_interaction(db, add_account(db, f"A{number}"))
    return path


def test_drill_every_backup_restores_to_what_it_was(path: str, tmp_path: Path) -> None:
    contents = {}
    with Workbench.open(path) as wb:
        for number in range(3):
            with wb.change("More") as db:
                add_account(db, f"B{number}")
            info = backups.backup(wb, now=NOW + dt.timedelta(days=number))
            contents[info.path] = digest.content(wb.database.reader())
    assert [info.path for info in backups.list_backups(path)] == sorted(contents, reverse=True)
    for source, expected in contents.items():
        scratch = str(tmp_path / "scratch" / os.path.basename(source))
        done = backups.restore(source, scratch, now=NOW)
        assert done.rows["account"] == expected["account"].rows
        with Workbench.open(scratch) as wb:
            assert digest.content(wb.database.reader()) == expected
            assert backups.check(wb).ok


def test_restore_through_the_whole_story(path: str) -> None:
    with Workbench.open(path) as wb:
        saved = backups.backup(wb, now=NOW)
        for number in range(1, 6):
            trash.delete(wb, "account", number, now=NOW)
        with pytest.raises(PortfolioProblem) as caught:
            backups.restore(saved.path, path, now=NOW)
        assert caught.value.code == "locked", "close it first"
    backups.restore(saved.path, path, now=NOW)
    with Workbench.open(path) as wb:
        assert count(wb, "account") == 20
    newest = backups.list_backups(path)[0]
    assert (newest.reason, newest.rows["account"]) == ("before restore", 15)
    backups.restore(newest.path, path, now=NOW, yes=True)
    with Workbench.open(path) as wb:
        assert count(wb, "account") == 15


def test_backups_are_listed_when_the_portfolio_is_gone(path: str) -> None:
    with Workbench.open(path) as wb:
        info = backups.backup(wb, now=NOW)
    os.unlink(path)
    assert backups.list_backups(path) == [info]
    with pytest.raises(FileProblem) as caught:
        Workbench.open(path)
    assert "restore" in caught.value.remedy


@pytest.mark.skipif(os.name == "nt", reason="an open file cannot be moved on Windows")
@pytest.mark.parametrize("stranger", [True, False])
def test_what_lies_in_the_portfolios_place_by_now_is_not_backed_up_as_it(path: str, stranger: bool) -> None:
    with Workbench.open(path) as wb:
        os.rename(path, path + ".away")
        if stranger:
            shutil.copy(path + ".away", path)
        with pytest.raises(PortfolioProblem, match="moved, deleted or replaced") as caught:
            backups.backup(wb, now=NOW)
        assert caught.value.code == "moved"
    assert backups.list_backups(path) == []


def test_a_backup_beside_an_open_writer_of_another_window(path: str) -> None:
    with Workbench.open(path) as writer, writer.change("Open") as db:
        add_account(db, "Uncommitted")
        with Workbench.open(path, read_only=True) as reader:
            info = backups.backup(reader, now=NOW)
    assert info.rows["account"] == 20


@pytest.mark.parametrize("read_only", [True, False])
def test_check_of_a_sound_portfolio(path: str, read_only: bool) -> None:
    with Workbench.open(path, read_only=read_only) as wb:
        report = backups.check(wb)
    assert report.ok
    assert report.tables["account"].rows == 20


def test_check_names_what_is_wrong(path: str) -> None:
    with Workbench.open(path) as wb:
        with wb.change("Break") as db:
            db.execute("delete from interaction_short where rowid=3")
        report = backups.check(wb)
    assert not report.ok
    assert [finding.code for finding in report.findings] == ["search"]


@pytest.mark.parametrize(
    "damage",
    [
        "delete from interaction_short where rowid=3",
        "delete from interaction_tri_data",
        "delete from interaction_short_data",
        "update interaction_tri_data set block=x'0102' where id>10",
        "delete from interaction_tri_docsize",
        "drop table interaction_short_data",
        "drop table interaction_tri",
    ],
)
def test_a_damaged_search_index_is_told_apart_and_made_afresh(path: str, damage: str) -> None:
    with closing(connect(path, mode="rw", raw_key=None)) as connection:
        connection.execute(damage)
    with Workbench.open(path) as wb:
        before = digest.content(wb.database.reader())
        report = backups.check(wb)
        assert report.only_search, report.findings
        assert report.tables == before
        assert backups.mend_search(wb).ok
        assert digest.content(wb.database.reader()) == before
        assert wb.history() != []
        number = wb.reads.scalar("select min(id) from interaction")
        with wb.change("Later") as db:
            db.execute("update interaction set folded='much later' where id=?", (number,))
        assert backups.check(wb).ok
        assert [hit.id for hit in search(wb.reads, "much later")] == [number]
        wb.undo()
        assert backups.check(wb).ok


def test_more_than_the_search_index_is_no_case_for_making_it_afresh(path: str) -> None:
    with Workbench.open(path) as wb:
        with wb.change("Break") as db:
            db.execute("delete from interaction_short where rowid=3")
            db.execute("drop trigger journal_person_d")
        assert not backups.check(wb).only_search
    found = backups.CheckReport((backups.Finding("search", "x"), backups.Finding("journal", "y")))
    assert not found.only_search
    assert not backups.CheckReport(()).only_search


def test_an_index_beyond_help_is_told_with_a_way_on(path: str) -> None:
    with closing(connect(path, mode="rw", raw_key=None)) as connection:
        connection.execute("delete from interaction_short_config")
    with Workbench.open(path) as wb, pytest.raises(PortfolioProblem) as caught:
        backups.mend_search(wb)
    assert caught.value.code == "damaged"
    with Workbench.open(path, read_only=True) as wb:
        assert count(wb, "interaction") == 20


def test_who_only_reads_makes_nothing_afresh(path: str) -> None:
    with Workbench.open(path, read_only=True) as wb, pytest.raises(PortfolioProblem) as caught:
        backups.mend_search(wb)
    assert caught.value.code == "read_only"


def test_checking_again_after_work_raises_no_false_alarm(path: str) -> None:
    with Workbench.open(path) as wb:
        for _ in range(20):  # segments of the search index are merged on the way
            assert backups.check(wb).findings == ()
            with wb.change("Log") as db:
                add_interaction(db, 1)


def test_policy(path: str) -> None:
    few = backups.Policy(newest=1, days=0, weeks=0, months=0, minimum=1)
    with Workbench.open(path) as wb:
        for _ in range(3):
            backups.backup(wb, now=NOW, policy=few)
    assert [info.number for info in backups.list_backups(path)] == [3]

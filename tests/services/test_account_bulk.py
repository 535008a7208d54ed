"""Changing many accounts is one change: one name in the history, one undo, whole or not at all."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from cs_workbench.errors import InvalidValue
from cs_workbench.services import account_bulk, portfolios
from cs_workbench.services.workbench import Workbench
from tests.builders_store import add_account, state

NOW = dt.datetime(2026, 11, 24, 9, 0, tzinfo=dt.UTC)
Verb = Callable[[Workbench, list[int]], int]


@pytest.fixture
def wb(tmp_path: Path) -> Iterator[Workbench]:
    """Sixty accounts."""
    with portfolios.create(str(tmp_path / "p.csw"), now=NOW, language="en") as workbench:
        with workbench.change("set up") as db:
            for number in range(60):
                add_account(db, f"N{number}")
        yield workbench


def ids(wb: Workbench) -> list[int]:
    return [row[0] for row in wb.reads.all("select id from account order by id")]


@pytest.mark.parametrize(
    ("verb", "sql", "step"),
    [
        (lambda wb, some: account_bulk.add_tag(wb, some, "#risk"), "select count(*) from account_tag where tag='risk'",
         "Tag 50 accounts"),
        (lambda wb, some: account_bulk.set_stage(wb, some, "renewal", now=NOW),
         "select count(*) from account where stage='renewal'", "Change stage of 50 accounts"),
        (lambda wb, some: account_bulk.set_tier(wb, some, "B", now=NOW),
         "select count(*) from account where tier='B' and updated_at='2026-11-24T09:00:00Z'",
         "Change tier of 50 accounts"),
        (lambda wb, some: account_bulk.set_owner(wb, some, " 高橋 ", now=NOW),
         "select count(*) from account where owner='高橋'", "Change owner of 50 accounts"),
    ],
)  # fmt: skip
def test_one_change_and_one_undo_for_fifty_accounts(wb: Workbench, verb: Verb, sql: str, step: str) -> None:
    before, some = state(wb.reads), ids(wb)[:50]
    steps = len(wb.history())
    assert verb(wb, some) == 50
    assert wb.reads.scalar(sql) == 50
    assert len(wb.history()) == steps + 1
    assert wb.undo() == step
    assert state(wb.reads) == before
    assert wb.redo() == step
    assert wb.reads.scalar(sql) == 50


def test_what_is_so_already_is_no_change(wb: Workbench) -> None:
    some = ids(wb)[:3]
    account_bulk.add_tag(wb, some[:2], "risk")
    assert account_bulk.add_tag(wb, some, "risk") == 1
    steps = len(wb.history())
    assert account_bulk.add_tag(wb, some, "risk") == 0
    assert len(wb.history()) == steps


def test_a_tag_is_taken_off_where_it_is(wb: Workbench) -> None:
    some = ids(wb)
    account_bulk.add_tag(wb, some[:5], "risk")
    assert account_bulk.remove_tag(wb, some, "risk") == 5
    assert wb.undo() == "Remove tag from 5 accounts"  # those that had it
    assert wb.reads.scalar("select count(*) from account_tag") == 5


def test_a_value_not_on_the_list_changes_nothing(wb: Workbench) -> None:
    before = state(wb.reads)
    with pytest.raises(InvalidValue) as refused:
        account_bulk.set_stage(wb, ids(wb), "nowhere", now=NOW)
    assert refused.value.code == "stage"
    with pytest.raises(InvalidValue):
        account_bulk.add_tag(wb, ids(wb), " # ")
    assert state(wb.reads) == before


def test_nobody_and_no_stage_can_be_set(wb: Workbench) -> None:
    some = ids(wb)[:2]
    account_bulk.set_owner(wb, some, "高橋", now=NOW)
    assert account_bulk.set_owner(wb, some, "  ", now=NOW) == 2
    account_bulk.set_stage(wb, some, "renewal", now=NOW)
    assert account_bulk.set_stage(wb, some, None, now=NOW) == 2
    assert wb.reads.scalar("select count(*) from account where owner is not null or stage is not null") == 0


def test_the_audit_knows_each_account(wb: Workbench) -> None:
    account_bulk.set_tier(wb, ids(wb)[:4], "A", now=NOW)
    assert (
        wb.reads.scalar("select count(*) from audit where entity='account' and field='tier' and new='A'") == 4
    )


def test_a_step_counts_those_it_changes(wb: Workbench) -> None:
    some = ids(wb)
    account_bulk.set_owner(wb, some[:3], "Ida", now=NOW)
    assert account_bulk.set_owner(wb, some[:5], "Ida", now=NOW) == 2
    assert wb.undo() == "Change owner of 2 accounts"
    account_bulk.add_tag(wb, some[:4], "risk")
    assert account_bulk.add_tag(wb, some[:5], "risk") == 1
    assert wb.undo() == "Tag 1 account"

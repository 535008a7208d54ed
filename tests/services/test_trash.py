"""Deleting with a way back, by undo or by the trash."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from cs_workbench.errors import InvalidValue, NotFound
from cs_workbench.services import trash
from cs_workbench.services.workbench import Workbench
from tests.builders_store import (
    NOW,
    add_account,
    add_contract,
    add_interaction,
    add_person,
    add_task,
    count,
    state,
)


@pytest.fixture
def wb(tmp_path: Path) -> Iterator[Workbench]:
    with Workbench.open(str(tmp_path / "p.csw"), create=True) as workbench:
        with workbench.change("Fill") as db:
            account = add_account(db)
            person = add_person(db, account)
            add_contract(db, account, name="C-1")
            add_task(db, account, person_id=person, interaction_id=add_interaction(db, account))
        yield workbench


@pytest.mark.parametrize(
    ("entity", "step"),
    [
        ("account", "Delete account"),
        ("person", "Delete person"),
        ("contract", "Delete contract"),
        ("interaction", "Delete contact"),
        ("task", "Delete task"),
    ],
)
def test_one_step_with_two_ways_back(wb: Workbench, entity: str, step: str) -> None:
    before = state(wb.reads)
    number = trash.delete(wb, entity, 1, now=NOW)
    (thing,) = trash.listing(wb.reads)
    assert (thing.id, thing.entity, thing.deleted_at) == (number, entity, "2026-03-04T05:06:07Z")
    assert wb.undo() == step
    assert state(wb.reads) == before
    assert trash.listing(wb.reads) == []
    wb.redo()
    trash.restore(wb, number)
    assert state(wb.reads) == before
    assert wb.undo() == "Restore from trash"
    assert count(wb, entity) == 0
    assert len(trash.listing(wb.reads)) == 1


def test_what_has_no_trash(wb: Workbench) -> None:
    with pytest.raises(InvalidValue):
        trash.delete(wb, "setting", 1, now=NOW)
    with pytest.raises(NotFound):
        trash.delete(wb, "account", 99, now=NOW)
    with pytest.raises(NotFound):
        trash.restore(wb, 99)
    assert [step.name for step in wb.history()] == ["Fill"]


def test_a_searched_word_leaves_and_returns_with_its_record(wb: Workbench) -> None:
    find = "select rowid from interaction_short where interaction_short match '\"更新\"'"
    assert wb.reads.all(find) == [(1,)]
    number = trash.delete(wb, "account", 1, now=NOW)
    assert wb.reads.all(find) == []
    trash.restore(wb, number)
    assert wb.reads.all(find) == [(1,)]


def test_emptying_is_final(wb: Workbench) -> None:
    trash.delete(wb, "task", 1, now=NOW)
    trash.delete(wb, "contract", 1, now=NOW)
    assert trash.empty(wb) == 2
    assert trash.empty(wb) == 0
    assert trash.listing(wb.reads) == []
    assert wb.history() == []
    assert wb.undo() is None
    assert (count(wb, "task"), count(wb, "account")) == (0, 1)

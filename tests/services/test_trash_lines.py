"""The trash as a list: whose it was, what went with it, how long it stays; several back in one step."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from cs_workbench.errors import NotFound, PortfolioProblem
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

DAY = dt.timedelta(days=1)


@pytest.fixture
def wb(tmp_path: Path) -> Iterator[Workbench]:
    with Workbench.open(str(tmp_path / "p.csw"), create=True) as workbench:
        with workbench.change("Fill") as db:
            for name in ("Aoba", "Birch"):
                account = add_account(db, name)
                person = add_person(db, account, f"{name} san")
                add_contract(db, account, name=f"C-{name}")
                add_task(db, account, person_id=person, interaction_id=add_interaction(db, account))
        yield workbench


@pytest.mark.parametrize("entity", ["person", "contract", "interaction", "task"])
def test_whose_it_was(wb: Workbench, entity: str) -> None:
    trash.delete(wb, entity, 2, now=NOW)
    (line,) = trash.lines(wb.reads, NOW)
    assert (line.entity, line.account, line.days_left) == (entity, "Birch", 30)
    assert line.deleted_at == NOW


def test_an_account_says_what_went_with_it(wb: Workbench) -> None:
    trash.delete(wb, "account", 1, now=NOW)
    (line,) = trash.lines(wb.reads, NOW)
    assert (line.label, line.account, line.others) == ("Aoba", "", 4)


def test_the_owner_may_lie_in_the_trash_too(wb: Workbench) -> None:
    trash.delete(wb, "person", 1, now=NOW)
    trash.delete(wb, "account", 1, now=NOW)
    account, person = trash.lines(wb.reads, NOW)
    assert (account.entity, person.entity) == ("account", "person")
    assert person.account == "Aoba"


@pytest.mark.parametrize(("days", "left"), [(0, 30), (1, 29), (29, 1), (30, 0), (99, 0)])
def test_days_left(wb: Workbench, days: int, left: int) -> None:
    trash.delete(wb, "task", 1, now=NOW)
    assert trash.lines(wb.reads, NOW + days * DAY)[0].days_left == left


def test_an_empty_trash(wb: Workbench) -> None:
    assert trash.lines(wb.reads, NOW) == ()


def test_statements_do_not_grow(wb: Workbench, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    real = type(wb.reads).all

    def counted(self: Any, sql: str, params: Any = ()) -> list[tuple[Any, ...]]:
        asked.append(sql)
        return real(self, sql, params)

    for entity in ("task", "contract", "person", "interaction"):
        trash.delete(wb, entity, 1, now=NOW)
        trash.delete(wb, entity, 2, now=NOW)
    monkeypatch.setattr(type(wb.reads), "all", counted)
    assert len(trash.lines(wb.reads, NOW)) == 8
    assert len(asked) == 3


def test_several_come_back_as_one_step_in_an_order_that_works(wb: Workbench) -> None:
    before = state(wb.reads)
    ids = [
        trash.delete(wb, "task", 1, now=NOW),
        trash.delete(wb, "interaction", 1, now=NOW),
        trash.delete(wb, "person", 1, now=NOW),
        trash.delete(wb, "account", 1, now=NOW),
    ]
    back = trash.restore_many(wb, ids)
    assert [thing.entity for thing in back] == ["account", "person", "interaction", "task"]
    assert state(wb.reads) == before
    assert wb.undo() == "Restore from trash"
    assert len(trash.listing(wb.reads)) == 4
    assert count(wb, "account") == 1


def test_all_or_none_come_back(wb: Workbench) -> None:
    person = trash.delete(wb, "person", 1, now=NOW)
    trash.delete(wb, "account", 1, now=NOW)
    other = trash.delete(wb, "task", 2, now=NOW)
    before = state(wb.reads)
    with pytest.raises(PortfolioProblem) as caught:
        trash.restore_many(wb, [other, person])
    assert caught.value.code == "parent_gone"
    with pytest.raises(NotFound):
        trash.restore_many(wb, [other, 99])
    assert state(wb.reads) == before


def test_what_is_past_its_days_goes(wb: Workbench) -> None:
    trash.delete(wb, "task", 1, now=NOW)
    trash.delete(wb, "task", 2, now=NOW + 5 * DAY)
    assert trash.expire(wb, now=NOW + 30 * DAY) == 0, "the thirtieth day counts"
    steps = len(wb.history())
    assert trash.expire(wb, now=NOW + 31 * DAY) == 1
    assert [line.label for line in trash.lines(wb.reads, NOW)] == ["Send minutes"]
    assert len(wb.history()) == steps + 1
    assert wb.undo() == "Clear old trash"
    assert len(trash.listing(wb.reads)) == 2


def test_nothing_old_makes_no_step(wb: Workbench) -> None:
    trash.delete(wb, "task", 1, now=NOW)
    trash.expire(wb, now=NOW)
    assert next(step.name for step in wb.history()) == "Delete task"

"""Tasks and promises: each verb is one undo step."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from cs_workbench.errors import InvalidValue, NotFound
from cs_workbench.services import tasks
from cs_workbench.services.workbench import Workbench
from tests.builders_store import add_account
from tests.builders_store import state as digest

NOW = dt.datetime(2026, 11, 21, tzinfo=dt.UTC)


@pytest.fixture
def wb(tmp_path: Path) -> Iterator[Workbench]:
    with Workbench.open(str(tmp_path / "p.csw"), create=True) as workbench:
        with workbench.change("fill") as db:
            add_account(db, "Acme")
        yield workbench


def test_open_tasks_come_by_urgency(wb: Workbench) -> None:
    tasks.add(wb, 1, "no date", now=NOW)
    tasks.add(wb, 1, "late", now=NOW, due_on=dt.date(2026, 12, 9))
    tasks.add(wb, 1, "soon", now=NOW, due_on=dt.date(2026, 12, 1), kind="promise_theirs")
    assert [task.title for task in tasks.open_tasks(wb.reads)] == ["soon", "late", "no date"]
    assert [task.title for task in tasks.open_tasks(wb.reads, 2)] == []


def test_done_and_reopened(wb: Workbench) -> None:
    task = tasks.add(wb, 1, " quote ", now=NOW)
    tasks.done(wb, task, on=dt.date(2026, 11, 22))
    assert tasks.open_tasks(wb.reads) == []
    tasks.reopen(wb, task)
    assert [(one.id, one.title, one.done_on) for one in tasks.open_tasks(wb.reads)] == [(task, "quote", None)]


@pytest.mark.parametrize(
    ("verb", "name"),
    [
        (lambda wb, task: tasks.done(wb, task, on=dt.date(2026, 1, 1)), "Complete task"),
        (tasks.delete, "Delete task"),
        (lambda wb, task: tasks.add(wb, 1, "more", now=NOW, kind="promise_ours"), "Add promise"),
    ],
)
def test_every_verb_can_be_undone(wb: Workbench, verb: Callable[[Workbench, int], object], name: str) -> None:
    task = tasks.add(wb, 1, "quote", now=NOW)
    before = digest(wb.reads)
    verb(wb, task)
    assert digest(wb.reads) != before
    assert wb.undo() == name
    assert digest(wb.reads) == before


def test_what_cannot_be(wb: Workbench) -> None:
    with pytest.raises(InvalidValue):
        tasks.add(wb, 1, "  ", now=NOW)
    with pytest.raises(NotFound):
        tasks.add(wb, 7, "x", now=NOW)
    for verb in (tasks.reopen, tasks.delete):
        with pytest.raises(NotFound):
            verb(wb, 7)

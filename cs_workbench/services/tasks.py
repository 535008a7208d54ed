"""Tasks and promises: add, done, reopen, delete. Each verb is one undoable change."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

from cs_workbench.domain.text import name_of
from cs_workbench.errors import InvalidValue, NotFound
from cs_workbench.i18n import _
from cs_workbench.store.queries import contacts as queries
from cs_workbench.store.queries.contacts import TaskRow

if TYPE_CHECKING:
    from cs_workbench.services.workbench import Workbench
    from cs_workbench.store.change import Change
    from cs_workbench.store.reads import Reads
    from cs_workbench.store.tables import Task

__all__ = ["Kind", "TaskRow", "add", "add_all", "delete", "done", "open_tasks", "reopen"]

Kind = Literal["task", "promise_ours", "promise_theirs"]


def open_tasks(reads: Reads, account_id: int | None = None) -> list[TaskRow]:
    """What is still to do, of one account or of all, the most urgent first."""
    return queries.tasks(reads, account_id=account_id)


def add(
    wb: Workbench,
    account_id: int,
    title: str,
    *,
    now: dt.datetime,
    kind: Kind = "task",
    due_on: dt.date | None = None,
    person_id: int | None = None,
    interaction_id: int | None = None,
    owner: str | None = None,
    note: str = "",
) -> int:
    """Add a task or promise and return its id. Raises InvalidValue for an empty title, NotFound for the account."""
    from cs_workbench.store.tables import Task

    title = name_of(title)
    if not title:
        raise InvalidValue(_("A task needs a title."), _("Write what is to be done."), field="title")
    if queries.account_name(wb.reads, account_id) is None:
        raise NotFound(_("There is no account {id}.").format(id=account_id), id=account_id)
    with wb.change(_("Add task") if kind == "task" else _("Add promise")) as db:
        row = Task(
            account_id=account_id,
            title=title,
            kind=kind,
            due_on=due_on,
            person_id=person_id,
            interaction_id=interaction_id,
            owner=owner,
            note=note,
            created_at=now,
        )
        db.session.add(row)
        db.session.flush()
        return row.id


def add_all(wb: Workbench, account_id: int, titles: Sequence[str], *, now: dt.datetime) -> list[int]:
    """Add several tasks as one undoable change and return their ids. Raises NotFound for the account."""
    from cs_workbench.store.tables import Task

    if queries.account_name(wb.reads, account_id) is None:
        raise NotFound(_("There is no account {id}.").format(id=account_id), id=account_id)
    with wb.change(_("Add tasks")) as db:
        rows = [Task(account_id=account_id, title=title, kind="task", created_at=now) for title in titles]
        db.session.add_all(rows)
        db.session.flush()
        return [row.id for row in rows]


def done(wb: Workbench, task_id: int, *, on: dt.date) -> None:
    """Mark a task done or a promise kept *on* that day. Raises NotFound."""
    with wb.change(_("Complete task")) as db:
        _task(db, task_id).done_on = on


def reopen(wb: Workbench, task_id: int) -> None:
    """Take a task up again. Raises NotFound."""
    with wb.change(_("Reopen task")) as db:
        _task(db, task_id).done_on = None


def delete(wb: Workbench, task_id: int) -> None:
    """Delete a task. Raises NotFound."""
    with wb.change(_("Delete task")) as db:
        db.session.delete(_task(db, task_id))


def _task(db: Change, task_id: int) -> Task:
    from cs_workbench.store.tables import Task

    row = db.session.get(Task, task_id)
    if row is None:
        raise NotFound(
            _("The task is not there any more."),
            _("It may have been deleted; Undo brings it back."),
            id=task_id,
        )
    return row

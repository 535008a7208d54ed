"""The two tests of every claim: is its logic accepted (A), can it be proved by fact (B); and what is missing for it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Literal, TypeAlias

from cs_workbench.domain.value_ledger import RISK, Line
from cs_workbench.errors import InvalidValue, NotFound
from cs_workbench.i18n import _
from cs_workbench.services.value_ledgers import read
from cs_workbench.services.value_words import called, trouble_words
from cs_workbench.store.queries import value as queries

if TYPE_CHECKING:
    from cs_workbench.services.value_reading import LedgerView
    from cs_workbench.services.workbench import Workbench
    from cs_workbench.store.change import Change
    from cs_workbench.store.queries.value import LineRow
    from cs_workbench.store.tables import ValueLine

Test: TypeAlias = Literal["logic", "fact"]
OLD_AFTER = 366
"""Days after which a figure is too old to prove anything about this year."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A benefit under its two tests. ``worth`` is a year after risk, None while it cannot be computed.

    ``gaps_a`` and ``gaps_b`` say what is missing for each test, computed from the line; empty: nothing is.
    """

    line: LineRow
    worth: Decimal | None
    counts: bool
    gaps_a: tuple[str, ...]
    gaps_b: tuple[str, ...]

    @property
    def settled(self) -> bool:
        """Whether there is nothing left to ask: it counts, or its logic was rejected."""
        return self.counts or self.line.logic == "rejected"


def claims(view: LedgerView) -> tuple[Claim, ...]:
    """Every benefit of a ledger: the unsettled first, the one with most at stake leading."""
    found = {int(one.benefit.id): one for one in (*view.outcome.proven, *view.outcome.potential)}
    made = [_claim(view, line, found.get(line.id)) for line in view.lines]
    return tuple(sorted(made, key=lambda one: (one.settled, -(one.worth or Decimal(0)), one.line.id)))


def answer(
    wb: Workbench,
    line_id: int,
    test: Test,
    grade: str,
    *,
    on: dt.date,
    person_id: int | None,
    now: dt.datetime,
) -> None:
    """Note the answer to a test, who gave it and when, as one step; "open" takes it back.

    Raises InvalidValue for an unknown grade, NotFound where the line is gone.
    """
    value = read("line", test, grade)
    name = _("Answer test A") if test == "logic" else _("Answer test B")
    with wb.change(name) as db:
        row = _line(db, line_id)
        given = value != "open"
        setattr(row, test, value)
        setattr(row, f"{test}_on", on if given else None)
        setattr(row, f"{test}_by_id", person_id if given else None)
        _touch(db, row, now)


def note_question(
    wb: Workbench, line_id: int, *, missing: str, ask: str, person_id: int | None, now: dt.datetime
) -> None:
    """Note what is missing, what to ask and whom, as one step. Raises InvalidValue, NotFound."""
    values = {"missing": read("line", "missing", missing), "ask": read("line", "ask", ask)}
    with wb.change(_("Note question")) as db:
        row = _line(db, line_id)
        for name, value in values.items():
            setattr(row, name, value)
        row.ask_id = person_id
        _touch(db, row, now)


def to_task(wb: Workbench, line_id: int, *, due_on: dt.date | None, now: dt.datetime) -> int:
    """Make the question of a line a task of its account, as one step; returns the task's id.

    Raises InvalidValue where no question is noted, NotFound where the line is gone.
    """
    with wb.change(_("Make question a task")) as db:
        return task_of(db, _line(db, line_id), due_on=due_on, now=now)


def task_of(db: Change, row: ValueLine, *, due_on: dt.date | None, now: dt.datetime) -> int:
    """The task of a line's question, inside a change that is under way. Raises InvalidValue without a question."""
    from cs_workbench.store.tables import Person, Task

    if not row.ask.strip():
        raise InvalidValue(
            _("There is no question yet."), _("Write what to ask, then make it a task."), field="ask"
        )
    person = db.session.get(Person, row.ask_id) if row.ask_id is not None else None
    title = (
        _("Ask {person} about “{claim}”").format(person=person.name, claim=row.title)
        if person is not None
        else _("Ask about “{claim}”").format(claim=row.title)
    )
    task = Task(
        account_id=queries.account_of_line(db, row.id), title=title, kind="task", due_on=due_on,
        person_id=row.ask_id, note=row.ask, created_at=now,
    )  # fmt: skip
    db.session.add(task)
    db.session.flush()
    return task.id


def _claim(view: LedgerView, line: LineRow, made: Line | None) -> Claim:
    worth = None if made is None else made.yearly * (1 - RISK[made.benefit.confidence])
    counts = made is not None and made.benefit.counts
    return Claim(line, worth, counts, _gaps_a(view, line), _gaps_b(view, line))


def _gaps_a(view: LedgerView, line: LineRow) -> tuple[str, ...]:
    """What stands in the way of the logic being accepted."""
    found = []
    if not line.mechanism.strip():
        found.append(_("no sentence says how it comes about"))
    if line.id in view.troubles:
        found.append(trouble_words(view.troubles[line.id]).rstrip("。."))
    shared = [key for key, ids in view.overlaps.items() if line.id in ids]
    if shared:
        name = called(shared[0], view.inputs[line.id])
        found.append(_("shares “{name}” with another benefit").format(name=name))
    if line.logic == "open":
        found.append(_("nobody has accepted the logic yet"))
    elif line.logic == "accepted" and not line.logic_by:
        found.append(_("nobody is named who accepted it"))
    return tuple(found)


def _gaps_b(view: LedgerView, line: LineRow) -> tuple[str, ...]:
    """What stands in the way of a proof."""
    found = []
    if not view.evidence[line.id]:
        found.append(_("no evidence: a file, a record or a person's word"))
    bare = [
        row.label or row.name
        for row in view.inputs[line.id]
        if row.metric_id is None and not row.source.strip()
    ]
    if bare:
        found.append(_("no source for {inputs}").format(inputs=_quoted(bare[:3])))
    old = [
        row.label or row.name
        for row in view.inputs[line.id]
        if (day := row.followed_on if row.metric_id is not None else row.as_of) is not None
        and (view.as_of - day).days > OLD_AFTER
    ]
    if old:
        found.append(_("older than a year: {inputs}").format(inputs=_quoted(old[:3])))
    if not line.baseline.strip():
        found.append(_("nothing says how it was before"))
    if line.fact != "proved":
        found.append(_("proved in part only") if line.fact == "partly" else _("nobody has proved it yet"))
    return tuple(found)


def _line(db: Change, line_id: int) -> ValueLine:
    from cs_workbench.store.tables import ValueLine

    row = db.session.get(ValueLine, line_id)
    if row is None:
        raise NotFound(_("It is not there any more."), _("Look at the list again."), candidates=[])
    return row


def _touch(db: Change, row: ValueLine, now: dt.datetime) -> None:
    from cs_workbench.store.tables import ValueLedger

    db.session.get_one(ValueLedger, row.ledger_id).updated_at = now


def _quoted(names: Sequence[str]) -> str:
    return _(", ").join(_("“{name}”").format(name=name) for name in names)

"""What a person does about a signal: done, snooze, wake, hand over. Each is one undoable change."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from cs_workbench.domain.text import seen
from cs_workbench.errors import InvalidValue
from cs_workbench.i18n import _, mark
from cs_workbench.services import tasks, today_words
from cs_workbench.services.signal_memory import SETTING, Answer, Memory, Snooze, memory_data, memory_from
from cs_workbench.store.queries.settings import setting
from cs_workbench.store.settings import put_setting

if TYPE_CHECKING:
    from cs_workbench.domain.signals import Signal
    from cs_workbench.services.today import Item
    from cs_workbench.services.workbench import Workbench
    from cs_workbench.store.change import Change
    from cs_workbench.store.reads import Reads

DEPARTMENTS = {
    "sales": mark("Sales"),
    "support": mark("Support"),
    "product": mark("Product"),
    "management": mark("Management"),
}
_HANDED_FOR = 7
_REASON_MAX = 200


def done(wb: Workbench, item: Item, *, today: dt.date) -> None:
    """Mark a line done: its task or promise completed, or this occurrence of its signal answered. Raises NotFound."""
    if item.signal.record_id:
        tasks.done(wb, item.signal.record_id, on=today)
        return
    with wb.change(_("Mark done – {account}").format(account=today_words.account(item))) as db:
        memory = _memory(db)
        for one in item.parts:
            memory = memory.with_answer(one.signal.key, _answer(one, today))
        _keep(db, memory, today)


def snooze(wb: Workbench, item: Item, until: dt.date, reason: str, *, today: dt.date) -> None:
    """Put a line out of sight until a day after *today*. Raises InvalidValue without a later day or a reason."""
    if until <= today:
        raise InvalidValue(_("The day lies not ahead."), _("Choose a later day."), field="until")
    reason = seen(reason).strip()
    if not reason:
        raise InvalidValue(
            _("A snooze needs a reason."), _("Write what you are waiting for."), field="reason"
        )
    with wb.change(_("Snooze – {account}").format(account=today_words.account(item))) as db:
        kept = Snooze(until, reason[:_REASON_MAX], today)
        memory = _memory(db)
        for one in item.parts:
            memory = memory.with_snooze(one.signal.key, kept)
        _keep(db, memory, today)


def wake(wb: Workbench, item: Item, *, today: dt.date) -> None:
    """Put a snoozed line back in sight."""
    with wb.change(_("Wake – {account}").format(account=item.account)) as db:
        _keep(db, _memory(db).with_snooze(item.signal.key, None), today)


def hand_over(
    wb: Workbench, item: Item, to: str, title: str, *, note: str = "", today: dt.date, now: dt.datetime
) -> int:
    """Hand a line to a department (a key of DEPARTMENTS): the signal is answered and a task, due in a week, keeps
    watch over it, one for each account of the line. A line that is a task changes its owner. Returns the first task's
    id; raises InvalidValue, NotFound.
    """
    if to not in DEPARTMENTS:
        raise InvalidValue(_("There is no department {name}.").format(name=to), code="department", field="to")
    with wb.change(_("Hand over – {account}").format(account=today_words.account(item))) as db:
        ids = [_watched(db, one.signal, to, title, note, today=today, now=now) for one in item.parts]
        memory = _memory(db)
        for one in item.parts:
            if not one.signal.record_id:
                memory = memory.with_answer(one.signal.key, _answer(one, today, to))
        _keep(db, memory, today)
        return ids[0]


def _watched(
    db: Change, signal: Signal, to: str, title: str, note: str, *, today: dt.date, now: dt.datetime
) -> int:
    """The task that keeps watch over what was handed over: the line's own, else a new one."""
    from cs_workbench.store.tables import Task

    row = db.session.get(Task, signal.record_id) if signal.record_id else None
    if row is None:
        row = Task(account_id=signal.account_id, title=title, created_at=now)
        db.session.add(row)
    row.owner, row.due_on = to, today + dt.timedelta(days=_HANDED_FOR)
    row.note = "\n".join(part for part in (row.note, seen(note).strip()) if part)
    db.session.flush()
    return row.id


def _memory(db: Reads) -> Memory:
    return memory_from(setting(db, SETTING))


def _keep(db: Change, memory: Memory, today: dt.date) -> None:
    put_setting(db, SETTING, memory_data(memory.fresh(today)))


def _answer(item: Item, today: dt.date, to: str = "") -> Answer:
    stake = item.rank.stake
    return Answer(today, "handed" if to else "done", item.signal.rule, to, stake.own, stake.own_currency)

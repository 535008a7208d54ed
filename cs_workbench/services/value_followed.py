"""What is to be looked at in figures: outside their bounds, and of those that follow a metric long not read, or read
below nothing or beyond measure.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from cs_workbench.i18n import _
from cs_workbench.services.value_figures import day, figure

if TYPE_CHECKING:
    from cs_workbench.services.value_reading import LedgerView
    from cs_workbench.store.queries.value import InputRow

OLD_AFTER = 60
"""Days after which a newest reading is to be renewed."""


def words(view: LedgerView) -> tuple[str, ...]:
    """Everything of it about the lines that are not rejected, each figure once."""
    return tuple(dict.fromkeys((*_each_outside(view), *_each_refused(view), *_each_old(view))))


def outside_words(rows: Iterable[InputRow]) -> tuple[str, ...]:
    """Which inputs are read outside the bounds that were typed, or typed so: these say nothing of them any more."""
    said = []
    for row in rows:
        follows = row.metric_id is not None
        value = row.followed if follows else row.value
        if value is None:
            continue
        if row.low is not None and value < row.low:
            read, bound = _("{name}: today's {value} lies below its low figure {bound}."), row.low
            typed = _("{name}: the figure {value} lies below its low figure {bound}: correct one of them.")
        elif row.high is not None and value > row.high:
            read, bound = _("{name}: today's {value} lies above its high figure {bound}."), row.high
            typed = _("{name}: the figure {value} lies above its high figure {bound}: correct one of them.")
        else:
            continue
        words, now, end = read if follows else typed, figure(value, row.unit), figure(bound, row.unit)
        said.append(words.format(name=row.label or row.name, value=now, bound=end))
    return tuple(said)


def _each_outside(view: LedgerView) -> Iterator[str]:
    for line in view.lines:
        if line.logic != "rejected":
            yield from outside_words(view.inputs[line.id])


def _each_refused(view: LedgerView) -> Iterator[str]:
    for row in _followed(view):
        if row.refused_on is not None:
            yield _(
                "{name}: readings below 0 or impossibly large are left out, the last of {day}. Correct them where they"
                " come from."
            ).format(name=row.label or row.name, day=day(row.refused_on))


def _each_old(view: LedgerView) -> Iterator[str]:
    for row in _followed(view):
        if row.followed_on is not None and (view.as_of - row.followed_on).days > OLD_AFTER:
            yield _(
                "{name} was last read on {day}: import newer readings, or type the figure of today."
            ).format(name=row.label or row.name, day=day(row.followed_on))


def _followed(view: LedgerView) -> Iterator[InputRow]:
    for line in view.lines:
        if line.logic != "rejected":
            yield from (row for row in view.inputs[line.id] if row.metric_id is not None)

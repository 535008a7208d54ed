"""Days of a kept ledger that have passed: an input that follows a metric counts there the mean of its readings."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, TypeAlias

from cs_workbench import i18n
from cs_workbench.domain import value_past
from cs_workbench.domain.cash_flow import ZERO
from cs_workbench.domain.contract_terms import shares, years_of
from cs_workbench.domain.value_past import Read
from cs_workbench.i18n import _, ngettext
from cs_workbench.services.value_figures import day, tenths

if TYPE_CHECKING:
    from cs_workbench.domain.value_ledger import Benefit, Ledger
    from cs_workbench.services.value_costs import Gap
    from cs_workbench.services.value_rates import Rates
    from cs_workbench.services.value_reading import LedgerView
    from cs_workbench.store.queries.value import InputRow, LedgerRow

Means: TypeAlias = Mapping[tuple[int, str], tuple[Read, ...]]
"""(line id, input name) → what was read of it in each year of the ledger before its day."""
_FRESH = 35
"""Days after which a newest reading is no more called today's."""


def means(
    head: LedgerRow, as_of: dt.date, inputs: Mapping[int, Sequence[InputRow]], gaps: Sequence[Gap]
) -> Means:
    """What was read of every input that follows a metric in the ledger's time."""
    bounds = years_of(head.starts_on, head.years)
    return {
        (line, row.name): value_past.means(row.weeks, bounds, as_of, gaps)
        for line, rows in inputs.items()
        for row in rows
        if row.metric_id is not None and row.followed is not None
    }


def levelled(
    benefits: Sequence[Benefit], ledger: Ledger, found: Means,
    view: tuple[LedgerRow, dt.date, Sequence[Gap], Rates], rows: Mapping[int, Sequence[InputRow]],
) -> tuple[Benefit, ...]:  # fmt: skip
    """The benefits with the past days that count at what was read then; *view* is head, day, gaps and rates."""
    head, as_of, gaps, rates = view
    bounds = years_of(head.starts_on, head.years)
    past, whole = shares(gaps, bounds, as_of), shares(gaps, bounds)
    made = []
    for one in benefits:
        read = _told(one, found, rows[int(one.id)], ledger.currency, rates)
        then = value_past.pasts(one, ledger, read, past, whole) if read else ()
        made.append(replace(one, past=then) if then else one)
    return tuple(made)


def _told(
    benefit: Benefit, found: Means, rows: Sequence[InputRow], currency: str, rates: Rates
) -> dict[str, tuple[Read, ...]]:
    """The means of a benefit's inputs in the currency the benefit has them in."""
    told = {}
    for row in rows:
        if (int(benefit.id), row.name) in found:
            factor = rates.factor(row.unit, currency)
            means = found[int(benefit.id), row.name]
            told[row.name] = tuple(
                one if one.mean is None else replace(one, mean=one.mean * factor) for one in means
            )
    return told


def so_far(view: LedgerView) -> Decimal:
    """What of the benefits' present value lies before the ledger's day: each year's share of days under contract, at
    what those days are worth.
    """
    bounds = years_of(view.head.starts_on, view.head.years)
    past, whole = shares(view.spent.gaps, bounds, view.as_of), shares(view.spent.gaps, bounds)
    return sum((value_past.behind_of(one, view.ledger, past, whole) for one in view.outcome.proven), ZERO)


def figures(view: LedgerView) -> tuple[str, ...]:
    """Which inputs of counted lines count at their mean, with those and today's figure: "Users 73.8, today 87"."""
    counted = {int(one.benefit.id) for one in view.outcome.proven if any(one.benefit.past)}
    said: dict[str, None] = {}
    for (line, name), found in view.means.items():
        row = next(one for one in view.inputs[line] if one.name == name)
        told = [tenths(one.mean) for one in found if one.mean is not None]
        if line in counted and told and row.followed is not None:
            old = row.followed_on is not None and (view.as_of - row.followed_on).days > _FRESH
            words = _("{name} {means}, last read {day}: {now}") if old else _("{name} {means}, today {now}")
            on = day(row.followed_on) if old and row.followed_on else ""
            means = _(", ").join(told)
            words = words.format(name=row.label or row.name, means=means, now=tenths(row.followed), day=on)
            said[words] = None
    return tuple(said)


def unread(view: LedgerView) -> tuple[str, ...]:
    """Which inputs of counted lines nobody measured on past days: "Users on 84 days"."""
    counted = {int(one.benefit.id) for one in view.outcome.proven}
    said: dict[str, None] = {}
    for (line, name), found in view.means.items():
        row = next(one for one in view.inputs[line] if one.name == name)
        days = sum(one.days for one in found)
        if line not in counted or not days:
            continue
        last = row.followed_on
        stops = bool(row.weeks) and last is not None and (view.as_of - last).days > _FRESH
        words = ngettext("{name} on {n} day", "{name} on {n} days", days)
        words = words.format(name=row.label or row.name, n=days)
        if stops and last is not None:
            words = _("{words} (last read {day})").format(words=words, day=day(last))
        said[words] = None
    return tuple(said)


def words(view: LedgerView) -> str:
    """That past days count at what was read then, what that was, and what nobody measured; "" where nothing is to be
    said.
    """
    told, lost = figures(view), unread(view)
    parts = []
    if told:
        said = _("Days before {day} count usage at its mean of each ledger year: {figures}.")
        parts.append(said.format(day=day(view.as_of), figures=_("; ").join(told)))
    if lost:
        said = _("Not measured: {inputs}. These days carry an estimate's risk.")
        parts.append(said.format(inputs=_("; ").join(lost)))
    return ("" if i18n.language() == "ja" else " ").join(parts)

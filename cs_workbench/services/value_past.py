"""Days of a kept ledger that have passed: an input that follows a metric counts there the mean of its readings."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, TypeAlias

from cs_workbench.domain import value_past
from cs_workbench.domain.cash_flow import ZERO
from cs_workbench.domain.contract_terms import shares, years_of
from cs_workbench.i18n import _
from cs_workbench.services.value_figures import day, tenths

if TYPE_CHECKING:
    from cs_workbench.domain.value_ledger import Benefit, Ledger
    from cs_workbench.services.value_costs import Gap
    from cs_workbench.services.value_rates import Rates
    from cs_workbench.services.value_reading import LedgerView
    from cs_workbench.store.queries.value import InputRow, LedgerRow

Means: TypeAlias = Mapping[tuple[int, str], tuple[Decimal | None, ...]]
"""(line id, input name) → the mean of its readings in each year of the ledger before its day."""
_FRESH = 35
"""Days after which a newest reading is no more called today's."""


def means(
    head: LedgerRow, as_of: dt.date, inputs: Mapping[int, Sequence[InputRow]], gaps: Sequence[Gap]
) -> Means:
    """The means of every input that follows a metric and was read in the ledger's time."""
    bounds = years_of(head.starts_on, head.years)
    return {
        (line, row.name): value_past.means(row.weeks, bounds, as_of, gaps)
        for line, rows in inputs.items()
        for row in rows
        if row.weeks and row.followed is not None
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
) -> dict[str, tuple[Decimal | None, ...]]:
    """The means of a benefit's inputs in the currency the benefit has them in."""
    told = {}
    for row in rows:
        if (int(benefit.id), row.name) in found:
            factor = rates.factor(row.unit, currency)
            means = found[int(benefit.id), row.name]
            told[row.name] = tuple(None if mean is None else mean * factor for mean in means)
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
        told = [tenths(one) for one in found if one is not None]
        if line in counted and told and row.followed is not None:
            old = row.followed_on is not None and (view.as_of - row.followed_on).days > _FRESH
            words = _("{name} {means}, last read {day}: {now}") if old else _("{name} {means}, today {now}")
            on = day(row.followed_on) if old and row.followed_on else ""
            means = _(", ").join(told)
            words = words.format(name=row.label or row.name, means=means, now=tenths(row.followed), day=on)
            said[words] = None
    return tuple(said)


def words(view: LedgerView) -> str:
    """That past days count at what was read then, and what that was; "" where none does."""
    told = figures(view)
    if not told:
        return ""
    return _("Days before {day} count usage at its mean of each ledger year: {figures}.").format(
        day=day(view.as_of), figures=_("; ").join(told)
    )

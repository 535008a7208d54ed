"""Days of a kept ledger that have passed: an input that follows a metric counts there the mean of its readings."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, TypeAlias

from cs_workbench.domain import value_past
from cs_workbench.domain.cash_flow import ONE, ZERO, factors
from cs_workbench.domain.contract_terms import shares, years_of
from cs_workbench.i18n import _
from cs_workbench.services.value_figures import day, quantity

if TYPE_CHECKING:
    from cs_workbench.domain.value_ledger import Benefit, Ledger
    from cs_workbench.services.value_costs import Gap
    from cs_workbench.services.value_reading import LedgerView
    from cs_workbench.store.queries.value import InputRow, LedgerRow

Means: TypeAlias = Mapping[tuple[int, str], tuple[Decimal | None, ...]]
"""(line id, input name) → the mean of its readings in each year of the ledger before its day."""
_TENTH = Decimal("0.1")


def means(
    head: LedgerRow, as_of: dt.date, inputs: Mapping[int, Sequence[InputRow]], gaps: Sequence[Gap]
) -> Means:
    """The means of every input that follows a metric and was read in the ledger's time."""
    bounds = years_of(head.starts_on, head.years)
    return {
        (line, row.name): value_past.means(row.weeks, bounds, as_of, gaps)
        for line, rows in inputs.items()
        for row in rows
        if row.weeks and row.followed
    }


def levelled(
    benefits: Sequence[Benefit], ledger: Ledger, found: Means, view: tuple[LedgerRow, dt.date, Sequence[Gap]],
    rows: Mapping[int, Sequence[InputRow]],
) -> tuple[Benefit, ...]:  # fmt: skip
    """The benefits with what each year is worth against one at today's figures; *view* is head, day and gaps."""
    head, as_of, gaps = view
    bounds = years_of(head.starts_on, head.years)
    past, whole = shares(gaps, bounds, as_of), shares(gaps, bounds)
    made = []
    for one in benefits:
        read = _told(one, found, rows[int(one.id)])
        level = value_past.levels(one, ledger, read, past, whole) if read else ()
        made.append(replace(one, level=level) if level else one)
    return tuple(made)


def _told(benefit: Benefit, found: Means, rows: Sequence[InputRow]) -> dict[str, tuple[Decimal | None, ...]]:
    """The means of a benefit's inputs in the currency the benefit has them in."""
    now = {one.name: one.value for one in benefit.inputs}
    return {
        row.name: tuple(
            None if mean is None else mean * now[row.name] / row.followed
            for mean in found[int(benefit.id), row.name]
        )
        for row in rows
        if row.followed and (int(benefit.id), row.name) in found
    }


def so_far(view: LedgerView) -> Decimal:
    """What of the benefits' present value lies before the ledger's day: each year's share of days under contract, at
    what those days are worth.
    """
    bounds = years_of(view.head.starts_on, view.head.years)
    past, whole = shares(view.spent.gaps, bounds, view.as_of), shares(view.spent.gaps, bounds)
    weights = factors(view.head.rate, view.head.years)
    total = ZERO
    for year in range(1, view.head.years + 1):
        if not whole[year - 1]:
            continue
        to_come = ONE - past[year - 1] / whole[year - 1]
        for one in view.outcome.proven:
            level = one.benefit.level_of(year)
            kept = ONE - to_come / level if level else ZERO
            total += one.adjusted[year] * weights[year] * kept
    return total


def figures(view: LedgerView) -> tuple[str, ...]:
    """Which inputs of counted lines count at their mean, with those and today's figure: "Users 73.8, today 87"."""
    counted = {int(one.benefit.id) for one in view.outcome.proven if one.benefit.level}
    said: dict[str, None] = {}
    for (line, name), found in view.means.items():
        row = next(one for one in view.inputs[line] if one.name == name)
        told = [quantity(_tenth(one), "") for one in found if one is not None]
        if line in counted and told and row.followed is not None:
            words = _("{name} {means}, today {now}").format(
                name=row.label or row.name, means=_(", ").join(told), now=quantity(_tenth(row.followed), "")
            )
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


def _tenth(value: Decimal) -> Decimal:
    return value.quantize(_TENTH, ROUND_HALF_UP) if value != value.to_integral_value() else value

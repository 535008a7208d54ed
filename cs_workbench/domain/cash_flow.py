"""Money over time: present value, net present value, return on investment, payback.

Period 0 is the start (not discounted), period n the end of year n, as total-economic-impact studies count.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal
from typing import TypeAlias

Spans: TypeAlias = tuple[tuple[Decimal, Decimal], ...]
"""From when to when money moves within a year, as shares of it, in their order."""
ZERO = Decimal(0)
ONE = Decimal(1)
NEARLY = Decimal("0.02")
"""Net above or below zero by less than this share of the cost is next to nothing."""
TIMES = 2
"""From how much of the value on a break-even is told in times; below, in per cent."""


class NoCost(ValueError):
    """A return on nothing spent has no meaning."""


@dataclass(frozen=True, slots=True)
class Return:
    """What money spent brought back. ``roi`` is a share (2.02 = 202 %), ``payback`` years from the start or None.

    ``benefits`` and ``costs`` are present values; ``npv`` their difference; ``bcr`` their ratio.
    """

    benefits: Decimal
    costs: Decimal
    npv: Decimal
    roi: Decimal
    bcr: Decimal
    payback: Decimal | None


def factors(rate: Decimal, periods: int) -> tuple[Decimal, ...]:
    """Discount factors 1/(1+rate)^n for n = 0 … *periods*. *rate* is a share a year, above −1."""
    return tuple(ONE / (ONE + rate) ** n for n in range(periods + 1))


def present_value(amounts: Sequence[Decimal], rate: Decimal) -> Decimal:
    """Σ amount_n ÷ (1 + rate)^n."""
    weights = factors(rate, max(len(amounts) - 1, 0))
    return sum((amount * weight for amount, weight in zip(amounts, weights, strict=True)), ZERO)


def returns(
    benefits: Sequence[Decimal],
    costs: Sequence[Decimal],
    rate: Decimal,
    under: Sequence[Spans] = (),
) -> Return:
    """The return of a stream of benefits on a stream of costs of the same length.

    *under* is where in year 1, 2, … money moves, as payback takes it. ROI = NPV ÷ PV of costs.
    Raises NoCost where the costs come to nothing, ValueError for different lengths.
    """
    if len(benefits) != len(costs):
        raise ValueError(f"{len(benefits)} periods of benefits, {len(costs)} of costs")
    gained, spent = present_value(benefits, rate), present_value(costs, rate)
    if spent <= 0:
        raise NoCost
    net = gained - spent
    return Return(gained, spent, net, net / spent, gained / spent, payback(benefits, costs, under))


def payback(
    benefits: Sequence[Decimal], costs: Sequence[Decimal], under: Sequence[Spans] = ()
) -> Decimal | None:
    """Years until the cumulated net (not discounted) is no longer negative and stays so; None when it ends negative.

    Within a year the net is taken as spread evenly over the spans of it in *under* (year 1, 2, …; beyond its end the
    whole year). 0 when it never is negative.
    """
    total, found = ZERO, ZERO
    for year, (gained, spent) in enumerate(zip(benefits, costs, strict=True)):
        before, total = total, total + gained - spent
        if before < 0 <= total:
            spans = under[year - 1] if 0 < year <= len(under) else ((ZERO, ONE),)
            found = Decimal(year) - ONE + moment(-before / (total - before), spans)
    return None if total < 0 else found


def moment(share: Decimal, spans: Spans) -> Decimal:
    """When so much of the time in *spans* has passed: both as shares of a year."""
    left = share * sum((end - begin for begin, end in spans), ZERO)
    for begin, end in spans:
        if left <= end - begin:
            return begin + left
        left -= end - begin
    return spans[-1][1]


def break_even(costs: Decimal, benefits: Decimal) -> Decimal:
    """The share of the benefits that covers the costs, rounded up to what is shown of it: with less it would not.

    Whole per cents; tenths of one where benefits and costs are next to equal; tenths from twice the benefits on.
    Raises ZeroDivisionError without benefits.
    """
    share = costs / benefits
    equal = abs(benefits - costs) < costs * NEARLY
    return share.quantize(Decimal("0.1" if share >= TIMES else "0.001" if equal else "0.01"), ROUND_CEILING)


def whole(amount: Decimal) -> Decimal:
    """An amount in whole units of its currency; a half goes away from zero."""
    return Decimal(int(amount.to_integral_value(rounding=ROUND_HALF_UP)))

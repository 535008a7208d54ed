"""How far a value ledger's result hangs on each input: three cases, tornado, break-even."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import accumulate
from typing import Literal, TypeAlias

from cs_workbench.domain.cash_flow import ZERO, present_value
from cs_workbench.domain.value_ledger import (
    Benefit,
    Input,
    Ledger,
    Line,
    Outcome,
    compute,
    cost_flow,
    line,
    moved,
)

Case: TypeAlias = Literal["low", "base", "high"]
STEPS = 80
"""Halvings of the interval in which a break-even lies: to the last of 24 digits."""
NOTHING = Decimal("0.000001")
"""A net that is none."""


@dataclass(frozen=True, slots=True)
class Swing:
    """One input at its least and most: the net present value then. ``span`` is how far the two lie apart.

    The figure of now lies between the two, whatever bounds were typed.
    """

    benefit_id: str
    name: str
    low: Decimal
    high: Decimal
    npv_low: Decimal
    npv_high: Decimal

    @property
    def span(self) -> Decimal:
        """How much of the result hangs on this input."""
        return abs(self.npv_high - self.npv_low)

    def end(self, *, better: bool) -> tuple[Decimal, Decimal]:
        """The net at the better or worse end, and the figure there."""
        ends = sorted(((self.npv_low, self.low), (self.npv_high, self.high)), key=lambda end: end[0])
        return ends[better]


def npv(ledger: Ledger) -> Decimal:
    """Net present value of the headline; with no cost the present value of the benefits."""
    return _net(compute(ledger))


class Moving:
    """A ledger whose lines are computed once: moving one input computes no line but its own again."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._places = {one.id: place for place, one in enumerate(ledger.benefits)}
        flows = [self._flow(line(one, ledger)) for one in ledger.benefits]
        none = (ZERO,) * (ledger.years + 1)
        self._before = list(accumulate(flows, _sum, initial=none))
        self._after = list(accumulate(reversed(flows), _sum, initial=none))[::-1]
        self._spent = present_value(cost_flow(ledger), ledger.rate)

    def npv(self, benefit_id: str, name: str, value: Decimal) -> Decimal:
        """The net present value with one input of one benefit at *value*. Raises what compute raises."""
        place = self._places[benefit_id]
        own = self._flow(line(moved(self._ledger.benefits[place], name, value), self._ledger))
        flow = _sum(_sum(self._before[place], own), self._after[place + 1])
        return present_value(flow, self._ledger.rate) - self._spent

    @staticmethod
    def _flow(made: Line) -> tuple[Decimal, ...]:
        """What a line adds to the headline, after risk."""
        return made.adjusted if made.benefit.counts else (ZERO,) * len(made.adjusted)


def _sum(left: tuple[Decimal, ...], right: tuple[Decimal, ...]) -> tuple[Decimal, ...]:
    return tuple(one + other for one, other in zip(left, right, strict=True))


def _net(outcome: Outcome) -> Decimal:
    if outcome.result is not None:
        return outcome.result.npv
    return sum((one.present for one in outcome.proven), ZERO)


def case(ledger: Ledger, which: Case, swings: Sequence[Swing] | None = None) -> Ledger:
    """The ledger with every input at the bound that gives less (low) or more (high); inputs without bounds stay.

    Low is never more than the ledger as it is or with one input at its worse end, high never less. *swings* is its
    tornado, where it is at hand.
    """
    if which == "base":
        return ledger
    own: dict[str, list[Swing]] = {}
    for swing in tornado(ledger) if swings is None else swings:
        own.setdefault(swing.benefit_id, []).append(swing)
    benefits = tuple(
        _at_ends(one, own[one.id], ledger, better=which == "high") if one.id in own else one
        for one in ledger.benefits
    )
    return replace(ledger, benefits=benefits)


def _at_ends(benefit: Benefit, swings: Sequence[Swing], ledger: Ledger, *, better: bool) -> Benefit:
    """A benefit with its inputs at their better or worse ends: all of them, the one that moves it furthest, or none,
    for two ends that each take something away can give something back together.
    """
    choose = max if better else min
    far = choose(swings, key=lambda one: one.end(better=better)[0])
    together = benefit
    for one in swings:
        together = moved(together, one.name, one.end(better=better)[1])
    alone = moved(benefit, far.name, far.end(better=better)[1])
    return choose((together, alone, benefit), key=lambda made: line(made, ledger).present)


def tornado(ledger: Ledger) -> tuple[Swing, ...]:
    """Every bounded input of the headline's benefits at its two ends, the others as they are; widest first."""
    found = []
    moving = Moving(ledger)
    for benefit in ledger.benefits:
        if not benefit.counts:
            continue
        for one in benefit.inputs:
            low, high = bounds(one)
            if low == high:
                continue
            ends = [moving.npv(benefit.id, one.name, value) for value in (low, high)]
            found.append(Swing(benefit.id, one.name, low, high, *ends))
    return tuple(sorted(found, key=lambda swing: (-swing.span, swing.benefit_id, swing.name)))


def break_even(ledger: Ledger, benefit_id: str, name: str) -> Decimal | None:
    """The value of one input at which the net present value is zero, the others as they are.

    Looked for between 0 and a thousand times the present value; None when the sign does not change there.
    """
    now = next(
        one.value
        for benefit in ledger.benefits
        if benefit.id == benefit_id
        for one in benefit.inputs
        if one.name == name
    )
    return _root(ledger, benefit_id, name, max(abs(now), Decimal(1)) * 1000)


def capture(ledger: Ledger) -> Decimal | None:
    """The share of the headline's benefits at which costs are just covered (0.33: a third is enough)."""
    outcome = compute(ledger)
    if outcome.result is None or outcome.result.benefits <= 0:
        return None
    return outcome.result.costs / outcome.result.benefits


def bounds(one: Input) -> tuple[Decimal, Decimal]:
    """The least and most an input may be: a figure that left its bounds widens them."""
    known = [each for each in (one.low, one.value, one.high) if each is not None]
    return min(known), max(known)


def _root(ledger: Ledger, benefit_id: str, name: str, most: Decimal) -> Decimal | None:
    moving = Moving(ledger)

    def at(value: Decimal) -> Decimal:
        return moving.npv(benefit_id, name, value)

    low, high = ZERO, most
    try:
        start, end = at(low), at(high)
    except ValueError:  # a division by the input: start just above zero
        low = most / Decimal(10) ** 9
        start, end = at(low), at(high)
    if start == 0:
        return low
    if (start > 0) == (end > 0):
        return None
    straight = low - start * (high - low) / (end - start)  # most formulas are straight in one input
    if abs(at(straight)) <= NOTHING:
        return straight
    for _step in range(STEPS):
        middle = (low + high) / 2
        if (at(middle) > 0) == (start > 0):
            low = middle
        else:
            high = middle
    return (low + high) / 2

"""The value axis: round steps, at most four grid lines, zero always in sight; and how plain numbers are printed."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

_STEPS = (1.0, 2.0, 2.5, 4.0, 5.0, 10.0)


@dataclass(frozen=True, slots=True)
class Scale:
    """Maps values to positions: *low* lies at ``start``, *high* at ``end`` (either direction)."""

    low: float
    high: float
    start: float
    end: float

    def at(self, value: float) -> float:
        """Position of *value*."""
        return self.start + (value - self.low) / (self.high - self.low) * (self.end - self.start)


def ticks(values: Iterable[float | None]) -> tuple[float, ...]:
    """Round values from zero (or below, where a value is negative) to past the greatest, at most five.

    Whole numbers, counts above all, get whole marks.
    """
    known = [value for value in values if value is not None]
    low, high = min([0.0, *known]), max([0.0, *known])
    if high - low < 1e-9:  # all zero, or too small to print
        high = low + 1.0
    whole = all(abs(value - round(value)) < 1e-9 for value in known)
    size = 10.0 ** math.floor(math.log10((high - low) / 4))
    for factor in (*_STEPS, 20.0, 25.0, 40.0, 50.0):
        step = size * factor
        if whole and abs(step - round(step)) > 1e-9:
            continue
        first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
        if last - first <= 4:
            return tuple(round(index * step, 10) for index in range(first, last + 1))
    raise AssertionError("a step of fifty quarters always fits")  # pragma: no cover


def decimals(values: Iterable[float | None]) -> int:
    """How many decimals (0 to 2) a family of numbers is printed with, so that they line up."""
    known = [value for value in values if value is not None]
    if not known or max(map(abs, known)) >= 100:
        return 0
    return next((places for places in (0, 1) if all(abs(v - round(v, places)) < 1e-9 for v in known)), 2)


def number(value: float, places: int = 0) -> str:
    """A plain number as printed beside a bar: grouped, with *places* decimals and a real minus."""
    return f"{value:,.{places}f}".replace("-", "−")

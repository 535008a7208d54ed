"""Forecasting renewals: categories with likelihoods, the exact range of what renews, and how good one's calls were."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, TypeAlias

Category: TypeAlias = Literal["commit", "probable", "best_case", "at_risk"]
CATEGORIES: tuple[Category, ...] = ("commit", "probable", "best_case", "at_risk")
LIKELIHOOD: dict[str, float] = {"commit": 0.95, "probable": 0.75, "best_case": 0.45, "at_risk": 0.15}
BY_BAND: dict[str, Category] = {"green": "commit", "yellow": "probable", "red": "best_case"}
"""What health alone suggests while nobody has made a call; what is not measured counts as probable."""

_WORK = 3_000_000
"""Additions a forecast may take: about a quarter of a second."""

_FEW = 14
_SLACK = 1e-9
_PLACES = 4


@dataclass(frozen=True, slots=True)
class Chance:
    """One renewal: its yearly value in one currency, and how likely it renews (0–1)."""

    amount: Decimal
    likelihood: float


@dataclass(frozen=True, slots=True)
class Forecast:
    """What is expected of renewals worth ``total``, and the range: with 10, 50 and 90 % no more than that renews.

    ``unit`` is 0 where the range is exact, else what amounts were rounded to for it (never for ``expected``).
    """

    count: int
    total: Decimal
    expected: Decimal
    p10: Decimal
    p50: Decimal
    p90: Decimal
    unit: Decimal


@dataclass(frozen=True, slots=True)
class Bucket:
    """Calls that said about the same: how many, the mean said, the share that renewed (both 0–1)."""

    count: int
    said: float
    renewed: float


@dataclass(frozen=True, slots=True)
class Calibration:
    """How calls came out: Brier score (mean squared error; 0 is best, 0.25 a coin), buckets by tens of percent."""

    count: int
    brier: float
    buckets: tuple[Bucket, ...]


def computed_category(band: str) -> Category:
    """What the health band alone suggests."""
    return BY_BAND.get(band, "probable")


def forecast(chances: Iterable[Chance]) -> Forecast:
    """Σ amount × likelihood, and the 10th, 50th and 90th percentile of the sum, by convolution.

    Renewals are taken as independent. Exact while the sums can be told apart in reasonable time, else amounts are
    rounded to a unit, carrying the remainder on so that no sum is off by more than about one unit. Raises ValueError
    for a negative amount or a likelihood outside 0–1.
    """
    given = list(chances)
    if any(one.amount < 0 or not 0 <= one.likelihood <= 1 for one in given):
        raise ValueError("amounts are not negative, likelihoods lie between 0 and 1")
    expected = sum((one.amount * Decimal(str(one.likelihood)) for one in given), Decimal(0))
    total = sum((one.amount for one in given), Decimal(0))
    worth = [one for one in given if one.amount]
    if not worth:
        zero = Decimal(0)
        return Forecast(len(given), zero, zero, zero, zero, zero, zero)
    amounts = [int(one.amount.scaleb(_PLACES).to_integral_value()) for one in worth]
    odds = [one.likelihood for one in worth]
    unit, rounded = _counted(amounts)
    low, middle, high = _percentiles(rounded, odds, (0.10, 0.50, 0.90))
    exact = math.gcd(*amounts) == unit or len(amounts) <= _FEW
    scale = Decimal(unit).scaleb(-_PLACES)
    found = [min(number * scale, total) for number in (low, middle, high)]
    return Forecast(len(given), total, expected, found[0], found[1], found[2], Decimal(0) if exact else scale)


def calibration(calls: Iterable[tuple[float, bool]]) -> Calibration | None:
    """How calls (likelihood said, whether it renewed) came out; None without any. Source: Brier (1950)."""
    given = list(calls)
    if not given:
        return None
    tens: dict[int, list[tuple[float, bool]]] = {}
    for said, renewed in given:
        tens.setdefault(min(int(said * 10 + 0.5), 10), []).append((said, renewed))
    buckets = tuple(
        Bucket(
            len(ones),
            sum(said for said, _came in ones) / len(ones),
            sum(came for _s, came in ones) / len(ones),
        )
        for _ten, ones in sorted(tens.items(), reverse=True)
    )
    return Calibration(len(given), sum((said - came) ** 2 for said, came in given) / len(given), buckets)


def _counted(amounts: Sequence[int]) -> tuple[int, list[int]]:
    """A unit, and the amounts counted in it: their common divisor where the sums stay few enough."""
    divisor, total = math.gcd(*amounts), sum(amounts)
    if len(amounts) <= _FEW or len(amounts) * (total // divisor) <= _WORK:
        return divisor, [amount // divisor for amount in amounts]
    unit = max(-(-total * len(amounts) // _WORK), divisor)
    counted, carried = [], 0
    for amount in amounts:
        whole = (amount + carried + unit // 2) // unit
        carried += amount - whole * unit
        counted.append(whole)
    return unit, counted


def _percentiles(amounts: Sequence[int], odds: Sequence[float], shares: Sequence[float]) -> list[int]:
    sums = _sparse(amounts, odds) if len(amounts) <= _FEW else _dense(amounts, odds)
    found: list[int] = []
    reached = 0.0
    for amount, chance in sums:
        reached += chance
        while len(found) < len(shares) and reached >= shares[len(found)] - _SLACK:
            found.append(amount)
    return found + [sum(amounts)] * (len(shares) - len(found))


def _sparse(amounts: Sequence[int], odds: Sequence[float]) -> list[tuple[int, float]]:
    """Every sum that can come about, with its probability, in order: for few renewals of any amount."""
    sums = {0: 1.0}
    for amount, likely in zip(amounts, odds, strict=True):
        grown = {reached: chance * (1 - likely) for reached, chance in sums.items()}
        for reached, chance in sums.items():
            grown[reached + amount] = grown.get(reached + amount, 0.0) + chance * likely
        sums = grown
    return sorted(sums.items())


def _dense(amounts: Sequence[int], odds: Sequence[float]) -> Iterable[tuple[int, float]]:
    """The same over every whole number up to the total: for many renewals whose amounts share a unit."""
    sums = [1.0]
    for amount, likely in sorted(zip(amounts, odds, strict=True)):
        stays, pad = 1 - likely, [0.0] * amount
        sums = [old * stays + new * likely for old, new in zip(sums + pad, pad + sums, strict=True)]
    return enumerate(sums)

"""A DEAR health score as it comes out: measures → axes → score, with everything needed to explain it.

Measures and axes are named tuples: a portfolio has tens of thousands of them, and a frozen dataclass of this size
takes ten times as long to make.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal, NamedTuple, TypeAlias

Band: TypeAlias = Literal["green", "yellow", "red", "none"]
Direction: TypeAlias = Literal["up", "down"]
Reason: TypeAlias = Literal["measured", "carried", "zero", "not_measured", "no_denominator", "stale"]
NoScore: TypeAlias = Literal["", "nothing_measured", "too_little_measured"]

AXES = ("deployment", "engagement", "adoption", "roi")


class MeasureScore(NamedTuple):
    """One measure of one account: value → threshold → points → weight → contribution.

    ``weight`` is its effective share of the whole score (0–1; 0 when left out) and ``nominal`` the share it
    would have were everything measured; ``contribution`` is points × weight, in tenths of a score point.
    ``worst``, ``yellow``, ``green``, ``best`` are the anchors applied (bounds inclusive).
    ``as_of`` is the date of the newest record behind the value. ``reason``: "measured"; "carried" (stale but
    still used), "zero" (missing counted as 0 points), "not_measured", "no_denominator", "stale" (left out).
    """

    key: str
    axis: str
    unit: str  # ratio, days, count, yesno, times, grade, change
    value: float | None
    numerator: float | None
    denominator: float | None
    as_of: dt.date | None
    age_days: int | None
    validity_days: int | None
    stale: bool
    points: float | None
    weight: float
    nominal: float
    contribution: float
    direction: Direction
    worst: float
    yellow: float
    green: float
    best: float
    band: Band
    reason: Reason
    label: str = ""  # only for measures of the CSM's own; the built-in ones are put in words by their key


class AxisScore(NamedTuple):
    """One DEAR axis. ``weight`` is its effective share of the score, ``coverage`` how much of it is fresh."""

    key: str  # deployment, engagement, adoption, roi
    points: float | None
    band: Band
    weight: float
    nominal: float
    contribution: float
    coverage: float


@dataclass(frozen=True, slots=True)
class Score:
    """A whole score, 0–100 to one decimal, dated. Measure contributions sum to it; so do axis contributions.

    ``coverage`` is the share of the scorecard's weight that fresh measures carry (0–1). ``low`` and ``high``
    are the scores were everything missing or stale at 0 or at 100 points. ``capped`` says that the worst axis
    lowered the band. ``reason`` is a code when there is no score, else "": "nothing_measured", or
    "too_little_measured" where the coverage is below the least the scorecard asks for; points stand there all
    the same, weights and contributions are 0.
    """

    account_id: int
    as_of: dt.date
    scorecard_key: str
    scorecard_version: int
    score: float | None
    band: Band
    coverage: float
    low: float | None
    high: float | None
    capped: bool
    axes: tuple[AxisScore, ...]
    measures: tuple[MeasureScore, ...]
    reason: NoScore = ""

    @property
    def stale_measures(self) -> tuple[MeasureScore, ...]:
        """Measures whose newest record is older than their validity, oldest first."""
        stale = [measure for measure in self.measures if measure.stale]
        return tuple(sorted(stale, key=lambda measure: -(measure.age_days or 0)))

    @property
    def missing_measures(self) -> tuple[MeasureScore, ...]:
        """Measures nobody has measured, heaviest first: each is a question to ask."""
        missing = [m for m in self.measures if m.value is None]
        return tuple(sorted(missing, key=lambda measure: -measure.nominal))

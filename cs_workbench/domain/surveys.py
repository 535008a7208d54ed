"""What surveys say as one figure: NPS, CSAT, CES, and the share that answered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

Kind: TypeAlias = Literal["nps", "csat", "ces", "success"]
KINDS: tuple[Kind, ...] = ("nps", "csat", "ces", "success")
RANGE: Mapping[Kind, tuple[float, float]] = {"nps": (0, 10), "csat": (1, 5), "ces": (1, 7), "success": (1, 5)}
"""Least and most of an answer."""
LARGEST_NOISE = 30
"""Fewer answers than this and a figure moves with every one of them: it is shown with its count."""


@dataclass(frozen=True, slots=True)
class Result:
    """One figure from ``answers`` answers. NPS in points (−100–100), CSAT a share, CES and success their mean.

    ``high``, ``middle``, ``low`` count promoters, passives, detractors (or satisfied, neutral, dissatisfied).
    """

    kind: Kind
    answers: int
    value: float | None
    high: int
    middle: int
    low: int

    @property
    def few(self) -> bool:
        """Whether there are too few answers to read much into the figure."""
        return self.answers < LARGEST_NOISE


def result(kind: Kind, scores: Iterable[float]) -> Result:
    """NPS = share of 9–10 less share of 0–6, 0 counting as a detractor; CSAT = share of 4–5; CES, success = mean.

    Raises ValueError for a score outside the scale.
    """
    given = list(scores)
    least, most = RANGE[kind]
    if any(not least <= one <= most for one in given):
        raise ValueError(f"{kind} runs from {least} to {most}")
    sides = [side(kind, one) for one in given]
    high, middle, low = (sides.count(one) for one in ("high", "middle", "low"))
    if not given:
        return Result(kind, 0, None, 0, 0, 0)
    if kind == "nps":
        value = 100 * (high - low) / len(given)
    elif kind == "csat":
        value = high / len(given)
    else:
        value = sum(given) / len(given)
    return Result(kind, len(given), value, high, middle, low)


def side(kind: Kind, score: float) -> Literal["high", "middle", "low"]:
    """Which side of the scale an answer is on: promoter/satisfied, passive/neutral, detractor/dissatisfied."""
    high, low = {"nps": (9, 6), "csat": (4, 2), "ces": (5, 3), "success": (4, 2)}[kind]
    if score >= high:
        return "high"
    return "low" if score <= low else "middle"


def must_answer(kind: Kind, score: float) -> bool:
    """Whether somebody has to answer within 48 hours: a detractor, or CSAT of 2 and less."""
    return kind in {"nps", "csat"} and side(kind, score) == "low"


def response_rate(answers: int, asked: int | None) -> float | None:
    """Share of those asked who answered; None where it is not known how many were, or more answered than were."""
    if not asked or answers > asked:
        return None
    return answers / asked

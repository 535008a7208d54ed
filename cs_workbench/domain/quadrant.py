"""Success is not satisfaction: two measures, four corners, and the move each corner asks for (domain.md §2)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

Corner: TypeAlias = Literal["advocate", "happy_not_succeeding", "succeeding_not_happy", "at_risk"]
Unplaced: TypeAlias = Literal["no_success", "no_satisfaction", "neither"]
MIDDLE = 0.5


@dataclass(frozen=True, slots=True)
class Point:
    """An account's two measures, 0–1 or None where not measured."""

    success: float | None
    satisfaction: float | None

    @property
    def unplaced(self) -> Unplaced | None:
        """What is missing; None where it can be placed."""
        if self.success is None and self.satisfaction is None:
            return "neither"
        if self.success is None:
            return "no_success"
        return "no_satisfaction" if self.satisfaction is None else None


def corner(point: Point, success: float = MIDDLE, satisfaction: float = MIDDLE) -> Corner | None:
    """The corner a point lies in; a point on a line belongs to the better side. None where a measure is missing."""
    if point.success is None or point.satisfaction is None:
        return None
    if point.success >= success:
        return "advocate" if point.satisfaction >= satisfaction else "succeeding_not_happy"
    return "happy_not_succeeding" if point.satisfaction >= satisfaction else "at_risk"


def satisfaction(nps: float | None, csat: float | None, ticket: float | None) -> float | None:
    """One satisfaction 0–1 from what there is: an NPS answer (0–10), CSAT and ticket satisfaction (1–5), averaged.

    Each is put on the scale from its worst to its best answer.
    """
    parts = []
    if nps is not None:
        parts.append(nps / 10)
    parts += [(one - 1) / 4 for one in (csat, ticket) if one is not None]
    return sum(parts) / len(parts) if parts else None

"""Closing the loop: when a case is overdue, which answers propose one, and how well loops are closed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median
from typing import Literal, TypeAlias

from cs_workbench.domain import surveys

Status: TypeAlias = Literal["open", "hold", "done", "no_action"]
STATUSES: tuple[Status, ...] = ("open", "hold", "done", "no_action")
ANSWER_WITHIN = 2
"""Days within which a detractor or complaint is to be answered (48 hours, domain.md §8)."""
LOW_TICKET = 2
"""A ticket rated so or worse (1–5) proposes a case."""


@dataclass(frozen=True, slots=True)
class Closing:
    """How well loops are closed: ``closed`` of ``cases``, those that needed no action left out.

    ``median_days`` from what was said to the day they were told what came of it; None where none was closed.
    """

    cases: int
    closed: int
    median_days: float | None

    @property
    def rate(self) -> float | None:
        """Share closed, 0–1; None without a case."""
        return self.closed / self.cases if self.cases else None


def due(said_on: dt.date, promised_on: dt.date | None) -> dt.date:
    """The day by which somebody hears from us: the promised one, else 48 hours after they spoke."""
    return promised_on or said_on + dt.timedelta(days=ANSWER_WITHIN)


def overdue(status: str, said_on: dt.date, promised_on: dt.date | None, today: dt.date) -> bool:
    """Whether a case that is still open or on hold is past its day."""
    return status in {"open", "hold"} and due(said_on, promised_on) < today


def proposes(kind: str, score: float | None) -> bool:
    """Whether an answer asks for a case: a detractor, a low CSAT or CES, a ticket rated badly or escalated unrated."""
    if kind == "ticket":
        return score is None or score <= LOW_TICKET
    known = next((one for one in surveys.KINDS if one == kind), None)
    if known is None or known == "success" or score is None:
        return False
    return surveys.side(known, score) == "low"


def closing(cases: Iterable[tuple[str, dt.date, dt.date | None]]) -> Closing:
    """Of (status, said on, told back on): the rate of loops closed and the median days it took."""
    counted = [one for one in cases if one[0] != "no_action"]
    days = [(told - said).days for status, said, told in counted if status == "done" and told is not None]
    return Closing(
        len(counted), sum(1 for one in counted if one[0] == "done"), float(median(days)) if days else None
    )

"""The mutual action plan of a document, as plain facts fit for the customer (see facts.py)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the mutual action plan. ``code`` names it, or ``title`` says it in its own words."""

    code: str
    on: dt.date | None
    title: str = ""
    theirs: str = ""
    ours: str = ""
    decisive: bool = False
    deadline: bool = False
    late: bool = False
    ref: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """The way to the decision, planned backwards in working days.

    ``working_days_left`` are those up to ``anchor``, ``approval_room`` those the approval has where it is too late.
    """

    steps: tuple[Step, ...] = ()  # latest first
    decide_by: dt.date | None = None
    approval_days: int = 10
    approval_known: bool = False
    working_days_left: int | None = None
    basis: str = "none"  # notice, end, none
    anchor: dt.date | None = None
    approval_room: int | None = None

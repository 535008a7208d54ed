"""The voice of the customer as figures: one survey over a period, month by month, with who must be answered."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cs_workbench.domain import surveys
from cs_workbench.domain.loops import ANSWER_WITHIN
from cs_workbench.domain.months import add_months
from cs_workbench.domain.surveys import Kind, Result
from cs_workbench.errors import InvalidValue
from cs_workbench.i18n import _
from cs_workbench.services.voice_cases import SUGGESTS_DAYS
from cs_workbench.store.queries import voice as queries
from cs_workbench.store.queries.voice import Answer, owners, people

__all__ = ["ANSWER_WITHIN", "Answer", "Month", "Voice", "owners", "people", "voice"]

if TYPE_CHECKING:
    from cs_workbench.store.reads import Reads

DEFAULT_MONTHS = 12
ROUND_DAYS = 60
"""Days after a round in which an answer without its name still belongs to it."""


@dataclass(frozen=True, slots=True)
class Month:
    """One month's result; ``first`` is its first day."""

    first: dt.date
    result: Result


@dataclass(frozen=True, slots=True)
class Voice:
    """One survey from ``since`` to ``until``: the figure, by month, the answers newest first, the share that answered.

    ``unanswered`` are those who should have been answered by now and have no case, as far back as one is proposed.
    ``rate`` is None where it is not known how many were asked. ``outside`` counts
    answers off the scale, which are left out.
    """

    kind: Kind
    since: dt.date
    until: dt.date
    result: Result
    months: tuple[Month, ...]
    answers: tuple[Answer, ...]
    unanswered: tuple[Answer, ...]
    rate: float | None
    outside: int


def voice(reads: Reads, kind: str, until: dt.date, since: dt.date | None = None) -> Voice:
    """What a survey said up to *until*, over twelve months unless told otherwise; three statements.

    Raises InvalidValue for an unknown kind or a period that ends before it begins.
    """
    known = next((one for one in surveys.KINDS if one == kind), None)
    if known is None:
        raise InvalidValue(
            _("There is no survey “{kind}”.").format(kind=kind),
            _("Choose from: {kinds}.").format(kinds=_(", ").join(surveys.KINDS)),
            code="survey",
        )
    first = since or add_months(until, -DEFAULT_MONTHS) + dt.timedelta(days=1)
    if first > until:
        raise InvalidValue(
            _("The period ends before it begins."), _("Choose an earlier first day."), code="period"
        )
    given = queries.answers(reads, known, first, until)
    least, most = surveys.RANGE[known]
    kept = tuple(one for one in given if least <= one.score <= most)
    asked = queries.asked(reads, known, first, until)
    late, since_when = (until - dt.timedelta(days=days) for days in (ANSWER_WITHIN, SUGGESTS_DAYS))
    return Voice(
        known,
        first,
        until,
        surveys.result(known, (one.score for one in kept)),
        _months(known, kept, first, until),
        kept,
        tuple(
            one
            for one in kept
            if surveys.must_answer(known, one.score) and one.case_id is None and since_when <= one.on <= late
        ),
        _rate(kept, asked),
        len(given) - len(kept),
    )


def _rate(answers: tuple[Answer, ...], rounds: list[tuple[str, dt.date, int]]) -> float | None:
    """The share of those asked that answered: an answer nobody was asked for says nothing about it.

    Answers belong to the round they name; where none names it, those without a name that followed it.
    """
    counted: set[int] = set()
    for campaign, on, _sent in rounds:
        named = {one.id for one in answers if campaign and one.campaign == campaign}
        last = on + dt.timedelta(days=ROUND_DAYS)
        counted |= named or {one.id for one in answers if not one.campaign and on <= one.on <= last}
    return surveys.response_rate(len(counted), sum(sent for *_round, sent in rounds) or None)


def _months(kind: Kind, answers: tuple[Answer, ...], since: dt.date, until: dt.date) -> tuple[Month, ...]:
    """Every month of the period, also those without an answer."""
    scores: dict[dt.date, list[float]] = defaultdict(list)
    for one in answers:
        scores[one.on.replace(day=1)].append(one.score)
    found = []
    first = since.replace(day=1)
    while first <= until:
        found.append(Month(first, surveys.result(kind, scores.get(first, ()))))
        first = add_months(first, 1)
    return tuple(found)

"""Facts for the voice block of a briefing: what they told us, what we did, when they were told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING

from cs_workbench.domain import loops
from cs_workbench.domain.months import add_months
from cs_workbench.reports.voice_facts import InternalLoop, Loop, OpenLoop, Told
from cs_workbench.services import voice_cases
from cs_workbench.store.queries.voice_loops import CaseRow

if TYPE_CHECKING:
    from cs_workbench.store.reads import Reads

MONTHS = 12


def loop(reads: Reads, account_id: int, as_of: dt.date) -> tuple[Loop, InternalLoop]:
    """The customer's facts and the internal ones over twelve months, newest first; three statements.

    A case without an owner or a promised date never enters the customer's (domain.md §8), nor one that needed no
    action. Words of an answer that was not given to be shown stay out, and so does who gave it.
    """
    found = voice_cases.loops_of(reads, as_of, account_id)
    since = add_months(as_of, -MONTHS)
    cases = [one for one in found.cases if one.said_on > since or one.waiting]
    ordered = sorted(cases, key=lambda one: (one.said_on, one.id), reverse=True)
    return customer_loop(ordered, as_of, len(found.suggested)), InternalLoop(
        tuple(_open(one, as_of) for one in ordered), len(found.suggested)
    )


def customer_loop(cases: Sequence[CaseRow], as_of: dt.date, unanswered: int = 0) -> Loop:
    """What of *cases* the customer may read; *unanswered* critical answers are owed one, though there is no case."""
    shown = [one for one in cases if not missing(one) and one.status != "no_action"]
    closing = loops.closing((_status(one, as_of), one.said_on, one.told_back_on) for one in shown)
    told = tuple(_told(one, as_of, all_words=False) for one in shown)
    return Loop(told, closing.cases, closing.closed, closing.median_days, unanswered)


def missing(case: CaseRow) -> tuple[str, ...]:
    """What a case lacks before it may be shown to the customer."""
    if case.status in {"done", "no_action"}:
        return () if case.status == "no_action" or case.told_back_on else ("told_back_on",)
    return tuple(
        name for name, value in (("owner", case.owner), ("promised_on", case.promised_on)) if not value
    )


def _status(case: CaseRow, as_of: dt.date) -> str:
    """The status as of a day: a case told back later was still open then."""
    told = case.told_back_on
    return "open" if case.status == "done" and told is not None and told > as_of else case.status


def _told(case: CaseRow, as_of: dt.date, *, all_words: bool) -> Told:
    status = _status(case, as_of)
    open_words = all_words or case.shareable
    acted = case.acted_on is None or case.acted_on <= as_of
    return Told(
        case.said if open_words else "", case.person if open_words else "", case.said_on, case.kind, status,
        case.action if acted else "", case.promised_on, case.told_back_on if status == "done" else None,
        f"voice_case/{case.id}",
    )  # fmt: skip


def _open(case: CaseRow, as_of: dt.date) -> OpenLoop:
    return OpenLoop(
        _told(case, as_of, all_words=True),
        case.owner,
        voice_cases.is_overdue(case, as_of),
        missing(case),
        case.note,
    )

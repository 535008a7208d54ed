"""Onboarding in words of the current language: standings with their reason, outcomes, cohorts."""

from __future__ import annotations

import datetime as dt

from cs_workbench import i18n
from cs_workbench.domain.onboarding import Cohort, Span
from cs_workbench.i18n import _, mark, ngettext
from cs_workbench.services.onboarding_reading import RunView, Underway
from cs_workbench.services.plan_words import day

STANDINGS = {
    "on_track": mark("on track"), "behind": mark("behind"), "late": mark("late"), "decide": mark("decision due"),
    "finished": mark("finished"), "went_on": mark("went on"),
}  # fmt: skip
BANDS = {
    "on_track": "green", "behind": "yellow", "late": "red", "decide": "red", "finished": "green", "went_on": "yellow",
}  # fmt: skip
"""The health band whose shape and colour a standing wears."""
OUTCOMES = {
    "running": mark("under way"), "in_time": mark("in time"), "late": mark("later than planned"),
    "extended": mark("extended"), "went_on": mark("went on"),
}  # fmt: skip
SIDES = {"ours": mark("ours"), "theirs": mark("theirs")}
DECISIONS = {"go_on": mark("A: go on"), "extend": mark("B: extend")}


def standing(view: RunView | Underway) -> str:
    """ "on track", "decision due", "extended, on track"."""
    word = _(STANDINGS[view.verdict.standing])
    longer = view.extended if isinstance(view, Underway) else view.open and view.row.decision == "extend"
    return _("extended, {state}").format(state=word) if longer else word


def reason(view: RunView | Underway) -> str:
    """Why it stands so: "Milestone 4 days overdue", "40% done, 60% expected by today", "Ended 6 days ago"."""
    verdict = view.verdict
    if verdict.reason == "end_passed":
        words = ngettext("past its end by {n} day", "past its end by {n} days", verdict.days)
        return words.format(n=verdict.days)
    if verdict.reason == "milestone_overdue":
        words = ngettext("a milestone is {n} day overdue", "a milestone is {n} days overdue", verdict.days)
        return words.format(n=verdict.days)
    if isinstance(view, RunView) and not view.open:
        return _("closed {date}").format(date=day(view.row.finished_on))
    return _("{done} done, {expected} expected by today").format(
        done=percent(verdict.done), expected=percent(verdict.expected)
    )


def progress(view: RunView) -> str:
    """ "5 of 12"."""
    return _("{done} of {all}").format(done=view.done, all=len(view.items))


def elapsed(view: RunView) -> str:
    """ "day 34 of 60 planned"; "starts 1 Dec" before it begins; "" once closed."""
    if not view.open:
        return ""
    if view.day < 1:
        return _("starts {date}").format(date=day(view.row.started_on))
    return _("day {n} of {all} planned").format(n=view.day, all=view.length)


def to_value(view: RunView) -> str:
    """Time to first value: "38 d"; "–" where it is not reached."""
    return "–" if view.to_value is None else _("{n} d").format(n=view.to_value)


def cohort_name(cohort: Cohort, span: Span) -> str:
    """ "Nov 2026", "2026 Q4"."""
    first = cohort.begins
    if span == "quarter":
        return f"{first.year} Q{(first.month + 2) // 3}"
    return f"{first.year}/{first.month:02}" if i18n.language() == "ja" else " ".join(day(first).split()[1:])


def percent(share: float) -> str:
    """A share as a percentage."""
    return f"{round(share * 100)}%"


def due(when: dt.date | None) -> str:
    """A day, or "–" for none."""
    return day(when) or "–"

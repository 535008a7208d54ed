"""Whether a goal quoted in the customer's words is answered by an objective of the success plan."""

from __future__ import annotations

import re
from decimal import Decimal

from cs_workbench.domain.text import fold
from cs_workbench.reports.facts import Goal
from cs_workbench.reports.plan_facts import Objective, SuccessPlan

_NUMBER = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")
_ALIKE = 0.6
"""So much of an objective's title, by pairs of letters, stands in the goal's words where the two mean the same."""

_ROW = 120
"""Characters of a goal in a row that may take three lines; it is the customer's own sentence."""


def is_answered(goal: Goal, plan: SuccessPlan | None) -> bool:
    """Whether an objective carries *goal*: both of its figures, or the most of its title, stand in the words."""
    return plan is not None and any(_carries(one, fold(goal.words)) for one in plan.objectives)


def row_words(goal: Goal) -> str:
    """The words for a row of a table, without their full stop; what is too long ends in three dots."""
    words = goal.words.rstrip("。. ")
    if len(words) <= _ROW:
        return words
    cut = words[: _ROW - 1]
    return (cut[: cut.rindex(" ")] if " " in cut[_ROW // 2 :] else cut).rstrip(" 、,;；") + "…"


def _carries(one: Objective, words: str) -> bool:
    title = fold(one.title)
    pairs = {title[at : at + 2] for at in range(len(title) - 1)}
    alike = bool(pairs) and sum(pair in words for pair in pairs) >= _ALIKE * len(pairs)
    return alike or _figures(one) <= {Decimal(found.replace(",", "")) for found in _NUMBER.findall(words)}


def _figures(one: Objective) -> set[Decimal | None]:
    """Its baseline and target; with one of them unknown no number of the words can be both."""
    return {one.baseline, one.target}

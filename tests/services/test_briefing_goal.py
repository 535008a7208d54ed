"""A goal quoted in a pack is answered by an objective, or stands among the outcomes as not measured."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest

from cs_workbench.reports.facts import Goal
from cs_workbench.reports.plan_facts import Objective, SuccessPlan
from cs_workbench.services.briefing_executive import executive
from cs_workbench.services.briefing_goal import is_answered, row_words
from tests.reports.examples import rich

D = Decimal

AUDIT = "監査の準備を、320時間から160時間にする。"


def goal(words: str) -> Goal:
    """The goal of a day in spring."""
    return Goal(words, "柴田", dt.date(2026, 4, 14))


def plan(title: str, baseline: Decimal | None = None, target: Decimal | None = None) -> SuccessPlan:
    """A plan of one objective."""
    return SuccessPlan("Plan", objectives=(Objective(title, baseline, target),))


@pytest.mark.parametrize(
    ("words", "agreed", "answered"),
    [
        (AUDIT, None, False),
        (AUDIT, SuccessPlan("Plan"), False),
        (AUDIT, plan("準備", D(320), D(160)), True),
        (AUDIT, plan("準備", D("320.0"), D(160)), True),
        (AUDIT, plan("準備の手間", D(320), D(200)), False),
        (AUDIT, plan("準備の手間", None, D(160)), False),
        (AUDIT, plan("監査の準備", None, None), True),
        (AUDIT, plan("監査の準備にかかる手間", None, None), False),
        (AUDIT, plan("", None, None), False),
        ("From 1,200 hours to 600", plan("Time", D(1200), D(600)), True),
        ("３２０時間から１６０時間へ", plan("手間", D(320), D(160)), True),
        ("Nobody has to phone", plan("Verified value", D(1), D(2)), False),
    ],
)
def test_a_goal_is_answered_by_its_figures_or_its_words(
    words: str, agreed: SuccessPlan | None, answered: bool
) -> None:
    assert is_answered(goal(words), agreed) is answered


def test_a_goal_nobody_measures_stands_first_among_the_outcomes_and_is_agreed_at_the_meeting() -> None:
    briefing = replace(rich().briefing, goal=goal(AUDIT), success=plan("部門", D(1), D(4)))
    made = executive(briefing).aims
    assert (made[0].code, made[0].now, made[0].basis) == ("goal", None, "measure")
    assert made[0].text == "監査の準備を、320時間から160時間にする"
    assert made[0].check_on == made[1].check_on
    assert [aim.code for aim in made[1:]] == ["active_users", "open", "nps", "value"]


def test_a_goal_with_its_objective_is_not_listed_twice() -> None:
    briefing = replace(rich().briefing, goal=goal(AUDIT), success=plan("準備", D(320), D(160)))
    assert "goal" not in [aim.code for aim in executive(briefing).aims]


def test_the_words_of_a_row_are_short() -> None:
    assert row_words(goal("Faster.")) == "Faster"
    long = row_words(goal("語" * 160))
    assert len(long) == 120
    assert long.endswith("…")


def test_a_goal_of_two_lines_is_not_cut_and_a_longer_one_never_in_a_word() -> None:
    sentence = "No claim waits longer than two days for its next step, whoever of the team is away"
    assert row_words(goal(f"{sentence}.")) == sentence
    cut = row_words(goal(f"{sentence}, {sentence}."))
    assert cut.endswith("…")
    assert cut.removesuffix("…").split()[-1] in sentence.split()

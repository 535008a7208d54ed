"""Success maps: stuck, exits, the next means, what a new version carries over, what is refused, the rule of thumb."""

from __future__ import annotations

import datetime as dt

import pytest

from cs_workbench.domain.success_map import (
    Exit,
    Means,
    Step,
    advice,
    carried,
    days_on,
    exit_of,
    flaw,
    is_stuck,
    next_means,
)

TODAY = dt.date(2026, 11, 24)


@pytest.mark.parametrize(
    ("days", "usual", "last", "stuck"),
    [
        (60, None, False, False),
        (61, None, False, True),
        (61, None, True, False),
        (30, 29, False, True),
        (29, 29, False, False),
        (90, 120, False, False),
        (None, None, False, False),
    ],
)
def test_stuck_is_longer_than_usual_and_never_at_the_aim(
    days: int | None, usual: int | None, last: bool, stuck: bool
) -> None:
    assert is_stuck(days, usual, last=last) is stuck


@pytest.mark.parametrize(
    ("entered", "days"), [(dt.date(2026, 11, 1), 23), (TODAY, 0), (dt.date(2027, 1, 1), 0), (None, None)]
)
def test_days_on_a_step_are_never_negative(entered: dt.date | None, days: int | None) -> None:
    assert days_on(entered, TODAY) == days


@pytest.mark.parametrize(
    ("step", "value", "found"),
    [
        (Step("a"), 3.0, Exit("confirmed", None)),
        (Step("a", exit_kind="metric", exit_metric="users", at_least=5), 5.0, Exit("metric", True, 5.0, 5, False)),
        (Step("a", exit_kind="metric", exit_metric="users", at_least=5), 4.9, Exit("metric", False, 4.9, 5, False)),
        (Step("a", exit_kind="metric", exit_metric="users", at_least=5), None, Exit("metric", None, None, 5, False)),
        (Step("a", exit_kind="metric", exit_metric="users/seats", at_least=0.6), 0.62,
         Exit("metric", True, 0.62, 0.6, True)),
        (Step("a", exit_kind="objectives", at_least=0.5), 0.25, Exit("objectives", False, 0.25, 0.5, True)),
    ],
)  # fmt: skip
def test_an_exit_is_met_from_its_bound_on(step: Step, value: float | None, found: Exit) -> None:
    assert exit_of(step, value) == found


def test_the_next_means_is_the_first_not_used_whatever_its_spelling() -> None:
    kit, course = Means("template", "ＫＩＴ 1"), Means("training", "コース")
    step = Step("a", means=(kit, course))
    assert next_means(step, ()) == kit
    assert next_means(step, ["Kit 1"]) == course
    assert next_means(step, ["kit 1", "こーす"]) is None


def test_a_new_version_carries_by_origin_first_then_by_name() -> None:
    before = {1: "Start", 2: "Middle", 3: "End"}
    after = [(11, "Beginning", 1), (12, "End", None), (13, "Middle", 99)]
    assert carried(before, after) == {1: 11, 2: None, 3: 12}


def test_a_step_swapped_with_a_new_one_of_its_name_keeps_its_own_accounts() -> None:
    assert carried({1: "A", 2: "B"}, [(11, "B", 1), (12, "A", None)]) == {1: 11, 2: None}


@pytest.mark.parametrize(
    ("steps", "found"),
    [
        ([], ("no_steps", 0)),
        ([Step("a"), Step(" ")], ("no_name", 1)),
        ([Step("Ａ"), Step("b"), Step("a")], ("same_name", 2)),
        ([Step("a", exit_kind="metric", at_least=1)], ("no_metric", 0)),
        ([Step("a", exit_kind="metric", exit_metric="/seats", at_least=1)], ("no_metric", 0)),
        ([Step("a", exit_kind="metric", exit_metric="m")], ("no_bound", 0)),
        ([Step("a", exit_kind="metric", exit_metric="m", at_least=float("nan"))], ("no_bound", 0)),
        ([Step("a", exit_kind="metric", exit_metric="m/seats", at_least=60)], ("share", 0)),
        ([Step("a", exit_kind="objectives", at_least=0)], ("share", 0)),
        ([Step("a", usual_days=0)], ("days", 0)),
        ([Step("a", usual_days=3651)], ("days", 0)),
        ([Step("a", means=(Means("training", " "),))], ("no_means_title", 0)),
        ([Step("a", exit_kind="objectives", at_least=1), Step("b", usual_days=30)], None),
        ([Step("㈱"), Step("!!")], None),
    ],
)
def test_the_first_flaw_is_named_with_its_place(steps: list[Step], found: tuple[str, int] | None) -> None:
    assert flaw(steps) == found


@pytest.mark.parametrize(
    ("personas", "covered", "said"),
    [(0, 0.0, "none"), (2, 0.5, "few"), (4, 0.82, "good"), (5, 0.7, "uncovered"), (6, 0.95, "many"), (1, None, "good")],
)  # fmt: skip
def test_about_five_personas_cover_about_eighty_percent(
    personas: int, covered: float | None, said: str
) -> None:
    assert advice(personas, covered) == said

"""What moved between two scores, and the cheapest way to green."""

from __future__ import annotations

import datetime as dt
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cs_workbench.domain.health import Score
from cs_workbench.domain.score_change import path_to_green, what_changed
from cs_workbench.domain.scorecard import Anchors, Axis, Measure, Scorecard
from cs_workbench.domain.scoring import Input, score_account, with_values

TODAY = dt.date(2026, 11, 24)
KEYS = "abcd"
CARD = Scorecard(
    "test",
    1,
    (Axis("adoption", 25.0), Axis("roi", 25.0)),
    tuple(
        Measure(key, axis, "metric", "count", Anchors(0, 40, 70, 100), validity_days=30)
        for key, axis in zip(KEYS, ("adoption", "adoption", "roi", "roi"), strict=True)
    ),
)


def score(*values: float | None, age: int = 0, card: Scorecard = CARD) -> Score:
    """A score from the values of a, b, c, d."""
    inputs = {
        key: Input(value, None, TODAY - dt.timedelta(days=age if key == "a" else 0))
        for key, value in zip(KEYS, values, strict=True)
        if value is not None
    }
    return score_account(card, 1, TODAY, inputs)


def test_nothing_moved() -> None:
    assert what_changed(score(10, 20, 30, 40), score(10, 20, 30, 40)) == ()


def test_moves_come_largest_first_and_add_up() -> None:
    before, after = score(60, 60, 60, 60), score(60, 40, 68, 60)
    changes = what_changed(before, after)
    assert [(one.key, one.kind, one.delta) for one in changes] == [("b", "value", -5.0), ("c", "value", 2.0)]
    assert before.score is not None
    assert after.score is not None
    assert sum(one.delta or 0 for one in changes) == pytest.approx(after.score - before.score)


def test_appearing_vanishing_ageing_and_reweighting_are_told_apart() -> None:
    def kinds(before: Score, after: Score) -> dict[str, str]:
        return {one.key: one.kind for one in what_changed(before, after)}

    assert kinds(score(50, None, 50, 50), score(50, 50, 50, 50)) == {"b": "appeared", "a": "reweighted"}
    assert kinds(score(50, 50, 50, 50), score(50, None, 50, 50)) == {"b": "vanished", "a": "reweighted"}
    assert kinds(score(50, 50, 50, 50), score(50, 50, 50, 50, age=31)) == {"a": "stale", "b": "reweighted"}
    harder = Scorecard("test", 2, CARD.axes, (
        Measure("a", "adoption", "metric", "count", Anchors(0, 50, 80, 100)), *CARD.measures[1:],
    ))  # fmt: skip
    assert kinds(score(60, 50, 50, 50), score(60, 50, 50, 50, card=harder)) == {"a": "bounds"}


def test_without_a_score_before_there_is_no_difference_in_points() -> None:
    changes = what_changed(score(None, None, None, None), score(50, None, None, None))
    assert [(one.kind, one.delta) for one in changes] == [("appeared", None)]


def test_a_green_score_needs_nothing() -> None:
    path = path_to_green(CARD, score(80, 80, 80, 80))
    assert path is not None
    assert (path.steps, path.score) == ((), 80.0)


def test_no_score_has_no_way() -> None:
    assert path_to_green(CARD, score(None, None, None, None)) is None


def test_the_fewest_changes_are_proposed_with_their_gain() -> None:
    path = path_to_green(CARD, score(20, 75, 80, 75))
    assert path is not None
    assert [(step.key, step.value, step.target, step.gain) for step in path.steps] == [
        ("a", 20.0, 70.0, 12.5)
    ]
    assert path.score == 75.0


def test_among_equally_few_the_shortest_way_is_taken() -> None:
    path = path_to_green(CARD, score(60, 50, 83, 83))
    assert path is not None
    assert [step.key for step in path.steps] == ["a"]


def test_where_green_bounds_do_not_suffice_the_best_is_aimed_at() -> None:
    path = path_to_green(CARD, score(10, None, None, 65))
    assert path is not None
    assert {step.target for step in path.steps} <= {70.0, 100.0}
    assert path.score >= 70


def test_out_of_reach_is_said() -> None:
    """A red axis caps the band, and what is wrong with it was never measured."""
    strict = Scorecard("strict", 1, CARD.axes, CARD.measures, green=101.0)
    assert path_to_green(strict, score(10, 10, 10, 10)) is None


@settings(max_examples=60)
@given(st.tuples(*[st.one_of(st.none(), st.integers(0, 100))] * 4))
def test_no_smaller_set_of_changes_would_do(values: tuple[int | None, ...]) -> None:
    """Held against trying everything."""
    found = score(*values)
    path = path_to_green(CARD, found)
    if found.score is None:
        assert path is None
        return
    assert path is not None
    if path.steps:
        assert with_values(CARD, found, {step.key: step.target for step in path.steps}).score == path.score
    measured = [key for key, value in zip(KEYS, values, strict=True) if value is not None]
    target = max((step.target for step in path.steps), default=70.0)
    for fewer in range(len(path.steps)):
        for keys in combinations(measured, fewer):
            raised = {key: max(target, dict(zip(KEYS, values, strict=True))[key] or 0) for key in keys}
            assert with_values(CARD, found, raised).band != "green"

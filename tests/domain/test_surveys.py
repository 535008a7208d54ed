"""Surveys as one figure."""

from __future__ import annotations

import pytest

from cs_workbench.domain import surveys


@pytest.mark.parametrize(
    ("kind", "scores", "value", "sides"),
    [
        ("nps", [0], -100, (0, 0, 1)),
        ("nps", [9, 10, 7, 8, 6, 0], 0, (2, 2, 2)),
        ("nps", [9, 9, 9, 6], 50, (3, 0, 1)),
        ("csat", [4, 5, 3, 2], 0.5, (2, 1, 1)),
        ("ces", [7, 5, 3], 5, (2, 0, 1)),
        ("success", [1, 4], 2.5, (1, 0, 1)),
        ("nps", [], None, (0, 0, 0)),
    ],
)
def test_figures(
    kind: surveys.Kind, scores: list[float], value: float | None, sides: tuple[int, ...]
) -> None:
    found = surveys.result(kind, scores)
    assert found.value == value
    assert (found.high, found.middle, found.low) == sides
    assert found.answers == len(scores)
    assert found.few


def test_thirty_answers_are_not_few() -> None:
    assert not surveys.result("nps", [9] * 30).few


@pytest.mark.parametrize(("kind", "score"), [("nps", 11), ("nps", -1), ("csat", 0), ("ces", 8)])
def test_a_score_outside_the_scale_is_refused(kind: surveys.Kind, score: float) -> None:
    with pytest.raises(ValueError, match="runs from"):
        surveys.result(kind, [score])


@pytest.mark.parametrize(
    ("kind", "score", "must"),
    [
        ("nps", 0, True),
        ("nps", 6, True),
        ("nps", 7, False),
        ("csat", 2, True),
        ("csat", 3, False),
        ("ces", 1, False),
    ],
)
def test_who_must_be_answered(kind: surveys.Kind, score: float, must: bool) -> None:
    assert surveys.must_answer(kind, score) is must


@pytest.mark.parametrize(
    ("answers", "asked", "rate"), [(5, 20, 0.25), (0, 20, 0), (5, None, None), (5, 0, None), (21, 20, None)]
)
def test_response_rate(answers: int, asked: int | None, rate: float | None) -> None:
    assert surveys.response_rate(answers, asked) == rate

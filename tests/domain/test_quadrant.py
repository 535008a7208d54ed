"""Success and satisfaction as two measures."""

from __future__ import annotations

import pytest

from cs_workbench.domain.quadrant import Point, corner, satisfaction


@pytest.mark.parametrize(
    ("success", "happy", "expected"),
    [
        (0.9, 0.9, "advocate"),
        (0.5, 0.5, "advocate"),
        (0.49, 0.9, "happy_not_succeeding"),
        (0.9, 0.49, "succeeding_not_happy"),
        (0.0, 0.0, "at_risk"),
        (None, 0.9, None),
        (0.9, None, None),
    ],
)
def test_corners(success: float | None, happy: float | None, expected: str | None) -> None:
    assert corner(Point(success, happy)) == expected


@pytest.mark.parametrize(
    ("point", "missing"),
    [
        (Point(None, None), "neither"),
        (Point(None, 0.0), "no_success"),
        (Point(0.0, None), "no_satisfaction"),
        (Point(0.0, 0.0), None),
    ],
)
def test_what_is_missing_is_not_zero(point: Point, missing: str | None) -> None:
    assert point.unplaced == missing


@pytest.mark.parametrize(
    ("nps", "csat", "ticket", "expected"),
    [
        (10, None, None, 1),
        (None, 1, None, 0),
        (5, 3, None, 0.5),
        (None, None, 5, 1),
        (None, None, None, None),
    ],
)
def test_satisfaction_is_the_mean_of_what_there_is(
    nps: float | None, csat: float | None, ticket: float | None, expected: float | None
) -> None:
    assert satisfaction(nps, csat, ticket) == expected

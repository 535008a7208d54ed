"""Points, weights, contributions, coverage and interval of a score, by tables of values and by properties."""

from __future__ import annotations

import datetime as dt
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cs_workbench.domain.health import MeasureScore, Score
from cs_workbench.domain.score_record import score_from_json, score_to_json
from cs_workbench.domain.scorecard import Anchors, Axis, Measure, Scorecard, scorecard_from
from cs_workbench.domain.scoring import (
    Input,
    InputKind,
    points,
    score_account,
    tenths,
    with_values,
)

TODAY = dt.date(2026, 11, 24)
DEFAULT = scorecard_from(
    tomllib.loads(
        (Path(__file__).resolve().parents[2] / "resources" / "defaults" / "scorecard.toml").read_text("utf-8")
    )
)
UP = Anchors(0.0, 0.5, 0.75, 1.0)
DOWN = Anchors(120.0, 60.0, 30.0, 7.0)


def measure(score: Score, key: str) -> MeasureScore:
    """The measure of that key."""
    return next(one for one in score.measures if one.key == key)


def card(*measures: Measure, **options: object) -> Scorecard:
    """A scorecard of one or more axes of weight 25 from its measures."""
    axes = tuple(Axis(key, 25.0) for key in dict.fromkeys(one.axis for one in measures))
    return Scorecard("test", 1, axes, measures, **options)  # type: ignore[arg-type]


def plain(key: str, axis: str = "adoption", weight: float = 1.0, **options: object) -> Measure:
    """A measure whose points are its value: 0–100 with the bounds at 40 and 70."""
    return Measure(key, axis, "metric", "count", Anchors(0, 40, 70, 100), weight, **options)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("anchors", "value", "expected"),
    [
        (UP, -1.0, 0.0),
        (UP, 0.0, 0.0),
        (UP, 0.25, 20.0),
        (UP, 0.5, 40.0),
        (UP, 0.75, 70.0),
        (UP, 0.85, 82.0),
        (UP, 1.0, 100.0),
        (UP, 7.0, 100.0),
        (DOWN, 400.0, 0.0),
        (DOWN, 120.0, 0.0),
        (DOWN, 60.0, 40.0),
        (DOWN, 41.0, 59.0),
        (DOWN, 30.0, 70.0),
        (DOWN, 7.0, 100.0),
        (DOWN, 0.0, 100.0),
        (Anchors(5, 2, 0, 0), 0.0, 100.0),
        (Anchors(5, 2, 0, 0), 1.0, 55.0),
        (Anchors(5, 2, 0, 0), 2.0, 40.0),
        (Anchors(0, 0.5, 1, 1), 0.0, 0.0),
        (Anchors(0, 0.5, 1, 1), 1.0, 100.0),
        (Anchors(0, 0.76, 0.76, 1), 0.75, 40.0 * 0.75 / 0.76),
        (Anchors(0, 0.76, 0.76, 1), 0.76, 70.0),
    ],
)
def test_points_are_linear_between_anchors_with_inclusive_bounds(
    anchors: Anchors, value: float, expected: float
) -> None:
    assert points(anchors, value) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("key", "entry", "shown"),
    [
        ("seats_used", Input(102, 120, TODAY, "ratio"), 82),
        ("setup_checklist", Input(0.92, None, TODAY), 76),
        ("last_contact", Input(41, None, TODAY), 59),
        ("decision_maker_met", Input(0, None, TODAY), 0),
        ("open_severe_tickets", Input(1, None, TODAY), 55),
        ("active_users", Input(58, 120, TODAY, "ratio"), 56),
        ("features_used", Input(6, 12, TODAY, "ratio"), 60),
        ("usage_trend", Input(88, 100, TODAY, "change"), 56),
        ("objectives_on_track", Input(2 / 3, None, TODAY), 67),
        ("value_ratio", Input(1.37, None, TODAY), 62),
        ("embedded", Input(3, None, TODAY), 70),
    ],
)
def test_default_card_gives_the_points_of_the_design(key: str, entry: Input, shown: int) -> None:
    """The account page of the design (mock-up app-05) prints these values and points."""
    found = measure(score_account(DEFAULT, 1, TODAY, {key: entry}), key)
    assert found.points is not None
    assert round(found.points) == shown


@pytest.mark.parametrize(
    ("kind", "top", "bottom", "bound"),
    [("ratio", 6, 10, 0.6), ("ratio", 75, 100, 0.75), ("change", 95, 100, -0.05), ("change", 80, 100, -0.2)],
)
def test_a_value_exactly_on_its_bound_is_on_it(
    kind: InputKind, top: float, bottom: float, bound: float
) -> None:
    one = Measure("m", "roi", "metric", "ratio", Anchors(-9.0, -8.0, bound, 9.0))
    found = score_account(card(one), 1, TODAY, {"m": Input(top, bottom, TODAY, kind)})
    assert found.measures[0].points == 70.0


def test_an_axis_is_the_weighted_mean_of_its_measures() -> None:
    """support.gainsight.com, "Calculation of Group Scores and Overall Scores", prints 40.122 (2287/57) for these."""
    values = {"a": (47.0, 20.0), "b": (59.0, 15.0), "c": (21.0, 22.0)}
    measures = [plain(key, weight=weight) for key, (_, weight) in values.items()]
    inputs = {key: Input(value, None, TODAY) for key, (value, _) in values.items()}
    score = score_account(card(*measures), 7, TODAY, inputs)
    assert (score.axes[0].points, score.score) == (40.1, 40.1)


@pytest.mark.parametrize(("left_out", "expected"), [(None, 46.0), ("c", 42.5)])
def test_a_measure_without_value_is_left_out_and_the_rest_rescales(
    left_out: str | None, expected: float
) -> None:
    values = {"a": (50.0, 40.0), "b": (20.0, 30.0), "c": (60.0, 20.0), "d": (80.0, 10.0)}
    measures = [plain(key, weight=weight) for key, (_, weight) in values.items()]
    inputs = {key: Input(value, None, TODAY) for key, (value, _) in values.items() if key != left_out}
    score = score_account(card(*measures), 7, TODAY, inputs)
    assert score.score == expected
    assert sum(one.contribution for one in score.measures) == pytest.approx(expected)
    assert score.coverage == (1.0 if left_out is None else 0.8)
    assert measure(score, "c").reason == ("measured" if left_out is None else "not_measured")
    if left_out:
        assert (score.low, score.high) == (34.0, 54.0)
        assert measure(score, "c").weight == 0.0
        assert measure(score, "c").nominal == pytest.approx(0.2)


def test_an_axis_without_any_value_is_left_out_and_the_other_axes_rescale() -> None:
    both = card(plain("a", "deployment"), plain("b", "engagement"))
    score = score_account(both, 1, TODAY, {"a": Input(80, None, TODAY)})
    assert score.score == 80.0
    assert [(axis.points, axis.weight, axis.band) for axis in score.axes] == [
        (80.0, 1.0, "green"),
        (None, 0.0, "none"),
    ]
    assert (score.coverage, score.low, score.high) == (0.5, 40.0, 90.0)


def test_nothing_measured_is_no_score_and_says_why() -> None:
    score = score_account(DEFAULT, 3, TODAY, {})
    assert (score.score, score.band, score.coverage, score.reason) == (None, "none", 0.0, "nothing_measured")
    assert score.low is None
    assert score.high is None
    assert {one.reason for one in score.measures} == {"not_measured"}
    assert len(score.missing_measures) == 12


def test_one_small_measure_alone_is_no_score_but_stays_explained() -> None:
    score = score_account(DEFAULT, 3, TODAY, {"open_severe_tickets": Input(0, None, TODAY)})
    assert (score.score, score.band, score.low, score.high) == (None, "none", None, None)
    assert (score.reason, score.coverage) == ("too_little_measured", 0.0625)
    one = measure(score, "open_severe_tickets")
    assert (one.points, one.reason, one.weight, one.contribution) == (100.0, "measured", 0.0, 0.0)
    assert {(axis.points, axis.band) for axis in score.axes} == {(None, "none")}
    assert next(axis.coverage for axis in score.axes if axis.key == "engagement") == 0.25
    assert score_from_json(score_to_json(score)) == score


@pytest.mark.parametrize(
    ("least", "weight", "scored"),
    [(0.1, 9.9, False), (0.1, 10.0, True), (0.1, 10.1, True), (0.0, 0.1, True), (1.0, 99.0, False)],
)
def test_the_least_coverage_is_enough(least: float, weight: float, scored: bool) -> None:
    both = card(plain("a", weight=weight), plain("b", weight=100 - weight), least_coverage=least)
    score = score_account(both, 1, TODAY, {"a": Input(80, None, TODAY)})
    assert (score.score, score.reason) == ((80.0, "") if scored else (None, "too_little_measured"))


def test_what_a_measure_lets_count_counts_towards_it() -> None:
    thin = card(plain("a", weight=5.0), plain("b", weight=95.0, missing="zero"))
    assert score_account(thin, 1, TODAY, {"a": Input(80, None, TODAY)}).score == 4.0


@pytest.mark.parametrize(
    ("missing", "carry", "age", "reason", "score", "stale"),
    [
        ("exclude", 0, 30, "measured", 65.0, False),
        ("exclude", 0, 31, "stale", 80.0, True),
        ("zero", 0, 31, "zero", 40.0, True),
        ("carry", 10, 40, "carried", 65.0, True),
        ("carry", 10, 41, "stale", 80.0, True),
    ],
)
def test_an_old_value_is_stale_and_its_policy_decides(
    missing: str, carry: int, age: int, reason: str, score: float, stale: bool
) -> None:
    old = plain("old", validity_days=30, missing=missing, carry_days=carry)
    inputs = {"old": Input(50, None, TODAY - dt.timedelta(days=age)), "new": Input(80, None, TODAY)}
    found = score_account(card(old, plain("new")), 1, TODAY, inputs)
    one = measure(found, "old")
    assert (one.reason, one.stale, one.age_days, found.score) == (reason, stale, age, score)
    assert found.coverage == (0.5 if stale else 1.0)
    assert [m.key for m in found.stale_measures] == (["old"] if stale else [])


def test_a_ratio_without_denominator_is_not_measured_as_zero() -> None:
    found = score_account(DEFAULT, 1, TODAY, {"seats_used": Input(10, None, TODAY, "ratio")})
    one = measure(found, "seats_used")
    assert (one.value, one.points, one.reason, one.numerator) == (None, None, "no_denominator", 10)


@pytest.mark.parametrize(
    ("age_months", "value", "band"),
    [
        (3, 0.05, "red"), (3, 0.10, "yellow"), (3, 0.50, "yellow"), (3, 0.51, "green"), (3, 0.75, "green"),
        (6, 0.50, "red"), (6, 0.51, "yellow"), (8, 0.75, "yellow"), (8, 0.76, "green"),
        (9, 0.75, "red"), (30, 0.76, "green"), (30, 1.00, "green"), (None, 0.75, "green"),
    ],
)  # fmt: skip
def test_licence_utilisation_is_judged_by_the_age_of_the_account(
    age_months: int | None, value: float, band: str
) -> None:
    """The bands of domain.md §3, in whole percent."""
    data = {
        "key": "life",
        "axis": [{"key": "deployment", "weight": 25}],
        "measure": [
            {
                "key": "seats", "axis": "deployment", "source": "seats_used", "unit": "ratio",
                "worst": 0, "yellow": 0.5, "green": 0.75, "best": 1,
                "by_age": [
                    {"from_month": 0, "worst": 0, "yellow": 0.10, "green": 0.51, "best": 1},
                    {"from_month": 6, "worst": 0, "yellow": 0.51, "green": 0.76, "best": 1},
                    {"from_month": 9, "worst": 0, "yellow": 0.76, "green": 0.76, "best": 1},
                ],
            }
        ],
    }  # fmt: skip
    score = score_account(
        scorecard_from(data), 1, TODAY, {"seats": Input(value, 1.0, TODAY, "ratio")}, age_months
    )
    assert score.band == band


@pytest.mark.parametrize(
    ("cap", "values", "band", "capped"),
    [
        ("none", (100, 100, 30), "green", False),
        ("not_green", (100, 100, 30), "yellow", True),
        ("not_green", (100, 100, 50), "green", False),
        ("worst", (100, 100, 30), "red", True),
        ("worst", (100, 100, 50), "yellow", True),
        ("worst", (90, 90, 80), "green", False),
    ],
)
def test_the_worst_axis_may_cap_the_band(
    cap: str, values: tuple[float, ...], band: str, capped: bool
) -> None:
    axes = ("deployment", "engagement", "adoption")
    measures = [plain(axis, axis) for axis in axes]
    inputs = {axis: Input(value, None, TODAY) for axis, value in zip(axes, values, strict=True)}
    score = score_account(card(*measures, axis_cap=cap), 1, TODAY, inputs)
    assert (score.band, score.capped) == (band, capped)


@pytest.mark.parametrize(
    ("score", "band"),
    [(0, "red"), (39.9, "red"), (40, "yellow"), (69.9, "yellow"), (70, "green"), (100, "green")],
)
def test_bands_include_their_bound(score: float, band: str) -> None:
    assert DEFAULT.band(score) == band


def test_the_band_follows_the_score_as_printed() -> None:
    """69.96 prints as 70.0; nobody should see a yellow 70.0."""
    score = score_account(card(plain("a")), 1, TODAY, {"a": Input(69.96, None, TODAY)})
    assert (score.score, score.band, score.axes[0].points, score.axes[0].band) == (
        70.0,
        "green",
        70.0,
        "green",
    )


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([], []),
        ([33.333, 33.333, 33.334], [33.3, 33.3, 33.4]),
        ([0.05, 0.05], [0.1, 0.0]),
        ([19.75, 9.5, 14.33, 17.0], [19.8, 9.5, 14.3, 17.0]),
    ],
)
def test_tenths_add_up_to_the_rounded_sum(values: list[float], expected: list[float]) -> None:
    assert tenths(values) == pytest.approx(expected)


@given(st.lists(st.floats(0, 100), max_size=20))
def test_tenths_never_move_a_value_by_a_tenth_or_more(values: list[float]) -> None:
    rounded = tenths(values)
    assert all(abs(one - other) <= 0.1 + 1e-6 for one, other in zip(values, rounded, strict=True))
    assert abs(sum(rounded) - sum(values)) <= 0.05 + 1e-6


_VALUES = st.dictionaries(
    st.sampled_from([one.key for one in DEFAULT.measures]),
    st.tuples(st.floats(-200, 200), st.integers(0, 500)),
)


@given(_VALUES, st.booleans(), st.integers(0, 60))
def test_what_always_holds_for_a_score(
    values: dict[str, tuple[float, int]], with_zero: bool, age: int
) -> None:
    inputs = {
        key: Input(value, None, TODAY - dt.timedelta(days=days)) for key, (value, days) in values.items()
    }
    chosen = DEFAULT
    if with_zero:
        measures = tuple(Measure(m.key, m.axis, m.source, m.unit, m.anchors, m.weight, m.validity_days, "zero")
                         for m in DEFAULT.measures)  # fmt: skip
        chosen = Scorecard("zero", 1, DEFAULT.axes, measures)
    score = score_account(chosen, 1, TODAY, inputs, age)
    assert score_from_json(score_to_json(score)) == score
    assert 0 <= score.coverage <= 1
    if score.score is None:
        assert all(one.weight == 0 for one in score.measures)
        return
    assert score.low is not None
    assert score.high is not None
    assert 0 <= score.low <= score.high <= 100
    assert score.low - 0.1 <= score.score <= score.high + 0.1
    assert round(sum(one.contribution for one in score.measures), 1) == score.score
    assert round(sum(axis.contribution for axis in score.axes), 1) == score.score
    assert sum(one.weight for one in score.measures) == pytest.approx(1)
    assert sum(one.nominal for one in score.measures) == pytest.approx(1)


def test_what_if_changes_only_what_is_named() -> None:
    inputs = {
        "seats_used": Input(102, 120, TODAY, "ratio"),
        "usage_trend": Input(88, 100, TODAY, "change"),
        "active_users": Input(3, None, TODAY, "ratio"),
    }
    score = score_account(DEFAULT, 1, TODAY, inputs)
    assert with_values(DEFAULT, score, {}) == score
    better = with_values(DEFAULT, score, {"usage_trend": 0.2})
    assert measure(better, "usage_trend").points == 100.0
    assert measure(better, "seats_used") == measure(score, "seats_used")._replace(
        contribution=measure(better, "seats_used").contribution
    )

"""Scorecard definitions: what is read, what is refused and where, and that nothing is lost on the way back."""

from __future__ import annotations

import copy
import tomllib
from pathlib import Path
from typing import Any

import pytest

from cs_workbench.domain.scorecard import ScorecardProblem, scorecard_data, scorecard_from

PACKAGED: dict[str, Any] = tomllib.loads(
    (Path(__file__).resolve().parents[2] / "resources" / "defaults" / "scorecard.toml").read_text("utf-8")
)
GREEN_YELLOW = {
    "seats_used": (0.75, 0.50), "setup_checklist": (0.9, 0.6), "last_contact": (30, 60), "decision_maker_met": (1, 0.5),
    "mails_and_events": (3, 1), "open_severe_tickets": (0, 2), "active_users": (0.6, 0.35), "features_used": (0.6, 0.3),
    "usage_trend": (-0.05, -0.20), "objectives_on_track": (0.7, 0.4), "value_ratio": (1.5, 1), "embedded": (3, 2),
}  # fmt: skip


def small(**changes: Any) -> dict[str, Any]:
    """A definition with one axis and one measure, changed by path: ``measure__unit="x"``."""
    data: dict[str, Any] = {
        "key": "small",
        "axis": [{"key": "roi", "weight": 25}],
        "measure": [
            {"key": "m", "axis": "roi", "source": "role_latest", "subject": "embedded", "unit": "grade",
             "worst": 0, "yellow": 2, "green": 3, "best": 4}
        ],
    }  # fmt: skip
    data = copy.deepcopy(data)
    for path, value in changes.items():
        table, _, name = path.partition("__")
        target = data[table][0] if name else data
        if value is None:
            del target[name or table]
        else:
            target[name or table] = value
    return data


def test_the_packaged_card_has_the_bounds_of_the_domain() -> None:
    card = scorecard_from(PACKAGED)
    assert {one.key: (one.anchors.green, one.anchors.yellow) for one in card.measures} == GREEN_YELLOW
    assert [(axis.key, axis.weight) for axis in card.axes] == [
        ("deployment", 25), ("engagement", 25), ("adoption", 25), ("roi", 25),
    ]  # fmt: skip
    assert (card.green, card.yellow, card.key, card.version) == (70, 40, "default", 1)


def test_directions_follow_the_anchors() -> None:
    card = scorecard_from(PACKAGED)
    down = {one.key for one in card.measures if one.anchors.direction == "down"}
    assert down == {"last_contact", "open_severe_tickets"}


def test_a_card_survives_the_way_through_plain_data() -> None:
    by_age = [{"from_month": 2, "worst": 0, "yellow": 1, "green": 2, "best": 3}]
    for data in (PACKAGED, small(measure__by_age=by_age, measure__missing="carry", measure__carry_days=9)):
        card = scorecard_from(data)
        assert scorecard_from(scorecard_data(card)) == card


def test_how_much_must_be_measured_is_the_cards_own() -> None:
    assert scorecard_from(PACKAGED).least_coverage == scorecard_from(small()).least_coverage == 0.10
    card = scorecard_from(small(least_coverage=0.5))
    assert (card.least_coverage, scorecard_data(card)["least_coverage"]) == (0.5, 0.5)


def test_key_and_version_can_be_given_from_outside() -> None:
    card = scorecard_from(small(), key="mid", version=4)
    assert (card.key, card.version) == ("mid", 4)


@pytest.mark.parametrize(
    ("changes", "code", "where"),
    [
        ({"key": None}, "missing", "key"),
        ({"axis": []}, "no_axes", "axis"),
        ({"axis": "roi"}, "not_a_list", "axis"),
        ({"axis__key": "love"}, "not_allowed", "axis[0].key"),
        ({"axis__weight": -1}, "too_small", "axis[0].weight"),
        ({"axis__weight": 0}, "no_weight", "measure"),
        ({"measure": []}, "no_measures", "measure"),
        ({"measure__weight": 0}, "no_weight", "measure"),
        ({"measure__key": ""}, "not_text", "measure[0].key"),
        ({"measure__axis": "adoption"}, "not_allowed", "measure[0].axis"),
        ({"measure__source": "guess"}, "not_allowed", "measure[0].source"),
        ({"measure__unit": "smiles"}, "not_allowed", "measure[0].unit"),
        ({"measure__subject": None}, "missing", "measure[0].subject"),
        ({"measure__green": None}, "missing", "measure[0].green"),
        ({"measure__green": "3"}, "not_a_number", "measure[0].green"),
        ({"measure__green": True}, "not_a_number", "measure[0].green"),
        ({"measure__green": float("nan")}, "not_a_number", "measure[0].green"),
        ({"measure__green": float("inf")}, "not_a_number", "measure[0].green"),
        ({"measure__green": 1}, "anchors_out_of_order", "measure[0]"),
        ({"measure__worst": 4}, "anchors_out_of_order", "measure[0]"),
        ({"measure__missing": "invent"}, "not_allowed", "measure[0].missing"),
        ({"measure__validity_days": -1}, "too_small", "measure[0].validity_days"),
        ({"measure__window_days": 0}, "too_small", "measure[0].window_days"),
        ({"measure__thershold": 3}, "unknown_field", "measure[0].thershold"),
        ({"green": 30}, "bands_out_of_order", "green"),
        ({"green": 101}, "bands_out_of_order", "green"),
        ({"least_coverage": -0.1}, "too_small", "least_coverage"),
        ({"least_coverage": 10}, "too_large", "least_coverage"),
        ({"least_coverage": "10 %"}, "not_a_number", "least_coverage"),
        ({"axis_cap": "sometimes"}, "not_allowed", "axis_cap"),
    ],
)
def test_a_faulty_definition_is_refused_at_its_place(changes: dict[str, Any], code: str, where: str) -> None:
    with pytest.raises(ScorecardProblem) as problem:
        scorecard_from(small(**changes))
    assert (problem.value.code, problem.value.where) == (code, where)


@pytest.mark.parametrize(
    ("changes", "field", "value"),
    [
        ({"measure__window_days": 1}, "window_days", 1),
        ({"measure__carry_days": 0}, "carry_days", 0),
        ({"measure__validity_days": 0}, "validity_days", 0),
    ],
)
def test_the_least_a_measure_may_have_is_taken(changes: dict[str, Any], field: str, value: float) -> None:
    assert getattr(scorecard_from(small(**changes)).measures[0], field) == value


def test_doubled_names_are_refused() -> None:
    data = small()
    data["measure"] *= 2
    with pytest.raises(ScorecardProblem, match="doubled"):
        scorecard_from(data)
    data = small()
    data["axis"] *= 2
    with pytest.raises(ScorecardProblem, match="doubled"):
        scorecard_from(data)


def test_ages_must_rise() -> None:
    band = {"from_month": 6, "worst": 0, "yellow": 1, "green": 2, "best": 3}
    with pytest.raises(ScorecardProblem) as problem:
        scorecard_from(small(measure__by_age=[band, band]))
    assert problem.value.code == "ages_out_of_order"

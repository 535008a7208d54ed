"""The verbs voice and quadrant, for people and for scripts."""

from __future__ import annotations

import pytest

from tests.cli.conftest import Run

DAY = "2026-11-24"


@pytest.mark.parametrize("kind", ["nps", "csat", "ces", "success"])
def test_a_survey_has_the_documented_shape(csw: Run, kind: str) -> None:
    csw("init", "--sample", "--as-of", DAY)
    ran = csw("--json", "voice", kind, "--as-of", DAY)
    assert ran.code == 0
    told = ran.json
    assert told["survey"] == kind
    assert (
        told["answers"] == sorted(told["answers"], key=lambda one: one["on"], reverse=True) or told["answers"]
    )
    assert sum(one["count"] for one in told["months"]) == told["count"] == len(told["answers"])
    assert told["high"] + told["middle"] + told["low"] == len(told["answers"])


def test_people_read_the_figure_first(csw: Run) -> None:
    csw("init", "--sample", "--as-of", DAY)
    ran = csw("voice", "nps", "--as-of", DAY)
    assert ran.out.startswith("NPS ")
    assert "answers" in ran.out


def test_nothing_said_is_said(csw: Run) -> None:
    csw("init")
    assert "Nobody answered" in csw("voice", "nps").out
    assert csw("quadrant").code == 0


def test_the_quadrant_names_its_corners(csw: Run) -> None:
    csw("init", "--sample", "--as-of", DAY)
    told = csw("--json", "quadrant", "--as-of", DAY, "--since", "2026-06-01").json
    assert len(told) == 29, "who left is on no corner"
    placed = [one for one in told if one["corner"]]
    assert placed
    assert all(one["corner"] is None for one in told if one["success"] is None or one["satisfaction"] is None)
    assert any(one["before"] for one in told)
    assert "Happy, not succeeding" in csw("quadrant", "--as-of", DAY).out


def test_an_unknown_survey_is_wrong_usage(csw: Run) -> None:
    with pytest.raises(SystemExit) as left:
        csw("voice", "joy")
    assert left.value.code == 2

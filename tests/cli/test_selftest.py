"""The verb that proves a copy: what it hands on, what it prints, its exit code."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from cs_workbench import selftest
from cs_workbench.cli import parser
from cs_workbench.selftest import Step
from tests.cli.conftest import Run

DAY = "2026-11-24"


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """What the self-test was asked for; it answers with one step done and, for pictures, one that failed."""
    calls: list[dict[str, Any]] = []

    def picture(directory: str, **more: Any) -> list[Step]:
        calls.append({"directory": directory, **more})
        return [
            Step("01-today-light-ja-1.png", True, ""),
            Step("02-about-light-ja-1.png", False, "Qt: moaned"),
        ]

    def run(**more: Any) -> list[Step]:
        calls.append(more)
        return [Step("portfolio", True, "30 accounts")]

    monkeypatch.setattr(selftest, "picture", picture)
    monkeypatch.setattr(selftest, "run", run)
    return calls


def test_pictures_are_asked_for_by_folder_variant_and_day(csw: Run, asked: list[dict[str, Any]]) -> None:
    words = ("--screens", "shots", "--variant", "light-ja-1", "--variant", "dark-en-2", "--as-of", DAY)
    ran = csw("selftest", *words)
    (call,) = asked
    assert call["directory"] == "shots"
    assert call["variants"] == ("light-ja-1", "dark-en-2")
    assert call["today"] == dt.date(2026, 11, 24)
    assert ran.code == 1
    assert ran.out.splitlines() == [
        "✓ 01-today-light-ja-1.png",
        "✗ 02-about-light-ja-1.png  Qt: moaned",
        "This copy does not work: see the steps marked ✗.",
    ]


def test_pictures_as_json(csw: Run, asked: list[dict[str, Any]]) -> None:
    ran = csw("selftest", "--screens", "shots", "--json")
    assert asked[0]["variants"] == ()
    assert ran.code == 1
    assert ran.json["ok"] is False
    assert ran.json["steps"][1] == {"name": "02-about-light-ja-1.png", "ok": False, "detail": "Qt: moaned"}


def test_without_a_folder_everything_is_tried(csw: Run, asked: list[dict[str, Any]]) -> None:
    ran = csw("selftest", "--as-of", DAY)
    assert ran.code == 0
    assert ran.out.splitlines() == ["✓ portfolio  30 accounts", "This copy works."]
    assert asked[0]["today"] == dt.date(2026, 11, 24)


def test_a_variant_without_a_folder_is_refused(csw: Run, asked: list[dict[str, Any]]) -> None:
    ran = csw("selftest", "--variant", "light-ja-1", "--json")
    assert ran.code == 1
    assert ran.json["error"]["code"] == "variant"
    assert ran.json["error"]["remedy"]
    assert asked == []


def test_a_variant_that_is_none_is_wrong_usage(csw: Run, asked: list[dict[str, Any]]) -> None:
    with pytest.raises(SystemExit) as left:
        csw("selftest", "--screens", "shots", "--variant", "pink-ja-1")
    assert left.value.code == 2
    assert asked == []


def test_the_command_line_knows_the_variants_there_are() -> None:
    from cs_workbench.selftest import screens

    assert sorted(parser.VARIANTS) == sorted(screens.VARIANTS)


def test_the_sample_comes_with_its_scores(csw: Run) -> None:
    made = csw("init", "--sample", "--as-of", DAY, "--lang", "en")
    assert made.out.splitlines()[-1] == (
        "It holds 30 invented accounts, scored for the past year. See them with: cs-workbench accounts"
    )
    healths = [row["health"] for row in csw("accounts", "--as-of", DAY, "--json").json]
    assert len(healths) == 30
    assert sum(one["score"] is not None for one in healths) >= 25
    before = [row["health"]["score"] for row in csw("accounts", "--as-of", "2026-06-30", "--json").json]
    assert sum(score is not None for score in before) >= 25

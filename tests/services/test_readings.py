"""Measures a person enters: what may be typed, and that one value is one undoable change the score sees."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from cs_workbench.errors import InvalidValue, NotFound
from cs_workbench.services import health, portfolios, readings, scorecards
from cs_workbench.services.workbench import Workbench

NOW = dt.datetime(2026, 11, 24, 1, 42, tzinfo=dt.UTC)
TODAY = NOW.date()


@pytest.fixture
def workbench(tmp_path: Path) -> Iterator[Workbench]:
    with portfolios.create(str(tmp_path / "p.csw"), now=NOW, language="en") as made:
        with made.change("one") as db:
            db.execute(
                "insert into account (name, name_key, created_at, updated_at)"
                " values ('A', 'a', '2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z')"
            )
        yield made


@pytest.mark.parametrize(
    ("unit", "text", "value"),
    [
        ("ratio", "92%", 0.92), ("ratio", " 0.92 ", 0.92), ("ratio", "11/12", 11 / 12), ("ratio", "0,5", 0.5),
        ("ratio", "100％", 1.0), ("grade", "3", 3.0), ("times", "1.4×", 1.4), ("yesno", "Yes", 1.0),
        ("yesno", "いいえ", 0.0), ("count", "12", 12.0),
    ],
)  # fmt: skip
def test_what_may_be_typed(unit: str, text: str, value: float) -> None:
    assert readings.understood(unit, text) == pytest.approx(value)


@pytest.mark.parametrize(
    ("unit", "text"),
    [
        ("ratio", ""), ("ratio", "12"), ("ratio", "-1"), ("ratio", "1/0"), ("ratio", "many"), ("grade", "5"),
        ("grade", "2.5"), ("times", "nan"), ("times", "inf"), ("yesno", "maybe"), ("count", "-3"),
    ],
)  # fmt: skip
def test_what_may_not_is_refused_with_a_hint(unit: str, text: str) -> None:
    with pytest.raises(InvalidValue) as refused:
        readings.understood(unit, text)
    assert refused.value.remedy == readings.hint(unit)


def test_the_measures_entered_by_hand_are_those_of_a_role() -> None:
    assert readings.by_hand(scorecards.packaged_default()) == {
        "setup_checklist": "checklist", "objectives_on_track": "objectives",
        "value_ratio": "value_ratio", "embedded": "embedded",
    }  # fmt: skip


def measured(workbench: Workbench, key: str) -> float | None:
    score = health.score_of(workbench.reads, 1, TODAY)
    return next(one.value for one in score.measures if one.key == key)


@pytest.mark.parametrize(("key", "role"), readings.by_hand(scorecards.packaged_default()).items())
def test_a_value_is_scored_undone_and_done_again(workbench: Workbench, key: str, role: str) -> None:
    assert measured(workbench, key) is None
    readings.enter(workbench, 1, role, 1.0, on=TODAY)
    assert measured(workbench, key) == 1.0
    assert workbench.undo() == "Update measure"
    assert measured(workbench, key) is None
    workbench.redo()
    assert measured(workbench, key) == 1.0


def test_a_second_value_of_the_day_replaces_the_first(workbench: Workbench) -> None:
    readings.enter(workbench, 1, "embedded", 2.0, on=TODAY)
    readings.enter(workbench, 1, "embedded", 4.0, on=TODAY)
    assert measured(workbench, "embedded") == 4.0
    workbench.undo()
    assert measured(workbench, "embedded") == 2.0
    assert workbench.reads.scalar("select count(*) from metric where role = 'embedded'") == 1


def test_a_key_that_is_taken_is_left_alone(workbench: Workbench) -> None:
    with workbench.change("metric") as db:
        db.execute("insert into metric (key, name, family) values ('embedded', 'Something', 'embedded')")
    readings.enter(workbench, 1, "embedded", 3.0, on=TODAY)
    assert measured(workbench, "embedded") == 3.0
    assert workbench.reads.scalar("select role from metric where key = 'embedded'") is None


def test_an_unknown_account_is_said(workbench: Workbench) -> None:
    with pytest.raises(NotFound):
        readings.enter(workbench, 99, "embedded", 3.0, on=TODAY)

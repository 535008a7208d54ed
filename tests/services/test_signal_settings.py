"""Signal rules as settings: only differences are kept, what is kept can always be used, and there is a way back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from cs_workbench.domain.signals import rule_book
from cs_workbench.errors import InvalidValue, NotFound
from cs_workbench.services import portfolios, signal_settings, today
from cs_workbench.services.portfolio_settings import list_entries, set_cadence, setting
from cs_workbench.services.workbench import Workbench

NOW = dt.datetime(2026, 11, 23, 9, 0, tzinfo=dt.UTC)


@pytest.fixture
def wb(tmp_path: Path) -> Iterator[Workbench]:
    with portfolios.create(str(tmp_path / "p.csw"), now=NOW, language="en") as workbench:
        yield workbench


def read(wb: Workbench) -> signal_settings.SignalSettings:
    """The rules as they stand."""
    return signal_settings.settings_of(setting(wb.reads, signal_settings.SETTING))


def rule(wb: Workbench, name: str) -> signal_settings.RuleSetting:
    """One rule."""
    return next(one for one in read(wb).rules if one.name == name)


def test_as_they_come(wb: Workbench) -> None:
    found = read(wb)
    assert len(found.rules) >= 20
    assert all(one.on and not one.changed and one.values == one.defaults for one in found.rules)
    assert [step.day for step in found.runway] == [180, 120, 90, 60, 30]
    assert found.runway[0].tiers == ("A",)
    assert (found.cadence, found.changed) == (45, False)


def test_both_places_mean_the_same_setting() -> None:
    assert signal_settings.SETTING == today.RULES_SETTING


def test_switching_off_and_on_again_leaves_nothing_behind(wb: Workbench) -> None:
    signal_settings.switch(wb, "usage_rose", on=False)
    assert rule(wb, "usage_rose").on is False
    assert setting(wb.reads, signal_settings.SETTING) == {"usage_rose": {"on": False}}
    signal_settings.switch(wb, "usage_rose", on=True)
    assert setting(wb.reads, signal_settings.SETTING) is None
    assert wb.undo() == "Change signal rule"
    assert rule(wb, "usage_rose").on is False


@pytest.mark.parametrize(
    ("name", "figure", "value", "kept"),
    [
        ("score_fell", "points", 12, 12),
        ("seats_low", "share", 0.4, 0.4),
        ("ticket_spike", "times", 2.5, 2.5),
        ("bad_answer", "nps", 4, 4),
        ("notice_close", "within", 30, 30),
    ],
)
def test_figures(wb: Workbench, name: str, figure: str, value: float, kept: float) -> None:
    signal_settings.set_figure(wb, name, figure, value)
    changed = rule(wb, name)
    assert changed.values[figure] == kept
    assert changed.changed
    assert changed.values | {figure: 0} == dict(changed.defaults) | {figure: 0}
    signal_settings.set_figure(wb, name, figure, changed.defaults[figure])
    assert read(wb).changed is False


@pytest.mark.parametrize(
    ("name", "figure", "value"),
    [
        ("seats_low", "share", 1.5),
        ("bad_answer", "nps", 11),
        ("score_fell", "points", -1),
        ("usage_zero", "days", 731),
    ],
)
def test_figures_out_of_range(wb: Workbench, name: str, figure: str, value: float) -> None:
    with pytest.raises(InvalidValue) as caught:
        signal_settings.set_figure(wb, name, figure, value)
    assert caught.value.code == "number"
    assert wb.history() == []


@pytest.mark.parametrize(
    ("name", "figure"), [("score_fell", "nothing"), ("nothing", "points"), ("default_cadence", "x")]
)
def test_what_there_is_not(wb: Workbench, name: str, figure: str) -> None:
    with pytest.raises(InvalidValue) as caught:
        signal_settings.set_figure(wb, name, figure, 1)
    assert caught.value.code == "rule"


def test_the_runway_moves_with_its_due_dates(wb: Workbench) -> None:
    signal_settings.set_runway(wb, (200, 150, 90, 60, 30))
    kept = setting(wb.reads, signal_settings.SETTING)["renewal"]["steps"]
    assert [(step["day"], step["due"]) for step in kept] == [
        (200, 180),
        (150, 130),
        (90, 75),
        (60, 45),
        (30, 15),
    ]
    assert read(wb).runway[0].came == 180
    book = rule_book(signal_settings._defaults(), setting(wb.reads, signal_settings.SETTING))
    assert [step.day for step in book["renewal"].steps] == [200, 150, 90, 60, 30]


@pytest.mark.parametrize(
    "days",
    [
        (1, 2, 3, 4, 5),
        (180, 180, 90, 60, 30),
        (180, 120, 90, 60),
        (180, 120, 90, 60, 0),
        (800, 120, 90, 60, 30),
    ],
)
def test_runways_out_of_order(wb: Workbench, days: tuple[int, ...]) -> None:
    with pytest.raises(InvalidValue) as caught:
        signal_settings.set_runway(wb, days)
    assert caught.value.code == "runway"


def test_cadence_of_tiers_and_of_those_without(wb: Workbench) -> None:
    set_cadence(wb, "A", 10)
    signal_settings.set_cadence(wb, 60)
    tier = next(one for one in list_entries(wb.reads, "tier") if one.key == "A")
    assert tier.data["cadence_days"] == 10
    assert tier.label_en == "A – high touch"
    assert read(wb).cadence == 60
    assert [wb.undo(), wb.undo()] == ["Change cadence", "Change cadence"]


def test_cadences_refused(wb: Workbench) -> None:
    for days in (0, 731):
        with pytest.raises(InvalidValue):
            set_cadence(wb, "A", days)
        with pytest.raises(InvalidValue):
            signal_settings.set_cadence(wb, days)
    with pytest.raises(NotFound):
        set_cadence(wb, "Z", 10)


def test_back_to_how_they_came(wb: Workbench) -> None:
    signal_settings.switch(wb, "task", on=False)
    signal_settings.set_cadence(wb, 60)
    signal_settings.restore(wb)
    assert read(wb).changed is False
    assert wb.undo() == "Restore signal rules"
    assert rule(wb, "task").on is False


@pytest.mark.parametrize(
    "spoilt", [{"nothing": {}}, {"task": {"ahead": "soon"}}, {"task": 7}, {"task": {"x": 1}}]
)
def test_spoilt_changes_are_left_out(spoilt: dict[str, object]) -> None:
    assert signal_settings.settings_of(spoilt).changed is False


def test_today_hears_of_it(wb: Workbench) -> None:
    signal_settings.switch(wb, "missing_data", on=False)
    with wb.change("Fill") as db:
        db.execute(
            "insert into account (id, name, name_key, created_at, updated_at) values (1, 'A', 'a', ?, ?)",
            ("2026-01-01T00:00:00Z",) * 2,
        )
    rules = {item.signal.rule for item in today.board(wb.reads, NOW).items}
    assert "missing_data" not in rules

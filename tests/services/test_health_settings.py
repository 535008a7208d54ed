"""Bands and weights: each edit is a new version of the default scorecard, one step, and the old one stays."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from cs_workbench.errors import InvalidValue
from cs_workbench.services import health, health_settings, portfolios, scorecards
from cs_workbench.services.workbench import Workbench
from tests.builders_store import count

NOW = dt.datetime(2026, 11, 23, 9, 0, tzinfo=dt.UTC)


@pytest.fixture
def wb(tmp_path: Path) -> Iterator[Workbench]:
    with portfolios.create(str(tmp_path / "p.csw"), now=NOW, language="en") as workbench:
        yield workbench


def test_as_it_comes(wb: Workbench) -> None:
    found = health_settings.bounds(wb.reads)
    assert (found.green, found.yellow, found.version, found.changed) == (70, 40, 1, False)
    assert found.weights == {"deployment": 25, "engagement": 25, "adoption": 25, "roi": 25}
    assert found.share("roi") == 0.25


def test_each_edit_is_a_version_and_a_step(wb: Workbench) -> None:
    health_settings.set_bands(wb, 80, 50, now=NOW)
    health_settings.set_weight(wb, "roi", 75, now=NOW)
    found = health_settings.bounds(wb.reads)
    assert (found.green, found.yellow, found.version, found.changed) == (80, 50, 3, True)
    assert found.share("roi") == 0.5
    assert count(wb, "scorecard") == 3
    assert scorecards.cards(wb.reads)["default"].band(79) == "yellow"
    assert wb.undo() == "Change weights"
    assert wb.undo() == "Change bands"
    assert health_settings.bounds(wb.reads).changed is False


def test_measures_stay_as_they_were(wb: Workbench) -> None:
    before = scorecards.cards(wb.reads)["default"].measures
    health_settings.set_bands(wb, 75, 45, now=NOW)
    assert scorecards.cards(wb.reads)["default"].measures == before


def test_nothing_new_makes_no_version(wb: Workbench) -> None:
    health_settings.set_bands(wb, 70, 40, now=NOW)
    assert count(wb, "scorecard") == 1


@pytest.mark.parametrize(("green", "yellow"), [(40, 40), (40, 70), (101, 40), (70, 0), (70, -1)])
def test_bands_out_of_order(wb: Workbench, green: float, yellow: float) -> None:
    with pytest.raises(InvalidValue) as caught:
        health_settings.set_bands(wb, green, yellow, now=NOW)
    assert caught.value.code == "bands"
    assert count(wb, "scorecard") == 1


@pytest.mark.parametrize("weight", [-1, 101])
def test_weights_out_of_range(wb: Workbench, weight: float) -> None:
    with pytest.raises(InvalidValue):
        health_settings.set_weight(wb, "roi", weight, now=NOW)


def test_something_must_weigh(wb: Workbench) -> None:
    for axis in ("deployment", "engagement", "adoption"):
        health_settings.set_weight(wb, axis, 0, now=NOW)
    with pytest.raises(InvalidValue) as caught:
        health_settings.set_weight(wb, "roi", 0, now=NOW)
    assert caught.value.code == "weight"
    assert health_settings.bounds(wb.reads).share("roi") == 1


def test_back_to_how_it_came(wb: Workbench) -> None:
    health_settings.set_bands(wb, 80, 50, now=NOW)
    health_settings.set_weight(wb, "roi", 75, now=NOW)
    health_settings.restore(wb, now=NOW)
    found = health_settings.bounds(wb.reads)
    assert (found.changed, found.version) == (False, 4)
    assert wb.undo() == "Restore bands and weights"
    assert health_settings.bounds(wb.reads).green == 80


def test_the_next_scoring_uses_it(wb: Workbench) -> None:
    with wb.change("Fill") as db:
        db.execute(
            "insert into account (id, name, name_key, created_at, updated_at) values (1, 'A', 'a', 'x', 'x')"
        )
    health_settings.set_bands(wb, 80, 50, now=NOW)
    (score,) = health.score_all(wb, NOW.date(), now=NOW)
    assert score.scorecard_version == 2

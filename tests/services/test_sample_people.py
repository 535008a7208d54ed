"""The people of the sample: every part of the People tab has something to show, in both languages."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from cs_workbench.services import portfolios, sample, stakeholders
from cs_workbench.services.stakeholders import StakeholderMap

NOW = dt.datetime(2026, 11, 24, 1, 42, tzinfo=dt.UTC)


@pytest.fixture(scope="module")
def maps(tmp_path_factory: pytest.TempPathFactory) -> list[StakeholderMap]:
    """The map of every account."""
    folder: Path = tmp_path_factory.mktemp("sample")
    with portfolios.create(str(folder / "p.csw"), now=NOW, language="ja") as wb:
        sample.create(wb, today=NOW.date(), language="ja")
        return [
            stakeholders.stakeholder_map(wb.reads, row[0], NOW.date())
            for row in wb.reads.all("select id from account order by id")
        ]


def test_every_gap_and_mood_is_there(maps: list[StakeholderMap]) -> None:
    gaps = {one.gap for shown in maps for one in shown.findings}
    assert {"role_missing", "role_not_met", "single_thread"} <= gaps
    assert {one.sentiment for shown in maps for one in shown.here} == {
        None,
        "negative",
        "neutral",
        "positive",
    }
    assert any(not shown.findings for shown in maps), "and somewhere all is well"


def test_lines_doubles_and_a_mover(maps: list[StakeholderMap]) -> None:
    assert max(len(shown.hierarchy) for shown in maps) >= 5
    assert max(seat.level for shown in maps for seat in shown.seats) == 2
    assert any(shown.loose for shown in maps)
    assert any(shown.doubles for shown in maps)
    hows = {one.how for shown in maps for one in shown.elsewhere}
    assert hows == {"moved_to", "came_from"}
    assert any(one.left and one.moved_to for shown in maps for one in shown.people)

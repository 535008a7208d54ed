"""The sample's onboardings, stage changes and training: there is something to see in every view, in both languages."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest

from cs_workbench.domain import working_days
from cs_workbench.services import lifecycle, onboarding_reading, portfolios, sample, training
from cs_workbench.services.workbench import Workbench

NOW = dt.datetime(2026, 11, 24, 1, 0, tzinfo=dt.UTC)
TODAY = NOW.date()


@pytest.fixture(scope="module", params=["en", "ja"])
def wb(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workbench]:
    """The sample in one language."""
    path = tmp_path_factory.mktemp("sample") / "p.csw"
    with portfolios.create(str(path), now=NOW, language=request.param) as made:
        sample.create(made, today=TODAY, language=request.param)
        yield made


def test_onboardings_of_every_kind(wb: Workbench) -> None:
    board = onboarding_reading.board(wb.reads, TODAY)
    assert {one.verdict.standing for one in board.running} >= {"decide", "late", "on_track"}
    assert {one.outcome for one in (*board.running, *board.closed)} == {
        "running", "in_time", "late", "extended", "went_on",
    }  # fmt: skip
    for one in (*board.running, *board.closed):
        assert all(working_days.is_working_day(item.due_on) for item in one.items if item.due_on)
        assert all(item.done_on <= TODAY for item in one.items if item.done_on)
        assert one.row.first_value_on is None or one.row.first_value_on <= TODAY
    cohorts = onboarding_reading.cohorts(board, "quarter")
    assert len(cohorts) > 3
    assert any(one.renewed for one in cohorts)


def test_stages_hang_together(wb: Workbench) -> None:
    found = lifecycle.load(wb.reads, TODAY, "en")
    assert sum(one.step.accounts for one in found.funnel) == len(found.lines) == 30
    assert found.stuck
    for one in found.lines:
        moves = lifecycle.history(wb.reads, one.id)
        assert moves[0].to_stage == one.stage
        assert [later.from_stage for later in moves[:-1]] == [before.to_stage for before in moves[1:]]
        days = [move.on for move in moves]
        assert days == sorted(days, reverse=True)
        assert days[0] <= TODAY


def test_training_is_held_and_planned(wb: Workbench) -> None:
    board = training.board(wb.reads, TODAY)
    assert {one.held for one in board.sessions} == {True, False}
    assert any(one.row.means_id for one in board.sessions)
    trained, seats = board.seats
    assert 0 < trained < seats
    assert all(one.heads for one in board.sessions)

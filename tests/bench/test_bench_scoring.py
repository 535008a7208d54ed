"""Scoring a whole portfolio: twelve measures for every account, from the readings up."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from cs_workbench.services import health
from tests.bench.portfolio import NOW, TODAY, fill, open_at

if TYPE_CHECKING:
    from tests.bench.conftest import Note, Timed


@pytest.mark.parametrize(
    ("accounts", "days"), [(50, 350), (2_000, 350)], ids=["50 accounts", "2,000 accounts"]
)
def test_scoring(timed: Timed, note: Note, tmp_path: Path, accounts: int, days: int) -> None:
    """Aim: 2,000 accounts × 12 measures over 7 million readings ≤ 0.4 s."""
    path = str(tmp_path / "p.csw")
    fill(path, accounts, days)
    with open_at(path) as workbench:
        readings = workbench.reads.scalar("select count(*) from reading")
        took = timed(lambda: health.compute(workbench.reads, TODAY), rounds=7, warmup_rounds=1)
        scores = health.compute(workbench.reads, TODAY)
    assert len(scores) == accounts
    assert all(score.score is not None and len(score.measures) >= 12 for score in scores)
    name = f"score {accounts:,} accounts × {len(scores[0].measures)} measures, {readings:,} readings"
    aim = "≤ 0.4 s" if accounts == 2_000 else ""
    note(name, took.wall, "s", aim=aim, processor=took.processor)


def test_keeping_snapshots(timed: Timed, note: Note, tmp_path: Path) -> None:
    """Computing, comparing with what is stored and keeping 200 snapshots."""
    path = str(tmp_path / "p.csw")
    fill(path, 200, 60)
    with open_at(path) as workbench:

        def score_again() -> None:
            with workbench.evidence("forget") as db:
                db.execute("delete from snapshot")
            health.score_all(workbench, TODAY, now=NOW)

        took = timed(score_again, rounds=5, warmup_rounds=1)
        assert workbench.reads.scalar("select count(*) from snapshot") == 200
    note("score and keep 200 accounts", took.wall, "s", processor=took.processor)

"""The CSM's call on health: reason and last day wanted, history kept, lapse visible, undo whole."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from cs_workbench.errors import InvalidValue, NotFound
from cs_workbench.services import account_table, health_calls
from cs_workbench.services.workbench import Workbench
from tests.builders_store import NOW, add_account, count, state

TODAY = dt.date(2026, 3, 4)
LAST = dt.date(2026, 6, 2)


@pytest.fixture
def wb(tmp_path: Path) -> Iterator[Workbench]:
    """Two accounts; the first was scored 82, green."""
    with Workbench.open(str(tmp_path / "p.csw"), create=True) as workbench:
        with workbench.change("Fill") as db:
            add_account(db, "Aoba")
            add_account(db, "Birch")
        with workbench.evidence("Score") as db:
            db.execute(
                "insert into snapshot (account_id, as_of, scorecard_id, score, band, coverage, detail, computed_at)"
                " values (1, '2026-03-01', 1, 82.0, 'green', 1.0, '{}', '2026-03-01T00:00:00Z')"
            )
        yield workbench


def call(
    wb: Workbench, band: str = "red", reason: str = "Sponsor left", today: dt.date = TODAY, **more: dt.date
) -> int:
    return health_calls.set_call(wb, 1, band, reason, today=today, now=NOW, **more)


def test_a_call_counts_ninety_days_and_remembers_what_was_computed(wb: Workbench) -> None:
    number = call(wb, reason="  Sponsor left ")
    found = health_calls.current(wb.reads, 1, TODAY)
    assert found is not None
    assert (found.id, found.band, found.reason) == (number, "red", "Sponsor left")
    assert (found.made_on, found.until_on, found.ended_on) == (TODAY, LAST, None)
    assert (found.computed_band, found.computed_score) == ("green", 82.0)
    assert health_calls.final_band("green", found) == "red"
    assert health_calls.final_band("green", None) == "green"


@pytest.mark.parametrize(
    ("on", "counts"),
    [
        (TODAY - dt.timedelta(days=1), False), (TODAY, True), (LAST, True), (LAST + dt.timedelta(days=1), False),
    ],
)  # fmt: skip
def test_it_counts_from_its_day_to_its_last_day_inclusive(wb: Workbench, on: dt.date, counts: bool) -> None:
    call(wb)
    assert (health_calls.current(wb.reads, 1, on) is not None) is counts
    assert (1 in health_calls.in_force(wb.reads, on)) is counts


def test_a_lapsed_call_stays_in_sight(wb: Workbench) -> None:
    call(wb, until=dt.date(2026, 3, 10))
    after = dt.date(2026, 3, 11)
    found = health_calls.latest(wb.reads, 1, after)
    assert found is not None
    assert found.state(after) == "lapsed"
    assert health_calls.current(wb.reads, 1, after) is None


def test_the_next_call_replaces_and_the_history_is_kept(wb: Workbench) -> None:
    call(wb)
    later = dt.date(2026, 3, 9)
    call(wb, "yellow", "New sponsor", later)
    newest, oldest = health_calls.history(wb.reads, 1)
    assert (newest.band, newest.state(later)) == ("yellow", "in_force")
    assert (oldest.band, oldest.reason, oldest.ended_on) == ("red", "Sponsor left", later)
    assert oldest.state(later) == "ended"
    assert oldest.state(dt.date(2026, 3, 8)) == "in_force", "as of the day before, it counted"


def test_ending_gives_the_computed_band_back(wb: Workbench) -> None:
    call(wb)
    health_calls.end_call(wb, 1, today=dt.date(2026, 3, 5))
    assert health_calls.current(wb.reads, 1, dt.date(2026, 3, 5)) is None
    with pytest.raises(NotFound):
        health_calls.end_call(wb, 1, today=dt.date(2026, 3, 6))


def test_each_is_one_named_step_that_undo_takes_back_whole(wb: Workbench) -> None:
    call(wb)
    before = state(wb.reads)
    call(wb, "yellow", "New sponsor", dt.date(2026, 3, 9))
    assert wb.undo() == "Set health call"
    assert state(wb.reads) == before
    health_calls.end_call(wb, 1, today=dt.date(2026, 3, 9))
    assert wb.undo() == "End health call"
    assert state(wb.reads) == before


@pytest.mark.parametrize(
    ("band", "reason", "until", "field"),
    [
        ("purple", "r", None, "band"), ("none", "r", None, "band"), ("red", "  ", None, "reason"),
        ("red", "r", TODAY, "until"), ("red", "r", dt.date(2027, 3, 6), "until"),
    ],
)  # fmt: skip
def test_what_is_no_call_is_refused(
    wb: Workbench, band: str, reason: str, until: dt.date | None, field: str
) -> None:
    with pytest.raises(InvalidValue) as caught:
        health_calls.set_call(wb, 1, band, reason, today=TODAY, now=NOW, until=until)
    assert caught.value.where["field"] == field
    assert caught.value.remedy
    assert count(wb, "health_call") == 0


def test_an_account_that_is_not_there(wb: Workbench) -> None:
    with pytest.raises(NotFound):
        health_calls.set_call(wb, 77, "red", "r", today=TODAY, now=NOW)


def test_the_account_list_shows_the_final_band_and_whose_it_is(wb: Workbench) -> None:
    call(wb)
    first, second = account_table.load(wb.reads, TODAY).lines
    assert (first.called, first.band, first.score, first.row.band) == ("red", "red", 82.0, "green")
    assert (second.called, second.band) == (None, "none")
    assert account_table.load(wb.reads, LAST + dt.timedelta(days=1)).lines[0].band == "green"

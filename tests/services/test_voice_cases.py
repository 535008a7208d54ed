"""The closed loop: suggested, taken, owned, told back; every step undone and done again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, cast

import pytest

from cs_workbench.domain import loops
from cs_workbench.errors import InvalidValue, NotFound
from cs_workbench.services import briefing_voice, portfolios, survey_entry, voice_cases
from cs_workbench.services.workbench import Workbench
from cs_workbench.store.reads import Reads
from tests.builders_store import add_account, add_person, state

NOW = dt.datetime(2026, 11, 24, 1, 42, tzinfo=dt.UTC)
TODAY = NOW.date()
DAY = dt.timedelta(days=1)


@pytest.fixture
def wb(tmp_path: Path) -> Iterator[Workbench]:
    with portfolios.create(str(tmp_path / "p.csw"), now=NOW, language="en") as workbench:
        with workbench.change("fill") as db:
            for name in ("Aoba", "Birch"):
                add_account(db, name, owner="Takahashi")
            add_person(db, 1, "Sato")
        yield workbench


def answer(wb: Workbench, kind: str, score: float, days: int = 5, account: int = 1, **more: bool) -> int:
    return survey_entry.add(
        wb, account, kind, score, on=TODAY - days * DAY, comment=f"{kind} {score}", person_id=1, **more
    )


def ticket(wb: Workbench, satisfaction: float | None, *, escalated: bool = False) -> None:
    with wb.change("ticket") as db:
        db.execute(
            "insert into ticket (account_id, subject, opened_at, satisfaction, escalated) values (2, 'Slow', ?, ?, ?)",
            ("2026-11-20T01:00:00Z", satisfaction, int(escalated)),
        )


def both_ways(wb: Workbench, act: Callable[[], object]) -> None:
    """Do it, undo it, do it again: the portfolio is each time what it was."""
    before = state(wb.reads)
    act()
    after = state(wb.reads)
    assert after != before
    wb.undo()
    assert state(wb.reads) == before
    wb.redo()
    assert state(wb.reads) == after


@pytest.mark.parametrize(
    ("kind", "score", "asks"),
    [("nps", 0, True), ("nps", 6, True), ("nps", 7, False), ("csat", 2, True), ("csat", 3, False), ("ces", 3, True),
     ("ces", 4, False), ("success", 1, False), ("ticket", 2, True), ("ticket", 3, False), ("ticket", None, True),
     ("nps", None, False), ("other", 1, False)],
)  # fmt: skip
def test_what_proposes_a_case(kind: str, score: float | None, asks: bool) -> None:
    assert loops.proposes(kind, score) is asks


@pytest.mark.parametrize(
    ("status", "promised", "late"),
    [("open", None, True), ("hold", None, True), ("done", None, False), ("no_action", None, False),
     ("open", TODAY, False), ("open", TODAY - DAY, True)],
)  # fmt: skip
def test_past_its_day(status: str, promised: dt.date | None, late: bool) -> None:
    assert loops.overdue(status, TODAY - 3 * DAY, promised, TODAY) is late
    assert not loops.overdue("open", TODAY - 2 * DAY, None, TODAY)


def test_rate_and_median_leave_out_what_needed_nothing() -> None:
    day = TODAY
    found = loops.closing(
        [
            ("done", day, day + 2 * DAY),
            ("done", day, day + 5 * DAY),
            ("open", day, None),
            ("no_action", day, None),
        ]
    )
    assert (found.cases, found.closed, found.median_days) == (3, 2, 3.5)
    assert found.rate == pytest.approx(2 / 3)
    assert loops.closing([]).rate is None
    assert loops.closing([]).median_days is None


def test_suggestions_come_from_surveys_and_tickets_and_leave_when_taken(wb: Workbench) -> None:
    for kind, score in (("nps", 0), ("nps", 9), ("csat", 2), ("ces", 2)):
        answer(wb, kind, score)
    ticket(wb, 1)
    ticket(wb, 5)
    ticket(wb, None, escalated=True)
    found = voice_cases.loops_of(wb.reads, TODAY)
    assert sorted((one.kind, one.score) for one in found.suggested if one.score is not None) == [
        ("ces", 2), ("csat", 2), ("nps", 0), ("ticket", 1)]  # fmt: skip
    assert len(found.suggested) == 5
    both_ways(wb, lambda: voice_cases.take(wb, found.suggested[:3], now=NOW))
    assert voice_cases.take(wb, found.suggested[:1], now=NOW) == ()
    again = voice_cases.loops_of(wb.reads, TODAY)
    assert (len(again.cases), len(again.suggested)) == (3, 2)
    assert {one.owner for one in again.cases} == {"Takahashi"}
    both_ways(wb, lambda: voice_cases.take(wb, again.suggested, now=NOW, status="no_action"))
    assert not voice_cases.loops_of(wb.reads, TODAY).suggested
    assert len(voice_cases.loops_of(wb.reads, TODAY, 2).cases) == 2


def test_old_answers_propose_nothing(wb: Workbench) -> None:
    answer(wb, "nps", 0, voice_cases.SUGGESTS_DAYS + 1)
    assert not voice_cases.loops_of(wb.reads, TODAY).suggested


def complaint(wb: Workbench, **more: dt.date) -> int:
    return voice_cases.add(wb, 1, "Slow", said_on=TODAY - 10 * DAY, now=NOW, **more)


def test_every_field_is_kept_and_undone(wb: Workbench) -> None:
    case = complaint(wb)
    for field, value in (
        ("said", "Very slow <img src=x>"), ("owner", "Ito"), ("promised_on", "2026-11-30"), ("action", "Mended"),
        ("acted_on", TODAY), ("note", "internal"), ("said_on", TODAY - 12 * DAY), ("status", "hold"),
    ):  # fmt: skip
        both_ways(wb, lambda field=field, value=value: voice_cases.edit(wb, case, field, value))
    row = voice_cases.loops_of(wb.reads, TODAY).cases[0]
    assert (row.said, row.owner, row.promised_on) == ("Very slow <img src=x>", "Ito", dt.date(2026, 11, 30))
    assert (row.status, row.action, row.note) == ("hold", "Mended", "internal")


def test_telling_them_closes_the_loop_and_taking_it_back_opens_it(wb: Workbench) -> None:
    case = complaint(wb)
    assert voice_cases.overdue_count(wb.reads, TODAY) == 1
    with pytest.raises(InvalidValue) as refused:
        voice_cases.set_status(wb, [case], "done")
    assert refused.value.remedy
    both_ways(wb, lambda: voice_cases.tell_back(wb, case, "Made the search faster.", TODAY))
    found = voice_cases.loops_of(wb.reads, TODAY)
    assert found.cases[0].status == "done"
    assert found.closing.median_days == 10
    assert found.closing.rate == 1
    assert voice_cases.overdue_count(wb.reads, TODAY) == 0
    voice_cases.edit(wb, case, "told_back_on", None)
    assert voice_cases.loops_of(wb.reads, TODAY).cases[0].status == "open"
    voice_cases.edit(wb, case, "told_back_on", TODAY)
    both_ways(wb, lambda: voice_cases.set_status(wb, [case], "no_action"))


@pytest.mark.parametrize(
    "act",
    [lambda wb, case: voice_cases.add(wb, 1, " ", said_on=TODAY, now=NOW),
     lambda wb, case: voice_cases.add(wb, 1, "x", said_on=TODAY, promised_on=TODAY - DAY, now=NOW),
     lambda wb, case: voice_cases.edit(wb, case, "told_back_on", TODAY - 30 * DAY),
     lambda wb, case: voice_cases.edit(wb, case, "said_on", None),
     lambda wb, case: voice_cases.edit(wb, case, "colour", "red"),
     lambda wb, case: voice_cases.edit(wb, case, "said", ""),
     lambda wb, case: voice_cases.edit(wb, case, "note", "x" * 20_001),
     lambda wb, case: voice_cases.tell_back(wb, case, " ", TODAY),
     lambda wb, case: voice_cases.set_status(wb, [case], "lost")],
)  # fmt: skip
def test_refused_changes_nothing(wb: Workbench, act: Callable[[Workbench, int], object]) -> None:
    case = complaint(wb)
    before = state(wb.reads)
    with pytest.raises(InvalidValue):
        act(wb, case)
    assert state(wb.reads) == before


def test_what_is_gone_is_said(wb: Workbench) -> None:
    case = complaint(wb)
    both_ways(wb, lambda: voice_cases.delete(wb, [case]))
    with pytest.raises(NotFound):
        voice_cases.edit(wb, case, "note", "x")
    with pytest.raises(NotFound):
        voice_cases.add(wb, 99, "x", said_on=TODAY, now=NOW)


def test_the_customers_facts_hold_nothing_internal(wb: Workbench) -> None:
    """No complaint without owner and date enters a customer pack; words not given to be shown stay out."""
    answer(wb, "nps", 1)
    answer(wb, "nps", 2, 6, shareable=True)
    voice_cases.take(wb, voice_cases.loops_of(wb.reads, TODAY).suggested, promised_on=TODAY, now=NOW)
    undated = complaint(wb)
    voice_cases.edit(wb, undated, "note", "SECRET")
    theirs, ours = briefing_voice.loop(wb.reads, 1, TODAY)
    assert [(one.words, one.by) for one in theirs.told] == [("", ""), ("nps 2", "Sato")]
    assert (theirs.cases, theirs.closed, theirs.median_days) == (2, 0, None)
    assert theirs.unanswered == ours.unanswered
    assert [one.missing for one in ours.cases] == [(), (), ("promised_on",)]
    assert ours.cases[2].overdue
    assert ours.cases[2].note == "SECRET"
    assert "SECRET" not in repr(theirs)
    assert "Takahashi" not in repr(theirs)


def test_facts_as_of_a_day_do_not_know_what_came_later(wb: Workbench) -> None:
    case = complaint(wb, promised_on=TODAY)
    voice_cases.tell_back(wb, case, "Mended", TODAY)
    theirs, _ours = briefing_voice.loop(wb.reads, 1, TODAY - DAY)
    assert (theirs.told[0].status, theirs.told[0].action, theirs.told[0].told_back_on) == ("open", "", None)
    theirs, _ours = briefing_voice.loop(wb.reads, 1, TODAY)
    assert (theirs.told[0].status, theirs.told[0].action, theirs.closed) == ("done", "Mended", 1)


class Counting:
    """Counts the statements read."""

    def __init__(self, reads: Reads) -> None:
        self.reads, self.asked = reads, 0

    def all(self, sql: str, params: Any = ()) -> list[tuple[Any, ...]]:
        self.asked += 1
        return self.reads.all(sql, params)

    def scalar(self, sql: str, params: Any = ()) -> Any:
        self.asked += 1
        return self.reads.scalar(sql, params)


def test_a_hundred_cases_are_as_many_statements_as_one(wb: Workbench) -> None:
    complaint(wb)
    few, many = (Counting(wb.reads) for _ in range(2))
    voice_cases.loops_of(cast(Reads, few), TODAY)
    with wb.change("many") as db:
        db.executemany(
            "insert into voice_case (account_id, said, said_on, created_at) values (1, ?, '2026-11-01', '2026-11-01')",
            [(str(number),) for number in range(100)],
        )
    assert len(voice_cases.loops_of(cast(Reads, many), TODAY).cases) == 101
    assert few.asked == many.asked <= 4

"""Surveys over time, who must be answered, and the quadrant of success and satisfaction."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from cs_workbench.domain.quadrant import Point
from cs_workbench.errors import InvalidValue
from cs_workbench.services import portfolios, quadrant, voice_cases
from cs_workbench.services.voice import voice
from cs_workbench.services.workbench import Workbench
from cs_workbench.store.change import Change
from tests.builders_store import AT, add_account, add_contract, add_metric, add_person

NOW = dt.datetime(2026, 11, 24, 1, 42, tzinfo=dt.UTC)
TODAY = NOW.date()


def answer(db: Change, account: int, kind: str, score: float, on: str, comment: str = "") -> None:
    db.execute(
        "insert into survey (account_id, person_id, kind, score, answered_on, comment) values (?, null, ?, ?, ?, ?)",
        (account, kind, score, on, comment),
    )


@pytest.fixture
def wb(tmp_path: Path) -> Iterator[Workbench]:
    with portfolios.create(str(tmp_path / "p.csw"), now=NOW, language="en") as workbench:
        with workbench.change("fill") as db:
            for name in ("Aoba", "Birch", "Cedar", "Dune"):
                add_account(db, name)
            add_person(db, 1)
            add_contract(db, 1, arr=650_0000, currency="JPY", status="active", start_on="2026-01-01",
                         end_on="2027-12-31")  # fmt: skip
        yield workbench


def say(wb: Workbench, *answers: tuple[int, str, float, str]) -> None:
    with wb.change("Answers") as db:
        for one in answers:
            answer(db, *one)


def test_zero_is_a_detractor_and_months_without_answers_are_there(wb: Workbench) -> None:
    say(wb, (1, "nps", 0, "2026-11-01"), (1, "nps", 9, "2026-09-30"), (2, "nps", 10, "2026-09-02"))
    found = voice(wb.reads, "nps", TODAY)
    assert found.result.value == pytest.approx(100 / 3)
    assert (found.result.high, found.result.low) == (2, 1)
    assert len(found.months) == 13
    values = {one.first.isoformat(): one.result.value for one in found.months}
    assert (values["2026-11-01"], values["2026-10-01"], values["2026-09-01"]) == (-100, None, 100)


@pytest.mark.parametrize(
    ("day", "inside"), [("2025-11-24", False), ("2025-11-25", True), ("2026-11-25", False)]
)
def test_twelve_months_both_ends_included(wb: Workbench, day: str, inside: bool) -> None:
    say(wb, (1, "csat", 5, day))
    assert bool(voice(wb.reads, "csat", TODAY).answers) is inside


def test_answers_off_the_scale_are_counted_and_left_out(wb: Workbench) -> None:
    say(wb, (1, "csat", 6, "2026-11-01"), (1, "csat", 5, "2026-11-01"))
    found = voice(wb.reads, "csat", TODAY)
    assert (found.result.value, found.outside) == (1.0, 1)


def test_who_must_be_answered_has_no_case_and_waited_two_days(wb: Workbench) -> None:
    say(wb, (1, "nps", 3, "2026-11-22"), (2, "nps", 3, "2026-11-23"), (3, "nps", 3, "2026-11-01"),
        (4, "nps", 8, "2026-11-01"))  # fmt: skip
    with wb.change("Case") as db:
        db.execute(
            "insert into voice_case (account_id, survey_id, said, said_on, created_at)"
            " select 3, id, 's', '2026-11-01', ? from survey where account_id=3",
            (AT,),
        )
    found = voice(wb.reads, "nps", TODAY)
    assert [one.account for one in found.unanswered] == ["Aoba"]
    assert {one.account: one.case_id for one in found.answers}["Cedar"] == 1


def test_who_must_be_answered_is_who_a_case_is_proposed_for(wb: Workbench) -> None:
    """What the command line counts is what the loops list suggests, not every old answer."""
    say(wb, (1, "nps", 3, "2026-11-01"), (2, "nps", 3, "2026-08-25"))
    assert [one.account for one in voice(wb.reads, "nps", TODAY).unanswered] == ["Aoba"]
    suggested = voice_cases.loops_of(wb.reads, TODAY).suggested
    assert [one.account for one in suggested] == ["Aoba"]


def test_the_rate_needs_to_know_how_many_were_asked(wb: Workbench) -> None:
    say(wb, (1, "ces", 5, "2026-11-22"))
    assert voice(wb.reads, "ces", TODAY).rate is None
    with wb.change("Round") as db:
        db.execute("insert into survey_round (kind, sent_on, sent) values ('ces', '2026-11-20', 4)")
        db.execute("insert into survey_round (kind, sent_on, sent) values ('nps', '2026-11-20', 9)")
    assert voice(wb.reads, "ces", TODAY).rate == 0.25


@pytest.mark.parametrize(("kind", "since"), [("joy", None), ("nps", dt.date(2026, 12, 1))])
def test_what_makes_no_sense_is_refused(wb: Workbench, kind: str, since: dt.date | None) -> None:
    with pytest.raises(InvalidValue):
        voice(wb.reads, kind, TODAY, since)


def plan(db: Change, account: int, *objectives: tuple[float, float, float | None, str]) -> None:
    """An active plan with objectives (baseline, target, reading, status)."""
    number = db.lastrowid(
        "insert into success_plan (account_id, name, starts_on, created_at, updated_at)"
        " values (?, 'P', '2026-01-01', ?, ?)",
        (account, AT, AT),
    )
    for baseline, target, value, status in objectives:
        made = db.lastrowid(
            "insert into objective (plan_id, position, title, baseline, target, status) values (?, 1, 'O', ?, ?, ?)",
            (number, baseline, target, status),
        )
        if value is not None:
            db.execute(
                "insert into objective_reading (objective_id, on_date, value) values (?, '2026-10-01', ?)",
                (made, value),
            )


def test_every_account_is_placed_and_missing_measures_are_not_zero(wb: Workbench) -> None:
    say(wb, (1, "nps", 10, "2026-11-01"), (1, "csat", 3, "2026-11-01"), (3, "csat", 1, "2026-11-01"))
    with wb.change("Plans") as db:
        plan(db, 1, (40, 20, 35, "open"), (0, 10, 15, "open"), (0, 1, None, "reached"), (0, 1, 0, "dropped"))
        plan(db, 2, (0, 10, None, "open"))
        metric = add_metric(db, "goals")
        db.execute("update metric set role='objectives' where id=?", (metric,))
        db.execute(
            "insert into reading (account_id, metric_id, day, value) values (3, ?, 20700, 0.6)", (metric,)
        )
    found = {one.name: one for one in quadrant.place(wb.reads, TODAY, dt.date(2026, 9, 30))}
    first = found["Aoba"]
    assert first.now == Point(pytest.approx((0.25 + 1 + 1) / 3), pytest.approx((1 + 0.5) / 2))
    assert (first.corner, first.success_from, first.arr) == ("advocate", "plan", Decimal(650))
    assert first.before is None or first.before.satisfaction is None
    assert found["Birch"].now == Point(None, None)
    assert found["Birch"].corner is None
    assert (found["Cedar"].corner, found["Cedar"].success_from) == ("succeeding_not_happy", "metric")
    assert found["Dune"].now.unplaced == "neither"


def test_every_corner_has_a_name_and_a_move() -> None:
    assert quadrant.CORNERS.keys() == quadrant.MOVES.keys()
    assert len(quadrant.CORNERS) == 4


def test_the_rate_counts_only_those_who_were_asked(wb: Workbench) -> None:
    with wb.change("Round") as db:
        db.execute(
            "insert into survey_round (kind, campaign, sent_on, sent) values ('nps', 'Q3', '2026-07-01', 4)"
        )
    say(wb, (1, "nps", 9, "2026-07-02"), (2, "nps", 9, "2026-07-03"), (3, "nps", 0, "2026-11-20"))
    assert voice(wb.reads, "nps", TODAY).rate == 0.5
    with wb.change("Named") as db:
        db.execute("update survey set campaign = 'Q3' where account_id = 1")
    assert voice(wb.reads, "nps", TODAY).rate == 0.25

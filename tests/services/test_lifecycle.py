"""The lifecycle: stage changes are recorded wherever they are made, proposals are confirmed, criteria are the CSM's."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from cs_workbench.domain.lifecycle import Criterion, StageRule
from cs_workbench.errors import InvalidValue, NotFound
from cs_workbench.services import (
    account_bulk,
    accounts,
    lifecycle,
    lifecycle_rules,
    lifecycle_words,
    onboarding,
    portfolios,
)
from cs_workbench.services.intake.service import import_files
from cs_workbench.services.lifecycle import StageLine
from cs_workbench.services.workbench import Workbench
from tests.builders_store import AT, add_account, add_contract, count, state

NOW = dt.datetime(2026, 11, 24, 16, 0, tzinfo=dt.UTC)
TODAY = dt.date(2026, 11, 25)  # in Tokyo it is the day after already
DAY = dt.timedelta(days=1)


@pytest.fixture
def wb(tmp_path: Path) -> Iterator[Workbench]:
    """Three customers with contracts, one of them without a stage."""
    with portfolios.create(str(tmp_path / "p.csw"), now=NOW, language="en", time_zone="Asia/Tokyo") as made:
        with made.change("fill") as db:
            for name, stage, end in (("Acme", "adoption", "2027-01-31"), ("Birch", "onboarding", "2027-09-30"),
                                     ("<b>Cedar</b>", None, "2027-09-30")):  # fmt: skip
                number = add_account(db, name, stage=stage, customer_since="2026-10-01")
                add_contract(db, number, start_on="2026-10-01", end_on=end, arr=10_000_0000 * number, currency="JPY",
                             seats=10)  # fmt: skip
        yield made


def line(wb: Workbench, account: int) -> StageLine:
    return next(one for one in lifecycle.load(wb.reads, TODAY, "en").lines if one.id == account)


def moves(wb: Workbench, account: int = 1) -> list[tuple[str | None, str | None, str, str]]:
    return [
        (one.from_stage, one.to_stage, one.on.isoformat(), one.reason)
        for one in lifecycle.history(wb.reads, account)
    ]


def test_a_change_by_hand_is_recorded(wb: Workbench) -> None:
    before = state(wb.reads)
    accounts.set_stage(wb, 1, "grow", now=NOW)
    assert moves(wb) == [("adoption", "grow", "2026-11-25", "")]
    after = state(wb.reads)
    wb.undo()
    assert state(wb.reads) == before
    assert moves(wb) == []
    wb.redo()
    assert state(wb.reads) == after
    accounts.set_stage(wb, 1, "grow", now=NOW)
    assert len(moves(wb)) == 1  # the same stage is no move
    with pytest.raises(InvalidValue):
        accounts.set_stage(wb, 1, "nowhere", now=NOW)
    assert len(moves(wb)) == 1


def test_a_change_of_many_is_recorded(wb: Workbench) -> None:
    assert account_bulk.set_stage(wb, [1, 2, 3], "adoption", now=NOW) == 2
    assert moves(wb, 1) == []
    assert moves(wb, 2) == [("onboarding", "adoption", "2026-11-25", "")]
    assert moves(wb, 3) == [(None, "adoption", "2026-11-25", "")]
    account_bulk.set_owner(wb, [1], "Mika", now=NOW)
    assert count(wb, "stage_move") == 2
    wb.undo()
    wb.undo()
    assert count(wb, "stage_move") == 0


def test_an_import_that_moves_an_account_is_recorded(wb: Workbench, tmp_path: Path) -> None:
    path = tmp_path / "accounts.csv"
    path.write_text(
        "Account name,Lifecycle stage\nAcme,grow\nBirch,onboarding\nDove,adoption\n", encoding="utf-8"
    )
    before = state(wb.reads)
    import_files(wb, [str(path)], kind="accounts", now=NOW)
    assert wb.reads.scalar("select stage from account where id = 1") == "grow"
    assert moves(wb) == [("adoption", "grow", "2026-11-25", "")]
    assert moves(wb, 2) == []
    wb.undo()
    assert state(wb.reads) == before


def test_proposals_are_confirmed_with_their_reason(wb: Workbench) -> None:
    found = line(wb, 1)
    assert found.proposal is not None
    assert found.proposal.stage == "renewal"
    reason = lifecycle_words.because(found.proposal.because)
    assert reason == "Renewal within 120 days: end of term D−67"
    assert wb.reads.scalar("select stage from account where id = 1") == "adoption"  # reading moves nobody
    before = state(wb.reads)
    lifecycle.move(wb, 1, "renewal", reason=reason, now=NOW)
    assert moves(wb)[0][3] == reason
    moved = line(wb, 1)
    assert (moved.stage, moved.days, moved.at_least, moved.proposal) == ("renewal", 0, False, None)
    assert wb.undo() == "Change stage"
    assert state(wb.reads) == before


def test_days_to_the_renewal_are_those_the_lists_count(wb: Workbench) -> None:
    with wb.change("contract") as db:
        db.execute("update contract set notice_months = 1 where account_id = 1")
        db.execute("update contract set notice_months = 9 where account_id = 3")  # notice 2026-12-30
        db.execute("update account set stage = 'renewal' where id = 3")
    found = line(wb, 1)
    assert found.line.deadline is not None
    assert found.facts.renewal_days == (found.line.deadline - TODAY).days
    assert found.proposal is not None
    assert lifecycle_words.because(found.proposal.because) == "Renewal within 120 days: notice deadline D−36"
    away = line(wb, 3)
    assert away.line.renewal_date is not None
    assert (away.line.renewal_date - TODAY).days > 120
    assert away.proposal is None  # the notice deadline is near: it stays in renewal


def test_a_passed_notice_deadline_gives_way_to_the_end(wb: Workbench) -> None:
    with wb.change("contract") as db:
        db.execute("update contract set notice_months = 3 where account_id = 1")
    facts = line(wb, 1).facts
    assert (facts.renewal_days, facts.renewal_by) == (67, "end")


def test_many_are_confirmed_as_one_step(wb: Workbench) -> None:
    steps = len(wb.history())
    assert lifecycle.move_all(wb, {1: ("renewal", "a"), 2: ("adoption", "b"), 3: ("grow", "")}, now=NOW) == 3
    assert len(wb.history()) == steps + 1
    with pytest.raises(NotFound):
        lifecycle.move_all(wb, {1: ("grow", ""), 99: ("grow", "")}, now=NOW)
    with pytest.raises(InvalidValue):
        lifecycle.move(wb, 1, "nowhere", reason="", now=NOW)
    assert line(wb, 1).stage == "renewal"  # all or nothing


def test_not_now(wb: Workbench) -> None:
    until = lifecycle.put_off(wb, 1, "renewal", today=TODAY)
    assert until == TODAY + 30 * DAY
    assert line(wb, 1).put_off == until
    assert 1 not in {one.id for one in lifecycle.load(wb.reads, TODAY, "en").proposals}
    assert 1 in {one.id for one in lifecycle.load(wb.reads, until + DAY, "en").proposals}
    wb.undo()
    assert line(wb, 1).put_off is None


def test_the_onboarding_leads_to_adoption(wb: Workbench) -> None:
    assert line(wb, 2).proposal is None
    run = onboarding.start(wb, 2, "days_30", starts_on=TODAY - 20 * DAY, language="en")
    assert line(wb, 2).proposal is None
    onboarding.finish(wb, run.id, on=TODAY)
    found = line(wb, 2).proposal
    assert found is not None
    assert found.stage == "adoption"
    onboarding.start(wb, 3, "days_30", starts_on=TODAY, language="en")
    wanted = line(wb, 3).proposal
    assert wanted is not None
    assert wanted.stage == "onboarding"


def test_time_in_stage(wb: Workbench) -> None:
    first, second = line(wb, 1), line(wb, 2)
    assert (second.days, second.at_least) == (55, False)  # onboarding begins with the customer
    assert first.at_least  # nobody knows since when: at least since it is on record
    assert lifecycle_words.since(first).startswith("≥ ")
    later = next(one for one in lifecycle.load(wb.reads, TODAY + 60 * DAY, "en").lines if one.id == 2)
    assert later.stuck
    assert not second.stuck


def put_measures(wb: Workbench, account: int, **shares: float) -> None:
    """A snapshot that measured the shares named; ``embedded`` is a grade of 0–4."""
    rows = [
        {"key": key, "value": value, "unit": "grade" if key == "embedded" else "ratio",
         "reason": "stale" if key == "seats_used" else "measured"}
        for key, value in shares.items()
    ]  # fmt: skip
    with wb.evidence("score") as db:
        db.execute(
            """insert into scorecard (key, version, definition, created_at) select 'x', 1, '{}', ?
               where not exists (select 1 from scorecard)""", (AT,),
        )  # fmt: skip
        db.execute(
            """insert into snapshot (account_id, as_of, scorecard_id, score, band, coverage, detail, computed_at)
               values (?, ?, (select min(id) from scorecard), 80, 'green', 1, ?, ?)""",
            (account, TODAY.isoformat(), json.dumps({"measures": rows}), AT),
        )


def test_how_far_it_is_used(wb: Workbench) -> None:
    assert line(wb, 1).index.value is None
    put_measures(wb, 1, features_used=0.5, active_users=1.2, embedded=2, seats_used=0.9)
    found = line(wb, 1).index
    parts = {one.key: one.share for one in found.parts}
    assert parts == {"features": 0.5, "active": 1.0, "embedded": 0.5, "seats": None, "trained": None}
    assert found.value == pytest.approx(100 * (30 * 0.5 + 25 + 15 * 0.5) / 70)
    assert line(wb, 1).facts.score == 80


def test_the_funnel_has_everybody_and_the_money(wb: Workbench) -> None:
    found = lifecycle.load(wb.reads, TODAY, "ja")
    assert sum(one.step.accounts for one in found.funnel) == len(found.lines) == 3
    assert sum(one.arr for one in found.funnel) == Decimal(60_000)
    assert found.currency == "JPY"
    assert found.labels["adoption"] == "定着"
    assert found.funnel[-1].key == ""  # the one without a stage


def test_criteria_of_ones_own(wb: Workbench) -> None:
    assert len(lifecycle_rules.rules(wb.reads)) == 6
    rule = StageRule("renewal", ("adoption",), (Criterion("renewal_within", 30),), (), 45)
    before = state(wb.reads)
    lifecycle_rules.set_rule(wb, rule)
    assert next(one for one in lifecycle_rules.rules(wb.reads) if one.key == "renewal") == rule
    assert line(wb, 1).proposal is None
    assert lifecycle.load(wb.reads, TODAY, "en").own_rules == {"renewal"}
    wb.undo()
    assert state(wb.reads) == before
    wb.redo()
    lifecycle_rules.reset_rule(wb, "renewal")
    assert line(wb, 1).proposal is not None
    assert not lifecycle_rules.is_own(wb.reads, "renewal")


@pytest.mark.parametrize(
    "rule",
    [
        StageRule("grow", (), (Criterion("score_at_least", 101),)),
        StageRule("grow", (), (Criterion("renewal_within"),)),
        StageRule("grow", (), (), (Criterion("map_step_at_least", 0),)),
        StageRule("grow", (), (), (), 0),
    ],
)
def test_criteria_that_cannot_be(wb: Workbench, rule: StageRule) -> None:
    with pytest.raises(InvalidValue):
        lifecycle_rules.set_rule(wb, rule)
    assert lifecycle_rules.rules(wb.reads)[2].enter[0].value == 60


def test_criteria_of_no_stage(wb: Workbench) -> None:
    with pytest.raises(NotFound):
        lifecycle_rules.set_rule(wb, StageRule("nowhere"))


def test_every_criterion_has_words() -> None:
    assert set(lifecycle_words.CRITERIA) == set(lifecycle_rules.KINDS)


def test_a_constant_number_of_statements(wb: Workbench, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    reads = wb.reads
    every, one = type(reads).all, type(reads).one
    monkeypatch.setattr(
        type(reads), "all", lambda self, sql, params=(): asked.append(sql) or every(self, sql, params)
    )
    monkeypatch.setattr(
        type(reads), "one", lambda self, sql, params=(): asked.append(sql) or one(self, sql, params)
    )
    lifecycle.load(reads, TODAY, "en")
    before = len(asked)
    with wb.change("more") as db:
        for number in range(40):
            add_account(db, f"More {number}", stage="grow")
    asked.clear()
    assert len(lifecycle.load(reads, TODAY, "en").lines) == 43
    assert len(asked) == before <= 30

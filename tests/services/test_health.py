"""Scores of a whole portfolio: kept as snapshots, re-read for any date, explained, by the card of the segment."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from cs_workbench.errors import InvalidValue, NotFound
from cs_workbench.services import health, portfolios, scorecards
from cs_workbench.services.workbench import Workbench
from tests.builders_health import MemoryPortfolio, day

TODAY = dt.date(2026, 11, 24)
NOW = dt.datetime(2026, 11, 24, 9, 0, tzinfo=dt.UTC)


def ago(days: int) -> dt.date:
    """A date before today."""
    return TODAY - dt.timedelta(days=days)


@pytest.fixture
def wb(tmp_path: Path) -> Iterator[Workbench]:
    """A new portfolio with two accounts: one with seats and contacts, one of which nothing is known."""
    with portfolios.create(str(tmp_path / "p.csw"), now=NOW, language="en") as wb:
        with wb.change("set up") as db:
            for name in ("Aoba", "Blank"):
                add(db, "account", name=name, name_key=name.lower())
            add(db, "contract", account_id=1, seats=120, start_on="2026-01-01", end_on="2026-12-31")
            db.execute("insert into metric (key, name, family, role) values ('s', 's', 's', 'seats_used')")
            read(db, 1, ago(3), 102)
            add(db, "interaction", account_id=1, at=f"{ago(41)}T09:00:00Z", channel="call", direction="both")
        yield wb


def add(db: object, table: str, **values: object) -> None:
    """Insert one row with its instants."""
    row = {"created_at": "2026-01-01T00:00:00Z", "updated_at": "2026-01-01T00:00:00Z"} | values
    marks = ", ".join(f":{name}" for name in row)
    db.execute(f"insert into {table} ({', '.join(row)}) values ({marks})", row)  # type: ignore[attr-defined]


def read(db: object, account: int, date: dt.date, value: float, metric: int = 1) -> None:
    """Insert or change one reading."""
    db.execute(  # type: ignore[attr-defined]
        """insert into reading (account_id, metric_id, day, value) values (?, ?, ?, ?)
           on conflict do update set value = excluded.value""",
        (account, metric, day(date), value),
    )


def store_card(db: object, key: str, version: int, definition: str) -> None:
    """Insert a version of a scorecard."""
    db.execute(  # type: ignore[attr-defined]
        "insert into scorecard (key, version, definition, created_at) values (?, ?, ?, '2026-01-01T00:00:00Z')",
        (key, version, definition),
    )


def snapshots(wb: Workbench) -> int:
    """How many are stored."""
    return int(wb.reads.scalar("select count(*) from snapshot"))


def test_every_account_gets_a_score_or_the_reason_why_not(wb: Workbench) -> None:
    known, unknown = health.score_all(wb, TODAY, now=NOW)
    assert (known.account_id, known.score, known.band) == (1, 70.5, "green")
    assert [(m.key, m.contribution) for m in known.measures if m.weight] == [
        ("seats_used", 41.0),
        ("last_contact", 29.5),
    ]
    assert (unknown.score, unknown.reason, unknown.band) == (None, "nothing_measured", "none")


def test_a_snapshot_holds_the_whole_score(wb: Workbench) -> None:
    scores = health.score_all(wb, TODAY, now=NOW)
    assert health.latest(wb.reads, 1, TODAY) == scores[0]
    row = wb.reads.one(
        "select score, band, coverage, low, high, as_of, computed_at from snapshot where account_id = 1"
    )
    assert row is not None
    assert row == (
        70.5,
        "green",
        scores[0].coverage,
        scores[0].low,
        scores[0].high,
        "2026-11-24",
        "2026-11-24T09:00:00Z",
    )


def test_scoring_again_adds_nothing_until_something_moved(wb: Workbench) -> None:
    health.score_all(wb, TODAY, now=NOW)
    health.score_all(wb, TODAY, now=NOW + dt.timedelta(hours=1))
    assert snapshots(wb) == 2
    with wb.change("more seats") as db:
        read(db, 1, ago(1), 120)
    health.score_all(wb, TODAY, now=NOW + dt.timedelta(hours=2))
    assert snapshots(wb) == 3
    assert health.latest(wb.reads, 1, TODAY) == health.explain(wb, 1, TODAY)


def test_scoring_is_no_step_of_undo(wb: Workbench) -> None:
    health.score_all(wb, TODAY, now=NOW)
    assert [step.name for step in wb.history()] == ["set up"]
    assert wb.undo() == "set up"
    assert snapshots(wb) == 2


def test_whoever_listens_hears_of_new_scores_and_only_of_new_ones(wb: Workbench) -> None:
    heard: list[dict[str, frozenset[int] | None]] = []
    wb.subscribe(lambda changes: heard.append(changes.ids))
    health.score_all(wb, TODAY, now=NOW)
    health.score_all(wb, TODAY, now=NOW)
    assert [ids.get("snapshot") for ids in heard] == [frozenset((1, 2))]


def test_any_date_can_be_read_again(wb: Workbench) -> None:
    health.score_all(wb, ago(20), now=NOW)
    health.score_all(wb, TODAY, now=NOW)
    assert health.latest(wb.reads, 1, ago(21)) is None
    then = health.latest(wb.reads, 1, ago(1))
    assert then is not None
    assert then.as_of == ago(20)
    seats = next(m for m in then.measures if m.key == "seats_used")
    assert seats.reason == "not_measured"
    assert health.score_of(wb.reads, 1, ago(20)) == then


def test_what_changed_since_the_last_snapshot(wb: Workbench) -> None:
    assert health.changes(wb.reads, 1, TODAY) == (None, ())
    with wb.change("early") as db:
        read(db, 1, ago(30), 90)
    health.score_all(wb, ago(10), now=NOW)
    before, moves = health.changes(wb.reads, 1, TODAY)
    assert before is not None
    assert before.as_of == ago(10)
    assert {one.key: one.kind for one in moves} == {"seats_used": "value", "last_contact": "value"}


def test_the_way_to_green(wb: Workbench) -> None:
    with wb.change("fewer") as db:
        read(db, 1, TODAY, 60)
    path = health.way_to_green(wb.reads, 1, TODAY)
    assert path is not None
    assert [step.key for step in path.steps] == ["seats_used", "last_contact"]
    assert path.score >= 70


def test_explaining_an_unknown_account_is_told(wb: Workbench) -> None:
    with pytest.raises(NotFound, match="no account 99"):
        health.explain(wb, 99, TODAY)


def test_segments_choose_the_card_in_their_order(wb: Workbench) -> None:
    strict = json.loads(scorecards.definition(scorecards.packaged_default())) | {"green": 90.0}
    rule = json.dumps(
        [{"field": "tag", "op": "is", "values": ["vip"]}, {"field": "arr", "op": "at_least", "values": [100]}]
    )
    with wb.change("segment") as db:
        store_card(db, "strict", 3, json.dumps(strict))
        db.execute(
            "insert into segment (key, name, position, rule, scorecard_key) values ('vip', 'VIP', 0, ?, 'strict')",
            (rule,),
        )
        db.execute("insert into account_tag (account_id, tag) values (1, 'vip')")
        db.execute("update contract set arr = 1000000")
    score, other = health.score_all(wb, TODAY, now=NOW)
    assert (score.scorecard_key, score.scorecard_version, score.band) == ("strict", 3, "yellow")
    assert other.scorecard_key == "default"
    card = wb.reads.scalar(
        "select c.key from snapshot s join scorecard c on c.id = s.scorecard_id where s.account_id = 1"
    )
    assert card == "strict"


def test_the_segment_chosen_by_hand_goes_before_the_rules(wb: Workbench) -> None:
    with wb.change("segment") as db:
        definition = scorecards.definition(scorecards.packaged_default())
        store_card(db, "own", 1, definition)
        db.execute("insert into segment (key, name, position, scorecard_key) values ('own', 'Own', 9, 'own')")
        db.execute("update account set segment_id = (select id from segment where key = 'own') where id = 2")
    assert [one.card.key for one in scorecards.assignments(wb.reads, TODAY)] == ["default", "own"]


def test_the_age_of_an_account_comes_from_its_record_or_first_contract(wb: Workbench) -> None:
    with wb.change("since") as db:
        db.execute("update account set customer_since = '2026-06-25' where id = 2")
    assert [one.age_months for one in scorecards.assignments(wb.reads, TODAY)] == [10, 4]


@pytest.mark.parametrize(
    ("sql", "code"),
    [
        ("update scorecard set definition = '{}'", "scorecard"),
        ("update scorecard set definition = 'not json'", "scorecard"),
        ('update segment set rule = \'[{"field": "mood"}]\'', "segment"),
        ("update segment set rule = '{'", "segment"),
    ],
)
def test_a_faulty_card_or_rule_is_told_not_crashed(wb: Workbench, sql: str, code: str) -> None:
    with wb.change("spoil") as db:
        db.execute(sql)
    with pytest.raises(InvalidValue) as told:
        health.score_all(wb, TODAY, now=NOW)
    assert (told.value.code, snapshots(wb)) == (code, 0)


def test_a_portfolio_without_a_stored_card_uses_the_packaged_one_and_keeps_it(tmp_path: Path) -> None:
    with Workbench.open(str(tmp_path / "bare.csw"), create=True) as bare:
        with bare.change("set up") as db:
            add(db, "account", name="Aoba", name_key="aoba")
        (score,) = health.score_all(bare, TODAY, now=NOW)
        assert score.scorecard_key == "default"
        assert bare.reads.scalar("select version from scorecard where key = 'default'") == 1
        assert health.score_all(bare, TODAY, now=NOW) == [score]


def test_all_at_once_and_one_alone_agree() -> None:
    db = MemoryPortfolio()
    usage = db.metric("usage", "usage")
    for n in range(5):
        account = db.account(f"A{n}")
        db.readings(account, usage, {ago(d): float(n * d % 7 + 1) for d in range(0, 90, 3)})
        db.met(account, f"{ago(n * 9)}T09:00:00Z")
    everyone = health.compute(db, TODAY)  # type: ignore[arg-type]
    assert [health.score_of(db, score.account_id, TODAY) for score in everyone] == everyone  # type: ignore[arg-type]
    assert all(score.score is not None for score in everyone)

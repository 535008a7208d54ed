"""Two-way contact is one thing: the score, the signals, the list, the people, the rhythm and the documents agree."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from cs_workbench.services import account_tabs, accounts, portfolios
from cs_workbench.services.workbench import Workbench
from cs_workbench.store.queries import accounts as account_queries
from cs_workbench.store.queries import briefing, health, signals
from tests.builders_store import add_account, add_interaction, add_person

NOW = dt.datetime(2026, 11, 24, 1, 42, tzinfo=dt.UTC)
TODAY = NOW.date()
DAY = dt.timedelta(days=1)
Said = tuple[int, str, str]
"""(days ago, direction, channel)"""


@pytest.fixture
def wb(tmp_path: Path) -> Iterator[Workbench]:
    with portfolios.create(str(tmp_path / "p.csw"), now=NOW, language="en") as workbench:
        yield workbench


def told(wb: Workbench, said: list[Said]) -> tuple[int, int]:
    """An account with one person who took part in everything *said*."""
    with wb.change("fill") as db:
        account = add_account(db)
        person = add_person(db, account)
        for ago, direction, channel in said:
            contact = add_interaction(
                db, account, at=f"{TODAY - ago * DAY}T00:30:00Z", direction=direction, channel=channel
            )
            db.execute(
                "insert into interaction_person (interaction_id, person_id) values (?, ?)", (contact, person)
            )
    return account, person


@pytest.mark.parametrize(
    ("said", "ago"),
    [
        ([(5, "both", "call")], 5),
        ([(58, "in", "mail"), (65, "out", "mail"), (219, "both", "call")], 58),
        ([(5, "in", "mail"), (20, "out", "mail"), (40, "both", "visit")], 40),
        ([(3, "out", "mail"), (40, "both", "meeting")], 40),
        ([(3, "none", "note"), (2, "both", "note"), (40, "both", "chat")], 40),
        ([(5, "out", "mail")], None),
        ([(5, "in", "mail")], None),
        ([], None),
    ],
)
def test_every_last_two_way_contact_is_the_same(wb: Workbench, said: list[Said], ago: int | None) -> None:
    account, _person = told(wb, said)
    day = None if ago is None else TODAY - ago * DAY
    scored = health.measured(wb.reads, "last_contact", TODAY, window=1)
    assert [days for _account, days, _none, _day in scored] == ([] if ago is None else [ago])
    signalled = signals.touches(wb.reads, TODAY)
    assert (signalled[account].days if account in signalled else None) == ago
    listed = accounts.account_list(wb.reads, TODAY)[0].last_contact
    assert (None if listed is None else listed.date()) == day
    assert [one.last_two_way for one in account_tabs.people(wb.reads, account, TODAY).people] == [day]
    assert [one.last_contact for one in account_queries.people(wb.reads, account, TODAY)] == [day]
    given = briefing.params(account, TODAY)
    assert [one.last_two_way and one.last_two_way[:10] for one in briefing.people(wb.reads, given)] == [
        day and day.isoformat()
    ]
    counted = [one.at[:10] for one in briefing.interactions(wb.reads, given) if one.two_way]
    assert counted[:1] == ([day.isoformat()] if day else [])


def test_the_rhythm_counts_answers_and_no_letters_without_one(wb: Workbench) -> None:
    account, _person = told(
        wb,
        [
            (0, "both", "call"),
            (1, "out", "mail"),
            (58, "in", "mail"),
            (65, "out", "mail"),
            (150, "in", "mail"),
        ],
    )
    rhythm = dict(account_tabs.timeline(wb.reads, account, TODAY).rhythm)
    assert {month: number for month, number in rhythm.items() if number} == {
        dt.date(2026, 11, 1): 1, dt.date(2026, 9, 1): 1,
    }  # fmt: skip
    assert len(rhythm) == 13


def test_the_rhythm_counts_by_the_day_of_the_portfolio(wb: Workbench) -> None:
    with wb.change("fill") as db:
        account = add_account(db)
        add_interaction(db, account, at="2026-10-31T16:00:00Z", direction="both")
        db.execute("update setting set value = '\"Asia/Tokyo\"' where key = 'time_zone'")
    rhythm = dict(account_tabs.timeline(wb.reads, account, TODAY).rhythm)
    assert rhythm[dt.date(2026, 11, 1)] == 1
    assert rhythm[dt.date(2026, 10, 1)] == 0

"""Reads about contracts and one account: which contracts run (as in the domain), details as of a date."""

from __future__ import annotations

import datetime as dt
import itertools
from decimal import Decimal

import pytest

from cs_workbench.domain.renewal import Term, earliest, runs_at
from cs_workbench.services import account_list
from cs_workbench.store.queries import accounts as queries
from cs_workbench.store.queries import contracts as contract_queries
from cs_workbench.store.queries.terms import RUNNING
from tests.builders_health import MemoryPortfolio

TODAY = dt.date(2026, 11, 24)
DATES = (None, "2025-03-31", "2026-11-23", "2026-11-24", "2026-11-25", "2027-03-31")


@pytest.fixture
def db() -> MemoryPortfolio:
    """An empty portfolio."""
    return MemoryPortfolio()


def _date(text: str | None) -> dt.date | None:
    return None if text is None else dt.date.fromisoformat(text)


def every_term() -> list[Term]:
    """Contracts of every shape around today."""
    starts = (None, "2024-04-01", "2026-11-24", "2026-11-25")
    states = ("active", "trial", "ended", "churned", "draft")
    notices = ((None, None), (3, None), (None, 30))
    return [
        Term(
            _date(start), _date(end), months, billing, renews, notice[0], notice[1], status, status == "trial"
        )
        for n, (start, end, renews, status) in enumerate(
            itertools.product(starts, DATES, (None, False, True), states)
        )
        for months, billing, notice in [
            ((None, 1, 12)[n % 3], (None, "monthly", "annual")[n % 2], notices[n % 3])
        ]
    ]


def insert(db: MemoryPortfolio, account: int, term: Term, **values: object) -> int:
    """Store a term as a contract."""

    def text(day: dt.date | None) -> str | None:
        return None if day is None else day.isoformat()

    row = {
        "account_id": account, "start_on": text(term.start_on), "end_on": text(term.end_on),
        "term_months": term.term_months, "billing": term.billing, "auto_renew": term.auto_renew,
        "notice_months": term.notice_months, "notice_days": term.notice_days, "status": term.status,
        "is_trial": term.is_trial,
    }  # fmt: skip
    return db.add("contract", **row | values)


def test_sql_and_domain_agree_on_which_contracts_run(db: MemoryPortfolio) -> None:
    account = db.account()
    terms = {insert(db, account, term): term for term in every_term()}
    running = {
        row[0] for row in db.all(f"select c.id from contract c where {RUNNING}", {"t": TODAY.isoformat()})
    }
    assert running == {key for key, term in terms.items() if runs_at(term, TODAY)}
    assert 50 < len(running) < len(terms) - 50


def test_the_list_and_the_domain_agree_on_the_next_renewal(db: MemoryPortfolio) -> None:
    """Many accounts with a different pair of contracts each; the list works in bulk, the domain one by one."""
    terms = every_term()
    expected = {}
    for n in range(0, len(terms) - 7, 2):
        account = db.account(f"A{n:03d}")
        pair = (terms[n], terms[n + 7])
        for term in pair:
            insert(db, account, term)
        found = earliest(pair, TODAY)
        expected[account] = (None, None) if found is None else (found.renews_on, found.notice_on)
    rows = account_list.rows(db, TODAY.isoformat())  # type: ignore[arg-type]
    listed = {
        row[account_list.ID]: (_date(row[account_list.RENEWAL]), _date(row[account_list.NOTICE]))
        for row in rows
    }
    assert listed == expected
    assert sum(1 for renews, _ in listed.values() if renews) > 50


def test_contracts_keep_their_money_and_term(db: MemoryPortfolio) -> None:
    product = db.add("product", name="Core", name_key="core")
    first = insert(db, db.account(), Term(_date("2026-01-01"), _date("2026-12-31"), auto_renew=True, notice_months=2),
                   arr=12_345_678, currency="JPY", seats=5, product_id=product, name="C-1")  # fmt: skip
    monthly = insert(db, db.account("Other"), Term(_date("2026-01-01")), mrr=1_000_000, currency="USD")
    one, other = contract_queries.contracts(db)  # type: ignore[arg-type]
    assert (one.id, one.arr, one.yearly, one.currency, one.product, one.seats) == (
        first, Decimal("1234.5678"), Decimal("1234.5678"), "JPY", "Core", 5,
    )  # fmt: skip
    assert one.term == Term(_date("2026-01-01"), _date("2026-12-31"), auto_renew=True, notice_months=2)
    assert (other.id, other.yearly) == (monthly, Decimal(1200))
    assert contract_queries.contracts(db, other.account_id) == (other,)  # type: ignore[arg-type]


def test_events_between_two_days(db: MemoryPortfolio) -> None:
    account = db.account()
    for date, amount in (("2026-01-01", 10_000), ("2026-06-30", None), ("2026-07-01", 10_000)):
        db.add("contract_event", account_id=account, kind="churn", on_date=date, amount=amount)
    found = contract_queries.events(db, dt.date(2026, 1, 1), dt.date(2026, 6, 30))  # type: ignore[arg-type]
    assert [(event.on_date.isoformat(), event.amount) for event in found] == [
        ("2026-01-01", Decimal(1)), ("2026-06-30", None),
    ]  # fmt: skip


def test_people_carry_roles_and_their_last_contact(db: MemoryPortfolio) -> None:
    account = db.account()
    gone = db.person(account, "Gone", "champion", status="left", left_on="2026-10-01", influence=5)
    boss = db.person(account, "Boss", "decision_maker", "champion", influence=4)
    db.met(account, "2026-11-20T09:00:00Z", boss)
    db.met(account, "2026-11-30T09:00:00Z", boss)
    first, second = queries.people(db, account, TODAY)  # type: ignore[arg-type]
    assert (first.id, first.roles, first.last_contact) == (
        boss,
        ("champion", "decision_maker"),
        dt.date(2026, 11, 20),
    )
    assert (second.id, second.status, second.left_on, second.last_contact) == (
        gone,
        "left",
        dt.date(2026, 10, 1),
        None,
    )


def test_tasks_tickets_contacts_and_counts_are_those_of_the_date(db: MemoryPortfolio) -> None:
    account = db.account()
    early = {"created_at": "2026-01-01T00:00:00Z"}
    db.add("task", account_id=account, title="open", **early)
    db.add("task", account_id=account, title="later done", done_on="2026-11-25", due_on="2026-11-20", **early)
    db.add("task", account_id=account, title="done", done_on="2026-11-24", **early)
    db.add("ticket", account_id=account, opened_at="2026-11-01T00:00:00Z", priority="low")
    db.add("ticket", account_id=account, opened_at="2026-11-02T00:00:00Z", priority="urgent",
           solved_at="2026-11-25T00:00:00Z", status="done")  # fmt: skip
    db.add("ticket", account_id=account, opened_at="2026-11-25T00:00:00Z", priority="urgent")
    boss = db.person(account, "Boss")
    db.met(account, "2026-11-20T09:00:00Z", boss)
    db.met(account, "2026-11-25T09:00:00Z")
    assert [task.title for task in queries.open_tasks(db, account, TODAY)] == ["later done", "open"]  # type: ignore[arg-type]
    assert [ticket.priority for ticket in queries.open_tickets(db, account, TODAY)] == ["urgent", "low"]  # type: ignore[arg-type]
    (contact,) = queries.contacts(db, account, TODAY, 5)  # type: ignore[arg-type]
    assert (contact.people, contact.at) == ("Boss", dt.datetime(2026, 11, 20, 9, tzinfo=dt.UTC))
    counted = queries.counts(db, account, TODAY)  # type: ignore[arg-type]
    assert counted == queries.Counts(1, 0, 1, 2, 2, 2, 0)


def test_a_profile_names_its_parent_and_segment(db: MemoryPortfolio) -> None:
    parent = db.account("Group")
    segment = db.add("segment", key="mid", name="Mid", position=1)
    account = db.account(
        "Child", parent_id=parent, segment_id=segment, annual_revenue=15_000, customer_since="2020-02-29"
    )
    found = queries.profile(db, account)  # type: ignore[arg-type]
    assert found is not None
    assert (found.parent, found.segment, found.annual_revenue, found.customer_since, found.archived) == (
        "Group", "mid", Decimal("1.5"), dt.date(2020, 2, 29), False,
    )  # fmt: skip
    assert queries.profile(db, 99) is None  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("zone", "met", "contacts"),
    [
        ("Asia/Tokyo", dt.date(2026, 11, 24), 1),
        ("America/New_York", None, 0),
        ("UTC", dt.date(2026, 11, 23), 1),
    ],
)
def test_a_contact_belongs_to_the_local_day(
    db: MemoryPortfolio, zone: str, met: dt.date | None, contacts: int
) -> None:
    """06:09 in Tokyo is still the day before in UTC, and the evening before that in New York."""
    db.add("setting", key="time_zone", value=f'"{zone}"')
    account = db.account()
    at = "2026-11-23T21:09:00Z" if zone != "America/New_York" else "2026-11-25T05:00:00Z"
    db.met(account, at, db.person(account, "Ishii"))
    (person,) = queries.people(db, account, TODAY)
    assert person.last_contact == met
    assert len(queries.contacts(db, account, TODAY, 10)) == contacts
    assert queries.counts(db, account, TODAY).interactions == contacts


@pytest.mark.parametrize(("solved", "open_"), [("2026-11-24T14:59:59Z", 0), ("2026-11-24T15:00:00Z", 1)])
def test_a_ticket_is_open_until_the_local_day_ends(db: MemoryPortfolio, solved: str, open_: int) -> None:
    db.add("setting", key="time_zone", value='"Asia/Tokyo"')
    account = db.account()
    db.add("ticket", account_id=account, subject="Down", opened_at="2026-11-23T15:00:00Z", solved_at=solved)
    assert len(queries.open_tickets(db, account, TODAY)) == open_
    assert queries.open_tickets(db, account, TODAY - dt.timedelta(days=1)) == ()
    assert queries.counts(db, account, TODAY).open_tickets == open_


def test_every_field_of_a_profile_comes_back_in_its_place(db: MemoryPortfolio) -> None:
    parent = db.account()
    values = {
        "reading": "あおば", "tier": "a", "stage": "renewal", "owner": "Sato", "industry": "food", "country": "JP",
        "website": "aoba.example", "phone": "03-1", "address": "Tokyo", "employees": 120, "currency": "JPY",
        "note": "internal",
    }  # fmt: skip
    stored = values | {
        "parent_id": parent, "annual_revenue": 12_345_600, "customer_since": "2020-04-01",
        "churned_on": "2026-10-31", "archived_at": "2026-11-01T00:00:00Z",
    }  # fmt: skip
    account = db.account()
    sets = ", ".join(f"{name} = :{name}" for name in stored)
    db.all(f"update account set {sets} where id = :id", stored | {"id": account})
    found = queries.profile(db, account)
    assert found is not None
    assert {name: getattr(found, name) for name in values} == values
    assert (found.id, found.parent_id, found.segment) == (account, parent, None)
    assert found.parent == queries.profile(db, parent).name  # type: ignore[union-attr]
    assert found.annual_revenue == Decimal("1234.56")
    assert (found.customer_since, found.churned_on) == (dt.date(2020, 4, 1), dt.date(2026, 10, 31))
    assert found.archived
    assert queries.profile(db, 999) is None

"""Renewals as the page reads them: rows by deadline, steps proved by records, the forecast, money through rates."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from cs_workbench.services import health_calls, renewal_acts, renewals
from cs_workbench.services.workbench import Workbench
from cs_workbench.store.once import Once
from tests.builders_store import NOW, add_account, add_contract, add_interaction, add_person

TODAY = dt.date(2026, 11, 24)
AT = dt.datetime(2026, 11, 24, 1, 0, tzinfo=dt.UTC)
END = "2027-03-31"
YEN = 10_000


@pytest.fixture
def wb(tmp_path: Path) -> Iterator[Workbench]:
    """An empty portfolio in yen."""
    with Workbench.open(str(tmp_path / "p.csw"), create=True) as workbench:
        with workbench.change("Settings") as db:
            db.execute("insert into setting (key, value) values ('currency', '\"JPY\"')")
            db.execute("insert into setting (key, value) values ('time_zone', '\"Asia/Tokyo\"')")
        yield workbench


def account(wb: Workbench, called: str = "Aoba", **contract: object) -> int:
    values: dict[str, object] = {
        "arr": 6_500_000 * YEN, "currency": "JPY", "start_on": "2026-04-01", "end_on": END, "notice_months": 3,
        "auto_renew": 1,
    }  # fmt: skip
    with wb.change("Add") as db:
        number = add_account(db, called)
        add_contract(db, number, **{**values, **contract})
    return number


def scored(wb: Workbench, number: int, score: float, band: str) -> None:
    with wb.evidence("Score") as db:
        db.execute(
            "insert into snapshot (account_id, as_of, scorecard_id, score, band, coverage, detail, computed_at)"
            " values (?, '2026-11-20', 1, ?, ?, 1.0, '{}', '2026-11-20T00:00:00Z')",
            (number, score, band),
        )


def load(wb: Workbench, within: int = 180, today: dt.date = TODAY) -> renewals.Renewals:
    return renewals.load(wb.reads, today, within)


def only(wb: Workbench, **more: int) -> renewals.RenewalRow:
    (row,) = load(wb, **more).rows
    return row


def test_a_row_counts_back_from_the_notice(wb: Workbench) -> None:
    number = account(wb)
    scored(wb, number, 61.0, "red")
    row = only(wb)
    assert (row.key, row.deadline, row.days_left(TODAY)) == (
        (number, dt.date(2027, 3, 31)), dt.date(2026, 12, 31), 37,
    )  # fmt: skip
    assert (row.value, row.score, row.band, row.auto_renew) == (Decimal(6_500_000), 61.0, "red", True)
    assert (row.call, row.category, row.likelihood) == (None, "best_case", 0.45)
    assert (row.way.meeting, row.way.deadline) == (dt.date(2026, 12, 8), row.deadline)
    assert row.group(TODAY) == "near"


@pytest.mark.parametrize(
    ("contract", "deadline", "group"),
    [
        ({"notice_months": None, "notice_days": 60, "end_on": "2027-02-28"}, "2026-12-30", "near"),
        ({"end_on": "2027-06-30"}, "2027-03-31", "next"),
        ({"end_on": "2027-09-30"}, "2027-06-30", "later"),
        ({"notice_months": None, "end_on": "2027-01-31"}, "2027-01-31", "near"),
        ({"end_on": "2027-01-31", "auto_renew": 0}, "2027-01-31", "passed"),
    ],
)
def test_groups_by_days_until_the_deadline(
    wb: Workbench, contract: dict[str, object], deadline: str, group: str
) -> None:
    account(wb, **contract)
    row = only(wb, within=365)
    assert (row.deadline.isoformat(), row.group(TODAY)) == (deadline, group)


@pytest.mark.parametrize(
    "contract",
    [
        {"end_on": "2027-01-31"},  # the notice passed and it renews by itself
        {"is_trial": 1, "end_on": "2026-12-31"},
        {"status": "churned", "end_on": "2026-10-31", "auto_renew": 0},
        {"end_on": "2027-12-31"},  # beyond the horizon
    ],
)
def test_what_is_no_renewal_now_is_not_listed(wb: Workbench, contract: dict[str, object]) -> None:
    account(wb, **contract)
    assert load(wb).rows == ()
    assert renewals.pressing(wb.reads, TODAY) == 0


def test_contracts_of_one_end_renew_together_others_apart(wb: Workbench) -> None:
    number = account(wb)
    with wb.change("More") as db:
        add_contract(
            db, number, arr=500_000 * YEN, currency="JPY", end_on=END, start_on="2026-04-01", notice_months=1,
            auto_renew=1,
        )  # fmt: skip
        add_contract(
            db, number, arr=1, currency="JPY", end_on="2027-05-31", start_on="2026-06-01", auto_renew=1
        )
    first, second = load(wb, within=365).rows
    assert (first.value, first.deadline) == (Decimal(7_000_000), dt.date(2026, 12, 31))
    assert second.term_end == dt.date(2027, 5, 31)


def test_an_account_that_is_gone_or_put_away_is_not_listed(wb: Workbench) -> None:
    account(wb)
    with wb.change("Gone") as db:
        db.execute("update account set churned_on = '2026-10-01'")
    assert load(wb).rows == ()


def test_missing_end_dates_stand_apart(wb: Workbench) -> None:
    account(wb, "Nobody knows", end_on=None, start_on=None, name="C-1")
    account(wb)
    found = load(wb)
    assert [row.name for row in found.rows] == ["Aoba"]
    assert [(one.name, one.contract) for one in found.missing] == [("Nobody knows", "C-1")]


def test_the_forecast_of_the_check_value(wb: Workbench) -> None:
    calls = {
        12: ("commit", None), 8: ("commit", None), 6.5: ("probable", None), 5: ("probable", None),
        4: ("best_case", None), 3: ("at_risk", None),
    }  # fmt: skip
    for amount, (category, likely) in calls.items():
        account(wb, f"Worth {amount}", arr=int(amount * 1_000_000) * YEN)
        row = next(one for one in load(wb).rows if one.name == f"Worth {amount}")
        renewal_acts.set_call(wb, row, category, likelihood=likely, today=TODAY, now=AT)
    account(wb, "Later", end_on="2027-06-30")
    found = load(wb)
    assert found.forecast is not None
    million = Decimal(1_000_000)
    assert round(found.forecast.expected / million, 1) == Decimal("29.9")
    assert [one / million for one in (found.forecast.p10, found.forecast.p50, found.forecast.p90)] == [
        Decimal("23.5"), Decimal("31.5"), Decimal("35.5"),
    ]  # fmt: skip
    assert (found.forecast.count, found.not_called, found.near, renewals.pressing(wb.reads, TODAY)) == (
        6,
        0,
        6,
        6,
    )


def test_foreign_money_only_through_an_entered_rate(wb: Workbench) -> None:
    account(wb, "Abroad", currency="USD", arr=10_000 * YEN)
    account(wb, "No amount", arr=None)
    found = load(wb)
    assert (found.forecast, found.no_rate, found.without_value) == (None, ("USD",), 1)
    with wb.change("Rate") as db:
        db.execute("insert into currency_rate (currency, on_date, rate) values ('USD', '2026-11-01', '150')")
        db.execute("insert into currency_rate (currency, on_date, rate) values ('USD', '2026-12-01', '900')")
    found = load(wb)
    assert found.forecast is not None
    assert (found.forecast.total, found.no_rate, found.not_called) == (Decimal(1_500_000), (), 1)
    row = next(one for one in found.rows if one.name == "Abroad")
    assert [(one.value, one.currency) for one in row.amounts] == [(Decimal(10_000), "USD")]


def test_a_conversation_about_the_renewal_is_the_first_step(wb: Workbench) -> None:
    number = account(wb)
    with wb.change("Talk") as db:
        add_interaction(
            db, number, "次の更新について", at="2026-10-02T16:00:00Z", direction="out", channel="mail"
        )
        add_interaction(db, number, "更新のメモ", at="2026-09-30T01:00:00Z", direction="none", channel="note")
    row = only(wb)
    assert row.proven == {1}
    assert row.way.steps[0].done_on == dt.date(2026, 10, 3), "the day where the portfolio lives"
    assert row.way.current is not None
    assert row.way.current.number == 2


def test_talk_of_last_year_or_of_something_else_proves_nothing(wb: Workbench) -> None:
    number = account(wb)
    with wb.change("Talk") as db:
        add_interaction(db, number, "更新", at="2026-03-01T01:00:00Z", direction="out", channel="mail")
        add_interaction(db, number, "hello", at="2026-10-02T01:00:00Z", subject="x", folded="x hello")
    assert only(wb).proven == frozenset()


def test_a_meeting_with_somebody_who_decides_is_the_second_step(wb: Workbench) -> None:
    number = account(wb)
    with wb.change("People") as db:
        user, boss = add_person(db, number, "Sato"), add_person(db, number, "Saeki")
        db.execute("insert into person_role (person_id, role) values (?, 'decision_maker')", (boss,))
    at = dt.datetime(2026, 12, 9, 5, 0, tzinfo=dt.UTC)
    key = only(wb).key
    renewal_acts.set_meeting(wb, key, at, [user], now=AT, approval_days=5)
    row = only(wb)
    assert row.plan is not None
    assert (row.plan.meeting_at, row.plan.attendees, row.plan.decider, row.way.approval_days) == (
        at,
        1,
        False,
        5,
    )
    assert (row.proven, row.way.meeting_fixed) == (frozenset(), True)
    renewal_acts.set_meeting(wb, key, at, [user, boss], now=AT)
    assert only(wb).proven == {2}
    assert only(wb).way.approval_days == 10


def test_a_pack_that_was_made_is_the_eighth_step(wb: Workbench) -> None:
    number = account(wb)
    with wb.evidence("Pack") as db:
        for template, at in (
            ("other", "2026-11-20"),
            ("renewal_briefing", "2026-11-22"),
            ("renewal_x", "2025-11-01"),
        ):
            db.execute(
                "insert into pack_record (account_id, at, template, edition, language, as_of, files, facts)"
                " values (?, ?, ?, 'customer', 'ja', '2026-11-22', '[]', '{}')",
                (number, f"{at}T01:00:00Z", template),
            )
    row = only(wb)
    assert (row.proven, row.way.steps[7].done_on) == ({8}, dt.date(2026, 11, 22))


def test_the_final_band_sets_the_likelihood_until_a_call(wb: Workbench) -> None:
    number = account(wb)
    scored(wb, number, 82.0, "green")
    assert only(wb).category == "commit"
    health_calls.set_call(wb, number, "red", "Sponsor left", today=TODAY, now=NOW)
    row = only(wb)
    assert (row.band, row.category, row.likelihood) == ("red", "best_case", 0.45)
    assert row.called is not None


def test_ones_own_calls_are_scored_when_outcomes_exist(wb: Workbench) -> None:
    for number, kind in enumerate(("renewal", "churn", "expansion", None), 1):
        account(wb, f"A{number}")
        row = next(one for one in load(wb).rows if one.name == f"A{number}")
        renewal_acts.set_call(wb, row, "probable", likelihood=0.8, today=TODAY, now=AT)
        if kind:
            with wb.change("Event") as db:
                db.execute(
                    "insert into contract_event (account_id, kind, on_date) values (?, ?, '2027-03-20')",
                    (row.account_id, kind),
                )
    assert load(wb).record is None, "nothing has come about yet"
    record = load(wb, today=dt.date(2027, 4, 1)).record
    assert record is not None
    assert record.count == 3
    assert [(one.count, round(one.renewed, 2)) for one in record.buckets] == [(3, 0.67)]
    assert record.brier == pytest.approx((0.04 + 0.64 + 0.04) / 3)


@pytest.mark.parametrize("accounts", [3, 60])
def test_the_number_of_statements_does_not_grow(wb: Workbench, accounts: int) -> None:
    for number in range(accounts):
        account(wb, f"A{number}")
    counted = Once(wb.reads)
    renewals.load(counted, TODAY)
    assert counted.asked == 13


@pytest.mark.parametrize(("stored", "days"), [("7", 7), ('"x"', 10), ("-1", 10), ("999", 10)])
def test_the_usual_approval_time_is_a_setting(wb: Workbench, stored: str, days: int) -> None:
    with wb.change("Set") as db:
        db.execute("insert into setting (key, value) values ('renewal_approval_days', ?)", (stored,))
    assert renewals.approval_days(wb.reads) == days

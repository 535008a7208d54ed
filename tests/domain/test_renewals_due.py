"""Which renewals there are: one definition, by tables of contracts; what is open-ended has no date."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from cs_workbench.domain.months import term_end
from cs_workbench.domain.renewal import Term, renewal
from cs_workbench.domain.renewals_due import dues
from cs_workbench.domain.signal_facts import ContractFact, Customer

TODAY = dt.date(2026, 11, 24)


def day(text: str | None) -> dt.date | None:
    return None if text is None else dt.date.fromisoformat(text)


def customer(number: int = 1, *, gone: bool = False) -> Customer:
    return Customer(number, f"N{number}", "A", None, None, gone, None, "none", 30, None)


def contract(number: int, end: str | None = "2026-12-31", account: int = 1, **more: object) -> ContractFact:
    term = Term(end_on=day(end), **more)  # type: ignore[arg-type]
    return ContractFact(number, account, "", Decimal(1), "JPY", term)


@pytest.mark.parametrize(
    ("term", "deadline", "passed"),
    [
        ({}, "2026-12-31", False),
        ({"notice_days": 14}, "2026-12-17", False),
        ({"notice_months": 3}, "2026-12-31", True),
        ({"notice_months": 3, "auto_renew": False}, "2026-12-31", True),
        ({"notice_days": 37, "auto_renew": True}, "2026-11-24", False),
    ],
)
def test_the_deadline_of_one(term: dict[str, object], deadline: str, passed: bool) -> None:
    (one,) = dues([contract(1, **term)], {1: customer()}, TODAY)  # type: ignore[arg-type]
    assert (one.deadline, one.passed, one.term_end) == (day(deadline), passed, dt.date(2026, 12, 31))


@pytest.mark.parametrize(
    ("contracts", "gone"),
    [
        ([contract(1, notice_months=3, auto_renew=True)], False),
        ([contract(1, end=None)], False),
        ([contract(1, is_trial=True)], False),
        ([contract(1, end="2026-11-23")], False),
        ([contract(1, account=7)], False),
        ([contract(1)], True),
        ([], False),
    ],
)
def test_what_is_no_renewal(contracts: list[ContractFact], gone: bool) -> None:
    assert dues(contracts, {1: customer(gone=gone)}, TODAY) == []


def test_contracts_of_one_day_renew_together_by_the_earliest_notice() -> None:
    parts = [contract(1, notice_days=10), contract(2, notice_days=20), contract(3, end="2027-01-31")]
    first, second = dues(parts, {1: customer()}, TODAY)
    assert ([one.id for one in first.parts], first.deadline) == ([1, 2], dt.date(2026, 12, 11))
    assert [one.id for one in second.parts] == [3]


@pytest.mark.parametrize(
    ("start", "end", "months", "billing", "auto", "expected"),
    [
        ("2026-01-23", None, None, "monthly", False, None),
        ("2026-01-23", None, None, "monthly", 0, None),
        ("2026-01-23", None, None, "monthly", None, "2026-12-22"),
        ("2026-01-23", None, None, "monthly", True, "2026-12-22"),
        ("2026-04-01", None, 12, "monthly", False, "2027-03-31"),
        ("2024-04-01", None, 12, "monthly", False, None),
        (None, None, 12, None, False, None),
        ("2026-04-01", "2027-03-31", None, None, False, "2027-03-31"),
    ],
)
def test_without_an_end_and_without_renewal_there_is_no_date_to_invent(
    start: str | None,
    end: str | None,
    months: int | None,
    billing: str | None,
    auto: object,
    expected: str | None,
) -> None:
    assert term_end(day(start), day(end), months, billing, auto_renew=auto, as_of=TODAY) == day(expected)


def test_an_open_ended_contract_names_the_missing_end() -> None:
    found = renewal(Term(start_on=dt.date(2026, 1, 23), billing="monthly", auto_renew=False), TODAY)
    assert (found.renews_on, found.deadline, found.gaps) == (None, None, ("end_date",))

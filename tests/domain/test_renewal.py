"""Month arithmetic, next ends, notice dates and the earliest renewal, by tables of dates."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cs_workbench.domain.months import add_months, next_end, notice_by, period_months, whole_months
from cs_workbench.domain.renewal import Term, earliest, renewal, runs_at


def day(text: str) -> dt.date:
    """An ISO date."""
    return dt.date.fromisoformat(text)


def maybe(text: str | None) -> dt.date | None:
    """An ISO date or None."""
    return None if text is None else day(text)


TODAY = day("2026-11-24")


@pytest.mark.parametrize(
    ("start", "months", "expected"),
    [
        ("2027-03-31", -3, "2026-12-31"), ("2027-03-31", -1, "2027-02-28"), ("2027-02-28", -1, "2027-01-31"),
        ("2028-02-29", 12, "2029-02-28"), ("2027-02-28", 12, "2028-02-29"), ("2027-01-30", 1, "2027-02-28"),
        ("2027-01-15", 1, "2027-02-15"), ("2026-12-15", 1, "2027-01-15"), ("2027-01-15", -1, "2026-12-15"),
        ("2026-11-24", 0, "2026-11-24"), ("2026-06-30", 1, "2026-07-31"), ("2024-01-31", 1, "2024-02-29"),
        ("2100-01-31", 1, "2100-02-28"), ("2000-01-31", 1, "2000-02-29"),
    ],
)  # fmt: skip
def test_adding_months_keeps_month_ends(start: str, months: int, expected: str) -> None:
    assert add_months(day(start), months) == day(expected)


@given(st.dates(dt.date(1950, 1, 1), dt.date(2150, 1, 1)), st.integers(-300, 300))
def test_adding_months_lands_in_the_right_month(start: dt.date, months: int) -> None:
    moved = add_months(start, months)
    assert (moved.year - start.year) * 12 + moved.month - start.month == months
    assert moved.day <= start.day or (start + dt.timedelta(days=1)).day == 1


@pytest.mark.parametrize(
    ("start", "end", "months"),
    [
        ("2026-01-15", "2026-02-14", 0), ("2026-01-15", "2026-02-15", 1), ("2026-01-31", "2026-02-28", 1),
        ("2025-11-24", "2026-11-24", 12), ("2026-11-24", "2026-11-23", -1), ("2026-11-24", "2026-11-24", 0),
    ],
)  # fmt: skip
def test_whole_months(start: str, end: str, months: int) -> None:
    assert whole_months(day(start), day(end)) == months


@pytest.mark.parametrize(
    ("term", "billing", "start", "end", "period"),
    [
        (12, "monthly", None, "2026-03-31", 12),
        (None, None, "2025-04-01", "2026-03-31", 12),
        (None, "monthly", "2025-04-01", "2026-03-31", 12),
        (None, None, "2026-01-01", "2026-03-31", 3),
        (None, "annual", "2026-01-01", None, 12),
        (None, "monthly", "2026-01-01", None, 1),
        (None, None, "2026-01-01", None, None),
        (None, None, None, "2026-03-31", None),
        (None, None, "2026-03-20", "2026-03-31", None),
        (0, None, "2025-04-01", "2026-03-31", 12),
        (None, "when the moon is full", "2026-01-01", None, None),
    ],
)
def test_the_period_is_what_is_recorded_and_never_invented(
    term: int | None, billing: str | None, start: str | None, end: str | None, period: int | None
) -> None:
    assert period_months(term, billing, maybe(start), maybe(end)) == period


@pytest.mark.parametrize(
    ("start", "end", "period", "expected"),
    [
        ("2026-04-01", "2027-03-31", 12, "2027-03-31"),
        ("2025-11-25", "2026-11-24", 12, "2026-11-24"),
        ("2024-04-01", "2025-03-31", 12, "2027-03-31"),
        ("2025-11-24", "2026-11-23", 12, "2027-11-23"),
        ("2026-09-01", "2026-09-30", 1, "2026-11-30"),
        ("2025-01-31", "2026-01-30", 1, "2026-11-30"),
        ("2024-06-11", None, 1, "2026-12-10"),
        ("2024-06-11", None, 12, "2027-06-10"),
        ("2026-11-24", None, 12, "2027-11-23"),
        ("2026-11-25", None, 1, "2026-12-24"),
        ("2024-06-11", None, None, None),
        (None, None, 12, None),
        (None, "2025-03-31", None, None),
    ],
)
def test_the_next_end_is_counted_on_from_the_term(
    start: str | None, end: str | None, period: int | None, expected: str | None
) -> None:
    assert next_end(maybe(start), maybe(end), period, TODAY) == maybe(expected)


@given(
    st.dates(dt.date(2000, 1, 1), dt.date(2026, 11, 24)),
    st.integers(1, 60),
    st.dates(dt.date(2000, 1, 1), dt.date(2040, 1, 1)),
)
def test_the_next_end_is_the_first_one_not_passed(start: dt.date, period: int, as_of: dt.date) -> None:
    end = next_end(start, None, period, as_of)
    assert end is not None
    assert end >= as_of or start > as_of
    anchor = start - dt.timedelta(days=1)
    earlier = [add_months(anchor, n * period) for n in range(1, 500) if add_months(anchor, n * period) < end]
    assert all(one < as_of for one in earlier)


@pytest.mark.parametrize(
    ("end", "months", "days", "expected"),
    [
        ("2027-03-31", 3, None, "2026-12-31"),
        ("2027-03-31", 1, None, "2027-02-28"),
        ("2027-03-30", 1, None, "2027-02-28"),
        ("2027-03-31", None, 90, "2026-12-31"),
        ("2027-03-31", 1, 90, "2026-12-31"),
        ("2027-03-31", 3, 30, "2026-12-31"),
        ("2027-03-31", 0, None, "2027-03-31"),
        ("2027-03-31", None, None, None),
    ],
)
def test_notice_dates(end: str, months: int | None, days: int | None, expected: str | None) -> None:
    assert notice_by(day(end), months, days) == maybe(expected)


@pytest.mark.parametrize(
    ("term", "runs"),
    [
        (Term(), True),
        (Term(start_on=day("2026-11-24")), True),
        (Term(start_on=day("2026-11-25")), False),
        (Term(end_on=day("2026-11-24")), True),
        (Term(end_on=day("2026-11-23")), False),
        (Term(end_on=day("2026-11-23"), auto_renew=False), False),
        (Term(end_on=day("2026-11-23"), auto_renew=True), True),
        (Term(end_on=day("2026-11-23"), auto_renew=True, status="churned"), False),
        (Term(end_on=day("2026-12-31"), status="churned"), True),
        (Term(status="ended"), False),
        (Term(status="draft"), False),
        (Term(end_on=day("2027-12-31"), auto_renew=True, status="draft"), False),
        (Term(status="trial", is_trial=True), True),
    ],
)
def test_which_contracts_run(term: Term, runs: bool) -> None:
    assert runs_at(term, TODAY) is runs


def test_the_deadline_is_the_notice_date_and_may_have_passed() -> None:
    found = renewal(Term(end_on=day("2027-03-31"), notice_months=3), TODAY)
    assert (found.renews_on, found.notice_on, found.deadline, found.days_left) == (
        day("2027-03-31"), day("2026-12-31"), day("2026-12-31"), 37,
    )  # fmt: skip
    late = renewal(Term(end_on=day("2026-12-31"), notice_months=3), TODAY)
    assert (late.notice_on, late.days_left) == (day("2026-09-30"), -55)


def test_what_is_not_recorded_is_named() -> None:
    assert renewal(Term(start_on=day("2026-01-01")), TODAY).gaps == ("end_date",)
    found = renewal(Term(end_on=day("2027-03-31")), TODAY)
    assert (found.notice_on, found.deadline, found.gaps) == (None, day("2027-03-31"), ("notice_period",))


def test_a_counted_on_end_is_marked() -> None:
    term = Term(day("2024-04-01"), day("2025-03-31"), auto_renew=True, notice_months=2)
    found = renewal(term, TODAY)
    assert (found.renews_on, found.notice_on, found.rolled) == (day("2027-03-31"), day("2027-01-31"), True)


def test_the_earliest_paid_running_contract_decides() -> None:
    late, soon = Term(end_on=day("2027-06-30")), Term(end_on=day("2027-01-31"), notice_months=1)
    trial = Term(end_on=day("2026-12-01"), is_trial=True)
    over = Term(end_on=day("2026-11-01"))
    found = earliest([late, trial, over, soon], TODAY)
    assert found is not None
    assert found.renews_on == day("2027-01-31")
    assert earliest([trial, over], TODAY) is None
    unknown = earliest([Term()], TODAY)
    assert unknown is not None
    assert unknown.gaps == ("end_date",)


@pytest.mark.parametrize("status", ["active", "trial", "ended", "churned", "draft"])
def test_what_is_over_does_not_renew_by_itself(status: str) -> None:
    alive = status in {"active", "trial"}
    assert Term(end_on=day("2027-03-31"), auto_renew=True, status=status).renews is alive
    assert not Term(end_on=day("2027-03-31"), status=status).renews

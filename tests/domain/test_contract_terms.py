"""What a customer pays by contract, year by year: nothing without one, each at its price, assumed beyond its end."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cs_workbench.domain.contract_terms import (
    Stretch,
    Term,
    amounts,
    chains,
    gaps,
    shares,
    stretches,
    years_of,
)

D = Decimal
WORTH = {"": D(1)}


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def term(
    number: int, first: str, last: str, yearly: int | None = 365, *, kind: str = "", on: bool = False
) -> Term:
    return Term(
        number, day(first) if first else None, day(last) if last else None,
        None if yearly is None else D(yearly), kind=kind, runs_on=on,
    )  # fmt: skip


OLD = term(1, "2024-07-02", "2025-07-01", 36_500)
NEW = term(2, "2025-07-02", "2026-07-01", 73_000, on=True)
START, END = day("2025-01-01"), day("2028-01-01")


def paid(*chain: Term) -> list[Decimal]:
    return amounts(stretches(chain, START, END), years_of(START, 3), WORTH)


def test_each_contract_costs_its_own_price() -> None:
    first, second, third = paid(OLD, NEW)
    assert first == D(36_500) * 182 / 365 + D(73_000) * 183 / 365
    assert second == third == 73_000


def test_a_cheaper_renewal_leaves_the_past_as_it_was() -> None:
    cheaper = term(2, "2025-07-02", "2026-07-01", 365, on=True)
    assert paid(OLD, cheaper)[0] == D(36_500) * 182 / 365 + 183
    assert paid(OLD, cheaper)[0] > paid(cheaper)[0] + 18_000


def test_days_beyond_the_end_are_assumed_and_said_so() -> None:
    last = stretches((OLD, NEW), START, END)[-1]
    assert last == Stretch(NEW, day("2026-07-02"), END, assumed=True)


def test_a_contract_that_is_over_costs_nothing_afterwards() -> None:
    over = term(2, "2025-07-02", "2026-07-01", 73_000)
    assert paid(OLD, over)[2] == 0
    assert gaps(stretches((OLD, over), START, END), START, END) == ((day("2026-07-02"), day("2027-12-31")),)


def test_days_without_a_contract_are_told_and_their_share_taken_off() -> None:
    late = term(2, "2025-07-02", "", 73_000)
    missing = gaps(stretches((late,), START, END), START, END)
    assert missing == ((START, day("2025-07-01")),)
    assert shares(missing, years_of(START, 3)) == (D(183) / 365, D(1), D(1))
    assert paid(late)[0] == D(73_000) * 183 / 365


def test_only_the_days_before_a_day_count() -> None:
    missing = ((START, day("2025-07-01")),)
    assert shares(missing, years_of(START, 3), day("2026-01-11")) == (D(183) / 365, D(10) / 365, D(0))
    assert shares(missing, years_of(START, 3), day("2025-03-01"))[0] == 0


def test_contracts_that_overlap_are_both_paid() -> None:
    one, other = term(1, "2025-01-01", "2025-12-31", 100), term(2, "2025-01-01", "2027-12-31", 10)
    assert paid(one, other) == [110, 10, 10]


@pytest.mark.parametrize(
    ("terms", "expected"),
    [
        ((OLD, NEW), {2: (1, 2)}),
        ((NEW, term(3, "2026-07-02", "2027-07-01")), {2: (2, 3)}),  # a renewal signed early
        ((NEW, term(3, "2025-09-01", "2026-03-01")), {2: (2,)}),  # an add-on beside it is no predecessor
        ((NEW, term(3, "2024-01-01", "")), {2: (2,)}),
        ((NEW, term(3, "", "2025-01-01")), {2: (3, 2)}),
    ],
)
def test_what_stands_before_or_after_belongs_to_the_contract(
    terms: tuple[Term, ...], expected: dict[int, tuple[int, ...]]
) -> None:
    assert {key: tuple(one.id for one in found) for key, found in chains([2], terms).items()} == expected


def test_a_predecessor_goes_to_the_same_product_then_to_the_nearest() -> None:
    team, lab = term(1, "2026-01-01", "", kind="team"), term(2, "2026-02-01", "", kind="lab")
    old = term(3, "2025-01-01", "2025-12-31", kind="lab")
    found = chains([1, 2], (team, lab, old))
    assert [one.id for one in found[2]] == [3, 2]
    nearest = chains([1, 2], (team, lab, term(3, "2025-01-01", "2025-12-31", kind="x")))
    assert [one.id for one in nearest[1]] == [3, 1]
    assert chains([9], (team,)) == {}


def test_leap_days_are_no_stumbling_block() -> None:
    assert years_of(day("2024-02-29"), 2) == (day("2024-02-29"), day("2025-02-28"), day("2026-02-28"))


@given(st.integers(-400, 1500), st.integers(1, 1500), st.booleans())
def test_covered_days_and_gaps_are_the_whole_time(offset: int, length: int, on: bool) -> None:
    first = START + dt.timedelta(days=offset)
    one = Term(1, first, first + dt.timedelta(days=length - 1), D(365), runs_on=on)
    found = stretches((one,), START, END)
    covered = sum((each.end - each.first).days for each in found)
    missing = sum((last - begin).days + 1 for begin, last in gaps(found, START, END))
    assert covered + missing == (END - START).days
    total = sum(amounts(found, years_of(START, 3), WORTH), D(0))
    assert abs(total - covered) < D("0.000001")

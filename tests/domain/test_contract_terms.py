"""What a customer pays by contract, year by year: nothing without one, each at its price, assumed beyond its end."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from cs_workbench.domain.contract_terms import (
    Place,
    Stretch,
    Term,
    amounts,
    arranged,
    gaps,
    shares,
    stretches,
    with_tail,
    years_of,
)

D = Decimal
WORTH = {"": D(1)}


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def term(
    number: int, first: str, last: str, yearly: int | None = 365, *, plan: str = "", on: bool = False,
    currency: str = "",
) -> Term:  # fmt: skip
    return Term(
        number, day(first) if first else None, day(last) if last else None,
        None if yearly is None else D(yearly), plan=plan, runs_on=on, currency=currency,
    )  # fmt: skip


OLD = term(1, "2024-07-02", "2025-07-01", 36_500)
NEW = term(2, "2025-07-02", "2026-07-01", 73_000, on=True)
START, END = day("2025-01-01"), day("2028-01-01")


def run(*terms: Term, follow: int = 2) -> tuple[Stretch, ...]:
    return stretches(arranged([follow], terms).get(follow, ()), START, END)


def paid(*terms: Term) -> list[Decimal]:
    return amounts(run(*terms, follow=terms[-1].id), years_of(START, 3), WORTH)


def test_each_contract_costs_its_own_price() -> None:
    first, second, third = paid(OLD, NEW)
    assert first == D(36_500) * 182 / 365 + D(73_000) * 183 / 365
    assert second == third == 73_000


def test_a_cheaper_renewal_leaves_the_past_as_it_was() -> None:
    cheaper = term(2, "2025-07-02", "2026-07-01", 365, on=True)
    assert paid(OLD, cheaper)[0] == D(36_500) * 182 / 365 + 183
    assert paid(OLD, cheaper)[0] > paid(cheaper)[0] + 18_000


def test_days_beyond_the_end_are_assumed_and_said_so() -> None:
    last = run(OLD, NEW)[-1]
    assert last == Stretch(NEW, day("2026-07-02"), END, assumed=True)


def test_a_contract_that_is_over_costs_nothing_afterwards() -> None:
    over = term(2, "2025-07-02", "2026-07-01", 73_000)
    assert paid(OLD, over)[2] == 0
    assert gaps(run(OLD, over), START, END) == ((day("2026-07-02"), day("2027-12-31")),)


def test_days_without_a_contract_are_told_and_their_share_taken_off() -> None:
    late = term(2, "2025-07-02", "", 73_000)
    missing = gaps(run(late), START, END)
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
        ((OLD, NEW), (1, 2)),
        ((NEW, term(3, "2026-07-02", "2027-07-01")), (2, 3)),  # a renewal signed early
        ((NEW, term(3, "2025-09-01", "2026-03-01")), (2, 3)),  # an addition beside it
        ((NEW, term(3, "2024-01-01", "")), (3, 2)),
        ((NEW, term(3, "", "2025-01-01")), (3, 2)),
        ((NEW, term(3, "2026-01-01", "2025-01-01")), (2, 3)),  # ends before it begins
    ],
)
def test_every_contract_of_the_account_has_its_place(
    terms: tuple[Term, ...], expected: tuple[int, ...]
) -> None:
    assert tuple(one.term.id for one in arranged([2], terms)[2]) == expected


def test_a_predecessor_goes_to_the_same_product_then_to_the_nearest() -> None:
    team, lab = term(1, "2026-01-01", "", plan="team"), term(2, "2026-02-01", "", plan="lab")
    old = term(3, "2025-01-01", "2025-12-31", plan="lab")
    found = arranged([1, 2], (team, lab, old))
    assert [one.term.id for one in found[2]] == [3, 2]
    nearest = arranged([1, 2], (team, lab, term(3, "2025-01-01", "2025-12-31", plan="x")))
    assert [one.term.id for one in nearest[1]] == [3, 1]
    assert arranged([9], (team,)) == {}


@pytest.mark.parametrize("last", ["2025-07-01", "2025-07-02", "2025-08-01", "2026-03-31", ""])
def test_a_renewal_takes_over_on_its_first_day_whatever_end_the_earlier_one_has(last: str) -> None:
    assert paid(term(1, "2024-07-02", last, 36_500), NEW) == paid(OLD, NEW)
    cut = run(term(1, "2024-07-02", last, 36_500), NEW)[0]
    assert cut.end == NEW.starts_on
    assert cut.follower == (None if last == "2025-07-01" else NEW)


@pytest.mark.parametrize(("last", "days"), [("2025-07-02", 181), ("2025-07-31", 181), ("2025-08-02", 214)])
def test_another_plan_is_handed_over_within_a_month_and_runs_beside_it_beyond(last: str, days: int) -> None:
    """From 1 Jul: 31 days of overlap are paid once; more of them are two contracts."""
    later = term(2, "2025-07-01", "2027-12-31", 365, plan="Enterprise", on=True)
    first, *_rest = paid(term(1, "2024-07-01", last, 365, plan="Standard"), later)
    assert first == days + 184


def test_a_cheaper_contract_on_top_of_one_is_an_addition() -> None:
    base = term(1, "2025-01-01", "2025-12-31", 73_000, on=True)
    more = term(2, "2025-07-02", "2025-12-31", 3650, on=True)
    assert paid(more, base) == [73_000 + 3650 * D(183) / 365, 76_650, 76_650]
    assert [(one.term.id, one.beside) for one in run(base, more)] == [
        (1, None), (1, None), (2, base), (2, None),
    ]  # fmt: skip


def test_a_signed_upgrade_beats_the_renewal_that_would_be_assumed() -> None:
    upgrade = term(3, "2026-03-01", "2027-02-28", 146_000, on=True)
    found = run(OLD, NEW, upgrade)
    assert [(one.term.id, one.end, one.assumed) for one in found] == [
        (1, day("2025-07-02"), False), (2, day("2026-03-01"), False),
        (3, day("2027-03-01"), False), (3, END, True),
    ]  # fmt: skip
    assert found[1].follower == upgrade


def test_an_addition_of_another_plan_is_paid_beside_the_contract() -> None:
    extra = term(3, "2025-11-22", "2026-03-30", 3650, plan="Analytics")
    assert sum(paid(extra, NEW)) - sum(paid(NEW)) == D(10) * 129


def test_contracts_that_costs_follow_each_are_both_meant() -> None:
    other = term(3, "2026-01-01", "2026-12-31", 80_000)
    found = arranged([2, 3], (NEW, other))
    assert [one.follower for places in found.values() for one in places] == [None, None]


def test_nothing_is_left_out_unsaid() -> None:
    gone = term(3, "2025-08-01", "2025-09-30", 100)
    reversed_ = term(4, "2026-01-01", "2025-01-01", 100)
    dearer = term(5, "2025-08-01", "2025-12-31", 80_000)
    assert {one.term.id for one in run(NEW, gone, reversed_, dearer)} == {2, 3, 4, 5}
    assert run(NEW, reversed_)[-1].first == run(NEW, reversed_)[-1].end
    free = term(6, "2025-09-01", "2026-12-31", 0)
    assert paid(free, NEW)[1] == 73_000


def test_a_contract_that_is_over_without_any_day_is_told_and_not_paid() -> None:
    over = run(NEW, term(3, "", "", 100))
    assert [(one.term.id, one.first == one.end) for one in over] == [(3, True), (2, False), (2, False)]
    assert paid(term(3, "", "", 100)) == [100, 100, 100]  # followed: it is meant


def test_an_end_that_stands_for_never_is_none() -> None:
    assert paid(term(2, "2025-01-01", "9999-12-31", 10)) == [10, 10, 10]


def test_leap_days_are_no_stumbling_block() -> None:
    assert years_of(day("2024-02-29"), 2) == (day("2024-02-29"), day("2025-02-28"), day("2026-02-28"))


@given(st.integers(-400, 1500), st.integers(1, 1500), st.booleans())
def test_covered_days_and_gaps_are_the_whole_time(offset: int, length: int, on: bool) -> None:
    first = START + dt.timedelta(days=offset)
    one = Term(1, first, first + dt.timedelta(days=length - 1), D(365), runs_on=on)
    found = run(one, follow=1)
    covered = sum((each.end - each.first).days for each in found)
    missing = sum((last - begin).days + 1 for begin, last in gaps(found, START, END))
    assert covered + missing == (END - START).days
    total = sum(amounts(found, years_of(START, 3), WORTH), D(0))
    assert abs(total - covered) < D("0.000001")


PLANS = st.sampled_from(["", "Standard", "Enterprise"])


@st.composite
def accounts(draw: st.DrawFn) -> list[Term]:
    """The contracts of an account: they may overlap, contain each other, begin on one day."""
    terms = []
    for number in range(1, draw(st.integers(1, 6)) + 1):
        first = START + dt.timedelta(days=draw(st.integers(-500, 1200)))
        last = first + dt.timedelta(days=draw(st.integers(0, 800)))
        price = D(365) * draw(st.integers(0, 9))
        plan = draw(PLANS)
        terms.append(Term(number, first, last, price, plan=plan, runs_on=draw(st.booleans())))
    return terms


def by_day(found: tuple[Stretch, ...]) -> dict[int, Decimal]:
    """What each day costs."""
    cost = dict.fromkeys(range((END - START).days), D(0))
    for one in found:
        for number in range((one.first - START).days, (one.end - START).days):
            cost[number] += (one.term.yearly or D(0)) / 365
    return cost


@given(accounts())
def test_every_day_under_a_paid_contract_costs_something(terms: list[Term]) -> None:
    cost = by_day(run(*terms, follow=1))
    for number, amount in cost.items():
        on = START + dt.timedelta(days=number)
        if any(one.yearly and one.begin <= on < one.stop for one in terms):
            assert amount > 0, on


@given(accounts())
def test_a_day_costs_the_sum_of_the_contracts_in_force(terms: list[Term]) -> None:
    places = arranged([1], terms)[1]
    assert sorted(one.term.id for one in places) == [one.id for one in terms]
    cost = by_day(tuple(one for one in stretches(places, START, END) if not one.assumed))
    for number, amount in cost.items():
        on = START + dt.timedelta(days=number)
        force = [one.term for one in places if any(first <= on < stop for first, stop in one.days)]
        assert all(one.begin <= on < one.stop for one in force)
        assert amount == sum(((one.yearly or D(0)) / 365 for one in force), D(0))


@given(accounts(), st.randoms(use_true_random=False))
def test_the_order_of_the_rows_changes_nothing(terms: list[Term], chance: random.Random) -> None:
    mixed = terms.copy()
    chance.shuffle(mixed)
    assert arranged([1], mixed) == arranged([1], terms)


@given(accounts(), st.integers(0, 5), st.sampled_from([-1, 1]))
def test_an_end_a_day_off_costs_a_day_at_most(terms: list[Term], which: int, by: int) -> None:
    """As long as it stays what it is: an addition, a handover, a renewal."""
    one = terms[which % len(terms)]
    assert one.ends_on is not None
    other = replace(one, ends_on=one.ends_on + dt.timedelta(days=by))
    assume(other.stop > other.begin)
    moved = [other if each is one else each for each in terms]
    before, after = arranged([1], terms)[1], arranged([1], moved)[1]
    assume([said(each) for each in before] == [said(each) for each in after])
    old, new = (by_day(stretches(places, START, END)) for places in (before, after))
    most = max(*old.values(), *new.values())
    assert abs(sum(old.values()) - sum(new.values())) <= most


def said(place: Place) -> tuple[object, ...]:
    ids = [one.id if one is not None else None for one in (place.term, place.follower, place.beside)]
    return (*ids, place.assumed)


def test_one_that_is_over_without_a_last_day_counts_until_the_day_that_is_known() -> None:
    over = replace(term(2, "2025-07-02", "", 73_000), over=day("2026-09-30"))
    (only,) = run(OLD, over)[1:]
    assert (only.first, only.end, only.follower) == (day("2025-07-02"), day("2026-10-01"), None)
    assert gaps(run(OLD, over), START, END) == ((day("2026-10-01"), day("2027-12-31")),)
    later = replace(over, over=day("2025-06-30"))
    assert [one for one in run(OLD, later) if one.term is later] == []


def test_it_ends_where_the_next_begins_whatever_day_is_known() -> None:
    over = replace(term(1, "2024-07-02", "", 36_500), over=day("2025-03-01"))
    first, second, _assumed = run(over, NEW)
    assert (first.end, first.follower, second.first) == (NEW.begin, NEW, NEW.begin)


@pytest.mark.parametrize("last", ["2027-06-30", ""])
def test_what_never_ran_is_no_term_whoever_follows_it(last: str) -> None:
    offer = replace(term(3, "2026-01-01", last, 900_000), void=True)
    assert run(OLD, NEW, offer) == run(OLD, NEW)
    assert stretches(arranged([3], [offer])[3], START, END) == ()
    places = arranged([2, 3], [OLD, NEW, offer])
    assert [one.term.id for one in places[2]] == [1, 2]
    assert [one.term.id for one in arranged([3], [OLD, NEW, offer])[3]] == [1, 2, 3]


@pytest.mark.parametrize(
    ("missing", "first", "expected"),
    [
        ([], "2026-10-01", [("2026-10-01", "2027-12-31")]),
        ([("2025-01-01", "2025-02-01")], "2026-10-01",
         [("2025-01-01", "2025-02-01"), ("2026-10-01", "2027-12-31")]),
        ([("2026-05-01", "2026-09-30")], "2026-10-01", [("2026-05-01", "2027-12-31")]),
        ([("2027-01-01", "2027-12-31")], "2026-10-01", [("2026-10-01", "2027-12-31")]),
        ([("2026-01-01", "2027-12-31")], "2026-10-01", [("2026-01-01", "2027-12-31")]),
        ([("2025-01-01", "2025-02-01")], "2028-01-01", [("2025-01-01", "2025-02-01")]),
    ],
)  # fmt: skip
def test_days_after_somebody_left_join_those_without_a_contract(
    missing: list[tuple[str, str]], first: str, expected: list[tuple[str, str]]
) -> None:
    found = with_tail(
        [(day(one), day(other)) for one, other in missing], day(first), END - dt.timedelta(days=1)
    )
    assert found == tuple((day(one), day(other)) for one, other in expected)


@given(accounts(), st.integers(0, 1500))
def test_days_after_a_day_are_gaps_as_well_and_no_other_day_changes(terms: list[Term], at: int) -> None:
    first, last = START + dt.timedelta(days=at), END - dt.timedelta(days=1)
    before = gaps(run(*terms, follow=1), START, END)
    after = with_tail(before, first, last)
    days = [START + dt.timedelta(days=number) for number in range((END - START).days)]
    gone = {on for on in days if any(begin <= on <= end for begin, end in before)}
    assert {on for on in days if any(begin <= on <= end for begin, end in after)} == gone | {
        on for on in days if on >= first
    }


@given(accounts(), st.data())
def test_what_never_ran_changes_nothing_wherever_it_lies(terms: list[Term], data: st.DataObject) -> None:
    offers = data.draw(accounts())
    void = [replace(one, id=one.id + 100, void=True) for one in offers]
    assert stretches(arranged([1], [*terms, *void])[1], START, END) == run(*terms, follow=1)


@given(accounts(), st.integers(-300, 1200))
def test_no_day_after_the_known_one_is_paid_without_a_follower(terms: list[Term], at: int) -> None:
    day_ = START + dt.timedelta(days=at)
    over = [replace(one, ends_on=None, runs_on=False, over=day_) for one in terms[:1]]
    (place,) = (one for one in arranged([1], [*over, *terms[1:]])[1] if one.term.id == 1)
    followed = any(one.begin > over[0].begin for one in terms[1:])
    assert followed or all(
        stop <= max(day_ + dt.timedelta(days=1), over[0].begin) for _first, stop in place.days
    )

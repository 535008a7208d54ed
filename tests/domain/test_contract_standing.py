"""Orders cancelled beside the one that runs, and add-ons that ended long ago: never a second price."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cs_workbench.domain.contract_standing import Known, settled
from cs_workbench.domain.contract_terms import Stretch, Term, arranged, stretches

D = Decimal
START, END = dt.date(2025, 1, 1), dt.date(2028, 1, 1)
TODAY = dt.date(2026, 6, 1)


def day(text: str) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def alive(number: int, first: str, last: str, yearly: int = 365, **more: object) -> Known:
    values: dict[str, object] = {"runs_on": True, **more}
    return Known(Term(number, day(first), day(last), D(yearly), **values))  # type: ignore[arg-type]


def dead(
    number: int, first: str, last: str, off: str = "2026-06-01", *, ran: bool = False, cancelled: bool = True,
    **more: object,
) -> Known:  # fmt: skip
    values: dict[str, object] = {"dead": True, **more}
    made = Term(number, day(first), day(last), D(365), **values)  # type: ignore[arg-type]
    return Known(made, day(off), ran, cancelled)


MAIN = alive(1, "2026-01-01", "2026-12-31", plan="Team")


def run(*known: Known, on: dt.date = TODAY) -> tuple[Stretch, ...]:
    return stretches(arranged([1], settled(known, on))[1], START, END)


@pytest.mark.parametrize(
    ("other", "void"),
    [
        (dead(2, "2026-01-01", "2026-12-31"), True),
        (dead(2, "2026-03-01", "2027-02-28", plan="Team"), True),
        (dead(2, "2026-03-01", ""), True),
        (dead(2, "2026-03-01", "2027-02-28", cancelled=False), True),  # "ended" long before its end
        (dead(2, "2026-03-01", "2027-02-28", ran=True), False),  # it is on record that it was active
        (dead(2, "2025-03-01", "2026-02-28", plan="Team"), False),  # it ran before
        (dead(2, "2025-12-31", "2026-12-30"), False),
        (dead(2, "2026-12-15", "2027-12-14", off="2027-02-01"), False),  # a handover
        (dead(2, "2026-03-01", "2026-04-30", cancelled=False), False),  # it ran out beside it
        (dead(2, "2026-03-01", "2026-04-30"), True),  # cancelled, of no product
        (dead(2, "2026-03-01", "2026-04-30", plan="Lab"), False),  # another product, to its end
        (dead(2, "2026-03-01", "2027-04-30", plan="Lab"), True),
        (dead(2, "", "2026-12-31"), False),
        (dead(2, "2026-03-01", "2026-02-01"), False),
    ],
)
def test_what_the_running_contract_covers_never_ran(other: Known, void: bool) -> None:
    assert [one.void for one in settled([MAIN, other], TODAY)] == [False, void]
    assert [one.void for one in settled([other, MAIN], TODAY)] == [void, False]
    assert not any(one.void for one in settled([other], TODAY))
    if void:
        assert run(MAIN, other) == run(MAIN)


def test_neither_a_draft_nor_another_doubtful_one_covers_anything() -> None:
    order = dead(2, "2026-01-01", "2026-12-31")
    draft = replace(MAIN, term=replace(MAIN.term, void=True))
    assert not settled([draft, order], TODAY)[1].void
    assert not any(one.void for one in settled([order, dead(3, "2026-01-01", "2026-12-31")], TODAY))


def test_a_cancelled_order_of_a_year_that_is_over() -> None:
    ended = dead(1, "2025-01-01", "2025-12-31", cancelled=False)
    assert [one.void for one in settled([ended, dead(2, "2025-01-01", "2025-12-31")], TODAY)] == [False, True]
    assert [one.void for one in settled([ended, dead(2, "2025-01-01", "2026-01-31")], TODAY)] == [
        False,
        False,
    ]


def test_it_never_takes_over_from_an_active_one() -> None:
    upgrade = dead(2, "2026-03-01", "2026-09-30", ran=True, plan="Team")
    assert [(one.term.id, one.end) for one in run(MAIN, upgrade) if not one.assumed] == [
        (1, dt.date(2027, 1, 1)), (2, dt.date(2026, 10, 1)),
    ]  # fmt: skip
    assert run(MAIN, upgrade)[1].assumed


@pytest.mark.parametrize(
    ("other", "lapsed"),
    [
        (alive(2, "2025-01-01", "2026-01-31", 90), True),
        (alive(2, "2025-01-01", "2026-05-31", 365), True),
        (alive(2, "2025-01-01", "2026-05-31", 900), False),  # the larger one is late with its renewal
        (alive(2, "2025-09-01", "2026-05-31", 700), True),  # the one that runs is more than half of it
        (alive(2, "2023-01-01", "2025-05-31", 900), True),  # ended a year ago
        (alive(2, "2025-01-01", "2026-05-31", 900, currency="EUR"), True),
        (alive(2, "2025-01-01", "2026-06-01", 90), False),  # its last day is today
        (alive(2, "2026-02-01", "2026-09-30", 90), False),
        (alive(2, "2026-02-01", "", 90), False),
    ],
)
def test_nothing_is_assumed_of_one_that_is_over_beside_one_that_goes_on(other: Known, lapsed: bool) -> None:
    assert [one.lapsed for one in settled([MAIN, other], TODAY)] == [False, lapsed]
    assert not settled([other], TODAY)[0].lapsed
    later = replace(other, term=replace(other.term, plan="Lab"))
    assert any(one.assumed and one.term.id == 2 for one in run(MAIN, later)) is (
        not lapsed and other.term.ends_on is not None
    )


@pytest.mark.parametrize(
    ("other", "until"),
    [
        (dead(2, "2025-12-31", "2026-12-30"), dt.date(2026, 1, 1)),  # a day before, at any price
        (dead(2, "2025-10-01", "2026-09-30", plan="Lab"), dt.date(2026, 1, 1)),
        (dead(2, "2025-10-01", "2027-09-30", ran=True), dt.date(2026, 1, 1)),
        (
            dead(2, "2025-10-01", "2026-03-31", cancelled=False, plan="Lab"),
            dt.date(2026, 4, 1),
        ),  # to its own end
    ],
)
def test_an_active_one_is_in_the_place_of_one_over_before_its_end(other: Known, until: dt.date) -> None:
    paid = [one for one in run(MAIN, other) if one.term.id == 2]
    assert [(one.first, one.end) for one in paid] == [(other.term.begin, until)]
    assert (paid[0].follower == settled([MAIN, other], TODAY)[0]) is (until < other.term.stop)


def test_one_that_has_not_begun_keeps_nothing_from_going_on() -> None:
    other = alive(2, "2025-01-01", "2026-01-31", 90)
    assert not settled([alive(1, "2026-09-01", "2027-08-31"), other], TODAY)[1].lapsed


@st.composite
def accounts(draw: st.DrawFn) -> list[Known]:
    found = []
    for number in range(1, draw(st.integers(2, 6)) + 1):
        first = START + dt.timedelta(days=draw(st.integers(-500, 1000)))
        term = Term(
            number, first, first + dt.timedelta(days=draw(st.integers(0, 800))), D(draw(st.integers(1, 9))),
            plan=draw(st.sampled_from(["", "Team", "Lab"])),
        )  # fmt: skip
        if draw(st.booleans()):
            found.append(
                Known(replace(term, dead=True), TODAY, ran=draw(st.booleans()), cancelled=draw(st.booleans()))
            )
        else:
            found.append(Known(replace(term, runs_on=True)))
    return found


@given(accounts())
def test_an_active_contract_is_never_void_and_every_paid_day_stays_paid(known: list[Known]) -> None:
    """What counts nothing lies beside what counts, or begins in it."""
    terms = settled(known, TODAY)
    for one, made in zip(known, terms, strict=True):
        assert not made.void or (one.doubted and any(
            each.begin <= made.begin < each.stop for each in terms if not each.void and each is not made
        ))  # fmt: skip
    found = [one for one in run_first(terms) if one.first < one.end]
    for each_term in terms:
        if each_term.runs_on and each_term.yearly:
            first, stop = max(each_term.begin, START), min(each_term.stop, END)
            assert first >= stop or any(each.first <= first < each.end for each in found)


@given(accounts())
def test_a_dead_contract_cuts_no_active_one(known: list[Known]) -> None:
    for one in run_first(settled(known, TODAY)):
        if one.follower is not None and one.follower.dead and not one.term.dead:
            assert (one.term.stop - one.end).days <= 31


def run_first(terms: tuple[Term, ...]) -> tuple[Stretch, ...]:
    return stretches(arranged([terms[0].id], terms)[terms[0].id], START, END)

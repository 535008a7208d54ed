"""Stakeholders: required roles, threads, reporting lines, who-leaves."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cs_workbench.domain import stakeholders as people
from cs_workbench.domain.stakeholders import Stakeholder

TODAY = dt.date(2026, 11, 24)
LATELY, LONG_AGO = TODAY - dt.timedelta(180), TODAY - dt.timedelta(181)
ISHII = Stakeholder(1, "Ishii", frozenset({"champion"}), 4, None, 2, LATELY)
SAEKI = Stakeholder(2, "Saeki", frozenset({"decision_maker"}), 5, None, None, LONG_AGO)
MORITA = Stakeholder(3, "Morita", frozenset({"champion", "user"}), 1, None, 1, None)
GONE = Stakeholder(4, "Abe", frozenset({"procurement"}), 3, None, 2, LATELY, left=True)
ALL = (ISHII, SAEKI, MORITA, GONE)


@pytest.mark.parametrize(
    ("role", "having", "met", "gap"),
    [
        ("champion", (1, 3), (1,), None),
        ("decision_maker", (2,), (), "role_not_met"),
        ("procurement", (), (), "role_missing"),
    ],
)
def test_coverage(role: str, having: tuple[int, ...], met: tuple[int, ...], gap: str | None) -> None:
    (found,) = people.coverage(ALL, (role,), TODAY)
    assert (found.people, found.met, found.gap) == (having, met, gap)


def test_contact_counts_for_180_days_and_not_ahead() -> None:
    assert people.met_lately(ISHII, TODAY)
    assert not people.met_lately(SAEKI, TODAY)
    assert not people.met_lately(ISHII, LATELY - dt.timedelta(1))
    assert people.threads(ALL, TODAY) == 1


def test_what_breaks_when_somebody_leaves() -> None:
    found = people.loss(ALL, 1, TODAY)
    assert found.roles == ()
    assert found.orphans == (3,)
    assert found.threads_left == 0
    assert found.score == pytest.approx(4 / 10)
    assert people.loss(ALL, 2, TODAY).roles == ("decision_maker",)
    with pytest.raises(KeyError):
        people.loss(ALL, 99, TODAY)


@pytest.mark.parametrize(
    ("lines", "person", "boss", "loops"),
    [
        ({1: 2, 2: 3, 3: None}, 3, 1, True),
        ({1: 2, 2: 3, 3: None}, 1, 3, False),
        ({1: None}, 1, 1, True),
        ({1: None}, 1, None, False),
        ({1: 2, 2: 1}, 3, 1, False),
    ],
)
def test_circles_are_seen(lines: dict[int, int | None], person: int, boss: int | None, loops: bool) -> None:
    assert people.would_loop(lines, person, boss) is loops


def test_a_boss_stands_over_the_middle() -> None:
    chief = Stakeholder(1, "a")
    staff = [Stakeholder(n, str(n), reports_to=1) for n in (2, 3, 4)]
    seats = {seat.person: seat for seat in people.tree([chief, *staff])}
    assert seats[1].at == seats[3].at
    assert [seats[n].level for n in (1, 2, 3, 4)] == [0, 1, 1, 1]


def test_a_long_line_and_a_circle_are_laid_out() -> None:
    line = [Stakeholder(n, f"{n:05}", reports_to=n - 1 or None) for n in range(1, 3001)]
    assert max(seat.level for seat in people.tree(line)) == 2999
    circle = [Stakeholder(1, "a", reports_to=2), Stakeholder(2, "b", reports_to=1)]
    assert [seat.level for seat in people.tree(circle)] == [0, 0]


@given(st.lists(st.integers(0, 12), min_size=1, max_size=12))
def test_everybody_gets_a_seat_of_their_own(bosses: list[int]) -> None:
    staff = [Stakeholder(n, str(n), reports_to=boss or None) for n, boss in enumerate(bosses, 1)]
    seats = people.tree(staff)
    assert {seat.person for seat in seats} == {one.id for one in staff}
    assert len({(seat.level, seat.at) for seat in seats}) == len(staff)

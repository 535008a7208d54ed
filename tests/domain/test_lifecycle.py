"""The lifecycle: criteria, what they propose, the use index, stays, the funnel."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cs_workbench.domain import lifecycle as rules
from cs_workbench.domain.lifecycle import WEIGHTS, Criterion, Facts, Move, StageRule

DAY = dt.date(2026, 3, 1)
ORDER = ("onboarding", "adoption", "grow", "renewal", "churned", "won_back")
RULES = (
    StageRule("onboarding", ("",), (Criterion("onboarding_running"),), (Criterion("onboarding_over"),), 90),
    StageRule("adoption", ("onboarding", "renewal"), (), (), 270),
    StageRule(
        "grow", ("adoption", "renewal"), (Criterion("used_at_least", 60), Criterion("score_at_least", 70))
    ),
    StageRule(
        "renewal",
        ("adoption", "grow"),
        (Criterion("renewal_within", 120),),
        (Criterion("renewal_beyond", 120),),
    ),
    StageRule(
        "churned", ("onboarding", "adoption", "grow", "renewal"), (Criterion("churned"),), outside=True
    ),
    StageRule("won_back", ("churned",), (Criterion("under_contract"),)),
)


@pytest.mark.parametrize(
    ("kind", "value", "facts", "holds", "found"),
    [
        ("first_value", None, Facts(None, first_value=True), True, None),
        ("onboarding_over", None, Facts(None, onboarding="running"), False, None),
        ("score_at_least", 70, Facts(None, score=70), True, 70),
        ("score_at_least", 70, Facts(None), False, None),
        ("score_below", 40, Facts(None, score=40), False, 40),
        ("score_below", 40, Facts(None, score=39.9), True, 39.9),
        ("score_below", 40, Facts(None), False, None),  # not measured is not low
        ("used_at_least", 60, Facts(None, used=59.9), False, 59.9),
        ("map_step_at_least", 3, Facts(None, map_step=3), True, 3),
        ("objectives_reached", 1, Facts(None, objectives=0), False, 0),
        ("days_in_stage", 30, Facts(None, days_in_stage=31), True, 31),
        ("renewal_within", 120, Facts(None, renewal_days=120), True, 120),
        ("renewal_within", 120, Facts(None, renewal_days=-1), False, -1),
        ("renewal_beyond", 120, Facts(None, renewal_days=121), True, 121),
        ("renewal_beyond", 120, Facts(None), False, None),
        ("trained_at_least", 50, Facts(None, trained=50), True, 50),
    ],
)
def test_criteria(
    kind: rules.Kind, value: float | None, facts: Facts, holds: bool, found: float | None
) -> None:
    check = rules.check(Criterion(kind, value), facts)
    assert (check.holds, check.found) == (holds, found)


@pytest.mark.parametrize(
    ("facts", "stage"),
    [
        (Facts(None, onboarding="running"), "onboarding"),
        (Facts(None), None),
        (Facts("onboarding", onboarding="running"), None),
        (Facts("onboarding", onboarding="over"), "adoption"),
        (Facts("adoption", used=60, score=70), "grow"),
        (Facts("adoption", used=60, score=70, renewal_days=100), "renewal"),  # the farther stage first
        (Facts("adoption", used=59, score=70), None),
        (Facts("renewal", renewal_days=100), None),
        (Facts("renewal", renewal_days=300), "adoption"),
        (Facts("renewal", renewal_days=300, used=90, score=90), "grow"),
        (Facts("renewal", renewal_days=20, churned=True), "churned"),  # no need to have left first
        (Facts("churned", under_contract=True), "won_back"),
        (Facts("an own one", used=90, score=90), None),
    ],
)
def test_what_is_proposed(facts: Facts, stage: str | None) -> None:
    found = rules.propose(RULES, facts)
    assert (found.stage if found else None) == stage
    assert found is None or all(one.holds for one in found.because)


def test_a_stage_without_any_condition_is_never_proposed() -> None:
    free = (StageRule("a"), StageRule("b", ("a",)))
    assert rules.propose(free, Facts("a")) is None


SHARES = st.dictionaries(
    st.sampled_from(sorted(WEIGHTS)), st.none() | st.floats(-3, 9, allow_nan=False), max_size=len(WEIGHTS)
)


@given(SHARES)
def test_the_index_is_the_sum_of_its_parts(shares: dict[rules.Part, float | None]) -> None:
    index = rules.used(shares)
    assert {one.key for one in index.parts} == set(WEIGHTS)
    if index.value is None:
        assert not any(one.adds or one.weight for one in index.parts)
        return
    assert 0 <= index.value <= 100
    assert sum(one.adds for one in index.parts) == pytest.approx(index.value)
    assert sum(one.weight for one in index.parts) == pytest.approx(1)


@pytest.mark.parametrize(
    ("shares", "value"),
    [
        ({}, None),
        ({"trained": 1.0}, None),  # a tenth of the weight says too little
        ({"features": 0.5}, 50.0),
        ({"features": 0.5, "active": 1.5, "seats": -1.0}, (15 + 25) / 0.75),
        (dict.fromkeys(WEIGHTS, 1.0), 100.0),
    ],
)
def test_the_index(shares: dict[rules.Part, float | None], value: float | None) -> None:
    found = rules.used(shares).value
    assert found is None if value is None else found == pytest.approx(value)


def way(account: int, *stages: tuple[str | None, int]) -> list[Move]:
    """The moves of an account through stages, each so many days after the first day."""
    before: str | None = None
    moves = []
    for stage, days in stages:
        moves.append(Move(account, before, stage, DAY + dt.timedelta(days=days)))
        before = stage
    return moves


def test_stays_and_funnel() -> None:
    moves = [
        *way(1, ("onboarding", 0), ("adoption", 80), ("renewal", 300), ("adoption", 400)),
        *way(2, ("onboarding", 0), ("adoption", 120)),
        *way(3, ("onboarding", 10), ("churned", 60)),
    ]
    assert rules.stays(reversed(moves))["onboarding"] == [50, 80, 120]
    standing = {1: "adoption", 2: "adoption", 3: "churned", 4: None, 5: "an own one"}
    steps = {one.key: one for one in rules.funnel(ORDER, standing, moves, frozenset(("churned",)))}
    assert steps["onboarding"].conversion == pytest.approx(2 / 3)  # churn is no going on
    assert (steps["onboarding"].days, steps["onboarding"].stays) == (80, 3)
    assert steps["renewal"].conversion == 1  # the last one inside goes back into the circle
    assert (steps["adoption"].accounts, steps["adoption"].went_on) == (2, 1)
    assert steps[""].accounts == 2
    assert steps["grow"].conversion is None


@given(
    st.dictionaries(st.integers(1, 30), st.none() | st.sampled_from([*ORDER, "own"])),
    st.lists(
        st.tuples(st.integers(1, 30), st.sampled_from(ORDER), st.sampled_from(ORDER), st.integers(0, 900))
    ),
)
def test_the_funnel_adds_up(standing: dict[int, str | None], rows: list[tuple[int, str, str, int]]) -> None:
    moves = [Move(one, first, then, DAY + dt.timedelta(days=days)) for one, first, then, days in rows]
    steps = rules.funnel(ORDER, standing, moves, frozenset(("churned",)))
    assert sum(one.accounts for one in steps) == len(standing)
    for one in steps:
        assert one.went_on <= one.entered
        assert one.accounts <= one.entered
        assert one.days is None or one.days >= 0


def test_stuck() -> None:
    rule = RULES[0]
    assert rules.is_stuck(rule, 91)
    assert not rules.is_stuck(rule, 90)
    assert not rules.is_stuck(rule, None)
    assert not rules.is_stuck(replace(rule, usual_days=None), 900)
    assert not rules.is_stuck(None, 900)

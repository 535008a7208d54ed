"""Segment rules: every comparison, what is unknown, the order, and what is refused."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from cs_workbench.domain.segments import AccountFacts, RuleProblem, Segment, clauses_from, matches, segment_of

FACTS = AccountFacts(
    tier="A", stage="adoption", industry="retail", arr=Decimal("1200000"), age_months=7,
    tags=frozenset({"beta", "risk"}), custom={"region": "east", "score": "0"},
)  # fmt: skip


@pytest.mark.parametrize(
    ("field", "op", "values", "holds"),
    [
        ("tier", "is", ["A"], True), ("tier", "is", ["B", "A"], True), ("tier", "is", ["B"], False),
        ("tier", "is_not", ["B"], True), ("tier", "is_not", ["A"], False),
        ("country", "is", ["JP"], False), ("country", "is_not", ["JP"], False),
        ("country", "unknown", [], True), ("country", "known", [], False), ("stage", "known", [], True),
        ("tag", "is", ["risk"], True), ("tag", "is", ["vip"], False), ("tag", "is_not", ["vip"], True),
        ("arr", "at_least", [1200000], True), ("arr", "at_least", ["1200000.01"], False),
        ("arr", "below", [1200000], False),
        ("age_months", "below", [8], True), ("age_months", "at_least", [8], False),
        ("custom:region", "is", ["east"], True), ("custom:nothing", "is", ["east"], False),
        ("custom:score", "at_least", [0], True), ("custom:region", "at_least", [0], False),
    ],
)  # fmt: skip
def test_clauses(field: str, op: str, values: list[Any], holds: bool) -> None:
    (clause,) = clauses_from([{"field": field, "op": op, "values": values}])
    assert matches(clause, FACTS) is holds


@pytest.mark.parametrize(
    ("entry", "code"),
    [
        ({"field": "shoe_size", "values": ["9"]}, "unknown_field"),
        ({"field": "tier", "op": "like", "values": ["A"]}, "unknown_op"),
        ({"field": "tier", "op": "is"}, "no_values"),
        ({"field": "arr", "op": "below", "values": ["much"]}, "not_a_number"),
        ({"field": "arr", "op": "below", "values": ["NaN"]}, "not_a_number"),
        ({"field": "arr", "op": "at_least", "values": [1, 2]}, "not_a_number"),
        ({}, "unknown_field"),
    ],
)
def test_faulty_rules_are_refused(entry: dict[str, Any], code: str) -> None:
    with pytest.raises(RuleProblem) as problem:
        clauses_from([{"field": "tier", "values": ["A"]}, entry])
    assert (problem.value.code, problem.value.where) == (code, "rule[1]")


def test_the_first_match_wins_and_an_empty_rule_matches_everybody() -> None:
    tier_a = Segment(1, "a", "card_a", clauses_from([{"field": "tier", "values": ["A"]}]))
    retail = Segment(2, "retail", "card_r", clauses_from([{"field": "industry", "values": ["retail"]}]))
    everybody = Segment(3, "all", "default")
    order = [tier_a, retail, everybody]
    assert segment_of(order, FACTS) == tier_a
    assert segment_of(order[::-1], FACTS) == everybody
    assert segment_of(order, AccountFacts()) == everybody
    assert segment_of([tier_a], AccountFacts()) is None
    assert segment_of(order, FACTS, chosen=2) == retail
    assert segment_of(order, FACTS, chosen=99) == tier_a

"""Which scorecard an account is judged by: ordered rules of closed clauses; the first that matches wins."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any, Literal, TypeAlias, get_args

Op: TypeAlias = Literal["is", "is_not", "at_least", "below", "known", "unknown"]
FIELDS = frozenset({"tier", "stage", "industry", "country", "tag", "arr", "age_months"})
_CUSTOM = "custom:"
_NUMERIC = frozenset({"at_least", "below"})


class RuleProblem(ValueError):
    """A segment rule that cannot be used; ``code`` is stable, ``where`` the faulty clause."""

    def __init__(self, code: str, where: str) -> None:
        super().__init__(f"{where}: {code}")
        self.code = code
        self.where = where


@dataclass(frozen=True, slots=True)
class AccountFacts:
    """What rules may ask about an account; ``custom`` values are canonical text by field key."""

    tier: str | None = None
    stage: str | None = None
    industry: str | None = None
    country: str | None = None
    arr: Decimal | None = None
    age_months: int | None = None
    tags: frozenset[str] = frozenset()
    custom: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Clause:
    """One condition: a field, a comparison, and values of which one must fit."""

    field: str
    op: Op
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Segment:
    """A group of accounts and the key of its scorecard; all clauses must hold, none means everybody."""

    id: int
    key: str
    scorecard_key: str
    clauses: tuple[Clause, ...] = ()


def clauses_from(rule: Sequence[Mapping[str, Any]]) -> tuple[Clause, ...]:
    """Check the clauses of a rule, JSON shaped: ``[{"field": "tier", "op": "is", "values": ["A"]}]``.

    Raises RuleProblem on an unknown field or comparison and on a value that is no number where one is needed.
    """
    found = []
    for n, entry in enumerate(rule):
        where = f"rule[{n}]"
        name, op = str(entry.get("field", "")), entry.get("op", "is")
        if name not in FIELDS and not name.startswith(_CUSTOM):
            raise RuleProblem("unknown_field", where)
        if op not in get_args(Op):
            raise RuleProblem("unknown_op", where)
        values = tuple(str(value) for value in entry.get("values", ()))
        if op in _NUMERIC and (len(values) != 1 or _number(values[0]) is None):
            raise RuleProblem("not_a_number", where)
        if op in ("is", "is_not") and not values:
            raise RuleProblem("no_values", where)
        found.append(Clause(name, op, values))
    return tuple(found)


def matches(clause: Clause, facts: AccountFacts) -> bool:
    """Whether a clause holds. A value that is not known satisfies only "unknown"."""
    held = _values(clause.field, facts)
    if clause.op in ("known", "unknown"):
        return bool(held) == (clause.op == "known")
    if not held:
        return False
    if clause.op == "is":
        return not held.isdisjoint(clause.values)
    if clause.op == "is_not":
        return held.isdisjoint(clause.values)
    bound = _number(clause.values[0])
    numbers = [number for number in map(_number, held) if number is not None]
    if bound is None or not numbers:
        return False
    return any(number >= bound for number in numbers) if clause.op == "at_least" else min(numbers) < bound


def segment_of(segments: Sequence[Segment], facts: AccountFacts, chosen: int | None = None) -> Segment | None:
    """The first segment whose clauses all hold; one *chosen* by hand (by id) goes before the rules."""
    for segment in segments:
        if segment.id == chosen:
            return segment
    for segment in segments:
        if all(matches(clause, facts) for clause in segment.clauses):
            return segment
    return None


def _values(name: str, facts: AccountFacts) -> frozenset[str]:
    if name == "tag":
        return facts.tags
    value = facts.custom.get(name.removeprefix(_CUSTOM)) if name.startswith(_CUSTOM) else getattr(facts, name)
    return frozenset() if value in (None, "") else frozenset({str(value)})


def _number(text: str) -> Decimal | None:
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None

"""The account filter: what ``health<60 and renewal<90d and not contacted:30d`` means, and whom it lets through.

Logic has two values: a comparison with something that is not known does not hold, and ``not`` turns that round, so
``not contacted:30d`` keeps accounts that were never contacted. Health is asked of customers only: who left is in no
band and not without one either, so that what a figure counts is what its filter finds.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, Protocol, TypeAlias

from cs_workbench.domain.account_filter_values import Dates, Days, Money, Number
from cs_workbench.domain.account_filter_words import BY_NAME, Op
from cs_workbench.domain.money import Amount
from cs_workbench.domain.text import fold

Code = Literal[
    "unknown_key", "value_missing", "not_a_number", "not_money", "not_a_day", "unknown_value", "no_comparison",
    "no_range", "too_deep", "unclosed", "unopened", "unclosed_quote", "nothing_before", "nothing_after", "me_unknown",
]  # fmt: skip


class Facts(Protocol):
    """What the filter asks of an account. ``arr`` is in the portfolio's currency, ``amounts`` what it is made of.

    ``deadline`` is the notice date, or the end of the term where no notice period is recorded. ``folded`` is the text
    searched by bare words. ``touch`` is "late", "ok" or "" where no cadence is set.
    """

    @property
    def folded(self) -> str: ...
    @property
    def folded_next(self) -> str: ...
    @property
    def score(self) -> float | None: ...
    @property
    def coverage(self) -> float | None: ...
    @property
    def band(self) -> str: ...
    @property
    def arr(self) -> Decimal | None: ...
    @property
    def amounts(self) -> tuple[Amount, ...]: ...
    @property
    def seats(self) -> int | None: ...
    @property
    def deadline(self) -> dt.date | None: ...
    @property
    def notice_date(self) -> dt.date | None: ...
    @property
    def renewal_date(self) -> dt.date | None: ...
    @property
    def contacted_on(self) -> dt.date | None: ...
    @property
    def tier(self) -> str | None: ...
    @property
    def stage(self) -> str | None: ...
    @property
    def gone(self) -> bool: ...
    @property
    def owner(self) -> str | None: ...
    @property
    def tags(self) -> tuple[str, ...]: ...
    @property
    def touch(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Range:
    """From the first bound to the second, both included."""

    low: Number | Money | Days | Dates
    high: Number | Money | Days | Dates


@dataclass(frozen=True, slots=True)
class Is:
    """One of these keys of a list, tags or names; "" stands for none."""

    any_of: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Has:
    """Whether it is known at all."""

    known: bool


@dataclass(frozen=True, slots=True)
class Part:
    """Contains this text, folded."""

    folded: str


Operand: TypeAlias = Number | Money | Days | Dates | Range | Is | Has | Part


@dataclass(frozen=True, slots=True)
class Clause:
    """One comparison. ``key`` "" is a bare word: part of the name or reading."""

    key: str
    op: Op
    value: Operand
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class Not:
    """Everything the node does not let through."""

    node: Node
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class And:
    """What every node lets through."""

    nodes: tuple[Node, ...]
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class Or:
    """What any node lets through."""

    nodes: tuple[Node, ...]
    start: int = 0
    end: int = 0


Node: TypeAlias = Clause | Not | And | Or


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that cannot be read, with its place in the text and, where there are any, what could stand there."""

    code: Code
    start: int
    end: int
    text: str
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Filter:
    """A filter as read. ``parts`` are the conditions that must all hold, one chip each; with problems it holds none."""

    text: str
    root: Node | None
    problems: tuple[Problem, ...] = ()

    @property
    def parts(self) -> tuple[Node, ...]:
        """The conditions of the top level."""
        if self.root is None:
            return ()
        return self.root.nodes if isinstance(self.root, And) else (self.root,)

    def source(self, node: Node) -> str:
        """The text a node was read from."""
        return self.text[node.start : node.end]


Test: TypeAlias = Callable[[Facts], bool]


def predicate(root: Node | None, today: dt.date) -> Test:
    """A function telling whether an account passes as of *today*. Exact: money and scores are compared as stored."""
    if root is None:
        return lambda _facts: True
    if isinstance(root, Not):
        inner = predicate(root.node, today)
        return lambda facts: not inner(facts)
    if isinstance(root, And | Or):
        tests = [predicate(node, today) for node in root.nodes]
        if isinstance(root, And):
            return lambda facts: all(test(facts) for test in tests)
        return lambda facts: any(test(facts) for test in tests)
    if root.op == "!=":
        same = predicate(Clause(root.key, "=", root.value), today)
        return lambda facts: not same(facts)
    return _clause(root, today)


_HEALTH = frozenset(("health", "band", "coverage"))


def _clause(clause: Clause, today: dt.date) -> Test:
    holds = _comparison(clause, today)
    if clause.key in _HEALTH:
        return lambda facts: not facts.gone and holds(facts)
    return holds


def _comparison(clause: Clause, today: dt.date) -> Test:
    value = clause.value
    if isinstance(value, Has):
        read, known = _reader(clause.key), value.known
        return lambda facts: (read(facts) not in (None, "", (), "none")) is known
    if isinstance(value, Part):
        wanted, which = value.folded, _text_of(clause.key)
        return lambda facts: wanted in which(facts)
    if isinstance(value, Is):
        return _is(clause.key, value.any_of)
    if BY_NAME[clause.key].kind == "money":
        return _money(clause.op, value)
    if BY_NAME[clause.key].kind == "number":
        return _number(clause.key, clause.op, value)
    return _dated(clause, today)


def _reader(key: str) -> Callable[[Facts], object]:
    return {
        "health": lambda facts: facts.score,
        "band": lambda facts: facts.band,
        "coverage": lambda facts: facts.coverage,
        "arr": lambda facts: facts.amounts,
        "seats": lambda facts: facts.seats,
        "renewal": lambda facts: facts.deadline,
        "notice": lambda facts: facts.notice_date,
        "ends": lambda facts: facts.renewal_date,
        "contacted": lambda facts: facts.contacted_on,
        "tier": lambda facts: facts.tier,
        "stage": lambda facts: facts.stage,
        "owner": lambda facts: facts.owner,
        "tag": lambda facts: facts.tags,
        "touch": lambda facts: facts.touch,
        "next": lambda facts: facts.folded_next,
        "name": lambda facts: facts.folded,
    }[key]


def _text_of(key: str) -> Callable[[Facts], str]:
    if key == "next":
        return lambda facts: facts.folded_next
    return lambda facts: facts.folded


def _is(key: str, any_of: tuple[str, ...]) -> Test:
    wanted = frozenset(any_of)
    if key == "band":
        return lambda facts: facts.band in wanted
    if key == "tier":
        return lambda facts: (facts.tier or "") in wanted
    if key == "stage":
        return lambda facts: (facts.stage or "") in wanted
    if key == "touch":
        return lambda facts: facts.touch in wanted
    folded = frozenset(fold(one) for one in any_of)
    if key == "owner":
        parts = tuple(one for one in folded if one)
        nobody = "" in folded

        def owned(facts: Facts) -> bool:
            owner = fold(facts.owner or "")
            return any(part in owner for part in parts) if owner else nobody

        return owned
    return lambda facts: (
        not folded.isdisjoint(fold(tag) for tag in facts.tags) or ("" in folded and not facts.tags)
    )


def _number(key: str, op: Op, value: Operand) -> Test:
    scale = 100 if key == "coverage" else 1

    def read(facts: Facts) -> Decimal | None:
        known = {"health": facts.score, "coverage": facts.coverage, "seats": facts.seats}[key]
        return None if known is None else Decimal(repr(known)) * scale

    if isinstance(value, Range) and isinstance(value.low, Number) and isinstance(value.high, Number):
        low, high = value.low.value, value.high.value
        return lambda facts: (number := read(facts)) is not None and low <= number <= high
    if not isinstance(value, Number):
        raise TypeError(f"{key} wants a number")
    bound = value.value
    if op == "=":  # what the screen shows rounded is found by the same figure
        return lambda facts: (number := read(facts)) is not None and round(number, _places(bound)) == bound
    return lambda facts: (number := read(facts)) is not None and _holds(number, op, bound)


def _places(number: Decimal) -> int:
    exponent = number.as_tuple().exponent
    return -exponent if isinstance(exponent, int) and exponent < 0 else 0


def _money(op: Op, value: Operand) -> Test:
    if isinstance(value, Range) and isinstance(value.low, Money) and isinstance(value.high, Money):
        low, high = value.low, value.high
        above, below = _money(">=", low), _money("<=", high)
        return lambda facts: above(facts) and below(facts)
    if not isinstance(value, Money):
        raise TypeError("arr wants money")
    currency, bound = value.currency, value.value

    def test(facts: Facts) -> bool:
        if not currency:
            return facts.arr is not None and _holds(facts.arr, op, bound)
        amounts = facts.amounts
        return len(amounts) == 1 and amounts[0].currency == currency and _holds(amounts[0].value, op, bound)

    return test


def _dated(clause: Clause, today: dt.date) -> Test:
    """Days ahead count from today on; days behind count back, so that more of them is an earlier date."""
    behind = BY_NAME[clause.key].kind == "behind"
    read = _date_of(clause.key)
    first, last = _bounds(clause.op, clause.value, today, behind)
    return lambda facts: (day := read(facts)) is not None and first <= day <= last


def _date_of(key: str) -> Callable[[Facts], dt.date | None]:
    if key == "renewal":
        return lambda facts: facts.deadline
    if key == "notice":
        return lambda facts: facts.notice_date
    if key == "ends":
        return lambda facts: facts.renewal_date
    return lambda facts: facts.contacted_on


def _bounds(op: Op, value: Operand, today: dt.date, behind: bool) -> tuple[dt.date, dt.date]:
    """The first and last day that fit."""
    if isinstance(value, Range):
        one = _bounds(">=", value.low, today, behind)
        other = _bounds("<=", value.high, today, behind)
        return max(one[0], other[0]), min(one[1], other[1])
    if isinstance(value, Dates):
        return _window(op, value.first, value.last)
    if not isinstance(value, Days):
        raise TypeError("a day is wanted")
    if op == "=":  # renewal:90d is the next 90 days, contacted:30d the last 30
        there = value.from_day(today) if not behind else Days(-value.count, value.unit).from_day(today)
        return min(today, there), max(today, there)
    if behind:
        there = Days(-value.count, value.unit).from_day(today)
        return _window(_TURNED[op], there, there)
    there = value.from_day(today)
    return _window(op, there, there)


_TURNED: dict[Op, Op] = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "=", "!=": "!="}


def _window(op: Op, first: dt.date, last: dt.date) -> tuple[dt.date, dt.date]:
    one = dt.timedelta(days=1)
    windows: dict[Op, tuple[dt.date, dt.date]] = {
        "<": (dt.date.min, first - one),
        "<=": (dt.date.min, last),
        ">": (last + one, dt.date.max),
        ">=": (first, dt.date.max),
        "=": (first, last),
    }
    return windows[op]


def _holds(value: Decimal, op: Op, bound: Decimal) -> bool:
    match op:
        case "<":
            return value < bound
        case "<=":
            return value <= bound
        case ">":
            return value > bound
        case ">=":
            return value >= bound
    return value == bound


def keep(lines: Sequence[Facts], root: Node | None, today: dt.date) -> list[int]:
    """The places of the accounts that pass, in order."""
    test = predicate(root, today)
    return [place for place, line in enumerate(lines) if test(line)]

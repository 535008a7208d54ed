"""Signals: why an account needs somebody today. Computed, never stored; reasons are codes with parameters."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Literal, NamedTuple, TypeAlias, get_args

Kind: TypeAlias = Literal["risk", "opportunity", "lifecycle", "task"]
Priority: TypeAlias = Literal["high", "medium", "low"]
Verb: TypeAlias = Literal[
    "log_contact", "open_account", "prepare_pack", "mark_done", "fill_in", "open_value", "open_loop"
]
Effort: TypeAlias = Literal["quarter", "hour", "half_day", "day"]

_NAMES = {"kind": Kind, "priority": Priority, "verb": Verb, "effort": Effort}

FAMILIES: tuple[tuple[str, ...], ...] = (
    ("notice_close", "renewal"),
    ("usage_zero", "band_dropped", "usage_fell", "score_fell", "axis_red", "seats_low"),
    ("champion_left", "single_threaded", "decision_maker"),
    ("severe_ticket", "ticket_spike"),
    ("loop_overdue", "bad_answer"),
    ("seats_full", "usage_rose"),
)
"""Rules that tell one story about an account: the first that applies is raised, the others become its evidence."""

_TALKS = frozenset(
    ("renewal", "notice_close", "usage_zero", "band_dropped", "usage_fell", "score_fell", "champion_left",
     "severe_ticket", "bad_answer")
)  # fmt: skip


class RuleProblem(ValueError):
    """A rule that cannot be used; ``code`` is stable, ``where`` names the faulty value."""

    def __init__(self, code: str, where: str) -> None:
        super().__init__(f"{where}: {code}")
        self.code = code
        self.where = where


class Evidence(NamedTuple):
    """One record behind a signal. ``id`` is 0 where the fact is an aggregate; ``tab`` is where an account shows it."""

    kind: str  # contract, snapshot, reading, contact, person, ticket, survey, task, onboarding, signal
    id: int
    code: str
    params: Mapping[str, Any]
    tab: str = "overview"


_NO_PARAMS: Mapping[str, Any] = {}


class Signal(NamedTuple):
    """One reason to act on one account. ``subject`` tells this occurrence from the next of the same rule.

    ``due`` None means that no date presses. ``value`` with ``currency`` is what is at stake where that is not the
    whole account. ``code`` with ``params`` puts the verb phrase and the reason in words. ``deadline`` is the
    renewal's, where there is one. ``advised`` says that ``due`` is our advice only, agreed by nobody.
    """

    account_id: int
    rule: str
    subject: str
    kind: Kind
    priority: Priority
    verb: Verb
    effort: Effort
    code: str
    params: Mapping[str, Any] = _NO_PARAMS
    due: dt.date | None = None
    deadline: dt.date | None = None
    evidence: tuple[Evidence, ...] = ()
    value: Decimal | None = None
    currency: str = ""
    record_id: int = 0
    advised: bool = False

    @property
    def key(self) -> str:
        """Under which snoozes and outcomes remember it: account, rule and occurrence."""
        return f"{self.account_id}:{self.rule}:{self.subject}"


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the renewal runway: from ``day`` days before the deadline, due ``due`` days before it."""

    day: int
    due: int
    verb: Verb
    effort: Effort
    tiers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """How one kind of signal is raised. ``bounds`` are its own figures by name, ``answer`` and ``quiet`` days."""

    name: str
    kind: Kind
    priority: Priority
    verb: Verb
    effort: Effort
    quiet: int
    answer: int | None = None
    on: bool = True
    bounds: Mapping[str, float] = field(default_factory=dict)
    steps: tuple[Step, ...] = ()

    def __getitem__(self, name: str) -> float:
        """One of the rule's own figures. Raises KeyError."""
        return self.bounds[name]

    def days(self, name: str) -> int:
        """The same as whole days or months."""
        return int(self.bounds[name])

    def raised(self, account_id: int, subject: str, code: str, **more: Any) -> Signal:
        """A signal of this rule; *more* are fields of Signal that differ from the rule's own."""
        own: dict[str, Any] = {
            "kind": self.kind, "priority": self.priority, "verb": self.verb, "effort": self.effort
        }  # fmt: skip
        return Signal(account_id, self.name, subject, code=code, **(own | more))


@dataclass(frozen=True, slots=True)
class RuleBook:
    """Every rule by name, and the cadence (days) of accounts whose tier names none."""

    rules: Mapping[str, Rule]
    default_cadence: int = 45

    def __getitem__(self, name: str) -> Rule:
        """The rule of that name. Raises KeyError."""
        return self.rules[name]


def rule_book(tree: Mapping[str, Any], changes: Mapping[str, Any] | None = None) -> RuleBook:
    """The rules from their defaults, with the portfolio's own *changes* laid over them value by value.

    Raises RuleProblem for an unknown rule or value and for a value of another type than the default's.
    """
    merged: dict[str, Any] = {
        name: dict(one) if isinstance(one, Mapping) else one for name, one in tree.items()
    }
    for name, change in (changes or {}).items():
        if name not in merged:
            raise RuleProblem("unknown_rule", name)
        if isinstance(merged[name], dict) and isinstance(change, Mapping):
            merged[name] |= {"on": True} | merged[name] | _checked(name, merged[name], change)
        else:
            merged[name] = _number(change, name)
    cadence = int(merged.pop("default_cadence", 45))
    return RuleBook({name: _rule(name, values) for name, values in merged.items()}, cadence)


def _checked(name: str, values: Mapping[str, Any], change: Mapping[str, Any]) -> dict[str, Any]:
    for key in change:
        if key not in values and key not in ("on", "answer"):
            raise RuleProblem("unknown_value", f"{name}.{key}")
    return dict(change)


def _rule(name: str, values: Mapping[str, Any]) -> Rule:
    known = {key: _word(values[key], kind, f"{name}.{key}") for key, kind in _NAMES.items()}
    answer = values.get("answer")
    others = {
        key: one for key, one in values.items() if key not in (*_NAMES, "answer", "quiet", "on", "steps")
    }
    return Rule(
        name,
        **known,
        quiet=int(_number(values["quiet"], f"{name}.quiet")),
        answer=None if answer is None else int(_number(answer, f"{name}.answer")),
        on=bool(values.get("on", True)),
        bounds={key: _number(one, f"{name}.{key}") for key, one in others.items()},
        steps=_steps(values.get("steps", ()), name),
    )


def _steps(entries: Sequence[Mapping[str, Any]], name: str) -> tuple[Step, ...]:
    steps = [
        Step(
            int(_number(one["day"], f"{name}.steps")),
            int(_number(one["due"], f"{name}.steps")),
            _word(one["verb"], Verb, f"{name}.steps"),
            _word(one["effort"], Effort, f"{name}.steps"),
            tuple(one.get("tiers", ())),
        )
        for one in entries
    ]
    return tuple(sorted(steps, key=lambda step: -step.day))


def _word(value: object, kind: Any, where: str) -> Any:
    if value not in get_args(kind):
        raise RuleProblem("unknown_word", where)
    return value


def _number(value: object, where: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or value < 0:
        raise RuleProblem("not_a_number", where)
    return value


def folded(signals: Sequence[Signal]) -> list[Signal]:
    """One signal for each account and story (see FAMILIES), in the order given; what is folded in becomes evidence.

    Touch debt is part of whatever else calls for a talk with the account: one conversation settles both.
    """
    place = {
        rule: (number, rank) for number, family in enumerate(FAMILIES) for rank, rule in enumerate(family)
    }
    stories: dict[tuple[int, object], list[Signal]] = {}
    for signal in signals:
        story = place[signal.rule][0] if signal.rule in place else signal.key
        stories.setdefault((signal.account_id, story), []).append(signal)
    led = [
        told[0] if len(told) == 1 else _led(sorted(told, key=lambda one: place.get(one.rule, (0, 0))[1]))
        for told in stories.values()
    ]
    return _with_touch_debt(led)


def _with_touch_debt(signals: Sequence[Signal]) -> list[Signal]:
    debts = {one.account_id: one for one in signals if one.rule == "touch_debt"}
    talks: dict[int, Signal] = {}
    for one in signals:
        if one.account_id in debts and one.verb == "log_contact" and one.rule in _TALKS:
            before = talks.setdefault(one.account_id, one)
            talks[one.account_id] = min(before, one, key=lambda two: (two.due or dt.date.max, two.key))
    led = {talk.key: _led((talk, debts[account])) for account, talk in talks.items()}
    return [
        led.get(one.key, one) if one.account_id in talks else one
        for one in signals
        if not (one.rule == "touch_debt" and one.account_id in talks)
    ]


def _led(told: Sequence[Signal]) -> Signal:
    """The first of *told* with the others as its evidence; it keeps its own due date, if it has one."""
    first, *rest = told
    if not rest:
        return first
    more = tuple(
        Evidence("signal", 0, one.code, one.params, one.evidence[0].tab if one.evidence else "overview")
        for one in rest
    )
    dues = [one.due for one in told if one.due is not None]
    due = first.due if first.due is not None else min(dues, default=None)
    return first._replace(evidence=first.evidence + more, due=due)

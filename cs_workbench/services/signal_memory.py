"""What people answered to signals: snoozes and outcomes, kept as JSON in one setting of the portfolio.

Signals themselves are never stored. A key that no signal has any more is forgotten in time.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

if TYPE_CHECKING:
    from cs_workbench.domain.signals import RuleBook, Signal

SETTING = "signals"
Outcome: TypeAlias = Literal["done", "handed"]
_FORGET = 800
_FORGET_SNOOZE = 60


@dataclass(frozen=True, slots=True)
class Snooze:
    """Out of sight until a day, for a reason, since a day."""

    until: dt.date
    reason: str
    on: dt.date


@dataclass(frozen=True, slots=True)
class Answer:
    """What was done about a signal: done, or handed ``to`` a department. ``value`` is what was at stake, if money."""

    on: dt.date
    outcome: Outcome
    rule: str
    to: str = ""
    value: Decimal | None = None
    currency: str = ""


@dataclass(frozen=True, slots=True)
class Memory:
    """All snoozes and answers by signal key. A value: ``with_…`` gives another one."""

    snoozes: Mapping[str, Snooze] = field(default_factory=dict)
    answers: Mapping[str, Answer] = field(default_factory=dict)

    def snoozed(self, signal: Signal, today: dt.date) -> Snooze | None:
        """The snooze that hides *signal* on *today*, if any."""
        found = self.snoozes.get(signal.key)
        return found if found is not None and found.until > today else None

    def settled(self, signal: Signal, book: RuleBook, today: dt.date) -> bool:
        """Whether this occurrence was answered and its rule keeps quiet about it still."""
        found = self.answers.get(signal.key)
        return found is not None and (today - found.on).days < book[signal.rule].quiet

    def with_snooze(self, key: str, snooze: Snooze | None) -> Memory:
        """The same with *key* snoozed, or (None) awake."""
        kept = {other: one for other, one in self.snoozes.items() if other != key}
        return replace(self, snoozes=kept if snooze is None else {**kept, key: snooze})

    def with_answer(self, key: str, answer: Answer) -> Memory:
        """The same with *key* answered and no longer snoozed."""
        return replace(self.with_snooze(key, None), answers={**self.answers, key: answer})

    def fresh(self, today: dt.date) -> Memory:
        """The same without what is so old that no signal can ask for it."""
        return Memory(
            {key: one for key, one in self.snoozes.items() if (today - one.until).days < _FORGET_SNOOZE},
            {key: one for key, one in self.answers.items() if (today - one.on).days < _FORGET},
        )


def memory_from(data: object) -> Memory:
    """The memory that ``memory_data`` wrote; entries that cannot be read are left out, not guessed."""
    tree = data if isinstance(data, Mapping) else {}
    return Memory(
        _entries(tree.get("snoozed"), _snooze),
        _entries(tree.get("answers"), _answer),
    )


def memory_data(memory: Memory) -> dict[str, Any]:
    """The memory as plain JSON values."""
    return {
        "snoozed": {
            key: {"until": one.until.isoformat(), "reason": one.reason, "on": one.on.isoformat()}
            for key, one in memory.snoozes.items()
        },
        "answers": {key: _answer_data(one) for key, one in memory.answers.items()},
    }


def _entries(data: object, read: Any) -> dict[str, Any]:
    found = {}
    for key, entry in (data if isinstance(data, Mapping) else {}).items():
        try:
            found[key] = read(entry)
        except (KeyError, TypeError, ValueError, ArithmeticError):
            continue
    return found


def _snooze(entry: Mapping[str, str]) -> Snooze:
    return Snooze(
        dt.date.fromisoformat(entry["until"]), str(entry["reason"]), dt.date.fromisoformat(entry["on"])
    )


def _answer(entry: Mapping[str, str]) -> Answer:
    outcome: Outcome = "handed" if entry["outcome"] == "handed" else "done"
    value = entry.get("value")
    return Answer(
        dt.date.fromisoformat(entry["on"]),
        outcome,
        str(entry["rule"]),
        str(entry.get("to", "")),
        None if value is None else Decimal(value),
        str(entry.get("currency", "")),
    )


def _answer_data(one: Answer) -> dict[str, str]:
    data = {"on": one.on.isoformat(), "outcome": one.outcome, "rule": one.rule}
    if one.to:
        data["to"] = one.to
    if one.value is not None:
        data |= {"value": str(one.value), "currency": one.currency}
    return data

"""The lifecycle: which stage an account should be in by criteria, how long it has been there, how far it is used."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Literal, TypeAlias

Kind: TypeAlias = Literal[
    "onboarding_running", "onboarding_over", "first_value", "used_at_least", "score_at_least", "score_below",
    "map_step_at_least", "objectives_reached", "days_in_stage", "renewal_within", "renewal_beyond", "churned",
    "under_contract", "trained_at_least",
]  # fmt: skip
Part: TypeAlias = Literal["features", "active", "seats", "embedded", "trained"]

ASKS_NUMBER: dict[Kind, tuple[float, float]] = {
    "used_at_least": (0, 100), "score_at_least": (0, 100), "score_below": (0, 100), "map_step_at_least": (1, 50),
    "objectives_reached": (1, 50), "days_in_stage": (1, 1500), "renewal_within": (1, 730),
    "renewal_beyond": (1, 730), "trained_at_least": (0, 100),
}  # fmt: skip
"""The kinds with a number, and between what it lies; the others ask yes or no."""
YES_NO: tuple[Kind, ...] = (
    "onboarding_running", "onboarding_over", "first_value", "churned", "under_contract",
)  # fmt: skip

WEIGHTS: dict[Part, float] = {"features": 30, "active": 25, "seats": 20, "embedded": 15, "trained": 10}
LEAST_KNOWN = 0.3
"""Where less than this of the weight is known there is no index: one part alone says little about how far."""


@dataclass(frozen=True, slots=True)
class Criterion:
    """One condition, with its number where the kind asks for one."""

    kind: Kind
    value: float | None = None


@dataclass(frozen=True, slots=True)
class StageRule:
    """A stage's criteria: all of ``enter`` to come in from one of ``comes_from`` ("" is no stage yet), all of
    ``leave`` to go on. Longer than ``usual_days`` counts as stuck; None never does. ``outside``: no customer now.
    """

    key: str
    comes_from: tuple[str, ...] = ()
    enter: tuple[Criterion, ...] = ()
    leave: tuple[Criterion, ...] = ()
    usual_days: int | None = None
    outside: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """What criteria are held against. None: not known. ``onboarding`` is "running", "over" or "" for none.

    ``renewal_days`` counts to the day ``renewal_by`` names: the last day to give notice, or the end of the term.
    """

    stage: str | None
    days_in_stage: int | None = None
    onboarding: Literal["", "running", "over"] = ""
    first_value: bool = False
    used: float | None = None
    score: float | None = None
    map_step: int | None = None
    objectives: int = 0
    renewal_days: int | None = None
    renewal_by: Literal["notice", "end"] = "end"
    churned: bool = False
    under_contract: bool = False
    trained: float | None = None


@dataclass(frozen=True, slots=True)
class Check:
    """A criterion held against an account: does it hold, and the figure found (None: not measured).

    ``by`` is the day a figure of days counts to, "" for other figures.
    """

    criterion: Criterion
    holds: bool
    found: float | None
    by: Literal["", "notice", "end"] = ""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A stage the criteria ask for; ``because`` are the conditions that hold."""

    stage: str
    because: tuple[Check, ...]


@dataclass(frozen=True, slots=True)
class PartOfIndex:
    """A part of the index: its share 0–1 (None: not measured), its weight 0–1 after what is missing was left out, and
    what it adds, in points.
    """

    key: Part
    share: float | None
    weight: float
    adds: float


@dataclass(frozen=True, slots=True)
class Index:
    """How far an account uses what it bought, 0–100; None where too little is measured. The parts sum to it."""

    value: float | None
    parts: tuple[PartOfIndex, ...]


@dataclass(frozen=True, slots=True)
class Move:
    """An account went from one stage to another."""

    account_id: int
    from_stage: str | None
    to_stage: str | None
    on: dt.date


@dataclass(frozen=True, slots=True)
class Step:
    """A stage of the funnel. ``entered`` counts accounts that ever came in, ``went_on`` those that left it for a later
    stage; ``days`` is the median stay of those that left, ``stays`` their number.
    """

    key: str
    accounts: int
    entered: int
    went_on: int
    days: float | None
    stays: int

    @property
    def conversion(self) -> float | None:
        """Share that went on, of those that came in; None for none."""
        return self.went_on / self.entered if self.entered else None


def used(shares: Mapping[Part, float | None]) -> Index:
    """The index from shares (1 = all of it); more than all counts as all, missing parts leave the rest to rescale."""
    known = {key: min(max(share, 0.0), 1.0) for key in WEIGHTS if (share := shares.get(key)) is not None}
    weight = sum(WEIGHTS[key] for key in known)
    enough = weight >= LEAST_KNOWN * sum(WEIGHTS.values())
    parts = tuple(
        PartOfIndex(
            key, known.get(key),
            WEIGHTS[key] / weight if enough and key in known else 0.0,
            100 * known[key] * WEIGHTS[key] / weight if enough and key in known else 0.0,
        )
        for key in WEIGHTS
    )  # fmt: skip
    return Index(min(sum(one.adds for one in parts), 100.0) if enough else None, parts)


def check(criterion: Criterion, facts: Facts) -> Check:
    """Hold one criterion against an account; what is not measured does not hold."""
    answers: dict[Kind, bool] = {
        "onboarding_running": facts.onboarding == "running", "onboarding_over": facts.onboarding == "over",
        "first_value": facts.first_value, "churned": facts.churned, "under_contract": facts.under_contract,
    }  # fmt: skip
    if criterion.kind in answers:
        return Check(criterion, answers[criterion.kind], None)
    figures: dict[Kind, float | None] = {
        "used_at_least": facts.used, "score_at_least": facts.score, "score_below": facts.score,
        "map_step_at_least": facts.map_step, "objectives_reached": facts.objectives,
        "days_in_stage": facts.days_in_stage, "renewal_within": facts.renewal_days,
        "renewal_beyond": facts.renewal_days, "trained_at_least": facts.trained,
    }  # fmt: skip
    found, wanted = figures[criterion.kind], criterion.value or 0.0
    if found is None:
        return Check(criterion, False, None)
    if criterion.kind == "renewal_within":
        return Check(criterion, 0 <= found <= wanted, found, facts.renewal_by)
    if criterion.kind == "renewal_beyond":
        return Check(criterion, found > wanted, found, facts.renewal_by)
    return Check(criterion, found < wanted if criterion.kind == "score_below" else found >= wanted, found)


def propose(rules: Sequence[StageRule], facts: Facts) -> Proposal | None:
    """The stage farthest along that the criteria ask for, None where the account stands right.

    A stage without any condition on either side is never proposed.
    """
    here = facts.stage or ""
    by_key = {one.key: one for one in rules}
    leaving = [check(one, facts) for one in by_key[here].leave] if here in by_key else []
    may_leave = all(one.holds for one in leaving)
    for rule in reversed(rules):
        if rule.key == here or here not in rule.comes_from:
            continue
        entering = [check(one, facts) for one in rule.enter]
        free = may_leave or rule.outside
        held = (*(() if rule.outside else leaving), *entering)
        if held and free and all(one.holds for one in entering):
            return Proposal(rule.key, tuple(dict.fromkeys(held)))
    return None


def stays(moves: Iterable[Move]) -> dict[str, list[int]]:
    """Days of each completed stay by stage, from the moves into and out of it; *moves* in any order."""
    found: dict[str, list[int]] = defaultdict(list)
    entered: dict[int, Move] = {}
    for move in sorted(moves, key=lambda one: one.on):
        before = entered.get(move.account_id)
        if before is not None and before.to_stage and before.to_stage == move.from_stage:
            found[before.to_stage].append((move.on - before.on).days)
        entered[move.account_id] = move
    return dict(found)


def funnel(
    order: Sequence[str],
    standing: Mapping[int, str | None],
    moves: Iterable[Move],
    outside: frozenset[str] = frozenset(),
) -> tuple[Step, ...]:
    """Each stage of *order*, then "" for accounts without a stage or with one that is not on the list.

    The accounts of all steps add up to those *standing* names, each counted once. Going on is to a later stage, or
    from the last one inside back into the circle; leaving for a stage *outside* (churned) is not.
    """
    place = {key: n for n, key in enumerate(order)}
    inside = next((n for n, key in enumerate(order) if key in outside), len(order))
    last = order[inside - 1] if inside else None
    history = list(moves)
    came: dict[str, set[int]] = defaultdict(set)
    on: dict[str, set[int]] = defaultdict(set)
    for account, stage in standing.items():
        came[stage if stage in place else ""].add(account)
    now = {key: len(members) for key, members in came.items()}
    for move in history:
        for stage in (move.from_stage, move.to_stage):
            if stage in place and stage is not None:
                came[stage].add(move.account_id)
        if move.from_stage in place and move.to_stage in place and move.to_stage not in outside:
            later = place[move.to_stage or ""] > place[move.from_stage or ""]
            if later or move.from_stage == last:
                on[move.from_stage or ""].add(move.account_id)
    lengths = stays(history)
    return tuple(
        Step(key, now.get(key, 0), len(came[key]), len(on[key]) if key else 0,
             median(lengths[key]) if lengths.get(key) else None, len(lengths.get(key, ())))
        for key in (*order, "")
    )  # fmt: skip


def is_stuck(rule: StageRule | None, days: int | None) -> bool:
    """Whether an account has been in a stage for longer than is usual."""
    return rule is not None and rule.usual_days is not None and days is not None and days > rule.usual_days

"""Rules of success maps: when an account is stuck, whether a step's exit is met, what a new version carries over."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from cs_workbench.domain.text import fold

ExitKind: TypeAlias = Literal["confirmed", "metric", "objectives"]
MeansKind: TypeAlias = Literal["training", "community", "enablement", "template"]
EXIT_KINDS: tuple[ExitKind, ...] = ("confirmed", "metric", "objectives")
MEANS_KINDS: tuple[MeansKind, ...] = ("training", "community", "enablement", "template")
STUCK_DAYS = 60
"""Days on a step after which an account counts as stuck where the step names no days of its own."""
PER_SEAT = "/seats"
"""Ends the name of a measure that is divided by the seats contracted: ``active_users/seats``."""
SHARE_ROLES = frozenset(("checklist", "objectives"))
"""Roles of metrics whose readings are shares of one (domain.md §4); a bound above 1 says that they are not here."""
PERSONAS, COVERAGE = 5, 0.8
"""At most about five personas cover about 80 % of revenue."""

Advice = Literal["none", "few", "many", "uncovered", "good"]


@dataclass(frozen=True, slots=True)
class Means:
    """What moves an account over a step."""

    kind: MeansKind
    title: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """A step as it is drawn up. ``origin`` is the id of the step it was in the version before, None where it is new.

    ``at_least`` is a plain number for a metric, a share (0–1) for one per seat and for the objectives reached.
    """

    name: str
    exit_text: str = ""
    exit_kind: ExitKind = "confirmed"
    exit_metric: str = ""
    at_least: float | None = None
    usual_days: int | None = None
    means: tuple[Means, ...] = ()
    origin: int | None = None


@dataclass(frozen=True, slots=True)
class Exit:
    """A step's exit as one account stands: ``met`` is None where only a person can say, or nothing was measured.

    ``share`` says whether the figures are shares of one.
    """

    kind: ExitKind
    met: bool | None
    value: float | None = None
    at_least: float | None = None
    share: bool = False


Flaw = Literal["no_steps", "no_name", "same_name", "no_metric", "no_bound", "share", "days", "no_means_title"]


def flaw(steps: Sequence[Step]) -> tuple[Flaw, int] | None:
    """The first thing wrong with a map, and the place of the step it is wrong with; None for a sound one."""
    if not steps:
        return "no_steps", 0
    seen: set[str] = set()
    for place, step in enumerate(steps):
        key = _key(step.name)
        found = _flaw_of(step)
        if found is None and key in seen:
            found = "same_name"
        if found is not None:
            return found, place
        seen.add(key)
    return None


def _flaw_of(step: Step) -> Flaw | None:
    share = step.exit_kind == "objectives" or step.exit_metric.endswith(PER_SEAT)
    if not step.name.strip():
        return "no_name"
    if step.exit_kind == "metric" and not step.exit_metric.removesuffix(PER_SEAT).strip():
        return "no_metric"
    if step.exit_kind != "confirmed":
        if step.at_least is None or step.at_least != step.at_least:
            return "no_bound"
        if share and not 0 < step.at_least <= 1:
            return "share"
    if step.usual_days is not None and not 1 <= step.usual_days <= 3650:
        return "days"
    return "no_means_title" if any(not one.title.strip() for one in step.means) else None


def carried(before: Mapping[int, str], after: Sequence[tuple[int, str, int | None]]) -> dict[int, int | None]:
    """Where the accounts of each old step go: old id → new id, None where the step is gone.

    *before* is old id → name, *after* the new steps as (id, name, origin): a step that was renamed is known by where
    it comes from, else by its name.
    """
    by_origin = {origin: new for new, _name, origin in after if origin is not None}
    by_name = {_key(name): new for new, name, origin in after if origin is None}
    return {old: by_origin.get(old, by_name.get(_key(name))) for old, name in before.items()}


def days_on(entered_on: dt.date | None, today: dt.date) -> int | None:
    """Whole days on the step, never negative; None where it is not known since when."""
    return None if entered_on is None else max((today - entered_on).days, 0)


def is_stuck(days: int | None, usual_days: int | None, *, last: bool) -> bool:
    """Whether an account is on its step for longer than usual. Nobody is stuck on the last step: it is the aim."""
    return days is not None and not last and days > (usual_days or STUCK_DAYS)


def exit_of(step: Step, value: float | None, role: str = "") -> Exit:
    """Whether a step's exit is met by *value*: the metric's newest reading, or the share of objectives reached.

    *role* is the metric's; those of some are shares of one.
    """
    if step.exit_kind == "confirmed":
        return Exit("confirmed", None)
    share = is_share(step.exit_kind, step.exit_metric, role) and not _plain(step)
    met = None if value is None or step.at_least is None else value >= step.at_least
    return Exit(step.exit_kind, met, value, step.at_least, share)


def is_share(kind: ExitKind, metric: str, role: str) -> bool:
    """Whether an exit is given as a share of one: the objectives reached, use per seat, metrics of some roles."""
    if kind == "metric":
        return metric.endswith(PER_SEAT) or role in SHARE_ROLES
    return kind == "objectives"


def _plain(step: Step) -> bool:
    """Whether the readings of a metric are no shares here whatever its role says: the bound is above 1."""
    return step.exit_kind == "metric" and not step.exit_metric.endswith(PER_SEAT) and (step.at_least or 0) > 1


def next_means(step: Step, used: Collection[str]) -> Means | None:
    """The first means of a step not used with the account yet (*used* holds titles); None when all were."""
    known = {_key(title) for title in used}
    return next((one for one in step.means if _key(one.title) not in known), None)


def advice(personas: int, covered: float | None) -> Advice:
    """What the rule of thumb says to a number of personas and the share of revenue they cover (None: no revenue)."""
    if personas == 0:
        return "none"
    if personas > PERSONAS:
        return "many"
    if covered is None or covered >= COVERAGE:
        return "good"
    return "few" if personas < PERSONAS else "uncovered"


def _key(name: str) -> str:
    """The key two spellings of a step or means share; a name of nothing but signs is its own."""
    return fold(name) or name.strip()

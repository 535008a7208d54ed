"""The signal rules of a portfolio: on or off, their figures, the renewal runway. Only differences are kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from cs_workbench import paths
from cs_workbench.domain.signals import RuleProblem, rule_book
from cs_workbench.errors import InvalidValue
from cs_workbench.i18n import _
from cs_workbench.store.queries.settings import setting
from cs_workbench.store.settings import put_setting

if TYPE_CHECKING:
    from cs_workbench.services.workbench import Workbench

SETTING = "signal_rules"
CADENCE = "default_cadence"
RUNWAY = "renewal"
SHARES = frozenset(("share",))
"""Figures that are parts of one (0.5 is a half)."""
_WORDS = frozenset(("kind", "priority", "verb", "effort", "answer", "quiet", "on", "steps"))
_MOST = {
    "share": 1.0,
    "nps": 10.0,
    "csat": 10.0,
    "points": 100.0,
    "times": 100.0,
    "months": 60.0,
    "least": 1000.0,
}
_LONGEST = 730.0


@dataclass(frozen=True, slots=True)
class RuleSetting:
    """One rule: whether it is on, its own figures by name with those it came with, whether anything was changed."""

    name: str
    kind: str
    on: bool
    values: Mapping[str, float]
    defaults: Mapping[str, float]
    changed: bool


@dataclass(frozen=True, slots=True)
class RunwayStep:
    """A step before a renewal: from ``day`` days before the deadline on; for some tiers only where any are named.

    ``came`` is the day it came with, by which it is named.
    """

    day: int
    tiers: tuple[str, ...]
    came: int


@dataclass(frozen=True, slots=True)
class SignalSettings:
    """Every rule in the order of its file, the runway's steps, the cadence of accounts whose tier names none."""

    rules: tuple[RuleSetting, ...]
    runway: tuple[RunwayStep, ...]
    cadence: int
    changed: bool


def settings_of(changes: Mapping[str, Any] | None) -> SignalSettings:
    """The rules with the portfolio's own *changes* over them; changes that cannot be used are left out."""
    tree, own = _defaults(), dict(changes or {})
    try:
        rule_book(tree, own)
    except (RuleProblem, TypeError, ValueError, KeyError, AttributeError):
        own = {}
    merged = {
        name: one | own.get(name, {}) if isinstance(one, dict) else own.get(name, one)
        for name, one in tree.items()
    }
    rules = tuple(
        RuleSetting(
            name,
            str(one["kind"]),
            bool(one.get("on", True)),
            _figures(one),
            _figures(tree[name]),
            bool(own.get(name)),
        )
        for name, one in merged.items()
        if isinstance(one, dict)
    )
    steps = tuple(
        RunwayStep(int(step["day"]), tuple(step.get("tiers", ())), int(ours["day"]))
        for step, ours in zip(merged[RUNWAY]["steps"], tree[RUNWAY]["steps"], strict=False)
    )
    return SignalSettings(rules, steps, int(merged[CADENCE]), bool(own))


def switch(wb: Workbench, rule: str, *, on: bool) -> None:
    """Raise signals of a rule or not, as one undo step. Raises InvalidValue for an unknown rule."""
    _change(wb, _("Change signal rule"), rule, lambda _before: {"on": on})


def set_figure(wb: Workbench, rule: str, figure: str, value: float) -> None:
    """Change one figure of a rule, as one undo step. Raises InvalidValue for one it cannot have."""
    most = _MOST.get(figure, _LONGEST)
    if not 0 <= value <= most:
        raise InvalidValue(
            _("This is a number from {least} to {most}.").format(least=0, most=f"{most:g}"),
            _("The value before is kept."),
            code="number",
            field=f"{rule}.{figure}",
        )
    number = value if figure in {"share", "times"} else int(value)
    _change(wb, _("Change signal rule"), rule, lambda _before: {figure: number})


def set_runway(wb: Workbench, days: Sequence[int]) -> None:
    """When the steps before a renewal begin, in days before its deadline, earliest first; one undo step.

    The due date of a step keeps its distance. Raises InvalidValue unless each step begins after the one before.
    """

    def moved(before: Mapping[str, Any]) -> dict[str, Any]:
        steps = before["steps"]
        falling = all(one > two for one, two in pairwise(days))
        if len(days) != len(steps) or not falling or not all(1 <= day <= _LONGEST for day in days):
            raise InvalidValue(
                _("Each step begins later than the one before, 1 to {most} days ahead.").format(
                    most=int(_LONGEST)
                ),
                _("The days before are kept."),
                code="runway",
                field=RUNWAY,
            )
        return {
            "steps": [
                step | {"day": day, "due": max(0, day - (int(step["day"]) - int(step["due"])))}
                for step, day in zip(steps, days, strict=True)
            ]
        }

    _change(wb, _("Change renewal runway"), RUNWAY, moved)


def set_cadence(wb: Workbench, days: int) -> None:
    """Days between contacts for accounts whose tier names none, as one undo step. Raises InvalidValue."""
    if not 1 <= days <= _LONGEST:
        raise InvalidValue(
            _("A cadence is 1 to {most} days.").format(most=int(_LONGEST)), code="cadence", field=CADENCE
        )
    with wb.change(_("Change cadence")) as db:
        own = dict(setting(db, SETTING) or {})
        put_setting(db, SETTING, own | {CADENCE: days})


def restore(wb: Workbench) -> None:
    """Every rule as it came, as one undo step."""
    with wb.change(_("Restore signal rules")) as db:
        put_setting(db, SETTING, None)


def _change(
    wb: Workbench, name: str, rule: str, change: Callable[[Mapping[str, Any]], dict[str, Any]]
) -> None:
    tree = _defaults()
    with wb.change(name) as db:
        own = dict(setting(db, SETTING) or {})
        ours = tree.get(rule)
        if not isinstance(ours, dict):
            raise InvalidValue(
                _("There is no signal rule {name}.").format(name=rule), code="rule", field=rule
            )
        mine = {**own.get(rule, {}), **change(ours | own.get(rule, {}))}
        kept = {key: value for key, value in mine.items() if value != ({"on": True} | ours).get(key)}
        own = {key: value for key, value in (own | {rule: kept}).items() if value != {}}
        try:
            rule_book(tree, own)
        except RuleProblem as problem:
            raise InvalidValue(
                _("This signal rule cannot be kept: {problem}").format(problem=problem.where),
                _("The value before is kept."),
                code="rule",
                field=rule,
            ) from problem
        put_setting(db, SETTING, own or None)


def _figures(values: Mapping[str, Any]) -> dict[str, float]:
    return {key: value for key, value in values.items() if key not in _WORDS}


def _defaults() -> dict[str, Any]:
    import tomllib

    with open(paths.resources("defaults", "signals.toml"), "rb") as file:
        return tomllib.load(file)

"""Codes in words: axes, bands, measures, reasons, what lists call their entries, a value as a person reads it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cs_workbench.i18n import _, language, mark
from cs_workbench.services.health_words import AXES, MEASURES, NO_SCORE, REASONS

if TYPE_CHECKING:
    from cs_workbench.domain.health import MeasureScore
    from cs_workbench.services.workbench import Workbench

__all__ = [
    "AXES", "BANDS", "MEASURES", "NO_SCORE", "REASONS", "STATUSES", "TASKS", "Labels", "step_text", "value_text",
]  # fmt: skip

BANDS = {"green": mark("green"), "yellow": mark("yellow"), "red": mark("red"), "none": mark("no score")}

STATUSES = {
    "active": mark("running"),
    "trial": mark("trial"),
    "ended": mark("ended"),
    "churned": mark("churned"),
}
TASKS = {
    "task": mark("task"),
    "promise_ours": mark("our promise"),
    "promise_theirs": mark("their promise"),
}


class Labels:
    """What the portfolio calls its stages, tiers, channels, roles and priorities in the language of messages."""

    def __init__(self, workbench: Workbench) -> None:
        from cs_workbench.services.portfolio_settings import list_entries

        spoken = language()
        self._words = {
            name: {
                entry.key: entry.label(spoken) for entry in list_entries(workbench.reads, name, archived=True)
            }
            for name in ("stage", "tier", "channel", "role", "ticket_priority")
        }

    def of(self, name: str, key: str | None) -> str:
        """The label of *key* on the list *name*; the key itself where it is on no list, – where there is none."""
        return self._words[name].get(key, key) if key else "–"


def step_text(unit: str, value: float) -> str:
    """A value on the way to green, as :func:`value_text` writes it."""
    if unit == "change":
        return f"{value:+.0%}"
    if unit == "yesno":
        return _("yes") if value >= 1 else _("no")
    if unit == "days":
        return _("{count} d").format(count=f"{value:g}")
    return f"{value:.2f}".rstrip("0").rstrip(".")


def value_text(measure: MeasureScore) -> str:
    """The value with what it is made of: ``102 / 120 = 0.85``, ``41 d``, ``yes``, ``-12%``."""
    value = measure.value
    if value is None:
        return _(REASONS[measure.reason])
    if measure.unit == "ratio" and measure.numerator is not None and measure.denominator is not None:
        return f"{measure.numerator:g} / {measure.denominator:g} = {value:.2f}"
    if measure.unit == "days":
        return _("{count} d").format(count=f"{value:g}")
    if measure.unit == "yesno":
        return _("yes") if value else _("no")
    if measure.unit == "change":
        return f"{value:+.0%}"
    return f"{value:.2f}".rstrip("0").rstrip(".")

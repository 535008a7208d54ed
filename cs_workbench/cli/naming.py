"""Codes in words: axes, bands, measures, reasons, what lists call their entries."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cs_workbench.i18n import language, mark
from cs_workbench.services.health_words import AXES, MEASURES, NO_SCORE, REASONS

if TYPE_CHECKING:
    from cs_workbench.services.workbench import Workbench

__all__ = ["AXES", "BANDS", "MEASURES", "NO_SCORE", "REASONS", "STATUSES", "TASKS", "Labels"]

BANDS = {"green": mark("green"), "yellow": mark("yellow"), "red": mark("red"), "none": mark("no score")}

STATUSES = {
    "active": mark("running"),
    "trial": mark("trial"),
    "ended": mark("ended"),
    "churned": mark("churned"),
    "draft": mark("not signed"),
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

"""What lies in the trash, as a table: what it is, whose it was, when it was deleted, how long it stays."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from cs_workbench.i18n import _, mark, ngettext
from cs_workbench.services.trash import TrashLine
from cs_workbench.ui import wording
from cs_workbench.ui.models.fact_model import Column

SOON = 3
_KINDS = {
    "account": mark("Account"),
    "person": mark("Person"),
    "contract": mark("Contract"),
    "interaction": mark("Contact"),
    "task": mark("Task"),
    "value_ledger": mark("Value ledger"),
}


def kind(entity: str) -> str:
    """What a kind of record is called; a kind without a name by its own."""
    return _(_KINDS[entity]) if entity in _KINDS else entity.replace("_", " ").capitalize()


def columns(today: Callable[[], dt.date]) -> tuple[Column, ...]:
    """The table's columns; the account and what went with it go first where there is little room."""
    return (
        Column("label", mark("Content"), label, 0, style=lambda _line: ("body", "text.primary")),
        Column("kind", mark("Kind"), lambda line: kind(line.entity), 96, style=_second),
        Column("account", mark("Account"), lambda line: line.account, 176, drop=2, style=_second),
        Column("others", mark("With it"), others, 128, drop=1, style=_second),
        Column(
            "deleted", mark("Deleted on"), lambda line: deleted(line, today()), 120, right=True, style=_second
        ),
        Column("left", mark("Days left"), lambda line: str(line.days_left), 88, right=True, style=_left),
    )


def label(line: TrashLine) -> str:
    """What was deleted, on one line."""
    return " ".join(line.label.split()) or _("(no name)")


def others(line: TrashLine) -> str:
    """How many records went with it."""
    if not line.others:
        return ""
    return ngettext("{count} record", "{count} records", line.others).format(count=f"{line.others:,}")


def deleted(line: TrashLine, today: dt.date) -> str:
    """When it was deleted: today by the hour, else the day."""
    here = line.deleted_at.astimezone()
    return f"{here:%H:%M}" if here.date() == today else wording.date(here.date())


def _second(_line: TrashLine) -> tuple[str, str]:
    return "body", "text.secondary"


def _left(line: TrashLine) -> tuple[str, str]:
    return ("strong", "health.red.text") if line.days_left <= SOON else ("body", "text.primary")

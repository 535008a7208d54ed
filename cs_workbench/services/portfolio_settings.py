"""The portfolio's own settings and lists: own name, company, currency, language, stages, tiers, reasons."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cs_workbench.errors import InvalidValue, NotFound
from cs_workbench.i18n import _
from cs_workbench.services.setting_values import checked
from cs_workbench.store import settings as stored
from cs_workbench.store.queries.settings import ListEntry, list_entries, setting, settings
from cs_workbench.store.settings import put_setting

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cs_workbench.services.workbench import Workbench

__all__ = [
    "ListEntry",
    "archive_list_entry",
    "list_entries",
    "put_list_entry",
    "put_setting",
    "set_cadence",
    "set_settings",
    "setting",
    "settings",
]

LONGEST_CADENCE = 730


def set_settings(wb: Workbench, values: Mapping[str, object], *, name: str = "") -> None:
    """Keep several settings as one undo step called *name*; None takes one away.

    Raises InvalidValue for a value its setting cannot have; then nothing was kept.
    """
    wanted = {key: checked(key, value) for key, value in values.items()}
    with wb.change(name or _("Change settings")) as db:
        for key, value in wanted.items():
            put_setting(db, key, value)


def set_cadence(wb: Workbench, tier: str, days: int) -> None:
    """How many days may pass between two-way contacts with accounts of the tier with that key; one undo step.

    Raises InvalidValue for less than a day or more than two years, NotFound for an unknown tier.
    """
    if not 1 <= days <= LONGEST_CADENCE:
        raise InvalidValue(
            _("A cadence is 1 to {most} days.").format(most=LONGEST_CADENCE), code="cadence", field=tier
        )
    with wb.change(_("Change cadence")) as db:
        entry = next((one for one in list_entries(db, "tier", archived=True) if one.key == tier), None)
        if entry is None:
            raise NotFound(_("The list has no entry {key}.").format(key=tier), candidates=[])
        data = entry.data | {"cadence_days": days}
        stored.put_list_entry(db, "tier", tier, label_en=entry.label_en, label_ja=entry.label_ja, data=data)


def put_list_entry(
    wb: Workbench, name: str, key: str, *, label_en: str, label_ja: str, data: Mapping[str, Any] | None = None
) -> int:
    """Add an entry to the list *name*, or change the one with that key, as one undo step; returns its id.

    ``data`` None keeps what an existing entry has. Raises InvalidValue for an unknown list or a blank key or label.
    """
    from cs_workbench.domain.text import name_of
    from cs_workbench.store.defaults import LISTS

    if name not in LISTS:
        raise InvalidValue(_("There is no list {name}.").format(name=name), code="list", field=name)
    words = [name_of(one) for one in (key, label_en, label_ja)]
    if not all(words):
        raise InvalidValue(_("An entry needs a key and a label in both languages."), code="label", field=key)
    with wb.change(_("Change list")) as db:
        return stored.put_list_entry(db, name, words[0], label_en=words[1], label_ja=words[2], data=data)


def archive_list_entry(wb: Workbench, name: str, key: str) -> None:
    """Take an entry out of choices; records that use it keep it. Raises NotFound."""
    with wb.change(_("Change list")) as db:
        if not stored.archive_list_entry(db, name, key):
            raise NotFound(_("The list has no entry {key}.").format(key=key), candidates=[])

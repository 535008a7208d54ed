"""Which stakeholder roles an account of a tier must have: kept on the tier, else what the list of roles says."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from cs_workbench.errors import InvalidValue, NotFound
from cs_workbench.i18n import _
from cs_workbench.store import settings as stored
from cs_workbench.store.queries.settings import list_entries

if TYPE_CHECKING:
    from cs_workbench.services.workbench import Workbench
    from cs_workbench.store.queries.settings import ListEntry
    from cs_workbench.store.reads import Reads

KEY = "required_roles"
FALLBACK = ("decision_maker", "champion")
"""Where neither the tier nor the list of roles says anything: somebody who decides, somebody who carries it."""


def required_for(reads: Reads, tier: str | None) -> tuple[str, ...]:
    """The roles an account of *tier* must have, in the order of the list of roles."""
    entry = next((one for one in list_entries(reads, "tier", archived=True) if one.key == tier), None)
    return required_of(entry, list_entries(reads, "role"))


def required_of(tier: ListEntry | None, roles: Sequence[ListEntry]) -> tuple[str, ...]:
    """The same from entries that were read already."""
    if tier is not None and KEY in tier.data:
        wanted = tier.data[KEY]
        return tuple(one.key for one in roles if one.key in wanted)
    marked = tuple(one.key for one in roles if one.data.get("required"))
    return marked or tuple(one.key for one in roles if one.key in FALLBACK)


def set_required(wb: Workbench, tier: str, roles: Sequence[str]) -> None:
    """Keep the roles accounts of *tier* must have; none is allowed. One undo step.

    Raises NotFound for an unknown tier, InvalidValue for a role that is not on the list.
    """
    known = {one.key for one in list_entries(wb.reads, "role", archived=True)}
    if strange := [one for one in roles if one not in known]:
        raise InvalidValue(_("“{value}” is not on the list.").format(value=strange[0]), field=KEY)
    with wb.change(_("Change required roles")) as db:
        entry = next((one for one in list_entries(db, "tier", archived=True) if one.key == tier), None)
        if entry is None:
            raise NotFound(_("The list has no entry {key}.").format(key=tier), candidates=[])
        data = entry.data | {KEY: list(dict.fromkeys(roles))}
        stored.put_list_entry(db, "tier", tier, label_en=entry.label_en, label_ja=entry.label_ja, data=data)

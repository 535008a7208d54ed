"""Deleting with a way back: the trash."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cs_workbench.errors import InvalidValue
from cs_workbench.i18n import _, mark, ngettext
from cs_workbench.store import trash as stored
from cs_workbench.store.trash import Discarded

if TYPE_CHECKING:
    from cs_workbench.services.workbench import Workbench
    from cs_workbench.store.reads import Reads

__all__ = [
    "KEPT_DAYS",
    "Discarded",
    "TrashLine",
    "delete",
    "empty",
    "expire",
    "lines",
    "listing",
    "restore",
    "restore_many",
]

KEPT_DAYS = 30
"""Days something stays in the trash."""
_ORDER = ("account", "person", "contract", "interaction", "task", "value_ledger")
"""Who comes back first: what others hang on."""

_NAMES = {
    "account": mark("Delete account"),
    "person": mark("Delete person"),
    "contract": mark("Delete contract"),
    "interaction": mark("Delete contact"),
    "task": mark("Delete task"),
    "value_ledger": mark("Delete value ledger"),
}


@dataclass(frozen=True, slots=True)
class TrashLine:
    """One thing in the trash as a list shows it.

    ``account`` is whose it was ("" for an account itself), ``deleted_at`` an aware UTC instant, ``others`` how many
    records went with it, ``days_left`` the days until it is let go (0: today).
    """

    id: int
    entity: str
    label: str
    account: str
    deleted_at: dt.datetime
    others: int
    days_left: int


def delete(wb: Workbench, entity: str, entity_id: int, *, now: dt.datetime) -> int:
    """Move an account, person, contract, interaction, task or value ledger to the trash with all that goes with it.

    One undo step; returns the trash id. Raises NotFound, InvalidValue for another kind of record.
    """
    if entity not in _NAMES:
        raise InvalidValue(_("{entity} cannot be put in the trash.").format(entity=entity), code="entity")
    at = now.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    with wb.change(_(_NAMES[entity])) as db:
        return stored.discard(db, entity, entity_id, at=at)


def delete_accounts(wb: Workbench, ids: Sequence[int], *, now: dt.datetime) -> None:
    """Move several accounts to the trash with all that goes with them, as one undo step. Raises NotFound."""
    at = now.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    name = ngettext("Delete {n} account", "Delete {n} accounts", len(ids)).format(n=len(ids))
    with wb.change(name) as db:
        for one in ids:
            stored.discard(db, "account", one, at=at)


def listing(reads: Reads) -> list[Discarded]:
    """What lies in the trash, newest first."""
    return stored.listing(reads)


def lines(reads: Reads, now: dt.datetime) -> tuple[TrashLine, ...]:
    """The trash as a list shows it, newest first; a constant number of statements."""
    things = stored.listing(reads)
    if not things:
        return ()
    contents = stored.contents(reads)
    owners = {one.account_id for one in contents.values() if one.account_id is not None}
    names = stored.account_names(reads, sorted(owners))
    found = []
    for thing in things:
        at = dt.datetime.fromisoformat(thing.deleted_at)
        content = contents[thing.id]
        found.append(
            TrashLine(
                thing.id,
                thing.entity,
                thing.label,
                names.get(content.account_id or 0, ""),
                at,
                max(content.rows - 1, 0),
                max(KEPT_DAYS - (now - at).days, 0),
            )
        )
    return tuple(found)


def restore_many(wb: Workbench, trash_ids: Sequence[int]) -> list[Discarded]:
    """Bring several things back as one undo step, accounts before what hangs on them; all of them or none.

    Raises NotFound and PortfolioProblem as ``restore`` does.
    """
    with wb.change(_("Restore from trash")) as db:
        kinds = {trash_id: stored.entity_of(db, trash_id) for trash_id in trash_ids}
        ordered = sorted(kinds, key=lambda one: (_rank(kinds[one]), one))
        return [stored.put_back(db, trash_id) for trash_id in ordered]


def _rank(entity: str) -> int:
    return _ORDER.index(entity) if entity in _ORDER else len(_ORDER)


def expire(wb: Workbench, *, now: dt.datetime) -> int:
    """Let go of what has been in the trash for 30 days, as one undo step; no step where there is nothing.

    Returns how many things that were.
    """
    before = (now.astimezone(dt.UTC) - dt.timedelta(days=KEPT_DAYS)).strftime("%Y-%m-%dT%H:%M:%SZ")
    if not any(thing.deleted_at < before for thing in stored.listing(wb.reads)):
        return 0
    with wb.change(_("Clear old trash")) as db:
        return stored.expire(db, before)


def restore(wb: Workbench, trash_id: int) -> Discarded:
    """Bring something back from the trash, with its rows and the links to it, as one undo step.

    Raises NotFound; PortfolioProblem where its account is gone or an id of it is in use again.
    """
    with wb.change(_("Restore from trash")) as db:
        return stored.put_back(db, trash_id)


def empty(wb: Workbench) -> int:
    """Delete everything in the trash for good and return how many things that were.

    Cannot be undone, and ends the undo history: what was erased must not live on in it.
    """
    with wb.change(_("Empty trash")) as db:
        count = stored.empty(db)
    wb.database.settle()
    return count

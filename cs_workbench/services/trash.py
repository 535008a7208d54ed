"""Deleting with a way back: the trash."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from cs_workbench.errors import InvalidValue
from cs_workbench.i18n import _, mark
from cs_workbench.store import trash as stored
from cs_workbench.store.trash import Discarded

if TYPE_CHECKING:
    from cs_workbench.services.workbench import Workbench
    from cs_workbench.store.reads import Reads

__all__ = ["Discarded", "delete", "empty", "listing", "restore"]

_NAMES = {
    "account": mark("Delete account"),
    "person": mark("Delete person"),
    "contract": mark("Delete contract"),
    "interaction": mark("Delete contact"),
    "task": mark("Delete task"),
}


def delete(wb: Workbench, entity: str, entity_id: int, *, now: dt.datetime) -> int:
    """Move an account, person, contract, interaction or task to the trash with all that goes with it.

    One undo step; returns the trash id. Raises NotFound, InvalidValue for another kind of record.
    """
    if entity not in _NAMES:
        raise InvalidValue(_("{entity} cannot be put in the trash.").format(entity=entity), code="entity")
    at = now.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    with wb.change(_(_NAMES[entity])) as db:
        return stored.discard(db, entity, entity_id, at=at)


def listing(reads: Reads) -> list[Discarded]:
    """What lies in the trash, newest first."""
    return stored.listing(reads)


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

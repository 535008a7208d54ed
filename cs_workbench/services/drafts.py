"""What is being typed, kept outside undo until it is saved: at most two seconds of it can be lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cs_workbench.i18n import _
from cs_workbench.store import drafts as stored

if TYPE_CHECKING:
    import datetime as dt

    from cs_workbench.services.workbench import Workbench
    from cs_workbench.store.reads import Reads


def draft(reads: Reads, key: str) -> str:
    """The text kept under *key*; "" where there is none."""
    return stored.draft(reads, key)


def keep(wb: Workbench, key: str, text: str, *, now: dt.datetime) -> None:
    """Keep *text* under *key*; blank text takes the draft away. A read-only portfolio keeps nothing."""
    if wb.database.read_only:
        return
    with wb.evidence(_("Keep draft")) as db:
        stored.put_draft(db, key, text if text.strip() else "", now.strftime("%Y-%m-%dT%H:%M:%SZ"))

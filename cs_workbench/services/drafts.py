"""What is being typed, kept outside undo until it is saved: at most two seconds of it can be lost."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cs_workbench.i18n import _
from cs_workbench.store import drafts as stored

if TYPE_CHECKING:
    from cs_workbench.services.workbench import Workbench
    from cs_workbench.store.reads import Reads

QUICK_LOG = "quick_log"
_TYPED = re.compile(r"quick_log:(\d+)|account:(\d+):note(?::\d+)?|renewal:(\d+):[-\d]+:(?:mail|step\d)")


@dataclass(frozen=True, slots=True)
class Kept:
    """A draft: what was typed, when it was kept last, and the account it was about (0: none was shown)."""

    key: str
    text: str
    at: dt.datetime
    account_id: int

    @property
    def is_quick_log(self) -> bool:
        """Whether it was typed into the quick log."""
        return self.key.startswith(QUICK_LOG)


def draft(reads: Reads, key: str) -> str:
    """The text kept under *key*; "" where there is none."""
    return stored.draft(reads, key)


def keep(wb: Workbench, key: str, text: str, *, now: dt.datetime) -> None:
    """Keep *text* under *key*; blank text takes the draft away. A read-only portfolio keeps nothing."""
    if wb.database.read_only:
        return
    with wb.evidence(_("Keep draft")) as db:
        stored.put_draft(db, key, text if text.strip() else "", now.strftime("%Y-%m-%dT%H:%M:%SZ"))


def quick_log_key(account_id: int | None) -> str:
    """Under which the quick log keeps what is typed about an account (None: none is shown)."""
    return f"{QUICK_LOG}:{account_id or 0}"


def unsaved(reads: Reads) -> list[Kept]:
    """Everything typed that was never saved, the newest first: quick-log lines, notes, papers of renewals."""
    found = []
    for key, body, at in stored.drafts(reads):
        if typed := _TYPED.fullmatch(key):
            found.append(
                Kept(key, body, dt.datetime.fromisoformat(at), int(typed[1] or typed[2] or typed[3] or 0))
            )
    return found

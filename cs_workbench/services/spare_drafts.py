"""What is typed while the writer is busy: kept beside the portfolio until the portfolio itself holds it.

A long import or its undo holds the one writer for a minute and more; drafts wait behind it, and a kill meanwhile would
take more than two seconds of typing along.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import threading
from typing import TYPE_CHECKING

from cs_workbench.i18n import _
from cs_workbench.store import drafts as stored
from cs_workbench.store import spare
from cs_workbench.store.connection import DriverError

if TYPE_CHECKING:
    from cs_workbench.services.workbench import Workbench

_FORM = "%Y-%m-%dT%H:%M:%SZ"


class SpareDrafts:
    """The spare of one open portfolio. Turns are numbers that grow with every version of a text, of any key."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._written: dict[str, int] = {}
        """By key the newest turn the portfolio holds."""
        self._held: dict[str, int] = {}
        """By key the turn the spare holds and the portfolio does not yet."""
        self._path = ""

    def keep(self, wb: Workbench, key: str, text: str, turn: int, *, now: dt.datetime) -> None:
        """Keep *text* beside the portfolio, unless the portfolio holds this or a newer version by now.

        Where it cannot be written the text still waits for the writer, who says so if there is no room.
        """
        body = text if text.strip() else ""
        with self._guard:
            if turn <= max(self._written.get(key, -1), self._held.get(key, -1)):
                return
            self._path = wb.path
            self._held[key] = turn
            at = now.astimezone(dt.UTC).strftime(_FORM)
            with contextlib.suppress(OSError, DriverError):
                spare.put(wb.path, wb.database.raw_key, key, body, at)

    def holds(self, key: str) -> bool:
        """Whether the spare holds a version of *key* that the portfolio does not yet."""
        return key in self._held

    def written(self, key: str, turn: int) -> None:
        """The portfolio holds version *turn* of *key*; the spare goes once it holds nothing newer of any."""
        with self._guard:
            self._written[key] = max(turn, self._written.get(key, -1))
            if self._held.get(key, turn + 1) <= turn:
                del self._held[key]
                if not self._held:
                    with contextlib.suppress(OSError):
                        spare.clear(self._path)


def take_in(wb: Workbench) -> None:
    """Put what a killed program left beside the portfolio among its drafts, then take the spare away.

    Never over a draft kept later. Raises UserError where the portfolio cannot be written; the spare stays then.
    """
    if not os.path.lexists(spare.spare_of(wb.path)):
        return
    left = spare.rows(wb.path, wb.database.raw_key)
    if left:
        known = {key: at for key, _body, at in stored.drafts(wb.reads)}
        with wb.evidence(_("Keep draft")) as db:
            for key, body, at in left:
                if at >= known.get(key, ""):
                    stored.put_draft(db, key, body, at)
    spare.clear(wb.path)

"""What is typed into a form of the Voice page, kept until it is saved: a second of it can be lost, not more."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, QTimer

from cs_workbench.i18n import _
from cs_workbench.services import drafts

if TYPE_CHECKING:
    from cs_workbench.ui.desk import Desk

WAIT = 1_000


class Typed(Protocol):
    """A form that tells what stands in its fields and takes it back."""

    def typed(self) -> dict[str, str]:
        """Field → what stands in it."""

    def put_back(self, typed: dict[str, str]) -> None:
        """Fill its fields."""


class FormDraft(QObject):
    """Reads what was left under *key* when the form opens; ``note`` keeps what is typed, ``clear`` takes it away.

    ``fresh`` is what stands in the fields where nothing was typed.
    """

    def __init__(self, desk: Desk, key: str, form: Typed, parent: QObject) -> None:
        super().__init__(parent)
        self.key = f"voice:{key}"
        self._desk, self._form = desk, form
        self.fresh = form.typed()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(WAIT)
        self._timer.timeout.connect(self.flush)
        reads = desk.workbench.reads
        desk.tasks.run(lambda: drafts.draft(reads, self.key), done=self._found, owner=self)

    def note(self) -> None:
        """Something was typed."""
        if not self._timer.isActive():  # not restarted by each letter: steady typing is kept as well
            self._timer.start()

    def flush(self) -> None:
        """Keep now what waits."""
        if self._timer.isActive():
            self._timer.stop()
        typed = self._form.typed()
        self._desk.keep_draft(self.key, "" if typed == self.fresh else json.dumps(typed, ensure_ascii=False))

    def leave(self) -> None:
        """The form closes: what waits is kept first."""
        if self._timer.isActive():
            self.flush()

    def clear(self) -> None:
        """It is saved."""
        self._timer.stop()
        self._desk.keep_draft(self.key, "")

    def _found(self, body: str) -> None:
        if not body or self._form.typed() != self.fresh:
            return
        try:
            data = json.loads(body)
        except ValueError:
            return
        if isinstance(data, dict):
            self._form.put_back({str(key): str(value) for key, value in data.items()})
            self._desk.tell(_("What you typed before is here again; it is not saved yet."))

"""Keeping what is typed into the quick log, and offering what was never saved."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from cs_workbench.i18n import _
from cs_workbench.ui import theme as themes
from cs_workbench.ui import wording
from cs_workbench.ui.widgets.button import Button
from cs_workbench.ui.widgets.header import Bar
from cs_workbench.ui.widgets.label import Label

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cs_workbench.services.drafts import Kept
    from cs_workbench.ui.desk import Desk

DRAFT_MS = 700
"""After the first key that is not kept yet; not restarted by each key, so that steady typing is kept as well."""

_FIRST_WORDS = 40


class DraftKeeper(QObject):
    """Keeps a text as draft. ``kept`` once it is on the disk, ``failed`` with the reason where it could not be."""

    kept = Signal()
    failed = Signal(object)

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self.desk = desk
        self.key = ""
        self.text = ""
        self.stored = ""
        self.failing = False
        self._timer = QTimer(self, singleShot=True, interval=DRAFT_MS)
        self._timer.timeout.connect(self.keep)

    @property
    def waiting(self) -> bool:
        """Whether something typed is about to be kept."""
        return self._timer.isActive()

    def begin(self, key: str, stored: str = "") -> None:
        """Keep under *key* from now on, where *stored* stands already."""
        self._timer.stop()
        self.key, self.text, self.stored, self.failing = key, stored, stored, False

    def move(self, key: str) -> None:
        """Keep what is typed under another *key*: it is about another account now."""
        text, before = self.text, self.key
        if self.stored.strip():
            self.drop(before)
        self.begin(key)
        self.typed(text)

    def pause(self) -> None:
        """Keep nothing until the next key: what is typed is being saved."""
        self._timer.stop()

    def typed(self, text: str) -> None:
        """Remember *text*; it is kept within a second."""
        self.text = text
        self.failing = self.failing and bool(text.strip())
        if self.key and not self._timer.isActive():
            self._timer.start()

    def keep(self) -> None:
        """Keep it now, unless it is kept."""
        self._timer.stop()
        if not self.key or self.text == self.stored:
            return
        self.stored = self.text
        self.desk.keep_draft(self.key, self.text, done=self._on_kept, failed=self._on_failed)

    def forget(self) -> None:
        """What was typed is saved or thrown away on purpose: nothing more is kept of it."""
        self._timer.stop()
        self.text = self.stored = ""
        self.failing = False

    def drop(self, key: str) -> None:
        """Take the draft under *key* away."""
        self.desk.keep_draft(key, "")

    def _on_kept(self, _nothing: object) -> None:
        self.failing = False
        self.kept.emit()

    def _on_failed(self, error: BaseException) -> None:
        self.stored = ""
        self.failing = True
        self._timer.start()  # again, until there is room; the text stands in the field meanwhile
        self.failed.emit(error)


class DraftOffer(Bar):
    """ "Draft from 10:42": continue it or throw it away."""

    continued = Signal()
    dropped = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(32, surface="", line="", margin=12, parent=parent)
        self.kept: Kept | None = None
        self.sentence = Label("", "small", "text.primary", elide=True)
        self.go_on = Button("", "text", small=True)
        self.drop = Button("", "text", small=True)
        self.row.addWidget(self.sentence, 1)
        self.row.addWidget(self.go_on)
        self.row.addWidget(self.drop)
        self.row.setSpacing(themes.current().px(4))
        self.go_on.clicked.connect(self.continued)
        self.drop.clicked.connect(self.dropped)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """A soft strip."""
        theme = themes.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("bg.selected"))
        painter.drawRoundedRect(QRectF(self.rect()), theme.px(6), theme.px(6))

    def offer_beside(self, kept: Kept | None, typed: str, names: Mapping[int, str], today: dt.date) -> bool:
        """Offer *kept* unless it is what stands in the field already; whether it is."""
        same = kept is not None and kept.text.strip() == typed.strip()
        self.offer(None if same else kept, names.get(kept.account_id, "") if kept is not None else "", today)
        return same

    def offer(self, kept: Kept | None, account: str, today: dt.date) -> None:
        """Offer *kept*, a draft about *account* ("": none); None hides the offer."""
        self.kept = kept
        self.setVisible(kept is not None)
        if kept is None:
            return
        at = kept.at.astimezone()
        when = at.strftime("%H:%M") if at.date() == today else wording.date(at.date())
        line = " ".join(kept.text.split())
        said = line if len(line) <= _FIRST_WORDS else line[: _FIRST_WORDS - 1] + "…"
        named = account and not line.startswith(("@", "＠"))  # else the words name their own account
        words = _("Draft from {time} – {account}: “{words}”") if named else _("Draft from {time}: “{words}”")
        self.sentence.setText(words.format(time=when, account=account, words=said))
        self.go_on.setText(_("Continue"))
        self.drop.setText(_("Throw away"))

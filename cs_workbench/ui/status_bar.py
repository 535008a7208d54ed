"""The line at the foot: when it was saved, the last verified backup, how many there are."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from cs_workbench.i18n import _, ngettext
from cs_workbench.ui import icons, wording
from cs_workbench.ui import theme as themes
from cs_workbench.ui.style import restyled
from cs_workbench.ui.widgets.header import Bar
from cs_workbench.ui.widgets.label import Label

if TYPE_CHECKING:
    from PySide6.QtCore import QEvent


class StatusItem(QWidget):
    """Icon and words; empty words hide it."""

    def __init__(self, icon: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.icon_name = icon
        self.colour = "text.secondary"
        self.mark = QLabel(self)
        self.words = Label("", "small", self.colour)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(themes.current().px(6))
        row.addWidget(self.mark)
        row.addWidget(self.words)
        self.say("")

    def say(self, words: str, icon: str = "", colour: str = "text.secondary") -> None:
        """Show *words*, in red bold where something is wrong."""
        self.icon_name = icon or self.icon_name
        self.colour = colour
        self.words.set_colour(colour)
        self.words.set_style("small" if colour == "text.secondary" else "small_strong")
        self.words.setText(words)
        self.setVisible(bool(words))
        self._draw()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Draw the icon in a new theme's colour."""
        super().changeEvent(event)
        if restyled(event):
            self._draw()

    def _draw(self) -> None:
        self.mark.setPixmap(icons.pixmap(self.icon_name, self.colour, 14))


class StatusBar(Bar):
    """28 px, full width. What it says is kept as facts and put in words again when the language changes."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            28, surface="bg.window", line="line.strong", margin=16, spacing=24, above=True, parent=parent
        )
        self._saved: tuple[str, dt.datetime | None] = ("", None)
        self._backup: tuple[dt.datetime | None, dt.date | None] = (None, None)
        self._accounts: int | None = None
        self._version = ""
        self.saved = StatusItem("check")
        self.backup = StatusItem("database-backup")
        self.count = Label("", "small", "text.secondary")
        self.row.addWidget(self.saved)
        self.row.addWidget(self.backup)
        self.row.addStretch(1)
        self.row.addWidget(self.count)

    def set_saved(self, at: dt.datetime) -> None:
        """Everything is saved, last at *at* (local time)."""
        self._saved = ("saved", at)
        self.retranslate()

    def set_saving(self) -> None:
        """A change is being written."""
        self._saved = ("saving", None)
        self.retranslate()

    def set_unsaved(self, since: dt.datetime) -> None:
        """Writing fails since *since* (local time)."""
        self._saved = ("unsaved", since)
        self.retranslate()

    def set_vacant(self, version: str) -> None:
        """No portfolio is open: what holds then, and the program's version."""
        self._saved = ("vacant", None)
        self._backup = (None, None)
        self._accounts = None
        self._version = version
        self.retranslate()

    def set_backup(self, at: dt.datetime | None, today: dt.date) -> None:
        """The newest backup that passed verification (local time), or none."""
        self._backup = (at, today)
        self.retranslate()

    def set_accounts(self, number: int | None) -> None:
        """How many accounts there are."""
        self._accounts = number
        self.retranslate()

    def retranslate(self) -> None:
        """All three in the language of now."""
        state, at = self._saved
        clock = at.strftime("%H:%M") if at else ""
        if state == "saved":
            self.saved.say(_("Saved {time}").format(time=clock), "check")
        elif state == "vacant":
            self.saved.say(_("Offline by design"), "database")
        elif state == "saving":
            self.saved.say(_("Saving"), "loader-circle")
        elif state == "unsaved":
            self.saved.say(
                _("Not saved since {time}").format(time=clock), "triangle-alert", "health.red.text"
            )
        self.backup.say(self._backup_words())
        number = self._accounts
        words = (
            "" if number is None else ngettext("{n} account", "{n} accounts", number).format(n=f"{number:,}")
        )
        self.count.setText(self._version if state == "vacant" else words)

    def _backup_words(self) -> str:
        at, today = self._backup
        if today is None:
            return ""
        if at is None:
            return _("No backup yet")
        if at.date() == today:
            return _("Backup verified today {time}").format(time=at.strftime("%H:%M"))
        return _("Backup verified {date}").format(date=wording.date(at.date()))

"""The base of every page: shown, told what changed, asked to look again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QEvent, Qt, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from cs_workbench.ui import theme as themes

if TYPE_CHECKING:
    from cs_workbench.services.printing import Printable
    from cs_workbench.ui.desk import Desk

Verbs = Mapping[str, Callable[[], object]]


class Page(QWidget):
    """A page of the window. Subclasses set ``id`` and ``cares_about`` and write ``refresh`` and ``retranslate``.

    ``refresh`` starts reading (``self.desk.tasks.run``) and fills widgets when done; it runs when the page is first
    shown and, while it is visible, after each change to a table it cares about. Hidden pages look again when shown.
    """

    id: ClassVar[str] = ""
    cares_about: ClassVar[frozenset[str]] = frozenset()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.stale = True
        self.setObjectName(self.id)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        desk.bus.changed.connect(self._on_changed)
        desk.day_changed.connect(self.look_again)

    def open(self, **arguments: object) -> None:
        """Take the arguments of ``desk.go(page, …)``: which account, which tab, which filter."""

    def standing(self) -> dict[str, object]:
        """The arguments of ``open`` that bring a new page to where this one stands (tab, section, filter)."""
        return {}

    def foot(self) -> int:
        """Height of the bar at the page's foot, px: toasts stand above it."""
        return 0

    def refresh(self) -> None:
        """Read again and fill the widgets."""

    def retranslate(self) -> None:
        """Write every fixed text again in the language of now."""

    def verbs(self) -> Verbs:
        """What this page answers to at this moment: verb of the actions table → what to call."""
        return {}

    def first_focus(self) -> QWidget | None:
        """The widget that gets the focus when the page is shown; None leaves it on the page."""
        return None

    def leave(self) -> bool:
        """Finish what was being typed before another page or the end comes; False to stay."""
        return True

    def printable(self) -> Printable | None:
        """The list shown, for paper and for a file: title, filter, columns, rows as texts; None without a list."""
        return None

    @Slot()
    def look_again(self) -> None:
        """Refresh now if visible, else when shown next."""
        if self.isVisible():
            self.stale = False
            self.refresh()
        else:
            self.stale = True

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """Refresh what went stale while hidden."""
        super().showEvent(event)
        if self.stale:
            self.stale = False
            self.refresh()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """In a new language write every text again, and read again what was put in words while reading."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
            self.look_again()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """The page's surface."""
        QPainter(self).fillRect(event.rect(), themes.current().colour("bg.surface"))

    @Slot(object)
    def _on_changed(self, changes: object) -> None:
        ids: Mapping[str, object] = getattr(changes, "ids", {})
        if self.cares_about.intersection(ids):
            self.look_again()

"""Who has the keyboard on a page: where its part with the focus goes away, another part of the page takes over.

Qt hands the focus of a widget that hides to the next one in the window, which is the rail: Enter would then act there.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from cs_workbench.ui.page import Page
from cs_workbench.ui.rail import Rail


class PageFocus(QObject):
    """Watches the focus of one window's *pages*; *page* tells which is shown."""

    def __init__(self, pages: QWidget, page: Callable[[], Page | None]) -> None:
        super().__init__(pages)
        self._pages = pages
        self._page = page
        self._lost: QWidget | None = None
        self._arriving = False
        running = QApplication.instance()
        assert isinstance(running, QApplication)
        running.focusChanged.connect(self._on_changed)

    def arrive(self) -> None:
        """Another page was just shown; until it has read, the rail holds the keyboard only because Qt put it there."""
        self._arriving = True

    @Slot()
    def settle(self) -> None:
        """Once a page has read what it shows: what it could not give the focus to before has it now."""
        page, now = self._page(), self._pages.window().focusWidget()
        arriving, self._arriving = self._arriving, False
        if page is not None and (now is page or (arriving and _on_rail(now))):
            self._give(page)

    @Slot("QWidget*", "QWidget*")
    def _on_changed(self, old: QWidget | None, new: QWidget | None) -> None:
        if old is None or new is None or self._inside(new) or not self._inside(old):
            return
        self._lost = old  # whether it hides is known once Qt is through with it
        QTimer.singleShot(0, self, self._look)

    @Slot()
    def _look(self) -> None:
        lost, self._lost = self._lost, None
        page, now = self._page(), self._pages.window().focusWidget()
        if lost is None or page is None or not page.isVisible() or now is None or self._inside(now):
            return
        if not isValid(lost) or not lost.isVisible():
            self._give(page)

    def _inside(self, widget: QWidget) -> bool:
        return isValid(widget) and self._pages.isAncestorOf(widget)

    def _give(self, page: Page) -> None:
        wanted = page.first_focus()
        able = wanted is not None and wanted.isVisibleTo(page) and wanted.isEnabled()
        (wanted if wanted is not None and able else page).setFocus()


def _on_rail(widget: QWidget | None) -> bool:
    while widget is not None and not isinstance(widget, Rail):
        widget = widget.parentWidget()
    return widget is not None

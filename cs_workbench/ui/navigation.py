"""The stack of pages: made when first shown, one visible, with a way back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from cs_workbench.i18n import _
from cs_workbench.ui import actions
from cs_workbench.ui.loading import found
from cs_workbench.ui.page import Page
from cs_workbench.ui.page_focus import PageFocus
from cs_workbench.ui.pages import PageEntry, entry
from cs_workbench.ui.widgets.empty import EmptyState
from cs_workbench.ui.widgets.header import PageHeader

if TYPE_CHECKING:
    from cs_workbench.ui.desk import Desk

Place = tuple[str, dict[str, object]]


class UnbuiltPage(Page):
    """What stands where a page's module is missing: its title, one sentence, one action."""

    def __init__(self, desk: Desk, which: PageEntry) -> None:
        super().__init__(desk)
        self._which = which
        self._offer = actions.action(which.offer)
        self.header = PageHeader()
        self.empty = EmptyState(
            which.icon, "", " ", lambda: desk.act(self._offer.id), act_icon=self._offer.icon
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(self.empty, 1)
        self.retranslate()

    def retranslate(self) -> None:
        """Title, sentence, action."""
        self.header.title.setText(_(self._which.text))
        still = _(
            "{sentence} This page comes with a later version; what it needs works on the command line today."
        )
        self.empty.say(still.format(sentence=_(self._which.empty)), _(self._offer.text))


class Navigation(QStackedWidget):
    """Shows one page at a time. ``arrived`` tells which."""

    arrived = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk: Desk | None = None
        self._pages: dict[str, Page] = {}
        self._behind: list[Place] = []
        self._here: Place | None = None
        self._focus = PageFocus(self, lambda: self.page)

    def attach(self, desk: Desk) -> None:
        """Forget the pages of the portfolio before; new ones get *desk*."""
        self.clear()
        self._desk = desk
        desk.tasks.idle.connect(self._focus.settle)

    def clear(self) -> None:
        """Take every page away, the one shown last: a stack shows another page in its place, and that would read."""
        shown = self.currentWidget()
        for page in sorted(self._pages.values(), key=lambda page: page is shown):
            self.removeWidget(page)
            page.deleteLater()
        self._pages.clear()
        self._behind.clear()
        self._here = None

    @property
    def page(self) -> Page | None:
        """The page shown."""
        return self._pages.get(self._here[0]) if self._here else None

    @property
    def page_id(self) -> str:
        """The id of the page shown, or ""."""
        return self._here[0] if self._here else ""

    def pages(self) -> list[Page]:
        """Every page made so far."""
        return list(self._pages.values())

    def go(self, page_id: str, arguments: dict[str, object] | None = None) -> bool:
        """Show a page and hand it *arguments*; False where the page before wants to keep the person."""
        place = (page_id, dict(arguments or {}))
        if not self._may_leave():
            return False
        if self._here is not None and self._here != place:
            self._behind = [*self._behind[-49:], self._here]
        self._show(place)
        return True

    def back(self) -> bool:
        """Show the page before; False where there is none."""
        if not self._behind or not self._may_leave():
            return False
        self._show(self._behind.pop())
        return True

    def show_again(self) -> None:
        """Show the page that was shown before something else covered the pages."""
        page = self.page
        if page is not None:
            self.setCurrentWidget(page)
            (page.first_focus() or page).setFocus()

    @property
    def can_go_back(self) -> bool:
        """Whether there is a page to go back to."""
        return bool(self._behind)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """The names of the pages in another language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            for page_id, page in self._pages.items():
                page.setAccessibleName(_(entry(page_id).text))

    def way(self) -> list[Place]:
        """The place shown and those behind it, oldest first, for ``resume`` in another window: how each page stands
        now, not how it was opened.
        """
        return [*self._behind, *([self._stands()] if self._here else [])]

    def resume(self, way: list[Place]) -> None:
        """Show the last place of another window's ``way``, with the others behind it."""
        self._behind = list(way[:-1])
        self._show(way[-1])

    def _stands(self) -> Place:
        page, here = self.page, self._here
        assert here is not None
        return here if page is None else (here[0], {**here[1], **page.standing()})

    def _may_leave(self) -> bool:
        page = self.page
        return page is None or page.leave()

    def _show(self, place: Place) -> None:
        page = self._made(place[0])
        self._here = place
        page.open(**place[1])
        if self.indexOf(page) < 0:  # not before: the first page of a visible stack is shown as it is added
            self.addWidget(page)
        self.setCurrentWidget(page)
        focus = page.first_focus()
        (focus or page).setFocus()
        self._focus.arrive()
        self.arrived.emit(place[0])

    def _made(self, page_id: str) -> Page:
        page = self._pages.get(page_id)
        if page is None:
            if self._desk is None:
                raise RuntimeError("no portfolio is open")
            which = entry(page_id)
            factory = found(which.factory)
            page = UnbuiltPage(self._desk, which) if factory is None else factory(self._desk)
            page.setAccessibleName(_(which.text))
            self._pages[page_id] = page
        return page

"""The rail at the left: portfolio, search, log contact, pages with counts, saved views, settings."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property, partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from cs_workbench.i18n import _
from cs_workbench.ui import actions
from cs_workbench.ui import theme as themes
from cs_workbench.ui.front import RAIL, RAIL_COLLAPSED
from cs_workbench.ui.pages import PAGES, PageEntry
from cs_workbench.ui.rail_items import NOTHING_OPEN, PortfolioItem, RailItem, SearchItem
from cs_workbench.ui.widgets.button import Button
from cs_workbench.ui.widgets.label import Label

if TYPE_CHECKING:
    from cs_workbench.ui.widgets.menu import Menu


class View:
    """A saved view as the rail shows it: key, name, how many accounts it holds (None: not counted)."""

    __slots__ = ("count", "id", "name")

    def __init__(self, id: str, name: str, count: int | None = None) -> None:  # noqa: A002
        self.id = id
        self.name = name
        self.count = count


class Rail(QWidget):
    """Tells what was chosen: ``went`` a page id, ``viewed`` a view's id, ``acted`` an action's id."""

    went = Signal(str)
    viewed = Signal(str)
    acted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._views: list[View] = []
        self._view_items: list[RailItem] = []
        self.collapsed = False
        self.portfolio = PortfolioItem("layers")
        self.search = SearchItem("search", keys=actions.keys_of("palette"))
        self.log = Button(icon="plus", kind="filled")
        self.items = {
            one.id: RailItem(one.icon, keys=actions.shown_keys(one.shortcut)) for one in PAGES if _shown(one)
        }
        self.views_title = Label("", "small", "text.tertiary")
        self.views_button = RailItem("filter")
        self._lay_out()
        self._connect()
        self.retranslate()
        self.set_collapsed(False)

    @cached_property
    def menu(self) -> Menu:
        """What the portfolio's name opens, made when the window is made whole."""
        from cs_workbench.ui.widgets.menu import Menu

        return Menu(self)

    def _lay_out(self) -> None:
        theme = themes.current()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(theme.px(8), theme.px(12), theme.px(8), theme.px(8))
        self._column.setSpacing(0)
        self._column.addWidget(self.portfolio)
        self._column.addSpacing(theme.px(8))
        self._tools = QHBoxLayout()
        self._tools.setSpacing(theme.px(8))
        self._tools.addWidget(self.search, 1)
        self._tools.addWidget(self.log)
        self._column.addLayout(self._tools)
        self._column.addSpacing(theme.px(12))
        middle = QWidget()
        self._middle = QVBoxLayout(middle)
        self._middle.setContentsMargins(0, 0, 0, 0)
        self._middle.setSpacing(0)
        for name, item in self.items.items():
            if name != "settings":
                self._middle.addWidget(item)
        self._middle.addSpacing(theme.px(16))
        self.views_title.setContentsMargins(theme.px(8), 0, 0, theme.px(4))
        self._middle.addWidget(self.views_title)
        self._middle.addWidget(self.views_button)
        self._middle.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidget(middle)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        middle.setAutoFillBackground(False)
        self._column.addWidget(scroll, 1)
        self._column.addWidget(self.items["settings"])

    def _connect(self) -> None:
        self.portfolio.clicked.connect(self._open_menu)
        self.search.clicked.connect(lambda: self.acted.emit("palette"))
        self.log.clicked.connect(lambda: self.acted.emit("log_contact"))
        self.views_button.clicked.connect(self._open_views)
        for name, item in self.items.items():
            item.clicked.connect(lambda _checked=False, name=name: self.went.emit(name))

    def retranslate(self) -> None:
        """Every word of the rail."""
        for one in PAGES:
            if one.id in self.items:
                self.items[one.id].setText(_(one.text))
        self.search.setText(_("Search"))
        self.log.set_name(_("Log contact"))
        self.views_title.setText(_("Views"))
        self.views_button.setText(_("Views"))
        self.setAccessibleName(_("Navigation"))
        if not self.portfolio.text():
            self.portfolio.setText(_("No portfolio"))

    def set_open(self, is_open: bool) -> None:
        """Whether a portfolio is open; without one only the menu at the top leads anywhere."""
        for part in (self.search, self.log, *self.items.values()):
            part.setEnabled(is_open)
        self.log.setToolTip("" if is_open else _(NOTHING_OPEN))

    def set_portfolio(self, name: str) -> None:
        """The name at the top."""
        self.portfolio.setText(name)

    def set_count(self, page: str, number: int | None) -> None:
        """The count beside a page."""
        if page in self.items:
            self.items[page].set_number(number)

    def set_views(self, views: Sequence[View]) -> None:
        """The saved views, in order; where only counts moved the lines stay, and the focus with them."""
        if [(view.id, view.name) for view in views] == [(view.id, view.name) for view in self._views]:
            self._views = list(views)
            for item, view in zip(self._view_items, views, strict=True):
                item.set_number(view.count)
            return
        for item in self._view_items:
            self._middle.removeWidget(item)
            item.deleteLater()
        self._views = list(views)
        self._view_items = []
        place = self._middle.indexOf(self.views_title) + 1
        for n, view in enumerate(views):
            item = RailItem("filter", view.name)
            item.set_number(view.count)
            item.clicked.connect(lambda _checked=False, view=view: self.viewed.emit(view.id))
            self._middle.insertWidget(place + n, item)
            self._view_items.append(item)
        self.set_collapsed(self.collapsed)

    def set_here(self, page: str) -> None:
        """Mark the page the person is on."""
        at = {"account": "accounts"}.get(page, page)
        for name, item in self.items.items():
            item.set_here(name == at)

    def set_collapsed(self, collapsed: bool) -> None:
        """208 px with words, or 56 px with icons."""
        self.collapsed = collapsed
        theme = themes.current()
        self.setFixedWidth(theme.px(RAIL_COLLAPSED if collapsed else RAIL))
        for item in (self.portfolio, *self.items.values()):
            item.set_collapsed(collapsed)
        self.views_button.set_collapsed(collapsed)
        self.search.setVisible(not collapsed)
        self.views_title.setVisible(bool(self._views) and not collapsed)
        self.views_button.setVisible(bool(self._views) and collapsed)
        for item in self._view_items:
            item.setVisible(not collapsed)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """The window's ground and a line at the right."""
        theme = themes.current()
        painter = QPainter(self)
        painter.fillRect(event.rect(), theme.colour("bg.window"))
        painter.fillRect(QRectF(self.width() - 1, 0, 1, self.height()), theme.colour("line.strong"))

    def _open_menu(self) -> None:
        self.menu.popup(self.portfolio.mapToGlobal(self.portfolio.rect().bottomLeft()))

    def _open_views(self) -> None:
        from cs_workbench.ui.widgets.menu import Menu

        menu = Menu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for view in self._views:
            words = view.name if view.count is None else f"{view.name}\t{view.count:,}"
            menu.addAction(words.replace("&", "&&"), partial(self.viewed.emit, view.id))
        menu.popup(self.views_button.mapToGlobal(self.views_button.rect().topRight()))


def _shown(one: PageEntry) -> bool:
    return one.in_rail or one.id == "settings"

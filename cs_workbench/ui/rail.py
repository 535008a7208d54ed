"""The rail at the left: portfolio, search, log contact, pages with counts, saved views, settings."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QHBoxLayout,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from cs_workbench.i18n import _, mark
from cs_workbench.ui import actions, icons
from cs_workbench.ui import theme as themes
from cs_workbench.ui.pages import PAGES, PageEntry
from cs_workbench.ui.style import keyed, paint_ring
from cs_workbench.ui.widgets.button import Button
from cs_workbench.ui.widgets.keycap import cap_size, paint_cap
from cs_workbench.ui.widgets.label import Label
from cs_workbench.ui.widgets.menu import Menu
from cs_workbench.ui.widgets.tips import plain


class View:
    """A saved view as the rail shows it: key, name, how many accounts it holds (None: not counted)."""

    __slots__ = ("count", "id", "name")

    def __init__(self, id: str, name: str, count: int | None = None) -> None:  # noqa: A002
        self.id = id
        self.name = name
        self.count = count


NOTHING_OPEN = mark("Open or create a portfolio first.")


class RailItem(QAbstractButton):
    """A line of the rail: icon, word, count. Collapsed it is the icon, with the word as tool tip."""

    def __init__(self, icon: str, text: str = "", *, keys: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.icon_name = icon
        self.keys = keys
        self.number: int | None = None
        self.collapsed = False
        self.setCheckable(False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._here = False
        self.setText(text)

    def setText(self, text: str) -> None:  # noqa: N802
        """The word of the line."""
        super().setText(text.replace("&", "&&"))
        self._words = text
        self._name()

    def setToolTip(self, text: str) -> None:  # noqa: N802
        """Show *text* as typed."""
        super().setToolTip(plain(text))

    def set_number(self, number: int | None) -> None:
        """The count at the right."""
        self.number = number
        self._name()
        self.update()

    def set_here(self, here: bool) -> None:
        """Whether this is where the person is."""
        self._here = here
        self.update()

    def set_collapsed(self, collapsed: bool) -> None:
        """Icon only."""
        self.collapsed = collapsed
        self._name()
        self.updateGeometry()

    def sizeHint(self) -> QSize:  # noqa: N802
        """32 px high."""
        theme = themes.current()
        width = 40 if self.collapsed else 192
        return QSize(theme.px(width), theme.row(32))

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Fill by state, icon, word, number, and the focus ring inside."""
        theme = themes.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        fill = self._fill()
        if fill:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour(fill))
            painter.drawRoundedRect(QRectF(self.rect()), theme.px(6), theme.px(6))
        side = theme.px(18)
        left = (self.width() - side) // 2 if self.collapsed else theme.px(10)
        tint = "text.accent" if self._here else "text.secondary" if self.isEnabled() else "text.disabled"
        painter.drawPixmap(left, (self.height() - side) // 2, icons.pixmap(self.icon_name, tint, 18))
        if not self.collapsed:
            self._paint_words(painter, left + side + theme.px(8))
        if keyed(self):
            paint_ring(painter, QRectF(self.rect()), 6)

    def _paint_words(self, painter: QPainter, left: int) -> None:
        theme = themes.current()
        right = self.width() - theme.px(8)
        painter.setFont(theme.font("strong" if self._here else "body"))
        metrics = QFontMetrics(painter.font())
        if self.number is not None:
            text = f"{self.number:,}"
            width = metrics.horizontalAdvance(text)
            painter.setPen(theme.colour("text.primary" if self._here else "text.secondary"))
            painter.drawText(
                QRectF(right - width, 0, width + 1, self.height()), int(Qt.AlignmentFlag.AlignVCenter), text
            )
            right -= width + theme.px(8)
        ink = "text.primary" if self._here else "text.secondary" if self.isEnabled() else "text.disabled"
        painter.setPen(theme.colour(ink))
        room = QRectF(left, 0, right - left, self.height())
        words = metrics.elidedText(self._words, Qt.TextElideMode.ElideRight, int(room.width()))
        painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter) | Qt.TextFlag.TextSingleLine, words)

    def _fill(self) -> str:
        if self._here:
            return "bg.selected"
        if self.isDown():
            return "bg.pressed"
        return "bg.pressed" if self.underMouse() and self.isEnabled() else ""

    def _name(self) -> None:
        words = self._words
        self.setAccessibleName(words if self.number is None else f"{words}, {self.number:,}")
        told = f"{words}  {self.keys}".rstrip() if self.collapsed else ""
        self.setToolTip(told if self.isEnabled() else _(NOTHING_OPEN))

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Say why it does nothing."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.EnabledChange:
            self._name()


class PortfolioItem(RailItem):
    """The top of the rail: the portfolio's name; opens a menu."""

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """The mark, the name in bold, the arrows."""
        theme = themes.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.isDown() or self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("bg.pressed"))
            painter.drawRoundedRect(QRectF(self.rect()), theme.px(6), theme.px(6))
        side = theme.px(20)
        left = (self.width() - side) // 2 if self.collapsed else theme.px(8)
        tile = QRectF(left, (self.height() - side) / 2, side, side)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("accent.base"))
        painter.drawRoundedRect(tile, theme.px(5), theme.px(5))
        inner = theme.px(14)
        place = tile.center() - QPoint(inner, inner).toPointF() / 2
        painter.drawPixmap(place, icons.pixmap("layers", "text.on_accent", 14))
        if not self.collapsed:
            room = QRectF(
                tile.right() + theme.px(8), 0, self.width() - tile.right() - theme.px(36), self.height()
            )
            painter.setFont(theme.font("strong"))
            painter.setPen(theme.colour("text.primary"))
            words = QFontMetrics(painter.font()).elidedText(
                self._words, Qt.TextElideMode.ElideRight, int(room.width())
            )
            painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter), words)
            arrows = icons.pixmap("chevrons-up-down", "text.secondary", 14)
            painter.drawPixmap(self.width() - theme.px(22), (self.height() - inner) // 2, arrows)
        if keyed(self):
            paint_ring(painter, QRectF(self.rect()), 6)


class SearchItem(RailItem):
    """Looks like a search field; opens the palette."""

    def sizeHint(self) -> QSize:  # noqa: N802
        """As a field."""
        return QSize(themes.current().px(120), themes.current().row(32))

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """A field's box, the lens, the word and the key cap."""
        theme = themes.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.colour("line.strong"), 1))
        painter.setBrush(
            theme.colour("bg.control_hover" if self.underMouse() and self.isEnabled() else "bg.control")
        )
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), theme.px(6), theme.px(6))
        side = theme.px(16)
        ink = "text.secondary" if self.isEnabled() else "text.disabled"
        lens = icons.pixmap("search", ink, 16)
        painter.drawPixmap(theme.px(9), (self.height() - side) // 2, lens)
        size = cap_size(self.keys)
        right = self.width() - theme.px(8) - size.width()
        top = (self.height() - size.height()) / 2
        paint_cap(
            painter, QRectF(right, top, size.width(), size.height()), self.keys, off=not self.isEnabled()
        )
        painter.setFont(theme.font("body"))
        painter.setPen(theme.colour(ink))
        left = theme.px(33)
        words = painter.fontMetrics().elidedText(
            self._words, Qt.TextElideMode.ElideRight, right - left - theme.px(4)
        )
        painter.drawText(
            QRectF(left, 0, right - left, self.height()), int(Qt.AlignmentFlag.AlignVCenter), words
        )
        if keyed(self):
            paint_ring(painter, QRectF(self.rect()), 6)


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
        self.menu = Menu(self)
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
        self.setFixedWidth(theme.px(56 if collapsed else 208))
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
        menu = Menu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for view in self._views:
            words = view.name if view.count is None else f"{view.name}\t{view.count:,}"
            menu.addAction(words.replace("&", "&&"), partial(self.viewed.emit, view.id))
        menu.popup(self.views_button.mapToGlobal(self.views_button.rect().topRight()))


def _shown(one: PageEntry) -> bool:
    return one.in_rail or one.id == "settings"

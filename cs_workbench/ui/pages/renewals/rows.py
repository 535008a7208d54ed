"""The list of renewals: its head, how a row is painted, and its keys."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
    QWidget,
)

from cs_workbench.i18n import _
from cs_workbench.services.renewals import Missing
from cs_workbench.ui import icons
from cs_workbench.ui import theme as themes
from cs_workbench.ui.pages.renewals.model import LINE, Entry, Heading, Index, Line, RenewalsModel
from cs_workbench.ui.pages.renewals.places import EDGE, Column, columns, places, titles
from cs_workbench.ui.widgets.badge import band_of, paint_badge
from cs_workbench.ui.widgets.rows import paint_row, paint_steps, paint_text
from cs_workbench.ui.widgets.scrolled import OverlayBar
from cs_workbench.ui.widgets.tips import plain

_RIGHT = Qt.AlignmentFlag.AlignRight
_LEFT = Qt.AlignmentFlag.AlignLeft
SORTED = "notice"
"""The column the list is in the order of, always."""


class ListHead(QWidget):
    """The titles over the columns."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._columns: tuple[Column, ...] = columns(())
        self._over: QWidget | None = None
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def stand_over(self, viewport: QWidget) -> None:
        """End where the rows end, beside their scroll bar."""
        self._over = viewport
        viewport.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """The rows became wider or narrower."""
        if event.type() == QEvent.Type.Resize:
            self.update()
        return super().eventFilter(watched, event)

    def take(self, wanted: tuple[Column, ...]) -> None:
        """Stand over these columns."""
        self._columns = wanted
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802
        """32 px."""
        return QSize(0, themes.current().row(32))

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """The column the list is in the order of is written darker, with an arrow."""
        theme, painter = themes.current(), QPainter(self)
        box = QRectF(self.rect())
        painter.fillRect(box, theme.colour("bg.sunken"))
        painter.fillRect(QRectF(0, box.bottom() - 1, box.width(), 1), theme.colour("line.strong"))
        right = {one.id for one in self._columns if one.right}
        words = titles()
        if self._over is not None:
            box.setWidth(self._over.width())
        for key, room in places(box, self._columns).items():
            here = key == SORTED
            ink = "text.primary" if here else "text.secondary"
            text = QRectF(room).adjusted(0, 0, -theme.px(14) if here else 0, 0)
            paint_text(painter, text, words[key], "small", ink, _RIGHT if key in right else _LEFT)
            if here:
                at = QPointF(round(text.right() + theme.px(2)), round(room.center().y() - theme.px(6)))
                painter.drawPixmap(at, icons.pixmap("arrow-up", ink, 12))


class RowDelegate(QStyledItemDelegate):
    """Paints headings, renewals and what lacks data from tokens. ``called`` when the CSM's call is clicked."""

    called = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.by_keyboard = False
        self.columns: tuple[Column, ...] = columns(())

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802
        """32 for a heading, 40 for a row, more where the type is larger."""
        theme = themes.current()
        return QSize(0, theme.row(32) if isinstance(index.data(LINE), Heading) else theme.row(40))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """One entry."""
        entry = index.data(LINE)
        painter.save()
        if isinstance(entry, Heading):
            self._paint_heading(painter, QRectF(option.rect), entry)
        else:
            paint_row(painter, option, ring=self.by_keyboard)
            chosen = bool(option.state & QStyle.StateFlag.State_Selected)
            if isinstance(entry, Line):
                self._paint_line(painter, QRectF(option.rect), entry, chosen=chosen)
            elif isinstance(entry, Missing):
                self._paint_missing(painter, QRectF(option.rect), entry, chosen=chosen)
        painter.restore()

    def editorEvent(  # noqa: N802
        self, event: QEvent, model: object, option: QStyleOptionViewItem, index: Index
    ) -> bool:
        """A click on the call opens it."""
        if (
            isinstance(event, QMouseEvent)
            and event.type() == QEvent.Type.MouseButtonRelease
            and event.button() == Qt.MouseButton.LeftButton
            and isinstance(index.data(LINE), Line)
            and self.call_room(QRectF(option.rect)).contains(event.position())
        ):
            self.called.emit(index)
            return True
        return False

    def helpEvent(  # noqa: N802
        self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: Index
    ) -> bool:
        """A name that is cut, or why the call was made; as plain text."""
        entry = index.data(LINE)
        if not isinstance(entry, Line):
            return False
        text = ""
        room = places(QRectF(option.rect), self.columns)["name"]
        if entry.row.call is not None and self.call_room(QRectF(option.rect)).contains(
            event.pos().toPointF()
        ):
            text = entry.row.call.reason
        elif QFontMetrics(themes.current().font("strong")).horizontalAdvance(entry.row.name) > room.width():
            text = entry.row.name
        QToolTip.showText(event.globalPos(), plain(text), view)
        return True

    def call_room(self, box: QRectF) -> QRectF:
        """Where the CSM's call stands in a row, or nothing."""
        return places(box, self.columns).get("call", QRectF())

    def _paint_heading(self, painter: QPainter, box: QRectF, heading: Heading) -> None:
        theme = themes.current()
        painter.fillRect(box, theme.colour("bg.sunken"))
        painter.fillRect(QRectF(box.left(), box.bottom() - 1, box.width(), 1), theme.colour("line.subtle"))
        inner = box.adjusted(theme.px(EDGE), 0, -theme.px(EDGE), 0)
        inner.setLeft(inner.left() + paint_text(painter, inner, heading.text, "small") + theme.px(8))
        paint_text(painter, inner, f"{heading.count:,}", "small", "text.tertiary")

    def _paint_line(self, painter: QPainter, box: QRectF, line: Line, *, chosen: bool) -> None:
        rooms = places(box, self.columns)
        row, middle = line.row, box.center().y()
        near = line.near
        paint_text(painter, rooms["name"], row.name, "strong" if chosen else "body")
        for key, text, style, ink in (
            ("arr", line.arr, "body", "text.primary"),
            (
                "notice",
                line.notice,
                "body",
                "text.primary" if row.deadline == row.notice_on else "text.secondary",
            ),
            ("left", line.left, "strong" if near else "body", "text.primary" if near else "text.secondary"),
        ):
            if key in rooms:
                paint_text(painter, rooms[key], text, style, ink, _RIGHT)
        paint_badge(
            painter,
            rooms["health"].left(),
            middle,
            band_of(row.band),
            row.score,
            override=row.called is not None,
        )
        if "steps" in rooms:
            paint_steps(painter, rooms["steps"].left(), middle, [step.state for step in row.way.steps])
        if "call" in rooms:
            room = QRectF(rooms["call"])
            ink = "text.primary" if line.likelihood else "text.secondary"
            width = paint_text(painter, room, line.call, "body", ink)
            room.setLeft(room.left() + width + themes.current().px(4))
            paint_text(painter, room, line.likelihood, "body", "text.secondary")

    def _paint_missing(self, painter: QPainter, box: QRectF, one: Missing, *, chosen: bool) -> None:
        theme = themes.current()
        inner = box.adjusted(theme.px(EDGE), 0, -theme.px(EDGE), 0)
        verb = _("Fill in")
        width = paint_text(painter, inner, verb, "small", "text.accent", _RIGHT)
        inner.setRight(inner.right() - width - theme.px(16))
        first = QRectF(inner.left(), inner.top(), inner.width() * 0.55, inner.height())
        paint_text(painter, first, one.name, "strong" if chosen else "body")
        inner.setLeft(first.right() + theme.px(16))
        told = (
            _("{contract}: no end date").format(contract=one.contract) if one.contract else _("No end date")
        )
        paint_text(painter, inner, told, "small", "text.secondary")


class RenewalList(QListView):
    """``opened`` on Enter and a double click, ``called`` for the call, ``detailed`` on →, ``moved`` with the choice."""

    opened = Signal()
    called = Signal()
    detailed = Signal()
    moved = Signal()

    def __init__(self, model: RenewalsModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._delegate = RowDelegate(self)
        self.setModel(model)
        self.setItemDelegate(self._delegate)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        OverlayBar(self)
        self.setMouseTracking(True)
        self._delegate.called.connect(self._on_called)
        self.doubleClicked.connect(lambda _index: self.opened.emit())

    def take(self, wanted: tuple[Column, ...]) -> None:
        """Paint with these columns."""
        self._delegate.columns = wanted
        self.viewport().update()

    def chosen(self) -> Entry | None:
        """The entry chosen, if any."""
        entry = self.currentIndex().data(LINE)
        return entry if isinstance(entry, Line | Missing) else None

    def choose(self, number: int) -> None:
        """Choose the entry at *number* and bring it into sight; −1 chooses none."""
        index = self.model().index(number, 0)
        self.setCurrentIndex(index)
        if index.isValid():
            self.scrollToTop() if number <= 1 else self.scrollTo(index)

    def step(self, by: int) -> None:
        """Choose the row *by* rows further, over headings; stay at the ends."""
        self._delegate.by_keyboard = True
        number = self.currentIndex().row() + by
        while 0 <= number < self.model().rowCount():
            if not isinstance(self.model().index(number, 0).data(LINE), Heading):
                self.choose(number)
                return
            number += by

    def call_corner(self) -> QPoint:
        """Bottom right of the chosen row's call, global: where its question opens."""
        box = self.visualRect(self.currentIndex())
        room = self._delegate.call_room(QRectF(box))
        right = int(room.right()) if room.width() else box.right()
        return self.viewport().mapToGlobal(QPoint(right, box.bottom()))

    def currentChanged(self, current: Index, previous: Index) -> None:  # noqa: N802
        """Tell that another row is chosen."""
        super().currentChanged(current, previous)
        self.moved.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Arrows move, Enter opens the account, → the pane."""
        key = event.key()
        self._delegate.by_keyboard = True
        if key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.step(1 if key == Qt.Key.Key_Down else -1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit()
        elif key == Qt.Key.Key_Right:
            self.detailed.emit()
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            super().keyPressEvent(event)
        else:
            event.ignore()

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """The ring goes when the mouse takes over."""
        self._delegate.by_keyboard = False
        super().mousePressEvent(event)

    def _on_called(self, index: QModelIndex) -> None:
        self.setCurrentIndex(index)
        self.called.emit()

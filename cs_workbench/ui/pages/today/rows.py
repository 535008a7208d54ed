"""The two-line row and the list it stands in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import QElapsedTimer, QEvent, QModelIndex, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
    QWidget,
)

from cs_workbench.i18n import _
from cs_workbench.services import signal_words
from cs_workbench.ui import icons
from cs_workbench.ui import theme as themes
from cs_workbench.ui.pages.today import look
from cs_workbench.ui.pages.today.model import LINE, Beside, Heading, Index, Row, TodayModel
from cs_workbench.ui.widgets.badge import band_of, paint_badge
from cs_workbench.ui.widgets.rows import paint_row, paint_text
from cs_workbench.ui.widgets.scrolled import OverlayBar

_EDGE = 24
_NUMBER, _TILE, _TEXT = 44, 56, 100  # right edge of the number, left edges of tile and text
_ACCOUNT_SHARE = 0.4
_BADGE, _GAP = 72, 16  # the widest badge; between two columns


@dataclass(frozen=True, slots=True)
class Places:
    """Where the parts of one row stand; *more* is the column of what else there is, inside the text."""

    text: QRectF
    more: float
    money: QRectF
    badge: float
    due: QRectF
    verb: QRectF


def places(box: QRectF, row: Row) -> Places:
    """The parts of *row* in *box*: every column as wide as its widest words, all that is left to the text."""
    theme = themes.current()
    gap = theme.px(_GAP)
    wide = _widths(theme, row.beside)
    small = QFontMetrics(theme.font("small_strong"))
    right = box.right() - theme.px(_EDGE)
    width = small.horizontalAdvance(row.verb) + theme.px(16)
    tall = theme.row(24, "small")
    verb = QRectF(right - width, box.center().y() - tall / 2, width, tall)
    due = QRectF(right - wide.verb - gap - wide.due, box.top(), wide.due, box.height())
    badge = due.left() - gap - theme.px(_BADGE)
    amount = max(wide.amount, QFontMetrics(theme.font("body")).horizontalAdvance(row.amount) + 2)
    money = QRectF(badge - theme.px(12) - amount, box.top(), amount, box.height())
    left = box.left() + theme.px(_TEXT)
    text = QRectF(left, box.top(), max(0.0, money.left() - gap - left), box.height())
    return Places(text, wide.more, money, badge, due, verb)


@dataclass(frozen=True, slots=True)
class _Widths:
    """Of the narrow columns, px."""

    verb: float
    due: float
    amount: float
    more: float


@lru_cache(maxsize=8)
def _widths(theme: themes.Theme, beside: Beside) -> _Widths:
    """As the widest words of each column in the list; asked once a list."""

    def widest(words: Iterable[str], style: str) -> float:
        measure = QFontMetrics(theme.font(style)).horizontalAdvance
        return max((float(measure(word)) for word in words), default=0.0)

    verb = widest((_(word) for word in signal_words.VERBS.values()), "small_strong") + theme.px(16)
    due = widest(beside.dues, "strong") + 2
    others = widest(beside.others, "small_strong")
    return _Widths(verb, due, widest(beside.amounts, "body") + 2, others + 1 if others else 0.0)


def fitting(row: Row, room: float) -> str:
    """Why, with as many other reasons as stand whole in *room* px."""
    measure = QFontMetrics(themes.current().font("small")).horizontalAdvance
    return next((words for words in row.reasons if measure(words) <= room), row.reasons[-1])


@lru_cache(maxsize=4)
def _heights(theme: themes.Theme) -> tuple[QSize, QSize]:
    """Of a heading and of a row: asked for once a line, thousands of times."""
    lines = theme.line("strong") + theme.line("small")
    return QSize(0, theme.row(36, "strong")), QSize(0, max(theme.px(64), lines + theme.px(16)))


class RowDelegate(QStyledItemDelegate):
    """Paints headings and rows from tokens. ``acted`` when the verb of a row is clicked."""

    acted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.by_keyboard = False

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802
        """36 for a heading, 64 for a row, more where the type is larger."""
        heading, row = _heights(themes.current())
        model = index.model()
        return heading if isinstance(model, TodayModel) and model.is_heading(index.row()) else row

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """One line."""
        line = index.data(LINE)
        painter.save()
        if isinstance(line, Heading):
            self._paint_heading(painter, QRectF(option.rect), line)
        elif isinstance(line, Row):
            paint_row(painter, option, ring=self.by_keyboard)
            self._paint_line(painter, option, line)
        painter.restore()

    def editorEvent(  # noqa: N802
        self, event: QEvent, model: object, option: QStyleOptionViewItem, index: Index
    ) -> bool:
        """A click on the verb does it."""
        line = index.data(LINE)
        if (
            isinstance(event, QMouseEvent)
            and event.type() == QEvent.Type.MouseButtonRelease
            and isinstance(line, Row)
            and places(QRectF(option.rect), line).verb.contains(event.position())
        ):
            self.acted.emit(index)
            return True
        return False

    def helpEvent(  # noqa: N802
        self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: Index
    ) -> bool:
        """The whole of a text that is cut; as plain text."""
        line = index.data(LINE)
        if not isinstance(line, Row):
            return False
        at = places(QRectF(option.rect), line)
        room = at.text.width()
        theme = themes.current()
        first = QFontMetrics(theme.font("strong")).horizontalAdvance(line.title)
        first += theme.px(8) + QFontMetrics(theme.font("body")).horizontalAdvance(line.account)
        second = QFontMetrics(theme.font("small")).horizontalAdvance(line.reason)
        if first <= room and second <= _beside_more(at, line):
            QToolTip.hideText()
            return False
        words = f"{line.title}\n{line.account}\n{line.reason}"
        QToolTip.showText(event.globalPos(), words.replace("<", "\u2039").replace(">", "\u203a"), view)
        return True

    def _paint_heading(self, painter: QPainter, box: QRectF, heading: Heading) -> None:
        theme = themes.current()
        painter.fillRect(box, theme.colour("bg.sunken"))
        painter.fillRect(QRectF(box.left(), box.bottom() - 1, box.width(), 1), theme.colour("line.subtle"))
        inner = box.adjusted(theme.px(_EDGE), 0, -theme.px(_EDGE), 0)
        width = paint_text(painter, inner, heading.text, "strong")
        inner.setLeft(inner.left() + width + theme.px(8))
        paint_text(painter, inner, f"{heading.count:,}", "body", "text.tertiary")

    def _paint_line(self, painter: QPainter, option: QStyleOptionViewItem, row: Row) -> None:
        theme = themes.current()
        box = QRectF(option.rect)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        at = places(box, row)
        number = QRectF(box.left(), box.top(), theme.px(_NUMBER), box.height())
        paint_text(
            painter, number, str(row.item.number), "body", "text.tertiary", Qt.AlignmentFlag.AlignRight
        )
        self._paint_tile(painter, box, row, chosen)
        self._paint_words(painter, at, row)
        paint_text(painter, at.money, row.amount, "body", align=Qt.AlignmentFlag.AlignRight)
        item = row.item
        if not item.several:  # one account's health says nothing of the others'
            paint_badge(
                painter, at.badge, box.center().y(), band_of(item.band), item.score, override=item.called
            )
        paint_text(painter, at.due, row.due, *row.due_style)
        self._paint_verb(painter, at.verb, row.verb, chosen)

    def _paint_tile(self, painter: QPainter, box: QRectF, row: Row, chosen: bool) -> None:
        theme = themes.current()
        side = theme.px(32)
        tile = QRectF(box.left() + theme.px(_TILE), round(box.center().y() - side / 2), side, side)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(theme.colour("line.subtle"))
        painter.setBrush(theme.colour("bg.surface" if chosen else "bg.hover"))
        painter.drawRoundedRect(tile.adjusted(0.5, 0.5, -0.5, -0.5), theme.px(6), theme.px(6))
        name = look.ICONS[row.item.signal.rule]
        picture = icons.pixmap(name, "text.accent" if chosen else "text.secondary", 18)
        inset = (side - theme.px(18)) / 2
        painter.drawPixmap(QPointF(tile.left() + inset, tile.top() + inset), picture)

    def _paint_words(self, painter: QPainter, at: Places, row: Row) -> None:
        theme, box = themes.current(), at.text
        first, second = theme.line("strong"), theme.line("small")
        top = round(box.center().y() - (first + second) / 2)
        gap = theme.px(8)
        account = QFontMetrics(theme.font("body")).horizontalAdvance(row.account) + 1
        kept = min(
            account, box.width() * _ACCOUNT_SHARE
        )  # a long title never pushes the account out of sight
        line = QRectF(box.left(), top, max(0.0, box.width() - kept - gap), first)
        width = paint_text(painter, line, row.title, "strong")
        line = QRectF(box.left() + width + gap, top, max(0.0, box.width() - width - gap), first)
        paint_text(painter, line, row.account, "body", "text.secondary")
        below = QRectF(box.left(), top + first, box.width(), second)
        if row.more:
            paint_text(
                painter, below, row.more, "small_strong", "text.secondary", Qt.AlignmentFlag.AlignRight
            )
        below.setWidth(_beside_more(at, row))
        paint_text(painter, below, fitting(row, below.width()), "small", "text.secondary")

    def _paint_verb(self, painter: QPainter, box: QRectF, verb: str, chosen: bool) -> None:
        theme = themes.current()
        if chosen:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("accent.base"))
            painter.drawRoundedRect(box, theme.px(4), theme.px(4))
            paint_text(painter, box, verb, "small_strong", "text.on_accent", Qt.AlignmentFlag.AlignHCenter)
            return
        paint_text(painter, box, verb, "small", "text.accent", Qt.AlignmentFlag.AlignRight)


def _beside_more(at: Places, row: Row) -> float:
    """The width of the reason: to the column of what else there is, which only rows with more of it need."""
    kept = at.more + themes.current().px(_GAP) if row.more else 0.0
    return max(0.0, at.text.width() - kept)


class SignalList(QListView):
    """``acted`` on Enter and on a click on the verb, ``opened`` on → and a double click, ``moved`` with the choice."""

    acted = Signal()
    opened = Signal()
    moved = Signal()

    def __init__(self, model: TodayModel, parent: QWidget | None = None) -> None:
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
        self.setMouseTracking(True)
        self.setAccessibleName(_("What needs you"))
        OverlayBar(self)
        self._shown = QElapsedTimer()
        self._delegate.acted.connect(self._on_verb)
        self.doubleClicked.connect(self.opened)

    def chosen(self) -> Row | None:
        """The row chosen, if any."""
        line = self.currentIndex().data(LINE)
        return line if isinstance(line, Row) else None

    def choose(self, number: int) -> None:
        """Choose the line at *number* and bring it into sight; −1 chooses none."""
        index = self.model().index(number, 0)
        self.setCurrentIndex(index)
        if number == self._first():
            self.scrollToTop()
        elif index.isValid():
            self.scrollTo(index)

    def step(self, by: int) -> None:
        """Choose the row *by* rows further, over headings; stay at the ends."""
        self._delegate.by_keyboard = True
        number = self.currentIndex().row() + by
        while 0 <= number < self.model().rowCount():
            if isinstance(self.model().index(number, 0).data(LINE), Row):
                self.choose(number)
                return
            number += by

    def currentChanged(self, current: Index, previous: Index) -> None:  # noqa: N802
        """Tell that another row is chosen."""
        super().currentChanged(current, previous)
        self.moved.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Arrows move, Enter does the verb, → opens the pane."""
        key = event.key()
        self._delegate.by_keyboard = True
        if key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.step(1 if key == Qt.Key.Key_Down else -1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not self._pressed_twice():
                self.acted.emit()
        elif key == Qt.Key.Key_Right:
            self.opened.emit()
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            super().keyPressEvent(event)
        else:
            event.ignore()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """Remember when."""
        super().showEvent(event)
        self._shown.start()

    def _pressed_twice(self) -> bool:
        """Whether this Enter is the one that opened the page, pressed twice, and would complete a task unseen."""
        row = self.chosen()
        if row is None or row.item.signal.verb != "mark_done" or not self._shown.isValid():
            return False
        return self._shown.elapsed() < QApplication.doubleClickInterval()

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """The ring goes when the mouse takes over."""
        self._delegate.by_keyboard = False
        super().mousePressEvent(event)

    def _first(self) -> int:
        return next(
            (
                n
                for n in range(self.model().rowCount())
                if isinstance(self.model().index(n, 0).data(LINE), Row)
            ),
            -1,
        )

    def _on_verb(self, index: QModelIndex) -> None:
        self.setCurrentIndex(index)
        self.acted.emit()

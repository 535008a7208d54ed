"""The quadrant as one painted widget: corners, dots with their tails, names; keys and pointer move among the dots."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QLineF, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFontMetrics,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from cs_workbench.domain.quadrant import Corner
from cs_workbench.i18n import _
from cs_workbench.services.quadrant import CORNERS, MOVES, SATISFIED, SUCCEEDS
from cs_workbench.services.quadrant_board import Board
from cs_workbench.ui import theme as themes
from cs_workbench.ui.pages.success import quadrant_layout as layout
from cs_workbench.ui.pages.success import quadrant_names as names
from cs_workbench.ui.pages.success import quadrant_words as words
from cs_workbench.ui.pages.success.quadrant_dots import FINE, DotPainter, mixed, paint_halo
from cs_workbench.ui.pages.success.quadrant_layout import Dot
from cs_workbench.ui.pages.success.quadrant_numbers import numbers
from cs_workbench.ui.style import keyed, paint_ring
from cs_workbench.ui.widgets.rows import paint_text
from cs_workbench.ui.widgets.tips import plain

_LEFT = Qt.AlignmentFlag.AlignLeft
_RIGHT = Qt.AlignmentFlag.AlignRight
_MOVES = {
    Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Down: (0, 1),
}  # fmt: skip


class QuadrantField(QWidget):
    """Arrows go to the nearest account, 1–4 to a corner, Enter opens. ``chosen`` carries the account's id (0: none)."""

    chosen = Signal(int)
    opened = Signal(int)
    corner_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.board: Board | None = None
        self.corner: Corner = words.ORDER[0]
        self.dots: list[Dot] = []
        self.current: int = 0
        self._still: QPixmap | None = None
        self._laid: tuple[Board, QRectF, float] | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_board(self, board: Board, corner: Corner) -> None:
        """Other data, or another corner tinted."""
        self.board, self.corner = board, corner
        if self.current not in {one.account_id for one in board.placed if one.corner}:
            self.current = 0
        self._arrange()
        self._name()

    def plot(self) -> QRectF:
        """The square of the two measures."""
        px = themes.current().px
        return QRectF(self.rect()).adjusted(px(32), px(40), -px(24), -self.below())

    def below(self) -> int:
        """Height of the words under the square, px."""
        return themes.current().px(62)

    def choose(self, account_id: int) -> None:
        """Put the mark on an account."""
        if account_id != self.current:
            self.current = account_id
            self._name()
            self.update()
            self.chosen.emit(account_id)

    def sizeHint(self) -> QSize:  # noqa: N802
        """As large as there is room."""
        return QSize(*map(themes.current().px, (780, 620)))

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Still legible."""
        return QSize(*map(themes.current().px, (420, 320)))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Place everything anew."""
        super().resizeEvent(event)
        self._arrange()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Other colours or words."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.LanguageChange, QEvent.Type.PaletteChange):
            self._arrange()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Among dots and corners."""
        key = Qt.Key(event.key())
        dot = self._dot()
        if key in _MOVES and self.dots and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            found = layout.nearest(self.dots, dot, *_MOVES[key]) if dot is not None else self._first()
            if found is not None:
                self.choose(found.placed.account_id)
        elif Qt.Key.Key_1 <= key <= Qt.Key.Key_4:
            self.corner_chosen.emit(words.ORDER[key - Qt.Key.Key_1])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and dot is not None:
            self.opened.emit(dot.placed.account_id)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """A dot, else the corner that was pressed."""
        if event.button() != Qt.MouseButton.LeftButton:
            return
        dot = layout.at(self.dots, event.position())
        if dot is not None:
            self.choose(dot.placed.account_id)
        else:
            self.corner_chosen.emit(self._corner_at(event.position()))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Open the account."""
        dot = layout.at(self.dots, event.position())
        if dot is not None:
            self.opened.emit(dot.placed.account_id)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """A hand over what can be pressed."""
        over = layout.at(self.dots, event.position()) is not None
        self.setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)

    def event(self, event: QEvent) -> bool:
        """Tool tips."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip and self.board is not None:
            dot = layout.at(self.dots, QPointF(event.pos()))
            if dot is None:
                QToolTip.hideText()
            else:
                QToolTip.showText(event.globalPos(), plain(words.spoken(dot.placed, self.board)), self)
            return True
        return super().event(event)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """The still picture, and the mark on it."""
        if self.board is None:
            return
        ratio = self.devicePixelRatioF()
        if self._still is None or self._still.devicePixelRatio() != ratio:
            self._still = QPixmap((self.size() * ratio).expandedTo(QSize(1, 1)))
            self._still.setDevicePixelRatio(ratio)
            self._still.fill(themes.current().colour("bg.surface"))
            painter = QPainter(self._still)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._paint_ground(painter)
            self._paint_dots(painter)
            painter.end()
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._still)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_mark(painter)

    def _arrange(self) -> None:
        self._still = None
        board, plot, scale = self.board, self.plot(), themes.current().scale
        laid = self._laid
        if board is not None and (laid is None or laid[0] is not board or laid[1:] != (plot, scale)):
            worth = {number: float(one) for number, one in board.worth.items() if one is not None}
            largest = max(worth.values(), default=0.0) or 1.0
            pairs = ((one, worth.get(one.account_id, 0.0) / largest) for one in board.placed)
            self.dots = layout.dots(pairs, layout.inner(plot, scale), scale)
            self._laid = (board, plot, scale)
        self.update()

    def _paint_ground(self, painter: QPainter) -> None:
        theme, plot = themes.current(), self.plot()
        painter.fillRect(self._area(self.corner), theme.colour("chart.band_yellow"))
        painter.setPen(QPen(theme.colour("line.strong"), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(plot)
        middle = self._middle()
        painter.setPen(QPen(theme.colour("text.disabled"), theme.px(1)))
        painter.drawLine(QPointF(middle.x(), plot.top()), QPointF(middle.x(), plot.bottom()))
        painter.drawLine(QPointF(plot.left(), middle.y()), QPointF(plot.right(), middle.y()))
        for corner in CORNERS:
            self._paint_title(painter, corner)
        _paint_axes(painter, plot, middle)

    def _paint_title(self, painter: QPainter, corner: Corner) -> None:
        theme = themes.current()
        box = layout.title_box(self.plot(), self._area(corner), corner, theme.scale)
        colour = "health.yellow.text" if corner == self.corner else "text.primary"
        side = _LEFT if corner in layout.LEFTMOST else _RIGHT
        paint_text(painter, box, _(CORNERS[corner]), "strong", colour, side)
        box.translate(0, theme.px(18))
        paint_text(painter, box, _(MOVES[corner]), "small", "text.secondary", side)

    def _paint_dots(self, painter: QPainter) -> None:
        many = len(self.dots) > FINE
        for inside, ink in ((False, "chart.series.0"), (True, "chart.series.1")):
            found = [dot for dot in self.dots if (dot.placed.corner == self.corner) is inside]
            DotPainter(ink, self.devicePixelRatioF(), many=many).paint(painter, found)
        self._paint_names(painter)

    def _paint_names(self, painter: QPainter) -> None:
        metrics = QFontMetrics(themes.current().font("small"))
        high = float(metrics.height())
        room = self.plot()
        widest = room.width() / 3

        def measure(text: str) -> tuple[float, float]:
            return min(float(metrics.horizontalAdvance(text[:60])) + 2, widest), high

        found = names.tags(
            self.dots, room, measure, lambda dot: dot.placed.corner == self.corner, self.lines(), tails=self.tails()
        )  # fmt: skip
        marks, listed = numbers(
            self.dots, found, self._field, self._outside, measure, lines=self.lines(), tails=self.tails()
        )
        ink = themes.current().colour("text.secondary")
        painter.setPen(QPen(ink, 1.2 * themes.current().scale, Qt.PenStyle.DotLine))
        for leader in filter(None, (tag.leader for tag in found)):
            painter.drawLine(leader)
        texts = [(one.box, one.text[:200]) for one in (*found, *marks)] + [
            (one.box, one.text) for one in listed
        ]
        for box, text in texts:
            _paint_name(painter, box, text, self._area(self.corner))

    def _field(self, dot: Dot) -> QRectF:
        return self._area(dot.placed.corner or self._corner_at(dot.at))

    def _outside(self, dot: Dot) -> QRectF:
        corner, scale = dot.placed.corner or self._corner_at(dot.at), themes.current().scale
        return _beside_title(layout.title_box(self.plot(), self._area(corner), corner, scale), corner)

    def lines(self) -> list[QLineF]:
        """What no name crosses: the two axes."""
        plot, middle = self.plot(), self._middle()
        return [
            QLineF(middle.x(), plot.top(), middle.x(), plot.bottom()),
            QLineF(plot.left(), middle.y(), plot.right(), middle.y()),
        ]

    def tails(self) -> list[QLineF]:
        """What names keep off where they can: every tail, unless there are very many."""
        if len(self.dots) > FINE:
            return []
        return [QLineF(dot.was, dot.at) for dot in self.dots if dot.was is not None]

    def _paint_mark(self, painter: QPainter) -> None:
        dot, theme = self._dot(), themes.current()
        if dot is not None:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.colour("line.focus"), 2 * theme.scale))
            painter.drawEllipse(dot.at, dot.radius + theme.px(3), dot.radius + theme.px(3))
        if keyed(self):
            paint_ring(painter, QRectF(self.rect()), theme.px(6))

    def _middle(self) -> QPointF:
        inner = layout.inner(self.plot(), themes.current().scale)
        return QPointF(inner.left() + SUCCEEDS * inner.width(), inner.bottom() - SATISFIED * inner.height())

    def _area(self, corner: Corner) -> QRectF:
        return layout.area(self.plot(), self._middle(), corner)

    def _corner_at(self, point: QPointF) -> Corner:
        middle = self._middle()
        left, top = point.x() < middle.x(), point.y() < middle.y()
        return words.ORDER[(0 if left else 1) if top else (2 if left else 3)]

    def _first(self) -> Dot | None:
        inside = [dot for dot in self.dots if dot.placed.corner == self.corner]
        return next(iter(inside or self.dots), None)

    def _dot(self) -> Dot | None:
        return next((dot for dot in self.dots if dot.placed.account_id == self.current), None)

    def _name(self) -> None:
        dot, board = self._dot(), self.board
        self.setAccessibleName(words.finding(board) if board is not None else "")
        self.setAccessibleDescription("" if dot is None or board is None else words.spoken(dot.placed, board))


def _paint_name(painter: QPainter, box: QRectF, text: str, tinted: QRectF) -> None:
    theme = themes.current()
    ground, band = theme.colour("bg.surface"), theme.colour("chart.band_yellow")
    if tinted.contains(box.center()):
        ground = mixed(band, ground, band.alphaF())
    paint_halo(painter, box, text, ground)
    paint_text(painter, box, text, "small", "text.primary", _LEFT)


def _paint_axes(painter: QPainter, plot: QRectF, middle: QPointF) -> None:
    """The scale on the left and the shares below *plot*."""
    theme = themes.current()
    high = theme.px(18)
    inner = layout.inner(plot, theme.scale)
    marks = (
        ("100", inner.top()),
        (f"{100 * SATISFIED:.0f}", middle.y()),
        ("0", inner.bottom()),
    )
    for value, y in marks:
        box = QRectF(0, y - high / 2, plot.left() - theme.px(6), high)
        paint_text(painter, box, value, "caption", "text.tertiary", _RIGHT)
    below = plot.bottom() + theme.px(3)
    for text, x, side in (
        ("0%", plot.left(), _LEFT), (f"{SUCCEEDS:.0%}", middle.x(), Qt.AlignmentFlag.AlignHCenter),
        ("100%", plot.right(), _RIGHT),
    ):  # fmt: skip
        box = QRectF(x - theme.px(60), below, theme.px(120), high)
        if side == _LEFT:
            box.moveLeft(x)
        elif side == _RIGHT:
            box.moveRight(x)
        paint_text(painter, box, text, "caption", "text.tertiary", side)
    box = QRectF(plot.right() - theme.px(250), below, theme.px(200), high)
    paint_text(painter, box, _("success attainment →"), "caption", "text.secondary", _RIGHT)


def _beside_title(title: QRectF, corner: Corner) -> QRectF:
    """What both lines of a corner's title leave free beside them, outside the frame."""
    theme = themes.current()
    fonts = (("strong", CORNERS[corner]), ("small", MOVES[corner]))
    wide = max(
        QFontMetrics(theme.font(style)).horizontalAdvance(_(text)) for style, text in fonts
    ) + theme.px(8)
    left = corner in layout.LEFTMOST
    return title.adjusted(wide if left else 0, 0, 0 if left else -wide, theme.px(18))

"""Who reports to whom: boxes on lines, rearranged by dragging one onto another; those on no line stand below."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QApplication, QSizePolicy, QToolTip, QWidget

from cs_workbench.domain.stakeholders import Seat
from cs_workbench.i18n import _
from cs_workbench.ui import theme as themes
from cs_workbench.ui.style import keyed, paint_ring
from cs_workbench.ui.widgets.people_marks import Mark, paint_disc, role_icon
from cs_workbench.ui.widgets.rows import paint_text
from cs_workbench.ui.widgets.tips import plain

_BOX, _HIGH, _GAP, _DROP = 176, 56, 16, 36


class ReportingTree(QWidget):
    """``chosen`` (id); ``hung`` (id, boss or None) asks for another line; ``opened`` on Enter."""

    chosen = Signal(int)
    hung = Signal(int, object)
    opened = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.marks: dict[int, Mark] = {}
        self.seats: tuple[Seat, ...] = ()
        self.loose: tuple[int, ...] = ()
        self.boxes: dict[int, QRectF] = {}
        self.at = 0
        self._head = QRectF()
        self._held: tuple[int, QPointF] | None = None
        self._drag: QPointF | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setSizePolicy(QSizePolicy.Policy.MinimumExpanding, QSizePolicy.Policy.MinimumExpanding)

    def show_people(self, marks: Sequence[Mark], seats: Sequence[Seat], loose: Sequence[int]) -> None:
        """Show the tree of *seats*, and *loose* people below it; who was chosen stays chosen."""
        self.marks = {one.id: one for one in marks}
        self.seats, self.loose = tuple(seats), tuple(loose)
        if self.at not in self.marks:
            self.at = self.seats[0].person if self.seats else self.loose[0] if self.loose else 0
        self._arrange()
        self._name()

    def choose(self, person: int) -> None:
        """Choose somebody without telling."""
        if person in self.marks:
            self.at = person
            self._name()
            self.update()

    def sizeHint(self) -> QSize:  # noqa: N802
        """All boxes."""
        return self.minimumSizeHint()

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """The tree's own width, so that a scroll area scrolls; those on no line wrap."""
        theme = themes.current()
        tree = [self.boxes[seat.person] for seat in self.seats if seat.person in self.boxes]
        wide = max((box.right() for box in tree), default=theme.px(320))
        high = max((box.bottom() for box in self.boxes.values()), default=theme.px(200))
        return QSize(round(wide) + theme.px(24), round(high) + theme.px(24))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Those on no line wrap anew."""
        super().resizeEvent(event)
        self._arrange()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Lines, boxes, the one dragged."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme = themes.current()
        painter.setPen(QPen(theme.colour("line.control"), 1))
        for seat in self.seats:
            if seat.level:
                self._paint_line(painter, seat.person)
        if self.loose:
            paint_text(painter, self._head, _("On no reporting line"), "small_strong", "text.secondary")
        over = self._under(self._drag) if self._drag is not None else None
        for person, box in self.boxes.items():
            self._paint_box(painter, person, box, over=over == person and self._held is not None
                            and person != self._held[0])  # fmt: skip
        if self._drag is not None and self._held is not None:
            held = self.marks.get(self._held[0])
            side = theme.px(24)
            box = QRectF(self._drag.x() - side / 2, self._drag.y() - side / 2, side, side)
            if held is not None:
                paint_disc(painter, box, held.shade, role_icon(held.roles))

    def _paint_line(self, painter: QPainter, person: int) -> None:
        boss = self.boxes.get(self.marks[person].boss or 0)
        box = self.boxes.get(person)
        if boss is None or box is None:
            return
        painter.setPen(QPen(themes.current().colour("line.control"), 1))
        middle = (boss.bottom() + box.top()) / 2
        points = [QPointF(boss.center().x(), boss.bottom()), QPointF(boss.center().x(), middle),
                  QPointF(box.center().x(), middle), QPointF(box.center().x(), box.top())]  # fmt: skip
        painter.drawPolyline(points)

    def _paint_box(self, painter: QPainter, person: int, box: QRectF, *, over: bool) -> None:
        theme = themes.current()
        one = self.marks[person]
        chosen = person == self.at
        painter.setPen(
            QPen(theme.colour("accent.base" if over or chosen else "line.strong"), 2 if over else 1)
        )
        ground = (
            "bg.selected"
            if chosen and self.hasFocus()
            else "bg.selected_inactive"
            if chosen
            else "bg.surface"
        )
        painter.setBrush(theme.colour("accent.soft" if over else ground))
        painter.drawRoundedRect(box, theme.px(8), theme.px(8))
        if chosen and keyed(self):
            paint_ring(painter, box.adjusted(-3, -3, 3, 3), 10)
        side = theme.px(24)
        disc = QRectF(box.left() + theme.px(10), box.center().y() - side / 2, side, side)
        paint_disc(painter, disc, one.shade, role_icon(one.roles))
        words = box.adjusted(theme.px(42), theme.px(6), -theme.px(8), -theme.px(6))
        half = words.height() / 2
        first = QRectF(words.left(), words.top(), words.width(), half if one.second else words.height())
        paint_text(painter, first, one.name, "strong")
        if one.second:
            paint_text(painter, first.translated(0, half), one.second, "small", "text.secondary")

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Up to the boss, down to the first below, left and right along the level; Enter opens."""
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Right) and self.marks:
            self._walk(key)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.marks:
            self.opened.emit(self.at)
        elif key == Qt.Key.Key_Escape and self._drag is not None:
            self._held = self._drag = None
            self.update()
        else:
            event.ignore()

    def step(self, by: int) -> None:
        """The next or the one before in reading order."""
        ids = list(self.boxes)
        if self.at in ids:
            self._take(ids[min(max(ids.index(self.at) + by, 0), len(ids) - 1)])

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Choose, and begin to hold."""
        person = self._under(event.position())
        if person is not None:
            self._take(person)
            if event.button() == Qt.MouseButton.LeftButton:
                self._held = (person, event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Drag once the hand has moved."""
        if self._held is None:
            return
        far = (event.position() - self._held[1]).manhattanLength()
        if self._drag is not None or far >= QApplication.startDragDistance():
            self._drag = event.position()
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Dropped on somebody: reports to them; on empty ground: to nobody."""
        held, dragged = self._held, self._drag
        self._held = self._drag = None
        self.update()
        if held is None or dragged is None:
            return
        boss = self._under(event.position())
        if boss != held[0] and self.marks[held[0]].boss != boss:
            self.hung.emit(held[0], boss)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Opens a person."""
        person = self._under(event.position())
        if person is not None:
            self.opened.emit(person)

    def event(self, event: QEvent) -> bool:
        """The tool tip says somebody in words."""
        if isinstance(event, QHelpEvent):
            person = self._under(QPointF(event.pos()))
            if person is None:
                QToolTip.hideText()
            else:
                QToolTip.showText(event.globalPos(), plain(self.marks[person].words), self)
            return True
        return bool(super().event(event))

    def spot_of(self, person: int) -> QRectF:
        """Where somebody stands; an empty box for nobody."""
        return self.boxes.get(person, QRectF())

    def _arrange(self) -> None:
        theme = themes.current()
        wide, gap = theme.px(_BOX), theme.px(_GAP)
        high = max(theme.px(_HIGH), theme.line("strong") + theme.line("small") + theme.px(12))
        left, top = theme.px(24), theme.px(16)
        self.boxes = {
            seat.person: QRectF(
                left + seat.at * (wide + gap), top + seat.level * (high + theme.px(_DROP)), wide, high
            )
            for seat in self.seats
        }
        under = max((box.bottom() for box in self.boxes.values()), default=top - theme.px(16)) + theme.px(16)
        self._head = QRectF(left, under, wide * 2, theme.row(24))
        seen = self.parentWidget()  # those on no line wrap where they are seen, however wide the tree is
        room = min(self.width(), seen.width()) if seen is not None else self.width()
        across = max(1, (room - 2 * left + gap) // (wide + gap))
        for n, person in enumerate(self.loose):
            y = under + theme.row(24) + theme.px(8) + (n // across) * (high + gap)
            self.boxes[person] = QRectF(left + (n % across) * (wide + gap), y, wide, high)
        self.updateGeometry()
        self.update()

    def _under(self, point: QPointF) -> int | None:
        return next((person for person, box in self.boxes.items() if box.contains(point)), None)

    def _walk(self, key: Qt.Key) -> None:
        boss = self.marks[self.at].boss
        if key == Qt.Key.Key_Up and boss in self.boxes:
            self._take(boss)
            return
        below = [one.id for one in self.marks.values() if one.boss == self.at and one.id in self.boxes]
        if key == Qt.Key.Key_Down and below:
            self._take(min(below, key=lambda one: self.boxes[one].x()))
            return
        here = self.boxes[self.at]
        across = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(key, 0)
        down = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(key, 0)
        best: tuple[float, int] | None = None
        for person, box in self.boxes.items():
            to = box.center() - here.center()
            ahead, aside = (to.x() * across, abs(to.y())) if across else (to.y() * down, abs(to.x()))
            if person != self.at and ahead > 1 and (down or aside < here.height()):
                best = min(best or (float("inf"), 0), (ahead + 2 * aside, person))
        if best is not None:
            self._take(best[1])

    def _take(self, person: int) -> None:
        if person != self.at:
            self.at = person
            self._name()
            self.update()
            self.chosen.emit(person)

    def _name(self) -> None:
        found = self.marks.get(self.at)
        self.setAccessibleDescription(found.words if found is not None else "")

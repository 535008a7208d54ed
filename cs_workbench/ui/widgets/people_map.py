"""Influence up, sentiment across: every person on a cell of the map, moved by drag or with Shift and the arrows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QApplication, QSizePolicy, QToolTip, QWidget

from cs_workbench.ui import theme as themes
from cs_workbench.ui.style import keyed, paint_ring
from cs_workbench.ui.widgets.people_map_frame import MOODS, RANKS, Frame, paint_frame
from cs_workbench.ui.widgets.people_marks import Mark, paint_disc, role_icon
from cs_workbench.ui.widgets.rows import paint_text
from cs_workbench.ui.widgets.tips import plain

_LINE = 30
_WIDE = 150
"""A person needs this much width; cells put as many side by side as fit."""
_STEPS = {
    Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Down: (0, 1),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Spot:
    """Where somebody stands."""

    mark: Mark
    box: QRectF


class PeopleMap(QWidget):
    """``chosen`` (id) follows the choice; ``placed`` (id, influence, mood) asks for a place; ``opened`` on Enter."""

    chosen = Signal(int)
    placed = Signal(int, object, object)
    opened = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.marks: tuple[Mark, ...] = ()
        self.spots: tuple[Spot, ...] = ()
        self.at = 0
        self._rows: list[tuple[float, float]] = []
        self._needed = 0.0
        self._held: tuple[int, QPointF] | None = None
        self._drag: QPointF | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.MinimumExpanding)

    def show_people(self, marks: Sequence[Mark]) -> None:
        """Show these; who was chosen stays chosen."""
        self.marks = tuple(marks)
        if all(one.id != self.at for one in self.marks):
            self.at = self.marks[0].id if self.marks else 0
        self._arrange()
        self._name()

    def choose(self, person: int) -> None:
        """Choose somebody without telling."""
        if any(one.id == person for one in self.marks):
            self.at = person
            self._name()
            self.update()

    def mark_of(self, person: int) -> Mark | None:
        """Somebody shown."""
        return next((one for one in self.marks if one.id == person), None)

    def sizeHint(self) -> QSize:  # noqa: N802
        """As high as its rows."""
        theme = themes.current()
        return QSize(theme.px(560), round(self._needed) + theme.row(32, "small"))

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """As high as its rows; narrower than liked."""
        return QSize(themes.current().px(420), self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Other widths, other rows."""
        super().resizeEvent(event)
        self._arrange()

    def cell_at(self, point: QPointF) -> tuple[int | None, str | None] | None:
        """Influence and mood under a point, None outside."""
        left, width = self.left(), self.cell()
        column = int((point.x() - left) // width) if point.x() >= left else -1
        row = next((n for n, (top, end) in enumerate(self._rows) if top <= point.y() < end), -1)
        if not 0 <= column < len(MOODS) or row < 0:
            return None
        return RANKS[row], MOODS[column]

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Heads, cells, people, the one being dragged."""
        painter = QPainter(self)
        over = self.cell_at(self._drag) if self._drag is not None else None
        paint_frame(painter, Frame(self.width(), self.left(), self.cell(), tuple(self._rows)), over)
        for spot in self.spots:
            self._paint_spot(painter, spot)
        if self._drag is not None and self._held is not None:
            held = self.mark_of(self._held[0])
            if held is not None:
                side = themes.current().px(24)
                box = QRectF(self._drag.x() - side / 2, self._drag.y() - side / 2, side, side)
                paint_disc(painter, box, held.shade, role_icon(held.roles))

    def _paint_spot(self, painter: QPainter, spot: Spot) -> None:
        theme = themes.current()
        chosen = spot.mark.id == self.at
        if chosen:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("bg.selected" if self.hasFocus() else "bg.selected_inactive"))
            painter.drawRoundedRect(spot.box, theme.px(4), theme.px(4))
            if keyed(self):
                paint_ring(painter, spot.box, 4)
        side = theme.px(22)
        disc = QRectF(spot.box.left() + theme.px(4), spot.box.center().y() - side / 2, side, side)
        painter.setPen(QPen(theme.colour("text.primary"), 1))
        paint_disc(painter, disc, spot.mark.shade, role_icon(spot.mark.roles))
        room = QRectF(disc.right() + theme.px(6), spot.box.top(), 0, spot.box.height())
        room.setRight(spot.box.right() - theme.px(4))
        paint_text(painter, room, spot.mark.name, "strong" if chosen else "body")

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Arrows choose, with Shift they move the person; Home, End, Enter."""
        step = _STEPS.get(Qt.Key(event.key()))
        if step is not None and self.marks:
            if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
                self._push(*step)
            else:
                self._walk(*step)
        elif event.key() in (Qt.Key.Key_Home, Qt.Key.Key_End) and self.spots:
            self._take(self.spots[0 if event.key() == Qt.Key.Key_Home else -1].mark.id)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.marks:
            self.opened.emit(self.at)
        elif event.key() == Qt.Key.Key_Escape and self._drag is not None:
            self._held = self._drag = None
            self.update()
        else:
            event.ignore()

    def step(self, by: int) -> None:
        """The next or the one before in reading order."""
        ids = [spot.mark.id for spot in self.spots]
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
        """Dropped on another cell, the person is placed there."""
        held, dragged = self._held, self._drag
        self._held = self._drag = None
        self.update()
        cell = self.cell_at(event.position())
        if held is not None and dragged is not None and cell is not None:
            self._place(held[0], *cell)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Opens a person."""
        person = self._under(event.position())
        if person is not None:
            self.opened.emit(person)

    def event(self, event: QEvent) -> bool:
        """The tool tip says somebody in words."""
        if isinstance(event, QHelpEvent):
            found = self.mark_of(self._under(QPointF(event.pos())) or 0)
            if found is None:
                QToolTip.hideText()
            else:
                QToolTip.showText(event.globalPos(), plain(found.words), self)
            return True
        return bool(super().event(event))

    def spot_of(self, person: int) -> QRectF:
        """Where somebody stands; an empty box for nobody."""
        return next((spot.box for spot in self.spots if spot.mark.id == person), QRectF())

    def _arrange(self) -> None:
        theme = themes.current()
        line, pad = theme.row(_LINE), theme.px(6)
        left, width = self.left(), self.cell()
        across = max(1, int(width // theme.px(_WIDE)))
        cells: dict[tuple[int | None, str | None], list[Mark]] = {}
        for one in self.marks:
            cells.setdefault((one.influence, one.mood), []).append(one)
        top = float(theme.row(32, "small"))
        self._rows, spots = [], []
        highs = {
            rank: max(-(-max(len(cells.get((rank, mood), ())) for mood in MOODS) // across) * line + 2 * pad,
                      theme.row(56))
            for rank in RANKS
        }  # fmt: skip
        self._needed = top + sum(highs.values())
        spare = max(self.height() - self.sizeHint().height(), 0) / len(RANKS)
        for rank in RANKS:
            high = highs[rank] + spare
            for column, mood in enumerate(MOODS):
                for n, one in enumerate(cells.get((rank, mood), ())):
                    room = (width - 2 * theme.px(4)) / across
                    x = left + column * width + theme.px(4) + (n % across) * room
                    spots.append(
                        Spot(one, QRectF(x, top + pad + (n // across) * line, room - theme.px(2), line - 2))
                    )
            self._rows.append((top, top + high))
            top += high
        self.spots = tuple(spots)
        self.updateGeometry()
        self.update()

    def left(self) -> float:
        """Where the cells begin."""
        return float(themes.current().px(96))

    def cell(self) -> float:
        """How wide a cell is."""
        return max((self.width() - self.left()) / len(MOODS), 1.0)

    def _under(self, point: QPointF) -> int | None:
        return next((spot.mark.id for spot in self.spots if spot.box.contains(point)), None)

    def _walk(self, across: int, down: int) -> None:
        """To the nearest person in that direction; what lies aside counts double."""
        here = self.spot_of(self.at).center()
        best: tuple[float, int] | None = None
        for spot in self.spots:
            to = spot.box.center() - here
            ahead, aside = (to.x() * across, abs(to.y())) if across else (to.y() * down, abs(to.x()))
            if spot.mark.id != self.at and ahead > 1:
                best = min(best or (float("inf"), 0), (ahead + 2 * aside, spot.mark.id))
        if best is not None:
            self._take(best[1])

    def _push(self, across: int, down: int) -> None:
        found = self.mark_of(self.at)
        if found is not None:
            row = min(max(RANKS.index(found.influence) + down, 0), len(RANKS) - 1)
            mood = found.mood if found.mood in MOODS else None
            column = min(max(MOODS.index(mood) + across, 0), len(MOODS) - 1)
            self._place(found.id, RANKS[row], MOODS[column])

    def _place(self, person: int, influence: int | None, mood: str | None) -> None:
        found = self.mark_of(person)
        if found is not None and (found.influence, found.mood) != (influence, mood):
            self.placed.emit(person, influence, mood)

    def _take(self, person: int) -> None:
        if person != self.at:
            self.at = person
            self._name()
            self.update()
            self.chosen.emit(person)

    def _name(self) -> None:
        found = self.mark_of(self.at)
        self.setAccessibleDescription(found.words if found is not None else "")

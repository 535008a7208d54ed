"""The board in the hand: cards moved from step to step by mouse and by keys."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, Qt, QTimer, Signal
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QWidget

from cs_workbench.services import success_board
from cs_workbench.ui.pages.success.board_surface import BoardSurface, Drag

_EDGE, _SPEED = 48, 18
"""px from an edge where a card in the hand lets the board scroll, and px a turn."""


class BoardCanvas(BoardSurface):
    """``moved`` (account, lane) asks for a move, ``opened`` carries an account, ``menued`` a place on the screen."""

    moved = Signal(int, int)
    opened = Signal(int)
    menued = Signal(QPoint)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._creep = QTimer(self, interval=16)
        self._creep.timeout.connect(self._on_creep)

    def push(self, lanes: int) -> None:
        """Move the chosen card by so many lanes: one change."""
        card, spot = self.card(), self.spot
        if card is None or spot is None or self.board is None:
            return
        steps = sum(one.step is not None for one in self.board.lanes)
        target = spot.lane + lanes if card.step is not None else (0 if lanes > 0 else spot.lane)
        if 0 <= target < steps and target != spot.lane:
            self.put(card.account_id, target)

    def put(self, account_id: int, lane: int) -> None:
        """Show an account on another lane at once, and ask for the move to be kept."""
        if self.board is None:
            return
        self.show_board(success_board.shifted(self.board, account_id, lane))
        self.choose(account_id)
        self.moved.emit(account_id, lane)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Arrows choose, with Shift (or brackets) they move the card; Enter opens; other keys are the page's."""
        key, held = Qt.Key(event.key()), event.modifiers()
        shifted = bool(held & Qt.KeyboardModifier.ShiftModifier)
        pushes = {Qt.Key.Key_BracketLeft: -1, Qt.Key.Key_BracketRight: 1}
        if shifted:
            pushes |= {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        page = max(int(self.viewport().height() // self.places.step) - 1, 1)
        steps = {
            Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Down: (0, 1),
            Qt.Key.Key_PageUp: (0, -page), Qt.Key.Key_PageDown: (0, page), Qt.Key.Key_Home: (0, -100_000),
            Qt.Key.Key_End: (0, 100_000),
        }  # fmt: skip
        card = self.card()
        if key == Qt.Key.Key_Escape and self.drag is not None:
            self._let_go()
        elif key in pushes:
            self.push(pushes[key])
        elif key in steps and not held & Qt.KeyboardModifier.AltModifier:
            self.step(*steps[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and card is not None:
            self.opened.emit(card.account_id)
        else:
            event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """There is a card to see."""
        super().focusInEvent(event)
        if self.card() is None:
            self.step(0, 0)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """The ring goes."""
        super().focusOutEvent(event)
        self.viewport().update()

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Choose, and be ready to lift."""
        spot = self.places.spot_at(self._on_board(event.position()))
        if spot is None:
            return
        self._go(spot)
        if event.button() == Qt.MouseButton.LeftButton:
            corner = self._moved_by_scroll(self.places.card_rect(spot)).topLeft()
            self.drag = Drag(spot, event.position() - corner, event.position(), spot.lane)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Lift after a few pixels; the lane below is lit."""
        drag = self.drag
        if drag is None:
            return
        far = (event.position() - drag.at).manhattanLength() >= QApplication.startDragDistance()
        if not drag.lifted and not far:
            return
        before = (drag.lifted, drag.lane)
        drag.lifted, drag.at = True, event.position()
        lane = self.places.lane_at(self._on_board(event.position()).x())
        if self.board is not None and self.board.lanes[lane].step is not None:
            drag.lane = lane
        if before != (True, drag.lane):
            self.chosen.emit()
        if not self._creep.isActive():
            self._creep.start()
        self.viewport().update()

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:  # noqa: N802
        """Put down."""
        drag, card = self.drag, self.card()
        self._let_go()
        if drag is not None and drag.lifted and card is not None and drag.lane != drag.spot.lane:
            self.put(card.account_id, drag.lane)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Open the account."""
        spot = self.places.spot_at(self._on_board(event.position()))
        card = None if spot is None else self._card(spot)
        if card is not None and spot is not None:
            self._go(spot)
            self._let_go()
            self.opened.emit(card.account_id)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802
        """The verbs of the chosen card."""
        if event.reason() == QContextMenuEvent.Reason.Mouse:
            spot = self.places.spot_at(self._on_board(QPointF(event.pos())))
            if spot is None:
                return
            self._go(spot)
            self._let_go()
        if self.card() is not None:
            self.menued.emit(
                event.globalPos() if event.reason() == QContextMenuEvent.Reason.Mouse else self.corner()
            )

    def _let_go(self) -> None:
        self._creep.stop()
        self.drag = None
        self.viewport().update()
        self.chosen.emit()

    def _on_creep(self) -> None:
        """Scroll while a card is held near an edge."""
        if self.drag is None:
            self._creep.stop()
            return
        at, view = self.drag.at, self.viewport()
        for bar, place, low, high in (
            (self.verticalScrollBar(), at.y(), self.places.head + _EDGE, view.height() - _EDGE),
            (self.horizontalScrollBar(), at.x(), _EDGE, view.width() - _EDGE),
        ):
            if place < low:
                bar.setValue(bar.value() - _SPEED)
            elif place > high:
                bar.setValue(bar.value() + _SPEED)

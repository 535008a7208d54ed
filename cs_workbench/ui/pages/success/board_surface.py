"""The surface of the board: lanes of cards painted as far as they are seen, one of them chosen."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QHelpEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QSizePolicy, QToolTip, QWidget

from cs_workbench.i18n import _
from cs_workbench.services.success_board import Board, Card
from cs_workbench.ui import theme as themes
from cs_workbench.ui.pages.success import board_words as words
from cs_workbench.ui.pages.success.board_paint import (
    amounts_fit,
    paint_card,
    paint_gap,
    paint_ground,
    paint_head,
)
from cs_workbench.ui.pages.success.board_places import Places, Spot
from cs_workbench.ui.style import keyed
from cs_workbench.ui.widgets.tips import plain


@dataclass(slots=True)
class Drag:
    """A card in the hand: where it was, where it was grasped, where it is, the lane below it."""

    spot: Spot
    grasp: QPointF
    at: QPointF
    lane: int
    lifted: bool = False


class BoardSurface(QAbstractScrollArea):
    """Shows a board. ``chosen`` tells that another card is, or that it hangs over another lane."""

    chosen = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.board: Board | None = None
        self.spot: Spot | None = None
        self.drag: Drag | None = None
        self.places = Places.of((), 0)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.viewport().setAutoFillBackground(False)

    def show_board(self, board: Board) -> None:
        """Show another state; the chosen account stays chosen wherever it stands now."""
        before = self.card()
        self.board, self.drag = board, None
        self._measure()
        if before is None or not self.choose(before.account_id):
            self._settle()
        if self.spot is None:
            self.step(0, 0)
        self.viewport().update()

    def card(self) -> Card | None:
        """The chosen card."""
        return None if self.spot is None else self._card(self.spot)

    def choose(self, account_id: int) -> bool:
        """Choose the card of an account; whether it is there."""
        for lane, one in enumerate(self.board.lanes if self.board is not None else ()):
            for place, card in enumerate(one.cards):
                if card.account_id == account_id:
                    self._go(Spot(lane, place))
                    return True
        return False

    def choose_stuck(self) -> None:
        """Choose the next card that is stuck, round and round."""
        cards = self.board.cards if self.board is not None else ()
        here = self.card()
        start = cards.index(here) + 1 if here in cards else 0
        found = next((one for one in (*cards[start:], *cards[:start]) if one.stuck), None)
        if found is not None:
            self.choose(found.account_id)

    def step(self, lanes: int, cards: int) -> None:
        """Choose the card so many lanes and cards away."""
        found = self.places.beside(self.spot, lanes, cards)
        if found is not None:
            self._go(found)

    def hovered_lane(self) -> int | None:
        """The lane a card hangs over."""
        return self.drag.lane if self.drag is not None and self.drag.lifted else None

    def corner(self) -> QPoint:
        """The lower right corner of the chosen card on the screen: where a question about it opens."""
        if self.spot is None:
            return self.viewport().mapToGlobal(QPoint(self.viewport().width(), 0))
        box = self._moved_by_scroll(self.places.card_rect(self.spot))
        return self.viewport().mapToGlobal(QPoint(int(box.right()), int(box.bottom())))

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Head and two cards of one lane."""
        places = self.places
        return QSize(int(places.lane), int(places.head + 2 * places.step))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Share the room out again."""
        super().resizeEvent(event)
        self._measure()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Lanes, the cards in sight, heads above them, the card in the hand."""
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), themes.current().colour("bg.surface"))
        board = self.board
        if board is None:
            return
        top, left, tall = (
            self.verticalScrollBar().value(),
            self.horizontalScrollBar().value(),
            self.viewport().height(),
        )
        for lane, one in enumerate(board.lanes):
            box = self.places.lane_rect(lane, tall).translated(-left, 0)
            if not box.intersects(QRectF(event.rect())):
                continue
            target = self.hovered_lane() == lane
            paint_ground(painter, box, target=target)
            self._paint_cards(painter, lane, top, tall)
            paint_head(
                painter,
                QRectF(box.left(), 0, box.width(), self.places.head),
                one,
                board.currency,
                target=target,
            )
        self._paint_lifted(painter)

    def _paint_cards(self, painter: QPainter, lane: int, top: int, tall: int) -> None:
        assert self.board is not None
        drag = self.drag if self.drag is not None and self.drag.lifted else None
        shift = self.places.step if drag is not None and drag.lane == lane and drag.spot.lane != lane else 0.0
        if shift:
            gap = self._moved_by_scroll(self.places.card_rect(Spot(lane, 0)))
            paint_gap(painter, gap, "", target=True)
        for place in self.places.seen(lane, self.places.head + top - shift, top + tall - shift):
            spot = Spot(lane, place)
            box = self._moved_by_scroll(self.places.card_rect(spot)).translated(0, shift)
            if drag is not None and spot == drag.spot:
                paint_gap(painter, box, _("Moving"))
                continue
            here = spot == self.spot
            ring = here and keyed(self)
            card = self.board.lanes[lane].cards[place]
            paint_card(painter, box, card, self.board, chosen=here, ring=ring, deep=self.places.deep)

    def _paint_lifted(self, painter: QPainter) -> None:
        drag, board = self.drag, self.board
        if drag is None or not drag.lifted or board is None:
            return
        box = QRectF(drag.at - drag.grasp, self.places.card_rect(drag.spot).size())
        card = board.lanes[drag.spot.lane].cards[drag.spot.card]
        paint_card(painter, box, card, board, chosen=True, ring=False, lifted=True, deep=self.places.deep)

    def viewportEvent(self, event: object) -> bool:  # noqa: N802
        """A card's tool tip says what may be cut on it."""
        if isinstance(event, QHelpEvent) and self.board is not None:
            spot = self.places.spot_at(self._on_board(QPointF(event.pos())))
            card = None if spot is None else self._card(spot)
            QToolTip.showText(event.globalPos(), plain(words.aloud(card, self.board)) if card else "", self)
            return True
        return bool(super().viewportEvent(event))  # type: ignore[arg-type]

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Other fonts, other sizes."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._measure()

    def _card(self, spot: Spot) -> Card | None:
        lanes = self.board.lanes if self.board is not None else ()
        if 0 <= spot.lane < len(lanes) and 0 <= spot.card < len(lanes[spot.lane].cards):
            return lanes[spot.lane].cards[spot.card]
        return None

    def _go(self, spot: Spot) -> None:
        """Choose, bring into sight, tell."""
        self.spot = spot
        self._reveal(spot)
        card = self._card(spot)
        if card is not None and self.board is not None:
            self.setAccessibleDescription(words.aloud(card, self.board))
            told = QAccessibleEvent(self, QAccessible.Event.DescriptionChanged)
            QAccessible.updateAccessibility(told)
        self.viewport().update()
        self.chosen.emit()

    def _settle(self) -> None:
        """After a change the chosen card is gone: the one in its place, or none."""
        spot = self.places.beside(self.spot, 0, 0) if self.spot is not None else None
        if spot is None:
            self.spot = None
            self.setAccessibleDescription("")
            self.chosen.emit()
        else:
            self._go(spot)

    def _measure(self) -> None:
        """Lay lanes and cards out, and how far one may scroll."""
        view = self.viewport()
        counts = [len(lane.cards) for lane in self.board.lanes] if self.board is not None else []
        self.places = Places.of(counts, view.width())
        room = self.places.lane - 2 * self.places.inset
        if self.board is not None and not amounts_fit(self.board, room):
            self.places = Places.of(counts, view.width(), deep=True)
        wide, tall = (
            max(int(self.places.width) - view.width(), 0),
            max(int(self.places.height) - view.height(), 0),
        )
        for bar, most, page in (
            (self.horizontalScrollBar(), wide, view.width()),
            (self.verticalScrollBar(), tall, view.height()),
        ):
            bar.setRange(0, most)
            bar.setPageStep(page)
            bar.setSingleStep(themes.current().px(40))

    def _reveal(self, spot: Spot) -> None:
        box, view, margin = self.places.card_rect(spot), self.viewport(), themes.current().px(8)
        down, across = self.verticalScrollBar(), self.horizontalScrollBar()
        if box.top() - self.places.head < down.value():
            down.setValue(int(box.top() - self.places.head))
        elif box.bottom() + margin > down.value() + view.height():
            down.setValue(int(box.bottom() + margin - view.height()))
        if box.left() - margin < across.value():
            across.setValue(int(box.left() - margin))
        elif box.right() + margin > across.value() + view.width():
            across.setValue(int(box.right() + margin - view.width()))

    def _moved_by_scroll(self, box: QRectF) -> QRectF:
        return box.translated(-self.horizontalScrollBar().value(), -self.verticalScrollBar().value())

    def _on_board(self, at: QPointF) -> QPointF:
        """A point of the viewport on the board; what lies under the heads is no card."""
        if at.y() < self.places.head:
            return QPointF(at.x() + self.horizontalScrollBar().value(), at.y())
        return QPointF(at.x() + self.horizontalScrollBar().value(), at.y() + self.verticalScrollBar().value())

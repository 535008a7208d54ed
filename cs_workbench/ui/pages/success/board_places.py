"""Where lanes and cards of the board lie: plain geometry, in pixels of the viewport's width and the board's height."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QFontMetrics

from cs_workbench.ui import theme as themes

LANE_LEAST = 176
"""px at scale 1: a lane is never narrower; the board then scrolls sideways."""
_INSET, _GAP, _LANES_APART = 8, 8, 12


class Spot(NamedTuple):
    """A place on the board: the lane, and the card in it (−1: the lane itself)."""

    lane: int
    card: int


@dataclass(frozen=True, slots=True)
class Places:
    """Geometry of a board of lanes with so many cards each, on *room* px of width."""

    counts: tuple[int, ...]
    lane: float
    apart: float
    head: float
    card: float
    step: float
    inset: float
    deep: bool = False

    @classmethod
    def of(cls, counts: Sequence[int], room: float, *, deep: bool = False) -> Places:
        """Lanes share the room out, down to the least width. Cards are *deep* where the amount has its own line."""
        theme = themes.current()
        apart, lanes = theme.px(_LANES_APART), max(len(counts), 1)
        share = (room - apart * (lanes - 1)) / lanes
        tall = {style: QFontMetrics(theme.font(style)).height() for style in ("strong", "body", "small")}
        head = theme.px(10 + 2 + 14 + 12) + tall["strong"] + 2 * tall["small"]
        card = (
            theme.px(12 + 4 + 9 + 1 + 8 + 10)
            + tall["strong"]
            + max(theme.px(22), tall["body"])
            + tall["body"]
            + (theme.px(4) + tall["small"] if deep else 0)
        )
        return cls(
            tuple(counts), max(float(int(share)), theme.px(LANE_LEAST)), apart, head, card,
            card + theme.px(_GAP), theme.px(_INSET), deep,
        )  # fmt: skip

    @property
    def width(self) -> float:
        """Width of all lanes."""
        return len(self.counts) * (self.lane + self.apart) - self.apart if self.counts else 0.0

    @property
    def height(self) -> float:
        """Height of the longest lane, its head included."""
        return self.head + max(self.counts, default=0) * self.step

    def lane_rect(self, lane: int, height: float) -> QRectF:
        """A lane from top to bottom of a board *height* high."""
        return QRectF(lane * (self.lane + self.apart), 0, self.lane, height)

    def card_rect(self, spot: Spot) -> QRectF:
        """A card."""
        left = spot.lane * (self.lane + self.apart) + self.inset
        return QRectF(left, self.head + spot.card * self.step, self.lane - 2 * self.inset, self.card)

    def seen(self, lane: int, top: float, bottom: float) -> range:
        """The cards of a lane between two heights of the board."""
        first = int((top - self.head) // self.step)
        last = int((bottom - self.head) // self.step)
        return range(max(first, 0), min(last + 1, self.counts[lane]))

    def lane_at(self, x: float) -> int:
        """The lane nearest to *x*; −1 on an empty board."""
        if not self.counts:
            return -1
        return min(max(int((x + self.apart / 2) // (self.lane + self.apart)), 0), len(self.counts) - 1)

    def spot_at(self, point: QPointF) -> Spot | None:
        """The card at a point of the board, or None between cards."""
        lane = self.lane_at(point.x())
        if lane < 0 or point.y() < self.head:
            return None
        card = int((point.y() - self.head) // self.step)
        if 0 <= card < self.counts[lane] and self.card_rect(Spot(lane, card)).contains(point):
            return Spot(lane, card)
        return None

    def beside(self, spot: Spot | None, lanes: int, cards: int) -> Spot | None:
        """The card so many lanes and cards away, empty lanes skipped; the same one where there is none further."""
        if spot is None or not 0 <= spot.lane < len(self.counts):
            return next((Spot(lane, 0) for lane, count in enumerate(self.counts) if count), None)
        lane, way = spot.lane, 1 if lanes > 0 else -1
        for _turn in range(abs(lanes)):
            ahead = lane + way
            while 0 <= ahead < len(self.counts) and not self.counts[ahead]:
                ahead += way
            if not 0 <= ahead < len(self.counts):
                break
            lane = ahead
        if not self.counts[lane]:
            return None
        return Spot(lane, min(max(spot.card + cards, 0), self.counts[lane] - 1))

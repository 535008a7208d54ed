"""How a row of the account list is painted: name, figures, badge, sparkline; and the head of a group."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QHelpEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
)

from cs_workbench.i18n import _
from cs_workbench.services.account_table import AccountLine
from cs_workbench.ui import icons
from cs_workbench.ui import theme as themes
from cs_workbench.ui.models.account_model import AccountModel, Group
from cs_workbench.ui.models.account_words import COLUMNS, band_of, late
from cs_workbench.ui.style import paint_ring
from cs_workbench.ui.widgets.badge import paint_badge, paint_shape
from cs_workbench.ui.widgets.rows import paint_ground, paint_text, selected_fill
from cs_workbench.ui.widgets.sparkline import paint_sparkline
from cs_workbench.ui.widgets.tips import plain

EDGE = 24
"""Room left of the first and right of the last column."""
INSET = 8
CHECK = 28
_PRIMARY = frozenset(("name", "arr", "notice"))


class AccountRowDelegate(QStyledItemDelegate):
    """Paints from tokens, never from the style. ``hovered`` is the row under the pointer, ``ticks`` shows boxes."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.hovered = -1
        self.ticks = False
        self.ring_row = -1
        self.last = ""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:  # noqa: N802
        """Rows have one height, set by the view."""
        return QSize(0, themes.current().row(40))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Ground, content, ring."""
        model = index.model()
        if not isinstance(model, AccountModel):
            return
        row = model.rows[index.row()]
        if isinstance(row, Group):
            self._paint_group(painter, option, row)
        else:
            self._paint_ground(painter, option, index)
            self._paint_cell(painter, option, model, row, index)
        if index.row() == self.ring_row:
            self._paint_ring(painter, option)

    def helpEvent(  # noqa: N802
        self,
        event: QHelpEvent,
        view: QAbstractItemView,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> bool:
        """The whole text where it is cut, and what the model adds; as plain text, whatever is in it."""
        if event.type() != QEvent.Type.ToolTip or not index.isValid():
            return super().helpEvent(event, view, option, index)
        words = index.data(Qt.ItemDataRole.ToolTipRole) or ""
        text = index.data(Qt.ItemDataRole.DisplayRole) or ""
        room = self.room(QRectF(view.visualRect(index)), index.column())
        if not words and QFontMetrics(themes.current().font("body")).horizontalAdvance(text) > room.width():
            words = text
        QToolTip.showText(event.globalPos(), plain(words), view)
        return True

    def room(self, cell: QRectF, column: int, *, title: bool = False) -> QRectF:
        """Where the content of a cell goes, or of the header above it."""
        theme = themes.current()
        left = theme.px(EDGE if column == 0 else INSET)
        if column == 0 and self.ticks and not title:
            left += theme.px(CHECK)
        right = theme.px(EDGE if COLUMNS[column].id == self.last else INSET)
        return cell.adjusted(left, 0, -right, 0)

    def _paint_ground(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        selected, active = self._chosen(option, index)
        hovered = "bg.hover" if index.row() == self.hovered else ""
        paint_ground(painter, option.rect, selected_fill(active=active) if selected else hovered)

    @staticmethod
    def _chosen(
        option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> tuple[bool, bool]:
        """Whether the row is selected, and the window active: asked of the view, since the option's state costs ten
        milliseconds of enumerations before the first rows.
        """
        view = option.widget
        if not isinstance(view, QAbstractItemView):
            return False, False
        return view.selectionModel().isSelected(index), view.isActiveWindow()

    def _paint_cell(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        model: AccountModel,
        line: AccountLine,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        theme = themes.current()
        column = COLUMNS[index.column()]
        cell = QRectF(option.rect)
        room = self.room(cell, index.column())
        middle = cell.center().y()
        if column.id == "health":
            paint_badge(
                painter, room.left(), middle, band_of(line.band), line.score,
                override=line.called is not None, stale=line.stale,
            )  # fmt: skip
            return
        if column.id == "trend":
            box = QRectF(room.left(), round(middle - theme.px(10)), theme.px(64), theme.px(20))
            paint_sparkline(painter, box, line.trend, band_of(line.band))
            return
        selected, _active = self._chosen(option, index)
        if column.id == "name" and self.ticks:
            self._paint_tick(painter, cell, selected)
        mark = late(line, column.id)
        bold = mark or (column.id == "name" and selected and not self.ticks)
        ink = "text.primary" if column.id in _PRIMARY or mark else "text.secondary"
        if column.id == "notice" and line.notice_date is None:
            ink = "text.secondary"
        if mark == "red":
            ink = "health.red.text"
        align = Qt.AlignmentFlag.AlignRight if column.right else Qt.AlignmentFlag.AlignLeft
        text = model.text(index.row(), index.column())
        paint_text(painter, room, text, "strong" if bold else "body", ink, align)

    def _paint_tick(self, painter: QPainter, cell: QRectF, ticked: bool) -> None:
        theme = themes.current()
        side = theme.px(16)
        box = QRectF(theme.px(EDGE), round(cell.center().y() - side / 2), side, side)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if ticked:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("accent.base"))
            painter.drawRoundedRect(box, theme.px(4), theme.px(4))
            icons.paint(painter, "check", "text.on_accent", box.adjusted(2, 2, -2, -2))
        else:
            painter.setPen(QPen(theme.colour("line.control"), 1))
            painter.setBrush(theme.colour("bg.surface"))
            painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), theme.px(4), theme.px(4))
        painter.restore()

    def _paint_group(self, painter: QPainter, option: QStyleOptionViewItem, group: Group) -> None:
        theme = themes.current()
        cell = QRectF(option.rect)
        painter.fillRect(cell, theme.colour("bg.sunken"))
        painter.fillRect(QRectF(cell.left(), cell.bottom(), cell.width(), 1), theme.colour("line.subtle"))
        if option.rect.left() > 0 and not option.rect.width():
            return
        x, middle = cell.left() + theme.px(EDGE), cell.center().y()
        arrow = icons.pixmap("chevron-right" if group.closed else "chevron-down", "text.secondary", 14)
        painter.drawPixmap(QPointF(x, round(middle - theme.px(7))), arrow)
        x += theme.px(22)
        if group.band:
            side = theme.px(10)
            paint_shape(painter, band_of(group.band), QRectF(x, middle - side / 2, side, side))
            x += theme.px(18)
        width = cell.right() - x - theme.px(EDGE)
        x += paint_text(
            painter, QRectF(x, cell.top(), width, cell.height()), group.label, "strong"
        ) + theme.px(8)
        told = f"{group.count:,}{_(' · ')}{group.money}" if group.money else f"{group.count:,}"
        room = QRectF(x, cell.top(), max(cell.right() - x - theme.px(EDGE), 0), cell.height())
        paint_text(painter, room, told, "small", "text.tertiary")

    def _paint_ring(self, painter: QPainter, option: QStyleOptionViewItem) -> None:
        view = option.widget
        if not isinstance(view, QAbstractItemView):
            return
        painter.save()
        painter.setClipRect(option.rect)
        paint_ring(painter, QRectF(0, option.rect.top(), view.viewport().width(), option.rect.height()), 4)
        painter.restore()

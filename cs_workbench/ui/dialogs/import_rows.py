"""The rows to be imported: the cell at fault framed, its remedy beside it; cells can be edited."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QItemSelectionModel, QObject, QRect, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QFontMetrics, QHelpEvent, QKeyEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QToolTip,
    QWidget,
)

from cs_workbench.i18n import _
from cs_workbench.services.intake.preview import PreviewRow
from cs_workbench.ui import theme as themes
from cs_workbench.ui.dialogs.import_header import INSET, ImportHeader
from cs_workbench.ui.models.import_model import LEAD, PREVIEW, ImportModel, Index, what_word
from cs_workbench.ui.widgets.badge import paint_shape
from cs_workbench.ui.widgets.fields import LineEdit
from cs_workbench.ui.widgets.rows import paint_row, paint_text
from cs_workbench.ui.widgets.table_looks import dress
from cs_workbench.ui.widgets.tips import plain

_WIDEST = 240
_NARROWEST = 72
_GIVES_TO = 120
_REASON = 320
_LEAST_REASON = 160
"""It gives way too, cut with an ellipsis: the line below the rows says it in full."""
_LOOKED_AT = 60
"""Rows of the sample that say how wide a column is."""


def given_way(widths: Sequence[int], room: int, least: int) -> list[int]:
    """*widths* so that they fit into *room*: the widest give first, none that is wider goes below *least*."""
    found = list(widths)
    while sum(found) > room and max(found, default=0) > least:
        widest = max(found)
        below = max([least, *(one for one in found if one < widest)])
        count = found.count(widest)
        step = min(widest - below, max(1, -(-(sum(found) - room) // count)))
        found = [one - step if one == widest else one for one in found]
    return found


class ImportDelegate(QStyledItemDelegate):
    """Paints cells from tokens; a cell at fault is framed in its band's colour."""

    def __init__(self, table: ImportRows) -> None:
        super().__init__(table)
        self._table = table

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:  # noqa: N802
        """A row of 40."""
        return QSize(0, themes.current().row(40))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Ground, frame, words."""
        paint_row(painter, option, ring=False)
        row: PreviewRow | None = index.data(PREVIEW)
        box = QRectF(option.rect)
        theme = themes.current()
        if row is None:
            bar = QRectF(box.left() + theme.px(INSET), box.center().y() - 3, box.width() * 0.5, 6)
            painter.fillRect(bar, theme.colour("bg.hover"))
            return
        model = self._table.rows
        place = model.file_column(index.column())
        band = "red" if row.what == "left_out" else "yellow"
        if place >= 0 and (place == row.bad or place in row.faults):
            painter.setPen(QPen(theme.colour(f"health.{band}.graphic"), 1))
            painter.setBrush(theme.colour(f"health.{band}.soft"))
            painter.drawRect(box.adjusted(0.5, 0.5, -0.5, -1.5))
        if index.column() == 1:
            self._paint_result(painter, box, row, band)
        else:
            self._paint_words(painter, box, row, index, place)
        if option.state & QStyle.StateFlag.State_HasFocus and self._table.hasFocus():
            painter.setPen(QPen(theme.colour("line.focus"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(box.adjusted(1, 1, -1, -2))

    def _paint_result(self, painter: QPainter, box: QRectF, row: PreviewRow, band: str) -> None:
        theme = themes.current()
        inside = box.adjusted(theme.px(INSET), 0, -theme.px(4), 0)
        if row.what in ("left_out", "ask"):
            side = theme.px(10)
            shape = QRectF(inside.left(), round(box.center().y() - side / 2), side, side)
            paint_shape(painter, "red" if band == "red" else "yellow", shape)
            inside.setLeft(shape.right() + theme.px(6))
            paint_text(painter, inside, what_word(row), "body", f"health.{band}.text")
            return
        ink = {"create": "text.primary", "update": "text.accent"}.get(row.what, "text.tertiary")
        paint_text(painter, inside, what_word(row), "body", ink)

    def _paint_words(self, painter: QPainter, box: QRectF, row: PreviewRow, index: Index, place: int) -> None:
        theme = themes.current()
        model = self._table.rows
        style, ink = "small" if place < 0 else "body", "text.secondary"
        if place >= 0:
            ink = "text.primary" if model.field_words(place) else "text.tertiary"
        elif index.column() and row.reason:
            ink = "health.red.text" if row.what == "left_out" else "health.yellow.text"
        right = index.column() == 0 or place in model.right
        side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        inset = theme.px(INSET)
        words = str(index.data() or "")[:1_000]
        paint_text(painter, box.adjusted(inset, 0, -inset, 0), words, style, ink, side)

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, index: Index) -> QWidget:  # noqa: N802
        """A field."""
        model = self._table.rows
        name = model.header_words(model.file_column(index.column()))
        return LineEdit(name=_("{column}, corrected").format(column=name), parent=parent)

    def setEditorData(self, editor: QWidget, index: Index) -> None:  # noqa: N802
        """What stands there, all of it selected."""
        if isinstance(editor, LineEdit):
            editor.setText(str(index.data(Qt.ItemDataRole.EditRole) or ""))
            editor.selectAll()

    def updateEditorGeometry(  # noqa: N802
        self, editor: QWidget, option: QStyleOptionViewItem, _index: Index
    ) -> None:
        """The cell, wide enough to type in."""
        rect = QRect(option.rect).adjusted(0, 2, 0, -3)
        rect.setWidth(max(rect.width(), themes.current().px(120)))
        editor.setGeometry(rect)

    def helpEvent(  # noqa: N802
        self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: Index
    ) -> bool:
        """The whole text where it is cut."""
        words = str(index.data() or "")
        room = option.rect.width() - 2 * themes.current().px(INSET)
        if QFontMetrics(themes.current().font("body")).horizontalAdvance(words[:1_000]) > room:
            QToolTip.showText(event.globalPos(), plain(words[:2_000]), view)
        else:
            QToolTip.hideText()
        return True

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:  # noqa: N802
        """Ctrl+Enter stays the dialog's, in a field too."""
        if isinstance(event, QKeyEvent) and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            return False
        return bool(super().eventFilter(editor, event))


class ImportRows(QTableView):
    """Arrows move by cell; Enter or F2 corrects one; Alt ↓ asks what its column is."""

    def __init__(self, rows: ImportModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = rows
        self.header = ImportHeader(rows, self)
        self.setHorizontalHeader(self.header)
        self.setModel(rows)
        self.setItemDelegate(ImportDelegate(self))
        dress(self)
        self.setWordWrap(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setCornerWidget(QWidget())
        self.setAccessibleName(_("Rows of the file"))
        rows.modelReset.connect(self._share)

    def chosen(self) -> PreviewRow | None:
        """The row the keyboard is on."""
        found: PreviewRow | None = (
            self.currentIndex().data(PREVIEW) if self.currentIndex().isValid() else None
        )
        return found

    def choose(self, place: int, column: int = LEAD, *, sideways: bool = True) -> None:
        """Put the keyboard on a row; without *sideways* row and outcome stay in sight, wherever *column* is."""
        index = self.rows.index(place, column)
        self.selectionModel().setCurrentIndex(
            index,
            QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows,
        )
        QTimer.singleShot(0, self, lambda: self._show_current(sideways=sideways))

    def _show_current(self, *, sideways: bool) -> None:
        """Scroll to the row the keyboard is on, once everything around has its place; sideways no more than it takes,
        so that row and outcome stay in sight.
        """
        index, bar = self.currentIndex(), self.horizontalScrollBar()
        if not index.isValid():
            return
        self.scrollTo(index, QAbstractItemView.ScrollHint.PositionAtCenter)
        bar.setValue(0)
        if sideways:
            self.reveal_column(index.column())

    def reveal_column(self, section: int) -> None:
        """Scroll sideways until *section* is seen."""
        left, width = self.header.sectionViewportPosition(section), self.header.sectionSize(section)
        bar = self.horizontalScrollBar()
        if left < 0:
            bar.setValue(bar.value() + left)
        elif left + width > self.viewport().width():
            bar.setValue(bar.value() + left + width - self.viewport().width())

    def edit_here(self) -> None:
        """Correct the cell the keyboard is on; the one at fault where it is on none of the file's."""
        index, row = self.currentIndex(), self.chosen()
        if row is None:
            return
        if self.rows.file_column(index.column()) < 0:
            index = index.siblingAtColumn(LEAD + max(row.bad, 0))
            self.setCurrentIndex(index)
        self.reveal_column(index.column())
        self.edit(index)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Enter corrects, Alt ↓ asks for the column, letters are the dialog's."""
        key, keys = event.key(), event.modifiers()
        if (
            key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2)
            and not keys & Qt.KeyboardModifier.ControlModifier
        ):
            if self.state() != QAbstractItemView.State.EditingState:
                self.edit_here()
        elif key == Qt.Key.Key_Down and keys & Qt.KeyboardModifier.AltModifier:
            self.header.ask(self.rows.file_column(self.currentIndex().column()))
        elif (event.text().strip() and not keys & Qt.KeyboardModifier.ControlModifier) or key in (
            Qt.Key.Key_Return,
            Qt.Key.Key_Enter,
            Qt.Key.Key_Escape,
        ):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Share anew: the remedy stays in sight."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._share()

    def _share(self) -> None:
        """Columns as wide as their names and first cells, the last takes what is left."""
        theme = themes.current()
        count = self.rows.columnCount()
        offer = self.rows.offer
        table = offer.table if offer is not None else None
        if not count or table is None:
            return
        body, strong = QFontMetrics(theme.font("body")), QFontMetrics(theme.font("small_strong"))
        number = body.horizontalAdvance(f"{10 ** len(str(self.rows.rowCount() or 1)):,}")
        self.setColumnWidth(0, max(number, strong.horizontalAdvance(_("Row"))) + theme.px(2 * INSET + 8))
        results = (_("New"), _("Change"), _("Unchanged"), _("Left out"), _("Check"))
        widest = max(body.horizontalAdvance(word) for word in results)
        self.setColumnWidth(1, widest + theme.px(2 * INSET + 20))
        sample = table.sample[:_LOOKED_AT]
        widths = []
        for place in range(count - LEAD - 1):
            texts = [str(row[place])[:80] for row in sample if place < len(row) and row[place] is not None]
            names = (self.rows.field_words(place) or _("Not taken"), self.rows.header_words(place)[:80])
            need = max([body.horizontalAdvance(text) for text in texts] or [0])
            need = max(need, *(strong.horizontalAdvance(name) + theme.px(20) for name in names))
            widths.append(min(max(need, theme.px(_NARROWEST)), theme.px(_WIDEST)) + theme.px(2 * INSET))
        free = self.viewport().width() - self.columnWidth(0) - self.columnWidth(1)
        shared = given_way(widths, free - theme.px(_REASON), theme.px(_GIVES_TO))
        for place, width in enumerate(shared):
            self.setColumnWidth(place + LEAD, width)
        self.setColumnWidth(count - 1, max(theme.px(_LEAST_REASON), free - sum(shared)))
        self.horizontalHeader().setStretchLastSection(True)

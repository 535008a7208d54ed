"""A table whose cells are edited where they stand: Enter keeps, Esc restores, Tab moves on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from PySide6.QtCore import QEvent, QModelIndex, QObject, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QFontMetrics,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QToolTip,
    QWidget,
)

from cs_workbench.ui import icons, reading_only
from cs_workbench.ui import theme as themes
from cs_workbench.ui.models.fact_model import COLUMN, ROW, STYLE, Column, FactModel, Index
from cs_workbench.ui.typed_marks import RECORD
from cs_workbench.ui.widgets.cell_typing import RefusedTexts, begin_figure, say, text_of
from cs_workbench.ui.widgets.column_fit import ColumnFit
from cs_workbench.ui.widgets.fields import Choice, LineEdit
from cs_workbench.ui.widgets.kept_typing import KeptTyping
from cs_workbench.ui.widgets.rows import paint_row, paint_text
from cs_workbench.ui.widgets.table_looks import dress
from cs_workbench.ui.widgets.tips import plain

Refuse = Callable[[Any, str, str], str]  # (row, column key, text) → why it is refused, or ""
INSET = 12
_PRESS = QEvent.Type.KeyPress


class FactHeader(QHeaderView):
    """32 px, small, secondary, on the sunken surface."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setSectionsClickable(False)
        self.setFixedHeight(themes.current().row(32, "small"))

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Ground, titles, a line below."""
        theme = themes.current()
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), theme.colour("bg.sunken"))
        model = self.model()
        for section in range(self.count()):
            if self.isSectionHidden(section):
                continue
            column = model.index(0, section).data(COLUMN) if model.rowCount() else None
            right = isinstance(column, Column) and column.right
            side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
            room = QRectF(self.sectionViewportPosition(section), 0, self.sectionSize(section), self.height())
            words = str(model.headerData(section, Qt.Orientation.Horizontal) or "")
            left, right_edge = insets(self.parentWidget(), section)
            paint_text(
                painter, room.adjusted(left, 0, -right_edge, 0), words, "small", "text.secondary", side
            )
        painter.fillRect(QRectF(0, self.height() - 1, self.width(), 1), theme.colour("line.strong"))


class FactDelegate(QStyledItemDelegate):
    """Paints cells from tokens and makes their editors."""

    def __init__(self, table: FactTable) -> None:
        super().__init__(table)
        self._table = table

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:  # noqa: N802
        """A row of 40."""
        return QSize(0, themes.current().row(40))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Ground, a field's hint where the mouse is, tick or words."""
        self.paint_cell(painter, option, index)
        theme, box = themes.current(), QRectF(option.rect)
        column: Column = index.data(COLUMN)
        if column.checked is not None:
            box.adjust(insets(self._table, index.column())[0] - theme.px(INSET), 0, 0, 0)
            self._paint_tick(
                painter, box, on=index.data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked
            )
            return
        style, ink = index.data(STYLE)
        held = self._table.unkept.of(index)
        words, ink = (held[0], "health.red.text") if held else (str(index.data() or ""), ink)
        side = Qt.AlignmentFlag.AlignRight if column.right else Qt.AlignmentFlag.AlignLeft
        left, right = insets(self._table, index.column())
        paint_text(painter, box.adjusted(left, 0, -right, 0), words, style, ink, side)

    def paint_cell(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """The row's ground, and where the mouse is over what can be changed a field's hint."""
        theme = themes.current()
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        option.state &= ~QStyle.StateFlag.State_MouseOver
        paint_row(painter, option, ring=self._table.by_keyboard)
        if index.data(COLUMN).changes and hovered:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(theme.colour("line.strong"), 1))
            painter.setBrush(theme.colour("bg.hover"))
            gap = theme.px(4)
            box = QRectF(option.rect).adjusted(gap, gap, -gap, -gap - 1)
            painter.drawRoundedRect(box, theme.px(4), theme.px(4))

    def _paint_tick(self, painter: QPainter, box: QRectF, *, on: bool) -> None:
        theme = themes.current()
        side = theme.px(16)
        tick = QRectF(round(box.center().x() - side / 2), round(box.center().y() - side / 2), side, side)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen if on else QPen(theme.colour("line.control"), 1))
        painter.setBrush(theme.colour("accent.base" if on else "bg.surface"))
        painter.drawRoundedRect(tick if on else tick.adjusted(0.5, 0.5, -0.5, -0.5), theme.px(4), theme.px(4))
        if on:
            icons.paint(painter, "check", "text.on_accent", tick.adjusted(2, 2, -2, -2))

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, index: Index) -> QWidget:  # noqa: N802
        """A field, or a choice that is open at once."""
        column: Column = index.data(COLUMN)
        name = str(index.data(Qt.ItemDataRole.AccessibleTextRole))
        if column.choices is None:
            edit = LineEdit(name=name, parent=parent)
            edit.setProperty(RECORD, f"row {getattr(index.data(ROW), 'id', '')}")
            return edit
        choice = Choice(name=name, parent=parent)
        for key, words in column.choices():
            choice.addItem(words, key)
        choice.activated.connect(lambda _n: self._finish(choice))
        QTimer.singleShot(0, choice, choice.showPopup)
        return choice

    def setEditorData(self, editor: QWidget, index: Index) -> None:  # noqa: N802
        """What is there now, all of it selected; what is being typed stays when the rows are read again."""
        text = str(index.data(Qt.ItemDataRole.EditRole) or "")
        if isinstance(editor, Choice):
            if not editor.view().isVisible():
                editor.setCurrentIndex(max(0, editor.findData(text)))
        elif isinstance(editor, LineEdit) and not editor.isModified():
            held = self._table.unkept.of(index)
            editor.setText(held[0] if held else text)
            editor.set_wrong(held is not None)
            editor.selectAll()

    def setModelData(self, editor: QWidget, model: Any, index: Index) -> None:  # noqa: N802
        """Hand over what was typed; what is refused stays in its cell, to be mended."""
        text = text_of(editor)
        if why := self._table.refused(index, text):
            if isinstance(editor, LineEdit) and editor.isModified():
                self._table.unkept.hold(index, text, why)
            return
        self._table.unkept.drop(index)
        model.setData(index, text, Qt.ItemDataRole.EditRole)

    def updateEditorGeometry(  # noqa: N802
        self, editor: QWidget, option: QStyleOptionViewItem, _index: Index
    ) -> None:
        """The cell, at least 32 high and wide enough to type in."""
        theme = themes.current()
        rect = QRect(option.rect).adjusted(theme.px(2), theme.px(3), -theme.px(2), -theme.px(4))
        rect.setWidth(max(rect.width(), theme.px(88)))
        if rect.right() > self._table.viewport().width():
            rect.moveRight(self._table.viewport().width() - 1)
        editor.setGeometry(rect)

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:  # noqa: N802
        """Enter and Tab keep only what can be kept; elsewhere the field turns red and says why. Esc gives it up."""
        keys = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab, Qt.Key.Key_Backtab)
        pressed = event.key() if isinstance(event, QKeyEvent) and event.type() == _PRESS else None
        if pressed == Qt.Key.Key_Escape:
            self._table.unkept.drop(self._table.currentIndex())
        if pressed in keys:
            why = self._table.refused(self._table.currentIndex(), text_of(editor))
            if why and isinstance(editor, LineEdit):
                editor.set_wrong(True)
                say(editor, why)
                return True
        return bool(super().eventFilter(editor, event))

    def helpEvent(  # noqa: N802
        self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: Index
    ) -> bool:
        """The whole text where it is cut; why it is refused."""
        words = ((held := self._table.unkept.of(index)) and held[1]) or str(index.data() or "")
        room = option.rect.width() - 2 * themes.current().px(INSET)
        if held or QFontMetrics(themes.current().font("body")).horizontalAdvance(words) > room:
            QToolTip.showText(event.globalPos(), plain(words), view)
        else:
            QToolTip.hideText()
        return True

    def editorEvent(  # noqa: N802
        self, event: QEvent, model: Any, option: QStyleOptionViewItem, index: Index
    ) -> bool:
        """A click on a tick."""
        column: Column = index.data(COLUMN)
        if column.checked is not None and event.type() == QEvent.Type.MouseButtonRelease:
            return bool(model.setData(index, None, Qt.ItemDataRole.CheckStateRole))
        return False

    def _finish(self, editor: Choice) -> None:
        """Keep what was chosen; where it is refused the list is back at what is kept, and says why."""
        index = self._table.currentIndex()
        if why := self._table.refused(index, text_of(editor)):
            self.setEditorData(editor, index)
            say(editor, why)
            return
        self.commitData.emit(editor)
        self.closeEditor.emit(editor, QAbstractItemDelegate.EndEditHint.NoHint)


class FactTable(QTableView):
    """``opened`` on Enter where nothing can be edited; ``asked`` (row, column key) where a cell is changed
    in the tab's own way; ``refuse`` says why a text cannot be kept. ``edge`` is the room beside the outermost texts in
    px at scale 1: the page's margin.
    """

    least: ClassVar[int] = 160
    """px at scale 1 a flexible column has at least; columns that may drop go before."""
    opened = Signal(object)
    deleted = Signal(object)
    asked = Signal(object, str)

    def __init__(
        self, model: FactModel, *, refuse: Refuse | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.facts = model
        self.by_keyboard = False
        self.edge = 24
        self.unkept = RefusedTexts()
        self._refuse = refuse
        self._fit = ColumnFit()
        self._delegate = FactDelegate(self)
        self.setModel(model)
        self.setItemDelegate(self._delegate)
        self.setHorizontalHeader(FactHeader(self))
        dress(self)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(self.editTriggers() | QAbstractItemView.EditTrigger.SelectedClicked)
        for changed in (model.modelReset, model.dataChanged):
            changed.connect(self._share)
        KeptTyping(self, model)

    def stand_on_holder(self) -> None:
        """Have no ground of its own: in a pane the pane's shows through."""
        self.viewport().setAutoFillBackground(False)
        self.setStyleSheet("QTableView { background: transparent; }")

    def chosen(self) -> Any:
        """The row the keyboard is on, or None."""
        return self.currentIndex().data(ROW)

    def choose(self, row: int) -> None:
        """Put the keyboard on a row, in the first cell that can be edited."""
        columns = self.facts.columns
        places = [n for n in range(len(columns)) if not self.isColumnHidden(n)]
        first = next((n for n in places if columns[n].typed is not None), places[0] if places else 0)
        self.setCurrentIndex(self.facts.index(row, first))

    def step(self, by: int) -> None:
        """Go *by* rows on; stay at the ends."""
        here = self.currentIndex()
        row = min(max(here.row() + by, 0), self.facts.rowCount() - 1)
        self.setCurrentIndex(self.facts.index(row, max(here.column(), 0)))

    def edit_here(self) -> None:
        """Edit the cell the keyboard is on, or the row's first that can be."""
        index = self.currentIndex()
        column = index.data(COLUMN)
        if isinstance(column, Column) and column.asks:
            self.asked.emit(index.data(ROW), column.key)
            return
        if index.isValid() and not index.flags() & Qt.ItemFlag.ItemIsEditable:
            self.choose(index.row())
        if self.currentIndex().flags() & Qt.ItemFlag.ItemIsEditable:
            self.edit(self.currentIndex(), QAbstractItemView.EditTrigger.AllEditTriggers, None)  # type: ignore[call-overload]

    def edit_cell(self, row: int, key: str) -> None:
        """Edit one cell by its column's key."""
        index = self.facts.index(row, self.facts.place(key))
        self.setCurrentIndex(index)
        self.edit(index)

    def refused(self, index: Index | QModelIndex, text: str) -> str:
        """Why *text* cannot be kept in a cell, or ""."""
        column = index.data(COLUMN)
        if self._refuse is None or column is None or (column.choices is not None and not column.judged):
            return ""
        return self._refuse(index.data(ROW), column.key, text) or reading_only.why(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Enter edits or opens, a digit begins a figure, Space ticks, Delete deletes; letters are the page's."""
        key, row = event.key(), self.chosen()
        self.by_keyboard = True
        moves = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Home, Qt.Key.Key_End,
                 Qt.Key.Key_PageUp, Qt.Key.Key_PageDown, Qt.Key.Key_F2)  # fmt: skip
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and row is not None:
            if any(column.changes for column in self.facts.columns):
                self.edit_here()
            else:
                self.opened.emit(row)
        elif key == Qt.Key.Key_Space and row is not None and self.tick():
            return
        elif key == Qt.Key.Key_Delete and row is not None:
            self.deleted.emit(row)
        elif key in moves:
            super().keyPressEvent(event)
        elif not begin_figure(self, event):
            event.ignore()

    def tick(self) -> bool:
        """Tick the row the keyboard is on; False where rows have no tick."""
        place = next((n for n, one in enumerate(self.facts.columns) if one.checked is not None), -1)
        index = self.currentIndex()
        if place < 0 or not index.isValid():
            return False
        return self.facts.setData(index.siblingAtColumn(place), None, int(Qt.ItemDataRole.CheckStateRole))

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """The ring goes when the mouse takes over."""
        self.by_keyboard = False
        super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Opens a row that cannot be edited, asks where the tab asks."""
        index = self.indexAt(event.position().toPoint())
        column = index.data(COLUMN)
        if isinstance(column, Column) and column.asks:
            self.asked.emit(index.data(ROW), column.key)
        elif index.isValid() and not any(one.changes for one in self.facts.columns):
            self.opened.emit(index.data(ROW))
        super().mouseDoubleClickEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Share the room out again."""
        super().resizeEvent(event)
        self._share()

    def content_height(self) -> int:
        """Header and rows, for a table that stands in a scrolled column."""
        return self.horizontalHeader().height() + self.facts.rowCount() * themes.current().row(40) + 2

    def _share(self) -> None:
        """Fixed widths first, a title and figures never cut; the flexible columns take the rest; where there is none,
        columns go in their order.
        """
        theme = themes.current()
        room = self.viewport().width() or self.width()
        columns = list(enumerate(self.facts.columns))
        shown = {n for n, _column in columns}
        for n, _column in sorted((one for one in columns if one[1].drop), key=lambda one: one[1].drop):
            if sum(self._wide(columns[at][1]) for at in shown) <= room:
                break
            shown.discard(n)
        flexible = [n for n, column in columns if n in shown and not column.width]
        edges = theme.px(self.edge - INSET)
        ends = (min(shown), max(shown))
        fixed = sum(
            self._wide(column) + edges * ends.count(n) for n, column in columns if n in shown and column.width
        )
        least = sum(self._wide(columns[n][1]) for n in flexible)
        rest = max(room - fixed, least) // max(len(flexible), 1)
        for n, column in columns:
            self.setColumnHidden(n, n not in shown)
            more = edges * ends.count(n)
            self.setColumnWidth(n, self._wide(column) + more if column.width else rest)

    def _wide(self, column: Column) -> int:
        """px a column has, a flexible one at least."""
        theme = themes.current()
        if not column.width:
            return theme.px(column.least or self.least)
        return self._fit.width(column, self.facts.rows, theme.px(INSET))


def insets(table: QWidget | None, section: int) -> tuple[int, int]:
    """Room left and right of a cell's text: the outermost columns keep the page's margin."""
    theme = themes.current()
    inside = theme.px(INSET)
    if not isinstance(table, FactTable):
        return inside, inside
    outside = theme.px(table.edge)
    shown = [n for n in range(len(table.facts.columns)) if not table.isColumnHidden(n)]
    first, last = (shown[0], shown[-1]) if shown else (section, section)
    return outside if section == first else inside, outside if section == last else inside

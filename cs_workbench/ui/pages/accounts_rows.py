"""How the account list looks: rows without a grid, columns that fit the width, the row under the pointer lit."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QMouseEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QWidget

from cs_workbench import i18n
from cs_workbench.services.account_table import AccountTable
from cs_workbench.ui import theme as themes
from cs_workbench.ui.models.account_model import AccountModel, Group
from cs_workbench.ui.models.account_words import COLUMNS, PLACE
from cs_workbench.ui.pages.accounts_columns import least_widths, shares
from cs_workbench.ui.pages.accounts_header import AccountHeader
from cs_workbench.ui.style import keyed
from cs_workbench.ui.widgets.account_row import AccountRowDelegate
from cs_workbench.ui.widgets.scrolled import OverlayBar, own_ground


class AccountsRows(QTableView):
    """The look of the list without its keys. ``wanted`` are the columns asked for; what has no room is dropped."""

    def __init__(self, model: AccountModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        own_ground(self)
        self.accounts = model
        self.wanted: tuple[str, ...] = tuple(column.id for column in COLUMNS if column.usual)
        self.rows_painted = AccountRowDelegate(self)
        self._measured: tuple[AccountTable, str] | None = None
        self._least: dict[str, int] = {}
        self._foot = 0
        self.setModel(model)
        self.setItemDelegate(self.rows_painted)
        self.header = AccountHeader(model, self.rows_painted, self)
        self.setHorizontalHeader(self.header)
        self._behave()

    def shown_columns(self) -> list[str]:
        """The ids of the columns seen now."""
        return [column.id for column in COLUMNS if not self.isColumnHidden(PLACE[column.id])]

    def want(self, columns: Iterable[str]) -> None:
        """Show these columns, as far as there is room; name, health and days left always."""
        asked = set(columns) | {"name", "health", "left"}
        self.wanted = tuple(column.id for column in COLUMNS if column.id in asked)
        self.fit()

    def fit(self) -> None:
        """Share out the width: drop columns in the order of the design until the rest fits."""
        table = self.accounts.table
        if table is None:
            return
        key = (table, i18n.language())
        if self._measured != key:
            self._measured, self._least = key, least_widths(table)
        widths = shares(self.viewport().width(), self.wanted, self._least)
        self.rows_painted.last = list(widths)[-1]
        for column in COLUMNS:
            place = PLACE[column.id]
            self.setColumnHidden(place, column.id not in widths)
            if column.id in widths:
                self.setColumnWidth(place, widths[column.id])

    def leave_foot(self, height: int) -> None:
        """Let the last row scroll *height* px above the bottom, where something floats."""
        if height != self._foot:
            self._foot = height
            self.updateGeometries()

    def updateGeometries(self) -> None:  # noqa: N802
        """As tables do, and a little farther down where there is a foot."""
        super().updateGeometries()
        bar = self.verticalScrollBar()
        if self._foot and bar.maximum() > 0:
            bar.setMaximum(bar.maximum() + self._foot)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Light the whole row under the pointer."""
        super().mouseMoveEvent(event)
        self._hover(self.rowAt(round(event.position().y())))

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802
        """No row is under the pointer any more."""
        super().leaveEvent(event)
        self._hover(-1)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Fit the columns to the new width."""
        super().resizeEvent(event)
        self.fit()

    def event(self, event: QEvent) -> bool:
        """The header's ground reaches over the scroll bar."""
        if event.type() == QEvent.Type.Paint:
            theme = themes.current()
            painter = QPainter(self)
            painter.fillRect(0, 0, self.width(), self.header.height(), theme.colour("bg.sunken"))
            painter.fillRect(0, self.header.height() - 1, self.width(), 1, theme.colour("line.strong"))
        return super().event(event)

    def arrange_rows(self) -> None:
        """Heights, heads across the width and columns for the rows there are now."""
        self.rows_painted.hovered = -1
        self._size_rows()
        self._span_groups()
        self.fit()

    def show_ring(self) -> None:
        """The ring around the row the keyboard is on, while it is here."""
        before = self.rows_painted.ring_row
        self.rows_painted.ring_row = self.currentIndex().row() if keyed(self) else -1
        for one in {before, self.rows_painted.ring_row} - {-1}:
            self._update_row(one)

    def _behave(self) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setCornerButtonEnabled(False)
        OverlayBar(self)
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self._size_rows()

    def _hover(self, row: int) -> None:
        before, self.rows_painted.hovered = self.rows_painted.hovered, row
        for one in {before, row} - {-1}:
            self._update_row(one)

    def _update_row(self, row: int) -> None:
        self.viewport().update(0, self.rowViewportPosition(row), self.viewport().width(), self.rowHeight(row))

    def _size_rows(self) -> None:
        height = themes.current().row(32 if self.accounts.group else 40)
        rows = self.verticalHeader()
        rows.setMinimumSectionSize(height)
        rows.setDefaultSectionSize(height)

    def _span_groups(self) -> None:
        self.clearSpans()
        for row, one in enumerate(self.accounts.rows):
            if isinstance(one, Group):
                self.setSpan(row, 0, 1, len(COLUMNS))

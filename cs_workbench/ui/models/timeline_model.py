"""The timeline as a list: months and rows, the newest first; older ones join as the list is scrolled."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeAlias

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from cs_workbench.ui.widgets.timeline_row import LINE, Month, TimelineRow

Index: TypeAlias = QModelIndex | QPersistentModelIndex
Line: TypeAlias = Month | TimelineRow
BATCH = 120


class TimelineModel(QAbstractListModel):
    """``LINE`` gives a Month or a TimelineRow; months can be neither selected nor focused."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lines: list[Line] = []
        self._shown = 0

    def fill(self, lines: Sequence[Line]) -> None:
        """Show *lines*, at least as many as before."""
        self.beginResetModel()
        self._lines = list(lines)
        self._shown = min(max(BATCH, self._shown), len(lines))
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008
        """As many as were wanted so far."""
        return 0 if parent.isValid() else self._shown

    def canFetchMore(self, parent: Index) -> bool:  # noqa: N802
        """Whether there are older ones."""
        return not parent.isValid() and self._shown < len(self._lines)

    def fetchMore(self, parent: Index) -> None:  # noqa: N802
        """Some older ones."""
        more = min(BATCH, len(self._lines) - self._shown)
        self.beginInsertRows(QModelIndex(), self._shown, self._shown + more - 1)
        self._shown += more
        self.endInsertRows()

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        """The line, its text, what a screen reader says."""
        if not index.isValid():
            return None
        line = self._lines[index.row()]
        if role == LINE:
            return line
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return line.text if isinstance(line, Month) else line.spoken
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Only rows can be chosen."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        if isinstance(self._lines[index.row()], Month):
            return Qt.ItemFlag.ItemNeverHasChildren
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren

"""Accounts × months: the score of each cell, its band, what it says aloud."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from cs_workbench.domain.portfolio import Cell
from cs_workbench.i18n import _
from cs_workbench.ui.widgets.badge import BAND_NAMES, band_of

Index: TypeAlias = QModelIndex | QPersistentModelIndex
CELL = int(Qt.ItemDataRole.UserRole)
ACCOUNT = CELL + 1


@dataclass(frozen=True, slots=True)
class HeatRow:
    """One account: its cells, oldest month first."""

    account_id: int
    name: str
    cells: tuple[Cell | None, ...]


class HeatModel(QAbstractTableModel):
    """The first column is the name, the others are months, each with a short and a long title."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: tuple[HeatRow, ...] = ()
        self.months: tuple[tuple[str, str], ...] = ()

    def fill(self, rows: Sequence[HeatRow], months: Sequence[tuple[str, str]]) -> None:
        """Show other accounts."""
        self.beginResetModel()
        self.rows, self.months = tuple(rows), tuple(months)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008
        """One an account."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008
        """The name and the months."""
        return 0 if parent.isValid() else len(self.months) + 1

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        """Name or printed score; the cell itself; what it says aloud."""
        if not index.isValid():
            return None
        row, place = self.rows[index.row()], index.column() - 1
        if role == ACCOUNT:
            return row.account_id
        if place < 0:
            return (
                row.name
                if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)
                else None
            )
        cell = row.cells[place]
        if role == CELL:
            return cell
        if role == Qt.ItemDataRole.DisplayRole:
            return printed(cell)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self.said(index.row(), place)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignCenter
        return None

    def said(self, row: int, place: int) -> str:
        """One cell in words."""
        cell = self.rows[row].cells[place]
        if cell is None:
            words = _("no score kept in this month")
        elif cell.score is None:
            words = _("not measured")
        else:
            words = f"{printed(cell)}, {_(BAND_NAMES[band_of(cell.band)])}"
        return _("{account}, {month}: {score}").format(
            account=self.rows[row].name, month=self.months[place][1], score=words
        )

    def headerData(  # noqa: N802
        self, section: int, orientation: Qt.Orientation, role: int = int(Qt.ItemDataRole.DisplayRole)
    ) -> Any:
        """Months, short to see and long to hear."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return "" if section == 0 else self.months[section - 1][0]
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return _("Account") if section == 0 else self.months[section - 1][1]
        return None


def printed(cell: Cell | None) -> str:
    """The score as a cell shows it: a whole number, – where there is none."""
    return "–" if cell is None or cell.score is None else f"{cell.score:.0f}"

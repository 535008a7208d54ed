"""A table of facts: columns described once, rows as services give them; edits leave as signals, never as state."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from cs_workbench.domain.csv_guard import table_text
from cs_workbench.i18n import _

Index: TypeAlias = QModelIndex | QPersistentModelIndex
ROW = int(Qt.ItemDataRole.UserRole)
STYLE = ROW + 1
COLUMN = ROW + 2
Choices: TypeAlias = Callable[[], Sequence[tuple[str, str]]]


@dataclass(frozen=True, slots=True)
class Column:
    """A column. ``width`` in px at scale 1, 0 takes what is left, ``least`` of it before others drop (0: the table's);
    ``drop``: the order in which columns go (0 stays); ``snug``: no wider than its words, ``width`` at most.

    ``typed`` is the text an editor begins with (None: not editable); ``choices`` makes the editor a list, ``judged``
    lets the tab refuse one of them; ``checked`` makes the cell a check box; ``style`` gives type and colour of a cell;
    ``asks`` lets the tab ask in its own way for a new value. ``spoken`` is what a screen reader calls a column without
    a title.
    """

    key: str
    title: str
    words: Callable[[Any], str]
    width: int = 0
    right: bool = False
    drop: int = 0
    typed: Callable[[Any], str] | None = None
    choices: Choices | None = None
    checked: Callable[[Any], bool] | None = None
    style: Callable[[Any], tuple[str, str]] | None = None
    asks: bool = False
    judged: bool = False
    spoken: str = ""
    least: int = 0
    snug: bool = False

    @property
    def name(self) -> str:
        """What the column is called in the language of now, for those who listen; "" for one that only fills."""
        text = self.title or self.spoken
        return _(text) if text else ""

    @property
    def share(self) -> float:
        """Its part of a printed page's width."""
        return self.width / 96 if self.width else 3.0

    @property
    def changes(self) -> bool:
        """Whether a person can change the cell where it stands."""
        return self.typed is not None or self.asks


class FactModel(QAbstractTableModel):
    """``edited`` (row, column key, text) and ``ticked`` (row, on) tell what a person did; the rows stay as they are
    until they are read again.
    """

    edited = Signal(object, str, str)
    ticked = Signal(object, bool)

    def __init__(self, columns: Sequence[Column], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self.rows: tuple[Any, ...] = ()

    def fill(self, rows: Sequence[Any], *, anew: bool = False) -> None:
        """Show *rows*; where their number is the same only the cells change, so that what is chosen stays, unless all
        are to stand *anew*.
        """
        if len(rows) == len(self.rows) and rows and not anew:
            self.rows = tuple(rows)
            self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, len(self.columns) - 1))
            return
        self.beginResetModel()
        self.rows = tuple(rows)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008
        """One a fact."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008
        """As described."""
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        """Words, the text to edit, the tick, the row itself, how the cell is painted."""
        if not index.isValid():
            return None
        row, column = self.rows[index.row()], self.columns[index.column()]
        if role == ROW:
            return row
        if role == COLUMN:
            return column
        if role == STYLE:
            return column.style(row) if column.style else ("body", "text.primary")
        if role == Qt.ItemDataRole.DisplayRole:
            return column.words(row)
        if role == Qt.ItemDataRole.EditRole:
            return column.typed(row) if column.typed else column.words(row)
        if role == Qt.ItemDataRole.CheckStateRole and column.checked is not None:
            return Qt.CheckState.Checked if column.checked(row) else Qt.CheckState.Unchecked
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column.right else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{column.name}: {column.words(row) or '–'}"
        return None

    def headerData(  # noqa: N802
        self, section: int, orientation: Qt.Orientation, role: int = int(Qt.ItemDataRole.DisplayRole)
    ) -> Any:
        """The columns' titles in the language of now."""
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return _(self.columns[section].title) if self.columns[section].title else ""
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.AccessibleTextRole:
            return self.columns[section].name
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Cells with a text to begin with can be edited, ticks ticked."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        found = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
        column = self.columns[index.column()]
        if column.typed is not None:
            found |= Qt.ItemFlag.ItemIsEditable
        if column.checked is not None:
            found |= Qt.ItemFlag.ItemIsUserCheckable
        return found

    def setData(self, index: Index, value: Any, role: int = int(Qt.ItemDataRole.EditRole)) -> bool:  # noqa: N802
        """Tell what was typed or ticked; a text that says the same as before is no edit."""
        if not index.isValid():
            return False
        row, column = self.rows[index.row()], self.columns[index.column()]
        if role == Qt.ItemDataRole.CheckStateRole and column.checked is not None:
            self.ticked.emit(row, not column.checked(row))
            return True
        if role == Qt.ItemDataRole.EditRole and column.typed is not None:
            if str(value).strip() != column.typed(row).strip():
                self.edited.emit(row, column.key, str(value))
            return True
        return False

    def place(self, key: str) -> int:
        """Where the column with that key stands. Raises StopIteration for none."""
        return next(n for n, column in enumerate(self.columns) if column.key == key)

    def tsv(self) -> str:
        """The whole table for a spreadsheet, headings first; text that would be a formula is guarded."""
        titles = [_(column.title) if column.title else column.key for column in self.columns]
        return table_text((titles, *([column.words(row) for column in self.columns] for row in self.rows)))

"""The rows of one file that is about to be imported: fetched a page at a time, whatever their number."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QTimer,
    Signal,
)

from cs_workbench.i18n import _
from cs_workbench.services.intake.field_names import field_name, figure_columns, is_own
from cs_workbench.services.intake.offers import Offer
from cs_workbench.services.intake.preview import FieldChange, PreviewRow

Index = QModelIndex | QPersistentModelIndex
PREVIEW = int(Qt.ItemDataRole.UserRole)
"""The PreviewRow behind an index, None until it was fetched."""
PAGE = 64
MOST_KEPT = 200
"""Pages kept; older ones are fetched again."""
LEAD = 2
"""Columns before those of the file: row number and result."""
_NOTHING = QModelIndex()


def what_word(row: PreviewRow) -> str:
    """What becomes of a row, in a word."""
    return {
        "create": _("New"),
        "update": _("Change"),
        "same": _("Unchanged"),
        "left_out": _("Left out"),
        "ask": _("Check"),
    }[row.what]


class ImportModel(QAbstractTableModel):
    """``wanted`` carries the row numbers of a page not there yet; ``fill`` brings it. ``edited`` (row number, column
    of the file, text) tells that a person corrected a cell.
    """

    wanted = Signal(list)
    edited = Signal(int, int, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.offer: Offer | None = None
        self.right: frozenset[int] = frozenset()
        self._numbers: Sequence[int] = ()
        self._rows: dict[int, PreviewRow] = {}
        self._asked: set[int] = set()
        self._due: set[int] = set()
        self._timer = QTimer(self, singleShot=True, interval=0)
        self._timer.timeout.connect(self._ask)

    def show_table(self, offer: Offer | None, numbers: Sequence[int]) -> None:
        """Show the rows *numbers* of *offer*; what was fetched before is forgotten."""
        self.beginResetModel()
        self.offer = offer
        self._numbers = numbers
        self._rows, self._asked, self._due = {}, set(), set()
        self.right = frozenset() if offer is None or offer.mapping is None else figure_columns(offer.mapping)
        self.endResetModel()

    def fill(self, rows: Sequence[PreviewRow]) -> None:
        """Take a page that was asked for."""
        if not rows:
            return
        self._rows.update((row.row, row) for row in rows)
        corner = self.index(max(0, self.rowCount() - 1), max(0, self.columnCount() - 1))
        self.dataChanged.emit(self.index(0, 0), corner)

    def row(self, place: int) -> PreviewRow | None:
        """The row at *place*, asked for where it is not there yet."""
        if not 0 <= place < len(self._numbers):
            return None
        found = self._rows.get(self._numbers[place])
        if found is None:
            self._due.add(place // PAGE)
            if not self._timer.isActive():
                self._timer.start()
        return found

    def file_column(self, section: int) -> int:
        """The column of the file that *section* shows, -1 for the others."""
        inside = LEAD <= section < self.columnCount() - 1
        return section - LEAD if inside else -1

    def place_of(self, number: int) -> int:
        """Where row *number* stands, -1 where it is not shown. The rows ascend: a million are not looked through."""
        place = bisect_left(self._numbers, number)
        return place if place < len(self._numbers) and self._numbers[place] == number else -1

    def rowCount(self, parent: Index = _NOTHING) -> int:  # noqa: N802
        """The rows under the filter."""
        return 0 if parent.isValid() else len(self._numbers)

    def columnCount(self, parent: Index = _NOTHING) -> int:  # noqa: N802
        """Row, result, the file's columns, problem."""
        if parent.isValid() or self.offer is None or self.offer.table is None:
            return 0
        return len(self.offer.table.header) + LEAD + 1

    def headerData(  # noqa: N802
        self, section: int, orientation: Qt.Orientation, role: int = int(Qt.ItemDataRole.DisplayRole)
    ) -> Any:
        """The field a column fills; what stands above it in the file as tool tip."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        place = self.file_column(section)
        if role == Qt.ItemDataRole.DisplayRole:
            if place >= 0:
                return self.field_words(place)
            return (_("Row"), _("Outcome"))[section] if section < LEAD else _("Problem or change")
        return None

    def is_asked(self, place: int) -> bool:
        """Whether the person should say what this column means: the file alone cannot."""
        return self.offer is not None and place in self.offer.asked

    def field_words(self, place: int) -> str:
        """What a column of the file is taken for."""
        mapping = self.offer.mapping if self.offer is not None else None
        if mapping is None or place >= len(mapping.columns):
            return ""
        field = mapping.columns[place].field
        name = field_name(mapping.kind, field)
        if self.is_asked(place):
            return _("{field}?").format(field=name)
        if not is_own(field):
            return name
        same = name == self.header_words(place)
        return _("Own field") if same else _("Own field: {name}").format(name=name)

    def header_words(self, place: int) -> str:
        """What stands above a column in the file."""
        table = self.offer.table if self.offer is not None else None
        return table.header[place] if table is not None else ""

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        """Texts; the whole row under PREVIEW."""
        if not index.isValid():
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            row = self.row(index.row())
            return "" if row is None else self._text(row, index.column())
        if role == PREVIEW:
            return self.row(index.row())
        if role == Qt.ItemDataRole.AccessibleTextRole:
            row = self.row(index.row())
            return None if row is None else self._spoken(row, index.column())
        return None

    def setData(self, index: Index, value: Any, role: int = int(Qt.ItemDataRole.EditRole)) -> bool:  # noqa: N802
        """Tell a correction; the rows stay until they are planned anew."""
        row, place = self.row(index.row()), self.file_column(index.column())
        if (
            role != Qt.ItemDataRole.EditRole
            or row is None
            or place < 0
            or self._text(row, index.column()) == value
        ):
            return False
        self.edited.emit(row.row, place, str(value))
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Cells of the file can be corrected."""
        flags = super().flags(index)
        if index.isValid() and self.file_column(index.column()) >= 0:
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def told(self, row: PreviewRow) -> str:
        """What is wrong with a row, or what it changes: "ARR: 1,200,000 → 1,300,000"."""
        if row.reason:
            return reason_words(row)
        kind = (
            self.offer.mapping.kind
            if self.offer is not None and self.offer.mapping is not None
            else "accounts"
        )
        return _(", ").join(_change_words(kind, change) for change in row.changes)

    def _text(self, row: PreviewRow, section: int) -> str:
        if section == 0:
            return f"{row.row:,}"
        if section == 1:
            return what_word(row)
        place = self.file_column(section)
        if place < 0:
            return self.told(row)
        return row.cells[place] if place < len(row.cells) else ""

    def _spoken(self, row: PreviewRow, section: int) -> str:
        words = self._text(row, section)
        place = self.file_column(section)
        if place == row.bad >= 0:
            return _("{cell}. {problem}").format(cell=words or _("empty"), problem=reason_words(row))
        if place in row.faults:
            return _("{cell}. {problem}").format(cell=words or _("empty"), problem=_("cannot be read"))
        return words

    def _ask(self) -> None:
        due, self._due = self._due - self._asked, set()
        for page in sorted(due):
            self._asked.add(page)
            self.wanted.emit(list(self._numbers[page * PAGE : (page + 1) * PAGE]))
        if len(self._asked) > MOST_KEPT:
            self._asked = set(due)
            kept = {number for page in due for number in self._numbers[page * PAGE : (page + 1) * PAGE]}
            self._rows = {number: row for number, row in self._rows.items() if number in kept}


def reason_words(row: PreviewRow) -> str:
    """Why a row is left out and what to do here, in the window: a question where it has one."""
    if row.question is not None:
        return _("Same as “{name}”? ({percent}%)").format(
            name=row.question.candidate, percent=round(row.question.likeness)
        )
    if row.code == "account_unknown":
        return _("“{name}” is no known account: pick it, create it or leave it out").format(name=row.about)
    if row.code == "date_ambiguous":
        return _("Day or month first? Say so above the column")
    return row.reason


def _change_words(kind: str, change: FieldChange) -> str:
    name = field_name(kind, change.field)
    if not change.old:
        return _("{field}: {new}").format(field=name, new=change.new)
    return _("{field}: {old} → {new}").format(field=name, old=change.old, new=change.new)

"""The account list as a table: filtered, sorted, perhaps grouped, all in memory."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from cs_workbench.domain.text import fold
from cs_workbench.services.account_table import BANDS, AccountLine, AccountTable, sums
from cs_workbench.services.own_fields import sort_key
from cs_workbench.ui.models import account_words as words
from cs_workbench.ui.models.account_words import COLUMNS, PLACE

if TYPE_CHECKING:
    from cs_workbench.domain.account_filter import Node

Index: TypeAlias = QModelIndex | QPersistentModelIndex
ROW = Qt.ItemDataRole.UserRole
"""The role that gives the whole line or group of a row."""

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_ROW_FLAGS = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren


@dataclass(frozen=True, slots=True)
class Group:
    """The head of a group: its key, name, how many accounts it has and what they are worth together."""

    key: str
    label: str
    count: int
    money: str
    band: str
    closed: bool


Row: TypeAlias = AccountLine | Group


class AccountModel(QAbstractTableModel):
    """Rows are accounts, with heads of groups among them where the list is grouped.

    Sorting is stable and keeps what is not known at the end, whichever way it goes.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.table: AccountTable | None = None
        self.sort_column = "left"
        self.descending = False
        self.group = ""
        self._root: Node | None = None
        self._ordered: list[AccountLine] = []
        self._shown: list[AccountLine] = []
        self._rows: list[Row] = []
        self._closed: set[tuple[str, str]] = set()
        self._texts: dict[tuple[int, int], str] = {}

    @property
    def shown(self) -> Sequence[AccountLine]:
        """The accounts that pass the filter, in order, those of closed groups too."""
        return self._shown

    @property
    def rows(self) -> Sequence[Row]:
        """What stands in each row."""
        return self._rows

    def set_table(self, table: AccountTable) -> None:
        """Show other accounts, in the same order and through the same filter."""
        self.table = table
        self._texts.clear()
        self._sort()
        self._arrange()

    def set_filter(self, root: Node | None) -> None:
        """Show only what passes."""
        self._root = root
        self._arrange()

    def set_order(self, column: str, *, descending: bool = False) -> None:
        """Sort by another column. Raises KeyError for one that is not there."""
        if column not in PLACE:
            raise KeyError(column)
        self.sort_column, self.descending = column, descending
        self._sort()
        self._arrange()

    def set_group(self, group: str) -> None:
        """Group by band, stage, tier or owner, or not at all ("")."""
        if group and group not in words.GROUPS:
            raise KeyError(group)
        self.group = group
        self._arrange()

    def fold_group(self, row: int) -> None:
        """Open or close the group whose head stands in *row*."""
        head = self._rows[row]
        if isinstance(head, Group):
            self._closed ^= {(self.group, head.key)}
            self._arrange()

    def retranslate(self) -> None:
        """Write every text again in the language of now."""
        self._texts.clear()
        self._arrange()
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(COLUMNS) - 1)

    def line(self, row: int) -> AccountLine | None:
        """The account in *row*; None for a head or outside the table."""
        found = self._rows[row] if 0 <= row < len(self._rows) else None
        return found if isinstance(found, AccountLine) else None

    def row_of(self, account_id: int) -> int:
        """Where an account stands; -1 where it does not."""
        for row, one in enumerate(self._rows):
            if isinstance(one, AccountLine) and one.id == account_id:
                return row
        return -1

    def text(self, row: int, column: int) -> str:
        """The text of a cell, kept once it was made."""
        line = self._rows[row]
        if isinstance(line, Group):
            return f"{line.label} {line.count:,}" if column == 0 else ""
        key = (line.id, column)
        found = self._texts.get(key)
        if found is None and self.table is not None:
            found = self._texts[key] = words.cell(line, COLUMNS[column].id, self.table)
        return found or ""

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802
        """Accounts and heads shown."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802
        """Every column there is; the view hides some."""
        return 0 if parent.isValid() else len(COLUMNS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Text, alignment, tool tip, spoken text, and under ``ROW`` the line or group itself."""
        if not index.isValid() or self.table is None:
            return None
        row, column = index.row(), index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self.text(row, column)
        if role == ROW:
            return self._rows[row]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if COLUMNS[column].right else _LEFT
        line = self._rows[row]
        if role == Qt.ItemDataRole.AccessibleTextRole:
            if isinstance(line, Group):
                return f"{line.label}, {line.count:,}, {line.money}" if column == 0 else ""
            return words.spoken(line, COLUMNS[column].id, self.table)
        if role == Qt.ItemDataRole.ToolTipRole and isinstance(line, AccountLine):
            return words.tip(line, COLUMNS[column].id) or None
        return None

    def headerData(  # noqa: N802
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """The columns' titles; their full names as tool tips."""
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(COLUMNS):
            return None
        column = COLUMNS[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return words.called(column.id, self.table, short=True)
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return words.called(column.id, self.table)
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Heads can be reached by the keyboard but are not chosen with the accounts."""
        return _ROW_FLAGS if index.isValid() else Qt.ItemFlag.NoItemFlags

    def _sort(self) -> None:
        if self.table is None:
            return
        key = _sort_key(self.sort_column, self.table)
        known: list[tuple[Any, AccountLine]] = []
        unknown: list[tuple[Any, AccountLine]] = []
        for line in self.table.lines:
            value = key(line)
            (unknown if value is None else known).append((value, line))
        known.sort(key=lambda pair: pair[0], reverse=self.descending)
        self._ordered = [line for _value, line in known] + [line for _value, line in unknown]

    def _arrange(self) -> None:
        if self.table is None:
            return
        self.beginResetModel()
        self._shown = list(self._ordered)
        if self._root is not None:
            from cs_workbench.domain.account_filter import predicate

            test = predicate(self._root, self.table.today)
            self._shown = [line for line in self._ordered if test(line)]
        self._rows = self._grouped(self.table) if self.group else list(self._shown)
        self.endResetModel()

    def _grouped(self, table: AccountTable) -> list[Row]:
        members: dict[str, list[AccountLine]] = {}
        for line in self._shown:
            members.setdefault(words.group_key(line, self.group), []).append(line)
        rows: list[Row] = []
        for key in sorted(members, key=lambda key: _group_order(key, self.group, table)):
            lines = members[key]
            closed = (self.group, key) in self._closed
            money = words.money_of(sums(table, lines).arr)
            label = words.group_label(key, self.group, table)
            band = key if self.group == "band" and key in BANDS else ""
            rows.append(Group(key, label, len(lines), money, band, closed))
            rows += [] if closed else lines
        return rows


def _group_order(key: str, group: str, table: AccountTable) -> tuple[bool, int, str]:
    """As the lists are ordered, the worst band first, nothing last."""
    orders: dict[str, Sequence[str]] = {
        "band": BANDS,
        "stage": [entry.key for entry in table.stages],
        "tier": [entry.key for entry in table.tiers],
    }
    order = list(orders.get(group, ()))
    return (not key, order.index(key) if key in order else len(order), fold(key))


def _sort_key(column: str, table: AccountTable) -> Callable[[AccountLine], Any]:
    """By what a column is sorted: a value that compares, or None where nothing is known."""
    if column in words.OWN:
        return _own_key(words.OWN[column], table)
    stages = {entry.key: n for n, entry in enumerate(table.stages)}
    tiers = {entry.key: n for n, entry in enumerate(table.tiers)}
    keys: dict[str, Callable[[AccountLine], Any]] = {
        "name": lambda line: line.place,
        "tier": lambda line: None if line.tier is None else (tiers.get(line.tier, len(tiers)), line.tier),
        "arr": lambda line: line.arr,
        "health": lambda line: None if line.gone else line.score,
        "trend": _moved,
        "stage": lambda line: (
            None if line.stage is None else (stages.get(line.stage, len(stages)), line.stage)
        ),
        "notice": lambda line: line.deadline,
        "left": lambda line: line.days_left,
        "contact": lambda line: line.contact_days,
        "next": lambda line: (line.next_due or dt.date.max, line.folded_next) if line.next_step else None,
        "owner": lambda line: fold(line.owner) if line.owner else None,
        "renewal": lambda line: line.renewal_date,
        "tags": lambda line: line.tags or None,
    }
    return keys[column]


def _own_key(place: int, table: AccountTable) -> Callable[[AccountLine], Any]:
    """A field of one's own: figures by size, dates and words as text."""
    kind = table.own.fields[place].type if place < len(table.own.fields) else "text"
    return lambda line: sort_key(kind, table.own.value(line.id, place))


def _moved(line: AccountLine) -> float | None:
    """How far the score moved in twelve months: what sorting by the trend goes by."""
    known = [score for score in line.trend if score is not None]
    return known[-1] - known[0] if len(known) > 1 else None

"""The lines of a success plan for its tree: what is folded away is left out, what is being added stands in place."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from cs_workbench.i18n import _, mark
from cs_workbench.services import plan_words
from cs_workbench.services.plan_reading import ItemRow, Node, ObjectiveRow
from cs_workbench.services.plans import Ref
from cs_workbench.services.signal_words import short

Index: TypeAlias = QModelIndex | QPersistentModelIndex
LINE = int(Qt.ItemDataRole.UserRole) + 1
TITLE, OWNER, DUE, WAY, STATUS = range(5)
COLUMNS = (
    mark("Objective, milestone, action"), mark("Owner"), mark("Due"), mark("Baseline to target"), mark("Status"),
)  # fmt: skip


@dataclass(eq=False)
class Pending:
    """A line being added: after *node* or last under it. ``ref`` is set once it is stored, ``title`` once typed."""

    how: str
    node: Ref | Pending | None
    level: int
    title: str = ""
    ref: Ref | None = None


Line: TypeAlias = Node | Pending


class PlanModel(QAbstractTableModel):
    """Lines by their columns. ``fill`` changes only what moved, so that a field being typed in stays open."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.lines: list[Line] = []
        self.nodes: tuple[Node, ...] = ()
        self.folded: set[Ref] = set()
        self.pending: list[Pending] = []

    def fill(self, nodes: Sequence[Node]) -> None:
        """Show these nodes."""
        self.nodes = tuple(nodes)
        known = {node.ref for node in nodes}
        self.pending = [one for one in self.pending if one.ref is None or one.ref not in known]
        self.refresh()

    def fold(self, ref: Ref, *, folded: bool) -> None:
        """Hide or show what hangs on a node."""
        (self.folded.add if folded else self.folded.discard)(ref)
        self.refresh()

    def begin(self, pending: Pending) -> int:
        """Show a line to type in; returns its row."""
        self.pending.append(pending)
        if isinstance(pending.node, Ref) and pending.how == "under":
            self.folded.discard(pending.node)
        self.refresh()
        return self.lines.index(pending)

    def drop(self, pending: Pending) -> None:
        """Take a line away that was never typed."""
        if pending in self.pending:
            self.pending.remove(pending)
            self.refresh()

    def refresh(self) -> None:
        """The lines anew, told as the smallest change."""
        new = self._lines()
        old_keys, new_keys = [_key(one) for one in self.lines], [_key(one) for one in new]
        pairs = zip(old_keys, new_keys, strict=False)
        head = sum(1 for _pair in itertools.takewhile(lambda pair: pair[0] == pair[1], pairs))
        room = min(len(old_keys), len(new_keys)) - head
        tail = 0
        while tail < room and old_keys[-1 - tail] == new_keys[-1 - tail]:
            tail += 1
        nowhere = QModelIndex()
        if len(old_keys) > head + tail:
            self.beginRemoveRows(nowhere, head, len(old_keys) - tail - 1)
            self.lines = self.lines[:head] + self.lines[len(old_keys) - tail :]
            self.endRemoveRows()
        if len(new_keys) > head + tail:
            self.beginInsertRows(nowhere, head, len(new_keys) - tail - 1)
            self.lines = self.lines[:head] + new[head : len(new_keys) - tail] + self.lines[head:]
            self.endInsertRows()
        self.lines = new
        if new:
            self.dataChanged.emit(self.index(0, 0), self.index(len(new) - 1, len(COLUMNS) - 1))

    def row_of(self, ref: Ref | None) -> int:
        """Where a node stands, -1 where it is not shown."""
        return next((n for n, one in enumerate(self.lines) if isinstance(one, Node) and one.ref == ref), -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802
        """One a line."""
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802
        """Five."""
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(  # noqa: N802
        self, section: int, orientation: Qt.Orientation, role: int = int(Qt.ItemDataRole.DisplayRole)
    ) -> Any:
        """Titles in the language of now."""
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return _(COLUMNS[section])
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Title, owner and due date are typed where they stand."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        found = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
        line = self.lines[index.row()]
        if index.column() == TITLE or (index.column() in (OWNER, DUE) and isinstance(line, Node)):
            found |= Qt.ItemFlag.ItemIsEditable
        return found

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        """Words, what is typed, the line itself, and the whole line for those who hear it."""
        if not index.isValid():
            return None
        line = self.lines[index.row()]
        if role == LINE:
            return line
        if role == Qt.ItemDataRole.DisplayRole:
            return words(line, index.column())
        if role == Qt.ItemDataRole.EditRole:
            return typed(line, index.column())
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if index.column() == DUE else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return _spoken(line) if index.column() == TITLE else words(line, index.column()) or "–"
        return None

    def _lines(self) -> list[Line]:
        found: list[Line] = []
        hidden: int | None = None
        for node in self.nodes:
            if hidden is not None and node.level > hidden:
                continue
            hidden = node.level if node.ref in self.folded and node.children else None
            found.append(node)
        for pending in self.pending:
            found.insert(_place(found, pending), pending)
        return found


def words(line: Line, column: int) -> str:
    """What a cell says."""
    if isinstance(line, Pending):
        return line.title if column == TITLE else ""
    row = line.row
    if column == TITLE:
        return plan_words.sentence(row) if isinstance(row, ObjectiveRow) else row.title
    if column == OWNER:
        return plan_words.owner(line)
    if column == DUE:
        due = line.view.due if line.view is not None else row.due_on
        return "" if due is None else short(due)
    if column == WAY:
        return "" if line.view is None else plan_words.percent(line.view.progress)
    return plan_words.standing(line)


def typed(line: Line, column: int) -> str:
    """What a cell's field begins with."""
    if isinstance(line, Pending) or column == TITLE:
        return line.title if isinstance(line, Pending) else line.row.title
    row = line.row
    if column == DUE:
        return row.due_on.isoformat() if row.due_on else ""
    if isinstance(row, ItemRow):
        return row.person or row.owner
    return row.owner_ours


def field_of(line: Line, column: int) -> str:
    """The name of the field behind a cell."""
    if column == TITLE:
        return "title"
    if column == DUE:
        return "due_on"
    return "owner" if isinstance(line, Node) and isinstance(line.row, ItemRow) else "owner_ours"


def _spoken(line: Line) -> str:
    if isinstance(line, Pending):
        return _("New line")
    kind = "objective" if isinstance(line.row, ObjectiveRow) else line.row.kind
    parts = [f"{_(plan_words.PARTS[kind])}, {line.level + 1}", words(line, TITLE)]
    parts += [words(line, column) for column in (OWNER, DUE, WAY, STATUS)]
    return _(", ").join(part for part in parts if part)


def _key(line: Line) -> object:
    return line.ref or line


def _place(lines: Sequence[Line], pending: Pending) -> int:
    """Behind the line it was begun from and all that hangs on it."""
    anchor = pending.node.ref or pending.node if isinstance(pending.node, Pending) else pending.node
    keys = [_key(one) for one in lines]
    if anchor not in keys:
        return len(lines)
    at = keys.index(anchor)
    level = lines[at].level
    end = at + 1
    while end < len(lines) and lines[end].level > level:
        end += 1
    return end

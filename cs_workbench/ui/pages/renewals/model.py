"""The rows of the Renewals page as a list: headings, renewals by deadline, accounts whose contract data is missing."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import Any, TypeAlias

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from cs_workbench.i18n import _
from cs_workbench.services.renewals import Missing, RenewalRow, Renewals
from cs_workbench.ui import wording
from cs_workbench.ui.pages.renewals import words

Index: TypeAlias = QModelIndex | QPersistentModelIndex
LINE = int(Qt.ItemDataRole.UserRole)


@dataclass(frozen=True, slots=True)
class Heading:
    """The line above a group."""

    text: str
    count: int


@dataclass(frozen=True, slots=True)
class Line:
    """A renewal in the words of its row."""

    row: RenewalRow
    arr: str
    notice: str
    left: str
    call: str
    likelihood: str
    spoken: str
    near: bool


Entry: TypeAlias = Heading | Line | Missing


class RenewalsModel(QAbstractListModel):
    """``LINE`` gives a Heading, a Line or a Missing; headings can be neither selected nor focused."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.entries: list[Entry] = []

    def fill(self, found: Renewals) -> None:
        """Show *found*, in the language of now."""
        self.beginResetModel()
        self.entries = list(_entries(found))
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008
        """Headings and rows."""
        return 0 if parent.isValid() else len(self.entries)

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        """The entry, its text, what a screen reader says."""
        if not index.isValid():
            return None
        entry = self.entries[index.row()]
        if role == LINE:
            return entry
        if isinstance(entry, Heading):
            return f"{entry.text} {entry.count}" if role == Qt.ItemDataRole.DisplayRole else None
        name = entry.row.name if isinstance(entry, Line) else entry.name
        if role == Qt.ItemDataRole.DisplayRole:
            return name
        if role == Qt.ItemDataRole.AccessibleTextRole:
            missing = _("end date missing")
            return entry.spoken if isinstance(entry, Line) else f"{name}, {missing}"
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Only rows can be chosen."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        if isinstance(self.entries[index.row()], Heading):
            return Qt.ItemFlag.ItemNeverHasChildren
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren

    def place_of(self, key: object) -> int:
        """Where the renewal with that key (or the account that lacks data) stands, or −1."""
        if key is None:
            return -1
        places = (n for n, entry in enumerate(self.entries) if key_of(entry) == key)
        return next(places, -1)

    def place_of_account(self, account_id: object) -> int:
        """Where the first renewal of an account stands, or −1."""
        places = (
            n
            for n, entry in enumerate(self.entries)
            if isinstance(entry, Line) and entry.row.account_id == account_id
        )
        return next(places, -1)

    def nearest(self, number: int) -> int:
        """The row at *number* or the next one after it, else the last before it; −1 without any."""
        rows = [n for n, entry in enumerate(self.entries) if not isinstance(entry, Heading)]
        return next((n for n in rows if n >= number), rows[-1] if rows else -1)


def key_of(entry: object) -> object:
    """What an entry is found again by; None for a heading."""
    if isinstance(entry, Line):
        return entry.row.key
    return entry.account_id if isinstance(entry, Missing) else None


def account_of(entry: object) -> int:
    """The account of an entry, or 0."""
    if isinstance(entry, Line):
        return entry.row.account_id
    return entry.account_id if isinstance(entry, Missing) else 0


def _entries(found: Renewals) -> list[Entry]:
    entries: list[Entry] = []
    passed = sorted(found.rows, key=lambda row: row.group(found.today) != "passed")
    for key, members in groupby(passed, key=lambda row: row.group(found.today)):
        rows = list(members)
        if entries or key != "near":  # the first ninety days need no heading: the sentence above names them
            entries.append(Heading(_(words.GROUPS[key]), len(rows)))
        entries += [_line(row, found) for row in rows]
    if found.missing:
        entries.append(Heading(_("Contract data missing"), len(found.missing)))
        entries += found.missing
    return entries


def _line(row: RenewalRow, found: Renewals) -> Line:
    call, likelihood = words.call(row)
    return Line(
        row,
        words.money(row, found.currency),
        words.deadline(row),
        wording.days_left(row.deadline, found.today),
        call,
        likelihood,
        words.spoken(row, found.today, found.currency),
        row.group(found.today) in ("passed", "near"),
    )

"""The lines of Today as a list: group headings and signals, in the order they are read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from cs_workbench.i18n import _, mark
from cs_workbench.services import signal_words, today_words
from cs_workbench.services.today import Item
from cs_workbench.ui.pages.today import look
from cs_workbench.ui.widgets.badge import badge_name

Grouping: TypeAlias = Literal["due", "kind", "account"]
Index: TypeAlias = QModelIndex | QPersistentModelIndex
LINE = int(Qt.ItemDataRole.UserRole)
_TOLD = frozenset((LINE, int(Qt.ItemDataRole.DisplayRole), int(Qt.ItemDataRole.AccessibleTextRole)))

_FOR_ALL = 200

GROUPINGS: dict[Grouping, str] = {
    "due": mark("Group: due"),
    "kind": mark("Group: kind"),
    "account": mark("Group: account"),
}
_DUE = {"now": mark("Now"), "week": mark("This week"), "later": mark("Later")}
_KIND = {
    "risk": mark("Risks"),
    "lifecycle": mark("Renewals and stages"),
    "task": mark("Tasks and promises"),
    "opportunity": mark("Chances"),
}


@dataclass(frozen=True, slots=True)
class Heading:
    """The line above a group."""

    text: str
    count: int


@dataclass(frozen=True, slots=True, eq=False)
class Beside:
    """What stands beside the text somewhere in the list: columns are as wide as the widest of each."""

    amounts: frozenset[str] = frozenset()
    dues: frozenset[str] = frozenset()
    others: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Row:
    """A signal in the words of its row; *reasons* says why, whole first, then shorter and shorter."""

    item: Item
    account: str
    title: str
    reasons: tuple[str, ...]
    more: str
    amount: str
    due: str
    due_style: tuple[str, str]
    verb: str
    beside: Beside

    @property
    def reason(self) -> str:
        """Why, with every other reason there is about the account."""
        return self.reasons[0]

    @property
    def spoken(self) -> str:
        """The row for those who cannot see it."""
        item = self.item
        health = badge_name(item.band, item.score, override=item.called)  # type: ignore[arg-type]
        parts = (f"{item.number}. {self.title}", self.account, self.reason, self.amount, health, self.due)
        return _(", ").join(part for part in parts if part is not health or not item.several)


Line: TypeAlias = Heading | Row


class TodayModel(QAbstractListModel):
    """``LINE`` gives a Heading or a Row; headings can be neither selected nor focused.

    A signal is put in words when its row is first looked at: thousands are never scrolled to.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lines: list[Line | Item] = []
        self._items: Sequence[Item] = ()
        self._today = dt.date.min
        self._beside = Beside()
        self.grouping: Grouping = "due"

    def fill(self, items: Sequence[Item], today: dt.date) -> None:
        """Show *items*, in the language of now."""
        self.beginResetModel()
        self._items, self._today = items, today
        self._beside = _beside(items, today)
        self._lines = list(self._grouped())
        self.endResetModel()

    def group_by(self, grouping: Grouping) -> None:
        """Show the same under other headings."""
        self.grouping = grouping
        self.fill(self._items, self._today)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008
        """Headings and rows."""
        return 0 if parent.isValid() else len(self._lines)

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        """The line, its text, what a screen reader says, the tool tip of a row."""
        if not index.isValid():
            return None
        if role not in _TOLD:
            return None
        line = self._said(index.row())
        if role == LINE:
            return line
        if isinstance(line, Heading):
            return f"{line.text} {line.count}" if role == Qt.ItemDataRole.DisplayRole else None
        if role == Qt.ItemDataRole.DisplayRole:
            return line.title
        return line.spoken if role == Qt.ItemDataRole.AccessibleTextRole else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Only rows can be chosen."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        if isinstance(self._lines[index.row()], Heading):
            return Qt.ItemFlag.ItemNeverHasChildren
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren

    def line(self, number: int) -> Line | None:
        """The line at *number*, or None beyond the ends."""
        return self._said(number) if 0 <= number < len(self._lines) else None

    def is_heading(self, number: int) -> bool:
        """Whether the line at *number* stands above a group; nothing is put in words for the answer."""
        return isinstance(self._lines[number], Heading)

    def row_of(self, key: str) -> int:
        """Where the signal with that key leads a line or stands behind one, or −1."""
        places = (n for n, line in enumerate(self._lines) if key in _keys(line))
        return next(places, -1)

    def nearest(self, number: int) -> int:
        """The row at *number* or the next one after it, else the last before it; −1 without any."""
        rows = [n for n, line in enumerate(self._lines) if not isinstance(line, Heading)]
        after = [n for n in rows if n >= number]
        return after[0] if after else rows[-1] if rows else -1

    def _said(self, number: int) -> Line:
        line = self._lines[number]
        if isinstance(line, Item):
            line = self._lines[number] = self._row(line)
        return line

    def _grouped(self) -> list[Line | Item]:
        groups: dict[str, list[Item]] = {}
        for item in self._each():
            groups.setdefault(_GROUP_OF[self.grouping](item), []).append(item)
        lines: list[Line | Item] = []
        for name in self._order(groups):
            lines.append(Heading(self._heading(name), len(groups[name])))
            lines += groups[name]
        return lines

    def _each(self) -> Iterator[Item]:
        """The lines; under accounts every reason by itself, as their heading says already whose they are."""
        for item in self._items:
            yield from item.reasons if self.grouping == "account" else (item,)

    def _order(self, groups: dict[str, list[Item]]) -> list[str]:
        order = {"due": list(_DUE), "kind": list(_KIND)}.get(self.grouping, list(groups))
        return [name for name in order if name in groups]

    def _heading(self, name: str) -> str:
        words = {"due": _DUE, "kind": _KIND}.get(self.grouping)
        return _(words[name]) if words else _name_of(name)

    def _row(self, item: Item) -> Row:
        signal = item.signal
        return Row(
            item,
            today_words.account(item),
            today_words.title(item),
            today_words.reasons(item, self._today),
            today_words.more(item),
            look.amount(item),
            signal_words.due(signal, self._today),
            look.due_style(item, self._today),
            signal_words.verb(signal),
            self._beside,
        )


def _beside(items: Sequence[Item], today: dt.date) -> Beside:
    """The words of the narrow columns. The first lines stand for all: they have the largest amounts."""
    counts = {len(one.more): one for one in items if not one.several}
    dues = {one.signal.due: one.signal for one in items}
    return Beside(
        frozenset(look.amount(one) for one in items[:_FOR_ALL]),
        frozenset(signal_words.due(one, today) for one in dues.values()),
        frozenset(today_words.more(one) for one in counts.values()),
    )


def _keys(line: Line | Item) -> tuple[str, ...]:
    if isinstance(line, Heading):
        return ()
    item = line.item if isinstance(line, Row) else line
    return (item.signal.key, *(one.signal.key for one in item.more))


def _name_of(account: str) -> str:
    """The heading of an account's group: the name without the id that keeps namesakes apart."""
    return account.split("\x1f", 1)[0]


_GROUP_OF: dict[Grouping, Callable[[Item], str]] = {
    "due": lambda item: item.group,
    "kind": lambda item: item.signal.kind,
    "account": lambda item: f"{item.account}\x1f{item.signal.account_id}",
}

"""What the three tabs of the Voice page share: they read in the background, answer keys, copy and print their list."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QMenu, QWidget

from cs_workbench import i18n
from cs_workbench.i18n import _, ngettext
from cs_workbench.services.printing import Printable, PrintColumn, source_line
from cs_workbench.ui import wording
from cs_workbench.ui.desk import Desk
from cs_workbench.ui.pages.voice import same_row
from cs_workbench.ui.widgets.button import Button
from cs_workbench.ui.widgets.empty import EmptyState
from cs_workbench.ui.widgets.fact_table import FactTable
from cs_workbench.ui.widgets.menu import Menu

Verb = Callable[[], object]


class VoicePart(QWidget):
    """A tab. ``changed`` tells that what the page says beside its title may be another; ``only`` is the account the
    page is about, 0 for all.
    """

    changed = Signal()
    picture: ClassVar[str] = "filter"

    def __init__(self, desk: Desk, table: FactTable) -> None:
        super().__init__()
        self.desk = desk
        self.table = table
        self.only = 0
        self.went: tuple[Any, Any] | None = None
        self._acted = False
        self._back = False  # whether the keys go back to the list once it is read again
        self.add = Button("", "filled", icon="plus")
        self._read = False
        table.opened.connect(lambda _row: self.open_row())
        table.deleted.connect(lambda _row: self.delete_row())
        table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        table.customContextMenuRequested.connect(self.open_menu)
        self.nothing = EmptyState(self.picture, "", parent=table.viewport())
        self.nothing.hide()
        table.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """What is said of an empty list lies over the whole of it; Down and Enter go from the filter to the list."""
        if watched is self.table.viewport() and event.type() == QEvent.Type.Resize:
            self.nothing.setGeometry(self.table.viewport().rect())
        elif _goes_on(event) and watched is not self.table.viewport() and self.table.facts.rows:
            self.table.setFocus()
            return True
        return super().eventFilter(watched, event)

    def lacking(self) -> str:
        """What is said where the list has no row."""
        return ""

    def refresh(self) -> None:
        """Read again."""

    def concerns(self, row: Any) -> bool:
        """Whether *row* is of the account the page is about."""
        return not self.only or row.account_id == self.only

    def retranslate(self) -> None:
        """Every text in the language of now."""

    def fact(self) -> str:
        """What stands beside the page's title."""
        return ""

    def paper_title(self) -> str:
        """The title of the printed list."""
        return self.fact()

    def open_row(self) -> None:
        """Enter."""
        row = self.table.chosen()
        number = getattr(row, "account_id", 0)
        if number:
            self.desk.open_account(number, "timeline", self.entry_of(row))

    def entry_of(self, row: Any) -> tuple[str, int] | None:
        """Where in the account's history *row* stands: (table, id), None where it does not."""
        return None

    def delete_row(self) -> None:
        """Delete."""

    def names(self) -> dict[str, str]:
        """Verb → words of the context menu, in its order."""
        return {}

    def own_verbs(self) -> dict[str, Verb]:
        """Verbs besides those of every list."""
        return {}

    def verbs(self) -> dict[str, Verb]:
        """What the keys do here."""
        found: dict[str, Verb] = {}
        if self.table.facts.rows:
            found = {
                "next_row": lambda: self.table.step(1), "previous_row": lambda: self.table.step(-1),
                "copy_rows": self.copy,
            }  # fmt: skip
            if self.table.chosen() is not None:
                found["open_row"] = self.open_row
        return found | self.own_verbs()

    def first_focus(self) -> QWidget:
        """The list, or the button to begin with where it turned out empty."""
        return self.add if self._read and not self.table.facts.rows else self.table

    def fill(self, rows: Any) -> None:
        """Show *rows*; the chosen one stays chosen wherever it stands now. One that went makes room for the next."""
        self._read = True
        before, row = max(self.table.currentIndex().row(), 0), self.table.chosen()
        place = same_row.find(rows, row)
        self.table.facts.fill(rows)
        self.nothing.say(self.lacking())
        self.nothing.setVisible(not rows)
        if rows:
            self.table.choose(place if place >= 0 else min(before, len(rows) - 1))
        if self._back and rows and self.isVisible() and _is_idle(self.window().focusWidget()):
            self.table.setFocus()
        self._back = False
        if self._acted and row is not None and place < 0:
            self.went, self._acted = (row, self.table.chosen()), False
        self.changed.emit()

    def gone(self) -> Any:
        """The row that left the list by what was done here, while the next in its place is still the chosen one."""
        if self.went is None:
            return None
        row, after = self.went
        now = self.table.chosen()
        if now is None or same_row.find([now], after) < 0:
            self.went = None
            return None
        return row

    def write(self, work: Callable[[], object], told: str, second: str = "") -> None:
        """Change something in the background and tell it with Undo."""
        self._acted = self._back = True
        self.desk.tasks.write(work, done=lambda _made: self.desk.tell(told, second, undo=True), owner=self)

    def open_menu(self, at: QPoint) -> QMenu:
        """The same verbs as the keys, for the pointer."""
        menu = Menu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        verbs = self.verbs()
        for verb, words in (
            self.names() | {"open_row": _("Open account"), "copy_rows": _("Copy as table")}
        ).items():
            if verb in verbs:
                menu.verb(verb, verbs[verb], words)
        menu.popup(self.table.viewport().mapToGlobal(at))
        return menu

    def copy(self) -> None:
        """The rows as tab-separated text on the clipboard, harmless to a spreadsheet."""
        QGuiApplication.clipboard().setText(self.table.facts.tsv())
        count = len(self.table.facts.rows)
        self.desk.tell(ngettext("{n} row copied", "{n} rows copied", count).format(n=f"{count:,}"))

    def printable(self) -> Printable | None:
        """The rows as they are listed."""
        model = self.table.facts
        if not model.rows:
            return None
        shown = [one for one in model.columns if one.title]
        columns = tuple(PrintColumn(_(one.title), one.right, one.share) for one in shown)
        rows = tuple(tuple(one.words(row) for one in shown) for row in model.rows)
        exact = tuple(tuple(line.split("\t")) for line in model.tsv().splitlines())
        day = wording.date(self.desk.today())
        source = source_line(self.desk.workbench.path, day)
        return Printable(
            self.paper_title(),
            _("as of {date}").format(date=day),
            columns,
            rows,
            source,
            i18n.language(),
            exact=exact,
        )


def _goes_on(event: QEvent) -> bool:
    onwards = (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter)
    return isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() in onwards


def _is_idle(focused: QWidget | None) -> bool:
    """Whether nobody types there: the keys may go back to the list something was done in."""
    return focused is None or isinstance(focused, QAbstractButton)

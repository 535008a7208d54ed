"""How far each customer's seats are trained: those with the lowest share first."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cs_workbench import i18n
from cs_workbench.i18n import _, mark, ngettext
from cs_workbench.services.printing import Printable, PrintColumn, source_line
from cs_workbench.services.training import CoverageRow
from cs_workbench.ui import wording
from cs_workbench.ui.desk import Desk
from cs_workbench.ui.models.fact_model import Column, FactModel
from cs_workbench.ui.pages.success.marked_table import MarkedTable, Marks

_QUIET = ("body", "text.secondary")


class Coverage(QWidget):
    """``opened`` carries the account whose sessions are wanted."""

    opened = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.model = FactModel(_columns(), self)
        self.table = MarkedTable(self.model, Marks({}, {"share": lambda row: (share(row), None)}))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.table)
        self.table.opened.connect(lambda row: self.opened.emit(row.account))

    def fill(self, rows: Sequence[CoverageRow]) -> None:
        """Show the accounts; those without seats on record last."""
        self.model.fill(sorted(rows, key=lambda one: (one.seats is None or not one.seats, share(one) or 0.0)))
        if rows and not self.table.currentIndex().isValid():
            self.table.choose(0)

    def retranslate(self) -> None:
        """The name of the table."""
        self.table.setAccessibleName(_("Training of each account"))

    def copy(self) -> None:
        """The table on the clipboard."""
        QGuiApplication.clipboard().setText(self.model.tsv())
        count = len(self.model.rows)
        self._desk.tell(ngettext("{n} row copied", "{n} rows copied", count).format(n=f"{count:,}"))

    def printable(self) -> Printable | None:
        """The table."""
        if not self.model.rows:
            return None
        shown = tuple(PrintColumn(_(one.title), one.right, one.share) for one in self.model.columns)
        rows = tuple(tuple(one.words(row) for one in self.model.columns) for row in self.model.rows)
        day = wording.date(self._desk.today())
        exact = tuple(tuple(line.split("\t")) for line in self.model.tsv().splitlines())
        source = source_line(self._desk.workbench.path, day)
        told = _("as of {date}").format(date=day)
        return Printable(
            _("Training of each account"), told, shown, rows, source, i18n.language(), exact=exact
        )


def share(row: CoverageRow) -> float | None:
    """People trained ÷ seats, at most 1; None without seats on record."""
    return min(row.trained / row.seats, 1.0) if row.seats else None


def _share(row: CoverageRow) -> str:
    found = share(row)
    return _("no seats on record") if found is None else f"{round(found * 100)}%"


def _columns() -> tuple[Column, ...]:
    return (
        Column("account", mark("Account"), lambda row: row.account),
        Column("share", mark("Seats trained"), _share, 190),
        Column("trained", mark("People trained"), lambda row: f"{row.trained:,}", 124, right=True),
        Column("seats", mark("Seats"), lambda row: "–" if row.seats is None else f"{row.seats:,}", 84, right=True,
               style=lambda _row: _QUIET),
        Column("completed", mark("Completed"), lambda row: f"{row.completed:,}", 104, right=True, drop=2),
        Column("sessions", mark("Sessions"), lambda row: f"{row.sessions:,}", 92, right=True, drop=3,
               style=lambda _row: _QUIET),
        Column("last", mark("Last session"), lambda row: wording.date(row.last_on) or "–", 124, right=True, drop=1,
               style=lambda _row: _QUIET),
    )  # fmt: skip

"""The portfolio of value: every account with what is proven, those without a proven line first."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from cs_workbench.domain.text import fold
from cs_workbench.i18n import _, ngettext
from cs_workbench.services.value_choices import AccountValue
from cs_workbench.ui.desk import Desk
from cs_workbench.ui.models.fact_model import FactModel
from cs_workbench.ui.models.value_model import account_columns
from cs_workbench.ui.widgets.empty import EmptyState
from cs_workbench.ui.widgets.fact_table import FactTable
from cs_workbench.ui.widgets.fields import LineEdit
from cs_workbench.ui.widgets.header import FilterBar


class PortfolioOfValue(QWidget):
    """``opened`` carries the account chosen."""

    opened = Signal(int)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.rows: tuple[AccountValue, ...] | None = None
        self.bar = FilterBar()
        self.words = LineEdit(name="", icon="search")
        self.model = FactModel(account_columns(desk.today), self)
        self.table = FactTable(self.model)
        self.nothing = EmptyState("filter", "", " ", self.words.clear)
        self.none = EmptyState("coins", "", " ", lambda: desk.go("accounts"))
        holder = QWidget()
        self._stack = QStackedLayout(holder)
        for part in (self.table, self.nothing, self.none):
            self._stack.addWidget(part)
        self.bar.row.addWidget(self.words, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        column.addWidget(holder, 1)
        self.words.textChanged.connect(lambda _text: self._show())
        self.words.returnPressed.connect(self.table.setFocus)
        self.table.opened.connect(lambda row: self.opened.emit(row.account_id))
        self.retranslate()

    def retranslate(self) -> None:
        """Fixed texts and the rows again."""
        self.words.setAccessibleName(_("Filter by account"))
        self.words.setPlaceholderText(_("Account"))
        self.table.setAccessibleName(_("Value of each account"))
        self.nothing.say(_("No account fits."), _("Show all"))
        self.none.say(_("There are no accounts yet."), _("Go to Accounts"))
        if self.rows is not None:
            self._show()

    def fill(self, rows: Sequence[AccountValue]) -> None:
        """Show the accounts."""
        self.rows = tuple(rows)
        self._show()

    def fact(self) -> str:
        """How many have a proven line."""
        rows = self.rows or ()
        proven = sum(1 for row in rows if row.proven)
        return ngettext(
            "{n} of {all} account has a proven line", "{n} of {all} accounts have a proven line", len(rows)
        ).format(n=proven, all=len(rows))

    def open_chosen(self) -> None:
        """The ledger of the account the keys are on."""
        row = self.table.chosen()
        if isinstance(row, AccountValue):
            self.opened.emit(row.account_id)

    def copy(self) -> None:
        """The accounts shown, on the clipboard."""
        QGuiApplication.clipboard().setText(self.model.tsv())
        count = len(self.model.rows)
        self._desk.tell(ngettext("{n} row copied", "{n} rows copied", count).format(n=f"{count:,}"))

    def _show(self) -> None:
        words = fold(self.words.text())
        rows = [row for row in self.rows or () if words in fold(row.name)]
        before = self.table.chosen()
        self.model.fill(rows)
        same = (n for n, row in enumerate(rows) if before is not None and row.account_id == before.account_id)
        if rows:
            self.table.choose(next(same, 0))
        empty = self.nothing if self.rows else self.none
        self._stack.setCurrentWidget(self.table if rows else empty)
        self.bar.setVisible(bool(self.rows))

"""The portfolio of value: every account with what counts, those without a line that counts first."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu, QStackedLayout, QVBoxLayout, QWidget

from cs_workbench.domain.text import fold
from cs_workbench.i18n import _, ngettext
from cs_workbench.services.value_choices import AccountValue, ValueTotals
from cs_workbench.ui import icons, wording
from cs_workbench.ui.desk import Desk
from cs_workbench.ui.models.fact_model import FactModel
from cs_workbench.ui.models.value_model import account_columns
from cs_workbench.ui.page import Verbs
from cs_workbench.ui.widgets.empty import EmptyState
from cs_workbench.ui.widgets.fact_table import FactTable
from cs_workbench.ui.widgets.fields import LineEdit
from cs_workbench.ui.widgets.filter_keys import FilterKeys
from cs_workbench.ui.widgets.header import Bar, FilterBar
from cs_workbench.ui.widgets.label import Label
from cs_workbench.ui.widgets.menu import Menu
from cs_workbench.ui.widgets.segmented import Segmented


class PortfolioOfValue(QWidget):
    """``opened`` carries the account chosen."""

    opened = Signal(int)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.rows: tuple[AccountValue, ...] | None = None
        self.totals: ValueTotals | None = None
        self.bar = FilterBar()
        self.words = LineEdit(name="", icon="search")
        self.which = Segmented([("all", "all"), ("near", "near"), ("open", "open")], name="")
        self.sums = Label("", "strong")
        self.sums_about = Label("", "small", "text.secondary", elide=True)
        self.foot = Bar(40, surface="bg.sunken", line="line.strong", above=True)
        self.model = FactModel(account_columns(desk.today), self)
        self.table = FactTable(self.model)
        self.nothing = EmptyState("filter", "", " ", self._show_all)
        self.none = EmptyState("coins", "", " ", lambda: desk.go("accounts"), act_icon="building-2")
        holder = QWidget()
        self._stack = QStackedLayout(holder)
        for part in (self.table, self.nothing, self.none):
            self._stack.addWidget(part)
        self.bar.row.addWidget(self.words, 1)
        self.bar.row.addWidget(self.which)
        self.foot.row.addWidget(self.sums)
        self.foot.row.addWidget(self.sums_about, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        column.addWidget(holder, 1)
        column.addWidget(self.foot)
        self.which.chosen.connect(lambda _key: self._show())
        self.words.textChanged.connect(lambda _text: self._show())
        FilterKeys(self.words, self.table)
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.table.customContextMenuRequested.connect(self.open_menu)
        self.table.opened.connect(lambda row: self.opened.emit(row.account_id))
        self.retranslate()

    def retranslate(self) -> None:
        """Fixed texts and the rows again."""
        self.words.setAccessibleName(_("Filter by account"))
        self.words.setPlaceholderText(_("Account"))
        self.table.setAccessibleName(_("Value of each account"))
        self.which.setAccessibleName(_("Which accounts"))
        self.which.retitle(
            {"all": _("All"), "near": _("Nothing counted, renewal near"), "open": _("Nothing counted")}
        )
        self.nothing.say(_("No account fits."), _("Show all"))
        self.none.say(_("There are no accounts yet."), _("Go to Accounts"))
        if self.rows is not None:
            self._show()

    def fill(self, rows: Sequence[AccountValue], sums: ValueTotals) -> None:
        """Show the accounts and the sums over all of them."""
        self.rows, self.totals = tuple(rows), sums
        self._show()

    def verbs(self) -> Verbs:
        """What the keys do here."""
        if not self.rows:
            return {}
        return {
            "filter": self.words.setFocus, "open_row": self.open_chosen, "copy_rows": self.copy,
            "next_row": lambda: self.table.step(1), "previous_row": lambda: self.table.step(-1),
        }  # fmt: skip

    def fact(self) -> str:
        """How many have a line that counts."""
        rows = self.rows or ()
        proven = sum(1 for row in rows if row.proven)
        return ngettext(
            "{n} of {all} account has a line that counts",
            "{n} of {all} accounts have a line that counts",
            len(rows),
        ).format(n=proven, all=len(rows))

    def open_chosen(self) -> None:
        """The ledger of the account the keys are on."""
        row = self.table.chosen()
        if isinstance(row, AccountValue):
            self.opened.emit(row.account_id)

    def open_menu(self, at: QPoint) -> QMenu:
        """The same verbs as the keys, for the pointer."""
        menu = Menu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        row = self.table.chosen()
        if isinstance(row, AccountValue):
            number = row.account_id
            menu.verb("open_row", self.open_chosen, _("Open ledger"))
            icon = icons.icon("building-2")
            menu.addAction(icon, _("Open account"), lambda: self._desk.open_account(number, "overview"))
            menu.addSeparator()
        menu.verb("copy_rows", self.copy)
        menu.popup(self.table.viewport().mapToGlobal(at))
        return menu

    def copy(self) -> None:
        """The accounts shown, on the clipboard."""
        QGuiApplication.clipboard().setText(self.model.tsv())
        count = len(self.model.rows)
        self._desk.tell(ngettext("{n} row copied", "{n} rows copied", count).format(n=f"{count:,}"))

    def _show(self) -> None:
        words = fold(self.words.text())
        rows = [row for row in self.rows or () if words in fold(row.name) and self._wanted(row)]
        before = self.table.chosen()
        self.model.fill(rows)
        same = (n for n, row in enumerate(rows) if before is not None and row.account_id == before.account_id)
        if rows:
            self.table.choose(next(same, 0))
        empty = self.nothing if self.rows else self.none
        self._stack.setCurrentWidget(self.table if rows else empty)
        self.bar.setVisible(bool(self.rows))
        self._show_sums()

    def _wanted(self, row: AccountValue) -> bool:
        if self.which.taken == "near":
            return row.presses(self._desk.today())
        return self.which.taken == "all" or not row.proven

    def _show_all(self) -> None:
        self.which.choose("all")
        self.words.clear()

    def _show_sums(self) -> None:
        sums = self.totals
        self.foot.setVisible(bool(self.rows) and sums is not None)
        if sums is None:
            return
        self.sums.setText(_("{value} counted a year").format(value=wording.money(sums.yearly, sums.currency)))
        parts = []
        if sums.costs:
            parts.append(
                _("verified value ÷ cost of all ledgers {ratio}").format(
                    ratio=f"{sums.benefits / sums.costs:.1f}"
                )
            )
        if sums.unknown:
            words = ngettext(
                "{n} ledger without a known cost is not in it",
                "{n} ledgers without a known cost are not in it",
                sums.unknown,
            )
            parts.append(words.format(n=sums.unknown))
        near = sum(row.presses(self._desk.today()) for row in self.rows or ())
        parts.append(
            ngettext(
                "{n} account without a line that counts before its next deadline",
                "{n} accounts without a line that counts before their next deadline",
                near,
            ).format(n=near)
        )
        if sums.missing:
            parts.append(
                _("without {currencies}: no exchange rate").format(currencies=_(", ").join(sums.missing))
            )
        self.sums_about.setText(_(", ").join(parts))

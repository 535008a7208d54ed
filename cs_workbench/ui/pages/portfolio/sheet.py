"""The accounts behind a figure, where the accounts page cannot show them: a list to go on from."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cs_workbench.i18n import _
from cs_workbench.services.portfolio_view import PortfolioView
from cs_workbench.ui import theme as themes
from cs_workbench.ui import wording
from cs_workbench.ui.models.fact_model import Column, FactModel
from cs_workbench.ui.pages.portfolio.wording import Listing, Opens, as_of
from cs_workbench.ui.widgets.badge import BAND_NAMES, badge_text, band_of
from cs_workbench.ui.widgets.fact_table import FactTable
from cs_workbench.ui.widgets.figure_frame import TwinRow
from cs_workbench.ui.widgets.floats import Popover
from cs_workbench.ui.widgets.label import Label

_WIDTH, _MOST_ROWS = 720, 10


class AccountSheet(Popover):
    """``opened`` carries the account chosen; Esc closes."""

    opened = Signal(int)

    def __init__(self, listing: Listing, parent: QWidget) -> None:
        super().__init__(_WIDTH, parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAccessibleName(listing.title)
        theme = themes.current()
        last = len(listing.columns)
        columns = tuple(
            Column(str(n), words, lambda row, n=n: row.words[n], width=0 if n == 0 else 116,  # type: ignore[misc]
                   right=listing.text <= n < last)
            for n, words in enumerate(listing.columns)
        )  # fmt: skip
        self.table = FactTable(FactModel(columns, self))
        self.table.facts.fill(listing.rows)
        self.table.setAccessibleName(listing.title)
        head = QVBoxLayout()
        head.setContentsMargins(theme.px(24), theme.px(16), theme.px(24), theme.px(12))
        head.setSpacing(theme.px(2))
        head.addWidget(Label(listing.title, "title", elide=True))
        head.addWidget(Label(listing.about, "small", "text.secondary", wrap=True))
        self.column.addLayout(head)
        self.column.addWidget(self.table)
        self.column.addSpacing(theme.px(8))
        rows = min(max(len(listing.rows), 1), _MOST_ROWS)
        self.table.setFixedHeight(self.table.horizontalHeader().height() + rows * theme.row(40) + 2)
        self.table.opened.connect(self._open)
        self.table.clicked.connect(lambda index: self._open(listing.rows[index.row()]))

    def show_over(self, host: QWidget) -> None:
        """In the middle of the page, the keys on the first row."""
        self.adjustSize()
        self.move(
            host.mapToGlobal(QPoint((host.width() - self.width()) // 2, (host.height() - self.height()) // 3))
        )
        self.show()
        self.table.setFocus()
        if self.table.facts.rows:
            self.table.choose(0)

    def _open(self, row: TwinRow) -> None:
        self.close()
        if isinstance(row.opens, int):
            self.opened.emit(row.opens)


def listing_of(view: PortfolioView, what: Opens) -> Listing:
    """The accounts behind a figure with health and money, the largest first."""
    rows = []
    lines = {line.id: line for line in view.table.lines}
    for account in what.ids:
        line = lines.get(account)
        if line is None:
            continue
        value, apart = view.exchange.worth(line.amounts)
        amounts = [wording.money(value, view.exchange.currency)] if value else []
        amounts += [wording.money(amount.value, amount.currency) for amount in apart]
        band = _(BAND_NAMES[band_of(line.band)])
        health = band if line.score is None else f"{badge_text(line.score)} {band}"
        words = (line.name, health, wording.date(line.deadline) or "–", " + ".join(amounts) or "–")
        rows.append((value, TwinRow(words, words, account)))
    rows.sort(key=lambda row: -row[0])
    columns = (_("Account"), _("Health"), _("Notice deadline"), _("ARR"))
    return Listing(what.title, as_of(view), columns, tuple(row for _value, row in rows))

"""Exchange rates as a table to correct in place, with a line to add one."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from cs_workbench.errors import InvalidValue
from cs_workbench.i18n import _, mark
from cs_workbench.services import exchange_rates
from cs_workbench.services.exchange_rates import ExchangeRate
from cs_workbench.ui import theme as themes
from cs_workbench.ui import wording
from cs_workbench.ui.models.fact_model import Column, FactModel
from cs_workbench.ui.pages.settings.rows import SettingRow
from cs_workbench.ui.widgets.button import Button
from cs_workbench.ui.widgets.calm_choice import SearchChoice
from cs_workbench.ui.widgets.date_field import DateField
from cs_workbench.ui.widgets.fact_table import INSET, FactTable
from cs_workbench.ui.widgets.flow import Flow
from cs_workbench.ui.widgets.kept_edit import KeptEdit

if TYPE_CHECKING:
    from cs_workbench.services.settings_view import SettingsView
    from cs_workbench.ui.pages.settings.section import Keeper

_TALLEST = 8


class RateTable(QWidget):
    """One line a rate: currency, what one unit is worth, from when. Enter corrects, Delete removes."""

    def __init__(self, keeper: Keeper, row: SettingRow, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._keeper, self._row = keeper, row
        self._own = ""
        self.model = FactModel(_columns(), self)
        self.table = FactTable(self.model, refuse=_refused)
        self.table.edge = INSET  # in a form the texts begin where those of the fields do
        self.currency = SearchChoice(name=_("Currency"))
        self.rate = KeptEdit(name=_("Rate"), placeholder="149.50")
        self.day = DateField(name=_("From"), today=keeper.desk.today(), value=keeper.desk.today())
        self.add = Button(_("Add"), icon="plus", name=_("Add exchange rate"))
        self.remove = Button(_("Remove"), "quiet", icon="trash-2", name=_("Remove exchange rate"))
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        theme = themes.current()
        self.table.setAccessibleName(_("Exchange rates"))
        self.currency.setFixedWidth(theme.px(176))
        self.rate.setFixedWidth(theme.px(96))
        self.day.setFixedWidth(theme.px(136))
        line = Flow()
        for widget in (self.currency, self.rate, self.day, self.add):
            line.add(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        column.addWidget(self.table)
        column.addWidget(line)
        column.addWidget(self.remove)

    def _connect(self) -> None:
        self.model.edited.connect(self._correct)
        self.table.deleted.connect(self._remove)
        self.table.selectionModel().currentChanged.connect(lambda _now, _before: self._show_remove())
        self.remove.clicked.connect(lambda: self._remove(self.table.chosen()))
        self.add.clicked.connect(self._add)
        self.rate.returnPressed.connect(self._add)

    def fill(self, view: SettingsView) -> None:
        """Show the rates; offer the currencies that lack one first."""
        self._own = view.own_currency
        chosen = self.table.currentIndex().row()
        self.model.fill(view.rates)
        self.table.setVisible(bool(view.rates))
        rows = min(len(view.rates), _TALLEST)
        height = self.table.horizontalHeader().height() + rows * themes.current().row(40) + 2
        self.table.setFixedHeight(height)
        if 0 <= chosen < len(view.rates):
            self.table.choose(chosen)
        lacking = [one for one in view.currencies if one[0] in view.rates_missing]
        others = [one for one in view.currencies if one not in lacking and one[0] != self._own]
        self.currency.set_choices([*lacking, *others])
        self._show_remove()

    def _show_remove(self) -> None:
        rate = self.table.chosen()
        self.remove.setVisible(isinstance(rate, ExchangeRate))
        if isinstance(rate, ExchangeRate):
            self.remove.setText(_("Remove {currency}").format(currency=rate.currency))

    def _add(self) -> None:
        code, text, day = self.currency.currentData(), self.rate.text(), self.day.value
        if not code or not text.strip() or day is None:
            self._row.refuse(_("A rate needs a currency, a number and a day."))
            return
        self._keeper.keep(
            self._row, lambda wb: exchange_rates.put(wb, str(code), text, day), done=self._clear
        )

    def _clear(self) -> None:
        self.rate.clear()
        self.rate.setFocus()

    def _correct(self, rate: ExchangeRate, key: str, text: str) -> None:
        if key == "rate":
            self._keeper.keep(self._row, lambda wb: exchange_rates.correct(wb, rate, rate=text))
        else:
            day = _day(text)
            self._keeper.keep(self._row, lambda wb: exchange_rates.correct(wb, rate, on_date=day))

    def _remove(self, rate: object) -> None:
        if isinstance(rate, ExchangeRate):
            self._keeper.keep(self._row, lambda wb: exchange_rates.remove(wb, rate))


def _columns() -> tuple[Column, ...]:
    return (
        Column("currency", mark("Currency"), lambda rate: f"1 {rate.currency}", 88, style=_strong),
        Column("rate", mark("Is worth"), _worth, 136, right=True, typed=_worth),
        Column("on_date", mark("From"), lambda rate: wording.date(rate.on_date), 136,
               typed=lambda rate: rate.on_date.isoformat()),
        Column("rest", "", lambda _rate: "", 0),
    )  # fmt: skip


def _strong(_rate: ExchangeRate) -> tuple[str, str]:
    return "strong", "text.primary"


def _worth(rate: ExchangeRate) -> str:
    return f"{rate.rate.normalize():f}"


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text.strip().replace("/", "-"))
    except ValueError:
        return None


def _refused(_rate: object, key: str, text: str) -> str:
    if key == "on_date":
        return "" if _day(text) else _("Write the day as 2026-11-24.")
    try:
        exchange_rates.checked_rate(text)
    except InvalidValue as problem:
        return f"{problem.message} {problem.remedy}"
    return ""

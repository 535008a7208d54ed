"""The head of a ledger: name, currency, first day, years, discount rate; and the method that is fixed."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from cs_workbench.domain.value_ledger import USUAL_RATE
from cs_workbench.i18n import _
from cs_workbench.ui import wording
from cs_workbench.ui.models.value_model import shares
from cs_workbench.ui.pages.value.acts import Acts
from cs_workbench.ui.widgets.fields import Field
from cs_workbench.ui.widgets.label import Label
from cs_workbench.ui.widgets.question import AskPopover


class HeadQuestion(AskPopover):
    """``answered`` carries what was typed by field; what cannot be is refused where it stands."""

    answered = Signal(object)

    def __init__(self, title: str, button: str, parent: QWidget) -> None:
        super().__init__(title, button, "check", parent)
        self.name = Field(name=_("Name"))
        self.starts_on = Field(name=_("First day"))
        self.years = Field(name=_("Years"))
        self.currency = Field(name=_("Currency"))
        self.rate = Field(name=_("Discount rate a year"))
        self._shown = {
            "name": self.name, "starts_on": self.starts_on, "years": self.years, "currency": self.currency,
            "rate": self.rate,
        }  # fmt: skip
        names = (_("Name"), _("First day"), _("Years"), _("Currency"), _("Discount rate a year"))
        self._names = []
        for name, field in zip(names, self._shown.values(), strict=True):
            label = Label(name, "small", "text.secondary")
            self._names.append(label)
            self.fields.addWidget(label)
            self.fields.addWidget(field)
        method = _(
            "Method: year 1 is discounted once, the start not at all. Risk: measured 5%, confirmed 10%, estimate 20%,"
            " assumption 30%; taken off benefits, put onto costs. Only agreed or graded lines count."
        )
        self.fields.addWidget(Label(method, "small", "text.tertiary", wrap=True))

    def show_head(
        self, name: str, currency: str, starts_on: dt.date, years: int, rate: Decimal | None
    ) -> None:
        """What is there now, or what a new ledger begins with."""
        self.name.edit.setText(name)
        self.starts_on.edit.setText(wording.date(starts_on))
        self.years.edit.setText(str(years))
        self.currency.edit.setText(currency)
        self.currency.edit.setPlaceholderText(_("as in the contracts"))
        self.rate.edit.setText(shares(USUAL_RATE if rate is None else rate))
        self.name.edit.selectAll()

    def only_period(self) -> None:
        """Ask for name and first day alone."""
        for label, key in zip(self._names, tuple(self._shown), strict=True):
            if key not in {"name", "starts_on"}:
                label.hide()
                self._shown.pop(key).hide()
        self.adjustSize()

    def answer(self) -> None:
        """Everything must be possible; an empty currency is that of the contracts."""
        wrong = False
        for key, field in self._shown.items():
            field.clear_problem()
            text = field.edit.text()
            if key == "currency" and not text.strip():
                continue
            if why := Acts.refusal("ledger", key, text):
                field.refuse(why)
                wrong = True
        if not wrong:
            self.close()
            self.answered.emit({key: field.edit.text() for key, field in self._shown.items()})

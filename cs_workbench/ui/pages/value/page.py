"""Value: the portfolio of value, and the ledger of one account."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import ClassVar

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu, QStackedLayout, QVBoxLayout, QWidget

from cs_workbench.domain import sensitivity
from cs_workbench.domain.sensitivity import Swing
from cs_workbench.i18n import _
from cs_workbench.services import accounts, value_choices, value_reading
from cs_workbench.services.value_choices import AccountValue, Choices
from cs_workbench.services.value_models import Model
from cs_workbench.services.value_reading import LedgerView
from cs_workbench.ui import theme as themes
from cs_workbench.ui import wording
from cs_workbench.ui.desk import Desk
from cs_workbench.ui.page import Page, Verbs
from cs_workbench.ui.pages.value.acts import Acts
from cs_workbench.ui.pages.value.exporting import Exporting
from cs_workbench.ui.pages.value.ledger import LedgerBody
from cs_workbench.ui.pages.value.portfolio import PortfolioOfValue
from cs_workbench.ui.pages.value.scrolled import scrolled
from cs_workbench.ui.pages.value.start import StartLedger, offered
from cs_workbench.ui.widgets.button import Button
from cs_workbench.ui.widgets.calm_choice import CalmChoice
from cs_workbench.ui.widgets.header import PageHeader


@dataclass(frozen=True, slots=True)
class AccountRead:
    """What is read of one account: its ledgers newest first, what each hangs on, what it can name."""

    name: str
    views: tuple[LedgerView, ...]
    moved: dict[int, tuple[Swing, ...]]
    known: Choices
    models: tuple[Model, ...]
    folder: str


class ValuePage(Page):
    """``open(account_id=…)`` shows the account's ledger, without one the portfolio of value."""

    id: ClassVar[str] = "value"
    cares_about: ClassVar[frozenset[str]] = frozenset(
        ("value_ledger", "value_line", "value_input", "value_cost", "value_evidence", "account", "contract",
         "person", "reading", "metric", "setting")
    )  # fmt: skip

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.account_id: int | None = None
        self.data: AccountRead | None = None
        self.acts = Acts(desk)
        self.exporting = Exporting(self)
        self.header = PageHeader()
        self.back = Button(kind="quiet", icon="chevron-left")
        self.ledgers = CalmChoice(name="")
        self.model = Button(icon="layers")
        self.add = Button(icon="plus", keys="N")
        self.export = Button(kind="filled", icon="upload")
        self.portfolio = PortfolioOfValue(desk)
        self.body = LedgerBody(desk, self.acts)
        self.area = scrolled(self.body)
        self.begin = StartLedger()
        self.blank = QWidget()
        self._lay_out()
        self._connect()
        self.retranslate()

    def _lay_out(self) -> None:
        self.header.lead(self.back)
        self.header.act(self.ledgers, self.model, self.add, self.export)
        below = QWidget()
        self._stack = QStackedLayout(below)
        for part in (self.blank, self.portfolio, self.area, self.begin):
            self._stack.addWidget(part)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self.header)
        outer.addWidget(below, 1)
        self._dress()

    def _connect(self) -> None:
        self.back.clicked.connect(lambda: self.desk.go(self.id, account_id=None))
        self.portfolio.opened.connect(lambda number: self.desk.go(self.id, account_id=number))
        self.begin.started.connect(self.start)
        self.add.clicked.connect(self.new_benefit)
        self.model.clicked.connect(self.open_models)
        self.export.clicked.connect(self.exporting.ask)
        self.ledgers.picked.connect(lambda _key: self._show_ledger())

    def open(self, **arguments: object) -> None:
        """Show one account, or all of them."""
        number = arguments.get("account_id")
        wanted = int(str(number)) if number else None
        if wanted != self.account_id:
            self.account_id, self.data = wanted, None
            self._stack.setCurrentWidget(self.blank)
            self._dress()
        self.look_again()

    def standing(self) -> dict[str, object]:
        """The account shown."""
        return {"account_id": self.account_id}

    def refresh(self) -> None:
        """Read the portfolio of value, or the account's ledgers, in the background."""
        wb, today, number = self.desk.workbench, self.desk.today(), self.account_id
        if number is None:
            self.desk.tasks.run(
                lambda: value_choices.portfolio(wb.reads, today),
                done=self._fill_portfolio, latest=(id(self), "read"),
            )  # fmt: skip
            return

        def read() -> tuple[int, AccountRead]:
            views = value_reading.account_views(wb.reads, number, today)
            name = accounts.names(wb.reads).get(number, "")
            moved = {view.head.id: sensitivity.tornado(view.ledger) for view in views}
            folder = str(wb.setting("documents_folder", "") or "") or os.path.dirname(
                os.path.abspath(wb.path)
            )
            known = value_choices.choices(wb.reads, number)
            return number, AccountRead(name, views, moved, known, offered(), folder)

        self.desk.tasks.run(read, done=self._fill, latest=(id(self), "read"))

    def retranslate(self) -> None:
        """Every fixed text, and the data in the language of now."""
        self.back.set_name(_("Value of every account"))
        self.ledgers.setAccessibleName(_("Ledger"))
        self.model.setText(_("From a model…"))
        self.add.setText(_("Add benefit"))
        self.export.setText(_("Export XLSX"))
        self.portfolio.retranslate()
        self.begin.retranslate()
        self.body.retranslate()
        self._dress()

    def verbs(self) -> Verbs:
        """What the keys do here."""
        found: dict[str, Callable[[], object]] = {}
        if self.account_id is None:
            if self.portfolio.rows:
                table = self.portfolio.table
                found = {
                    "filter": self.portfolio.words.setFocus, "open_row": self.portfolio.open_chosen,
                    "next_row": lambda: table.step(1), "previous_row": lambda: table.step(-1),
                    "copy_rows": self.portfolio.copy,
                }  # fmt: skip
            return found
        if self.view is None:
            return {"new_row": lambda: self.start("")} if self.data is not None else {}
        found = {"new_row": self.new_benefit, "export": self.exporting.ask, "copy_rows": self.body.copy}
        if self.body.benefits.benefit() is not None:
            benefits = self.body.benefits
            found |= {
                "edit": self.body.open_line, "open_row": self.body.open_line, "delete": self.body.remove_chosen,
                "details": self.body.toggle_line, "next_row": lambda: benefits.step(1),
                "previous_row": lambda: benefits.step(-1),
            }  # fmt: skip
        return found

    def first_focus(self) -> QWidget | None:
        """The table, or the one button in its place."""
        if self.account_id is None:
            return self.portfolio.table
        if self.view is None:
            return self.begin.button
        return self.body.benefits if self.body.benefits.benefit() is not None else self.add

    @property
    def view(self) -> LedgerView | None:
        """The ledger shown."""
        views = self.data.views if self.data is not None else ()
        chosen = self.ledgers.currentData()
        return next((one for one in views if one.head.id == chosen), views[0] if views else None)

    def start(self, model: str) -> None:
        """Start the account's ledger, with the benefits of a model where one is named."""
        if self.account_id is not None:
            self.begin.setEnabled(False)
            self.acts.start(self.account_id, model, self._on_started)

    def new_benefit(self) -> None:
        """Ask what gets better."""
        self.body.ask_benefit(self.add)

    def open_models(self) -> QMenu:
        """The models below their button."""
        menu = QMenu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        for one in self.data.models if self.data is not None else ():
            menu.addAction(one.title, partial(self.use_model, one.key))
        menu.popup(self.model.mapToGlobal(QPoint(0, self.model.height() + themes.current().px(4))))
        return menu

    def use_model(self, key: str) -> None:
        """Add the benefits of a model and open the first."""
        if self.view is not None:
            self.acts.use_model(self.view.head.id, key, lambda made: self.body.want(made[0]))

    def _on_started(self, _ledger: int) -> None:
        self.begin.setEnabled(True)

    def _fill_portfolio(self, rows: tuple[AccountValue, ...]) -> None:
        if self.account_id is not None:
            return
        first = self.portfolio.rows is None
        self.portfolio.fill(rows)
        self._stack.setCurrentWidget(self.portfolio)
        self._dress()
        if first and self.hasFocus():
            self.portfolio.table.setFocus()

    def _fill(self, read: tuple[int, AccountRead]) -> None:
        number, data = read
        if number != self.account_id:
            return
        first = self.data is None
        self.data = data
        self.begin.setEnabled(True)
        self.ledgers.set_choices([(view.head.id, view.head.name) for view in data.views])
        if self.ledgers.currentIndex() < 0 and data.views:
            self.ledgers.setCurrentIndex(0)
        if not data.views:
            self.begin.offer(data.models)
        self._show_ledger()
        if first and self.hasFocus():
            (self.first_focus() or self).setFocus()

    def _show_ledger(self) -> None:
        view = self.view
        if self.data is not None and view is not None:
            self.body.show_view(view, self.data.known, self.data.moved.get(view.head.id, ()))
        self._stack.setCurrentWidget(self.begin if view is None else self.area)
        self._dress()

    def _dress(self) -> None:
        """Header and its actions for what is shown."""
        view = self.view
        one = self.account_id is not None
        self.back.setVisible(one)
        self.ledgers.setVisible(self.data is not None and len(self.data.views) > 1)
        for button in (self.model, self.add, self.export):
            button.setVisible(view is not None)
        self.header.title.setText(_("Value ledger") if one else _("Value"))
        if not one:
            self.header.fact.setText(self.portfolio.fact() if self.portfolio.rows else "")
            return
        name = self.data.name if self.data is not None else ""
        if view is not None:
            begins = wording.date(view.head.starts_on)
            name = _("{account} · {ledger}, from {day}").format(
                account=name, ledger=view.head.name, day=begins
            )
        self.header.fact.setText(name)
        self.header.fact.updateGeometry()

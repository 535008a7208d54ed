"""Value: the portfolio of value, and the ledger of one account with its workshop, its guide and its working."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from cs_workbench.services import value_choices
from cs_workbench.services.value_choices import AccountValue, ValueTotals
from cs_workbench.services.value_guide import Tie
from cs_workbench.services.value_models import Model
from cs_workbench.services.value_reading import LedgerView
from cs_workbench.ui.desk import Desk
from cs_workbench.ui.page import Page, Verbs
from cs_workbench.ui.pages.value.acts import Acts
from cs_workbench.ui.pages.value.exporting import Exporting
from cs_workbench.ui.pages.value.guide import Guide
from cs_workbench.ui.pages.value.ledger import LedgerBody
from cs_workbench.ui.pages.value.menu import LedgerMenu
from cs_workbench.ui.pages.value.portfolio import PortfolioOfValue
from cs_workbench.ui.pages.value.reading import AccountRead, read_account, read_portfolio
from cs_workbench.ui.pages.value.screen import LedgerScreen
from cs_workbench.ui.pages.value.start import StartLedger
from cs_workbench.ui.pages.value.top import Top
from cs_workbench.ui.pages.value.workshop import Workshop
from cs_workbench.ui.widgets.scrolled import scrolled

SCREENS = ("ledger", "tests", "guide")


class ValuePage(Page):
    """``open(account_id=…, screen="ledger" | "tests" | "guide")`` shows an account, without one all of them."""

    id: ClassVar[str] = "value"
    cares_about: ClassVar[frozenset[str]] = frozenset(
        ("value_ledger", "value_line", "value_input", "value_cost", "value_evidence", "account", "contract",
         "person", "person_role", "reading", "metric", "setting", "currency_rate", "persona", "map_place")
    )  # fmt: skip

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.account_id: int | None = None
        self.shows = "ledger"
        self.data: AccountRead | None = None
        self._wanted: int | None = None
        self._starting = False
        self.acts = Acts(desk)
        self.exporting = Exporting(self)
        self.menu = LedgerMenu(self)
        self.header = Top(self.menu.button)
        self.ledgers, self.add, self.export = self.header.ledgers, self.header.add, self.header.export
        self.portfolio = PortfolioOfValue(desk)
        self.body = LedgerBody(desk, self.acts)
        self.split = LedgerScreen(self.body)
        self.begin = StartLedger()
        self.workshop = Workshop(desk, self.acts)
        self.guide = Guide(desk, self.acts)
        self.guide_area = scrolled(self.guide)
        self.blank = QWidget()
        self._lay_out()
        self._connect()
        self.retranslate()

    def _lay_out(self) -> None:
        below = QWidget()
        self._stack = QStackedLayout(below)
        for part in (self.blank, self.portfolio, self.split, self.begin, self.workshop, self.guide_area):
            self._stack.addWidget(part)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self.header)
        outer.addWidget(below, 1)
        self._dress()

    def _connect(self) -> None:
        self.header.back.clicked.connect(self.go_back)
        self.portfolio.opened.connect(lambda number: self.desk.go(self.id, account_id=number))
        self.begin.started.connect(self.start)
        self.begin.guide_wanted.connect(self.open_guide)
        self.add.clicked.connect(self.new_benefit)
        self.export.clicked.connect(self.exporting.ask)
        self.header.working.clicked.connect(self.split.toggle_working)
        self.header.tests.clicked.connect(self.open_tests)
        self.ledgers.picked.connect(lambda _key: self._show_ledger())
        self.guide.tied.connect(self._on_tied)
        self.guide.left.connect(self.go_back)
        self.workshop.left.connect(self.go_back)

    def open(self, **arguments: object) -> None:
        """Show one account, or all of them."""
        number = arguments.get("account_id")
        wanted = int(str(number)) if number else None
        screen = str(arguments.get("screen") or "ledger")
        if wanted != self.account_id:
            self.account_id, self.data = wanted, None
            self._stack.setCurrentWidget(self.blank)
        self.shows = screen if screen in SCREENS else "ledger"
        if self.data is not None:
            self._show_ledger()
        self._dress()
        self.look_again()

    def standing(self) -> dict[str, object]:
        """The account and the screen shown."""
        return {"account_id": self.account_id, "screen": self.shows}

    def refresh(self) -> None:
        """Read the portfolio of value, or the account's ledgers, in the background."""
        wb, today, number = self.desk.workbench, self.desk.today(), self.account_id
        if number is None:
            self.desk.tasks.run(
                lambda: read_portfolio(wb, today),
                done=self._fill_portfolio, latest=(id(self), "read"),
            )  # fmt: skip
            return
        self.desk.tasks.run(
            lambda: (number, read_account(wb, number, today)), done=self._fill, latest=(id(self), "read")
        )

    def retranslate(self) -> None:
        """Every fixed text, and the data in the language of now."""
        for part in (self.header, self.menu, self.portfolio, self.begin, self.body):
            part.retranslate()
        self.split.steps.retranslate()
        self._dress()

    def verbs(self) -> Verbs:
        """What the keys do here."""
        if self.account_id is None:
            return self.portfolio.verbs()
        if self.data is None or self.shows == "guide":
            return {}
        if self.view is None:
            return {"new_row": lambda: self.start(""), "no_roi": self.open_guide}
        found: dict[str, Callable[[], object]] = {
            "new_row": self.new_benefit, "export": self.exporting.ask, "working": self.split.toggle_working,
            "two_tests": self.open_tests, "no_roi": self.open_guide, "edit_ledger": self.menu.edit,
        }  # fmt: skip
        if self.shows == "tests":
            return found | dict(self.workshop.verbs())
        return found | dict(self.body.verbs())

    def first_focus(self) -> QWidget | None:
        """The table. None while the account is unread, and without a ledger: an Enter too many must not start one."""
        if self.account_id is None:
            return self.portfolio.table
        if self.data is not None and self.shows == "guide":
            return self.guide.words.edit
        if self.view is None:
            return None
        if self.shows == "tests":
            return self.workshop.table
        return self.body.benefits if self.body.benefits.benefit() is not None else self.add

    @property
    def view(self) -> LedgerView | None:
        """The ledger shown."""
        views = self.data.views if self.data is not None else ()
        chosen = self.ledgers.currentData()
        return next((one for one in views if one.head.id == chosen), views[0] if views else None)

    def models(self) -> tuple[Model, ...]:
        """The models there are to begin with."""
        return self.data.models if self.data is not None else ()

    def start(self, model: str) -> None:
        """Start the account's first ledger, with the benefits of a model where one is named; never a second one."""
        if self.account_id is None or self.data is None or self.data.views or not self.begin.isEnabled():
            return
        self._starting = True
        self.setFocus()  # a button that is switched off hands the keys to the rail
        self.begin.setEnabled(False)
        self.acts.start(self.account_id, model, self.want, self._not_started)

    def _not_started(self, error: BaseException) -> None:
        """It can be tried again, and why it failed is told."""
        self._starting = False
        self.begin.setEnabled(True)
        self.desk.tasks.failed.emit(error)

    def want(self, ledger_id: int) -> None:
        """Show a ledger that was just made as soon as it is read."""
        self._wanted, self._starting = ledger_id, False
        self.look_again()

    def new_benefit(self) -> None:
        """Ask what gets better."""
        self.body.ask_benefit(self.add)

    def open_tests(self) -> None:
        """The workshop, at the claim the keys are on; back to the ledger from there."""
        row = self.body.benefits.benefit()
        self._go_to("ledger" if self.shows == "tests" else "tests")
        if self.shows == "tests":
            self.workshop.choose(row.id if row is not None else None)
            self.workshop.table.setFocus()

    def open_guide(self) -> None:
        """The guide from “no ROI” to a line with its two tests open."""
        if self.data is not None and self.account_id is not None:
            self._go_to("guide")

    def go_back(self) -> None:
        """From a screen to the ledger, from the ledger to every account."""
        if self.shows != "ledger":
            self._go_to("ledger")
            (self.first_focus() or self).setFocus()
        else:
            self.desk.go(self.id, account_id=None)

    def _go_to(self, screen: str) -> None:
        self.shows = screen
        self._show_ledger()
        if screen == "guide":
            self.guide.words.edit.setFocus(Qt.FocusReason.TabFocusReason)

    def _on_tied(self, made: Tie) -> None:
        self._wanted, self.shows = made.ledger_id, "tests"
        self.workshop.choose(made.line_id)
        self.workshop.want(made.line_id)
        self.setFocus()  # not into a test of the claim shown before: the keys come to the list of claims
        self.look_again()

    def _fill_portfolio(self, read: tuple[tuple[AccountValue, ...], ValueTotals]) -> None:
        if self.account_id is not None:
            return
        first = self.portfolio.rows is None
        rows, sums = read
        self.portfolio.fill(rows, sums)
        self._stack.setCurrentWidget(self.portfolio)
        self.desk.count(self.id, value_choices.pressing_of(rows, self.desk.today()))
        self._dress()
        if first and self.hasFocus():
            self.portfolio.table.setFocus()

    def _fill(self, read: tuple[int, AccountRead]) -> None:
        number, data = read
        if number != self.account_id:
            return
        first, self.data = self.data is None, data
        self.begin.setEnabled(not self._starting)
        found = any(view.head.id == self._wanted for view in data.views)
        self.header.offer(data.views, self._wanted if found else None)
        self._wanted = None if found else self._wanted
        if not data.views:
            self.begin.offer(data.models)
        self._show_ledger()
        if (first or found) and self.hasFocus():
            (self.first_focus() or self).setFocus()

    def _show_ledger(self) -> None:
        view = self.view
        if self.data is not None and view is not None:
            self.split.show_view(view, self.data)
            self.workshop.show_view(view, self.data.known)
        shown: QWidget = (
            self.begin if view is None else self.workshop if self.shows == "tests" else self.split
        )
        if self.shows == "guide":
            self._begin_guide()
            shown = self.guide_area
        self._stack.setCurrentWidget(shown)
        self._dress()

    def _begin_guide(self) -> None:
        """Start the guide over where it was not on the screen; what is being typed in it stays."""
        if self._stack.currentWidget() is self.guide_area or self.data is None or self.account_id is None:
            return
        ledger = self.view.head.id if self.view is not None else None
        self.guide.begin(self.account_id, ledger, self.data.business, self.data.known)

    def _dress(self) -> None:
        """Header and its actions for what is shown."""
        if self.account_id is None:
            fact = self.portfolio.fact() if self.portfolio.rows else ""
            self.header.dress(self.shows, account=None, view=None, fact=fact)
            return
        name = self.data.name if self.data is not None else ""
        self.header.dress(self.shows, account=name, view=self.view, fact=self.workshop.fact())

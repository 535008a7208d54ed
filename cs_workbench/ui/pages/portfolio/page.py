"""The Portfolio page: health, money, renewals, scores and movers of all accounts, each open to its accounts."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

from PySide6.QtGui import QGuiApplication, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from cs_workbench.domain.portfolio import usual_since
from cs_workbench.i18n import _
from cs_workbench.services import portfolio_view
from cs_workbench.services.portfolio_view import Asked, PortfolioView
from cs_workbench.services.printing import Printable
from cs_workbench.ui import theme as themes
from cs_workbench.ui import wording
from cs_workbench.ui.desk import Desk
from cs_workbench.ui.page import Page, Verbs
from cs_workbench.ui.pages.portfolio import controls, paper
from cs_workbench.ui.pages.portfolio.board import Board
from cs_workbench.ui.pages.portfolio.figures import customers
from cs_workbench.ui.pages.portfolio.sheet import AccountSheet, listing_of
from cs_workbench.ui.pages.portfolio.wording import Listing, Opens, as_of
from cs_workbench.ui.widgets.button import Button
from cs_workbench.ui.widgets.empty import EmptyState
from cs_workbench.ui.widgets.header import PageHeader
from cs_workbench.ui.widgets.skeleton import Skeleton

_ICONS_ONLY = 760
"""Below this width the header's choices show their icons only."""


class PortfolioPage(Page):
    """``open`` takes ``as_of`` and ``since`` (dates) and ``scope`` ({"tier": "A"})."""

    id: ClassVar[str] = "portfolio"
    cares_about: ClassVar[frozenset[str]] = frozenset(
        ("account", "contract", "contract_event", "snapshot", "setting", "list_item", "currency_rate")
    )

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.view: PortfolioView | None = None
        self.asked = portfolio_view.usual(desk.today())
        self.scope: dict[str, str] = {}
        self._today = desk.today()
        self.header = PageHeader()
        self.whose = Button(icon="filter", kind="quiet")
        self.since = Button(icon="history", kind="quiet")
        self.when = Button(icon="clock", kind="quiet")
        self.copy_all = Button(icon="copy")
        self.board = Board()
        self.nobody = EmptyState("chart-column-big", "", " ", act_icon="building-2")
        self.sheets = QStackedWidget()
        self.skeleton = Skeleton(96, self.sheets)
        self._lay_out()
        self._connect()
        self.retranslate()

    def _lay_out(self) -> None:
        self.header.act(self.whose, self.since, self.when, self.copy_all)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(self.sheets, 1)
        self.sheets.addWidget(self.board)
        self.sheets.addWidget(self.nobody)

    def _connect(self) -> None:
        self.whose.clicked.connect(self.open_scope)
        self.since.clicked.connect(self.open_since)
        self.when.clicked.connect(self.open_dates)
        self.copy_all.clicked.connect(self.copy)
        self.nobody.button.clicked.connect(self._on_nobody)
        self.board.opened.connect(self.open_figure)
        self.board.copied.connect(self._on_copied)
        self.board.ordering.connect(self.open_orders)
        self.board.scoring.connect(lambda: self.desk.act("score"))

    def open(self, **arguments: object) -> None:
        """Show another date, comparison or choice of accounts; without arguments the page stays as it was."""
        day, since, scope = (arguments.get(name) for name in ("as_of", "since", "scope"))
        if isinstance(scope, dict):
            self.scope = {str(key): str(value) for key, value in scope.items()}
        at = min(day, self.desk.today()) if isinstance(day, dt.date) else self.asked.as_of
        self._ask(at, since if isinstance(since, dt.date) else None)

    def standing(self) -> dict[str, object]:
        """Date, comparison and choice of accounts."""
        return {"as_of": self.asked.as_of, "since": self.asked.since, "scope": dict(self.scope)}

    def refresh(self) -> None:
        """Read in the background; the old figures stay readable meanwhile."""
        reads, today, asked = self.desk.workbench.reads, self.desk.today(), self.asked
        if self.view is None:
            self.skeleton.setGeometry(self.sheets.rect())
            self.skeleton.begin()
        self.desk.tasks.run(
            lambda: portfolio_view.load(reads, today, asked),
            done=self._on_loaded, failed=self._on_failed, latest=("portfolio", id(self)),
        )  # fmt: skip

    def retranslate(self) -> None:
        """Every word; the figures' too."""
        self.setAccessibleName(_("Portfolio"))
        self.header.title.setText(_("Portfolio"))
        self.copy_all.setText(_("Copy"))
        self.copy_all.setToolTip(_("Every figure with its definition, for a spreadsheet"))
        self.board.retranslate()
        self._tell()

    def verbs(self) -> Verbs:
        """What the keys do here."""
        return {"copy_rows": self.copy, "filter": self.open_scope}

    def first_focus(self) -> QWidget | None:
        """The first key figure, or the one button where there is nothing."""
        return self.board.cards[0] if self.sheets.currentWidget() is self.board else self.nobody.button

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """A new day moves a page that shows today along."""
        today = self.desk.today()
        if today != self._today:
            if self.asked.as_of == self._today:
                self.asked, self.stale = Asked(today, usual_since(today), self.asked.scope), True
            self._today = today
        super().showEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Less room, fewer words."""
        super().resizeEvent(event)
        self._tell()

    def open_figure(self, what: object) -> None:
        """Go to the account, to the accounts page with the filter that shows the same accounts, or list them here."""
        if isinstance(what, int):
            self.desk.open_account(what)
            return
        if isinstance(what, Opens) and self.view is not None:
            filtered = portfolio_view.filter_for(self.view, what.part, what.ids)
            if filtered or (what.part == "*" and self._shows_everyone()):
                self.desk.go("accounts", filter=filtered, group="")
                return
            what = listing_of(self.view, what)
        if isinstance(what, Listing):
            sheet = AccountSheet(what, self)
            sheet.opened.connect(self.desk.open_account)
            sheet.show_over(self)

    def printable(self) -> Printable | None:
        """Key figures and scores by month."""
        return paper.printable(self.view, self.board.order, self.desk)

    def copy(self) -> None:
        """Everything as text for a spreadsheet."""
        if self.view is not None and self.view.lines:
            QGuiApplication.clipboard().setText(self.board.tsv())
            self.desk.tell(_("All figures copied"))

    def open_dates(self) -> None:
        """As of when."""
        today = self._today
        days = {
            _("Today"): today,
            _("End of last month"): controls.month_end(today, 1),
            _("Three months ago"): controls.month_end(today, 3),
            _("Half a year ago"): controls.month_end(today, 6),
            _("A year ago"): controls.month_end(today, 12),
        }
        controls.date_menu(self.when, days, self.asked.as_of, self._ask, self.ask_date)

    def ask_date(self) -> None:
        """Another day to look at."""
        question = controls.DateQuestion(
            _("As of"),
            self.asked.as_of,
            self._today,
            _("Choose a day up to today."),
            self,
        )
        question.answered.connect(self._ask)
        question.ask(self.when)

    def open_since(self) -> None:
        """Compared with when."""
        day = self.asked.as_of
        names = {1: _("End of last month"), 3: _("Three months before"), 6: _("Half a year before"),
                 12: _("A year before")}  # fmt: skip
        days = {words: controls.month_end(day, back) for back, words in names.items()}
        controls.date_menu(self.since, days, self.asked.since, self._compare, self.ask_since)

    def ask_since(self) -> None:
        """Another day to compare with."""
        latest = self.asked.as_of - dt.timedelta(days=1)
        question = controls.DateQuestion(
            _("Movers since"), self.asked.since, latest, _("Choose a day before the one shown."), self
        )
        question.answered.connect(self._compare)
        question.ask(self.since)

    def open_scope(self) -> None:
        """Whose accounts."""
        if self.view is not None:
            controls.scope_menu(self.whose, self.view.table, self.scope, self._narrow)

    def open_orders(self) -> None:
        """The heat map's order."""
        controls.order_menu(self.board.sort, self.board.order, self.board.show_order)

    def _ask(self, day: dt.date, since: dt.date | None = None) -> None:
        kept = self.asked.since if day == self.asked.as_of else usual_since(day)
        before = since if since is not None and since < day else kept
        self.asked = Asked(day, before, portfolio_view.scope_filter(self.scope))
        self._tell()
        self.look_again()

    def _compare(self, day: dt.date) -> None:
        self._ask(self.asked.as_of, day)

    def _narrow(self, scope: dict[str, str]) -> None:
        self.scope = scope
        self._ask(self.asked.as_of)

    def _on_loaded(self, view: PortfolioView) -> None:
        self.skeleton.end()
        self.view = view
        focus = self.focusWidget()
        if view.lines:
            self.board.show_view(view)
        sheet = self.board if view.lines else self.nobody
        moved = (
            self.sheets.currentWidget() is not sheet and focus is not None and self.sheets.isAncestorOf(focus)
        )
        self.sheets.setCurrentWidget(sheet)
        if moved and (first := self.first_focus()) is not None:
            first.setFocus()
        self._tell()

    def _on_failed(self, error: BaseException) -> None:
        self.skeleton.end()
        self.desk.tasks.failed.emit(error)

    def _on_copied(self, what: str) -> None:
        self.desk.tell(_("Picture copied") if what == "picture" else _("Data copied"))

    def _on_nobody(self) -> None:
        if self.scope:
            self._narrow({})
        else:
            self.desk.act("import_files")

    def _shows_everyone(self) -> bool:
        return self.asked.as_of == self._today and not self.scope

    def _tell(self) -> None:
        """The header's words, and the sentence where there is nobody."""
        table = None if self.view is None else self.view.table
        now = self.asked.as_of == self._today
        when = _("As of today") if now else _("As of {date}").format(date=wording.date(self.asked.as_of))
        since = _("Since {date}").format(date=wording.date(self.asked.since))
        short = self.width() < themes.current().px(_ICONS_ONLY)
        whose = controls.scope_words(table, self.scope)
        for button, words in ((self.whose, whose), (self.since, since), (self.when, when)):
            button.setText("" if short else words)
            button.set_name(words)
        self.nobody.button.icon_name = "building-2" if self.scope else "download"
        if self.scope:
            lost = self.view is not None and bool(self.view.left.count)
            why = _("Whoever fits this choice has left: no count of health has them.")
            self.nobody.say(why if lost else _("No account fits this choice."), _("Show all accounts"))
        else:
            self.nobody.say(_("Import a list of accounts to see them here."), _("Import files…"))
        self.copy_all.setEnabled(self.view is not None and bool(self.view.lines))
        if self.view is not None:
            self.header.fact.setText(_(", ").join((customers(self.view), as_of(self.view))))

"""The Renewals page: the forecast in one sentence, renewals by deadline, the eight steps of the chosen one."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QPoint
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from cs_workbench.i18n import _
from cs_workbench.services import renewal_detail, renewals
from cs_workbench.services.printing import Printable
from cs_workbench.services.renewals import HORIZONS, Missing, RenewalRow, Renewals
from cs_workbench.ui import theme as themes
from cs_workbench.ui.desk import Desk
from cs_workbench.ui.page import Page, Verbs
from cs_workbench.ui.pages.renewals import menus, paper, words
from cs_workbench.ui.pages.renewals.acts import RenewalActs
from cs_workbench.ui.pages.renewals.model import Line, RenewalsModel, account_of, key_of
from cs_workbench.ui.pages.renewals.pane import RunwayPane
from cs_workbench.ui.pages.renewals.places import columns
from cs_workbench.ui.pages.renewals.rows import ListHead, RenewalList
from cs_workbench.ui.widgets.button import Button
from cs_workbench.ui.widgets.empty import EmptyState
from cs_workbench.ui.widgets.forecast_strip import ForecastStrip
from cs_workbench.ui.widgets.header import PageHeader
from cs_workbench.ui.widgets.label import Label
from cs_workbench.ui.widgets.skeleton import Skeleton
from cs_workbench.ui.widgets.split import DetailSplit

_PANE = 456


class RenewalsPage(Page):
    """Rows by notice deadline with the CSM's call, and what each of the eight steps makes."""

    id = "renewals"
    cares_about = frozenset(
        ("account", "contract", "contract_event", "currency_rate", "health_call", "interaction", "list_item", "survey",
         "pack_record", "person", "person_role", "renewal_attendee", "renewal_call", "renewal_plan", "renewal_step",
         "setting", "snapshot", "task", "ticket"))  # fmt: skip

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.found: Renewals | None = None
        self.within = HORIZONS[1]
        self._wanted: object = None
        self.acts = RenewalActs(desk, self)
        self.header = PageHeader()
        self.horizon = Button(icon="calendar", kind="quiet")
        self.copy_button = Button(icon="copy", kind="quiet")
        self.lead = Label("", "title", wrap=True)
        self.definition = Label("", "small", "text.secondary", wrap=True)
        self.strip = ForecastStrip()
        self.remarks = Label("", "small", "text.secondary", wrap=True)
        self.head = ListHead()
        self.model = RenewalsModel(self)
        self.list = RenewalList(self.model)
        self.head.stand_over(self.list.viewport())
        self.skeleton = Skeleton(40, self.list)
        self.pane = RunwayPane()
        self.column = QWidget()
        self.empty = _nothing_here(desk)
        self._lay_out()
        self._connect()
        self.retranslate()

    def _lay_out(self) -> None:
        theme = themes.current()
        self.header.act(self.horizon, self.copy_button)
        summary = QVBoxLayout()
        summary.setContentsMargins(theme.px(24), theme.px(16), theme.px(24), theme.px(16))
        summary.setSpacing(theme.px(4))
        for part in (self.lead, self.definition, self.strip, self.remarks):
            summary.addWidget(part)
        inner = QVBoxLayout(self.column)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(0)
        inner.addWidget(self.header)
        inner.addLayout(summary)
        inner.addWidget(self.head)
        inner.addWidget(self.list, 1)
        self.column.setFocusProxy(self.list)
        self.split = DetailSplit(
            self.column, self.pane, _PANE
        )  # once the column is filled: Tab comes there first
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self.split)
        self._stack.addWidget(self.empty)

    def _connect(self) -> None:
        self.list.moved.connect(self._show_chosen)
        self.list.opened.connect(self.open_row)
        self.list.called.connect(self.ask_call)
        self.list.detailed.connect(self.split.open_pane)
        self.list.customContextMenuRequested.connect(
            lambda at: menus.show_verbs(self.list.viewport(), at, self.verbs())
        )
        self.horizon.clicked.connect(self._choose_horizon)
        self.copy_button.clicked.connect(self.copy)
        self.pane.packed.connect(self.prepare_pack)
        self.pane.called.connect(self.ask_call)
        for line in self.pane.lines.values():
            line.marked.connect(self.mark)
            line.moved.connect(self.ask_move)
            line.opened.connect(self.open_step)

    def open(self, **arguments: object) -> None:
        """``account_id`` chooses that account's first renewal, ``within`` the days shown (90, 180, 365)."""
        self._wanted = arguments.get("account_id")
        if isinstance(within := arguments.get("within"), int):
            self.show_within(within)

    def standing(self) -> dict[str, object]:
        """The days shown, and whose renewal is chosen."""
        chosen = self.chosen()
        return {"within": self.within, "account_id": None if chosen is None else chosen.account_id}

    def refresh(self) -> None:
        """Read the renewals in the background."""
        reads, today, within = self.desk.workbench.reads, self.desk.today(), self.within
        if self.found is None:
            self.skeleton.setGeometry(self.list.rect())
            self.skeleton.begin()
        self.desk.tasks.run(
            lambda: renewals.load(reads, today, within), done=self._fill, failed=self._on_failed, latest=self
        )

    def retranslate(self) -> None:
        """Titles, buttons, and every line again."""
        self.header.title.setText(_("Renewals"))
        self.header.fact.setText(_("by notice deadline"))
        self.copy_button.setText(_("Copy as table"))
        self.list.setAccessibleName(_("Renewals by notice deadline"))
        self.empty.say(_("Renewals appear here once contracts have an end date."), _("Go to Accounts"))
        self.horizon.setText(_("Next {n} days").format(n=self.within))
        self.pane.retranslate()
        if self.found is not None:
            self._fill(self.found)

    def verbs(self) -> Verbs:
        """What can be done with the chosen row."""
        if self._stack.currentWidget() is self.empty:
            return {}
        found: dict[str, Callable[[], object]] = {
            "next_row": lambda: self.list.step(1),
            "previous_row": lambda: self.list.step(-1),
            "details": self.split.toggle,
            "filter": self._choose_horizon,
            "copy_rows": self.copy,
        }
        if self.list.chosen() is not None:
            found["open_row"] = self.open_row
            found["log_contact"] = lambda: self._ask_window("log_contact")
        row = self.chosen()
        if row is not None:
            found |= {
                "call": self.ask_call,
                "edit": self.ask_call,
                "prepare_pack": self.prepare_pack,
                "done": self.mark_current,
            }
        return found

    def first_focus(self) -> QWidget | None:
        """The list or the button."""
        return self.empty.button if self._stack.currentWidget() is self.empty else self.list

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """A new day moves every date."""
        if self.found is not None and self.found.today != self.desk.today():
            self.stale = True
        super().showEvent(event)

    def chosen(self) -> RenewalRow | None:
        """The renewal chosen, if one is."""
        entry = self.list.chosen()
        return entry.row if isinstance(entry, Line) else None

    def show_within(self, days: int) -> None:
        """List renewals whose deadline lies within *days*."""
        self.within = days
        self.horizon.setText(_("Next {n} days").format(n=self.within))
        if self.found is not None:
            self.refresh()

    def open_row(self) -> None:
        """Go to the account: its contracts, where those are what is missing."""
        entry = self.list.chosen()
        if isinstance(entry, Missing):
            self.desk.open_account(entry.account_id, "contracts")
        elif isinstance(entry, Line):
            self.desk.open_account(entry.row.account_id)

    def ask_call(self) -> None:
        """Open the question under the call of the chosen row."""
        row = self.chosen()
        if row is not None:
            self.acts.ask_call(row, self.list.call_corner())

    def mark(self, number: int) -> None:
        """Mark a step done, or not done where it was."""
        row = self.chosen()
        if row is not None:
            self.acts.mark(row, number, done=row.way.steps[number - 1].state != "done")

    def mark_current(self) -> None:
        """Mark the first step not done as done."""
        row = self.chosen()
        if row is not None and row.way.current is not None:
            self.acts.mark(row, row.way.current.number, done=True)

    def ask_move(self, number: int) -> None:
        """Ask for another day under the step's own."""
        row = self.chosen()
        if row is not None:
            button = self.pane.lines[number].day
            self.acts.ask_move(row, number, button.mapToGlobal(QPoint(button.width(), button.height())))

    def open_step(self, number: int) -> None:
        """What a step makes: a sheet, the value ledger for the ROI, the pack dialog for data and story."""
        row = self.chosen()
        if row is None:
            return
        if number == 4:
            self.desk.go("value", account_id=row.account_id)
        elif number in (3, 8):
            self.prepare_pack()
        else:
            self.acts.open_paper(row, number)

    def prepare_pack(self) -> None:
        """Open the pack dialog for the chosen account."""
        self._ask_window("prepare_pack")

    def printable(self) -> Printable | None:
        """The rows as they are listed."""
        return paper.printable(self.found, self.desk)

    def copy(self) -> None:
        """All rows shown as tab-separated text on the clipboard."""
        if self.found is not None:
            paper.copy(self.found, self.desk)

    def _fill(self, found: Renewals) -> None:
        self.skeleton.end()
        before, place = key_of(self.list.chosen()), self.list.currentIndex().row()
        self.found = found
        self.lead.setText(words.headline(found))
        self.definition.setText(words.definition(found))
        self.strip.show_forecast(found.forecast, found.currency)
        self.remarks.setText(words.remarks(found))
        self.remarks.setVisible(bool(self.remarks.text()))
        self.model.fill(found)
        wanted = columns(entry for entry in self.model.entries if isinstance(entry, Line))
        self.head.take(wanted)
        self.list.take(wanted)
        self._stack.setCurrentWidget(self.split if self.model.entries else self.empty)
        kept = self.model.place_of(before)
        if before is None and self._wanted is not None:
            kept, self._wanted = self.model.place_of_account(self._wanted), None
        self.list.choose(kept if kept >= 0 else self.model.nearest(max(place, 0)))
        self._show_chosen()
        self.desk.count(self.id, found.near or None)

    def _show_chosen(self) -> None:
        if self.found is None:
            return
        row, reads, today = self.chosen(), self.desk.workbench.reads, self.found.today
        self.pane.show_row(row, today)
        if row is not None:
            read = partial(renewal_detail.load, reads, row, today)
            self.desk.tasks.run(read, done=self.pane.show_detail, latest=self.pane)

    def _on_failed(self, error: BaseException) -> None:
        self.skeleton.end()
        self.desk.tasks.failed.emit(error)

    def _ask_window(self, verb: str) -> None:
        menus.ask_window(self, verb, account_of(self.list.chosen()))

    def _choose_horizon(self) -> None:
        menus.choose_horizon(self.horizon, self.within, self.show_within)


def _nothing_here(desk: Desk) -> EmptyState:
    """What stands where nothing renews: the way to the accounts."""
    go = partial(desk.act, "go_accounts")
    return EmptyState("calendar-clock", "", "x", go, act_icon="building-2")

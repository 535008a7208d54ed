"""The account page: header, tabs, and the one reading that fills header and Overview."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from cs_workbench.errors import NotFound
from cs_workbench.i18n import _, mark
from cs_workbench.services import account_page, accounts, trash
from cs_workbench.services.account_page import Overview
from cs_workbench.services.printing import Printable
from cs_workbench.services.workbench import Workbench
from cs_workbench.ui.desk import Desk
from cs_workbench.ui.dialogs.playbook import ask_playbook
from cs_workbench.ui.page import Page, Verbs
from cs_workbench.ui.pages.account.header import AccountHeader
from cs_workbench.ui.pages.account.tab import Tab
from cs_workbench.ui.pages.account.tab_bar import AccountTabs
from cs_workbench.ui.widgets.empty import EmptyState
from cs_workbench.ui.widgets.tabs import TabEntry

_HERE = "cs_workbench.ui.pages.account"
TABS: dict[str, tuple[str, str, str]] = {
    "overview": (mark("Overview"), "heart-pulse", f"{_HERE}.overview:OverviewTab"),
    "use": (mark("Use"), "activity", f"{_HERE}.use:UseTab"),
    "people": (mark("People"), "users", f"{_HERE}.people:PeopleTab"),
    "timeline": (mark("Timeline"), "history", f"{_HERE}.timeline:TimelineTab"),
    "plan": (mark("Success plan"), "target", f"{_HERE}.plan:PlanTab"),
    "contracts": (mark("Contracts"), "file-text", f"{_HERE}.contracts:ContractsTab"),
    "tasks": (mark("Tasks"), "square-check", f"{_HERE}.tasks:TasksTab"),
    "documents": (mark("Documents"), "files", f"{_HERE}.documents:DocumentsTab"),
}
"""key → (word, icon, where it is made). A tab's module is imported when it is first shown."""


class AccountPage(Page):
    """One account. ``open(account_id=…, tab=…)`` says which, and where to begin."""

    id = "account"
    cares_about = frozenset(
        ("account", "account_custom", "account_tag", "contract", "contract_event", "custom_field",
         "health_call", "interaction", "interaction_person", "interaction_tag", "list_item",
         "metric", "objective", "objective_reading", "onboarding", "onboarding_item", "pack_record",
         "person", "person_role", "plan_item", "plan_risk", "plan_version", "reading", "segment",
         "setting", "success_plan", "survey", "task", "ticket")
    )  # fmt: skip

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.account_id = 0
        self.overview: Overview | None = None
        self.header = AccountHeader()
        self.bar = AccountTabs(
            tuple(TabEntry(key, _(text), icon) for key, (text, icon, _where) in TABS.items()), name=""
        )
        self.tabs: dict[str, Tab] = {}
        self.missing = EmptyState(
            "building-2", "", " ", lambda: desk.act("go_accounts"), act_icon="building-2"
        )
        self.blank = QWidget()
        holder = QWidget()
        self.stack = QStackedLayout(holder)
        self.stack.addWidget(self.blank)
        self.stack.addWidget(self.missing)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(self.bar)
        column.addWidget(holder, 1)
        self._connect()
        self.header.clear()
        self.retranslate()

    def _connect(self) -> None:
        self.header.asked.connect(self._on_asked)
        self.header.renamed.connect(self._on_renamed)
        self.header.set_field.connect(self._on_field)
        self.bar.chosen.connect(self.show_tab)

    @property
    def tab(self) -> Tab:
        """The tab shown."""
        return self._made(self.bar.current)

    def open(self, **arguments: object) -> None:
        """Show that account on that tab, on the record ``entry``; an unknown tab is the Overview."""
        account_id = int(str(arguments.get("account_id") or self.account_id or 0))
        if account_id != self.account_id:
            self.account_id = account_id
            self.overview = None
            self.header.clear()
            self.stack.setCurrentWidget(self.blank)
            for tab in self.tabs.values():
                tab.switch(account_id)
        key = str(arguments.get("tab") or self.bar.current)
        self.bar.set_current(key if key in TABS else "overview")
        if arguments.get("entry") is not None:
            self.tab.seek(arguments["entry"])
        self.stale = True
        if self.isVisible():
            self.look_again()

    def standing(self) -> dict[str, object]:
        """The account and the tab shown."""
        return {"account_id": self.account_id, "tab": self.bar.current}

    def refresh(self) -> None:
        """Read head and Overview in the background, and the tab shown if it is another."""
        reads, account_id, today = self.desk.workbench.reads, self.account_id, self.desk.today()
        for tab in self.tabs.values():
            tab.stale = True
        self.desk.tasks.run(
            lambda: account_page.load(reads, account_id, today),
            done=self._on_loaded, failed=self._on_failed, latest=(id(self), "head"),
        )  # fmt: skip
        if self.overview is not None:
            self.tab.load()

    def retranslate(self) -> None:
        """Header, tab words, tabs."""
        self.header.retranslate()
        self.bar.setAccessibleName(_("Tabs of the account"))
        self.bar.name_tabs({key: _(text) for key, (text, _icon, _where) in TABS.items()})
        self.missing.say(_("The account is not there any more."), _("Look at the accounts"))
        for tab in self.tabs.values():
            tab.retranslate()

    def verbs(self) -> Verbs:
        """The account's verbs and those of the tab shown."""
        if self.overview is None:
            return {}
        found: dict[str, Callable[[], object]] = {
            "log_contact": lambda: self.ask_window("log_contact", "timeline"),
            "prepare_pack": lambda: self.ask_window("prepare_pack", "documents"),
            "call": self.ask_call,
            "start_onboarding": lambda: self.ask_window("start_onboarding", "overview"),
            "start_playbook": lambda: ask_playbook(self, self.account_id, self.header.more),
        }
        return found | dict(self.tab.verbs())

    def printable(self) -> Printable | None:
        """What the tab shown gives to paper."""
        return self.tab.printable() if self.overview is not None else None

    def ask_call(self) -> None:
        """C: the CSM's call stands on the overview."""
        self.show_tab("overview")
        edit = getattr(self.tab, "edit_call", None)
        if edit is not None:
            edit()

    def first_focus(self) -> QWidget | None:
        """The tab's own; the page itself until it is filled."""
        return self.tab.first_focus() if self.overview is not None else None

    def leave(self) -> bool:
        """Let every tab keep what is being typed."""
        for tab in self.tabs.values():
            tab.leave()
        return True

    def show_tab(self, key: str) -> None:
        """Show a tab; it reads when something moved since it was last shown."""
        self.bar.set_current(key)
        if self.overview is None:
            return
        tab = self.tab
        self.stack.setCurrentWidget(tab)
        elsewhere = self.focusWidget()
        if self.hasFocus() or elsewhere is None or not self.bar.isAncestorOf(elsewhere):
            (tab if tab.stale else tab.first_focus()).setFocus()
        if tab.stale:
            tab.load()

    def ask_window(self, verb: str, tab: str) -> None:
        """The window's dialog about this account; its tab where there is no such dialog."""
        opener: Callable[..., bool] | None = getattr(self.window(), "open_dialog", None)
        if opener is None or not opener(verb, account_id=self.account_id):
            self.show_tab(tab)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Ctrl Tab goes round the tabs."""
        if (
            event.key() in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab)
            and event.modifiers() & Qt.KeyboardModifier.ControlModifier
        ):
            keys = list(TABS)
            step = -1 if event.key() == Qt.Key.Key_Backtab else 1
            self.show_tab(keys[(keys.index(self.bar.current) + step) % len(keys)])
            return
        super().keyPressEvent(event)

    def _made(self, key: str) -> Tab:
        tab = self.tabs.get(key)
        if tab is None:
            module, name = TABS[key][2].split(":")
            tab = getattr(import_module(module), name)(self.desk)
            assert isinstance(tab, Tab)
            tab.switch(self.account_id)
            tab.retranslate()
            if self.overview is not None:
                tab.about(self.overview)
            tab.went.connect(self.show_tab)
            tab.counted.connect(lambda key, count: self.bar.number({key: count}))
            self.tabs[key] = tab
            self.stack.addWidget(tab)
        return tab

    def _on_loaded(self, overview: Overview) -> None:
        if overview.head.id != self.account_id:
            return
        first = self.overview is None
        self.overview = overview
        self.header.show_account(overview)
        head = overview.head
        numbers = {"people": head.people, "timeline": head.records, "plan": head.objectives,
                   "contracts": head.contracts, "tasks": head.open_tasks, "documents": head.documents}  # fmt: skip
        self.bar.number(numbers)
        for tab in self.tabs.values():
            tab.about(overview)
        if first or self.stack.currentWidget() is not self.tab:
            self.show_tab(self.bar.current)
        self._keep(overview)

    def _keep(self, overview: Overview) -> None:
        """Keep the score where lists read it, and that the account was looked at; neither is an edit."""
        workbench, now, today = self.desk.workbench, self.desk.now(), self.desk.today()

        def work() -> None:
            account_page.mark_seen(workbench, overview.head.id, today=today, now=now)
            if not overview.head.archived:
                account_page.keep_score(workbench, overview.score, now=now)

        self.desk.tasks.write(work, reading=True)

    def _on_failed(self, error: BaseException) -> None:
        if isinstance(error, NotFound):
            self.overview = None
            self.header.clear()
            self.missing.say(error.message, _("Look at the accounts"))
            self.stack.setCurrentWidget(self.missing)
            return
        self.desk.tasks.failed.emit(error)

    def _on_asked(self, verb: str) -> None:
        now, account_id = self.desk.now(), self.account_id
        if verb == "back":
            self.desk.act("back")
        elif verb in {"log_contact", "prepare_pack", "start_playbook"}:
            self.verbs()[verb]()
        elif verb == "archive":
            self._write(lambda wb: accounts.archive(wb, account_id, now=now), _("Account archived"))
        elif verb == "unarchive":
            self._write(lambda wb: accounts.unarchive(wb, account_id, now=now), _("Account brought back"))
        elif verb == "delete":
            self._write(lambda wb: trash.delete(wb, "account", account_id, now=now), _("Account deleted"))
            self.desk.go("accounts")

    def _on_renamed(self, name: str) -> None:
        now, account_id = self.desk.now(), self.account_id
        self._write(lambda wb: accounts.rename(wb, account_id, name, now=now), _("Account renamed"))

    def _on_field(self, field: str, key: str) -> None:
        now, account_id = self.desk.now(), self.account_id
        setter = accounts.set_stage if field == "stage" else accounts.set_tier
        told = _("Stage changed") if field == "stage" else _("Tier changed")
        self._write(lambda wb: setter(wb, account_id, key, now=now), told)

    def _write(self, work: Callable[[Workbench], object], told: str) -> None:
        workbench = self.desk.workbench
        name = self.overview.head.name if self.overview else ""
        self.desk.tasks.write(
            lambda: work(workbench), done=lambda _nothing: self.desk.tell(told, name, undo=True)
        )

"""The Today page: one sentence, the lines that need somebody, why the chosen one stands where it does."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from cs_workbench.i18n import _
from cs_workbench.services import signal_words, today
from cs_workbench.services.printing import Printable
from cs_workbench.services.today import Board, Item
from cs_workbench.ui.desk import Desk
from cs_workbench.ui.dialogs.playbook import ask_playbook
from cs_workbench.ui.page import Page, Verbs
from cs_workbench.ui.pages.today import headline, menus, paper
from cs_workbench.ui.pages.today.acts import LineActs
from cs_workbench.ui.pages.today.model import GROUPINGS, Grouping, TodayModel
from cs_workbench.ui.pages.today.pane import WhyPane
from cs_workbench.ui.pages.today.rest import Rest
from cs_workbench.ui.pages.today.rows import SignalList
from cs_workbench.ui.widgets.button import Button
from cs_workbench.ui.widgets.header import PageHeader
from cs_workbench.ui.widgets.skeleton import Skeleton
from cs_workbench.ui.widgets.split import DetailSplit

_MANY = 10
"""More new lines than what was there and so many again make another list of it."""


class TodayPage(Page):
    """Lines by due date, why the chosen one comes first, and its one button."""

    id = "today"
    cares_about = frozenset(
        ("account", "contract", "currency_rate", "health_call", "interaction", "interaction_person", "list_item",
         "metric", "person", "person_role", "reading", "setting", "snapshot", "survey", "task", "ticket")
    )  # fmt: skip

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.board: Board | None = None
        self._picked: str = ""  # the reason looked at, where it is not the one that leads its line
        self._all = False  # the person asked to see what is not due yet
        self.acts = LineActs(desk, self)
        self.header = PageHeader()
        self.grouping = Button(icon="layers", kind="quiet")
        self.snoozed = Button(icon="alarm-clock", kind="quiet")
        self.headline = headline.Headline()
        self.model = TodayModel(self)
        self.list = SignalList(self.model)
        self.skeleton = Skeleton(64, self.list)
        self.pane = WhyPane()
        self.column = QWidget()
        self.split = DetailSplit(self.column, self.pane)
        self.rest = Rest()
        self._lay_out()
        self._connect()
        self.retranslate()

    def _lay_out(self) -> None:
        self.header.act(self.grouping, self.snoozed)
        self.snoozed.hide()
        inner = QVBoxLayout(self.column)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(0)
        inner.addWidget(self.header)
        inner.addWidget(self.headline)
        inner.addWidget(self.list, 1)
        self.column.setFocusProxy(self.list)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self.split)
        self._stack.addWidget(self.rest)

    def _connect(self) -> None:
        self.list.moved.connect(self._on_moved)
        self.pane.picked.connect(self._pick)
        self.list.opened.connect(self.split.open_pane)
        self.list.customContextMenuRequested.connect(self._open_menu)
        for acted in (self.list.acted, self.pane.acted):
            acted.connect(self.act)
        self.pane.asked.connect(lambda verb: self.verbs()[verb]())
        self.pane.followed.connect(self.desk.open_account)
        self.pane.rate_wanted.connect(lambda: self.desk.go("settings", section="rates"))
        self.rest.asked.connect(self.desk.act)
        self.rest.wanted.connect(self.show_rest)
        self.grouping.clicked.connect(
            lambda: menus.choose_grouping(self.grouping, self.model.grouping, self.group_by)
        )
        self.snoozed.clicked.connect(self._show_snoozed)

    def refresh(self) -> None:
        """Read the board in the background."""
        now, reads = self.desk.now().astimezone(), self.desk.workbench.reads
        if self.board is None:
            self.skeleton.setGeometry(self.list.rect())
            self.skeleton.begin()
        ahead = self.desk.taken_ahead(self.id)
        work = ahead.result if ahead is not None else lambda: today.board(reads, now)
        self.desk.tasks.run(work, done=self._fill, failed=self._on_failed, latest=self)

    def retranslate(self) -> None:
        """Titles, buttons, and every line again."""
        self.header.title.setText(_("Today"))
        self.list.setAccessibleName(_("What needs you"))
        self._name_grouping()
        self.pane.retranslate()
        self.rest.retranslate()
        if self.board is not None:
            self._fill(self.board)

    def verbs(self) -> Verbs:
        """What can be done with the chosen line."""
        found: dict[str, Callable[[], object]] = {}
        item = self.chosen()
        if self._shows_lines():
            found |= {
                "next_row": lambda: self.list.step(1),
                "previous_row": lambda: self.list.step(-1),
                "details": self.split.toggle,
            }
        if item is not None:
            found |= {
                "done": lambda: self.acts.done(item),
                "snooze": lambda: self.acts.ask_snooze(item, self._anchor(self.pane.snooze)),
                "hand_over": lambda: self.acts.ask_hand_over(item, self._anchor(self.pane.hand_over)),
                "open_row": self.open_account,
                "log_contact": self.log_contact,
                "prepare_pack": self.prepare_pack,
                "start_playbook": self.start_playbook,
            }
        return found

    def first_focus(self) -> QWidget | None:
        """The list, or the one button of what stands in its place."""
        return self.list if self._shows_lines() else self.rest

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """A new day is another board."""
        if self.board is not None and self.board.today != self.desk.today():
            self.stale, self._all = True, False
        super().showEvent(event)

    def chosen(self) -> Item | None:
        """The line chosen, while lines are shown; the one of its reasons that is looked at."""
        row = self.list.chosen() if self._shows_lines() else None
        if row is None:
            return None
        return next((one for one in row.item.more if one.signal.key == self._picked), row.item)

    def printable(self) -> Printable | None:
        """The lines shown, under their headings."""
        return paper.printable(self.model, self.desk) if self._shows_lines() else None

    def act(self) -> None:
        """The one button of the chosen line."""
        item = self.chosen()
        if item is not None:
            ways: dict[str, Callable[[], None]] = {
                "log_contact": self.log_contact,
                "open_account": self.open_account,
                "prepare_pack": self.prepare_pack,
                "mark_done": lambda: self.acts.done(item),
                "fill_in": lambda: self.open_account("contracts"),
                "open_value": lambda: self.desk.go("value", account_id=item.signal.account_id),
                "open_loop": lambda: self.desk.go("voice", tab="loops", account_id=item.signal.account_id),
            }
            ways[item.signal.verb]()

    def log_contact(self) -> None:
        """Open the quick log for the chosen account."""
        self._ask_window("log_contact", "timeline")

    def prepare_pack(self) -> None:
        """Open the pack dialog for the chosen account."""
        self._ask_window("prepare_pack", "documents")

    def start_playbook(self) -> None:
        """Ask which playbook to start for the chosen account; its signal says which fits."""
        item = self.chosen()
        if item is not None:
            place = self._anchor(self.pane.snooze)
            ask_playbook(self, item.signal.account_id, place, first=item.signal.rule)

    def open_account(self, tab: str = "") -> None:
        """Go to the chosen account, where the first evidence stands."""
        item = self.chosen()
        if item is not None:
            first = item.signal.evidence[0].tab if item.signal.evidence else "overview"
            self.desk.open_account(item.signal.account_id, tab or first)

    def show_rest(self) -> None:
        """Leave the state of all done and show what is not due yet."""
        self._all = True
        if self.board is not None:
            self._fill(self.board)
            self.list.setFocus()

    def group_by(self, grouping: Grouping) -> None:
        """Other headings over the same lines."""
        before = self.list.chosen()
        self.model.group_by(grouping)
        self._name_grouping()
        row = -1 if before is None else self.model.row_of(self._picked or before.item.signal.key)
        self.list.choose(self.model.nearest(max(row, 0)))

    def _fill(self, board: Board) -> None:
        self.skeleton.end()
        before, place = self.list.chosen(), self.list.currentIndex().row()
        if before is not None and before.item.number == 1 and _is_another_list(self.board, board):
            before, place = None, 0  # its list is no more: on with the first of the new one
        self.board = board
        self.header.fact.setText(headline.day(board.today))
        self.headline.show_board(board)
        self.snoozed.setText(_("Snoozed {n}").format(n=len(board.snoozed)))
        self.snoozed.setVisible(bool(board.snoozed))
        back = self.acts.fill(self.model, board)
        self.rest.show_board(board)
        self._switch(self.rest if self._rests(board) else self.split)
        kept = back if back >= 0 or before is None else self.model.row_of(before.item.signal.key)
        self.list.choose(kept if kept >= 0 else self.model.nearest(max(place, 0)))
        self._show_chosen()
        self.desk.count(self.id, board.pressing or None)

    def _switch(self, view: QWidget) -> None:
        """The focus goes along where it was inside what is left; a page read behind another one takes none."""
        before, focus = self._stack.currentWidget(), self.focusWidget() if self.isVisible() else None
        self._stack.setCurrentWidget(view)
        if before is not view and focus is not None and before is not None and before.isAncestorOf(focus):
            (self.first_focus() or self).setFocus()

    def _rests(self, board: Board) -> bool:
        all_done = bool(board.figures.done) and not board.of("now") and not self._all
        return all_done or not board.items

    def _shows_lines(self) -> bool:
        return self._stack.currentWidget() is self.split

    def _on_failed(self, error: BaseException) -> None:
        self.skeleton.end()
        self.desk.tasks.failed.emit(error)

    def _show_chosen(self) -> None:
        if self.board is not None:
            row = self.list.chosen() if self._shows_lines() else None
            self.pane.show_item(self.chosen(), self.board, None if row is None else row.item)

    def _on_moved(self) -> None:
        self._picked = ""
        self._show_chosen()

    def _pick(self, item: Item) -> None:
        self._picked = item.signal.key  # another reason of the same line: every verb is about it then
        self._show_chosen()
        self.pane.do.setFocus()

    def _anchor(self, button: QWidget) -> QWidget:
        return button if button.isVisible() else self.grouping

    def _ask_window(self, verb: str, tab: str) -> None:
        """The window's dialog about the chosen account; its page where there is no such dialog."""
        item = self.chosen()
        opener: Callable[..., bool] | None = getattr(self.window(), "open_dialog", None)
        if item is None or (opener is not None and opener(verb, account_id=item.signal.account_id)):
            return
        self.desk.open_account(item.signal.account_id, tab)

    def _name_grouping(self) -> None:
        self.grouping.setText(_(GROUPINGS[self.model.grouping]))

    def _show_snoozed(self) -> None:
        if self.board is not None:
            menus.show_snoozed(self.snoozed, self.board.snoozed, self.acts.wake)

    def _open_menu(self, at: QPoint) -> None:
        row = self.list.chosen()
        if row is None:
            return
        verb = signal_words.verb((self.chosen() or row.item).signal)
        menus.show_verbs(self.list.viewport(), at, verb, self.act, self.verbs())


def _is_another_list(before: Board | None, now: Board) -> bool:
    """Whether so much came at once, as by the import of a list, that nobody has their place in it any more."""
    return before is not None and len(now.items) > 2 * len(before.items) + _MANY

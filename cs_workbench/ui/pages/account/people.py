"""People: who decides, who uses, who left; as a list, on the map of influence and mood, on reporting lines."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, ClassVar

from PySide6.QtCore import QModelIndex, QPoint
from PySide6.QtWidgets import QMenu, QStackedLayout, QVBoxLayout, QWidget

from cs_workbench.i18n import _, mark
from cs_workbench.services import account_edits, accounts, stakeholders
from cs_workbench.services.printing import Printable
from cs_workbench.services.stakeholders import StakeholderMap, StakeholderRow
from cs_workbench.services.workbench import Workbench
from cs_workbench.ui.desk import Desk
from cs_workbench.ui.models.fact_model import ROW
from cs_workbench.ui.pages.account import people_columns
from cs_workbench.ui.pages.account.people_acts import PeopleActs
from cs_workbench.ui.pages.account.people_menus import PeopleMenus
from cs_workbench.ui.pages.account.people_pane import PersonPane
from cs_workbench.ui.pages.account.people_strip import PeopleStrip
from cs_workbench.ui.pages.account.tab import Verbs, scrolled
from cs_workbench.ui.pages.account.table_tab import TableTab
from cs_workbench.ui.widgets.influence import InfluenceDelegate
from cs_workbench.ui.widgets.people_map import PeopleMap
from cs_workbench.ui.widgets.reporting_tree import ReportingTree
from cs_workbench.ui.widgets.segmented import Segmented
from cs_workbench.ui.widgets.split import DetailSplit
from cs_workbench.ui.widgets.tab_order import lay_tab_order

VIEWS = {"list": mark("List"), "map": mark("Influence × mood"), "tree": mark("Reporting lines")}


@dataclass(frozen=True, slots=True)
class Read:
    """What the tab reads: the map, and the names of accounts somebody may move to."""

    shown: StakeholderMap
    accounts: tuple[str, ...]


class PeopleTab(TableTab):
    """Coverage and gaps above; list, map or tree; the person chosen in the pane."""

    key: ClassVar[str] = "people"
    entity = "person"
    names: ClassVar[str] = "name"
    added: ClassVar[str] = mark("Person added")

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        self.shown: StakeholderMap | None = None
        self.chosen = 0
        self._names: tuple[str, ...] = ()
        super().__init__(desk, people_columns.columns(lambda: self.shown, desk.today), "users", parent)
        self._influence = InfluenceDelegate(self.table)
        self.table.setItemDelegate(self._influence)
        self.acts, self.menus = PeopleActs(self), PeopleMenus(self)
        self.views = Segmented([(key, _(words)) for key, words in VIEWS.items()], name=_("View"))
        self.strip, self.pane = PeopleStrip(), PersonPane(desk)
        self.map, self.tree = PeopleMap(), ReportingTree()
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self.bar.row.insertWidget(1, self.views)
        lay_tab_order(self.bar)
        self.stack.removeWidget(self.table)
        holder = QWidget()
        self.shelf = QStackedLayout(holder)
        self.pages = {"list": self.table, "map": scrolled(self.map), "tree": scrolled(self.tree)}
        for page in self.pages.values():
            self.shelf.addWidget(page)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.strip)
        column.addWidget(holder, 1)
        content.setFocusProxy(holder)
        self.face = self.split = DetailSplit(content, self.pane)
        self.blank = QWidget()  # until it is read: nobody is not the same as not yet
        self.stack.insertWidget(0, self.split)
        self.stack.addWidget(self.blank)
        self.stack.setCurrentWidget(self.blank)
        self.bar.hide()

    def _connect(self) -> None:
        self.views.chosen.connect(self.show_view)
        self.table.selectionModel().currentRowChanged.connect(self._on_row)
        for board in (self.map, self.tree):
            board.chosen.connect(self.choose)
            board.customContextMenuRequested.connect(lambda at, board=board: self.menus.board(board, at))
        self.map.placed.connect(self.acts.place)
        self.map.opened.connect(self.open_person)
        self.tree.hung.connect(self.acts.hang)
        self.tree.opened.connect(self.ask_boss)
        self.strip.wanted.connect(self.acts.task)
        self.strip.merged.connect(self.acts.merge)
        self.strip.parted.connect(self.acts.part)
        self.strip.chosen.connect(self.choose)
        self.strip.required.connect(self.menus.required)
        self.pane.edited.connect(self.acts.field)
        self.pane.entered.connect(self.acts.entered)
        self.pane.asked.connect(self._on_asked)
        self.pane.went.connect(lambda account: self.desk.open_account(account, "people"))

    @property
    def view(self) -> str:
        """list, map or tree."""
        return self.views.taken

    def read(self, workbench: Workbench, account_id: int, today: dt.date) -> Read:
        """The account's people, and where somebody could go."""
        names = accounts.names(workbench.reads)
        others = tuple(sorted(name for number, name in names.items() if number != account_id))
        return Read(stakeholders.stakeholder_map(workbench.reads, account_id, today), others)

    def fill(self, data: Any) -> None:
        """Show them; who was chosen stays chosen."""
        self.shown, self._names = data.shown, data.accounts
        self.pane.accounts = data.accounts
        shown = data.shown
        if shown.person(self.chosen) is None and not self.new.stands:
            self.chosen = shown.people[0].id if shown.people else 0
        self.counted.emit(self.key, len(shown.people))
        self.fact.setText(people_columns.told(shown, self.desk.today()))
        marks = people_columns.marks(shown)
        self.map.show_people(marks)
        self.tree.show_people(marks, shown.hierarchy, [one.id for one in shown.loose])
        self.strip.show_map(shown)
        self.show_rows(shown.people)
        self.choose(self.chosen)

    def forget(self) -> None:
        """Nobody of the account before."""
        self.shown, self.chosen = None, 0
        self.stack.setCurrentWidget(self.blank)
        self.bar.hide()
        super().forget()

    def refill(self) -> None:
        """Show again what was read last."""
        if self.shown is not None:
            self.fill(Read(self.shown, self._names))

    def retranslate(self) -> None:
        """Fixed texts and the rows again."""
        self.table.setAccessibleName(_("People"))
        self.map.setAccessibleName(_("Influence × mood"))
        self.tree.setAccessibleName(_("Reporting lines"))
        self.views.setAccessibleName(_("View"))
        self.views.retitle({key: _(words) for key, words in VIEWS.items()})
        self.add.setText(_("Add person"))
        self.empty.say(_("Nobody is known at this account yet."), _("Add person"))
        self.pane.retranslate()
        self.refill()

    def verbs(self) -> Verbs:
        """Keys of the table, on all three views."""
        found = dict(super().verbs())
        board = self._board()
        if board is not None:
            found |= {
                "next_row": partial(board.step, 1), "previous_row": partial(board.step, -1),
                "edit": partial(self.open_person, self.chosen),
            }  # fmt: skip
            person = self.person
            found.pop("delete", None)
            if person is not None:
                found["delete"] = partial(self.delete, person)
        return found | {"details": self.split.toggle}

    def first_focus(self) -> QWidget:
        """The view shown, or the one button in its place."""
        if self.shown is None:
            return self
        return (self._board() or self.table) if self.model.rows else self.empty.button

    def printable(self) -> Printable | None:
        """The list, or the reporting lines as an indented one."""
        if self.shown is None:
            return None
        return people_columns.printable(self.shown, self.view, self.fact.text(), self.desk)

    def show_view(self, key: str) -> None:
        """List, map or tree."""
        self.views.set_taken(key)
        self.shelf.setCurrentWidget(self.pages[key])
        self._bring_into_view()

    def choose(self, person: int) -> None:
        """Somebody, on every view and in the pane, with what breaks when they leave."""
        self.chosen = person
        row = self._row(person)
        if row >= 0 and self.table.currentIndex().row() != row:
            self.table.setCurrentIndex(self.model.index(row, max(self.table.currentIndex().column(), 0)))
        self.map.choose(person)
        self.tree.choose(person)
        self._bring_into_view()
        if self.shown is None:
            return
        self.pane.show_person(self.shown, person)
        if self.shown.person(person) is not None:
            reads, today = self.desk.workbench.reads, self.desk.today()
            self.desk.tasks.run(
                lambda: stakeholders.departure(reads, person, today), done=self.pane.show_departure,
                failed=_gone, latest=(id(self), "departure"),
            )  # fmt: skip

    def start_new(self) -> None:
        """Somebody new, whose name is typed at once, in the list."""
        self.views.choose("list")
        super().start_new()

    def unnamed(self) -> StakeholderRow:
        """Somebody without a name."""
        return people_columns.unnamed(self.account_id)

    def place_of_new(self, rows: Sequence[StakeholderRow]) -> int:
        """The last of those still there: their influence is not known."""
        return sum(not one.left for one in rows)

    def make(self, workbench: Workbench, account_id: int, row: StakeholderRow, now: dt.datetime) -> int:
        """Somebody of that name."""
        return account_edits.add_person(workbench, account_id, row.name, now=now)

    def made(self, record_id: int) -> None:
        """They are chosen, also on the other views."""
        self.chosen = record_id

    def ask(self, row: Any, key: str) -> None:
        """Which roles, as a menu of ticks."""
        cell = self.table.visualRect(self.table.currentIndex())
        self.menus.roles(row, self.table.viewport().mapToGlobal(cell.bottomLeft()))

    def edit(self, entity: str, record_id: int, field: str, text: str) -> None:
        """One field as it was typed; leaving has its day."""
        if field == "status":
            self.acts.status(record_id, text)
        else:
            super().edit(entity, record_id, field, text)

    def open_menu(self, at: QPoint) -> QMenu:
        """The table's verbs, and those of the pane."""
        menu = super().open_menu(at)
        self.menus.add_verbs(menu)
        return menu

    def _on_asked(self, verb: str, person: int) -> None:
        row = self.shown.person(person) if self.shown is not None else None
        if verb == "back":
            self.acts.status(person, "active")
        elif verb == "roles" and row is not None:
            button = self.pane.buttons["roles"]
            self.menus.roles(row, button.mapToGlobal(button.rect().bottomLeft()))

    def _on_row(self, index: QModelIndex, _before: QModelIndex) -> None:
        row = index.data(ROW)
        if isinstance(row, StakeholderRow) and row.id != self.chosen:
            self.choose(row.id)

    def open_person(self, person: int) -> None:
        """Somebody in the pane, with the keyboard there."""
        self.choose(person)
        self.split.open_pane()

    def ask_boss(self, person: int) -> None:
        """Whom somebody reports to, from a list."""
        self.open_person(person)
        self.pane.ask_boss()

    def _board(self) -> PeopleMap | ReportingTree | None:
        return {"map": self.map, "tree": self.tree}.get(self.view)  # type: ignore[return-value]

    @property
    def person(self) -> StakeholderRow | None:
        """Who is chosen."""
        return self.shown.person(self.chosen) if self.shown is not None else None

    def _row(self, person: int) -> int:
        return next((n for n, one in enumerate(self.model.rows) if one.id == person), -1)

    def _bring_into_view(self) -> None:
        board = self._board()
        if board is not None:
            box = board.spot_of(self.chosen)
            at = box.center().toPoint()
            area: Any = self.pages[self.view]
            area.ensureVisible(at.x(), at.y(), round(box.width() / 2) + 8, round(box.height() / 2) + 8)


def _gone(_error: BaseException) -> None:
    """The person went meanwhile: the next reading shows it."""

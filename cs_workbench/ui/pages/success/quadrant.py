"""Success × satisfaction: where every account stands, how it moved, and what each corner asks for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import partial
from typing import ClassVar

from PySide6.QtCore import QPoint
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QMenu, QStackedLayout, QVBoxLayout, QWidget

from cs_workbench import i18n
from cs_workbench.domain.months import add_months
from cs_workbench.domain.quadrant import Corner
from cs_workbench.i18n import _, ngettext
from cs_workbench.services import playbooks, quadrant_board
from cs_workbench.services.printing import Printable, PrintColumn, source_line
from cs_workbench.services.quadrant_board import Board, StartedMany
from cs_workbench.ui import theme as themes
from cs_workbench.ui import wording
from cs_workbench.ui.desk import Desk
from cs_workbench.ui.models.fact_model import FactModel
from cs_workbench.ui.page import Verbs
from cs_workbench.ui.pages.success import quadrant_words as words
from cs_workbench.ui.pages.success.quadrant_field import QuadrantField
from cs_workbench.ui.pages.success.quadrant_pane import QuadrantPane
from cs_workbench.ui.pages.success.quadrant_playbook import PlaybookForMany
from cs_workbench.ui.pages.success.view import SuccessView
from cs_workbench.ui.widgets.button import Button
from cs_workbench.ui.widgets.empty import EmptyState
from cs_workbench.ui.widgets.fact_table import FactTable
from cs_workbench.ui.widgets.label import Label
from cs_workbench.ui.widgets.menu import Menu
from cs_workbench.ui.widgets.split import DetailSplit

BACK = (3, 1, 6, 12, 0)
"""Months the tail can reach back; 0 draws none."""
_EDGE = 8
"""Below the picture, px at scale 1."""


class QuadrantView(SuccessView):
    """``open(account_id=…, corner=…)`` marks an account or tints a corner."""

    id: ClassVar[str] = "quadrant"
    cares_about: ClassVar[frozenset[str]] = frozenset(
        ("account", "contract", "survey", "ticket", "success_plan", "objective", "objective_reading", "reading",
         "currency_rate", "setting")
    )  # fmt: skip

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.board: Board | None = None
        self.corner: Corner = words.ORDER[0]
        self._wanted = 0
        self.months = BACK[0]
        self.since = Button("", icon="history")
        self.twin = Button("", icon="table-2")
        self.twin.setCheckable(True)
        self.finding = Label("", "title", wrap=True)
        self.about = Label("", "small", "text.secondary", wrap=True)
        self.field = QuadrantField()
        self.model = FactModel(words.columns(Board((), {}, "", desk.today(), None)), self)
        self.table = FactTable(self.model)
        self.pane = QuadrantPane()
        self.empty = EmptyState("target", "", " ", lambda: desk.act("import_files"), act_icon="download")
        self._lay_out()
        self._connect()
        self.retranslate()

    def _lay_out(self) -> None:
        theme = themes.current()
        content = QWidget()
        holder = QWidget()
        self._inner = QStackedLayout(holder)
        self._inner.addWidget(self.field)
        self._inner.addWidget(self.table)
        column = QVBoxLayout(content)
        column.setContentsMargins(theme.px(24), theme.px(16), theme.px(24), theme.px(_EDGE))
        column.setSpacing(theme.px(2))
        column.addWidget(self.finding)
        column.addWidget(self.about)
        column.addSpacing(theme.px(8))
        column.addWidget(holder, 1)
        content.setFocusProxy(self.field)
        self.split = DetailSplit(content, self.pane)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        self.outer = QStackedLayout()
        row.addLayout(self.outer)  # first: a stack without a parent shows what it is given as a window
        self.outer.addWidget(self.split)
        self.outer.addWidget(self.empty)

    def _connect(self) -> None:
        self.since.clicked.connect(self.open_since)
        self.twin.toggled.connect(self.show_table)
        self.field.chosen.connect(self.pane.choose)
        self.field.opened.connect(self.desk.open_account)
        self.field.corner_chosen.connect(self.choose_corner)
        self.pane.picked.connect(self.field.choose)
        self.pane.opened.connect(self.desk.open_account)
        self.pane.playbook.clicked.connect(self.ask_playbook)
        self.table.opened.connect(lambda row: self.desk.open_account(row.account_id))

    def fact(self) -> str:
        """How many are placed, how many apart."""
        return words.fact(self.board) if self.board is not None and self.board.placed else ""

    def buttons(self) -> list[QWidget]:
        """Since when the tail reaches, and the table."""
        return [self.since, self.twin]

    def open(self, **arguments: object) -> None:
        """Which account is marked, which corner is tinted."""
        corner = str(arguments.get("corner") or "")
        self.corner = next((one for one in words.ORDER if one == corner), self.corner)
        self._wanted = int(str(arguments.get("account_id") or 0))
        if self.board is not None:
            self._show()

    def standing(self) -> dict[str, object]:
        """The account marked and the corner tinted."""
        return {"account_id": self.field.current or None, "corner": self.corner}

    def refresh(self) -> None:
        """Read every account's place, now and then."""
        reads, today, since = self.desk.workbench.reads, self.desk.today(), self.first_day()
        self.desk.tasks.run(
            lambda: quadrant_board.board(reads, today, since),
            done=self._fill,
            latest=(id(self), "read"),
            owner=self,
        )

    def retranslate(self) -> None:
        """Fixed texts, and what is shown in the language of now."""
        self.since.setText(words.since_words(self.first_day()))
        self.since.setToolTip(_("Since when the tails reach back"))
        self.twin.setText(_("Table"))
        self.table.setAccessibleName(_("Success and satisfaction of every account"))
        self.empty.say(
            _("The quadrant sets success against satisfaction once accounts have objectives and surveys."),
            _("Import files…"),
        )
        if self.board is not None:
            self._show()

    def verbs(self) -> Verbs:
        """What the keys do here."""
        if self.board is None or not self.board.placed:
            return {}
        found: dict[str, Callable[[], object]] = {"details": self.split.toggle, "copy_rows": self.copy}
        if self.board.inside(self.corner):
            found["start_playbook"] = self.ask_playbook
        if self.table.isVisible():
            found |= {"next_row": lambda: self.table.step(1), "previous_row": lambda: self.table.step(-1)}
        if self._chosen():
            found["open_row"] = lambda: self.desk.open_account(self._chosen())
        return found

    def first_focus(self) -> QWidget | None:
        """The picture, its table, or the one button in its place."""
        if self.board is not None and not self.board.placed:
            return self.empty.button
        return self.table if self.twin.isChecked() else self.field

    def foot(self) -> int:
        """The words below the picture: its scale, and what the lower corners mean."""
        shown = self.outer.currentWidget() is self.split and self.field.isVisible()
        return self.field.below() + themes.current().px(_EDGE) if shown else 0

    def printable(self) -> Printable | None:
        """Every account with its corner and measures."""
        if self.board is None or not self.board.placed:
            return None
        shown = words.columns(self.board)
        columns = tuple(PrintColumn(_(one.title), one.right, one.share) for one in shown)
        rows = tuple(tuple(one.words(row) for one in shown) for row in self.board.placed)
        source = source_line(self.desk.workbench.path, wording.date(self.board.as_of))
        return Printable(
            words.finding(self.board), words.definition(self.board), columns, rows, source, i18n.language()
        )

    def first_day(self) -> dt.date | None:
        """Since when tails are drawn."""
        return self._back(self.months)

    def open_since(self) -> QMenu:
        """Since when the tails reach back."""
        menu = Menu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        for months in BACK:
            action = menu.addAction(words.since_words(self._back(months)), partial(self.look_back, months))
            action.setCheckable(True)
            action.setChecked(months == self.months)
        menu.popup(self.since.mapToGlobal(QPoint(0, self.since.height())))
        return menu

    def look_back(self, months: int) -> None:
        """Draw the tails from so many months ago, or none."""
        self.months = months
        self.retranslate()
        self.look_again()

    def show_table(self, shown: bool) -> None:
        """The table in the picture's place, or back."""
        self._inner.setCurrentWidget(self.table if shown else self.field)
        if self.board is not None:
            self._show()
        (self.table if shown else self.field).setFocus()

    def choose_corner(self, corner: str) -> None:
        """Tint a corner and list it."""
        self.corner = next((one for one in words.ORDER if one == corner), self.corner)
        if self.board is not None:
            self._show()

    def ask_playbook(self) -> None:
        """Which playbook, for everybody in the corner."""
        board = self.board
        if board is None or not board.inside(self.corner):
            return
        ids = [one.account_id for one in board.inside(self.corner)]
        question = PlaybookForMany(
            playbooks.playbooks(i18n.language()), quadrant_board.SUGGESTED[self.corner], len(ids), self
        )
        question.answered.connect(lambda key: self.start_playbook(ids, key))
        below = self.pane.playbook if self.pane.playbook.isVisible() else self
        question.ask(
            below.mapToGlobal(QPoint(below.width(), below.height() if below is not self else 0)),
            self.window(),
        )
        question.choice.setFocus()

    def start_playbook(self, ids: list[int], key: str) -> None:
        """Make its tasks for each account, as one step."""
        wb, today, now, language = self.desk.workbench, self.desk.today(), self.desk.now(), i18n.language()
        self.desk.tasks.write(
            lambda: quadrant_board.start_playbook(wb, ids, key, today=today, now=now, language=language),
            done=partial(self._tell, ids), owner=self,
        )  # fmt: skip

    def copy(self) -> None:
        """Every account as tab-separated text on the clipboard."""
        if self.board is None:
            return
        model = FactModel(words.columns(self.board))
        model.fill(self.board.placed)
        QGuiApplication.clipboard().setText(model.tsv())
        count = len(self.board.placed)
        self.desk.tell(ngettext("{n} row copied", "{n} rows copied", count).format(n=f"{count:,}"))

    def _fill(self, board: Board) -> None:
        self.board = board
        self._show()
        self.fact_changed.emit()

    def _show(self) -> None:
        board = self.board
        if board is None:
            return
        self.outer.setCurrentWidget(self.split if board.placed else self.empty)
        self.finding.setText(words.finding(board))
        self.about.setText(words.definition(board))
        self.field.show_board(board, self.corner)
        self.pane.show_corner(board, self.corner)
        if self.twin.isChecked():
            self.model.beginResetModel()
            self.model.columns = words.columns(board)
            self.model.endResetModel()
            self.model.fill(board.placed)
        if self._wanted:
            self.field.choose(self._wanted)
            self._wanted = 0

    def _chosen(self) -> int:
        if self.table.isVisible():
            row = self.table.chosen()
            return int(row.account_id) if row is not None else 0
        return self.field.current

    def _back(self, months: int) -> dt.date | None:
        return add_months(self.desk.today(), -months) if months else None

    def _tell(self, ids: list[int], started: StartedMany) -> None:
        whom = ngettext("for {n} account", "for {n} accounts", started.started).format(n=started.started)
        if len(ids) == 1 and self.board is not None:
            whom = next((one.name for one in self.board.placed if one.account_id == ids[0]), whom)
        if started.skipped:
            whom = _(", ").join((whom, _("{n} under way already").format(n=started.skipped)))
        self.desk.tell(_("Playbook started: {playbook}").format(playbook=started.title), whom, undo=True)

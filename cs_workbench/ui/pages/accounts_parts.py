"""The upper and the lower part of the accounts page: header with its actions and filter; list, sums, floating bar."""

from __future__ import annotations

from functools import cached_property, partial
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from cs_workbench.i18n import _
from cs_workbench.services import account_table
from cs_workbench.services.account_table import AccountTable
from cs_workbench.ui import theme as themes
from cs_workbench.ui.models.account_model import AccountModel
from cs_workbench.ui.models.account_words import GROUPS
from cs_workbench.ui.pages.accounts_filter import FilterLine
from cs_workbench.ui.pages.accounts_list import AccountsView
from cs_workbench.ui.pages.accounts_totals import TotalsBar
from cs_workbench.ui.widgets.button import Button
from cs_workbench.ui.widgets.header import FilterBar, PageHeader
from cs_workbench.ui.widgets.skeleton import Skeleton
from cs_workbench.ui.widgets.split import DetailSplit

if TYPE_CHECKING:
    from cs_workbench.domain.account_filter import Problem
    from cs_workbench.ui.pages.accounts_bulk import BulkBar
    from cs_workbench.ui.pages.accounts_pane import AccountPane
    from cs_workbench.ui.pages.accounts_problem import ProblemLine
    from cs_workbench.ui.widgets.empty import EmptyState

ICONS_ONLY = 820
"""Below this width (px at scale 1) the header's actions show their icons only."""


class AccountsTop(QWidget):
    """Title and fact, the list's actions, the filter line with what is wrong in it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._group = ""
        self.header = PageHeader()
        self.group = Button(kind="quiet", icon="layers")
        self.columns = Button(kind="quiet", icon="columns-3")
        self.export = Button(kind="quiet", icon="upload")
        self.take_in = Button(icon="download")
        self.line = FilterLine()
        self.save = Button(icon="plus")
        self.header.act(self.group, self.columns, self.export, self.take_in)
        filters = FilterBar()
        filters.row.addWidget(self.line, 1)
        filters.row.addWidget(self.save)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self.header)
        self._column.addWidget(filters)
        self.line.refused.connect(self._on_refused)

    @cached_property
    def problem(self) -> ProblemLine:
        """What cannot be read in the filter."""
        from cs_workbench.ui.pages.accounts_problem import ProblemLine

        problem = ProblemLine()
        problem.fixed.connect(self._on_fixed)
        self._column.addWidget(problem)
        return problem

    def retranslate(self) -> None:
        """Every word."""
        self.header.title.setText(_("Accounts"))
        self.save.setText(_("Save view"))
        self.line.retranslate()
        self.name_actions(self._group)

    def name_actions(self, group: str) -> None:
        """The actions' words; their icons only where there is little room. *group* is what the list is grouped by."""
        self._group = group
        short = self.width() < themes.current().px(ICONS_ONLY)
        grouped = _("Group: {what}").format(what=_(GROUPS[group])) if group else _("Group")
        for button, name in (
            (self.group, grouped),
            (self.columns, _("Columns")),
            (self.export, _("Export")),
            (self.take_in, _("Import")),
        ):
            text = "" if short else name
            if button.words() != text or button.accessibleName() != name:
                button.setText(text)
                button.set_name(name)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Less room, fewer words."""
        super().resizeEvent(event)
        self.name_actions(self._group)

    def _on_refused(self, problem: Problem | None) -> None:
        if problem is not None or "problem" in self.__dict__:
            self.problem.say(problem, self.line.text())

    def _on_fixed(self, text: str) -> None:
        self.line.set_text(text)
        self.line.setFocus()


class AccountsSheets(QWidget):
    """The list, or why there is none; sums below; the bar for several accounts above them.

    ``asked`` names what was pressed: "import", "clear_filter", or of the bar "tag", "edit", "copy", "clear". Parts
    that a list just opened does not show are made when they are first needed.
    """

    asked = Signal(str)
    account_wanted = Signal(int)

    def __init__(self, model: AccountModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = model
        self._table: AccountTable | None = None
        self.list = AccountsView(model)
        self.stack = QStackedWidget()
        self.skeleton = Skeleton(parent=self.stack)
        self.totals = TotalsBar()
        self.split = DetailSplit(self.stack, self._new_pane, shown=False)
        self.stack.addWidget(self.list)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.split, 1)
        column.addWidget(self.totals)
        self.totals.hide()
        self.stack.installEventFilter(self)
        self.stack.setFocusProxy(self.keyboard_place())
        self.list.moved.connect(self._on_moved)
        self.list.pane_wanted.connect(self.open_pane)
        self.split.pane_shown.connect(lambda _shown: self._on_moved())

    @property
    def pane(self) -> AccountPane:
        """What is known of the account the keyboard is on."""
        return cast("AccountPane", self.split.pane)

    @cached_property
    def bar(self) -> BulkBar:
        """What can be done with several accounts at once."""
        from cs_workbench.ui.pages.accounts_bulk import BulkBar

        bar = BulkBar(self.stack)
        for name, button in (("tag", bar.tag), ("edit", bar.edit), ("copy", bar.copy)):
            button.clicked.connect(partial(self.asked.emit, name))
        bar.cleared.connect(partial(self.asked.emit, "clear"))
        return bar

    @cached_property
    def nobody(self) -> EmptyState:
        """There is no account yet."""
        return self._new_sheet("building-2", "import", act_icon="download")

    @cached_property
    def nothing(self) -> EmptyState:
        """No account fits the filter."""
        return self._new_sheet("filter", "clear_filter")

    def retranslate(self) -> None:
        """Every word, those of the cells too."""
        self.list.setAccessibleName(_("List of accounts"))
        self._tell_why()
        if self.has("bar"):
            self.bar.retranslate()
        self.model.retranslate()
        if self.split.has_pane:
            self.pane.retranslate()

    def has(self, part: str) -> bool:
        """Whether the part with that name was made already."""
        return part in self.__dict__

    def wait(self) -> None:
        """The first rows are being read."""
        self.skeleton.setGeometry(self.stack.rect())
        self.skeleton.begin()

    def show_rows(self, table: AccountTable) -> None:
        """The sheet, sums and bar that go with the rows shown now."""
        self.skeleton.end()
        shown = self.model.shown
        self.totals.show_sums(account_table.sums(table, shown))
        self.totals.setVisible(bool(table.lines))
        sheet = self.nobody if not table.lines else self.nothing if not shown else self.list
        self._tell_why()
        self.stack.setCurrentWidget(sheet)
        self.stack.setFocusProxy(self.keyboard_place())  # a proxy out of sight would catch Tab and keep it
        self._table = table
        self._on_moved()
        self.show_chosen(table)

    def keyboard_place(self) -> QWidget:
        """What of the sheet shown takes the keyboard: the list, or the way on where there is none."""
        sheet = self.stack.currentWidget()
        return self.list if sheet is self.list or sheet is None else cast("EmptyState", sheet).button

    def open_pane(self) -> None:
        """→: what is known of the account the keyboard is on."""
        if self.list.current_id() is not None:
            self.split.open_pane()

    def show_chosen(self, table: AccountTable) -> None:
        """The bar for the accounts selected now."""
        chosen = set(self.list.selected_ids())
        lines = [line for line in self.model.shown if line.id in chosen] if len(chosen) > 1 else []
        if not (lines or self.has("bar")):
            return
        self.bar.show_lines(lines, table)
        self.list.leave_foot(self.stack.height() - self.bar.y() if self.bar.isVisible() else 0)

    def _new_pane(self) -> AccountPane:
        from cs_workbench.ui.pages.accounts_pane import AccountPane

        pane = AccountPane()
        pane.opened.connect(self.account_wanted)
        pane.retranslate()
        return pane

    def _new_sheet(self, icon: str, asks: str, *, act_icon: str = "") -> EmptyState:
        from cs_workbench.ui.widgets.empty import EmptyState

        sheet = EmptyState(icon, "", " ", act_icon=act_icon)
        sheet.button.clicked.connect(partial(self.asked.emit, asks))
        self.stack.addWidget(sheet)
        return sheet

    def _tell_why(self) -> None:
        if self.has("nobody"):
            self.nobody.say(_("Import a list of accounts to see them here."), _("Import files…"))
        if self.has("nothing"):
            self.nothing.say(_("No account fits this filter."), _("Clear filter"))

    def _on_moved(self) -> None:
        if self._table is not None and self.split.has_pane and not self.pane.isHidden():
            self.pane.show_line(self.model.line(self.list.currentIndex().row()), self._table)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """What floats over the list follows its size."""
        if watched is self.stack and event.type() == QEvent.Type.Resize:
            if self.has("bar"):
                self.bar.place()
            self.skeleton.setGeometry(self.stack.rect())
        return super().eventFilter(watched, event)

"""The upper and the lower part of the accounts page: header with its actions and filter; list, sums, floating bar."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from cs_workbench.i18n import _
from cs_workbench.services import account_table
from cs_workbench.services.account_table import AccountTable
from cs_workbench.ui import theme as themes
from cs_workbench.ui.models.account_model import AccountModel
from cs_workbench.ui.models.account_words import GROUPS
from cs_workbench.ui.pages.accounts_bulk import BulkBar
from cs_workbench.ui.pages.accounts_filter import FilterLine
from cs_workbench.ui.pages.accounts_list import AccountsView
from cs_workbench.ui.pages.accounts_pane import AccountPane
from cs_workbench.ui.pages.accounts_problem import ProblemLine
from cs_workbench.ui.pages.accounts_totals import TotalsBar
from cs_workbench.ui.widgets.button import Button
from cs_workbench.ui.widgets.empty import EmptyState
from cs_workbench.ui.widgets.header import FilterBar, PageHeader
from cs_workbench.ui.widgets.skeleton import Skeleton
from cs_workbench.ui.widgets.split import DetailSplit

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
        self.problem = ProblemLine()
        self.header.act(self.group, self.columns, self.export, self.take_in)
        filters = FilterBar()
        filters.row.addWidget(self.line, 1)
        filters.row.addWidget(self.save)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for part in (self.header, filters, self.problem):
            column.addWidget(part)
        self.line.refused.connect(lambda problem: self.problem.say(problem, self.line.text()))
        self.problem.fixed.connect(self._on_fixed)

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

    def _on_fixed(self, text: str) -> None:
        self.line.set_text(text)
        self.line.setFocus()


class AccountsSheets(QWidget):
    """The list, or why there is none; sums below; the bar for several accounts above them."""

    def __init__(self, model: AccountModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = model
        self._table: AccountTable | None = None
        self.list = AccountsView(model)
        self.nobody = EmptyState("building-2", "", " ", act_icon="download")
        self.nothing = EmptyState("filter", "", " ")
        self.stack = QStackedWidget()
        self.skeleton = Skeleton(parent=self.stack)
        self.totals = TotalsBar()
        self.bar = BulkBar(self.stack)
        self.pane = AccountPane()
        self.split = DetailSplit(self.stack, self.pane, shown=False)
        for sheet in (self.list, self.nobody, self.nothing):
            self.stack.addWidget(sheet)
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

    def retranslate(self) -> None:
        """Every word, those of the cells too."""
        self.list.setAccessibleName(_("List of accounts"))
        self.nobody.say(_("Import a list of accounts to see them here."), _("Import files…"))
        self.nothing.say(_("No account fits this filter."), _("Clear filter"))
        self.bar.retranslate()
        self.model.retranslate()
        self.pane.retranslate()

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
        self.stack.setCurrentWidget(sheet)
        self.stack.setFocusProxy(self.keyboard_place())  # a proxy out of sight would catch Tab and keep it
        self._table = table
        self._on_moved()
        self.show_chosen(table)

    def keyboard_place(self) -> QWidget:
        """What of the sheet shown takes the keyboard: the list, or the way on where there is none."""
        sheet = self.stack.currentWidget()
        return sheet.button if isinstance(sheet, EmptyState) else self.list

    def open_pane(self) -> None:
        """→: what is known of the account the keyboard is on."""
        if self.list.current_id() is not None:
            self.split.open_pane()

    def show_chosen(self, table: AccountTable) -> None:
        """The bar for the accounts selected now."""
        chosen = set(self.list.selected_ids())
        lines = [line for line in self.model.shown if line.id in chosen] if len(chosen) > 1 else []
        self.bar.show_lines(lines, table)
        self.list.leave_foot(self.stack.height() - self.bar.y() if self.bar.isVisible() else 0)

    def _on_moved(self) -> None:
        if self._table is not None and not self.pane.isHidden():
            self.pane.show_line(self.model.line(self.list.currentIndex().row()), self._table)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """What floats over the list follows its size."""
        if watched is self.stack and event.type() == QEvent.Type.Resize:
            self.bar.place()
            self.skeleton.setGeometry(self.stack.rect())
        return super().eventFilter(watched, event)

"""What stands where there are no lines: no accounts yet, nothing to do, all done."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from cs_workbench.i18n import _
from cs_workbench.services.today import Board
from cs_workbench.ui.pages.today import headline
from cs_workbench.ui.pages.today.all_done import AllDone
from cs_workbench.ui.widgets.empty import EmptyState
from cs_workbench.ui.widgets.header import PageHeader


class Rest(QWidget):
    """The page's title over one of three states. ``asked`` names an action, ``wanted`` asks for the lines to come."""

    asked = Signal(str)
    wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.header = PageHeader()
        self.all_done = AllDone()
        self.clear = EmptyState("circle-check", "", " ", lambda: self.asked.emit("go_accounts"))
        self.empty = EmptyState("sun", "", " ", lambda: self.asked.emit("import_files"))
        holder = QWidget()
        self._stack = QStackedLayout(holder)
        for view in (self.empty, self.clear, self.all_done):
            self._stack.addWidget(view)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(holder, 1)
        self.all_done.wanted.connect(self.wanted)

    @property
    def shown(self) -> QWidget | None:
        """The state shown."""
        return self._stack.currentWidget()

    def show_board(self, board: Board) -> None:
        """The state that fits *board*."""
        self.header.fact.setText(headline.day(board.today))
        self.all_done.show_board(board)
        done = self.all_done if board.figures.done else self.clear
        self._stack.setCurrentWidget(done if board.accounts else self.empty)
        self.setFocusProxy(self.all_done.week if done is self.all_done else self.clear.button)

    def retranslate(self) -> None:
        """Title, sentences, buttons."""
        self.header.title.setText(_("Today"))
        self.clear.say(_("Nothing needs you today."), _("Look at the accounts"))
        self.empty.say(_("What needs you appears here once there are accounts."), _("Import files…"))

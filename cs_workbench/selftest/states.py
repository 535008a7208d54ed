"""States a screen gets into by work: accounts chosen, all done, nothing saved, the smallest window."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial

from PySide6.QtCore import QEvent, QPoint, QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from cs_workbench.errors import FileProblem
from cs_workbench.selftest.stage import Stage
from cs_workbench.services import today_acts
from cs_workbench.services.today import Item
from cs_workbench.ui import theme as themes
from cs_workbench.ui.pages.account.contracts import ContractsTab
from cs_workbench.ui.pages.accounts import AccountsPage
from cs_workbench.ui.pages.accounts_bulk import BulkBar
from cs_workbench.ui.pages.today.all_done import AllDone
from cs_workbench.ui.pages.today.page import TodayPage
from cs_workbench.ui.widgets.fields import LineEdit
from cs_workbench.ui.widgets.notice import Notice

NO_DAY = "2027-02-30"
"""What is typed as the end of a contract."""
CHOSEN = (0, 2, 3)
"""Which accounts of the yellow ones are chosen."""
TURNS = 8
"""How often Today is looked at again until nothing is due: behind a line that is done its account's next may stand."""


@dataclass(slots=True)
class _Disk:
    """A disk without room, until there is some."""

    full: bool = True

    def write(self) -> None:
        """A change that finds no place. Raises FileProblem."""
        if self.full:
            raise FileProblem("The disk is full.", "Free some space.", code="disk_full")


@dataclass(slots=True)
class State:
    """``show`` brings it about, ``shows`` is in sight then, ``back`` takes it away for the screens that follow."""

    name: str
    shows: type[QWidget]
    show: Callable[[Stage], object]
    back: Callable[[Stage], object] = field(default=lambda _stage: None)


def states(account: Callable[[Stage], int]) -> Iterator[State]:
    """Every state, on the account that *account* finds; the last one leaves nothing to do in the portfolio."""
    disk, before = _Disk(), QSize()

    def smallest(stage: Stage) -> None:
        nonlocal before
        window, theme = stage.shell.window, themes.current()
        before = window.size()
        window.go("today")
        window.resize(theme.px(1100), theme.px(700))

    def unsaved(stage: Stage) -> None:
        disk.full = True
        stage.desk.open_account(account(stage), "contracts")
        stage.settle()
        stage.desk.tasks.write(disk.write)
        stage.settle()
        _type_a_wrong_end(stage)

    def saved(stage: Stage) -> None:
        disk.full = False
        stage.shell.reception.unsaved.try_again()
        stage.settle()
        stage.desk.day_changed.emit()  # the status bar looks when the file was written last

    yield State("accounts-chosen", BulkBar, _choose, _choose_none)
    yield State("not-saved", Notice, unsaved, saved)
    yield State("smallest", TodayPage, smallest, lambda stage: stage.shell.window.resize(before))
    yield State("all-done", AllDone, _do_all)


def _choose(stage: Stage) -> None:
    """Some accounts of a grouped list."""
    stage.shell.window.go("accounts", view="", filter="", group="band")
    stage.settle()
    for page in stage.shell.window.findChildren(AccountsPage):
        yellow = [line.id for line in page.model.shown if line.band == "yellow"]
        page.list.select_ids(yellow[place] for place in CHOSEN if place < len(yellow))


def _choose_none(stage: Stage) -> None:
    for page in stage.shell.window.findChildren(AccountsPage):
        page.list.clearSelection()
        page.group_by("")


def _type_a_wrong_end(stage: Stage) -> None:
    """A day that does not exist, and Enter: the field says why it cannot be kept. Raises RuntimeError without one."""
    for tab in stage.shell.window.findChildren(ContractsTab):
        tab.table.edit_cell(0, "end_on")
        for edit in tab.table.findChildren(LineEdit):
            edit.setText(NO_DAY)
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                enter = QKeyEvent(kind, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier)
                QApplication.sendEvent(edit, enter)
            if not edit.accessibleDescription():
                raise RuntimeError("a day that does not exist was not refused")
            _put_below(edit, stage.shell.window)


def _put_below(edit: QWidget, window: QWidget) -> None:
    """What a tip says, where it would stand on a real screen: without a display the screen ends before the window."""
    for tip in QApplication.topLevelWidgets():
        if tip.inherits("QTipLabel") and tip.isVisible():
            at = edit.mapToGlobal(edit.rect().bottomLeft()) + QPoint(2, 16)
            tip.move(min(at.x(), window.geometry().right() - tip.width() - 24), at.y())


def _do_all(stage: Stage) -> None:
    """Today's lines, one after the other, until nothing of today is left."""
    stage.shell.window.go("today")
    stage.settle()
    workbench, today = stage.desk.workbench, stage.desk.today()

    def do(items: tuple[Item, ...]) -> None:
        for item in items:
            today_acts.done(workbench, item, today=today)

    for page in stage.shell.window.findChildren(TodayPage):
        for _turn in range(TURNS):
            now = page.board.of("now") if page.board is not None else ()
            if not now:
                break
            stage.desk.tasks.write(partial(do, now))
            stage.settle()

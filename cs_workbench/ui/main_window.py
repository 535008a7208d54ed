"""The window: rail, pages, status bar, toasts, palette, menu. It knows where things are, not what they do."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING, Any

from PySide6 import QtCore
from PySide6.QtCore import QEvent, QTimer, Signal

from cs_workbench import __version__
from cs_workbench.i18n import _
from cs_workbench.ui import reading_only, session
from cs_workbench.ui import theme as themes
from cs_workbench.ui.window_parts import WindowParts

if TYPE_CHECKING:
    from PySide6.QtGui import QCloseEvent, QKeyEvent, QPaintEvent, QResizeEvent

    from cs_workbench.ui.desk import Desk
    from cs_workbench.ui.overview import Lookout
    from cs_workbench.ui.page import Page
    from cs_workbench.ui.palette import Palette
    from cs_workbench.ui.shortcuts import Commands


class MainWindow(WindowParts):
    """Its front is there at once; ``begin`` adds rail, foot and pages, ``attach`` those of one portfolio, ``complete``
    what nobody reaches before the first of them is filled. ``painted`` is sent once, after the first paint;
    ``closing`` once the window is on its way out.
    """

    closing = Signal()
    painted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.desk: Desk | None = None
        self.may_leave: Callable[[Callable[[], object]], bool] | None = None
        """Asks before the window closes while something is not saved, and closes it then."""
        self.may_import: Callable[[object], bool] | None = None
        self.make_whole: Callable[[], object] | None = None
        """Completes the window and more, where there is more to it than ``complete`` adds."""
        self.is_complete = False
        self._verbs: dict[str, Callable[[], object]] = {}
        self._palette: Palette | None = None
        self._lookout: Lookout | None = None
        self._painted = False
        self.undone.connect(lambda: self.act("undo"))
        self.setWindowTitle(_("CS Workbench"))
        theme = themes.current()
        self.setMinimumSize(min(theme.px(1100), 1100), min(theme.px(700), 700))
        self.resize(theme.px(1440), theme.px(900))

    def begin(self) -> None:
        """Add rail, foot and the pages; once, later calls do nothing."""
        if self.has("navigation"):
            return
        from cs_workbench.ui.navigation import Navigation

        self.navigation = Navigation()
        self.right.addWidget(self.navigation, 1)
        self.navigation.show()  # at once: hidden, it cannot have the focus when the window comes to the front
        self.navigation.arrived.connect(self._on_arrived)
        self.rail.went.connect(self.go)
        self.rail.acted.connect(self.act)
        self.rail.viewed.connect(lambda view: self.go("accounts", view=view))

    def complete(self) -> None:
        """Add actions, menus and the drop, and begin to look after counts. Once; later calls do nothing."""
        if self.is_complete:
            return
        from cs_workbench.ui.drop import DropTarget
        from cs_workbench.ui.menu_key import MenuKey

        self.begin()
        self.is_complete = True
        self.commands.release()
        self.drop, self.menu_key = DropTarget(self), MenuKey(self)
        self._watch(self.desk)

    def be_whole(self) -> None:
        """Complete the window now: somebody is quicker than the rest of it."""
        if not self.is_complete:
            (self.make_whole or self.complete)()

    @cached_property
    def commands(self) -> Commands:
        """The actions with their keys and menus."""
        from cs_workbench.ui.shortcuts import Commands

        commands = Commands(self, self.answers)
        commands.wanted.connect(self.act)
        self.put_in_menus(commands)
        return commands

    def receive(self, desk: Desk) -> None:
        """Show pages that need no portfolio; what needs one has no answer until ``attach``."""
        self.complete()
        self.desk = None
        reading_only.mark(self, None)
        self._watch(None)
        self.navigation.attach(desk)
        self.rail.set_open(False)
        self.rail.set_views([])
        for page in self.rail.items:
            self.rail.set_count(page, None)
        self.status.set_vacant(__version__)
        self._show_no_name()

    def attach(self, desk: Desk, *, whole: bool = True) -> None:
        """Show the portfolio behind *desk*; not ``whole``, somebody completes the window once its page is filled."""
        self.complete() if whole else self.begin()
        self.desk = desk
        reading_only.mark(self, desk.workbench)
        self.navigation.attach(desk)
        self.rail.set_open(True)
        self.show_name()
        desk.went.connect(self.go_with)
        desk.told.connect(self.tell)
        desk.acted.connect(self.act)
        desk.counted.connect(self.rail.set_count)
        self._watch(desk)

    def _watch(self, desk: Desk | None) -> None:
        """Keep counts, views and the names of the steps current from now on; None: nothing to look at."""
        if not self.is_complete:
            return
        from cs_workbench.ui.overview import Lookout
        from cs_workbench.ui.typed_text import watched

        if self._lookout is not None:
            self._lookout.close()
        self._lookout = None if desk is None else Lookout(desk, self)
        self.typed = watched(self, desk)
        if self._palette is not None:  # it looks into the portfolio it was made for
            self._palette.hide()
            self._palette.deleteLater()
            self._palette = None

    def show_name(self) -> None:
        """The portfolio's name in the rail and the title: the file's, without its ending."""
        if self.desk is not None:
            name = session.portfolio_name(self.desk.workbench.path)
            self.rail.set_portfolio(name)
            self.setWindowTitle(_("{portfolio} – CS Workbench").format(portfolio=name))

    def _show_no_name(self) -> None:
        self.rail.set_portfolio(_("No portfolio"))
        self.setWindowTitle(_("CS Workbench"))

    def answer(self, verb: str, do: Callable[[], object]) -> None:
        """Let the composition root answer *verb* where the page does not."""
        self._verbs[verb] = do

    @property
    def page(self) -> Page | None:
        """The page shown."""
        return self.navigation.page

    def go(self, page: str, **arguments: object) -> None:
        """Show a page."""
        self.go_with(page, arguments)

    def go_with(self, page: str, arguments: dict[str, object]) -> None:
        """As ``go``, with the arguments as one dictionary."""
        if self.desk is None:
            return
        if page == "help" and not arguments:
            arguments = {"about": self.navigation.page_id}
        self.navigation.go(page, arguments)

    def act(self, name: str) -> None:
        """Do what the action with that id does on this page, if anything."""
        from cs_workbench.ui.actions import action

        answer = self._answer(action(name).verb)
        if answer is not None:
            answer()

    def answers(self, verb: str) -> bool:
        """Whether *verb* has an answer just now."""
        return self._answer(verb) is not None

    def open_dialog(self, verb: str, **arguments: object) -> bool:
        """Open the dialog of *verb*; False where it is not there."""
        self.be_whole()
        from cs_workbench.ui.dialogs import DIALOGS
        from cs_workbench.ui.loading import found

        opener = found(DIALOGS[verb]) if verb in DIALOGS and self.desk is not None else None
        if opener is None:
            return False
        gate = self.may_import if verb == "import_files" else None
        if gate is None or gate(arguments.get("paths")):
            opener(self.desk, self, **arguments)
        return True

    def _answer(self, verb: str) -> Callable[[], Any] | None:
        self.be_whole()
        from cs_workbench.ui.answers import answer

        return answer(self, verb, self._verbs)

    def open_palette(self) -> None:
        """Ctrl K."""
        from cs_workbench.ui.palette import Palette

        if self.desk is None:
            return
        if self._palette is None:
            self._palette = Palette(self.ground, self.desk, self)
        self._palette.open()

    def retranslate(self) -> None:
        """Every fixed text of the shell."""
        self.rail.retranslate()
        self.show_name()
        self.status.retranslate()
        if not self.is_complete:
            return
        self.commands.retranslate()
        if self._lookout is not None:
            self._lookout.look()
        if self.desk is None:
            self._show_no_name()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """A new language or a new theme."""
        super().changeEvent(event)
        if not self.has("frame"):  # nothing is written anywhere yet
            return
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        elif event.type() == QEvent.Type.StyleChange and self.__dict__.get("is_complete"):
            self.commands.dress()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Collapse the rail where the window is narrow."""
        super().resizeEvent(event)
        self.fit_rail()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Tell that the shell can be seen, once what was painted is on the screen."""
        super().paintEvent(event)
        if not self._painted:
            self._painted = True
            QTimer.singleShot(0, self.painted.emit)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Esc goes back."""
        if event.key() == QtCore.Qt.Key.Key_Escape:
            self.navigation.back()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802
        """Let the page finish what was being typed; stay if it asks to, or while changes are not saved."""
        page = None
        if self.has("navigation"):
            self.be_whole()  # who may ask before it closes is known then
            page = self.navigation.page
        if page is not None and not page.leave():
            event.ignore()
            return
        if self.may_leave is not None and not self.may_leave(self.close):
            event.ignore()
            return
        self.closing.emit()
        super().closeEvent(event)

    def _on_arrived(self, page: str) -> None:
        self.rail.set_here(page)
        if self.is_complete:
            self.commands.release()

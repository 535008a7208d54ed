"""Who comes in and how: first run, a known portfolio, a lost one, a broken one; and what is said at the door."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, Protocol, cast

from PySide6.QtCore import QObject

from cs_workbench import i18n, paths
from cs_workbench.errors import UserError
from cs_workbench.i18n import _
from cs_workbench.ui import session
from cs_workbench.ui.bus import Bus
from cs_workbench.ui.desk import Desk, Told
from cs_workbench.ui.opening import Opened, is_known, made, opened
from cs_workbench.ui.opening_again import attach_again, go_on, is_here
from cs_workbench.ui.opening_unsaved import Unsaved

if TYPE_CHECKING:
    from cs_workbench.services.portfolio_files import PutAway
    from cs_workbench.services.workbench import Workbench
    from cs_workbench.ui.desk import Clock
    from cs_workbench.ui.main_window import MainWindow
    from cs_workbench.ui.opening_recent import RecentMenu
    from cs_workbench.ui.tasks import Tasks
    from cs_workbench.ui.theme import Wardrobe

WITHOUT_PORTFOLIO = ("first_run", "help", "keyboard", "about")
"""The pages that need no portfolio."""


class Shell(Protocol):
    """What the reception needs of the composition root."""

    clock: Clock
    wardrobe: Wardrobe
    window: MainWindow
    workbench: Workbench | None
    desk: Desk | None

    @property
    def tasks(self) -> Tasks:
        """The pool."""

    def attach(self, workbench: Workbench) -> None:
        """Show it, closing the one before."""

    def leave_portfolio(self) -> None:
        """Close it; none is open then."""

    def speak(self, language: str) -> None:
        """Use and keep that language."""

    def on_failure(self, error: BaseException) -> None:
        """Tell an error nobody waits for."""


_BROKEN = frozenset(("damaged", "truncated", "empty"))
"""What may come out only while a portfolio is being read."""


class EmptyDesk(Desk):
    """A desk without a portfolio: for the welcome, the manual and the keyboard page."""

    def __init__(self, bus: Bus, tasks: Tasks, wardrobe: Wardrobe, clock: Clock) -> None:
        super().__init__(cast("Workbench", None), bus, tasks, wardrobe, clock)


class Reception(QObject):
    """Opens portfolios for the shell. One for the life of the program."""

    def __init__(self, shell: Shell, parent: QObject) -> None:
        super().__init__(parent)
        self._shell = shell
        self._then: tuple[str, tuple[str, ...]] = ("", ())
        self._empty: EmptyDesk | None = None
        self._opened: Opened | None = None
        self._furnished: MainWindow | None = None
        self.recent: RecentMenu
        self.own_path = paths.default_portfolio()
        self.unsaved = Unsaved(
            shell.tasks, lambda: shell.window, shell.clock, self._copy_elsewhere, parent=self
        )

    def furnish(self, window: MainWindow) -> None:
        """Put the recent portfolios into the menus, and answer what can be done without a portfolio; once a window."""
        if window is self._furnished:
            return
        from PySide6.QtWidgets import QMenu

        from cs_workbench.ui.opening_recent import RecentMenu
        from cs_workbench.ui.opening_sample import ways_of_the_sample
        from cs_workbench.ui.widgets.menu import Menu

        self._furnished = window
        self.recent = RecentMenu(Menu(window), self.open, lambda: self._shell.tasks)
        before = window.commands.actions["portfolio_save_as"]
        file_menu = window.menuBar().actions()[0].menu()
        for menu in (window.rail.menu, file_menu):
            if isinstance(menu, QMenu):
                menu.insertMenu(before, self.recent.menu)
        self.recent.set_here(here.path if (here := self._shell.workbench) is not None else "")
        for page in WITHOUT_PORTFOLIO[1:]:
            window.answer(f"go:{page}", partial(self._go_without, page, {}))
        window.may_leave = self.may_leave
        ways_of_the_sample(window, self, self._shell, lambda: self._opened)
        for verb in ("portfolio_open", "import_files"):
            window.answer(verb, partial(_answer, window, verb))

    def open(self, path: str, key: str | None = None) -> None:
        """Open the portfolio at *path*; where there was never one, welcome the person instead.

        While changes of the one open now wait to be written, or an import is, the person is asked first.
        """
        if not self.may_leave(partial(self.open, path, key)):
            return
        if key is None and is_here(self._shell, self._opened, path):
            self._back()
            self._go_on()
            return
        if not os.path.exists(path) and not is_known(path):
            self.own_path = os.path.abspath(path)
            self.welcome()
            return
        now = self._shell.clock()
        self._shell.tasks.run(
            lambda: opened(path, key, now, i18n.language()),
            done=partial(self._on_opened, key=key),
            failed=partial(self._on_not_opened, path),
            latest="open",
        )

    def may_leave(self, then: Callable[[], object]) -> bool:
        """Whether the portfolio can be left now; else the person is asked, and *then* happens once it can."""
        desk = self._shell.desk
        if desk is not None and desk.importing is not None:
            from cs_workbench.ui.dialogs import import_leaving

            import_leaving.ask(desk.importing, self._shell.window, then)
            return False
        return self.unsaved.may_leave(then)

    def begin(self, path: str, with_: str, files: object = ()) -> None:
        """Open the portfolio at *path* (made where there is none) and go on ``with_`` today, accounts or import.

        "remove" takes it away instead.
        """
        if with_ == "remove":
            self._remove(path)
            return
        self._then = (with_, tuple(cast("tuple[str, ...]", files)))
        open_now = self._shell.workbench
        if open_now is not None and os.path.realpath(path) == open_now.path:
            self._go_on()
        elif os.path.exists(path):
            self.open(path)
        else:
            _make(self._shell, path, self.open)

    def welcome(self) -> None:
        """Show the first-run page without any portfolio."""
        shell = self._shell
        self._opened = None
        self._say_here("")
        _clear_bands(self._shell.window)
        desk = EmptyDesk(Bus(self), shell.tasks, shell.wardrobe, shell.clock)
        desk.setParent(self)
        desk.went.connect(self._go_without)
        desk.begun.connect(self.begin)
        desk.opened.connect(self.open)
        desk.spoke.connect(shell.speak)
        desk.told.connect(shell.window.tell)
        desk.acted.connect(shell.window.act)
        if self._empty is not None:
            self._empty.deleteLater()
        self._empty = desk
        shell.window.receive(desk)
        self._go_without("first_run", {"path": self.own_path})

    def dress(self) -> None:
        """Say above the pages what is to be known about the portfolio open; again after the window was rebuilt."""
        window, found = self._shell.window, self._opened
        self.unsaved.show()
        if found is None or self._shell.workbench is not found.workbench:
            _clear_bands(self._shell.window)
            return
        if not (window.has("bands") or found.reading or found.place or found.sample):
            return  # nothing to say, and nothing said before
        from cs_workbench.ui.opening_bands import describe

        acts: dict[str, Callable[[], object]] = {
            "start_own": lambda: window.go("first_run", path=self.own_path, own=True),
            "try_again": lambda: self.open(found.workbench.path),
            "copy_elsewhere": self._copy_elsewhere,
        }
        describe(window.bands, found, **acts)

    @property
    def is_new(self) -> bool:
        """Whether the portfolio just opened was never used: then the person is welcomed in it."""
        found = self._opened
        return found is not None and found.unused and found.workbench.path not in session.known()

    def found_damaged(self, error: UserError) -> bool:
        """Whether *error* says that the open portfolio is damaged: then it is closed and the choices are shown."""
        shell = self._shell
        if error.code not in _BROKEN or shell.workbench is None:
            return False
        if str(error.where.get("path")) != shell.workbench.path:
            return False
        path = shell.workbench.path
        self.unsaved.forget()
        shell.leave_portfolio()
        self.welcome()
        self._on_not_opened(path, error)
        return True

    def close(self) -> None:
        """Delete the sample that was removed; until now it could be brought back."""
        from cs_workbench.services import portfolio_files

        portfolio_files.delete_put_away()

    def _remove(self, path: str) -> None:
        from cs_workbench.services import portfolio_files

        shell = self._shell
        if shell.workbench is not None and shell.workbench.path == os.path.realpath(path):
            if not self.may_leave(partial(self._remove, path)):
                return
            self.unsaved.forget()
            shell.leave_portfolio()
            self.welcome()
        session.forget(os.path.realpath(path))
        shell.tasks.run(
            lambda: portfolio_files.put_away(path),
            done=lambda away: _tell_removed(shell, away, partial(_look_again, shell)),
            failed=shell.on_failure,
        )

    def _on_opened(self, found: Opened, key: str | None = None) -> None:
        if not self.may_leave(partial(self.open, found.workbench.path, key)):
            found.workbench.close()  # something was begun meanwhile in the one open now
            return
        self._opened = found
        welcome = self.is_new and not self._then[0]
        self.unsaved.forget()
        attach_again(self._shell, found.workbench)
        self._say_here(found.workbench.path)
        self.dress()
        if welcome:
            self._shell.window.go("first_run", path=found.workbench.path)
        else:
            self._go_on()

    def _say_here(self, path: str) -> None:
        """Leave the portfolio open now out of the recent ones; before there is a menu it is told when it is made."""
        if self._furnished is not None:
            self.recent.set_here(path)

    def _go_on(self) -> None:
        then, self._then = self._then, ("", ())
        go_on(self._shell.window, *then)

    def _on_not_opened(self, path: str, error: BaseException) -> None:
        from cs_workbench.ui.opening_problem import WaysOn, show_problem

        self._then = ("", ())
        if not isinstance(error, UserError):
            self._shell.on_failure(error)
            return
        shell = self._shell
        behind = shell.workbench is not None
        ways = WaysOn(
            open_again=self.open,
            leave=self._back if behind else shell.window.close,
            start_new=lambda: self._begin_at(path),
            open_behind=behind,
        )
        _clear_bands(self._shell.window)
        show_problem(shell.window, path, error, ways, tasks=shell.tasks, clock=shell.clock)

    def _begin_at(self, path: str) -> None:
        """A lost portfolio's place is taken by a new one only when the person says so."""
        self.own_path = os.path.abspath(path)
        self.welcome()

    def _back(self) -> None:
        self.dress()
        self._shell.window.navigation.show_again()

    def _go_without(self, page: str, arguments: dict[str, Any]) -> None:
        if page in WITHOUT_PORTFOLIO:
            self._shell.window.navigation.go(page, arguments)

    def _copy_elsewhere(self) -> None:
        """Copy the portfolio to a place of the person's choice and go on there, with all that waits."""
        from cs_workbench.ui.dialogs.portfolio import save_as

        desk = self._shell.desk
        if desk is not None:
            save_as(desk, self._shell.window, done=self._on_elsewhere)

    def _on_elsewhere(self) -> None:
        found = self._opened
        if found is not None:
            from cs_workbench.services import places

            self._opened = found._replace(reading=None, place=places.shared_place(found.workbench.path))
        self.dress()
        self._shell.window.status.set_saved(self._shell.clock().astimezone())
        self.unsaved.try_again() if self.unsaved.waiting else None
        self._shell.tasks.idle.connect(self._let_former_go)

    def _let_former_go(self) -> None:
        self._shell.tasks.idle.disconnect(self._let_former_go)
        if self._shell.workbench is not None:
            self._shell.workbench.let_former_go()


def _look_again(shell: Shell, _path: object = None) -> None:
    page = shell.window.navigation.page
    if page is not None:
        page.look_again()


def _clear_bands(window: MainWindow) -> None:
    if window.has("bands"):
        window.bands.clear()


def _make(shell: Shell, path: str, done: Callable[[str], None]) -> None:
    now, language = shell.clock(), i18n.language()
    shell.tasks.run(lambda: made(path, now, language), done=done, failed=shell.on_failure)


def _tell_removed(shell: Shell, away: PutAway, look_again: Callable[..., None]) -> None:
    """Say that the sample is gone, and offer to bring it back."""
    from cs_workbench.services import portfolio_files

    def bring_back() -> None:
        shell.tasks.run(lambda: portfolio_files.bring_back(away), done=look_again, failed=shell.on_failure)

    told = Told(
        _("Sample removed"),
        _("It is deleted when the window closes."),
        link=_("Bring it back"),
        on_link=bring_back,
        stays=20_000,
    )
    shell.window.toasts.show(told)
    look_again()


def _answer(window: MainWindow, verb: str) -> None:
    """The dialog where a portfolio is open, else what the welcome page does under that name."""
    if window.open_dialog(verb):
        return
    page = window.navigation.page
    do = page.verbs().get(verb) if page is not None else None
    if do is not None:
        do()

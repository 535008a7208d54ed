"""Parts of the window that are made when they are first needed: what is said above the pages, toasts, menus."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMainWindow, QVBoxLayout, QWidget

if TYPE_CHECKING:
    from collections.abc import Callable

    from cs_workbench.ui.desk import Told
    from cs_workbench.ui.navigation import Navigation
    from cs_workbench.ui.opening_bands import Bands
    from cs_workbench.ui.rail import Rail
    from cs_workbench.ui.shortcuts import Commands
    from cs_workbench.ui.toasts import Toasts
    from cs_workbench.ui.typed_text import TypedText
    from cs_workbench.ui.widgets.notice import Notice

_IN_RAIL = (
    "portfolio_new",
    "portfolio_open",
    "portfolio_sample",
    "portfolio_save_as",
    "portfolio_duplicate",
    "",
)
_BELOW = ("import_files", "export", "backup")


class WindowParts(QMainWindow):
    """What ``MainWindow`` is put together from. ``has`` tells whether a part was made without making it."""

    ground: QWidget
    navigation: Navigation
    rail: Rail
    right: QVBoxLayout
    is_complete = False
    typed: TypedText | None = None
    make_whole: Callable[[], object] | None = None
    """Who completes the window, where there is more to it than its own parts."""

    def complete(self) -> None:
        """Add what is made after the first page."""
        raise NotImplementedError

    def be_whole(self) -> None:
        """Complete the window now: somebody is quicker than the rest of it."""
        if not self.is_complete:
            (self.make_whole or self.complete)()

    def end_typing(self) -> None:
        """Another portfolio or window comes: what stands in fields is kept, and nothing more is."""
        if self.typed is not None:
            self.typed.stop()

    def leave_page(self) -> None:
        """Another window comes: the page keeps what is being typed."""
        if self.navigation.page is not None:
            self.navigation.page.leave()
        self.end_typing()

    def tell(self, told: Told) -> None:
        """Show a toast."""
        self.toasts.show(told)

    def has(self, part: str) -> bool:
        """Whether the part with that name was made already."""
        return part in self.__dict__

    @cached_property
    def notice(self) -> Notice:
        """What could not be written, above everything else at the right."""
        from cs_workbench.ui.widgets.notice import Notice

        notice = Notice()
        self.right.insertWidget(0, notice)
        return notice

    @cached_property
    def bands(self) -> Bands:
        """What is to be known about the portfolio, above the pages."""
        from cs_workbench.ui.opening_bands import Bands

        bands = Bands()
        self.right.insertWidget(int(self.has("notice")), bands)
        return bands

    @cached_property
    def toasts(self) -> Toasts:
        """One toast at a time, bottom right."""
        from cs_workbench.ui.toasts import Toasts

        toasts = Toasts(self.ground, self._foot)
        toasts.undone.connect(lambda: self.act("undo"))
        return toasts

    @cached_property
    def commands(self) -> Commands:
        """The actions with their keys, in the menu bar and the menu of the portfolio in the rail."""
        from cs_workbench.ui.shortcuts import Commands

        commands = Commands(self, self.answers)
        commands.wanted.connect(self.act)
        bar, menu = self.menuBar(), self.rail.menu
        commands.fill(bar)
        bar.setVisible(bar.isNativeMenuBar())
        for name in (*_IN_RAIL, *_BELOW):
            menu.addAction(commands.actions[name]) if name else menu.addSeparator()
        commands.watch(menu)
        return commands

    def act(self, name: str) -> None:
        """Do what the action with that id does on this page, if anything."""
        raise NotImplementedError

    def answers(self, verb: str) -> bool:
        """Whether *verb* has an answer just now."""
        raise NotImplementedError

    def _foot(self) -> int:
        """Height of what the page shows at its lower edge."""
        page = self.navigation.page
        return page.foot() if page is not None else 0

"""The window's parts and where they are: some at once, others when they are first needed. None knows what it is for."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QVBoxLayout, QWidget

from cs_workbench.ui.rail import Rail
from cs_workbench.ui.status_bar import StatusBar

if TYPE_CHECKING:
    from cs_workbench.ui.desk import Told
    from cs_workbench.ui.navigation import Navigation
    from cs_workbench.ui.opening_bands import Bands
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
    """What ``MainWindow`` is put together from: rail and status bar at once, the rest when it is asked for.

    ``has`` tells whether a part was made without making it; ``undone`` that somebody pressed Undo in a toast.
    """

    undone = Signal()

    navigation: Navigation
    typed: TypedText | None = None

    def __init__(self) -> None:
        super().__init__()
        self.rail = Rail()
        self.status = StatusBar()
        self.ground = QWidget()
        self.right = QVBoxLayout()
        self._lay_out()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self.ground)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        across = QHBoxLayout()
        across.setSpacing(0)
        self.right.setSpacing(0)
        across.addWidget(self.rail)
        across.addLayout(self.right, 1)
        column.addLayout(across, 1)
        column.addWidget(self.status)
        self.setCentralWidget(self.ground)

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

    @property
    def says_unsaved(self) -> bool:
        """Whether it stands above the page that something is not written yet."""
        return self.has("notice") and self.notice.isVisibleTo(self)

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
        toasts.undone.connect(self.undone)
        return toasts

    def put_in_menus(self, commands: Commands) -> None:
        """The actions into the menu bar, some of them into the menu of the portfolio in the rail, too."""
        bar, menu = self.menuBar(), self.rail.menu
        commands.fill(bar)
        bar.setVisible(bar.isNativeMenuBar())
        for name in (*_IN_RAIL, *_BELOW):
            menu.addAction(commands.actions[name]) if name else menu.addSeparator()
        commands.watch(menu)

    def _foot(self) -> int:
        """Height of what the page shows at its lower edge."""
        page = self.navigation.page
        return page.foot() if page is not None else 0

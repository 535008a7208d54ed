"""The window's parts and where they are: some at once, others when they are first needed. None knows what it is for."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QVBoxLayout, QWidget

from cs_workbench.ui import theme as themes
from cs_workbench.ui.front import Front

if TYPE_CHECKING:
    from cs_workbench.ui.desk import Told
    from cs_workbench.ui.navigation import Navigation
    from cs_workbench.ui.opening_bands import Bands
    from cs_workbench.ui.rail import Rail
    from cs_workbench.ui.shortcuts import Commands
    from cs_workbench.ui.status_bar import StatusBar
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

NARROW = 1240
"""Below this width (px at scale 1) the rail collapses and detail panes become overlays."""


class Frame(NamedTuple):
    """What every page stands in: the rail, the column beside it, the line at the foot, and what they lie on."""

    ground: QWidget
    rail: Rail
    right: QVBoxLayout
    status: StatusBar


class WindowParts(QMainWindow):
    """What ``MainWindow`` is put together from: its front at once, everything else when it is asked for.

    ``has`` tells whether a part was made without making it; ``undone`` that somebody pressed Undo in a toast.
    """

    undone = Signal()

    navigation: Navigation
    typed: TypedText | None = None

    def __init__(self) -> None:
        super().__init__()
        self.front = Front()
        self.setCentralWidget(self.front)

    @cached_property
    def frame(self) -> Frame:
        """Rail, foot and the room for pages, in the place of the front."""
        from cs_workbench.ui.rail import Rail
        from cs_workbench.ui.status_bar import StatusBar

        frame = Frame(QWidget(), Rail(), QVBoxLayout(), StatusBar())
        frame.rail.set_collapsed(self.width() < themes.current().px(NARROW))
        column = QVBoxLayout(frame.ground)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        across = QHBoxLayout()
        across.setSpacing(0)
        frame.right.setSpacing(0)
        across.addWidget(frame.rail)
        across.addLayout(frame.right, 1)
        column.addLayout(across, 1)
        column.addWidget(frame.status)
        self.setCentralWidget(frame.ground)
        frame.ground.show()  # at once: a page in something hidden cannot have the focus
        return frame

    def fit_rail(self) -> None:
        """Only icons in the rail where the window is narrow."""
        narrow = self.width() < themes.current().px(NARROW)
        if not self.has("frame"):
            self.front.set_collapsed(narrow)
        elif narrow != self.rail.collapsed:
            self.rail.set_collapsed(narrow)

    @property
    def rail(self) -> Rail:
        """The rail at the left."""
        return self.frame.rail

    @property
    def status(self) -> StatusBar:
        """The line at the foot."""
        return self.frame.status

    @property
    def ground(self) -> QWidget:
        """What everything in the window lies on."""
        return self.frame.ground

    @property
    def right(self) -> QVBoxLayout:
        """The column beside the rail: what there is to tell, then the pages."""
        return self.frame.right

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

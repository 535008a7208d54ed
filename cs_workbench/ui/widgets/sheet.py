"""A dialog as a sheet over the window: header with a title, a body, a footer with what can be done."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from cs_workbench.i18n import _
from cs_workbench.ui import theme as themes
from cs_workbench.ui.widgets.button import Button
from cs_workbench.ui.widgets.header import Bar
from cs_workbench.ui.widgets.label import Label
from cs_workbench.ui.widgets.overlay import Overlay


class Sheet(Overlay):
    """Fill ``body``; put buttons into ``foot`` (the filled one last). Ctrl Enter presses ``main``, Esc closes.

    It darkens the window behind it while it is open and goes with it; the keys of the window keep still meanwhile.
    A height of 0 takes what the body needs.
    """

    def __init__(
        self, window: QWidget, title: str, fact: str = "", *, size: tuple[int, int] = (1120, 760)
    ) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._measure = size
        self.main: Button | None = None
        self.title = Label(title, "title")
        self.fact = Label(fact, "body", "text.secondary", elide=True)
        self.cross = Button(kind="quiet", icon="x", name=_("Close"))
        self.body = QWidget()
        self._foot = Bar(64, surface="", line="line.strong", above=True)
        self.foot: QHBoxLayout = self._foot.row
        self._lay_out()
        self.setWindowTitle(title)
        self.setAccessibleName(title)

    def _lay_out(self) -> None:
        edge = self.edge
        head = Bar(56, surface="", line="line.strong")
        for widget in (self.title, self.fact):
            head.row.addWidget(widget)
        head.row.addStretch(1)
        head.row.addWidget(self.cross)
        column = QVBoxLayout(self)
        column.setContentsMargins(edge, edge, edge, edge)
        column.setSpacing(0)
        column.addWidget(head)
        column.addWidget(self.body, 1)
        column.addWidget(self._foot)
        self.cross.clicked.connect(self.reject)
        self.cross.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self).activated.connect(self._on_main)

    def measure(self, room: QSize) -> tuple[int, int]:
        """As asked for."""
        width, height = (themes.current().px(one) for one in self._measure)
        return width, height or super().measure(room)[1]

    def unfold(self) -> None:
        """Show it over the middle of the window. Where only buttons can be pressed, the keyboard is on the main one."""
        self.appear()
        at = self.focusWidget()
        if at is not None and self._foot.isAncestorOf(at) and self.main is not None and self.main.isEnabled():
            self.main.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_main(self) -> None:
        if self.main is not None and self.main.isVisible() and self.main.isEnabled():
            self.main.click()

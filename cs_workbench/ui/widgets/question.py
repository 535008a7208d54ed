"""A small question under what was pressed: a title, fields, one filled button."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from cs_workbench.ui import reading_only
from cs_workbench.ui import theme as themes
from cs_workbench.ui.widgets.button import Button
from cs_workbench.ui.widgets.floats import Popover
from cs_workbench.ui.widgets.label import Label
from cs_workbench.ui.widgets.shadow import margin_of_window

_WIDTH = 400
_CLEAR = 16
"""So far from the window's right edge it stays."""


class AskPopover(Popover):
    """Put widgets into ``fields``; Enter (a field passes it on) or the button calls ``answer``, Esc closes."""

    writes: ClassVar[bool] = True
    """Whether the answer changes the portfolio."""

    def __init__(self, title: str, button: str, icon: str, parent: QWidget, *, width: int = _WIDTH) -> None:
        super().__init__(width, parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAccessibleName(title)
        theme = themes.current()
        self.title = Label(title, "strong", elide=True)
        self.save = Button(button, "filled", icon=icon, keys="Enter")
        self.fields = QVBoxLayout()
        self.fields.setSpacing(theme.px(8))
        inner = QVBoxLayout()
        inner.setContentsMargins(*[theme.px(16)] * 4)
        inner.setSpacing(theme.px(12))
        inner.addWidget(self.title)
        inner.addLayout(self.fields)
        self.footer = QHBoxLayout()
        self.footer.addStretch(1)
        self.footer.addWidget(self.save)
        inner.addLayout(self.footer)
        self.column.addLayout(inner)
        self.save.clicked.connect(self.press)

    def ask_under(self, button: QWidget, window: QWidget) -> None:
        """Show it with its left edge under that of a *button* at the left of the page."""
        width = self.width() - 2 * margin_of_window()
        self.ask(button.mapToGlobal(button.rect().bottomLeft()) + QPoint(width, 0), window)

    def ask(self, corner: QPoint, window: QWidget) -> None:
        """Show it with its top right corner at *corner* (global), inside *window*."""
        self.adjustSize()
        edge = margin_of_window()
        inside = window.mapToGlobal(QPoint(0, 0))
        left = max(corner.x() - self.width() + edge, inside.x() - edge)
        lowest = inside.y() + window.height() - self.height() + edge
        left = min(left, inside.x() + window.width() - self.width() + edge - themes.current().px(_CLEAR))
        self.move(left, max(min(corner.y() - edge + 4, lowest), inside.y() - edge))
        self.show()

    def press(self) -> None:
        """Take the answer, unless it could not be written anyway."""
        if not (self.writes and reading_only.refused(self)):
            self.answer()

    def answer(self) -> None:
        """Take the answer, if it is complete."""

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Enter answers."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.press()
        else:
            super().keyPressEvent(event)

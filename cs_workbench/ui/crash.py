"""The crash page: what happened in words, details to copy that hold no data, and the way on."""

from __future__ import annotations

import datetime as dt
import platform
import traceback as tracebacks
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, qVersion
from PySide6.QtGui import QGuiApplication, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

import cs_workbench
from cs_workbench.i18n import _
from cs_workbench.ui import theme as themes
from cs_workbench.ui.widgets.button import Button
from cs_workbench.ui.widgets.label import Label

if TYPE_CHECKING:
    from cs_workbench.ui.main_window import MainWindow


def details(kind: type[BaseException], traceback: TracebackType | None, at: dt.datetime) -> str:
    """What a developer needs and nothing a customer told: versions, the kind of error, module and line of each frame.

    The message and the values are left out: they may quote a name or a figure.
    """
    frames = tracebacks.extract_tb(traceback)
    lines = [f"  {_place(frame.filename)}:{frame.lineno} {frame.name}" for frame in frames]
    return "\n".join(
        [
            f"CS Workbench {cs_workbench.__version__}, Python {platform.python_version()}, Qt {qVersion()}",
            f"{platform.system()} {platform.release()} {platform.machine()}, {at:%Y-%m-%dT%H:%M:%SZ}",
            f"{kind.__module__}.{kind.__qualname__}",
            *lines,
        ]
    )


def _place(path: str) -> str:
    """The module's path from the package on; a file elsewhere by its name only."""
    parts = path.replace("\\", "/").split("/")
    for anchor in ("cs_workbench", "site-packages"):
        if anchor in parts:
            return "/".join(parts[len(parts) - 1 - parts[::-1].index(anchor) :])
    return parts[-1]


class CrashPage(QWidget):
    """Covers the page that failed. ``go_on`` takes it away; the window keeps working behind it."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = Label(_("Something went wrong in the program"), "page")
        self.sentence = Label(
            _("What was saved is safe. You can go on; if it happens again, start the program anew."),
            "reading",
            wrap=True,
        )
        self.hint = Label(
            _("These details help to find the fault. They hold no customer data."), "small", "text.secondary"
        )
        self.text = QPlainTextEdit(text)
        self.copy = Button(_("Copy details"), icon="copy")
        self.go_on = Button(_("Go on"), "filled")
        self._lay_out()
        self.copy.clicked.connect(self._copy)
        self.go_on.clicked.connect(self._leave)

    def _lay_out(self) -> None:
        theme = themes.current()
        self.text.setReadOnly(True)
        self.text.setAccessibleName(_("Details"))
        self.text.setFont(theme.font("small"))
        column = QVBoxLayout(self)
        edge = theme.px(48)
        column.setContentsMargins(edge, edge, edge, edge)
        column.setSpacing(theme.px(12))
        for part in (self.title, self.sentence, self.hint):
            column.addWidget(part)
        column.addWidget(self.text, 1)
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        row.addWidget(self.copy)
        row.addWidget(self.go_on)
        row.addStretch(1)
        column.addLayout(row)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """The page's surface."""
        QPainter(self).fillRect(event.rect(), themes.current().colour("bg.surface"))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Enter and Esc go on."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape):
            self._leave()
        else:
            super().keyPressEvent(event)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.text.toPlainText())

    def _leave(self) -> None:
        self.hide()
        self.deleteLater()


def show(window: MainWindow, text: str) -> CrashPage:
    """Put the crash page over the page shown; there is never more than one."""
    for before in window.ground.findChildren(CrashPage):
        before.hide()
        before.deleteLater()
    page = CrashPage(text, window.ground)
    page.setGeometry(window.navigation.geometry())
    page.show()
    page.raise_()
    page.go_on.setFocus()
    window.navigation.arrived.connect(page._leave)  # keys go on working: what they lead to is to be seen
    return page

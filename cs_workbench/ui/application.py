"""The QApplication as this program wears it."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication

from cs_workbench.ui import theme as themes
from cs_workbench.ui.focus import FocusRing, WorkbenchStyle
from cs_workbench.ui.immortal import keep_singletons

_STYLED = "cs_workbench_styled"


def application(arguments: list[str]) -> QApplication:
    """The QApplication with our fonts and name; language and theme come with the shell."""
    keep_singletons()
    app = QApplication.instance() or QApplication(arguments)
    if not isinstance(app, QApplication):
        raise TypeError("another kind of Qt application is running")
    app.setApplicationName("cs-workbench")
    app.setApplicationDisplayName("CS Workbench")
    app.setDesktopFileName("cs-workbench")
    if not app.property(_STYLED):  # before any widget: a style put on later looks at each of them again
        app.setProperty(_STYLED, True)
        app.setStyle(WorkbenchStyle())
    themes.add_fonts()
    return app


def show_focus(app: QApplication) -> None:
    """Put the focus ring on, once; not needed for the first paint."""
    if app.findChild(FocusRing) is None:
        FocusRing(app)

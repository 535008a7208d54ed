"""The QApplication as this program wears it."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication

from cs_workbench.ui import theme as themes
from cs_workbench.ui.immortal import keep_singletons

_STYLE = "Fusion"
_STYLED = "cs_workbench_styled"


def application(arguments: list[str]) -> QApplication:
    """The QApplication with our fonts and name; language and theme come with the shell, the focus with ``show_focus``.

    The style is named on its command line: putting one on makes Qt's binding build every style there is.
    """
    keep_singletons()
    name, *others = arguments or ["cs-workbench"]
    app = QApplication.instance() or QApplication([name, "-style", _STYLE, *others])
    if not isinstance(app, QApplication):
        raise TypeError("another kind of Qt application is running")
    app.setApplicationName("cs-workbench")
    app.setApplicationDisplayName("CS Workbench")
    app.setDesktopFileName("cs-workbench")
    themes.add_fonts()
    return app


def show_focus(app: QApplication) -> None:
    """Show where the keyboard is, once: our style (the same, with our ring) and the ring outside controls.

    Not before the first page is filled: until a key moves the focus nothing of it is seen, and a style that answers
    in Python has the binding build every kind of control.
    """
    from cs_workbench.ui.focus import FocusRing, WorkbenchStyle

    if not app.property(_STYLED):
        app.setProperty(_STYLED, True)
        app.setStyle(WorkbenchStyle())
    if app.findChild(FocusRing) is None:
        FocusRing(app)

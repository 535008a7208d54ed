"""What stands over a portfolio that goes: closed with it. Words that are kept nowhere come along, or it is told."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from cs_workbench.i18n import _
from cs_workbench.ui import session
from cs_workbench.ui.widgets.overlay import Overlay

if TYPE_CHECKING:
    from cs_workbench.services.typed_left import Left
    from cs_workbench.ui.desk import Desk
    from cs_workbench.ui.main_window import MainWindow

_LONG = 20_000


class Unkept(NamedTuple):
    """Words typed into the portfolio at *path* and kept nowhere: those of fields, and a line of the quick log with the
    account it is about.
    """

    path: str
    left: tuple[Left, ...]
    line: str = ""
    account_id: int | None = None


def put_away(window: MainWindow) -> tuple[str, int | None]:
    """Close what stands over the pages of *window*; the line of the quick log, where it is kept nowhere."""
    found: tuple[str, int | None] = ("", None)
    for one in window.ground.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly):
        if isinstance(one, Overlay):
            if not one.isHidden():
                one.put_away()
        elif (close := getattr(one, "put_away", None)) is not None:
            line = close()
            found = line if line[0] else found
    return found


def carried(window: MainWindow, desk: Desk | None, found: Unkept | None) -> tuple[Left, ...]:
    """The words of fields that come along into the same portfolio, opened anew behind *desk*; the line of the quick log
    stands there again at once. What cannot come along is told, and can be copied.
    """
    if found is None:
        return ()
    if desk is not None and desk.workbench.path == found.path:
        if found.line:
            QTimer.singleShot(0, window, partial(_open_again, window, desk, found))
        return found.left
    from cs_workbench.ui.desk import Told

    words = "\n\n".join(one for one in (*(one.text for one in found.left), found.line) if one)
    told = Told(
        _("What was typed is not kept"),
        _("It was typed in {portfolio}.").format(portfolio=session.portfolio_name(found.path)),
        tone="warn",
        link=_("Copy the text"),
        on_link=lambda: QGuiApplication.clipboard().setText(words),
        stays=_LONG,
    )
    window.tell(told)
    return ()


def _open_again(window: MainWindow, desk: Desk, found: Unkept) -> None:
    if window.desk is desk:
        window.open_dialog("log_contact", account_id=found.account_id, text=found.line)

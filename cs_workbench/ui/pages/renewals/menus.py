"""The menus of the Renewals page: how far ahead, and the verbs of a row for the pointer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu, QWidget

from cs_workbench.i18n import _
from cs_workbench.services.renewals import HORIZONS
from cs_workbench.ui.widgets.menu import Menu

if TYPE_CHECKING:
    from cs_workbench.ui.page import Page


def choose_horizon(below: QWidget, taken: int, take: Callable[[int], object]) -> QMenu:
    """How many days ahead."""
    menu = Menu(below)
    for days in HORIZONS:
        action = menu.addAction(_("Next {n} days").format(n=days))
        action.setCheckable(True)
        action.setChecked(days == taken)
        action.triggered.connect(lambda _checked=False, days=days: take(days))
    return _pop_up(menu, below.mapToGlobal(QPoint(0, below.height())))


def show_verbs(view: QWidget, at: QPoint, verbs: Mapping[str, Callable[[], object]]) -> QMenu:
    """What can be done with the chosen row, as far as *verbs* answer."""
    names = {
        "open_row": _("Open account"), "call": _("Set my call"), "done": _("Mark step done"),
        "prepare_pack": _("Prepare pack"), "log_contact": _("Log contact"), "copy_rows": _("Copy as table"),
    }  # fmt: skip
    menu = Menu(view)
    for name, text in names.items():
        if name in verbs:
            menu.verb(name, verbs[name], text)
    return _pop_up(menu, view.mapToGlobal(at))


def _pop_up(menu: QMenu, at: QPoint) -> QMenu:
    menu.aboutToHide.connect(menu.deleteLater)
    menu.popup(at)
    return menu


def ask_window(page: Page, verb: str, account: int | None) -> None:
    """The window's dialog about an account; its page where there is no such dialog."""
    opener: Callable[..., bool] | None = getattr(page.window(), "open_dialog", None)
    if account and (opener is None or not opener(verb, account_id=account)):
        page.desk.open_account(account, "documents" if verb == "prepare_pack" else "timeline")

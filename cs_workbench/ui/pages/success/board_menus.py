"""The menus of the board: which persona, which version, and the verbs of a card for the pointer."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from cs_workbench.i18n import _
from cs_workbench.ui import icons
from cs_workbench.ui.dialogs.playbook import ask_playbook
from cs_workbench.ui.pages.success import board_words as words
from cs_workbench.ui.pages.success.board_history import show_moves
from cs_workbench.ui.widgets.menu import Menu

if TYPE_CHECKING:
    from cs_workbench.ui.pages.success.board import MapView


def choose_persona(below: QWidget, view: MapView) -> QMenu:
    """Every persona with what it covers; then editing them and reading older versions."""
    menu = Menu(below)
    board = view.board
    used = board.coverage.used if board is not None else ()
    for one in used:
        share = words.percent(one.share)
        action = menu.addAction(
            _("{persona} ({share})").format(persona=one.name.replace("&", "&&"), share=share)
        )
        action.setCheckable(True)
        action.setChecked(board is not None and board.persona is not None and board.persona.id == one.id)
        action.triggered.connect(lambda _checked=False, key=one.id: view.show_persona(key))
    menu.addSeparator()
    _add(menu, _("New persona…"), view.new_persona, "user-plus")
    _add(menu, _("Edit personas…"), view.edit_personas, "users")
    if board is not None and board.persona is not None and board.persona.map_id is not None:
        _add(menu, _("Versions of the map…"), view.edit_map, "history")
    return _pop_up(menu, below.mapToGlobal(QPoint(0, below.height())))


def show_card(view: MapView, at: QPoint) -> QMenu | None:
    """What can be done with the chosen card."""
    board, card = view.board, view.canvas.card()
    if board is None or card is None:
        return None
    menu = Menu(view)
    menu.verb("open_row", view.open_row, _("Open account"))
    menu.verb("log_contact", view.log_contact)
    menu.verb("start_playbook", view.start_playbook)
    menu.addSeparator()
    moving = menu.addMenu(icons.icon("arrow-right"), _("Move to"))
    for place, lane in enumerate(board.lanes):
        if lane.step is not None:
            action = _add(moving, words.step(lane), partial(view.canvas.put, card.account_id, place))
            action.setEnabled(place != card.step)
    menu.verb("wanted_step", view.ask_wanted, _("Set wanted step…"))
    _add(menu, _("Moves so far…"), partial(show_moves, view), "history")
    other = menu.addMenu(icons.icon("users"), _("Other persona"))
    for one in board.coverage.used:
        if board.persona is not None and one.id != board.persona.id:
            _add(other, one.name, partial(view.acts.give, [card.account_id], one.id, card.name))
    _add(other, _("No persona"), partial(view.acts.give, [card.account_id], None, card.name))
    return _pop_up(menu, at)


def log_contact(view: MapView) -> None:
    """The window's quick log about the chosen account."""
    card = view.canvas.card()
    opener: Callable[..., bool] | None = getattr(view.window(), "open_dialog", None)
    if card is not None and opener is not None:
        opener("log_contact", account_id=card.account_id)


def start_playbook(view: MapView) -> None:
    """Ask which playbook to start for the chosen account."""
    card = view.canvas.card()
    if card is not None:
        ask_playbook(view, card.account_id, view.foot_bar)


def _add(menu: QMenu, text: str, do: Callable[[], object], icon: str = "") -> QAction:
    action = menu.addAction(text.replace("&", "&&"))
    if icon:
        action.setIcon(icons.icon(icon))
    action.triggered.connect(lambda _checked=False: do())
    return action


def _pop_up(menu: QMenu, at: QPoint) -> QMenu:
    menu.aboutToHide.connect(menu.deleteLater)
    menu.popup(at)
    return menu

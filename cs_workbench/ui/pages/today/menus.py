"""The menus of Today: under which headings, what is snoozed, and the verbs of a line for the pointer."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from cs_workbench.i18n import _, mark
from cs_workbench.services import signal_words
from cs_workbench.services.today import Item, Snoozed
from cs_workbench.ui import actions, icons
from cs_workbench.ui.pages.today.model import GROUPINGS, Grouping
from cs_workbench.ui.widgets.menu import Menu

_VERBS = {
    "done": mark("Mark done"),
    "snooze": mark("Snooze"),
    "hand_over": mark("Hand over"),
    "start_playbook": mark("Start playbook"),
    "open_row": mark("Open account"),
}


def choose_grouping(below: QWidget, taken: Grouping, take: Callable[[Grouping], object]) -> QMenu:
    """Under which headings the lines stand."""
    menu = Menu(below)
    for key, text in GROUPINGS.items():
        action = menu.addAction(_(text))
        action.setCheckable(True)
        action.setChecked(key == taken)
        action.triggered.connect(lambda _checked=False, key=key: take(key))
    return _pop_up(menu, below.mapToGlobal(QPoint(0, below.height())))


def show_snoozed(below: QWidget, snoozed: Sequence[Snoozed], wake: Callable[[Item], object]) -> QMenu:
    """What is out of sight, with its day and reason; choosing one wakes it."""
    menu = Menu(below)
    for one in snoozed:
        words = _("{title}, {account}: until {date}, {reason}").format(
            title=signal_words.title(one.item.signal),
            account=one.item.account,
            date=signal_words.short(one.snooze.until),
            reason=one.snooze.reason,
        )
        _add(menu, words, partial(wake, one.item))
    return _pop_up(menu, below.mapToGlobal(QPoint(0, below.height())))


def show_verbs(
    view: QWidget,
    at: QPoint,
    verb: str,
    do: Callable[[], object],
    verbs: Mapping[str, Callable[[], object]],
) -> QMenu:
    """The line's one verb first, then the others."""
    menu = Menu(view)
    first = menu.addAction(verb.replace("&", "&&"), do)
    first.setShortcut(QKeySequence(Qt.Key.Key_Return))
    first.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)  # shown only: the list hears the key
    first.setShortcutVisibleInContextMenu(True)
    menu.addSeparator()
    for name, text in _VERBS.items():
        if _(text) == verb:
            first.setIcon(icons.icon(actions.action(name).icon))
        else:
            menu.verb(name, verbs[name], _(text))
    return _pop_up(menu, view.mapToGlobal(at))


def _add(menu: QMenu, words: str, do: Callable[[], object]) -> None:
    menu.addAction(words.replace("&", "&&")).triggered.connect(lambda _checked=False: do())


def _pop_up(menu: QMenu, at: QPoint) -> QMenu:
    menu.aboutToHide.connect(menu.deleteLater)
    menu.popup(at)
    return menu

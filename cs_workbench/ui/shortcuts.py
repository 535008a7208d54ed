"""The actions table as Qt actions: menus, shortcuts, and which of them have an answer just now."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QIcon, QKeySequence
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QMainWindow,
    QMenu,
    QMenuBar,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)
from shiboken6 import isValid

from cs_workbench.i18n import _
from cs_workbench.ui import icons
from cs_workbench.ui.actions import ACTIONS, GROUPS, Action
from cs_workbench.ui.field_undo import FieldUndo
from cs_workbench.ui.widgets.menu import Menu

_PRESSED_BY_KEYS = {"Space", "Delete", "Backspace"}


def types_text(widget: QWidget | None) -> bool:
    """Whether letters typed now are text: single-key actions then keep still."""
    if isinstance(widget, QComboBox):
        return widget.isEditable()
    return isinstance(widget, QLineEdit | QTextEdit | QPlainTextEdit | QAbstractSpinBox)


def is_plain(shortcut: str) -> bool:
    """Whether a shortcut is letters without Ctrl or Alt ("L", "G, T", "?")."""
    return bool(shortcut) and not any(held in shortcut for held in ("Ctrl", "Alt", "Meta", "F1", "F4", "F5"))


class Commands(QObject):
    """One QAction for each entry of the table. ``wanted`` carries the id of what was asked for."""

    wanted = Signal(str)

    def __init__(self, window: QMainWindow, answers: Callable[[str], bool]) -> None:
        super().__init__(window)
        self._answers = answers
        self._menus: list[tuple[str, QMenu]] = []
        self._watched: list[QMenu] = []
        self._texts: dict[str, str] = {}
        self._dressed = False
        self._sequences = {keys: QKeySequence(keys) for one in ACTIONS for keys in one.shortcuts}
        self._heard = {one.id: list(one.shortcuts) for one in ACTIONS}
        self.actions = {one.id: self._made(one, window) for one in ACTIONS}
        self._undo = FieldUndo(self)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._on_focus)
        self.retranslate()

    def fill(self, bar: QMenuBar) -> None:
        """Put every action into its menu."""
        for group, title in GROUPS.items():
            menu = Menu(_(title), bar)
            bar.addMenu(menu)
            self.watch(menu)
            self._menus.append((title, menu))
            for one in ACTIONS:
                if one.group == group:
                    menu.addAction(self.actions[one.id])

    def watch(self, menu: QMenu) -> None:
        """A menu with actions in it: grey while it is open, every shortcut heard again once it is closed."""
        self._watched.append(menu)
        menu.aboutToShow.connect(self.look)
        menu.aboutToHide.connect(lambda: QTimer.singleShot(0, self, self._on_closed))

    def name(self, action: str, text: str) -> None:
        """Call an action something else until told again ("Undo log contact"); "" gives it its own name back."""
        self._texts[action] = text
        self.retranslate()

    def look(self) -> None:
        """Grey out what has no answer on this page; for a menu about to open, which shows icons from now on."""
        if not self._dressed:
            self._dressed = True
            self.dress()
        for one in ACTIONS:
            self.actions[one.id].setEnabled(self._answers(one.verb))
        self._on_focus(None, QApplication.focusWidget())

    def release(self) -> None:
        """Enable everything again: a shortcut asks when it is pressed, not when a menu was last open."""
        for one in ACTIONS:
            self.actions[one.id].setEnabled(True)
        self._on_focus(None, QApplication.focusWidget())

    def retranslate(self) -> None:
        """Menus and actions in the language of now."""
        for title, menu in self._menus:
            menu.setTitle(_(title))
        for one in ACTIONS:
            self.actions[one.id].setText((self._texts.get(one.id) or _(one.text)).replace("&", "&&"))

    def dress(self) -> None:
        """Icons in the colours of a new theme. Until a menu was opened nobody sees one: drawing them waits."""
        if not self._dressed:
            return
        for one in ACTIONS:
            self.actions[one.id].setIcon(icons.icon(one.icon) if one.icon else QIcon())

    def _on_closed(self) -> None:
        """A menu closed, and what was chosen in it was done; another one may have opened in its place."""
        if not any(isValid(menu) and menu.isVisible() for menu in self._watched):
            self.release()

    def _made(self, one: Action, window: QMainWindow) -> QAction:
        action = QAction(window)
        action.setObjectName(one.id)
        action.setShortcuts([self._sequences[keys] for keys in one.shortcuts])
        action.setAutoRepeat(one.id in _REPEATED)
        action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        action.setMenuRole(_ROLES.get(one.id, QAction.MenuRole.NoRole))
        action.triggered.connect(lambda _checked=False, name=one.id: self.wanted.emit(name))
        window.addAction(action)
        return action

    def _on_focus(self, _old: QWidget | None, now: QWidget | None) -> None:
        self._undo.follow(now)
        typing = types_text(now)
        pressing = isinstance(now, QAbstractButton)
        for one in ACTIONS:
            keep = [keys for keys in one.shortcuts if not (is_plain(keys) and typing)]
            if pressing:
                keep = [keys for keys in keep if keys not in _PRESSED_BY_KEYS]
            if keep != self._heard[one.id]:
                self._heard[one.id] = keep
                self.actions[one.id].setShortcuts([self._sequences[keys] for keys in keep])


_REPEATED = frozenset(("larger", "smaller"))
"""What a key held down does again and again; undo, backups and the rest want a press each."""
_ROLES = {
    "about": QAction.MenuRole.AboutRole,
    "quit": QAction.MenuRole.QuitRole,
    "go_settings": QAction.MenuRole.PreferencesRole,
}

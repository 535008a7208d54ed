"""A running window on one portfolio, without a display, with an ear for everything that goes wrong in it."""

from __future__ import annotations

import datetime as dt
import gc
import os
import sys
import threading
import time
import traceback
from types import TracebackType

from PySide6.QtCore import QEvent, QEventLoop, QObject, QPoint, QTimer, qInstallMessageHandler
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from shiboken6 import isValid

from cs_workbench import app as composition
from cs_workbench import i18n, settings
from cs_workbench.selftest.seen import undrawn
from cs_workbench.ui import session
from cs_workbench.ui import theme as themes
from cs_workbench.ui.crash import CrashPage
from cs_workbench.ui.desk import Desk, Told
from cs_workbench.ui.dialogs.quick_log import QuickLog
from cs_workbench.ui.palette import Palette

QUIET = 0.15
"""Seconds without work after which a screen counts as filled."""
LONGEST = 60.0
"""Seconds after which a screen that still works counts as stuck."""
SOON = 1_000
"""ms: a timer that runs out within them is part of a screen's work, such as a chart that waits for its size."""
LOOK = 25
"""ms between two looks."""
OF_THE_PLATFORM = ("This plugin does not support",)
"""Sentences of the offscreen platform itself; everything else Qt says is a fault of ours."""


class Stage:
    """The window program as ``app.run`` composes it, in the private *home* of one trial, its clock standing still.

    ``heard`` collects faults: exceptions, crash pages, Qt warnings, errors told, dialogs that stay, and after ``close``
    threads and timers left behind.
    """

    def __init__(self, *, theme: str, language: str, scale: float, now: dt.datetime) -> None:
        self.heard: list[str] = []
        self._language = i18n.language()
        self._gc = gc.isenabled()
        self._threads = set(threading.enumerate())
        self._excepthook = sys.excepthook
        self._theme = themes.current()
        self.app = composition.application(sys.argv[:1])
        self._timers = set(map(id, self.app.findChildren(QTimer)))
        qInstallMessageHandler(self._on_qt_message)
        session.keep({"theme": theme, "scale": scale})
        settings.keep(language=language)
        self.shell = composition.Shell(self.app, clock=lambda: now)
        sys.excepthook = self._on_exception
        self.shell.show()
        self.settle()

    @property
    def desk(self) -> Desk:
        """The desk of the portfolio open. Raises RuntimeError where none is."""
        if self.shell.desk is None:
            raise RuntimeError("no portfolio is open")
        return self.shell.desk

    def open(self, path: str) -> None:
        """Open the portfolio at *path*, as a start does."""
        self.shell.open(path)
        self.settle()
        if self.shell.desk is not None:
            self.shell.desk.told.connect(self._on_told)

    def settle(self) -> None:
        """Let the window work until it has been quiet for a moment."""
        loop = QEventLoop()
        began = calm = time.monotonic()
        stuck = False
        placed = 0

        def look() -> None:
            nonlocal calm, placed, stuck
            now, before = time.monotonic(), placed
            placed = self._placed()
            if placed != before or self.shell.tasks.busy or self._ticking() or undrawn(self.shell.window):
                calm = now
            stuck = now - began >= LONGEST
            if now - calm >= QUIET or stuck:
                loop.quit()

        timer = QTimer()
        timer.setInterval(LOOK)
        timer.timeout.connect(look)
        timer.start()
        loop.exec()
        timer.stop()
        if stuck:  # not: busy, for something may have begun since it was quiet
            self.heard.append(f"still at work after {LONGEST:.0f} s")

    def _placed(self) -> int:
        """Where everything seen stands, as a number: a layout may take a second turn, as when a scroll bar comes."""
        QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
        shown = (one for one in self.shell.window.findChildren(QWidget) if one.isVisible())
        return hash(tuple(one.geometry().getRect() for one in shown))

    def _ticking(self) -> bool:
        """Whether something on the screen is about to happen by itself."""
        return any(
            timer.isActive() and timer.isSingleShot() and timer.interval() <= SOON
            for one in (self.shell.window, *self.dialogs())
            for timer in one.findChildren(QTimer)
        )

    def picture(self, *, toast: bool = False) -> QPixmap:
        """The window with the dialogs over it, as the person sees them; without its toast unless that is wanted."""
        window = self.shell.window
        if window.is_complete and not toast:
            window.toasts.clear()
        seen = window.grab()
        painter = QPainter(seen)
        for dialog in self.dialogs():
            painter.drawPixmap(dialog.mapToGlobal(QPoint()) - window.mapToGlobal(QPoint()), dialog.grab())
        painter.end()
        return seen

    def dialogs(self) -> list[QWidget]:
        """Windows over the window: dialogs, menus, popovers."""
        window = self.shell.window
        return [one for one in self.app.topLevelWidgets() if one.isVisible() and one is not window]

    def _opened(self) -> list[QWidget]:
        """Everything opened over the pages: windows of their own, and dialogs that lie inside the window."""
        inside = self.shell.window.findChildren(QDialog)
        return [*self.dialogs(), *(one for one in inside if one.isVisible() and not one.isWindow())]

    def tidy(self) -> None:
        """Close what was opened over the pages, and note what would not go or should not be there."""
        window = self.shell.window
        for crash in window.ground.findChildren(CrashPage):
            self.heard.append("showed the crash page")
            crash.go_on.click()
        floats: list[QuickLog | Palette] = [
            *window.ground.findChildren(QuickLog),
            *window.ground.findChildren(Palette),
        ]
        opened = [one for one in floats if one.isVisible()]
        for one in opened:
            one.leave()
        dialogs = self._opened()
        for dialog in dialogs:
            dialog.reject() if isinstance(dialog, QDialog) else dialog.close()
        if window.is_complete:
            window.toasts.clear()
        if opened or dialogs:
            self.settle()
        self.heard += [f"{type(dialog).__name__} stays open" for dialog in self._opened()]

    def close(self) -> None:
        """End the program; what still runs then is a fault."""
        shell = self.shell
        children: list[QObject] = [shell.window, *([shell.desk] if shell.desk is not None else [])]
        timers = [timer for one in children for timer in one.findChildren(QTimer)]
        shell.close()
        _let_go()
        timers += [one for one in self.app.findChildren(QTimer) if id(one) not in self._timers]
        left = [one.name for one in threading.enumerate() if one not in self._threads and one.is_alive()]
        self.heard += [f"thread {name} runs on" for name in left]
        self.heard += [
            f"timer of {type(one.parent()).__name__} runs on"
            for one in timers
            if isValid(one) and one.isActive()
        ]
        shell.wardrobe.deleteLater()
        shell.deleteLater()
        _let_go()
        themes.wear(self.app, self._theme)
        sys.excepthook = self._excepthook
        qInstallMessageHandler(None)
        sys.setswitchinterval(composition.USUAL_TURN)
        gc.enable() if self._gc else gc.disable()
        i18n.set_language(self._language)

    def _on_qt_message(self, _kind: object, _context: object, text: str) -> None:
        if not text.startswith(OF_THE_PLATFORM):
            self.heard.append(f"Qt: {text}")

    def _on_told(self, told: Told) -> None:
        if told.tone == "bad":
            self.heard.append(f"told an error: {told.text} {told.second}".rstrip())

    def _on_exception(
        self, kind: type[BaseException], error: BaseException | None, place: TracebackType | None
    ) -> None:
        frames = traceback.extract_tb(place)
        where = f" at {os.path.basename(frames[-1].filename)}:{frames[-1].lineno}" if frames else ""
        self.heard.append(f"{kind.__name__}: {error}{where}")
        self.shell.on_exception(kind, error, place)


def _let_go() -> None:
    """Let Qt delete what was to be deleted later."""
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    QApplication.sendPostedEvents(None, 0)

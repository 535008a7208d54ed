"""The composition root: settings, theme, language, window; then, once that is painted, the portfolio in a thread."""

from __future__ import annotations

import datetime as dt
import gc
import os
import sys
import threading
from functools import cached_property
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QByteArray,
    QEvent,
    QObject,
    QTimer,
    QTranslator,
    qInstallMessageHandler,
)

from cs_workbench import i18n, paths, settings
from cs_workbench.errors import UserError
from cs_workbench.i18n import _
from cs_workbench.ui import session
from cs_workbench.ui import theme as themes
from cs_workbench.ui.application import application, show_focus
from cs_workbench.ui.instance import InstancePlace
from cs_workbench.ui.main_window import MainWindow

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from cs_workbench.services.workbench import Workbench
    from cs_workbench.ui.bus import Bus
    from cs_workbench.ui.collector import Collector
    from cs_workbench.ui.desk import Clock, Desk
    from cs_workbench.ui.opening_reception import Reception
    from cs_workbench.ui.tasks import Tasks
    from cs_workbench.ui.tray import Tray

__all__ = ["Shell", "application", "run", "show_focus"]

COMPLETE_AFTER = 120
"""ms after the first page before menus, actions and the drop: its rows go before them."""
WARM_AFTER = 300
"""ms after the first page before the writing half is loaded: the first keys go before it."""
FOCUS_AFTER = 1_000
"""ms after a portfolio was asked for before the window is whole, whatever became of it."""
AHEAD_AFTER = 2_000
"""ms after that before the drawing library is."""
USUAL_TURN = sys.getswitchinterval()
TURN = 0.0005
"""Seconds a thread may keep the interpreter from another: an import must not make the window wait."""


def run(portfolio_path: str | None = None) -> int:
    """Open the window on *portfolio_path* (None: the environment's or the last) and return the exit code at its end."""
    gc.disable()  # no collection between the imports and the first page; see ARCHITECTURE, start-up
    os.umask(0o077)
    qInstallMessageHandler(_on_qt_message)
    app = application(sys.argv)
    place = InstancePlace(app)
    named = portfolio_path or os.environ.get("CS_WORKBENCH_PORTFOLIO", "")
    if not place.first and not _is_ours(place, named):
        return 0
    shell = Shell(app, clock=lambda: dt.datetime.now(dt.UTC))
    sys.excepthook = shell.on_exception
    threading.excepthook = lambda told: shell.on_exception(told.exc_type, told.exc_value, told.exc_traceback)

    def begin() -> None:
        shell.open(named or last_portfolio())
        place.listen(shell.on_called)
        from cs_workbench.ui import ending

        ending.listen(lambda: ending.end(shell), app)

    shell.window.painted.connect(begin)
    shell.show()
    code = app.exec()
    shell.close()
    place.close()
    sys.excepthook = sys.__excepthook__
    return code


def _is_ours(place: InstancePlace, path: str) -> bool:
    """Whether this start may open a window: not where another has one, or is just opening it; then that one is told."""
    if place.hand_over(path):
        return False
    if place.first:
        return True
    i18n.set_language(preferred_language())
    told = _("CS Workbench is open already, but does not answer. Close its window, then start it again.")
    if sys.stderr is not None:
        sys.stderr.write(told + "\n")
    from PySide6.QtWidgets import QMessageBox

    QMessageBox.warning(None, _("CS Workbench"), told)
    return False


def last_portfolio() -> str:
    """The portfolio opened last, even where it is gone by now, or the default place."""
    for path in session.known():
        return path
    return paths.default_portfolio()


def preferred_language() -> str:
    """The person's language: the setting, else the environment's, else English."""
    try:
        kept = settings.load().get("language")
    except UserError:
        kept = None
    wanted = kept if isinstance(kept, str) else os.environ.get("LC_ALL") or os.environ.get("LANG") or "en"
    return wanted[:2] if wanted[:2] in i18n.LANGUAGES else "en"


class Shell(QObject):
    """The running window program: one window, one portfolio at a time."""

    def __init__(self, app: QApplication, *, clock: Clock) -> None:
        super().__init__(app)
        self.app = app
        self.clock = clock
        kept = session.load()
        self.wardrobe = themes.Wardrobe(app, kept.get("theme", "system"), session.scale(kept))
        self.workbench: Workbench | None = None
        self.desk: Desk | None = None
        self.tray: Tray | None = None
        self._translator: QTranslator | None = None
        self._failing = False
        self._closed = False
        self._speak(preferred_language())
        self.window = _made_window()
        self.window.closing.connect(lambda: _keep_session(self))
        self.window.make_whole = self._complete
        self.wardrobe.rescaled.connect(self._rebuild)

    @cached_property
    def tasks(self) -> Tasks:
        """The pool, made once the shell is painted."""
        from cs_workbench.ui.tasks import Tasks

        tasks = Tasks(self)
        tasks.failed.connect(self.on_failure)
        return tasks

    @cached_property
    def bus(self) -> Bus:
        """The bus, made with the first portfolio."""
        from cs_workbench.ui.bus import Bus

        bus = Bus(self)
        bus.changed.connect(self._on_changed)
        return bus

    def show(self) -> None:
        """Paint the shell; nothing of the portfolio is needed for it."""
        self.window.show()

    @cached_property
    def collector(self) -> Collector:
        """Collects garbage on this thread, once the window is warm."""
        from cs_workbench.ui.collector import Collector

        return Collector(self)

    @cached_property
    def reception(self) -> Reception:
        """Who opens portfolios, made with the first one."""
        from cs_workbench.ui.opening_reception import Reception

        return Reception(self, self)

    def open(self, path: str, key: str | None = None) -> None:
        """Open the portfolio at *path* and show its first page; where there never was one, the first-run page."""
        sys.setswitchinterval(TURN)
        QTimer.singleShot(FOCUS_AFTER, self, self._finish)
        if not os.path.exists(path):
            self._complete()
        self.reception.open(path, key)
        self.window.begin()  # while a thread opens the file

    def attach(self, workbench: Workbench) -> None:
        """Show *workbench*, closing the one before."""
        from cs_workbench.ui.desk import Desk

        self._let_go()
        self.workbench = workbench
        self.bus.attach(workbench)
        self.tasks.attach(workbench)
        self.desk = Desk(workbench, self.bus, self.tasks, self.wardrobe, self.clock)
        self.desk.spoke.connect(self.speak)
        self.desk.opened.connect(self.open)
        self.desk.unlocked.connect(self.open)
        self.desk.begun.connect(self.reception.begin)
        session.remember(workbench.path)
        page = _first_page()
        self.desk.read_ahead(page)
        self.window.attach(self.desk, whole=False)
        self.window.go(page)
        QTimer.singleShot(COMPLETE_AFTER, self, self._complete)
        QTimer.singleShot(WARM_AFTER, self._warm)

    def speak(self, language: str) -> None:
        """Use *language* from now on, and remember it."""
        self._speak(language)
        self.app.sendEvent(self.app, QEvent(QEvent.Type.LanguageChange))
        if self.desk is not None:
            self.reception.dress()
        try:
            settings.keep(language=language)
        except UserError as problem:
            self.on_failure(problem)

    def on_called(self, path: str) -> None:
        """Another start asked for the window: come to the front, with that portfolio if it named one."""
        self.window.showNormal() if self.window.isMinimized() else self.window.show()
        self.window.raise_()
        self.window.activateWindow()
        if path and (self.workbench is None or os.path.realpath(path) != self.workbench.path):
            self.open(path)

    def on_failure(self, error: BaseException) -> None:
        """Work nobody was waiting for failed: tell a known error, show the crash page for a bug."""
        if isinstance(error, UserError):
            if self.reception.found_damaged(error):
                return
            if self.window.has("navigation"):
                from cs_workbench.ui.desk import Told

                self.window.toasts.show(Told(error.message, error.remedy, "bad"))
            return
        self.on_exception(type(error), error, error.__traceback__)

    def on_exception(
        self, kind: type[BaseException], error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """A bug: say so on a page with copyable details that hold no data, and go on."""
        if issubclass(kind, KeyboardInterrupt):
            self.app.quit()
            return
        if isinstance(error, UserError) and threading.current_thread() is threading.main_thread():
            self.on_failure(error)
            return
        sys.__excepthook__(kind, error or kind(), traceback)
        if threading.current_thread() is not threading.main_thread() or self._failing:
            return
        self._failing = True
        from cs_workbench.ui import crash

        crash.show(self.window, crash.details(kind, traceback, self.clock()))
        self._failing = False

    def close(self) -> None:
        """Finish what is being written, then leave no thread behind."""
        self._closed = True
        self.tasks.close()
        self._let_go()
        for name in ("collector", "reception"):
            if name in self.__dict__:
                getattr(self, name).close()
        self.window.hide()
        self.window.deleteLater()
        sys.setswitchinterval(USUAL_TURN)

    def leave_portfolio(self) -> None:
        """Close the portfolio; none is open then."""
        self._let_go()
        self.desk = self.window.desk = None

    def _let_go(self) -> None:
        if self.tray is not None:
            self.tray.stop()
            self.tray = None
        self.window.end_typing()
        self.bus.detach()
        self.tasks.attach(None)
        if self.workbench is not None:
            self.workbench.close()
            self.workbench = None

    def _complete(self) -> None:
        if self._closed:
            return
        from cs_workbench.ui.window_verbs import answer_window_verbs

        self.window.complete()
        answer_window_verbs(self, self.window)
        self.reception.furnish(self.window)

    def _finish(self) -> None:
        """What the first page did not need, whatever became of it."""
        self._complete()
        if not self._closed:
            show_focus(self.app)

    def _rebuild(self) -> None:
        """Measures are read when widgets are made: a new scale wants a new window."""
        before = self.window
        place, way = before.saveGeometry(), before.navigation.way()
        before.leave_page()
        self.window = _made_window()
        self.window.closing.connect(lambda: _keep_session(self))
        self.window.make_whole = self._complete
        self.window.restoreGeometry(place)
        self._complete()
        if self.desk is not None:
            self.window.attach(self.desk)
            self.window.navigation.resume(way or [(_first_page(), {})])
            self.reception.dress()
        else:
            self.reception.welcome()
        self.window.show()
        before.closing.disconnect()
        before.hide()
        before.deleteLater()

    def _speak(self, language: str) -> None:
        i18n.set_language(language)
        if self._translator is not None:
            self.app.removeTranslator(self._translator)
            self._translator = None
        if language != "en":  # what Qt itself says is written in English
            from cs_workbench.ui.qt_words import QtWords

            self._translator = QtWords(language, self)
            self.app.installTranslator(self._translator)

    def _warm(self) -> None:
        """Load what is opened most, in small pieces; not before the first page is filled."""
        self._finish()
        from cs_workbench.ui.afterwards import Afterwards
        from cs_workbench.ui.loading import pieces

        Afterwards(self.tasks, pieces(), self._load_writing_half, self).go_on()

    def _load_writing_half(self) -> None:
        """What changes need, while the person reads; then let the collector work again; reminders begin."""
        workbench = self.workbench
        if workbench is not None and self.desk is not None and self.tray is None:
            from cs_workbench.ui.tray import Tray

            self.tray = Tray(self.desk, lambda: self.window)
            self.tray.start()
        if workbench is None or workbench.database.read_only:
            self.collector.begin()
        else:
            self.tasks.write(
                lambda: workbench.on_writer(lambda _writer: None), done=self._on_warm, saves=False
            )

    def _on_warm(self, _nothing: object) -> None:
        self.collector.begin()
        QTimer.singleShot(AHEAD_AFTER, self, self._look_ahead)

    def _look_ahead(self) -> None:
        """Load the drawing library while nobody waits: the first chart then comes as the second."""
        if self.desk is not None:
            from cs_workbench.ui.afterwards import Afterwards
            from cs_workbench.ui.loading import drawing

            Afterwards(self.tasks, drawing(), lambda: None, self).go_on()

    def _on_changed(self, _changes: object) -> None:
        self.window.status.set_saved(self.clock().astimezone())


def _first_page() -> str:
    kept = session.load().get("page", "today")
    return kept if isinstance(kept, str) and kept not in ("account", "first_run") else "today"


def _keep_session(shell: Shell) -> None:
    kept: dict[str, object] = {
        "geometry": shell.window.saveGeometry(),
        "theme": shell.wardrobe.choice,
        "scale": shell.wardrobe.scale,
    }
    if shell.desk is not None and shell.window.navigation.page_id:
        kept["page"] = shell.window.navigation.page_id
    session.keep(kept)


def _made_window() -> MainWindow:
    """A window where the one before stood."""
    window = MainWindow()
    kept = session.load().get("geometry")
    if isinstance(kept, QByteArray):
        window.restoreGeometry(kept)
    return window


def _on_qt_message(_kind: object, _context: object, text: str) -> None:
    if sys.stderr is not None:
        sys.stderr.write(text + "\n")

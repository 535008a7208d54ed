"""The icon beside the clock, reminders, and the turn of the day: what goes on while nobody looks at the window."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QMenu, QSystemTrayIcon

from cs_workbench import settings
from cs_workbench.errors import UserError
from cs_workbench.i18n import _
from cs_workbench.services import drafts, reminders, today, today_words
from cs_workbench.ui import icons, wording
from cs_workbench.ui.desk import Told

if TYPE_CHECKING:
    from cs_workbench.domain.reminders import Reminder
    from cs_workbench.services.drafts import Kept
    from cs_workbench.services.reminders import Message
    from cs_workbench.services.today import Item
    from cs_workbench.ui.desk import Desk
    from cs_workbench.ui.main_window import MainWindow

TICK_MS = 60_000
FIRST_MS = 15_000
EVERY = 3
"""Ticks between two looks at what is due."""
_ITEMS = 3
_STAYS = 20_000


class Tray(QObject):
    """Runs from ``start`` to ``stop`` for one open portfolio. Without a system tray, reminders are toasts."""

    def __init__(self, desk: Desk, window: Callable[[], MainWindow]) -> None:
        super().__init__()
        self.desk = desk
        self.window = window
        self.icon: QSystemTrayIcon | None = None
        self.menu: QMenu | None = None
        self.items: tuple[Item, ...] = ()
        self._day = desk.today()
        self._ticks = 0
        self._said: set[str] = set()
        self._about: int | None = None
        self._timer = QTimer(self, interval=TICK_MS)
        self._timer.timeout.connect(self.tick)
        self._first = QTimer(self, singleShot=True, interval=FIRST_MS)
        self._first.timeout.connect(self.tick)

    @property
    def running(self) -> bool:
        """Whether it ticks."""
        return self._timer.isActive()

    def start(self) -> None:
        """Show the icon where there is a place for it, offer a draft that was never saved, begin to look."""
        if QSystemTrayIcon.isSystemTrayAvailable():
            self._make_icon()
        self._timer.start()
        self._first.start()
        reads = self.desk.workbench.reads
        self.desk.tasks.run(lambda: drafts.unsaved(reads), done=self._on_unsaved, latest=(id(self), "drafts"))

    def stop(self) -> None:
        """Leave nothing behind."""
        self._timer.stop()
        self._first.stop()
        if self.icon is not None:
            self.icon.hide()
            self.icon.deleteLater()
            self.icon = None
        if self.menu is not None:
            self.menu.deleteLater()
            self.menu = None

    def tick(self) -> None:
        """Another minute: a new day is looked at anew everywhere; now and then, what is due."""
        if self.desk.today() != self._day:
            self._day = self.desk.today()
            self.desk.day_changed.emit()
        if self._ticks % EVERY == 0:
            self.look()
        self._ticks += 1

    def look(self) -> None:
        """Read what is due, and the first lines of Today for the menu."""
        reads, now = self.desk.workbench.reads, self.desk.now().astimezone()
        with_items = self.icon is not None

        def work() -> tuple[list[Reminder], tuple[Item, ...]]:
            found = reminders.due(reads, now) if reminders.wanted(_settings(), now) else []
            return found, today.board(reads, now).items[:_ITEMS] if with_items else ()

        self.desk.tasks.run(work, done=self._on_found, latest=(id(self), "due"))

    def fill(self) -> None:
        """The menu in the language of now."""
        menu = self.menu
        if menu is None:
            return
        menu.clear()
        menu.addAction(_("Log contact"), self.log_contact)
        menu.addAction(_("Open"), self.open_window)
        menu.addSeparator()
        for item in self.items:
            words = f"{today_words.title(item)} – {today_words.account(item)}"
            short = words if len(words) <= 60 else words[:59] + "…"
            menu.addAction(short.replace("&", "&&"), partial(self._show, item.signal.account_id))
        if self.items:
            menu.addSeparator()
        menu.addAction(_("Quit"), lambda: self.window().close())

    def open_window(self) -> None:
        """Bring the window to the front."""
        window = self.window()
        if window.isMinimized():
            window.showNormal()
        window.show()
        window.raise_()
        window.activateWindow()

    def log_contact(self) -> None:
        """The quick log, over the window."""
        self.open_window()
        self.window().open_dialog("log_contact")

    def _make_icon(self) -> None:
        self.menu = QMenu()
        self.menu.aboutToShow.connect(self.fill)
        self.icon = QSystemTrayIcon(icons.icon("layers", "accent.base", 22))
        self.icon.setToolTip(_("CS Workbench"))
        self.icon.setContextMenu(self.menu)
        self.icon.activated.connect(self._on_pressed)
        self.icon.messageClicked.connect(lambda: self._show(self._about))
        self.fill()
        self.icon.show()

    def _on_pressed(self, how: QSystemTrayIcon.ActivationReason) -> None:
        if how in (QSystemTrayIcon.ActivationReason.Trigger, QSystemTrayIcon.ActivationReason.DoubleClick):
            self.open_window()

    def _on_found(self, seen: tuple[list[Reminder], tuple[Item, ...]]) -> None:
        found, self.items = seen
        self.fill()
        found = [one for one in found if one.key not in self._said]
        if not found or (self.icon is None and self.window().toasts.toast is not None):
            return  # nothing to say, or a toast is up that may hold Undo: the next look finds it again
        self._said |= {one.key for one in found}
        self._tell(reminders.message(found))
        workbench, now = self.desk.workbench, self.desk.now().astimezone()
        self.desk.tasks.write(lambda: reminders.remember(workbench, found, now=now), reading=True)

    def _tell(self, message: Message) -> None:
        self._about = message.account_id
        if self.icon is not None:
            self.icon.showMessage(message.title, message.text, self.icon.icon(), _STAYS)
            return
        show = partial(self._show, message.account_id)
        self.desk.told.emit(
            Told(message.counts, message.first, tone="warn", link=_("Open"), on_link=show, stays=_STAYS)
        )

    def _show(self, account_id: int | None) -> None:
        self.open_window()
        if account_id is None:
            self.desk.go("today")
        else:
            self.desk.open_account(account_id)

    def _on_unsaved(self, kept: list[Kept]) -> None:
        """The newest draft that was never saved, as after a crash: offered, not opened."""
        if not kept:
            return
        newest = kept[0]
        at = newest.at.astimezone()
        when = at.strftime("%H:%M") if at.date() == self.desk.today() else wording.date(at.date())
        second = _("Draft from {time}").format(time=when)
        go_on = partial(self._continue, newest)
        self.desk.told.emit(
            Told(_("A contact was not saved"), second, tone="warn", link=_("Continue"), on_link=go_on, stays=_STAYS)
        )  # fmt: skip

    def _continue(self, kept: Kept) -> None:
        if not kept.is_quick_log:
            self.desk.open_account(kept.account_id, "timeline")
        elif kept.account_id:
            self.window().open_dialog("log_contact", account_id=kept.account_id)
        else:
            self.window().open_dialog("log_contact")


def _settings() -> dict[str, object]:
    """The person's settings; the usual ones where the file cannot be read."""
    try:
        return settings.load()
    except UserError:
        return {}

"""What the window itself answers to, whatever page is shown."""

from __future__ import annotations

import threading
from functools import partial
from typing import TYPE_CHECKING, Protocol

from cs_workbench.i18n import _, ngettext
from cs_workbench.ui.desk import Told
from cs_workbench.ui.theme import SCALES

if TYPE_CHECKING:
    from cs_workbench.ui.desk import Desk
    from cs_workbench.ui.main_window import MainWindow
    from cs_workbench.ui.opening_reception import Reception
    from cs_workbench.ui.theme import Wardrobe


class Shell(Protocol):
    """What these verbs need of the composition root."""

    desk: Desk | None
    wardrobe: Wardrobe
    window: MainWindow

    @property
    def reception(self) -> Reception:
        """Who knows what waits to be written."""


def answer_window_verbs(shell: Shell, window: MainWindow) -> None:
    """Undo, backup, size, theme, quit: every verb that does not depend on the page."""
    window.answer("quit", window.close)
    window.answer("undo", lambda: _replay(shell, "undo"))
    window.answer("redo", lambda: _replay(shell, "redo"))
    window.answer("backup", lambda: _back_up(shell))
    window.answer("score", lambda: _score(shell))
    window.answer("larger", lambda: _resize(shell, 1))
    window.answer("smaller", lambda: _resize(shell, -1))
    window.answer("actual_size", lambda: shell.wardrobe.resize(1.0))
    window.answer("toggle_theme", lambda: _toggle(shell))
    window.answer("refresh", lambda: window.page.look_again() if window.page else None)


def _replay(shell: Shell, side: str) -> None:
    desk = shell.desk
    if desk is None:
        return
    waiting = shell.reception.unsaved.changes
    if waiting:
        words = ngettext("{n} change is not saved yet", "{n} changes are not saved yet", waiting)
        desk.tell(words.format(n=waiting), _("Try again first; then undo works as usual."), tone="warn")
        return
    replay = desk.workbench.undo if side == "undo" else desk.workbench.redo

    def tell(name: str | None) -> None:
        if name is None:
            desk.tell(_("Nothing to undo") if side == "undo" else _("Nothing to redo"), tone="warn")
        else:
            words = _("Undone: {step}") if side == "undo" else _("Done again: {step}")
            told = words.format(step=name)
            again = partial(_replay, shell, "redo")
            desk.told.emit(
                Told(told, link=_("Redo"), on_link=again) if side == "undo" else Told(told, undo=True)
            )

    desk.tasks.write(replay, done=tell, saves=False)


def _back_up(shell: Shell) -> None:
    from cs_workbench.services import backups

    desk = shell.desk
    if desk is None:
        return

    def refuse(error: BaseException) -> None:
        desk.under_way.discard("backup")
        desk.tasks.failed.emit(error)

    def tell(made: backups.BackupInfo) -> None:
        desk.under_way.discard("backup")
        desk.tell(_("Backed up and verified"), made.path)
        shell.window.status.set_backup(made.at.astimezone(), desk.today())

    if "backup" in desk.under_way:
        return
    desk.under_way.add("backup")
    now, stop = desk.now(), threading.Event()
    work = partial(backups.backup, desk.workbench, now=now, stop=stop.is_set)
    desk.tasks.run(work, done=tell, failed=refuse, stop=stop)


def _score(shell: Shell) -> None:
    from cs_workbench.services import health

    desk = shell.desk
    if desk is None:
        return
    today, now = desk.today(), desk.now()
    desk.tasks.write(
        lambda: health.score_all(desk.workbench, today, now=now),
        done=lambda scores: desk.tell(_("{n} accounts scored").format(n=len(scores))),
    )


def _resize(shell: Shell, by: int) -> None:
    nearest = min(range(len(SCALES)), key=lambda n: abs(SCALES[n] - shell.wardrobe.scale))
    shell.wardrobe.resize(SCALES[min(max(nearest + by, 0), len(SCALES) - 1)])


def _toggle(shell: Shell) -> None:
    shell.wardrobe.choose("light" if shell.wardrobe.theme.name == "dark" else "dark")

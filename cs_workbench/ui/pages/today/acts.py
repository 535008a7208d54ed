"""What is done about a line, written in the background and told with Undo."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from cs_workbench.i18n import _
from cs_workbench.services import signal_words, today_acts, today_words
from cs_workbench.services.today import Board, Item
from cs_workbench.ui.desk import Desk
from cs_workbench.ui.pages.today.model import TodayModel
from cs_workbench.ui.pages.today.popovers import HandOverQuestion, SnoozeQuestion


class LineActs:
    """Done, snooze, wake and hand over, each one undo step; the questions stand on *page*."""

    def __init__(self, desk: Desk, page: QWidget) -> None:
        self._desk = desk
        self._page = page
        self._taken: list[str] = []

    def done(self, item: Item) -> None:
        """Answered, and out of the list until its fact changes."""
        on = self._desk.today()
        self._write(lambda: today_acts.done(self._desk.workbench, item, today=on), _("Done: {title}"), item)

    def ask_snooze(self, item: Item, below: QWidget) -> None:
        """Until when, and why."""
        question = SnoozeQuestion(self._desk.today(), self._page)
        question.answered.connect(lambda day, reason: self.snooze(item, day, reason))
        question.ask(below)

    def snooze(self, item: Item, until: dt.date, reason: str) -> None:
        """Out of sight until that day."""
        on = self._desk.today()
        self._write(
            lambda: today_acts.snooze(self._desk.workbench, item, until, reason, today=on),
            _("Snoozed until {date}: {title}"),
            item,
            date=signal_words.short(until),
        )

    def wake(self, item: Item) -> None:
        """Back in sight."""
        on = self._desk.today()
        self._write(
            lambda: today_acts.wake(self._desk.workbench, item, today=on), _("Back in sight: {title}"), item
        )

    def ask_hand_over(self, item: Item, below: QWidget) -> None:
        """To whom, and what they should know."""
        question = HandOverQuestion(self._page)
        question.answered.connect(lambda to, note: self.hand_over(item, to, note))
        question.ask(below)

    def hand_over(self, item: Item, to: str, note: str) -> None:
        """To a department; a task keeps watch."""
        on, now = self._desk.today(), self._desk.now()
        title = today_words.title(item)
        self._write(
            lambda: today_acts.hand_over(self._desk.workbench, item, to, title, note=note, today=on, now=now),
            _("Handed to {department}: {title}"),
            item,
            department=_(today_acts.DEPARTMENTS[to]),
        )

    def fill(self, model: TodayModel, board: Board) -> int:
        """Fill *model*; the row of a line acted on before that an undo brought back, since the keys are about it again
        (−1: none).
        """
        away = [key for key in self._taken if model.row_of(key) < 0]
        model.fill(board.items, board.today)
        back = -1
        for key in away:
            if (row := model.row_of(key)) >= 0:
                back = row
                self._taken.remove(key)
        return back

    def _write(self, work: Callable[[], object], words: str, item: Item, **more: str) -> None:
        told, whom = words.format(title=today_words.title(item), **more), today_words.account(item)
        self._taken.append(item.signal.key)
        self._desk.tasks.write(work, done=lambda _nothing: self._desk.tell(told, whom, undo=True))

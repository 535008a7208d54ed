"""What is done about a renewal, written in the background and told with Undo; the questions and sheets it takes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QWidget

from cs_workbench.i18n import _
from cs_workbench.services import account_page, drafts, renewal_acts, renewal_detail, renewal_papers
from cs_workbench.services.account_page import Labels
from cs_workbench.services.renewal_detail import Detail
from cs_workbench.services.renewals import RenewalRow
from cs_workbench.ui import wording
from cs_workbench.ui.desk import Desk
from cs_workbench.ui.pages.renewals import mail_sheet, note_sheet, words
from cs_workbench.ui.pages.renewals.mail_sheet import MailSheet
from cs_workbench.ui.pages.renewals.meeting_sheet import MeetingSheet
from cs_workbench.ui.pages.renewals.note_sheet import NoteSheet
from cs_workbench.ui.pages.renewals.questions import CallQuestion, MoveQuestion


class RenewalActs:
    """Each act is one undo step; questions and sheets stand over *page*."""

    def __init__(self, desk: Desk, page: QWidget) -> None:
        self._desk = desk
        self._page = page

    def ask_call(self, row: RenewalRow, corner: QPoint) -> CallQuestion:
        """How likely, and why."""
        question = CallQuestion(row, self._desk.today(), self._page)
        question.answered.connect(
            lambda category, likely, reason: self.set_call(row, category, likely, reason)
        )
        question.ask(corner, self._page.window())
        question.category.setFocus()
        return question

    def set_call(self, row: RenewalRow, category: str, likelihood: float, reason: str) -> None:
        """The CSM's forecast of one renewal."""
        today, now, workbench = self._desk.today(), self._desk.now(), self._desk.workbench
        told = _("Your call: {category} {likelihood}").format(
            category=_(words.CATEGORIES[category]), likelihood=words.percent(likelihood)
        )
        self._write(
            lambda: renewal_acts.set_call(
                workbench, row, category, reason=reason, likelihood=likelihood, today=today, now=now
            ),
            told,
            row,
        )

    def mark(self, row: RenewalRow, number: int, *, done: bool) -> None:
        """A step done today, or not done after all."""
        now, today, workbench = self._desk.now(), self._desk.today(), self._desk.workbench
        name = _(renewal_acts.STEP_NAMES[number])
        told = _("Done: {step}") if done else _("Not done: {step}")
        self._write(
            lambda: renewal_acts.mark_step(workbench, row.key, number, today if done else None, now=now),
            told.format(step=name),
            row,
        )

    def ask_move(self, row: RenewalRow, number: int, corner: QPoint) -> MoveQuestion:
        """Until when."""
        step = row.way.steps[number - 1]
        title = _("Move: {step}").format(step=_(renewal_acts.STEP_NAMES[number]))
        question = MoveQuestion(title, step.due, self._desk.today(), self._page, by_hand=step.by_hand)
        question.answered.connect(lambda day: self.move(row, number, day))
        question.ask(corner, self._page.window())
        question.day.edit.setFocus()
        return question

    def move(self, row: RenewalRow, number: int, day: dt.date | None) -> None:
        """A step on another day; None is the computed one."""
        now, workbench = self._desk.now(), self._desk.workbench
        name = _(renewal_acts.STEP_NAMES[number])
        told = _("{step} counted from the deadline again").format(step=name)
        if day is not None:
            told = _("{step} moved to {date}").format(step=name, date=wording.date(day))
        self._write(lambda: renewal_acts.move_step(workbench, row.key, number, day, now=now), told, row)

    def open_paper(self, row: RenewalRow, number: int) -> None:
        """The sheet of step 1, 2, 5, 6 or 7, once what it needs is read."""
        reads, today = self._desk.workbench.reads, self._desk.today()

        def read() -> tuple[Detail, Labels, str]:
            detail = renewal_detail.load(reads, row, today)
            key = mail_sheet.draft_key(detail) if number == 1 else note_sheet.draft_key(detail, number)
            return detail, account_page.labels_of(reads), drafts.draft(reads, key)

        self._desk.tasks.run(
            read, done=lambda found: self._unfold(number, *found), latest=self, owner=self._page
        )

    def _unfold(self, number: int, detail: Detail, labels: Labels, draft: str) -> None:
        window, row = self._page.window(), detail.row
        if number == 1:
            mail = MailSheet(self._desk, window, detail, draft)
            mail.sent.connect(
                lambda text: self._keep_note(row, 1, text, done=True, key=mail_sheet.draft_key(detail))
            )
            mail.unfold()
        elif number == 2:
            meeting = MeetingSheet(self._desk, window, detail, labels)
            meeting.kept.connect(lambda at, people, days: self._keep_meeting(detail, at, people, days))
            meeting.unfold()
        elif number in renewal_papers.QUESTION_STEPS:
            note = NoteSheet(self._desk, window, detail, number, draft)
            key = note_sheet.draft_key(detail, number)
            note.kept.connect(lambda text, done: self._keep_note(row, number, text, done=done, key=key))
            note.unfold()

    def _keep_meeting(
        self, detail: Detail, at: dt.datetime | None, people: frozenset[int], days: int
    ) -> None:
        """With somebody who decides among those asked, step 2 is done."""
        row, workbench, now = detail.row, self._desk.workbench, self._desk.now()
        decided = at is not None and any(one.id in people for one in detail.deciders)
        held = row.known.get(2)
        on = self._desk.today() if decided and (held is None or held.done_on is None) else None
        self._write(
            lambda: renewal_acts.set_meeting(
                workbench, row.key, at, people, now=now, approval_days=days, done_on=on
            ),
            _("Meeting kept"),
            row,
        )

    def _keep_note(self, row: RenewalRow, number: int, text: str, *, done: bool, key: str) -> None:
        """Keep what a sheet made; its draft goes only once that is written."""
        desk, workbench, now, today = self._desk, self._desk.workbench, self._desk.now(), self._desk.today()
        held = row.known.get(number)
        on = (held.done_on if held is not None and held.done_on is not None else today) if done else None
        told = _("Notes kept: {step}").format(step=_(renewal_acts.STEP_NAMES[number]))

        def tell(_nothing: object) -> None:
            desk.tell(told, row.name, undo=True)
            desk.keep_draft(key, "")

        desk.tasks.write(
            lambda: renewal_acts.keep_note(workbench, row.key, number, text, now=now, done_on=on), done=tell
        )

    def _write(self, work: Callable[[], object], told: str, row: RenewalRow) -> None:
        self._desk.tasks.write(work, done=lambda _nothing: self._desk.tell(told, row.name, undo=True))

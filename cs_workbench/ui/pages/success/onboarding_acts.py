"""What is done about an onboarding, written in the background and told with Undo; the questions it takes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any, cast

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QWidget

from cs_workbench.domain.spoken_dates import spoken_date
from cs_workbench.errors import InvalidValue
from cs_workbench.i18n import _
from cs_workbench.services import onboarding
from cs_workbench.services.onboarding import ItemField, Plan
from cs_workbench.services.onboarding_reading import ItemRow, RunView
from cs_workbench.ui import wording
from cs_workbench.ui.desk import Desk
from cs_workbench.ui.pages.success.onboarding_decide import DecideSheet
from cs_workbench.ui.widgets.button import Button
from cs_workbench.ui.widgets.date_field import DateField
from cs_workbench.ui.widgets.question import AskPopover


class DayQuestion(AskPopover):
    """``answered`` carries a day, or None to take it back."""

    answered = Signal(object)

    def __init__(self, title: str, value: dt.date | None, today: dt.date, parent: QWidget) -> None:
        super().__init__(title, _("Keep"), "check", parent)
        self._today = today
        self.day = DateField(
            name=title, today=today, value=value or today, read=lambda text: spoken_date(text, today)
        )
        self.fields.addWidget(self.day)
        self.back = Button(_("Not reached yet"), "quiet", icon="rotate-ccw")
        self.footer.insertWidget(0, self.back)
        self.back.setVisible(value is not None)
        self.back.clicked.connect(self._on_back)

    def answer(self) -> None:
        """Any day up to today."""
        if self.day.value is None or self.day.value > self._today:
            self.day.refuse(_("A day up to today is wanted."))
            return
        self.answered.emit(self.day.value)
        self.close()

    def _on_back(self) -> None:
        self.answered.emit(None)
        self.close()


class OnboardingActs:
    """Each act is one undo step; questions and sheets stand over *page*."""

    def __init__(self, desk: Desk, page: QWidget) -> None:
        self._desk = desk
        self._page = page

    def ask_start(self, account_id: int | None) -> None:
        """The dialog that starts one."""
        opener: Callable[..., bool] | None = getattr(self._page.window(), "open_dialog", None)
        if opener is not None:
            opener("start_onboarding", account_id=account_id)

    def ask_decision(self, view: RunView) -> DecideSheet:
        """A or B."""
        sheet = DecideSheet(self._page.window(), view, self._desk.today())
        sheet.answered.connect(lambda plan: self.decide(view, plan))
        sheet.unfold()
        return sheet

    def decide(self, view: RunView, plan: Plan) -> None:
        """Keep the decision; the follow-up becomes a task."""
        desk, workbench, today, now = self._desk, self._desk.workbench, self._desk.today(), self._desk.now()
        told = _("Decided: go on") if plan.decision == "go_on" else _("Onboarding extended")
        second = view.row.account
        if plan.follow_up.strip():
            second = _("{account} · follow-up added to its tasks").format(account=view.row.account)
        desk.tasks.write(
            lambda: onboarding.decide(workbench, view.row.id, plan, today=today, now=now),
            done=lambda _task: desk.tell(told, second, undo=True),
        )

    def ask_value(self, view: RunView, below: QWidget) -> DayQuestion:
        """Since when there is a first measured outcome."""
        question = DayQuestion(
            _("Day of the first value"), view.row.first_value_on, self._desk.today(), self._page
        )
        question.answered.connect(lambda day: self.set_value(view, day))
        place = below if below.isVisible() else self._page
        question.ask(place.mapToGlobal(QPoint(place.width(), place.height())), self._page.window())
        question.day.edit.setFocus()
        question.day.edit.selectAll()
        return question

    def set_value(self, view: RunView, day: dt.date | None) -> None:
        """Keep the day of the first value, or take it back."""
        workbench, today = self._desk.workbench, self._desk.today()
        told = _("First value taken back")
        if day is not None:
            told = _("First value on {date}").format(date=wording.date(day))
        self._write(
            lambda: onboarding.set_first_value(workbench, view.row.id, day, today=today),
            told,
            view.row.account,
        )

    def finish(self, view: RunView) -> None:
        """Close it today."""
        workbench, today = self._desk.workbench, self._desk.today()
        self._write(lambda: onboarding.finish(workbench, view.row.id, on=today), _("Onboarding finished"),
                    view.row.account)  # fmt: skip

    def reopen(self, view: RunView) -> None:
        """Open a closed one again."""
        workbench = self._desk.workbench
        self._write(
            lambda: onboarding.reopen(workbench, view.row.id), _("Onboarding open again"), view.row.account
        )

    def remove(self, view: RunView) -> None:
        """Delete it with its checklist."""
        workbench = self._desk.workbench
        self._write(
            lambda: onboarding.remove(workbench, view.row.id), _("Onboarding deleted"), view.row.account
        )

    def tick(self, row: ItemRow) -> None:
        """A line done today, or open again."""
        workbench, today = self._desk.workbench, self._desk.today()
        told = _("Open again: {title}") if row.done_on else _("Done: {title}")
        self._write(lambda: onboarding.tick(workbench, row.id, on=today), told.format(title=row.title))

    def add(self, view: RunView | None, title: str) -> None:
        """A line at the end."""
        if view is None:
            return
        workbench = self._desk.workbench
        self._write(lambda: onboarding.add_item(workbench, view.row.id, title), _("Step added"), title)

    def edit(self, row: Any, key: str, text: str) -> None:
        """One field of a line; the table has refused what cannot be kept."""
        workbench, today = self._desk.workbench, self._desk.today()
        field = cast("ItemField", key)
        self._desk.tasks.write(lambda: onboarding.edit_item(workbench, row.id, field, text, today=today))

    def refusal(self, _row: Any, key: str, text: str) -> str:
        """Why a text cannot be kept in a line, or ""."""
        try:
            onboarding.read_item(cast("ItemField", key), text, self._desk.today())
        except InvalidValue as error:
            return error.message
        return ""

    def shift(self, row: ItemRow, by: int) -> None:
        """A line up or down."""
        workbench = self._desk.workbench
        self._desk.tasks.write(lambda: onboarding.move_item(workbench, row.id, by))

    def remove_item(self, row: ItemRow) -> None:
        """Take a line off."""
        workbench = self._desk.workbench
        self._write(lambda: onboarding.remove_item(workbench, row.id), _("Step deleted"), row.title)

    def _write(self, work: Callable[[], object], told: str, second: str = "") -> None:
        self._desk.tasks.write(work, done=lambda _nothing: self._desk.tell(told, second, undo=True))

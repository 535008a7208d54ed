"""What is done about a training session and who came, written in the background and told with Undo."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from cs_workbench.errors import InvalidValue, UserError
from cs_workbench.i18n import _
from cs_workbench.services import training
from cs_workbench.services.training import AttendeeRow, SessionView
from cs_workbench.ui.desk import Desk
from cs_workbench.ui.pages.success.training_pane import TrainingPane


class TrainingActs:
    """Each act is one undo step; what is refused is said in *card*."""

    def __init__(self, desk: Desk, card: TrainingPane) -> None:
        self._desk = desk
        self._card = card

    def edit(self, chosen: SessionView | None, field: str, text: str) -> None:
        """Keep one field, or say why it cannot be."""
        workbench, today = self._desk.workbench, self._desk.today()
        if chosen is None:
            return
        key = cast("training.Field", field)
        try:
            training.read(key, text, today)
        except InvalidValue as error:
            self._card.refuse(field, "\n".join(one for one in (error.message, error.remedy) if one))
            return
        self._desk.tasks.write(lambda: training.edit(workbench, chosen.id, key, text, today=today))

    def add_attendee(self, chosen: SessionView | None, account: str, who: str) -> None:
        """Who came, of which account."""
        workbench = self._desk.workbench
        if chosen is None:
            return

        def work() -> int:
            number = training.account_named(workbench.reads, account)
            return training.add_attendee(workbench, chosen.id, number, who, completed=chosen.held)

        def done(_number: object) -> None:
            self._card.added_one()
            self._desk.tell(_("Attendance added"), account, undo=True)

        def refused(error: BaseException) -> None:
            if not isinstance(error, UserError):
                self._desk.tasks.failed.emit(error)
                return
            field = self._card.who if isinstance(error, InvalidValue) else self._card.account
            field.refuse(error.message)
            field.setFocus()

        self._desk.tasks.write(work, done=done, failed=refused)

    def tick(self, row: AttendeeRow, on: bool) -> None:
        """They completed it, or did not."""
        workbench = self._desk.workbench
        told = _("Completed") if on else _("Not completed")
        self._write(lambda: training.set_attendee(workbench, row.id, completed=on), told, row.account)

    def set_heads(self, row: AttendeeRow, _key: str, text: str) -> None:
        """How many came."""
        workbench = self._desk.workbench
        self._desk.tasks.write(lambda: training.set_attendee(workbench, row.id, heads=text))

    def remove_attendee(self, row: AttendeeRow) -> None:
        """Take a line off."""
        workbench = self._desk.workbench
        self._write(lambda: training.remove_attendee(workbench, row.id), _("Attendance removed"), row.account)

    def _write(self, work: Callable[[], object], told: str, second: str = "") -> None:
        self._desk.tasks.write(work, done=lambda _nothing: self._desk.tell(told, second, undo=True))


def refusal(_row: Any, key: str, text: str) -> str:
    """Why a text cannot be kept in a line of who came, or ""."""
    number = text.strip().lstrip("×x+").strip()
    fits = key != "heads" or (number.isdecimal() and 1 <= int(number) <= training.MOST_HEADS)
    return "" if fits else _("“{value}” is not a number of people.").format(value=text[:40])

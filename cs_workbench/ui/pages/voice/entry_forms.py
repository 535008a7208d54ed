"""More of what the Voice page asks: the correction of an answer, survey rounds, feedback heard by ourselves."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtWidgets import QWidget

from cs_workbench.errors import InvalidValue
from cs_workbench.i18n import _, mark
from cs_workbench.services import survey_entry
from cs_workbench.services.survey_entry import RoundRow
from cs_workbench.services.voice import Answer
from cs_workbench.ui import theme as themes
from cs_workbench.ui import wording
from cs_workbench.ui.models.fact_model import Column, FactModel
from cs_workbench.ui.pages.voice import same_row
from cs_workbench.ui.pages.voice.form import Form
from cs_workbench.ui.pages.voice.forms import AccountForm, Keep
from cs_workbench.ui.widgets.fact_table import FactTable
from cs_workbench.ui.widgets.label import Label

ROWS_SHOWN = 5


class CorrectForm(Form):
    """An answer put right; who gave it and to which survey stays."""

    def __init__(self, row: Answer, today: dt.date, parent: QWidget, keep: Keep) -> None:
        title = _("Correct answer – {account}").format(account=row.account[:200])
        super().__init__(title, _("Keep correction"), "check", today, parent)
        self._keep = keep
        self._kind = survey_entry.kind_of(row.kind)
        self.fields.addWidget(
            Label(_(survey_entry.QUESTIONS[self._kind]), "small", "text.secondary", wrap=True)
        )
        self.field("score", _("Score"), f"{row.score:g}")
        self.field("on", _("Day"), wording.date(row.on))
        self.several("comment", _("Comment, in their own words")).setPlainText(row.comment)
        self.tick("shareable", _("May be shown in documents for the customer"), row.shareable)

    def answer(self) -> None:
        """Keep it, or say what is wrong."""
        try:
            score, day = survey_entry.read_score(self._kind, self.text("score")), self.day("on")
            if day is None:
                raise InvalidValue(_("An answer needs a day."), _("Enter a day."), field="on")
        except InvalidValue as error:
            self.refuse(error)
            return
        self._keep(score, day, self.long["comment"].toPlainText(), self.ticks["shareable"].isChecked())
        self.finish()


class RoundForm(Form):
    """How many were asked, and the rounds entered before: changed where they stand, Delete deletes one."""

    def __init__(  # noqa: PLR0917 - as a form has it
        self, survey: str, rows: Sequence[RoundRow], today: dt.date, parent: QWidget, keep: Keep,
        edit: Callable[[RoundRow, str, Any], object], delete: Callable[[RoundRow], object],
    ) -> None:  # fmt: skip
        super().__init__(
            _("Survey round: {survey}").format(survey=survey), _("Enter round"), "check", today, parent
        )
        self._keep, self._edit = keep, edit
        self.field("sent", _("How many were asked"))
        self.field("on", _("Day"), wording.date(today))
        self.field("campaign", _("Name of the round (optional)"))
        self.model = FactModel(_round_columns(), self)
        self.table = FactTable(self.model, refuse=self.refusal)
        self.table.setAccessibleName(_("Rounds entered"))
        self.before = Label(_("Rounds entered"), "small", "text.secondary")
        self.fields.addWidget(self.before)
        self.fields.addWidget(self.table)
        self.model.edited.connect(self._edited)
        self.table.deleted.connect(delete)
        self.show_rounds(rows)

    def show_rounds(self, rows: Sequence[RoundRow]) -> None:
        """The rounds as they stand now."""
        before, row = max(self.table.currentIndex().row(), 0), self.table.chosen()
        self.model.fill(list(rows))
        shown = min(len(rows), ROWS_SHOWN)
        self.table.setFixedHeight(themes.current().row(32, "small") + shown * themes.current().row(40) + 2)
        self.before.setVisible(bool(rows))
        self.table.setVisible(bool(rows))
        if rows:
            place = same_row.find(rows, row)
            self.table.choose(place if place >= 0 else min(before, len(rows) - 1))

    def refusal(self, _row: object, key: str, text: str) -> str:
        """Why what was typed in a cell cannot be kept, or ""."""
        try:
            if key == "sent":
                survey_entry.read_count(text)
            elif key == "on" and survey_entry.read_day(text, self.today) is None:
                return _("Enter a day.")
        except InvalidValue as error:
            return f"{error.message} {error.remedy}".strip()
        return ""

    def answer(self) -> None:
        """Keep it, or say what is wrong."""
        try:
            survey_entry.read_count(self.text("sent"))
            day = self.day("on") or self.today
        except InvalidValue as error:
            self.refuse(error)
            return
        self._keep(self.text("sent"), day, self.text("campaign"))
        self.finish()

    def _edited(self, row: RoundRow, key: str, text: str) -> None:
        self._edit(row, key, survey_entry.read_day(text, self.today) if key == "on" else text)


class FeedbackForm(AccountForm):
    """What a customer asks of the product, heard by ourselves."""

    def __init__(  # noqa: PLR0917 - as a form has it
        self, today: dt.date, names: Mapping[int, str], themes_: Sequence[tuple[str, int]], theme_id: int,
        parent: QWidget, keep: Keep, account_id: int = 0,
    ) -> None:  # fmt: skip
        super().__init__(_("Add feedback"), _("Add feedback"), today, names, parent, account_id)
        self._keep = keep
        self.several("said", _("What they said, in their own words"))
        self.field("on", _("Said on"), wording.date(today))
        self.fields.addWidget(Label(_("Theme"), "small", "text.secondary"))
        self.pick("theme", _("Theme"), [(_("No theme"), 0), *themes_], theme_id)

    def answer(self) -> None:
        """Keep it, or say what is wrong."""
        try:
            account, on, said = (
                self.account_id(),
                self.day("on") or self.today,
                self.long["said"].toPlainText(),
            )
            if not said.strip():
                raise InvalidValue(_("What they said is missing."), _("Write it in their own words."))
        except InvalidValue as error:
            self.refuse(error)
            return
        self._keep(account, said, on, int(self.picks["theme"].currentData() or 0) or None)
        self.finish()


def _round_columns() -> tuple[Column, ...]:
    return (
        Column("on", mark("Day"), lambda row: wording.date(row.sent_on), 120,
               typed=lambda row: row.sent_on.isoformat()),
        Column("campaign", mark("Round"), lambda row: row.campaign, typed=lambda row: row.campaign),
        Column("sent", mark("Asked"), lambda row: f"{row.sent:,}", 90, right=True, typed=lambda row: f"{row.sent}"),
    )  # fmt: skip

"""How an onboarding that did not end in time goes on: A go on (the rule), B extend (the exception)."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Literal, cast

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cs_workbench.domain import working_days
from cs_workbench.domain.spoken_dates import spoken_date
from cs_workbench.i18n import _
from cs_workbench.services import onboarding_words
from cs_workbench.services.onboarding import Plan
from cs_workbench.ui import reading_only
from cs_workbench.ui import theme as themes
from cs_workbench.ui.widgets.button import Button
from cs_workbench.ui.widgets.date_field import DateField
from cs_workbench.ui.widgets.fields import Field
from cs_workbench.ui.widgets.label import Label
from cs_workbench.ui.widgets.segmented import Segmented
from cs_workbench.ui.widgets.sheet import Sheet

if TYPE_CHECKING:
    from cs_workbench.services.onboarding_reading import RunView

_LONGER = 30
_SOON = 10


class DecideSheet(Sheet):
    """``answered`` carries the Plan. Nothing is kept before reason and days are there."""

    answered = Signal(object)

    def __init__(self, window: QWidget, view: RunView, today: dt.date) -> None:
        super().__init__(window, _("Decide how it goes on"), view.row.account, size=(600, 620))
        self._view = view
        self.choice = Segmented(
            [(key, _(text)) for key, text in onboarding_words.DECISIONS.items()],
            name=_("Decision"),
            taken="go_on",
        )
        self.meaning = Label("", "body", "text.secondary", wrap=True)
        self.reason = Field(name=_("Reason"), placeholder=_("Why did it not end in time?"))
        self.until_name = Label(_("New end"), "small", "text.secondary")
        later = working_days.on_or_after(max(view.end, today) + dt.timedelta(days=_LONGER))
        self.until = self._day(_("New end"), later, today)
        self.follow_up = Field(name=_("Follow-up"), placeholder=_("What is done about it? Becomes a task"))
        self.by = self._day(_("Follow-up by"), working_days.plus(today, _SOON), today)
        self.keep = Button("", "filled", icon="check", keys="Ctrl ↵")
        self.main = self.keep
        self._lay_out_body()
        self.choice.chosen.connect(lambda _key: self._say())
        self.keep.clicked.connect(self.answer)
        for field in (self.reason, self.follow_up):
            field.edit.textEdited.connect(lambda _text, field=field: field.clear_problem())
        self._say()
        self.choice.setFocus()

    @staticmethod
    def _day(name: str, value: dt.date, today: dt.date) -> DateField:
        return DateField(name=name, today=today, value=value, read=lambda text: spoken_date(text, today))

    def _lay_out_body(self) -> None:
        theme = themes.current()
        column = QVBoxLayout(self.body)
        column.setContentsMargins(*[theme.px(24)] * 4)
        column.setSpacing(theme.px(8))
        column.addWidget(Label(onboarding_words.reason(self._view), "strong", wrap=True))
        column.addWidget(self.choice)
        column.addWidget(self.meaning)
        for caption, part in (
            (Label(_("Reason"), "small", "text.secondary"), self.reason), (self.until_name, self.until),
            (Label(_("Follow-up"), "small", "text.secondary"), self.follow_up),
            (Label(_("Follow-up by"), "small", "text.secondary"), self.by),
        ):  # fmt: skip
            column.addWidget(caption)
            column.addWidget(part)
        column.addStretch(1)
        self.foot.addStretch(1)
        self.foot.addWidget(self.keep)

    def answer(self) -> None:
        """All of it is checked here, so that the sheet stays open with what was typed."""
        extend = self.choice.taken == "extend"
        if not self.reason.edit.text().strip():
            self._refuse(self.reason, _("The decision needs a reason."))
        elif extend and (self.until.value is None or self.until.value <= self._view.end):
            self._refuse(self.until, _("The new end must be later than the old one."))
        elif self.follow_up.edit.text().strip() and self.by.value is None:
            self._refuse(self.by, _("Choose a day."))
        elif not reading_only.refused(self):
            decision = cast("Literal['go_on', 'extend']", self.choice.taken)
            self.answered.emit(
                Plan(decision, self.reason.edit.text(), self.follow_up.edit.text(), self.by.value,
                     self.until.value if extend else None)
            )  # fmt: skip
            self.accept()

    @staticmethod
    def _refuse(field: Field, why: str) -> None:
        field.refuse(why)
        field.setFocus()

    def _say(self) -> None:
        extend = self.choice.taken == "extend"
        self.meaning.setText(
            _("The exception: the onboarding goes on to a new end. Say what will be different.")
            if extend
            else _("The rule: it ends here; what is missing is followed up while they already use it.")
        )
        self.keep.setText(_("Extend onboarding") if extend else _("Go on"))
        for part in (self.until_name, self.until):
            part.setVisible(extend)

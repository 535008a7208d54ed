"""Small questions about a renewal: how likely, until when a step is moved."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from cs_workbench.domain.forecast import CATEGORIES, LIKELIHOOD, computed_category
from cs_workbench.domain.runway import may_monitor
from cs_workbench.domain.spoken_dates import spoken_date
from cs_workbench.i18n import _
from cs_workbench.services import renewal_acts
from cs_workbench.services.renewals import RenewalRow
from cs_workbench.ui import theme as themes
from cs_workbench.ui import wording
from cs_workbench.ui.pages.renewals import words
from cs_workbench.ui.widgets.button import Button
from cs_workbench.ui.widgets.date_field import DateField
from cs_workbench.ui.widgets.fields import Field
from cs_workbench.ui.widgets.label import Label
from cs_workbench.ui.widgets.question import AskPopover
from cs_workbench.ui.widgets.segmented import Segmented

_WIDTH = 520


class CallQuestion(AskPopover):
    """``answered`` carries category, likelihood (0–1) and reason. A reason is wanted where a call is changed."""

    answered = Signal(str, float, str)

    def __init__(self, row: RenewalRow, today: dt.date, parent: QWidget) -> None:
        title = _("Your call on {account}").format(account=row.name)
        super().__init__(title, _("Keep call"), "hand", parent, width=_WIDTH)
        self._row = row
        keys: list[str] = [*CATEGORIES]
        if may_monitor(row.deadline, today):
            keys.append(renewal_acts.MONITOR)
        taken = row.call.category if row.call is not None and row.call.category in keys else row.category
        self.category = Segmented(
            [(key, _(words.CATEGORIES[key])) for key in keys], name=_("Category"), taken=taken
        )
        self.likelihood = Field(words.percent(row.likelihood), name=_("Likelihood in percent"))
        self.likelihood.edit.setFixedWidth(themes.current().px(72))
        self.reason = Field(name=_("Reason"), placeholder=_("What is it based on?"))
        computed = computed_category(row.band)
        self.hint = Label(
            _("Health alone suggests {category} {likelihood}.").format(
                category=_(words.CATEGORIES[computed]), likelihood=words.percent(LIKELIHOOD[computed])
            ),
            "small",
            "text.secondary",
            wrap=True,
        )
        if row.call is not None and row.call.reason:
            said = _("{date}: {reason}").format(date=wording.date(row.call.said_on), reason=row.call.reason)
            self.before = Label(said, "small", "text.secondary", wrap=True)
            self.fields.addWidget(self.before)
        line = QHBoxLayout()
        line.setSpacing(themes.current().px(8))
        line.addWidget(Label(_("Likelihood"), "small", "text.secondary"))
        line.addWidget(self.likelihood)
        line.addWidget(self.hint, 1)
        self.fields.addWidget(self.category)
        self.fields.addLayout(line)
        self.fields.addWidget(self.reason)
        self.category.chosen.connect(self._on_category)
        for field in (self.likelihood, self.reason):
            field.edit.textEdited.connect(lambda _text, field=field: field.clear_problem())

    def answer(self) -> None:
        """All of it is checked here, so that the question stays open with what was typed."""
        share = _share(self.likelihood.edit.text())
        reason = self.reason.edit.text().strip()
        if share is None:
            self.likelihood.refuse(_("0–100"))
            self.likelihood.edit.setFocus()
        elif not reason and renewal_acts.needs_reason(self._row, self.category.taken, share):
            self.reason.refuse(_("Changing a call needs a reason."))
            self.reason.edit.setFocus()
        else:
            self.answered.emit(self.category.taken, share, reason)
            self.close()

    def _on_category(self, key: str) -> None:
        usual = LIKELIHOOD.get(key, LIKELIHOOD[computed_category(self._row.band)])
        self.likelihood.edit.setText(words.percent(usual))
        self.likelihood.clear_problem()


class MoveQuestion(AskPopover):
    """``answered`` carries the new day of a step, or None for the computed one."""

    answered = Signal(object)

    def __init__(self, title: str, due: dt.date, today: dt.date, parent: QWidget, *, by_hand: bool) -> None:
        super().__init__(title, _("Move"), "calendar", parent)
        self.day = DateField(
            name=_("Day"), today=today, value=due, read=lambda text: spoken_date(text, today)
        )
        self.fields.addWidget(self.day)
        self.back = Button(_("Computed day"), "quiet", icon="rotate-ccw")
        self.footer.insertWidget(0, self.back)
        self.back.setVisible(by_hand)
        self.back.clicked.connect(self._on_back)

    def answer(self) -> None:
        """Any day."""
        if self.day.value is None:
            self.day.refuse(_("Choose a day."))
            return
        self.answered.emit(self.day.value)
        self.close()

    def _on_back(self) -> None:
        self.answered.emit(None)
        self.close()


def _share(text: str) -> float | None:
    """A likelihood as it was typed: "75", "75%", "７５％"; None where it is none."""
    plain = text.strip().rstrip("%％").strip()
    try:
        share = float(plain) / 100
    except ValueError:
        return None
    return round(share, 4) if 0 <= share <= 1 else None

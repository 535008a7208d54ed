"""Two small questions: snooze until when and why, hand over to whom."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from cs_workbench.domain import working_days
from cs_workbench.domain.spoken_dates import spoken_date
from cs_workbench.i18n import _
from cs_workbench.services.today_acts import DEPARTMENTS
from cs_workbench.ui import reading_only
from cs_workbench.ui import theme as themes
from cs_workbench.ui.widgets.button import Button
from cs_workbench.ui.widgets.date_field import DateField
from cs_workbench.ui.widgets.fields import Field
from cs_workbench.ui.widgets.floats import Popover
from cs_workbench.ui.widgets.label import Label
from cs_workbench.ui.widgets.segmented import Segmented
from cs_workbench.ui.widgets.shadow import margin_of_window

_WIDTH = 400


class Question(Popover):
    """A title, fields, and one filled button; Enter in a field presses it."""

    def __init__(self, title: str, button: str, icon: str, parent: QWidget) -> None:
        super().__init__(_WIDTH, parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAccessibleName(title)
        theme = themes.current()
        self.title = Label(title, "strong")
        self.save = Button(button, "filled", icon=icon, keys="Enter")
        self.fields = QVBoxLayout()
        self.fields.setSpacing(theme.px(8))
        inner = QVBoxLayout()
        inner.setContentsMargins(*[theme.px(16)] * 4)
        inner.setSpacing(theme.px(12))
        inner.addWidget(self.title)
        inner.addLayout(self.fields)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.save)
        inner.addLayout(row)
        self.column.addLayout(inner)
        self.save.clicked.connect(self.press)

    def ask(self, below: QWidget) -> None:
        """Show it under *below*, right edges together, inside the window."""
        self.adjustSize()
        edge = margin_of_window()
        corner = below.mapToGlobal(QPoint(below.width() - self.width() + edge, below.height() - edge + 4))
        window = below.window()
        left = window.mapToGlobal(QPoint(0, 0)).x() - edge
        self.move(max(corner.x(), left), corner.y())
        self.show()

    def press(self) -> None:
        """Take the answer, once, unless it could not be written anyway."""
        if self.isVisible() and not reading_only.refused(self):
            self.answer()

    def answer(self) -> None:
        """Take the answer, if it is complete."""

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Enter answers."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.press()
        else:
            super().keyPressEvent(event)


class SnoozeQuestion(Question):
    """``answered`` carries the day and the reason."""

    answered = Signal(object, str)

    def __init__(self, today: dt.date, parent: QWidget) -> None:
        super().__init__(_("Snooze until"), _("Snooze"), "alarm-clock", parent)
        self._today = today
        self._days = {
            "day": working_days.on_or_after(today + dt.timedelta(days=1)),
            "week": working_days.on_or_after(today + dt.timedelta(days=7 - today.weekday())),
            "fortnight": working_days.on_or_after(today + dt.timedelta(days=14)),
        }
        words = {"day": _("Next working day"), "week": _("Next week"), "fortnight": _("In two weeks")}
        self.choice = Segmented(tuple(words.items()), name=_("Snooze until"))
        self.day = DateField(
            name=_("Day"),
            today=today,
            value=self._days["day"],
            read=lambda text: spoken_date(text, today),
        )
        self.reason = Field(name=_("Reason"), placeholder=_("What are you waiting for? (required)"))
        for part in (self.choice, self.day, self.reason):
            self.fields.addWidget(part)
        self.choice.set_taken("day")
        self.choice.chosen.connect(lambda key: self.day.set_value(self._days[key]))
        self.reason.edit.textEdited.connect(lambda _text: self.reason.clear_problem())

    def ask(self, below: QWidget) -> None:
        """With the cursor in the reason."""
        super().ask(below)
        self.reason.edit.setFocus()

    def answer(self) -> None:
        """Both are needed: a day ahead, and a reason."""
        day, reason = self.day.value, self.reason.edit.text().strip()
        if day is None or day <= self._today:
            self.day.refuse(_("Choose a day ahead."))
        elif not reason:
            self.reason.refuse(_("A snooze needs a reason."))
            self.reason.edit.setFocus()
        else:
            self.answered.emit(day, reason)
            self.close()


class HandOverQuestion(Question):
    """``answered`` carries the department and the note."""

    answered = Signal(str, str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(_("Hand over to"), _("Hand over"), "corner-up-right", parent)
        self.choice = Segmented(
            tuple((key, _(text)) for key, text in DEPARTMENTS.items()), name=_("Hand over to")
        )
        self.note = Field(name=_("Note"), placeholder=_("What should they know? (may stay empty)"))
        self.hint = Label(_("A task due in a week stays with you until they have answered."), "small", "text.secondary",
                          wrap=True)  # fmt: skip
        for part in (self.choice, self.note, self.hint):
            self.fields.addWidget(part)
        self._department = next(iter(DEPARTMENTS))
        self.choice.set_taken(self._department)
        self.choice.chosen.connect(self._take)

    def ask(self, below: QWidget) -> None:
        """With the cursor in the note; the departments are one step back."""
        super().ask(below)
        self.note.edit.setFocus()

    def answer(self) -> None:
        """To the department taken."""
        self.answered.emit(self._department, self.note.edit.text().strip())
        self.close()

    def _take(self, key: str) -> None:
        self._department = key

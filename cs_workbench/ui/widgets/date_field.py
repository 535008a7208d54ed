"""A day, typed or picked: "2026-11-24", "11/24", "24 Nov", "+3", or from a month's calendar."""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Callable

from PySide6.QtCore import QDate, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCalendarWidget, QWidget

from cs_workbench.domain.spoken_dates import Toward, in_figures, spoken_date
from cs_workbench.i18n import _
from cs_workbench.services.typed_days import EARLIEST, LATEST
from cs_workbench.ui import theme as themes
from cs_workbench.ui import wording
from cs_workbench.ui.widgets.fields import Field
from cs_workbench.ui.widgets.floats import Popover

Read = Callable[[str], "dt.date | None"]

_WIDEST = dt.date(2028, 12, 28)
"""As many letters as a date has at most."""
_AROUND = 54
"""px at scale 1 beside a date: the icon before it, the paddings, the cursor."""


class DateField(Field):
    """``picked`` carries the date kept, or None when the field was emptied. ``today`` is what "+3" counts from.

    A day without a year is the next one, or the last one with ``toward="past"``; ``read`` understands other words.
    """

    picked = Signal(object)

    def __init__(
        self,
        *,
        name: str,
        today: dt.date,
        value: dt.date | None = None,
        read: Read | None = None,
        toward: Toward = "future",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(name=name, icon="calendar", parent=parent)
        self._today = today
        self._read = read
        self._toward: Toward = toward
        self.value = value
        self.edit.setText(wording.date(value))
        self.edit.editingFinished.connect(self._keep)
        self.edit.name_icon(_("Calendar"))
        if self.edit.mark is not None:
            self.edit.mark.clicked.connect(self.open_calendar)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """A date is never cut: another one would stand there."""
        shown = max(wording.date(self.value), wording.date(_WIDEST), key=len)
        words = self.edit.fontMetrics().horizontalAdvance(shown)
        least = super().minimumSizeHint()
        return QSize(max(least.width(), words + themes.current().px(_AROUND)), least.height())

    def sizeHint(self) -> QSize:  # noqa: N802
        """At least as wide as a date."""
        return super().sizeHint().expandedTo(self.minimumSizeHint())

    @property
    def is_refused(self) -> bool:
        """Whether what stands there is no day."""
        return not self.problem.isHidden()

    def set_value(self, value: dt.date | None) -> None:
        """Show *value* without telling."""
        self.value = value
        self.edit.setText(wording.date(value))
        self.clear_problem()

    def show_value(self, value: dt.date | None, *, same: bool) -> None:
        """Show what is stored; of the *same* record a day being typed, or refused, stays."""
        typed = same and self.edit.isModified() and self.edit.text() != wording.date(self.value)
        if typed and self.edit.text() != wording.date(value):
            self.value = value
        else:
            self.set_value(value)

    def open_calendar(self) -> None:
        """A month below the field."""
        popover = Popover(320, self)
        popover.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        calendar = QCalendarWidget()
        calendar.setAccessibleName(_("Calendar"))
        calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        shown = self.value or self._today
        calendar.setSelectedDate(QDate(shown.year, shown.month, shown.day))
        calendar.activated.connect(lambda day: self._pick(day, popover))
        calendar.clicked.connect(lambda day: self._pick(day, popover))
        popover.column.addWidget(calendar)
        popover.move(self.edit.mapToGlobal(QPoint(-20, self.edit.height() - 16)))
        popover.show()
        calendar.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Alt Down opens the calendar, Esc restores."""
        if event.key() == Qt.Key.Key_Down and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.open_calendar()
        elif event.key() == Qt.Key.Key_Escape and self.edit.text() != wording.date(self.value):
            self.set_value(self.value)
        else:
            super().keyPressEvent(event)

    def _pick(self, day: QDate, popover: Popover) -> None:
        popover.close()
        self._take(dt.date(day.year(), day.month(), day.day()))

    def _keep(self) -> None:
        text = self.edit.text().strip()
        if text == wording.date(self.value):
            return
        if not text:
            self._take(None)
            return
        day = self._understood(text)
        if day is None or not EARLIEST <= day <= LATEST:
            self.refuse(self._why(text, day), _("Restore"), lambda: self.set_value(self.value))
            return
        self._take(day)

    def _why(self, text: str, day: dt.date | None) -> str:
        if day is None and not in_figures(text):
            return _("“{value}” is not a date.").format(value=text[:20])
        return _("The date does not exist.")

    def _understood(self, text: str) -> dt.date | None:
        if text[:1] in "+-" and text[1:].isdigit() and len(text) < 6:
            return self._today + dt.timedelta(days=int(text))
        try:
            return dt.date.fromisoformat(text.replace("/", "-").replace(".", "-"))
        except ValueError:
            if self._read is not None:
                return self._read(text)
            return spoken_date(unicodedata.normalize("NFKC", text).lower(), self._today, self._toward)

    def _take(self, day: dt.date | None) -> None:
        changed = day != self.value
        self.set_value(day)
        if changed:
            self.picked.emit(day)

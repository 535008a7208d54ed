"""A measure entered by hand where it is said to be out of date: one field, Enter keeps, Esc leaves."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from cs_workbench.domain.health import MeasureScore
from cs_workbench.errors import InvalidValue
from cs_workbench.i18n import _
from cs_workbench.services import health_words, readings
from cs_workbench.ui import reading_only
from cs_workbench.ui.desk import Desk
from cs_workbench.ui.widgets.fields import Field


class ReadingEntry(Field):
    """The field below a measure. ``closed`` tells that it was left."""

    closed = Signal()

    def __init__(
        self, desk: Desk, account_id: int, measure: MeasureScore, role: str, parent: QWidget | None = None
    ) -> None:
        name = health_words.measure(measure.key, measure.label)
        super().__init__(
            name=_("New value: {name}").format(name=name), placeholder=readings.hint(measure.unit),
            parent=parent,
        )  # fmt: skip
        self._desk = desk
        self._account_id = account_id
        self._measure = measure
        self._role = role
        self.edit.textEdited.connect(lambda _text: self.clear_problem())

    def begin(self) -> None:
        """Show the field with what was measured last."""
        self.edit.setText("" if self._measure.value is None else f"{self._measure.value:g}")
        self.show()
        self.edit.setFocus()
        self.edit.selectAll()

    def save(self) -> None:
        """Keep what was typed as today's value, or say why not."""
        desk, account_id, role, on = self._desk, self._account_id, self._role, self._desk.today()
        try:
            value = readings.understood(self._measure.unit, self.edit.text())
        except InvalidValue as problem:
            self.refuse(f"{problem.message} {problem.remedy}")
            return
        if why := reading_only.why(self):
            self.refuse(why)
            return
        told = _("Updated: {name}").format(name=health_words.measure(self._measure.key, self._measure.label))
        self.hide()
        desk.tasks.write(
            lambda: readings.enter(desk.workbench, account_id, role, value, on=on),
            done=lambda _nothing: desk.tell(told, undo=True),
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Enter keeps, Esc leaves."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.save()
        elif event.key() == Qt.Key.Key_Escape:
            self.hide()
            self.closed.emit()
        else:
            super().keyPressEvent(event)

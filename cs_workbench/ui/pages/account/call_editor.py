"""Making, changing and taking back the CSM's call on health, in place below the statuses."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from cs_workbench.errors import InvalidValue, UserError
from cs_workbench.i18n import _, mark
from cs_workbench.services import health_calls
from cs_workbench.services.account_page import Overview
from cs_workbench.ui import theme as themes
from cs_workbench.ui.desk import Desk
from cs_workbench.ui.widgets.button import Button
from cs_workbench.ui.widgets.card import Card
from cs_workbench.ui.widgets.date_field import DateField
from cs_workbench.ui.widgets.fields import Field
from cs_workbench.ui.widgets.label import Label
from cs_workbench.ui.widgets.segmented import Segmented

BANDS = (("green", mark("Green")), ("yellow", mark("Yellow")), ("red", mark("Red")))


class CallEditor(Card):
    """Band, reason and last day. ``closed`` tells that it went away; what was typed stays until it was kept."""

    closed = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(surface="bg.sunken", parent=parent)
        self.desk = desk
        self._overview: Overview | None = None
        self.band = Segmented([(key, _(text)) for key, text in BANDS], name="")
        self.until_words = Label("", "body", "text.secondary")
        self.until = DateField(name="", today=desk.today())
        self.reason = Field(name="")
        self.end = Button("", "text")
        self.cancel = Button("", "quiet")
        self.keep = Button("", "filled")
        self._lay_out()
        self.end.clicked.connect(self._end)
        self.cancel.clicked.connect(self.close_editor)
        self.keep.clicked.connect(self.save)
        self.reason.edit.returnPressed.connect(self.save)
        self.reason.edit.textEdited.connect(lambda _text: self.reason.clear_problem())
        self.retranslate()

    def _lay_out(self) -> None:
        theme = themes.current()
        self.until.setFixedWidth(theme.px(136))
        first, second = QHBoxLayout(), QHBoxLayout()
        for row in (first, second):
            row.setSpacing(theme.px(12))
        first.addWidget(self.band)
        first.addStretch(1)
        first.addWidget(self.until_words)
        first.addWidget(self.until, 0, Qt.AlignmentFlag.AlignTop)
        second.addWidget(self.end)
        second.addStretch(1)
        second.addWidget(self.cancel)
        second.addWidget(self.keep)
        self.column.addLayout(first)
        self.column.addWidget(self.reason)
        self.column.addLayout(second)

    def retranslate(self) -> None:
        """Fixed texts."""
        self.title.setText(_("Your call on the health"))
        self.title.show()
        self.band.setAccessibleName(_("Band"))
        self.band.retitle({key: _(text) for key, text in BANDS})
        self.until_words.setText(_("Holds until"))
        self.until.edit.setAccessibleName(_("Last day of the call"))
        self.reason.edit.setAccessibleName(_("Reason for the call"))
        self.reason.edit.setPlaceholderText(_("Reason: what the score cannot see"))
        self.end.setText(_("Take the call back"))
        self.cancel.setText(_("Cancel"))
        self.keep.setText(_("Keep call"))

    def begin(self, overview: Overview) -> None:
        """Edit the call in force, or make one; what is being typed about the same account stays."""
        same = self._overview is not None and self._overview.head.id == overview.head.id
        self._overview = overview
        self.end.setVisible(overview.called is not None)
        if not (same and self.reason.edit.text()):
            self._fill(overview)
        self.show()
        self.reason.edit.setFocus()

    def forget(self) -> None:
        """Another account."""
        self._overview = None
        self.reason.edit.clear()
        self.reason.clear_problem()
        self.hide()

    def close_editor(self) -> None:
        """Esc: nothing is kept."""
        self.forget()
        self.closed.emit()

    def save(self) -> None:
        """Keep the call; a refusal stands at the field it is about."""
        overview, desk = self._overview, self.desk
        until = self.until.value or desk.today() + dt.timedelta(days=health_calls.DEFAULT_DAYS)
        if overview is None or self.until.problem.isVisibleTo(self.until):
            return
        band, reason = self.band.taken, self.reason.edit.text()
        account_id, name = overview.head.id, overview.head.name
        today, now = desk.today(), desk.now()
        self.keep.set_busy(True)
        desk.tasks.write(
            lambda: health_calls.set_call(
                desk.workbench, account_id, band, reason, today=today, now=now, until=until
            ),
            done=lambda _id: self._kept(_("Call kept"), name),
            failed=self._refused,
            owner=self,
            key=("call", account_id),
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Esc leaves, Ctrl Enter keeps."""
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if event.key() == Qt.Key.Key_Escape:
            self.close_editor()
        elif control and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not self.reason.edit.hasFocus():  # it has told of this Enter already
                self.save()
        else:
            super().keyPressEvent(event)

    def _fill(self, overview: Overview) -> None:
        call = overview.called
        self.band.set_taken(call.band if call is not None else _other(overview.score.band))
        usual = overview.today + dt.timedelta(days=health_calls.DEFAULT_DAYS)
        self.until.set_value(call.until_on if call is not None else usual)
        self.reason.edit.setText("" if overview.call is None else overview.call.reason)
        self.reason.edit.setCursorPosition(0)
        self.reason.clear_problem()

    def _end(self) -> None:
        overview, desk = self._overview, self.desk
        if overview is None:
            return
        account_id, name, today = overview.head.id, overview.head.name, desk.today()
        desk.tasks.write(
            lambda: health_calls.end_call(desk.workbench, account_id, today=today),
            done=lambda _nothing: self._kept(_("Call taken back"), name),
            owner=self,
        )

    def _kept(self, told: str, name: str) -> None:
        self.keep.set_busy(False)
        self.close_editor()
        self.desk.tell(told, name, undo=True)

    def _refused(self, error: BaseException) -> None:
        self.keep.set_busy(False)
        if not isinstance(error, InvalidValue):
            self.desk.tasks.failed.emit(error)
            return
        field = self.until if error.where.get("field") == "until" else self.reason
        field.refuse(_sentence(error))
        field.edit.setFocus()


def _sentence(error: UserError) -> str:
    return f"{error.message} {error.remedy}".strip()


def _other(computed: str) -> str:
    """Who calls usually knows something worse: one band down."""
    return {"green": "yellow", "yellow": "red"}.get(computed, "yellow")

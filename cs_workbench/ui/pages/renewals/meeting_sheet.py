"""Step 2: when the meeting is, who is asked, how long the customer needs to approve; the list and the invitation."""

from __future__ import annotations

import datetime as dt
import unicodedata

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from cs_workbench import i18n
from cs_workbench.domain.spoken_dates import spoken_date
from cs_workbench.i18n import _
from cs_workbench.services import renewal_papers
from cs_workbench.services.account_page import Labels
from cs_workbench.services.renewal_detail import Detail
from cs_workbench.ui import reading_only
from cs_workbench.ui import theme as themes
from cs_workbench.ui.desk import Desk
from cs_workbench.ui.pages.renewals.files import save_bytes
from cs_workbench.ui.widgets.button import Button
from cs_workbench.ui.widgets.date_field import DateField
from cs_workbench.ui.widgets.fields import CheckBox, Field
from cs_workbench.ui.widgets.file_dialog import FileDialog
from cs_workbench.ui.widgets.label import Label
from cs_workbench.ui.widgets.scrolled import scrolled
from cs_workbench.ui.widgets.sheet import Sheet

_USUAL = dt.time(14, 0)


class MeetingSheet(Sheet):
    """``kept`` carries the instant (or None), the ids of who is asked, and the approval days."""

    kept = Signal(object, object, int)

    def __init__(self, desk: Desk, window: QWidget, detail: Detail, labels: Labels) -> None:
        super().__init__(window, _("Attendees and date"), detail.row.name, size=(720, 600))
        self.desk = desk
        self.detail = detail
        way, today = detail.row.way, detail.today
        plan = detail.row.plan
        at = None if plan is None or plan.meeting_at is None else plan.meeting_at.astimezone()
        self.day = DateField(
            name=_("Day"), today=today, value=way.meeting, read=lambda text: spoken_date(text, today)
        )
        self.time = Field((at.time() if at else _USUAL).strftime("%H:%M"), name=_("Time"))
        self.approval = Field(str(way.approval_days), name=_("Approval in working days"))
        self.boxes = {one.id: CheckBox(_person(one, labels)) for one in detail.people}
        for number, box in self.boxes.items():
            box.setChecked(number in detail.asked)
        self.warning = Label("", "small", "health.yellow.text", wrap=True)
        self.list = Button(_("Copy list"), icon="copy")
        self.ics = Button(_("Save invitation…"), icon="calendar-check")
        self.keep = Button(_("Keep meeting"), "filled", icon="check", keys="Ctrl ↵")
        self.main = self.keep
        self._fill_body()
        self._connect()
        self._warn()

    def _fill_body(self) -> None:
        theme = themes.current()
        column = QVBoxLayout(self.body)
        column.setContentsMargins(*[theme.px(24), theme.px(16)] * 2)
        column.setSpacing(theme.px(8))
        top = QHBoxLayout()
        top.setSpacing(theme.px(16))
        for name, field, width in (
            (_("Day"), self.day, 180), (_("Time"), self.time, 88),
            (_("Approval in working days"), self.approval, 180),
        ):  # fmt: skip
            part = QVBoxLayout()
            part.setSpacing(theme.px(4))
            part.addWidget(Label(name, "small", "text.secondary"))
            part.addWidget(field)
            field.setMaximumWidth(theme.px(width))
            top.addLayout(part)
        top.addStretch(1)
        column.addLayout(top)
        column.addSpacing(theme.px(8))
        column.addWidget(Label(_("Who is asked"), "strong"))
        people = QWidget()
        rows = QVBoxLayout(people)
        rows.setContentsMargins(0, 0, 0, 0)
        for box in self.boxes.values():
            rows.addWidget(box)
        if not self.boxes:
            rows.addWidget(Label(_("No contact is recorded."), "body", "text.secondary"))
        rows.addStretch(1)
        column.addWidget(scrolled(people), 1)
        column.addWidget(self.warning)
        self.foot.addWidget(self.list)
        self.foot.addWidget(self.ics)
        self.foot.addStretch(1)
        self.foot.addWidget(self.keep)

    def _connect(self) -> None:
        for box in self.boxes.values():
            box.toggled.connect(lambda _on: self._warn())
        for field in (self.time, self.approval):
            field.edit.textEdited.connect(lambda _text, field=field: field.clear_problem())
        self.list.clicked.connect(self.copy_list)
        self.ics.clicked.connect(self.ask_save)
        self.keep.clicked.connect(self._on_keep)

    def asked(self) -> frozenset[int]:
        """Who is ticked."""
        return frozenset(number for number, box in self.boxes.items() if box.isChecked())

    def instant(self) -> dt.datetime | None:
        """When the meeting is, in the zone the person sits in; None (and said why) where it cannot be read."""
        time = _time(self.time.edit.text())
        if self.day.value is None:
            self.day.refuse(_("Choose a day."))
            return None
        if time is None:
            self.time.refuse(_("Write 14:00"))
            return None
        return dt.datetime.combine(self.day.value, time).astimezone()

    def copy_list(self) -> None:
        """Who is asked, for a mail or a spreadsheet."""
        chosen = [one for one in self.detail.people if one.id in self.asked()]
        QGuiApplication.clipboard().setText(renewal_papers.attendee_list(chosen))
        self.desk.tell(_("Attendee list copied"), self.detail.row.name)

    def ask_save(self) -> None:
        """Where to put the .ics file."""
        if self.instant() is None:
            return
        name = renewal_papers.file_name(self.detail, "meeting", "ics")
        dialog = FileDialog(self, _("Save invitation"), name, _("Calendar files (*.ics)"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("ics")
        dialog.fileSelected.connect(self.save_to)
        dialog.open()

    def save_to(self, path: str) -> None:
        """Write the invitation to *path*."""
        at = self.instant()
        if at is not None:
            chosen = [one for one in self.detail.people if one.id in self.asked()]
            made = renewal_papers.invitation(self.detail, at, chosen, i18n.language(), now=self.desk.now())
            save_bytes(self.desk, path, made)

    def _warn(self) -> None:
        """Somebody who decides should be there."""
        asked = self.asked()
        known = self.detail.deciders
        if not known:
            self.warning.setText(_("No decision maker is recorded for this account."))
        elif not any(one.id in asked for one in known):
            names = _(", ").join(one.name for one in known)
            self.warning.setText(_("Nobody who decides is asked yet: {names}").format(names=names))
        else:
            self.warning.setText("")

    def _on_keep(self) -> None:
        at = self.instant()
        days = self.approval.edit.text().strip()
        if not days.isdecimal() or int(days) > 120:
            self.approval.refuse(_("0 to 120"))
            return
        if at is not None and not reading_only.refused(self):
            self.kept.emit(at, self.asked(), int(days))
            self.accept()


def _person(one: object, labels: Labels) -> str:
    name = str(getattr(one, "name", ""))
    title = getattr(one, "title", None)
    roles = [labels.of("role", role) for role in getattr(one, "roles", ())]
    more = _(", ").join([part for part in (title, *roles) if part])
    return f"{name} – {more}" if more else name


def _time(text: str) -> dt.time | None:
    plain = unicodedata.normalize("NFKC", text).strip().replace(".", ":")
    try:
        return dt.time.fromisoformat(plain.zfill(5) if ":" in plain else f"{int(plain):02d}:00")
    except ValueError:
        return None

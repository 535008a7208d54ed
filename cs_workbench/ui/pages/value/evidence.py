"""What proves a benefit: a file that is picked, a record of the account, or a person's word; with its date."""

from __future__ import annotations

import datetime as dt
import os

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from cs_workbench.i18n import _, mark
from cs_workbench.services.value_choices import Choices
from cs_workbench.ui import wording
from cs_workbench.ui.models.value_model import EVIDENCE_KINDS
from cs_workbench.ui.pages.value.acts import Acts
from cs_workbench.ui.widgets.button import Button
from cs_workbench.ui.widgets.calm_choice import CalmChoice, SearchChoice
from cs_workbench.ui.widgets.date_field import DateField
from cs_workbench.ui.widgets.fields import Field
from cs_workbench.ui.widgets.file_dialog import ask_open
from cs_workbench.ui.widgets.question import AskPopover
from cs_workbench.ui.widgets.segmented import Segmented

_RECORDS = {"contact": mark("Contact"), "ticket": mark("Ticket"), "survey": mark("Survey")}


class EvidenceQuestion(AskPopover):
    """``answered`` carries kind, text, day or None, person's id or None."""

    answered = Signal(str, str, object, object)

    def __init__(self, known: Choices, today: dt.date, parent: QWidget) -> None:
        super().__init__(_("Add evidence"), _("Add"), "plus", parent)
        self.known = known
        kinds = [(key, _(EVIDENCE_KINDS[key])) for key in ("person", "record", "file")]
        self.kind = Segmented(kinds, name=_("Kind"))
        self.record = SearchChoice(name=_("Record"), choices=self._records())
        self.record.setCurrentIndex(-1)
        self.choose = Button(_("Choose a file"), icon="folder-open", small=True)
        self.text = Field(name=_("What it says, where it is"), placeholder=_("What it says, where it is"))
        self.person = CalmChoice(name=_("Person"), choices=[(None, _("nobody named")), *known.people])
        self.person.setCurrentIndex(0)
        self.on = DateField(name=_("Date"), today=today, value=today, toward="past")
        row = QHBoxLayout()
        row.addWidget(self.choose)
        row.addStretch(1)
        self.fields.addWidget(self.kind)
        self.fields.addWidget(self.record)
        self.fields.addLayout(row)
        for part in (self.text, self.person, self.on):
            self.fields.addWidget(part)
        self.kind.chosen.connect(lambda _kind: self._dress())
        self.record.picked.connect(self._take_record)
        self.choose.clicked.connect(self.choose_file)
        self._dress()

    def begin(self) -> None:
        """Put the keys into what is said."""
        self.text.edit.setFocus(Qt.FocusReason.TabFocusReason)

    def choose_file(self) -> None:
        """Name a file; it stays where it is."""
        path = ask_open(self, _("Choose a file"))
        if path:
            self.text.edit.setText(os.path.normpath(path))

    def answer(self) -> None:
        """Evidence says something."""
        text = self.text.edit.text()
        if why := Acts.refusal("evidence", "text", text):
            self.text.refuse(why)
            return
        self.close()
        self.answered.emit(self.kind.taken, text.strip(), self.on.value, self.person.currentData())

    def _records(self) -> list[tuple[object, str]]:
        return [
            (f"{kind}/{number}", f"{_(_RECORDS[kind])} {wording.date(dt.date.fromisoformat(day))}  {words}")
            for kind, number, words, day in self.known.records
        ]

    def _take_record(self, key: object) -> None:
        found = next((one for one in self.known.records if f"{one[0]}/{one[1]}" == key), None)
        if found is not None:
            kind, _number, words, day = found
            self.text.edit.setText(f"{_(_RECORDS[kind])}: {words} ({key})")
            self.on.set_value(dt.date.fromisoformat(day))

    def _dress(self) -> None:
        self.record.setVisible(self.kind.taken == "record")
        self.choose.setVisible(self.kind.taken == "file")
        self.adjustSize()

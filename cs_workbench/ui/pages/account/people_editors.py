"""Leaving, moving company and merging, entered in the pane: a few fields, a button that says what happens."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCompleter, QHBoxLayout, QVBoxLayout, QWidget

from cs_workbench.domain.text import name_key
from cs_workbench.i18n import _
from cs_workbench.ui import theme as themes
from cs_workbench.ui.pages.account.plan_fields import Trouble
from cs_workbench.ui.widgets.button import Button
from cs_workbench.ui.widgets.date_field import DateField, Read
from cs_workbench.ui.widgets.fields import CheckBox, Choice, LineEdit
from cs_workbench.ui.widgets.label import Label


class Editor(QWidget):
    """Fields above, Cancel and the deed below. ``done`` (what was entered) and ``left``."""

    done = Signal(dict)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme = themes.current()
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, theme.px(4), 0, theme.px(4))
        self.column.setSpacing(theme.px(8))
        self.title = Label("", "strong", wrap=True)
        self.trouble = Trouble()
        self.deed, self.cancel = Button("", "filled"), Button("", "quiet")
        self.column.addWidget(self.title)
        self.deed.clicked.connect(self.finish)
        self.cancel.clicked.connect(self.left)

    def close_row(self) -> None:
        """What is wrong, and the buttons."""
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.cancel)
        row.addWidget(self.deed)
        self.column.addWidget(self.trouble)
        self.column.addLayout(row)

    def line(self, word: Label, field: QWidget) -> None:
        """A word and its field."""
        row = QHBoxLayout()
        word.setFixedWidth(themes.current().px(96))
        row.addWidget(word)
        row.addWidget(field, 1)
        self.column.addLayout(row)

    def finish(self) -> None:
        """Hand over what was entered."""

    def refuse(self, sentence: str, remedy: str) -> None:
        """Why it cannot be."""
        self.trouble.say(sentence, remedy)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Ctrl Enter does it, Esc leaves."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.finish()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


class LeaveEditor(Editor):
    """The day somebody leaves or left."""

    def __init__(self, today: dt.date, read: Read, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.word = Label("", "body", "text.secondary")
        self.day = DateField(name=_("Day"), today=today, value=today, read=read)
        self.hint = Label("", "small", "text.secondary", wrap=True)
        self.line(self.word, self.day)
        self.column.addWidget(self.hint)
        self.close_row()
        self.setFocusProxy(self.day.edit)

    def begin(self, name: str, today: dt.date) -> None:
        """For that person, today."""
        self.title.setText(_("{person} leaves the company").format(person=name))
        self.word.setText(_("Day"))
        self.hint.setText(_("Contacts, tasks and reporting lines stay."))
        self.deed.setText(_("Note departure"))
        self.cancel.setText(_("Cancel"))
        self.day.set_value(today)
        self.trouble.clear()

    def finish(self) -> None:
        """Hand over the day."""
        if self.day.value is not None:
            self.done.emit({"on": self.day.value})


class MoveEditor(Editor):
    """Where somebody goes: an account we have, a new one, or only a name."""

    def __init__(self, today: dt.date, read: Read, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.known: dict[str, str] = {}
        self.words = [Label("", "body", "text.secondary") for _n in range(3)]
        self.company, self.job = LineEdit(name=""), LineEdit(name="")
        self.day = DateField(name=_("Day"), today=today, value=today, read=read)
        self.account = CheckBox("")
        self.hint = Label("", "small", "text.secondary", wrap=True)
        for word, field in zip(self.words, (self.company, self.job, self.day), strict=True):
            self.line(word, field)
        self.column.addWidget(self.account)
        self.column.addWidget(self.hint)
        self.close_row()
        self.company.textChanged.connect(self._say)
        self.account.toggled.connect(self._say)
        self.setFocusProxy(self.company)

    def begin(self, name: str, today: dt.date, accounts: Sequence[str]) -> None:
        """For that person; *accounts* complete the company."""
        self.title.setText(_("{person} moves to another company").format(person=name))
        for word, text in zip(self.words, (_("Company"), _("New title"), _("Day")), strict=True):
            word.setText(text)
        self.company.setAccessibleName(_("Company"))
        self.job.setAccessibleName(_("New title"))
        self.account.setText(_("Make it an account"))
        self.account.setChecked(True)
        self.cancel.setText(_("Cancel"))
        self.known = {name_key(one): one for one in accounts}
        completer = QCompleter(list(accounts), self.company)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.company.setCompleter(completer)
        self.company.clear()
        self.job.clear()
        self.day.set_value(today)
        self.trouble.clear()
        self._say()

    def finish(self) -> None:
        """Hand over company, title, day, and whether the company becomes an account."""
        if not self.company.text().strip():
            self.refuse(_("Where do they go?"), _("Type the company's name."))
            self.company.setFocus()
        elif self.day.value is not None:
            self.done.emit({
                "company": self.company.text(), "title": self.job.text(), "on": self.day.value,
                "account": self.account.isChecked(),
            })  # fmt: skip

    def _say(self) -> None:
        """What will happen, and whether there is a choice."""
        text = self.company.text().strip()
        known = self.known.get(name_key(text)) if text else None
        self.account.setVisible(bool(text) and known is None)
        self.deed.setText(_("Move to {company}").format(company=text[:24]) if text else _("Move"))
        if known is not None:
            self.hint.setText(_("{account} is an account: they are added there too.").format(account=known))
        elif text and self.account.isChecked():
            self.hint.setText(_("A new account, with them as its first person."))
        else:
            self.hint.setText(_("Only the company's name is noted.") if text else "")
        self.hint.setVisible(bool(self.hint.text()))


class MergeEditor(Editor):
    """Whose record goes into this one."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.word = Label("", "body", "text.secondary")
        self.other = Choice(name="")
        self.hint = Label("", "small", "text.secondary", wrap=True)
        self.line(self.word, self.other)
        self.column.addWidget(self.hint)
        self.close_row()
        self.setFocusProxy(self.other)
        self.other.currentIndexChanged.connect(self._able)

    def begin(self, name: str, others: Sequence[tuple[int, str]], *, alike: bool) -> None:
        """*others* who may be the same; *alike* says that the first is, else the person chooses before anything."""
        self.title.setText(_("{person} stands here twice").format(person=name))
        self.word.setText(_("Same as"))
        self.other.setAccessibleName(_("Same as"))
        self.hint.setText(
            _("Contacts, answers, tasks, plan steps and reporting lines follow. One undo brings both back.")
        )
        self.deed.setText(_("Merge"))
        self.cancel.setText(_("Cancel"))
        self.other.clear()
        if not alike:
            self.other.addItem(_("Choose the other record"), None)
        for number, text in others:
            self.other.addItem(text, number)
        self._able()
        self.trouble.clear()

    def _able(self) -> None:
        self.deed.setEnabled(self.other.currentData() is not None)

    def finish(self) -> None:
        """Hand over the other."""
        if self.other.currentData() is not None:
            self.done.emit({"gone": int(self.other.currentData())})

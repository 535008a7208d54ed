"""A form in a popover: fields by name, a draft of what is typed, and what is wrong said at its field."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from cs_workbench.errors import InvalidValue
from cs_workbench.services import survey_entry
from cs_workbench.ui import theme as themes
from cs_workbench.ui.desk import Desk
from cs_workbench.ui.pages.voice.form_draft import FormDraft
from cs_workbench.ui.typed_marks import DRAFT, KEPT_ELSEWHERE
from cs_workbench.ui.widgets.fields import CheckBox, Choice, Field
from cs_workbench.ui.widgets.label import Label
from cs_workbench.ui.widgets.question import AskPopover


class Words(QPlainTextEdit):
    """Several lines; Tab goes on, Ctrl Enter answers (the form takes it)."""

    def __init__(self, name: str, high: int = 84) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setPlaceholderText(name)
        self.setTabChangesFocus(True)
        self.setFixedHeight(themes.current().px(high))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Ctrl Enter is the form's."""
        if (
            event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            and event.modifiers() & Qt.KeyboardModifier.ControlModifier
        ):
            event.ignore()
        else:
            super().keyPressEvent(event)


class Form(AskPopover):
    """Fields by name; what is typed wrongly is said at its field and nothing is closed."""

    def __init__(self, title: str, button: str, icon: str, today: dt.date, parent: QWidget) -> None:
        super().__init__(title, button, icon, parent, width=440)
        self.today = today
        self.parts: dict[str, Field] = {}
        self.long: dict[str, Words] = {}
        self.picks: dict[str, Choice] = {}
        self.ticks: dict[str, CheckBox] = {}
        self.draft: FormDraft | None = None
        self.problem = Label("", "small", "health.red.text", wrap=True)
        self.problem.hide()

    def field(self, key: str, name: str, text: str = "") -> Field:
        """Add a line."""
        made = Field(text, name=name)
        self.fields.addWidget(Label(name, "small", "text.secondary"))
        self.fields.addWidget(made)
        self.parts[key] = made
        return made

    def several(self, key: str, name: str) -> Words:
        """Add several lines."""
        made = self.long[key] = Words(name)
        self.save.keys = "Ctrl ↵"  # Enter makes a line there
        self.fields.addWidget(made)
        return made

    def pick(self, key: str, name: str, entries: Iterable[tuple[str, object]], value: object) -> Choice:
        """Add a choice of (text, value)."""
        made = self.picks[key] = Choice(name=name)
        for text, one in entries:
            made.addItem(text, one)
        made.setCurrentIndex(max(made.findData(value), 0))
        self.fields.addWidget(made)
        return made

    def tick(self, key: str, text: str, on: bool = False) -> CheckBox:
        """Add a box to tick."""
        made = self.ticks[key] = CheckBox(text)
        made.setChecked(on)
        self.fields.addWidget(made)
        return made

    def typed(self) -> dict[str, str]:
        """Field → what stands in it."""
        found = {key: one.edit.text() for key, one in self.parts.items()}
        found |= {key: one.toPlainText() for key, one in self.long.items()}
        found |= {key: str(one.currentData()) for key, one in self.picks.items()}
        return found | {key: "1" if one.isChecked() else "" for key, one in self.ticks.items()}

    def put_back(self, typed: dict[str, str]) -> None:
        """Fill the fields with what was typed before."""
        for key, text in typed.items():
            if key in self.parts:
                self.parts[key].edit.setText(text)
            elif key in self.long:
                self.long[key].setPlainText(text)
            elif key in self.picks:
                places = [
                    n for n in range(self.picks[key].count()) if str(self.picks[key].itemData(n)) == text
                ]
                self.picks[key].setCurrentIndex(places[0] if places else 0)
            elif key in self.ticks:
                self.ticks[key].setChecked(bool(text))

    def remember(self, desk: Desk, key: str) -> Form:
        """Keep what is typed under *key* until it is saved, and bring back what was left; returns itself."""
        draft = self.draft = FormDraft(desk, key, self, self)
        self.setProperty(KEPT_ELSEWHERE, DRAFT)
        for one in self.parts.values():
            one.edit.textChanged.connect(lambda _text: draft.note())
        for words in self.long.values():
            words.textChanged.connect(draft.note)
        for choice in self.picks.values():
            choice.activated.connect(lambda _n: draft.note())
        for box in self.ticks.values():
            box.toggled.connect(lambda _on: draft.note())
        return self

    def finish(self) -> None:
        """It is saved: the draft goes, the form closes."""
        if self.draft is not None:
            self.draft.clear()
        self.close()

    def hideEvent(self, event: object) -> None:  # noqa: N802
        """Closed without an answer: what was typed waits for the next time."""
        if self.draft is not None:
            self.draft.leave()
        super().hideEvent(event)

    def text(self, key: str) -> str:
        """What stands in a field."""
        return self.parts[key].edit.text()

    def day(self, key: str) -> dt.date | None:
        """The day in a field. Raises InvalidValue with the field's key."""
        try:
            return survey_entry.read_day(self.text(key), self.today)
        except InvalidValue as error:
            raise InvalidValue(error.message, error.remedy, field=key) from None

    def refuse(self, error: InvalidValue) -> None:
        """Say what is wrong where it is."""
        part = self.parts.get(str(error.where.get("field", "")))
        if part is not None:
            part.refuse(f"{error.message} {error.remedy}".strip())
            part.setFocus()
        else:
            self.problem.setText(f"{error.message} {error.remedy}".strip())
            self.problem.show()
        self.adjustSize()

    def under(self, widget: QWidget) -> None:
        """Show it below *widget*, the focus in its first field."""
        self.fields.addWidget(self.problem)
        self.problem.setVisible(False)
        place = widget if widget.isVisible() else (self.parentWidget() or widget)
        down = place.height() if place is widget else 0
        self.ask(place.mapToGlobal(QPoint(place.width(), down)), place.window())
        self.begin()

    def begin(self) -> None:
        """Where one starts to type."""
        for first in list(self.parts.values())[:1]:
            first.setFocus()

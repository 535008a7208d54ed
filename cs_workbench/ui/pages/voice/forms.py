"""What the Voice page asks: an answer, how many were asked, a complaint, what they were told, a new theme."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping

from PySide6.QtCore import QPoint, QStringListModel, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCompleter, QPlainTextEdit, QWidget

from cs_workbench.domain.text import fold
from cs_workbench.errors import InvalidValue
from cs_workbench.i18n import _
from cs_workbench.services import survey_entry
from cs_workbench.ui import theme as themes
from cs_workbench.ui import wording
from cs_workbench.ui.desk import Desk
from cs_workbench.ui.pages.voice.form_draft import FormDraft
from cs_workbench.ui.widgets.fields import KEPT_ELSEWHERE, CheckBox, Choice, Field
from cs_workbench.ui.widgets.label import Label
from cs_workbench.ui.widgets.question import AskPopover

Keep = Callable[..., object]


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
        made = Field(text, name=name, placeholder=name)
        self.fields.addWidget(Label(name, "small", "text.secondary"))
        self.fields.addWidget(made)
        self.parts[key] = made
        return made

    def several(self, key: str, name: str) -> Words:
        """Add several lines."""
        made = self.long[key] = Words(name)
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
        self.setProperty(KEPT_ELSEWHERE, True)
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


class AccountForm(Form):
    """A form about an account: typed by name, completed."""

    def __init__(  # noqa: PLR0917 - as a form has it
        self,
        title: str,
        button: str,
        today: dt.date,
        names: Mapping[int, str],
        parent: QWidget,
        account_id: int = 0,
    ) -> None:
        super().__init__(title, button, "check", today, parent)
        self._names = names
        self._people: Mapping[int, Mapping[int, str]] = {}
        account = self.field("account", _("Account"), names.get(account_id, ""))
        completer = QCompleter(list(names.values()), account.edit)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        account.edit.setCompleter(completer)

    def complete_people(self, people: Mapping[int, Mapping[int, str]], key: str = "person") -> None:
        """Complete a field with the people of the account typed."""
        self._people = people
        edit = self.parts[key].edit
        names = QStringListModel(edit)
        completer = QCompleter(names, edit)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        edit.setCompleter(completer)

        def offer(_text: str = "") -> None:
            try:
                known = people.get(self.account_id(), {})
            except InvalidValue:
                known = {}
            names.setStringList(list(known.values()))

        self.parts["account"].edit.textChanged.connect(offer)
        offer()

    def person_id(self, key: str = "person") -> int | None:
        """The person typed, None for nobody. Raises InvalidValue for a name the account does not know."""
        typed = fold(self.text(key))
        if not typed:
            return None
        known = self._people.get(self.account_id(), {})
        exact = [number for number, name in known.items() if fold(name) == typed]
        found = exact or [number for number, name in known.items() if typed in fold(name)]
        if len(found) != 1:
            raise InvalidValue(
                _("Nobody of this account is called so.") if not found else _("Several people are called so."),
                _("Choose one from the list, or leave it empty: nobody."), field=key,
            )  # fmt: skip
        return found[0]

    def account_id(self) -> int:
        """The account typed. Raises InvalidValue where none or several have that name."""
        typed = fold(self.text("account"))
        exact = [number for number, name in self._names.items() if fold(name) == typed]
        found = exact or [number for number, name in self._names.items() if typed and typed in fold(name)]
        if len(found) != 1:
            raise InvalidValue(
                _("No account is called so.") if not found else _("Several accounts are called so."),
                _("Choose one from the list."),
                field="account",
            )
        return found[0]


class AnswerForm(AccountForm):
    """One answer to a survey."""

    def __init__(  # noqa: PLR0917 - as a form has it
        self,
        kind: str,
        today: dt.date,
        names: Mapping[int, str],
        parent: QWidget,
        keep: Callable[..., object],
        account_id: int = 0,
        people: Mapping[int, Mapping[int, str]] | None = None,
    ) -> None:
        super().__init__(_("Enter answer"), _("Enter answer"), today, names, parent, account_id)
        self._keep = keep
        self.field("person", _("Who answered (empty: nobody named)"))
        self.complete_people(people or {})
        entries = [
            (f"{_(name)}: {_(survey_entry.QUESTIONS[key])}", key) for key, name in survey_entry.NAMES.items()
        ]
        self.kind = self.pick("kind", _("Survey"), entries, kind)
        self.field("score", _("Score"))
        self.field("on", _("Day"), wording.date(today))
        self.comment = self.several("comment", _("Comment, in their own words"))
        self.shareable = self.tick("shareable", _("May be shown in documents for the customer"))

    def answer(self) -> None:
        """Keep it, or say what is wrong."""
        try:
            kind = survey_entry.kind_of(str(self.kind.currentData()))
            values = (self.account_id(), kind, survey_entry.read_score(kind, self.text("score")))
            day, person = self.day("on") or self.today, self.person_id()
        except InvalidValue as error:
            self.refuse(error)
            return
        self._keep(*values, day, self.comment.toPlainText(), self.shareable.isChecked(), person)
        self.finish()


class ComplaintForm(AccountForm):
    """A complaint heard by ourselves."""

    def __init__(
        self, today: dt.date, names: Mapping[int, str], parent: QWidget, keep: Keep, account_id: int = 0
    ) -> None:
        super().__init__(_("Add complaint"), _("Add complaint"), today, names, parent, account_id)
        self._keep = keep
        self.said = self.several("said", _("What they said, in their own words"))
        self.field("on", _("Said on"), wording.date(today))
        self.field("promised_on", _("Answer promised by"), wording.date(today + dt.timedelta(days=2)))

    def answer(self) -> None:
        """Keep it, or say what is wrong."""
        try:
            account, on, promised = self.account_id(), self.day("on") or self.today, self.day("promised_on")
            if not self.said.toPlainText().strip():
                raise InvalidValue(_("What they said is missing."), _("Write it in their own words."))
            if promised is not None and promised < on:
                raise InvalidValue(
                    _("This day is before they spoke."), _("Choose a later day."), field="promised_on"
                )
        except InvalidValue as error:
            self.refuse(error)
            return
        self._keep(account, self.said.toPlainText(), on, promised)
        self.finish()


class TakeForm(Form):
    """Who looks after what was said, and by when they are answered: proposed, and kept as it stands here."""

    def __init__(  # noqa: PLR0917 - as a form has it
        self, who: str, owner: str, promised: dt.date, said_on: dt.date, today: dt.date, parent: QWidget,
        keep: Callable[[str, dt.date | None], object],
    ) -> None:  # fmt: skip
        super().__init__(
            _("Take it up – {account}").format(account=who[:200]), _("Take it up"), "check", today, parent
        )
        self._keep, self._said_on = keep, said_on
        self.field("owner", _("Owner"), owner)
        self.field("promised_on", _("Answer promised by"), wording.date(promised))

    def answer(self) -> None:
        """Keep it, or say what is wrong."""
        try:
            promised = self.day("promised_on")
            if promised is not None and promised < self._said_on:
                raise InvalidValue(
                    _("This day is before they spoke."), _("Choose a later day."), field="promised_on"
                )
        except InvalidValue as error:
            self.refuse(error)
            return
        self._keep(self.text("owner").strip(), promised)
        self.finish()


class TellForm(Form):
    """What was done, and that they were told."""

    def __init__(  # noqa: PLR0917 - as a form has it
        self,
        who: str,
        action: str,
        said_on: dt.date,
        today: dt.date,
        parent: QWidget,
        keep: Keep,
    ) -> None:
        super().__init__(
            _("Tell back – {account}").format(account=who), _("Told, and done"), "check", today, parent
        )
        self._keep, self._said_on = keep, said_on
        self.action = self.several("action", _("What we did, in a sentence the customer may read"))
        self.action.setPlainText(action)
        self.field("on", _("Told back on"), wording.date(today))

    def begin(self) -> None:
        """In the sentence."""
        self.action.setFocus()

    def answer(self) -> None:
        """Keep it, or say what is wrong."""
        try:
            day = self.day("on") or self.today
            if not self.action.toPlainText().strip():
                raise InvalidValue(
                    _("What was done is not written down."), _("Write one sentence the customer may read.")
                )
            if day < self._said_on:
                raise InvalidValue(_("This day is before they spoke."), _("Choose a later day."), field="on")
        except InvalidValue as error:
            self.refuse(error)
            return
        self._keep(self.action.toPlainText(), day)
        self.finish()


class ThemeForm(Form):
    """A theme's name."""

    def __init__(self, today: dt.date, parent: QWidget, keep: Callable[[str], object]) -> None:
        super().__init__(_("Add theme"), _("Add theme"), "check", today, parent)
        self._keep = keep
        self.field("name", _("Name the cause, as customers would"))

    def answer(self) -> None:
        """Keep it, or say what is wrong."""
        if not self.text("name").strip():
            remedy = _("Name the cause, as customers would.")
            self.refuse(InvalidValue(_("A theme needs a name."), remedy, field="name"))
            return
        self._keep(self.text("name"))
        self.finish()

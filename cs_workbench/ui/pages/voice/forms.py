"""What the Voice page asks: an answer, how many were asked, a complaint, what they were told, a new theme."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping

from PySide6.QtWidgets import QWidget

from cs_workbench.domain.text import fold
from cs_workbench.errors import InvalidValue
from cs_workbench.i18n import _
from cs_workbench.services import survey_entry
from cs_workbench.ui import wording
from cs_workbench.ui.pages.voice.form import Form
from cs_workbench.ui.widgets.offered_names import OfferedNames

Keep = Callable[..., object]


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
        self.offered = {"account": OfferedNames(account.edit, lambda: list(names.values()))}

    def complete_people(self, people: Mapping[int, Mapping[int, str]], key: str = "person") -> None:
        """Complete a field with the people of the account typed."""
        self._people = people

        def known() -> list[str]:
            try:
                return list(people.get(self.account_id(), {}).values())
            except InvalidValue:
                return []

        self.offered[key] = OfferedNames(self.parts[key].edit, known)

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

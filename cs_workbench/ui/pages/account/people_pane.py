"""Beside the people: the one chosen, what can be done with them, and what breaks when they leave."""

from __future__ import annotations

import datetime as dt
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cs_workbench.i18n import _, mark
from cs_workbench.services import people_words
from cs_workbench.services.stakeholders import Departure, StakeholderMap, StakeholderRow
from cs_workbench.ui import theme as themes
from cs_workbench.ui import wording
from cs_workbench.ui.desk import Desk
from cs_workbench.ui.pages.account import people_columns
from cs_workbench.ui.pages.account.people_editors import Editor, LeaveEditor, MergeEditor, MoveEditor
from cs_workbench.ui.pages.account.plan_fields import FieldList, Spec
from cs_workbench.ui.pages.account.tab import emptied, scrolled
from cs_workbench.ui.typed_marks import RECORD
from cs_workbench.ui.widgets.button import Button
from cs_workbench.ui.widgets.flow import FlowLayout
from cs_workbench.ui.widgets.label import Label
from cs_workbench.ui.widgets.split import Pane

_VERBS = {
    "roles": (mark("Roles"), "tag"), "leave": (mark("Left company"), "log-out"),
    "move": (mark("Moved company"), "building-2"),
    "merge": (mark("Merge"), "git-merge"), "back": (mark("Still there"), "undo-2"),
}  # fmt: skip
OPEN_SHOWN = 5


class PersonPane(Pane):
    """``edited`` (id, field, text), ``asked`` (verb, id), ``entered`` (verb, id, what), ``went`` (account)."""

    edited = Signal(int, str, str)
    asked = Signal(str, int)
    entered = Signal(str, int, dict)
    went = Signal(int)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.shown: StakeholderMap | None = None
        self.person: StakeholderRow | None = None
        self.accounts: tuple[str, ...] = ()
        self.name, self.job = Label("", "lead", wrap=True), Label("", "body", "text.secondary", wrap=True)
        self.facts = Label("", "small", "text.secondary", wrap=True)
        self.note = Label("", "body", wrap=True)
        self.fields = FieldList((
            Spec("boss", mark("Reports to"), self._bosses),
            Spec("influence", mark("Influence"), people_columns.influences),
            Spec("sentiment", mark("Mood"), _moods),
        ))  # fmt: skip
        self.buttons = {key: Button("", icon=icon, small=True) for key, (_word, icon) in _VERBS.items()}
        self.editors: dict[str, Editor] = {
            "leave": LeaveEditor(desk.today(), self._day), "move": MoveEditor(desk.today(), self._day),
            "merge": MergeEditor(),
        }  # fmt: skip
        self.what_if = Label("", "strong", wrap=True)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        theme = themes.current()
        self.inner = QWidget()
        column = QVBoxLayout(self.inner)
        column.setContentsMargins(theme.px(24), theme.px(16), theme.px(24), theme.px(16))
        column.setSpacing(theme.px(8))
        for part in (self.name, self.job, self.facts):
            column.addWidget(part)
        places = QWidget()
        self.places = QVBoxLayout(places)
        self.places.setContentsMargins(0, 0, 0, 0)
        column.addWidget(places)
        column.addWidget(self.fields)
        verbs = QWidget()
        flow = FlowLayout(verbs, spacing=8)
        for button in self.buttons.values():
            flow.addWidget(button)
        column.addWidget(verbs)
        for editor in self.editors.values():
            column.addWidget(editor)
            editor.hide()
        column.addWidget(self.note)
        column.addSpacing(theme.px(8))
        column.addWidget(self.what_if)
        lost = QWidget()
        self.lost = QVBoxLayout(lost)
        self.lost.setContentsMargins(0, 0, 0, 0)
        self.lost.setSpacing(theme.px(4))
        column.addWidget(lost)
        column.addStretch(1)
        self.column.setContentsMargins(1, 0, 0, 0)
        self.column.addWidget(scrolled(self.inner))

    def _connect(self) -> None:
        self.fields.kept.connect(self._on_kept)
        for key, button in self.buttons.items():
            button.clicked.connect(partial(self._on_verb, key))
        for key, editor in self.editors.items():
            editor.done.connect(lambda what, key=key: self._on_done(key, what))
            editor.left.connect(self.close_editors)

    def show_person(self, shown: StakeholderMap, person_id: int) -> None:
        """Somebody of the map; nobody empties the pane."""
        before = self.person.id if self.person is not None else 0
        self.shown, self.person = shown, shown.person(person_id)
        self.inner.setVisible(self.person is not None)
        if self.person is None:
            return
        self.setProperty(RECORD, f"person {self.person.id}")
        if self.person.id != before:
            self.close_editors()
            emptied(self.lost)
            for line in self.fields.lines.values():
                line.accept()
        self._fill(shown, self.person)

    def show_departure(self, found: Departure) -> None:
        """What breaks; only while that person is shown."""
        if self.shown is None or self.person is None or found.person.id != self.person.id:
            return
        emptied(self.lost)
        bullet = "" if found.harmless else _("– ")
        ink = "text.secondary" if found.harmless else "text.primary"
        for words in people_words.departure(found, self.shown):
            self.lost.addWidget(Label(bullet + words, "body", ink, wrap=True))
        for one in found.open[:OPEN_SHOWN]:
            due = wording.date(one.due_on)
            words = _(" · ").join(part for part in (_(people_words.OPEN[one.kind]), one.title, due) if part)
            self.lost.addWidget(Label(words, "small", "text.secondary", elide=True))

    def retranslate(self) -> None:
        """Fixed words, and what is shown."""
        for key, button in self.buttons.items():
            button.setText(_(_VERBS[key][0]))
        self.fields.retranslate()
        if self.shown is not None and self.person is not None:
            self._fill(self.shown, self.person)

    def begin(self, verb: str) -> None:
        """Open the editor of leave, move or merge, with the keyboard in it."""
        if self.shown is None or self.person is None:
            return
        self.close_editors()
        name, editor = self.person.name, self.editors[verb]
        if isinstance(editor, LeaveEditor):
            editor.begin(name, self.desk.today())
        elif isinstance(editor, MoveEditor):
            editor.begin(name, self.desk.today(), self.accounts)
        elif isinstance(editor, MergeEditor):
            alike, others = self._others(self.shown, self.person)
            editor.begin(name, others, alike=alike)
        editor.show()
        editor.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def close_editors(self) -> None:
        """Nothing is being entered; the keyboard goes back to the verb."""
        for key, editor in self.editors.items():
            if editor.isVisible():
                had = editor.isAncestorOf(self.focusWidget() or self)
                editor.hide()
                if had:
                    self.buttons[key].setFocus()

    def refuse(self, verb: str, sentence: str, remedy: str) -> None:
        """Why it cannot be, where it was entered."""
        if verb in self.editors:
            self.editors[verb].refuse(sentence, remedy)
        elif verb in self.fields.lines:
            self.fields.lines[verb].refuse(sentence, remedy)

    def ask_boss(self) -> None:
        """The list of bosses, opened."""
        choice = self.fields.lines["boss"].choice
        if choice is not None and self.person is not None:
            choice.setFocus(Qt.FocusReason.ShortcutFocusReason)
            choice.showPopup()

    def _fill(self, shown: StakeholderMap, person: StakeholderRow) -> None:
        self.name.setText(person.name)
        self.job.setText(_(" · ").join(part for part in (person.department, person.title) if part))
        self.job.setVisible(bool(self.job.text()))
        roles = _(", ").join(shown.labels.of("role", role) for role in person.roles) or _("no role")
        last = wording.date(person.last) or _("never")
        facts = [roles, _("last two-way contact {date}").format(date=last)]
        if person.left_on is not None or person.left:
            facts.insert(0, people_words.status(person))
        self.facts.setText(_(" · ").join(facts))
        self.note.setText(person.note)
        self.note.setVisible(bool(person.note))
        self._fill_places(shown, person)
        self.fields.retranslate()
        self.fields.show_values({
            "boss": str(person.boss_id or ""), "influence": str(person.influence or ""),
            "sentiment": person.sentiment or "",
        })  # fmt: skip
        gone = person.left or person.left_on is not None
        for key, button in self.buttons.items():
            button.setVisible(gone if key == "back" else not gone if key in {"leave", "move"} else True)
        self.what_if.setText(_("What if {person} leaves?").format(person=person.name))
        self.what_if.setVisible(not person.left)

    def _fill_places(self, shown: StakeholderMap, person: StakeholderRow) -> None:
        emptied(self.places)
        for one in shown.places(person.id):
            link = Button(people_words.elsewhere(one), "text", icon="building-2", small=True)
            link.clicked.connect(partial(self.went.emit, one.account_id))
            self.places.addWidget(link)

    def _others(self, shown: StakeholderMap, person: StakeholderRow) -> tuple[bool, list[tuple[int, str]]]:
        """Whether anybody is alike, and everybody else, those first."""
        likely = [
            one
            for pair in shown.doubles
            for one in (pair.keep, pair.gone)
            if person.id in (pair.keep, pair.gone)
        ]
        rest = sorted(
            (one for one in shown.people if one.id != person.id), key=lambda one: one.id not in likely
        )
        named = [(one.id, _(" · ").join(part for part in (one.name, one.title) if part)) for one in rest]
        return bool(likely), named

    def _bosses(self) -> list[tuple[str, str]]:
        found = [("", _("nobody"))]
        if self.shown is None or self.person is None:
            return found
        found += [(str(one.id), one.name) for one in self.shown.bosses_for(self.person.id)]
        boss = self.shown.person(self.person.boss_id)
        if boss is not None and str(boss.id) not in {key for key, _name in found}:
            found.append((str(boss.id), boss.name))
        return found

    def _day(self, text: str) -> dt.date | None:
        from cs_workbench.domain.spoken_dates import spoken_date

        return spoken_date(text, self.desk.today())

    def _on_kept(self, field: str, text: str) -> None:
        if self.person is not None:
            self.fields.lines[field].accept()
            self.edited.emit(self.person.id, field, text)

    def _on_verb(self, key: str) -> None:
        if self.person is not None:
            if key in self.editors:
                self.begin(key)
            else:
                self.asked.emit(key, self.person.id)

    def _on_done(self, key: str, what: dict[str, object]) -> None:
        if self.person is not None:
            self.entered.emit(key, self.person.id, what)


def _moods() -> list[tuple[str, str]]:
    return [("", "–"), *((key, _(words)) for key, words in people_words.MOODS.items())]

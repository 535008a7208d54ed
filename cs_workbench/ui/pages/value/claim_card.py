"""One claim under its two tests: what is accepted by whom and when, what is missing, whom to ask what."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from cs_workbench.domain import working_days
from cs_workbench.i18n import _
from cs_workbench.services import value_words
from cs_workbench.services.value_choices import Choices
from cs_workbench.services.value_reading import LedgerView
from cs_workbench.services.value_workshop import Claim, Test
from cs_workbench.ui import theme as themes
from cs_workbench.ui import wording
from cs_workbench.ui.desk import Desk
from cs_workbench.ui.models.value_model import EVIDENCE_KINDS
from cs_workbench.ui.pages.value.acts import Acts
from cs_workbench.ui.pages.value.evidence import EvidenceQuestion
from cs_workbench.ui.pages.value.kept import KeptField
from cs_workbench.ui.typed_marks import RECORD
from cs_workbench.ui.widgets.button import Button
from cs_workbench.ui.widgets.calm_choice import CalmChoice
from cs_workbench.ui.widgets.card import Card
from cs_workbench.ui.widgets.date_field import DateField
from cs_workbench.ui.widgets.flow import Flow
from cs_workbench.ui.widgets.label import Label
from cs_workbench.ui.widgets.segmented import Segmented

_GRADES: dict[Test, tuple[str, ...]] = {
    "logic": ("open", "accepted", "rejected"), "fact": ("open", "partly", "proved")
}  # fmt: skip
_ASK_WITHIN = dt.timedelta(days=7)
_NAME = 120
"""px at scale 1 a person's name has at least."""


class TestBox(Card):
    """One of the two tests: its question, the answer with who and when, and what stands in its way.

    ``answered`` carries grade, day and person's id.
    """

    __test__ = False
    answered = Signal(str, object, object)

    def __init__(self, test: Test, today: dt.date, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.test, self._today = test, today
        self.question = Label("", "title", wrap=True)
        self.grade = Segmented([(key, key) for key in _GRADES[test]], name="")
        self.by = CalmChoice(name="")
        self.on = DateField(name="", today=today, toward="past")
        self.gaps = Label("", "small", "text.secondary", wrap=True)
        theme = themes.current()
        self.by.setMinimumWidth(theme.px(_NAME))
        who = QWidget()
        row = QHBoxLayout(who)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(8))
        row.addWidget(self.by, 1)
        row.addWidget(self.on)
        self.answer = Flow(fill=True)  # narrow, the answer stands above who gave it and when
        self.answer.add(self.grade)
        self.answer.add(who)
        self.column.addWidget(self.question)
        self.column.addWidget(self.answer)
        self.column.addWidget(self.gaps)
        self.grade.chosen.connect(self.take)
        self.by.picked.connect(lambda _person: self._again())
        self.on.picked.connect(lambda _day: self._again())

    def retranslate(self) -> None:
        """Fixed texts."""
        words = value_words.LOGIC if self.test == "logic" else value_words.FACT
        self.grade.retitle({key: _(words[key]) for key in _GRADES[self.test]})
        name = _("A: is the logic accepted?") if self.test == "logic" else _("B: is it proved by fact?")
        self.question.setText(name)
        self.grade.setAccessibleName(name)
        self.by.setAccessibleName(_("By whom"))
        self.on.edit.setAccessibleName(_("On"))

    def show_answer(
        self, grade: str, person: int | None, day: dt.date | None, gaps: Sequence[str], known: Choices,
        *, same: bool,
    ) -> None:  # fmt: skip
        """Show how the test stands; ``gaps`` is what is missing for it."""
        self.grade.set_taken(grade)
        usual = known.first_with("decision_maker", "economic_buyer", "champion")
        people = sorted(known.people, key=lambda one: one[0] != usual)
        self.by.set_choices([(None, _("nobody named")), *people])
        self.by.setCurrentIndex(max(0, self.by.findData(person)))
        self.on.show_value(day, same=same)
        given = grade != "open"
        self.by.setEnabled(given)
        self.on.setEnabled(given)
        passed = grade in {"accepted", "proved"} and not gaps
        lines = [_("Nothing is missing.")] if passed else [f"– {gap}" for gap in gaps]
        self.gaps.setText("\n".join(lines))
        self.gaps.set_colour("text.secondary" if passed or not gaps else "health.yellow.text")
        self.gaps.setVisible(bool(lines))

    def take(self, grade: str) -> None:
        """Answer the test: by who is shown, nobody where nobody was chosen; on the day shown, else today."""
        self.grade.set_taken(grade)
        self.answered.emit(grade, self.on.value or self._today, self.by.currentData())

    def _again(self) -> None:
        if self.on.is_refused:  # never today in place of a day that cannot be read
            self.on.edit.setFocus()
        elif self.grade.taken != "open":
            self.answered.emit(self.grade.taken, self.on.value or self._today, self.by.currentData())


class ClaimCard(QWidget):
    """The chosen claim; everything on it saves itself."""

    def __init__(self, desk: Desk, acts: Acts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._acts = desk, acts
        self.claim: Claim | None = None
        self.known = Choices()
        self.heading = Label("", "page", wrap=True)
        self.stands = Label("", "small", "text.secondary", wrap=True)
        self.mechanism = KeptField(lambda text: acts.refusal("line", "mechanism", text))
        self.a, self.b = TestBox("logic", desk.today()), TestBox("fact", desk.today())
        self.proofs = Label("", "small", wrap=True)
        self.add = Button(icon="plus", small=True)
        self.missing = KeptField(lambda text: acts.refusal("line", "missing", text))
        self.ask = KeptField(lambda text: acts.refusal("line", "ask", text))
        self.whom_name = Label("", "small", "text.secondary")
        self.whom = CalmChoice(name="")
        self.task = Button(icon="square-check", keys="H")
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        theme = themes.current()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(16))
        head = QVBoxLayout()
        head.setSpacing(theme.px(2))
        head.addWidget(self.heading)
        head.addWidget(self.stands)
        self.a.column.insertWidget(2, self.mechanism)
        self.b.column.insertWidget(2, self.proofs)
        foot = QHBoxLayout()
        foot.addWidget(self.add)
        foot.addStretch(1)
        self.b.column.addLayout(foot)
        self.open = Card()
        for part in (self.missing, self.ask):
            self.open.column.addWidget(part)
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        row.addWidget(self.whom_name)
        row.addWidget(self.whom, 1)
        row.addWidget(self.task)
        self.open.column.addLayout(row)
        column.addLayout(head)
        for card in (self.a, self.b, self.open):
            column.addWidget(card)

    def _connect(self) -> None:
        self.a.answered.connect(lambda *given: self._answer("logic", *given))
        self.b.answered.connect(lambda *given: self._answer("fact", *given))
        self.mechanism.kept.connect(lambda text: self._edit("mechanism", text))
        self.missing.kept.connect(lambda text: self._note(missing=text))
        self.ask.kept.connect(lambda text: self._note(ask=text))
        self.whom.picked.connect(lambda person: self._note(person=person))
        self.add.clicked.connect(self.ask_evidence)
        self.task.clicked.connect(self.make_task)

    def retranslate(self) -> None:
        """Fixed texts."""
        self.mechanism.rename(_("How it comes about, in one sentence"))
        self.missing.rename(_("What is missing"))
        self.ask.rename(_("What to ask"))
        self.whom_name.setText(_("Whom"))
        self.whom.setAccessibleName(_("Whom to ask"))
        self.add.setText(_("Add evidence"))
        self.task.setText(_("Make a task"))
        self.a.retranslate()
        self.b.retranslate()

    def show_claim(self, view: LedgerView, claim: Claim, known: Choices) -> None:
        """Show a claim as kept; a field being typed in keeps what is typed."""
        same = self.claim is not None and self.claim.line.id == claim.line.id
        self.claim, self.known = claim, known
        line = claim.line
        self.setProperty(RECORD, f"benefit {line.id}")
        self.heading.setText(line.title)
        self.stands.setText(self._standing(view, claim))
        self.mechanism.show_value(line.mechanism, same=same)
        self.missing.show_value(line.missing, same=same)
        self.ask.show_value(line.ask, same=same)
        self.a.show_answer(
            line.logic, _id_of(known, line.logic_by), line.logic_on, claim.gaps_a, known, same=same
        )
        self.b.show_answer(
            line.fact, _id_of(known, line.fact_by), line.fact_on, claim.gaps_b, known, same=same
        )
        proofs = [_proof(row.kind, row.text, row.person, row.on_date) for row in view.evidence[line.id]]
        self.proofs.setText("\n".join(proofs))
        self.proofs.setVisible(bool(proofs))
        self.whom.set_choices([(None, _("nobody named")), *known.people])
        self.whom.setCurrentIndex(max(0, self.whom.findData(line.ask_id)))

    def begin(self) -> None:
        """Go to the first test that is open."""
        box = self.a if self.claim is None or self.claim.line.logic == "open" else self.b
        box.grade.setFocus(Qt.FocusReason.TabFocusReason)
        box.grade.focusNextChild()

    def ask_evidence(self) -> None:
        """What proves it."""
        if self.claim is None:
            return
        line_id = self.claim.line.id
        question = EvidenceQuestion(self.known, self._desk.today(), self)
        question.answered.connect(
            lambda kind, text, on, person: self._acts.add_evidence(line_id, kind, text, on, person)
        )
        question.ask_under(self.add, self.window())
        question.begin()

    def make_task(self) -> None:
        """The question as a task for this week."""
        if self.claim is None:
            return
        self.ask.edit.commit()
        if not self.ask.edit.text().strip():
            self.ask.complain(_("There is no question yet. Write what to ask, then make it a task."))
            self.ask.edit.setFocus()
            return
        due = working_days.on_or_after(self._desk.today() + _ASK_WITHIN)
        self._acts.question_task(self.claim.line.id, due)

    def _standing(self, view: LedgerView, claim: Claim) -> str:
        worth = "–" if claim.worth is None else wording.money(claim.worth, view.head.currency)
        counts = _("in the headline") if claim.counts else _("potential, not counted")
        if claim.line.logic == "rejected":
            counts = _("logic rejected")
        return _("{worth} a year after risk, {counts}").format(worth=worth, counts=counts)

    def _answer(self, test: Test, grade: str, on: dt.date, person: int | None) -> None:
        if self.claim is not None:
            self._acts.answer(self.claim.line.id, test, grade, on, person)

    def _edit(self, field: str, text: str) -> None:
        if self.claim is not None:
            self._acts.edit("line", self.claim.line.id, field, text)

    def _note(self, **given: object) -> None:
        if self.claim is None:
            return
        line = self.claim.line
        person = given.get("person", self.whom.currentData())
        self._acts.note_question(
            line.id,
            str(given.get("missing", self.missing.edit.text())),
            str(given.get("ask", self.ask.edit.text())),
            person if isinstance(person, int) else None,
        )


def _proof(kind: str, text: str, person: str, on: dt.date | None) -> str:
    parts = [part for part in (person, wording.date(on)) if part]
    said = _("{kind}: {text}").format(kind=_(EVIDENCE_KINDS[kind]), text=text)
    return _("{text} ({about})").format(text=said, about=_(", ").join(parts)) if parts else said


def _id_of(known: Choices, name: str) -> int | None:
    return next((number for number, each in known.people if name and each == name), None)

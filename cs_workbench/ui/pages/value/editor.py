"""One benefit in full, below the table: mechanism, formula with its live check, inputs, grades, evidence, agreement."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from cs_workbench.domain import value_ledger as rules
from cs_workbench.domain.formula import FormulaFault
from cs_workbench.domain.units import UnitFault
from cs_workbench.domain.value_ledger import LineFault
from cs_workbench.i18n import _, mark
from cs_workbench.services import value_checks, value_followed, value_reading, value_words
from cs_workbench.services.value_choices import Choices, InputRow, LineRow
from cs_workbench.services.value_costs import Trouble
from cs_workbench.services.value_reading import LedgerView
from cs_workbench.ui import theme as themes
from cs_workbench.ui.models import value_parts
from cs_workbench.ui.models.fact_model import FactModel
from cs_workbench.ui.models.value_model import amount, shares, trouble_words
from cs_workbench.ui.pages.value.acts import Acts
from cs_workbench.ui.pages.value.evidence import EvidenceQuestion
from cs_workbench.ui.pages.value.kept import KeptField
from cs_workbench.ui.typed_marks import RECORD
from cs_workbench.ui.widgets.button import Button
from cs_workbench.ui.widgets.calm_choice import CalmChoice
from cs_workbench.ui.widgets.card import Card
from cs_workbench.ui.widgets.date_field import DateField
from cs_workbench.ui.widgets.fact_table import FactTable
from cs_workbench.ui.widgets.kept_edit import KeptEdit
from cs_workbench.ui.widgets.label import Label

if TYPE_CHECKING:
    from cs_workbench.ui.desk import Desk

_TEXTS = {
    "title": mark("What gets better"),
    "mechanism": mark("How it comes about, in one sentence"),
    "formula": mark("Formula of a full year"),
    "attribution": mark("Our share"),
    "ramp": mark("Effect by year (50% 100%)"),
    "baseline": mark("Before us"),
    "ask": mark("What to ask"),
    "note": mark("Note (internal, never in the customer's edition)"),
}
_CHOICES = {
    "category": (mark("Kind"), value_words.CATEGORY),
    "confidence": (mark("Confidence"), value_words.CONFIDENCE),
    "logic": (mark("A: is the logic accepted?"), value_words.LOGIC),
    "fact": (mark("B: is it proved by fact?"), value_words.FACT),
}
_PLACES = {
    "title": (0, 0, 2), "category": (0, 2, 1), "confidence": (0, 3, 1),
    "mechanism": (1, 0, 4), "formula": (2, 0, 2), "attribution": (2, 2, 1), "ramp": (2, 3, 1),
    "baseline": (5, 0, 2), "ask": (5, 2, 2), "note": (7, 0, 4),
}  # fmt: skip
"""Row, column, columns taken in the grid; the inputs stand in row 3, the grades in row 4."""


class LineEditor(Card):
    """Shows one line of a ledger; every field saves itself. ``closed`` on its cross and on Esc."""

    closed = Signal()

    def __init__(self, desk: Desk, acts: Acts, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._desk, self._acts = desk, acts
        self.view: LedgerView | None = None
        self.line: LineRow | None = None
        self.known = Choices()
        self.rates: dict[str, bool] = {}
        self.texts = {
            key: KeptField(
                lambda text, key=key: self.refuse_text(key, text),  # type: ignore[misc]
                self.check if key == "formula" else None,
            )
            for key in _TEXTS
        }
        self.names = {key: Label("", "small", "text.secondary", elide=True) for key in _CHOICES}
        self.picks = {key: CalmChoice(name="") for key in _CHOICES}
        self.inputs = FactTable(
            FactModel(value_parts.input_columns(self._metrics), self), refuse=self.refuse_input
        )
        self.outside = Label("", "small", "health.yellow.text", wrap=True)
        self.evidence = FactTable(
            FactModel(value_parts.evidence_columns(), self), refuse=self._refuse_evidence
        )
        self.add = Button(icon="plus", small=True)
        self.cross = Button(icon="x", kind="quiet")
        self.heading = Label("", "title", elide=True)
        self.agreed_name = Label("", "small", "text.secondary", elide=True)
        self.agreed_on = DateField(name="", today=desk.today(), toward="past")
        self.agreed_by = CalmChoice(name="")
        self._lay_out()
        self._connect()
        self.retranslate()

    def _lay_out(self) -> None:
        theme = themes.current()
        head = QHBoxLayout()
        head.addWidget(self.heading, 1)
        head.addWidget(self.cross)
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.px(16))
        grid.setVerticalSpacing(theme.px(12))
        for column in range(4):
            grid.setColumnStretch(column, 1)
        order = ("title", "category", "confidence", "mechanism", "formula", "attribution", "ramp")
        for key in order:
            row, column, wide = _PLACES[key]
            part = self.texts[key] if key in self.texts else self._chosen(key)
            grid.addWidget(part, row, column, 1, wide)
        inputs = QVBoxLayout()
        inputs.setSpacing(theme.px(4))
        inputs.addWidget(self.inputs)
        inputs.addWidget(self.outside)
        grid.addLayout(inputs, 3, 0, 1, 4)
        grid.addWidget(self._chosen("logic"), 4, 0)
        grid.addWidget(self._chosen("fact"), 4, 1)
        grid.addWidget(self._agreement(), 4, 2, 1, 2)
        for key in ("baseline", "ask"):
            row, column, wide = _PLACES[key]
            grid.addWidget(self.texts[key], row, column, 1, wide)
        grid.addWidget(self.evidence, 6, 0, 1, 4)
        row, column, wide = _PLACES["note"]
        foot = QHBoxLayout()
        foot.addWidget(self.add)
        foot.addStretch(1)
        self.column.addLayout(head)
        self.column.addLayout(grid)
        grid.addLayout(foot, row, 0, 1, 4)
        grid.addWidget(self.texts["note"], row + 1, column, 1, wide)

    def _chosen(self, key: str) -> QWidget:
        box = QWidget()
        column = QGridLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(themes.current().px(2))
        column.addWidget(self.names[key], 0, 0)
        column.addWidget(self.picks[key], 1, 0)
        column.setRowStretch(2, 1)
        return box

    def _agreement(self) -> QWidget:
        box = QWidget()
        grid = QGridLayout(box)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(themes.current().px(2))
        grid.setHorizontalSpacing(themes.current().px(16))
        grid.addWidget(self.agreed_name, 0, 0, 1, 2)
        grid.addWidget(self.agreed_on, 1, 0)
        grid.addWidget(self.agreed_by, 1, 1)
        for column in range(2):
            grid.setColumnStretch(column, 1)
        grid.setRowStretch(2, 1)
        return box

    def _connect(self) -> None:
        for key, field in self.texts.items():
            field.kept.connect(lambda text, key=key: self._keep(key, text))
            field.edit.installEventFilter(self)
        for key, choice in self.picks.items():
            choice.picked.connect(lambda picked, key=key: self._keep(key, str(picked)))
        self.inputs.facts.edited.connect(lambda row, key, text: self._acts.edit("input", row.id, key, text))
        self.inputs.deleted.connect(lambda row: self._acts.remove("input", row.id, row.label or row.name))
        self.evidence.facts.edited.connect(
            lambda row, key, text: self._acts.edit("evidence", row.id, key, text)
        )
        self.evidence.deleted.connect(lambda row: self._acts.remove("evidence", row.id, row.text))
        self.agreed_on.picked.connect(self._agree_on)
        self.agreed_by.picked.connect(self._agree_by)
        self.add.clicked.connect(self.ask_evidence)
        self.cross.clicked.connect(self.closed)

    def retranslate(self) -> None:
        """Names and lists in the language of now, then the line again."""
        for key, text in _TEXTS.items():
            self.texts[key].rename(_(text))
        for key, (name, listed) in _CHOICES.items():
            self.names[key].setText(_(name))
            self.picks[key].setAccessibleName(_(name))
            self.picks[key].set_choices([(one, _(words)) for one, words in listed.items()])
        self.inputs.setAccessibleName(_("Inputs"))
        self.evidence.setAccessibleName(_("Evidence"))
        self.add.setText(_("Add evidence"))
        self.cross.set_name(_("Close"))
        self.agreed_name.setText(_("The customer agreed: on, by"))
        self.agreed_on.edit.setAccessibleName(_("Agreed on"))
        self.agreed_by.setAccessibleName(_("Agreed by"))
        if self.view is not None and self.line is not None:
            self.show_line(self.view, self.line, self.known)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Esc closes."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Esc in a field closes, too, unless something else stands there than is kept: then it is restored first."""
        keys = event if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress else None
        typed = isinstance(watched, KeptEdit) and watched.text() != watched.value
        if keys is not None and keys.key() == Qt.Key.Key_Escape and not typed:
            self.closed.emit()
            return True
        return super().eventFilter(watched, event)

    def show_line(self, view: LedgerView, line: LineRow, known: Choices) -> None:
        """Show a line as kept; a field being typed in keeps what is typed."""
        same = self.line is not None and self.line.id == line.id
        self.view, self.line, self.known = view, line, known
        self.setProperty(RECORD, f"benefit {line.id}")
        self.heading.setText(line.title)
        for key, field in self.texts.items():
            kept = str(getattr(line, key))
            field.show_value(_shares(kept) if key in {"attribution", "ramp"} else kept, same=same)
        for key, choice in self.picks.items():
            choice.show_value(getattr(line, key))
        self.inputs.facts.fill(view.inputs[line.id])
        self.evidence.facts.fill(view.evidence[line.id])
        self.inputs.setFixedHeight(self.inputs.content_height())
        self.evidence.setFixedHeight(self.evidence.content_height())
        self.inputs.setVisible(bool(view.inputs[line.id]))
        outside = value_followed.outside_words(view.inputs[line.id])
        self.outside.setText(" ".join(outside))
        self.outside.setVisible(bool(outside))
        self.evidence.setVisible(bool(view.evidence[line.id]))
        self.agreed_on.show_value(line.agreed_on, same=same)
        self.agreed_by.set_choices([(None, _("nobody named")), *known.people])
        person = next((number for number, name in known.people if name == line.agreed_by), None)
        self.agreed_by.setCurrentIndex(max(0, self.agreed_by.findData(person)))

    def check(self, text: str) -> tuple[str, bool]:
        """What a formula comes to with the inputs of now, or what is wrong with it: said while it is typed."""
        if self.view is None or self.line is None or not text.strip():
            return "", False
        tried = replace(self.line, formula=text)
        made = value_reading.benefit(tried, self.view.inputs[self.line.id], self.view.evidence[self.line.id])
        if isinstance(made, Trouble):
            return trouble_words(made), made.fault is not None
        currency = self.view.head.currency
        try:
            full = rules.full_year(made, currency)
        except (FormulaFault, UnitFault, LineFault) as fault:
            return value_words.fault_words(fault, text), True
        return _("= {amount} a year").format(amount=amount(full, currency)), False

    def ask_evidence(self) -> None:
        """What proves it: kind, words, person, date."""
        if self.line is None:
            return
        line_id = self.line.id
        question = EvidenceQuestion(self.known, self._desk.today(), self)
        question.answered.connect(
            lambda kind, text, on, person: self._acts.add_evidence(line_id, kind, text, on, person)
        )
        question.ask_under(self.add, self.window())
        question.begin()

    def _metrics(self) -> list[tuple[str, str]]:
        return [(str(one.id), one.name) for one in self.known.metrics]

    def refuse_text(self, key: str, text: str) -> str:
        """Why a field cannot be kept: as typed, or beside its inputs."""
        why = self._acts.refusal("line", key, text)
        if not why and key == "formula" and self.view is not None and self.line is not None:
            why = value_checks.formula_refusal(text, self.view.inputs[self.line.id])
        if not why and self.view is not None:
            why = value_checks.years_refusal(key, text, self.view.head.years)
        return why

    def refuse_input(self, row: InputRow, key: str, text: str) -> str:
        """Why a cell of an input cannot be kept: as typed, beside the others, or for want of a rate."""
        why = self._acts.refusal("input", key, text)
        if why or self.view is None or self.line is None:
            return why
        why = value_checks.input_refusal(self.line, self.view.inputs[self.line.id], row, key, text)
        why = why or value_checks.follow_refusal(row, self.known.metrics, key, text)
        if not why and key == "unit":
            why = value_checks.rate_refusal(text, self.view.head.currency, self.rates)
        return why

    def _refuse_evidence(self, _row: object, key: str, text: str) -> str:
        return self._acts.refusal("evidence", key, text)

    def _keep(self, key: str, text: str) -> None:
        if self.line is not None:
            self._acts.edit("line", self.line.id, key, text)

    def _agree_on(self, day: dt.date | None) -> None:
        if self.line is not None:
            self._acts.agree(self.line.id, day, self.agreed_by.currentData())

    def _agree_by(self, person: int | None) -> None:
        if self.agreed_on.is_refused:  # never today in place of a day that cannot be read
            self.agreed_on.edit.setFocus()
        elif self.line is not None:
            self._acts.agree(self.line.id, self.agreed_on.value or self._desk.today(), person)


def _shares(kept: str) -> str:
    """Shares as a person types them: 0.5 1 → 50% 100%."""
    return " ".join(shares(Decimal(one)) for one in kept.split())

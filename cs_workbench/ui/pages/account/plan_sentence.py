"""The sentence of an objective, edited in its words: falls from 40 to 20 min by 31 Mar 2027."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from cs_workbench.i18n import _
from cs_workbench.services import plan_words
from cs_workbench.services.plan_reading import ObjectiveRow, ObjectiveView, PlanRow
from cs_workbench.services.plan_trial import trial
from cs_workbench.ui import reading_only
from cs_workbench.ui import theme as themes
from cs_workbench.ui.pages.account.plan_fields import Trouble
from cs_workbench.ui.widgets.fields import Choice
from cs_workbench.ui.widgets.flow import Flow
from cs_workbench.ui.widgets.kept_edit import KeptEdit
from cs_workbench.ui.widgets.label import Label

_WIDTHS = {"baseline": 72, "target": 72, "unit": 72, "due_on": 116}


class SentenceEditor(QWidget):
    """``kept`` carries the fields to keep as one step, each as typed."""

    kept = Signal(dict)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.row: ObjectiveRow | None = None
        self.head: PlanRow | None = None
        self.today = dt.date.min
        self.subject = Label("", "reading_strong", wrap=True)
        self.direction = Choice(name="")
        self.fields = {name: KeptEdit(name="") for name in _WIDTHS}
        self.joints = {name: Label("", "reading") for name in ("from", "to", "by")}
        self.trouble = Trouble()
        self._lay_out()
        self.direction.activated.connect(self._on_direction)
        for name, field in self.fields.items():
            field.kept.connect(lambda text, name=name: self._on_kept(name, text))

    def _lay_out(self) -> None:
        theme = themes.current()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        column.addWidget(self.subject)
        flow = Flow()
        for name, width in _WIDTHS.items():
            field = self.fields[name]
            field.setFixedWidth(theme.px(width))
            if name in {"baseline", "target"}:
                field.setAlignment(Qt.AlignmentFlag.AlignRight)
        for parts in (
            (self.direction,), (self.joints["from"], self.fields["baseline"]),
            (self.joints["to"], self.fields["target"], self.fields["unit"]), (self.joints["by"], self.fields["due_on"]),
        ):  # fmt: skip
            holder = QWidget()
            row = QHBoxLayout(holder)
            row.setContentsMargins(0, 0, 0, 0)
            row.setSpacing(theme.px(8))
            for part in parts:
                row.addWidget(part)
            flow.add(holder)
        column.addWidget(flow)
        column.addWidget(self.trouble)

    def show_objective(self, view: ObjectiveView, head: PlanRow, today: dt.date) -> None:
        """Its words and figures; what is odd below."""
        other = self.row is None or self.row.id != view.row.id
        self.row, self.head, self.today = view.row, head, today
        row = view.row
        self.subject.setText(row.title)
        values = {
            "baseline": _plain(row.baseline), "target": _plain(row.target), "unit": row.unit,
            "due_on": plan_words.day(row.due_on),
        }  # fmt: skip
        for name, text in values.items():
            if other:
                self.fields[name].restore()
            self.fields[name].show_value(text)
        self.direction.setCurrentIndex(max(0, self.direction.findData(row.direction)))
        self.trouble.clear()
        for problem in view.problems[:1]:
            self.trouble.say(problem.message, problem.remedy, grave=problem.grave)

    def retranslate(self) -> None:
        """Fixed words."""
        here = self.direction.currentData()
        self.direction.clear()
        self.direction.addItem(_("rises"), "up")
        self.direction.addItem(_("falls"), "down")
        self.direction.setCurrentIndex(max(0, self.direction.findData(here)))
        self.direction.setAccessibleName(_("Direction"))
        names = {"baseline": _("Baseline"), "target": _("Target"), "unit": _("Unit"), "due_on": _("Due")}
        for name, words in names.items():
            self.fields[name].setAccessibleName(words)
        self.fields["unit"].setPlaceholderText(_("unit"))
        self.fields["due_on"].setPlaceholderText(_("date"))
        for name, words in (("from", _("from")), ("to", _("to")), ("by", _("by"))):
            self.joints[name].setText(words)

    def first(self) -> QWidget:
        """Where typing begins."""
        return self.fields["baseline"]

    def _on_kept(self, name: str, text: str) -> None:
        self.try_fields({name: text})

    def _on_direction(self, _number: int) -> None:
        if self.row is not None and self.direction.currentData() != self.row.direction:
            self.try_fields({"direction": str(self.direction.currentData())})

    def try_fields(self, fields: dict[str, str]) -> None:
        """Tell what is to be kept, or say in place why it cannot be."""
        if self.row is None or self.head is None:
            return
        name = next(iter(fields))
        if why := reading_only.why(self):
            self.trouble.say(why)
            self._turn_back()
            return
        problem = trial(self.row, self.head, fields, self.today)
        if problem is None:
            if name in self.fields:
                self.fields[name].value = " ".join(self.fields[name].text().split())
                self.fields[name].set_wrong(False)
            self.trouble.clear()
            self.kept.emit(fields)
            return
        if name in self.fields:
            self.fields[name].set_wrong(True)
        if problem.code == "against_direction" and "direction" not in fields:
            turned = {**fields, "direction": "down" if self.row.direction == "up" else "up"}
            self.trouble.say(problem.message, problem.remedy, lambda: self.try_fields(turned))
        else:
            self.trouble.say(problem.message, problem.remedy)
            self._turn_back()

    def _turn_back(self) -> None:
        """The direction that stands, in place of one that was refused."""
        if self.row is not None:
            self.direction.setCurrentIndex(max(0, self.direction.findData(self.row.direction)))


def _plain(value: float | None) -> str:
    return "" if value is None else f"{round(value, 6):.12g}"

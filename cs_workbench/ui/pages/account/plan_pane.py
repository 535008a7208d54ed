"""Beside the tree: the sentence and readings of an objective, the fields of a step, or those of the plan."""

from __future__ import annotations

import datetime as dt
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from cs_workbench.i18n import _, mark, ngettext
from cs_workbench.services import plan_words
from cs_workbench.services.plan_reading import ItemRow, Node, PlanView
from cs_workbench.services.plan_trial import trial
from cs_workbench.ui import reading_only
from cs_workbench.ui import theme as themes
from cs_workbench.ui.pages.account.plan_fields import FieldList, Spec, Trouble
from cs_workbench.ui.pages.account.plan_sentence import SentenceEditor
from cs_workbench.ui.pages.account.tab import scrolled
from cs_workbench.ui.typed_marks import RECORD
from cs_workbench.ui.widgets.button import Button
from cs_workbench.ui.widgets.fields import LineEdit
from cs_workbench.ui.widgets.label import Label
from cs_workbench.ui.widgets.readings_chart import ReadingsChart
from cs_workbench.ui.widgets.split import Pane


def _words(table: dict[str, str], *keys: str) -> Any:
    return lambda: [(key, _(table[key])) for key in keys]


_OBJECTIVE_STATUSES = {
    "open": mark("by its readings"), "reached": mark("reached"), "missed": mark("missed"), "dropped": mark("dropped"),
}  # fmt: skip
OBJECTIVE = (
    Spec("measure", mark("Measured by")), Spec("owner_theirs", mark("Owner, theirs")),
    Spec("owner_ours", mark("Owner, ours")),
    Spec("status", mark("Status"), _words(_OBJECTIVE_STATUSES, *_OBJECTIVE_STATUSES)),
    Spec("verified_by", mark("Verified by")), Spec("verified_on", mark("Verified on")),
    Spec("note", mark("Internal note")),
)  # fmt: skip
ITEM = (
    Spec("title", mark("Subject")), Spec("side", mark("Side"), _words(plan_words.SIDES, "ours", "theirs")),
    Spec("owner", mark("Owner")), Spec("starts_on", mark("Start date")), Spec("due_on", mark("Due")),
    Spec("kind", mark("Kind"), _words(plan_words.PARTS, "milestone", "action")),
    Spec("status", mark("Status"), _words(plan_words.ITEM_STATUSES, "open", "done", "dropped")),
    Spec("done_on", mark("Done on")), Spec("note", mark("Internal note")),
)  # fmt: skip
PLAN = (
    Spec("name", mark("Name")), Spec("purpose", mark("Purpose")), Spec("sponsor_theirs", mark("Sponsor, theirs")),
    Spec("sponsor_ours", mark("Sponsor, ours")),
    Spec("starts_on", mark("Start date")), Spec("ends_on", mark("End date")),
    Spec("status", mark("Status"), _words(plan_words.PLAN_STATUSES, *plan_words.PLAN_STATUSES)),
    Spec("note", mark("Internal note")),
)  # fmt: skip
_PEOPLE = ("owner_theirs", "owner", "sponsor_theirs")


class PlanPane(Pane):
    """``edited`` (entity, id, fields as typed), ``measured`` (objective, value, day as typed)."""

    edited = Signal(str, int, dict)
    measured = Signal(int, str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.view: PlanView | None = None
        self.node: Node | None = None
        self.title, self.saved = Label("", "lead"), Label("", "small", "text.secondary")
        self.sentence = SentenceEditor()
        self.way, self.sum = Label("", "strong"), Label("", "small", "text.secondary")
        self.chart = ReadingsChart()
        self.readings = Label("", "small", "text.secondary")
        self.follows = FieldList((Spec("metric", mark("Readings"), self._metrics),))
        self.value, self.day = LineEdit(name=""), LineEdit(name="")
        self.add = Button(icon="plus")
        self.reading_trouble = Trouble()
        self.lists = {"objective": FieldList(OBJECTIVE), "item": FieldList(ITEM), "plan": FieldList(PLAN)}
        self.odd = Trouble()
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        theme = themes.current()
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(theme.px(24), theme.px(16), theme.px(24), theme.px(16))
        column.setSpacing(theme.px(10))
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.saved)
        column.addLayout(head)
        self.objective = QWidget()
        mine = QVBoxLayout(self.objective)
        mine.setContentsMargins(0, 0, 0, 0)
        mine.setSpacing(theme.px(10))
        mine.addWidget(self.sentence)
        way = QHBoxLayout()
        way.addWidget(self.way, 1)
        way.addWidget(self.sum)
        mine.addLayout(way)
        mine.addWidget(self.chart)
        mine.addWidget(self.readings)
        entry = QHBoxLayout()
        entry.setSpacing(theme.px(8))
        self.value.setFixedWidth(theme.px(72))
        for part in (self.value, self.day, self.add):
            entry.addWidget(part)
        mine.addLayout(entry)
        mine.addWidget(self.reading_trouble)
        mine.addWidget(self.follows)
        column.addWidget(self.objective)
        column.addWidget(self.odd)
        for fields in self.lists.values():
            column.addWidget(fields)
        column.addStretch(1)
        self.column.setContentsMargins(1, 0, 0, 0)
        self.column.addWidget(scrolled(inner))

    def _connect(self) -> None:
        self.sentence.kept.connect(lambda fields: self._emit("objective", fields))
        self.follows.kept.connect(lambda field, text: self._emit("objective", {field: text}))
        for entity, fields in self.lists.items():
            fields.kept.connect(lambda field, text, entity=entity: self._try(entity, field, text))
        self.add.clicked.connect(self.add_reading)
        self.value.returnPressed.connect(self.add_reading)
        self.day.returnPressed.connect(self.add_reading)

    def show_node(self, view: PlanView, node: Node | None) -> None:
        """The node's fields, or the plan's where none is chosen."""
        other = self.node is None or node is None or self.node.ref != node.ref
        self.view, self.node = view, node
        self.setProperty(RECORD, "plan" if node is None else f"{node.ref.kind} {node.ref.id}")
        entity = "plan" if node is None else "objective" if node.view is not None else "item"
        if other:
            for fields in self.lists.values():
                for line in fields.lines.values():
                    line.accept()
                    if line.edit is not None:
                        line.edit.restore()
            self.reading_trouble.clear()
            self.value.clear()
        self.objective.setVisible(entity == "objective")
        for name, fields in self.lists.items():
            fields.setVisible(name == entity)
        self._show_title(view, node)
        row: Any = view.head if node is None else node.row
        self.lists[entity].show_values({name: _text(row, name) for name in self.lists[entity].lines})
        names = [name for _number, name in view.people]
        for name, line in self.lists[entity].lines.items():
            if name in _PEOPLE and other:
                line.offer(names)
        self.odd.clear()
        if node is not None and node.view is not None:
            self._show_objective(view, node)
        elif node is not None and node.problems:
            self.odd.say(node.problems[0].message, node.problems[0].remedy, grave=node.problems[0].grave)

    def say_saved(self, words: str) -> None:
        """When it was kept last."""
        self.saved.setText(words)

    def retranslate(self) -> None:
        """Fixed words, and what is shown."""
        self.sentence.retranslate()
        self.follows.retranslate()
        for fields in self.lists.values():
            fields.retranslate()
        self.add.setText(_("Add reading"))
        self.value.setAccessibleName(_("Value"))
        self.value.setPlaceholderText(_("value"))
        self.day.setAccessibleName(_("Date"))
        self.day.setPlaceholderText(_("today"))
        if self.view is not None:
            self.show_node(self.view, self.node)

    def first(self) -> QWidget:
        """Where → puts the keyboard."""
        if self.node is not None and self.node.view is not None:
            return self.sentence.first()
        return next(iter(self.lists["plan" if self.node is None else "item"].lines.values()))

    def add_reading(self) -> None:
        """Tell the value typed; the day is today where none is."""
        if self.node is not None and self.value.text().strip():
            self.measured.emit(self.node.ref.id, self.value.text(), self.day.text())

    def refuse_reading(self, sentence: str, remedy: str) -> None:
        """Why a reading is not kept."""
        self.reading_trouble.say(sentence, remedy)

    def reading_kept(self) -> None:
        """Ready for the next."""
        self.reading_trouble.clear()
        self.value.clear()
        self.day.clear()

    def _show_title(self, view: PlanView, node: Node | None) -> None:
        if node is None:
            self.title.setText(_("Success plan"))
        elif node.view is not None:
            number = [one.row.id for one in view.objectives].index(node.ref.id) + 1
            self.title.setText(_("Objective {number}").format(number=number))
        else:
            assert isinstance(node.row, ItemRow)
            self.title.setText(_(plan_words.PARTS[node.row.kind]))

    def _show_objective(self, view: PlanView, node: Node) -> None:
        one = node.view
        assert one is not None
        self.sentence.show_objective(one, view.head, view.as_of)
        share = plan_words.percent(one.progress)
        unknown = _(plan_words.STANDINGS[one.standing]) if one.current else _("not measured")
        self.way.setText(_("{share} of the way").format(share=share) if share else unknown)
        self.sum.setText(plan_words.sum_of_way(one.row, one.current.value) if one.current and share else "")
        self.chart.show_objective(one, view.head.starts_on)
        count = len(one.readings)
        how = _("from “{metric}”").format(metric=one.row.metric) if one.row.metric_id else _("by hand")
        words = ngettext("{count} reading, {how}", "{count} readings, {how}", count)
        self.readings.setText(words.format(count=f"{count:,}", how=how))
        follows = one.row.metric_id is not None
        for part in (self.value, self.day, self.add):
            part.setVisible(not follows)
        self.follows.retranslate()
        self.follows.show_values({"metric": str(one.row.metric_id or "")})

    def _metrics(self) -> list[tuple[str, str]]:
        known = self.view.metrics if self.view is not None else ()
        found = [("", _("entered by hand")), *((str(number), name) for number, name in known)]
        row = self.node.row if self.node is not None and self.node.view is not None else None
        number = getattr(row, "metric_id", None)
        if number is not None and number not in {one for one, _name in known}:
            found.append((str(number), str(getattr(row, "metric", ""))))
        return found

    def _try(self, entity: str, field: str, text: str) -> None:
        if self.view is None:
            return
        row = self.view.head if self.node is None else self.node.row
        line = self.lists[entity].lines[field]
        if why := reading_only.why(self):
            line.refuse(why, "")
            return
        problem = trial(row, self.view.head, {field: text}, self.view.as_of)
        people = {name for _number, name in self.view.people}
        if (
            problem is None
            and field in {"owner_theirs", "sponsor_theirs"}
            and text
            and not _known(text, people)
        ):
            line.refuse(_("Nobody called “{name}” is on record here.").format(name=text[:80]),
                        _("Add the person on the People tab first."))  # fmt: skip
        elif problem is not None:
            line.refuse(problem.message, problem.remedy)
        else:
            if line.edit is not None:
                line.edit.value = text
            line.accept()
            self._emit(entity, {field: text})

    def _emit(self, entity: str, fields: dict[str, str]) -> None:
        if self.view is not None:
            number = self.view.head.id if self.node is None else self.node.ref.id
            self.edited.emit(entity, number, fields)


def _known(text: str, people: set[str]) -> bool:
    from cs_workbench.domain.text import name_key

    wanted = name_key(text)
    return sum(name_key(name) == wanted or name_key(name).startswith(wanted) for name in people) >= 1


def _text(row: Any, name: str) -> str:
    if name == "owner" and isinstance(row, ItemRow):
        return row.person or row.owner
    value = getattr(row, name)
    if isinstance(value, dt.date):
        return plan_words.day(value)
    return str(value or "")

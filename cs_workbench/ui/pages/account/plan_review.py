"""Versions of a plan and the redline: what was added, removed and changed since a review, or between two."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from cs_workbench.domain.plan_redline import Mark
from cs_workbench.i18n import _, mark, ngettext
from cs_workbench.services import plan_words
from cs_workbench.services.plan_reading import PlanView
from cs_workbench.ui import theme as themes
from cs_workbench.ui.models.fact_model import Column, FactModel
from cs_workbench.ui.widgets.empty import EmptyState
from cs_workbench.ui.widgets.fact_table import FactTable
from cs_workbench.ui.widgets.fields import Choice
from cs_workbench.ui.widgets.label import Label

_INKS = {"added": "health.green.text", "removed": "health.red.text", "changed": "text.primary"}


def _ink(one: Mark) -> tuple[str, str]:
    return "strong" if one.kind != "changed" else "body", _INKS[one.kind]


def _sign(one: Mark) -> str:
    return {"added": "+", "removed": "−", "changed": "→"}[one.kind]


class PlanReview(QWidget):
    """``wanted`` (older version, newer version or 0 for now) asks for a redline; ``asked`` for a new version."""

    wanted = Signal(int, int)
    asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.before, self.after = Choice(name=""), Choice(name="")
        self.since, self.until, self.fact = (
            Label(""),
            Label(""),
            Label("", "body", "text.secondary", elide=True),
        )
        self.model = FactModel(
            (
                Column("sign", "", _sign, 44, style=_ink, spoken=mark("Kind of change")),
                Column("part", mark("Part"), lambda one: _(plan_words.PARTS[one.part]), 120, drop=1,
                       style=lambda _one: ("body", "text.secondary")),
                Column("title", mark("Objective or step"), lambda one: one.title, 300, style=_ink),
                Column("change", mark("Change"), plan_words.change, style=_ink),
            ),
            self,
        )  # fmt: skip
        self.table = FactTable(self.model)
        self.same = Label("", "body", "text.secondary")
        self.empty = EmptyState("history", "", " ", self.asked.emit)
        theme = themes.current()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.bar = QWidget()
        row = QHBoxLayout(self.bar)
        row.setContentsMargins(theme.px(24), 0, theme.px(24), theme.px(12))
        row.setSpacing(theme.px(8))
        for part in (self.since, self.before, self.until, self.after):
            row.addWidget(part)
        row.addWidget(self.fact, 1)
        column.addWidget(self.bar)
        column.addWidget(self.table, 1)
        self.same.setContentsMargins(theme.px(24), theme.px(8), theme.px(24), theme.px(8))
        column.addWidget(self.same)
        column.addWidget(self.empty, 1)
        for choice in (self.before, self.after):
            choice.activated.connect(lambda _n: self._ask())

    def show_plan(self, view: PlanView) -> None:
        """The versions to choose from; asks for the redline of the newest to now, or of the two chosen."""
        here, there = self.before.currentData(), self.after.currentData()
        for choice, first in ((self.before, []), (self.after, [(_("as it is now"), 0)])):
            choice.clear()
            for words, number in first:
                choice.addItem(words, number)
            for one in view.versions:
                label = f" · {one.label[:30]}" if one.label else ""
                choice.addItem(f"{one.number} · {plan_words.day(one.made_on)}{label}", one.id)
            choice.setMaximumWidth(themes.current().px(280))
        self.before.setCurrentIndex(max(0, self.before.findData(here)))
        self.after.setCurrentIndex(max(0, self.after.findData(there)))
        some = bool(view.versions)
        for part in (self.bar, self.table, self.same):
            part.setVisible(some)
        self.empty.setVisible(not some)
        if some:
            self._ask()

    def show_marks(self, marks: Sequence[Mark]) -> None:
        """The redline."""
        self.model.fill(marks)
        count = len(marks)
        self.fact.setText(ngettext("{count} change", "{count} changes", count).format(count=f"{count:,}"))
        self.same.setVisible(not marks)
        self.table.setVisible(bool(marks))

    def retranslate(self) -> None:
        """Fixed words."""
        self.since.setText(_("From version"))
        self.until.setText(_("compared with"))
        self.before.setAccessibleName(_("From version"))
        self.after.setAccessibleName(_("compared with"))
        self.table.setAccessibleName(_("What changed"))
        self.same.setText(_("Nothing changed between them."))
        self.empty.say(
            _("No version yet. Keep one at each review, and see what moved since."), _("Keep version 1")
        )

    def _ask(self) -> None:
        if self.before.currentData():
            self.wanted.emit(int(self.before.currentData()), int(self.after.currentData() or 0))

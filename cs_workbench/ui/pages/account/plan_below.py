"""Below the tree: its keys, risks, and promises both ways."""

from __future__ import annotations

import datetime as dt
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from cs_workbench.errors import InvalidValue
from cs_workbench.i18n import _, mark
from cs_workbench.services import signal_words
from cs_workbench.services.plan_reading import PlanView, PromiseRow
from cs_workbench.services.plan_values import read
from cs_workbench.ui import theme as themes
from cs_workbench.ui.models.fact_model import Column, FactModel
from cs_workbench.ui.pages.account.plan_fields import Trouble
from cs_workbench.ui.pages.account.tab import emptied
from cs_workbench.ui.widgets.button import Button
from cs_workbench.ui.widgets.fact_table import FactTable
from cs_workbench.ui.widgets.fields import CheckBox
from cs_workbench.ui.widgets.label import Label
from cs_workbench.ui.widgets.tab_order import lay_tab_order

_KEYS = (
    ("add", mark("Add"), "N"), ("deeper", mark("Indent"), "Tab"), ("up", mark("Move line"), "Alt ↑↓"),
    ("done", mark("Done"), "Space"),
)  # fmt: skip
PROMISES_SHOWN = 6


def _level(value: int | None) -> str:
    return str(value or "")


class PlanBelow(QWidget):
    """``asked`` (verb of the tree), ``risk_edited`` (risk, field, text), ``risk_added``, ``risk_removed``, ``ticked``
    (promise).
    """

    asked = Signal(str)
    risk_edited = Signal(object, str, str)
    risk_added = Signal()
    risk_removed = Signal(object)
    ticked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.today = dt.date.min
        self.keys = {key: Button("", "quiet", keys=keys, icon="plus" if key == "add" else "")
                     for key, _word, keys in _KEYS}  # fmt: skip
        self.trouble = Trouble()
        self.risks_title, self.add_risk = Label("", "strong"), Button("", "text", icon="plus", small=True)
        self.model = FactModel(
            (
                Column("title", mark("Risk"), lambda one: one.title, typed=lambda one: one.title),
                Column("likelihood", mark("Likelihood"), lambda one: _level(one.likelihood), 92, right=True, drop=1,
                       typed=lambda one: _level(one.likelihood)),
                Column("impact", mark("Impact"), lambda one: _level(one.impact), 76, right=True, drop=2,
                       typed=lambda one: _level(one.impact)),
                Column("shareable", mark("Shared"), lambda one: _("yes") if one.shareable else "", 76, drop=3,
                       checked=lambda one: one.shareable),
                Column("response", mark("Answer"), lambda one: one.response, 300, typed=lambda one: one.response,
                       style=lambda _one: ("body", "text.secondary")),
            ),
            self,
        )  # fmt: skip
        self.table = FactTable(self.model, refuse=self._refuse)
        self.promises_title, self.promises = Label("", "strong"), QVBoxLayout()
        self._lay_out()
        for key, button in self.keys.items():
            button.clicked.connect(lambda _checked=False, key=key: self.asked.emit(key))
        self.add_risk.clicked.connect(self.risk_added)
        self.model.edited.connect(self.risk_edited)
        self.model.ticked.connect(
            lambda one, on: self.risk_edited.emit(one, "shareable", "yes" if on else "no")
        )
        self.table.deleted.connect(self.risk_removed)

    def _lay_out(self) -> None:
        theme = themes.current()
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(24), theme.px(4), theme.px(24), theme.px(24))
        column.setSpacing(theme.px(8))
        row = QHBoxLayout()
        row.setSpacing(theme.px(4))
        for button in self.keys.values():
            row.addWidget(button)
        row.addStretch(1)
        column.addLayout(row)
        column.addWidget(self.trouble)
        column.addSpacing(theme.px(8))
        head = QHBoxLayout()
        head.addWidget(self.risks_title, 1)
        head.addWidget(self.add_risk)
        column.addLayout(head)
        column.addWidget(self.table)
        column.addSpacing(theme.px(8))
        column.addWidget(self.promises_title)
        column.addLayout(self.promises)

    def show_plan(self, view: PlanView) -> None:
        """Risks and promises of a plan."""
        self.today = view.as_of
        self.model.fill(view.risks)
        self.table.setVisible(bool(view.risks))
        self.table.setFixedHeight(self.table.content_height())
        self.risks_title.setText(_("Risks") + (f"  {len(view.risks)}" if view.risks else ""))
        self._show_promises(view)
        lay_tab_order(self)

    def refuse(self, sentence: str, remedy: str) -> None:
        """Why a key did nothing."""
        self.trouble.say(sentence, remedy)

    def retranslate(self) -> None:
        """Fixed words."""
        for key, word, _keys in _KEYS:
            self.keys[key].setText(_(word))
        self.add_risk.setText(_("Add risk"))
        self.table.setAccessibleName(_("Risks"))
        self.promises_title.setText(_("Promises"))

    def edit_last_risk(self) -> None:
        """Type over the title of the newest risk."""
        if self.model.rows:
            self.table.edit_cell(len(self.model.rows) - 1, "title")

    def _show_promises(self, view: PlanView) -> None:
        emptied(self.promises)
        waiting = [one for one in view.promises if one.done_on is None]
        ours = sum(one.kind == "promise_ours" for one in waiting)
        counts = _("ours {ours} · theirs {theirs}").format(ours=ours, theirs=len(waiting) - ours)
        self.promises_title.setText(f"{_('Promises')}  {counts}" if waiting else _("Promises"))
        for one in waiting[:PROMISES_SHOWN]:
            self.promises.addWidget(self._promise(one))
        if not waiting:
            self.promises.addWidget(Label(_("No promise is open."), "body", "text.secondary"))

    def _promise(self, one: PromiseRow) -> QWidget:
        theme = themes.current()
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(8))
        box, words = CheckBox(name=one.title), Label(one.title, elide=True)
        words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        whose = _("us") if one.kind == "promise_ours" else one.person or _("them")
        due = "" if one.due_on is None else f" · {signal_words.short(one.due_on)}"
        late = one.due_on is not None and one.due_on < self.today
        style, ink = ("small_strong", "health.red.text") if late else ("small", "text.secondary")
        row.addWidget(box)
        row.addWidget(words, 1)
        row.addWidget(Label(f"{whose}{due}", style, ink))
        holder.setMinimumHeight(theme.row(36))
        box.clicked.connect(lambda _checked=False: self.ticked.emit(one))
        return holder

    def _refuse(self, _row: Any, field: str, text: str) -> str:
        try:
            read("risk", field, text, self.today)
        except InvalidValue as problem:
            return f"{problem.message} {problem.remedy}".strip()
        return ""

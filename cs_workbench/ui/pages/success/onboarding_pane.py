"""One onboarding in full: where it stands and why, its checklist to tick and edit, first value, the way it ends."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout

from cs_workbench.i18n import _, mark
from cs_workbench.services import onboarding_words as words
from cs_workbench.services.onboarding_reading import ItemRow, RunView
from cs_workbench.services.signal_words import short
from cs_workbench.ui import reading_only, wording
from cs_workbench.ui import theme as themes
from cs_workbench.ui.models.fact_model import Column, FactModel
from cs_workbench.ui.typed_marks import RECORD
from cs_workbench.ui.widgets.button import Button
from cs_workbench.ui.widgets.fact_table import FactTable
from cs_workbench.ui.widgets.fields import LineEdit
from cs_workbench.ui.widgets.flow import Flow
from cs_workbench.ui.widgets.label import Label
from cs_workbench.ui.widgets.more import More, beside
from cs_workbench.ui.widgets.split import Pane

WIDTH = 480


class Checklist(FactTable):
    """``shifted`` (row, −1 or 1) on Alt with an arrow."""

    shifted = Signal(object, int)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Alt ↑ and Alt ↓ move a line."""
        by = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if (
            by is not None
            and event.modifiers() & Qt.KeyboardModifier.AltModifier
            and self.chosen() is not None
        ):
            self.shifted.emit(self.chosen(), by)
            return
        super().keyPressEvent(event)


class OnboardingPane(Pane):
    """``asked`` carries a verb: value, finish, decide, reopen, account. The checklist's edits leave as its model's
    signals, a new line as ``added``.
    """

    asked = Signal(str)
    added = Signal(str)

    def __init__(self, today: Callable[[], dt.date], refuse: Callable[[Any, str, str], str]) -> None:
        super().__init__()
        self._today = today
        self.view: RunView | None = None
        self.title = Label("", "title", wrap=True)
        self.state = Label("", "strong", wrap=True)
        self.facts = Label("", "small", "text.secondary", wrap=True)
        self.decision = Label("", "small", "text.secondary", wrap=True)
        self.buttons = {
            "decide": Button(kind="filled", icon="route"), "finish": Button(icon="check"),
            "value": Button(icon="star"), "reopen": Button(icon="rotate-ccw"),
        }  # fmt: skip
        self.more = More({"account": "building-2"})
        self.model = FactModel(self._columns(), self)
        self.list = Checklist(self.model, refuse=refuse)
        self.list.stand_on_holder()
        self.line = LineEdit(name="", icon="plus")
        self._lay_out()
        self.line.returnPressed.connect(self._on_line)
        for verb, button in self.buttons.items():
            button.clicked.connect(lambda _checked=False, verb=verb: self.asked.emit(verb))

    def _lay_out(self) -> None:
        theme = themes.current()
        edge = theme.px(24)
        self.column.setContentsMargins(1, theme.px(16), 0, theme.px(16))
        self.verbs = Flow()
        for button in self.buttons.values():
            self.verbs.add(button)
        self.more.asked.connect(self.asked)
        head = beside(self.title, self.more)
        head.setContentsMargins(edge, 0, edge, 0)
        self.column.addLayout(head)
        for part in (self.state, self.facts, self.decision, self.verbs):
            row = QHBoxLayout()
            row.setContentsMargins(edge, 0, edge, 0)
            row.addWidget(part)
            self.column.addLayout(row)
        self.column.addWidget(self.list, 1)
        row = QHBoxLayout()
        row.setContentsMargins(edge, 0, edge, 0)
        row.addWidget(self.line)
        self.column.addLayout(row)

    def retranslate(self) -> None:
        """Fixed texts, and the onboarding again."""
        names = {
            "decide": _("Decide how it goes on"), "finish": _("Finish"), "reopen": _("Reopen"),
            "value": _("First value"),
        }  # fmt: skip
        self.more.rename({"account": _("Open account")})
        for verb, text in names.items():
            self.buttons[verb].setText(text)
        self.list.setAccessibleName(_("Checklist"))
        self.line.setAccessibleName(_("New step"))
        self.line.setPlaceholderText(_("Add a step"))
        self.show_run(self.view)

    def show_run(self, view: RunView | None) -> None:
        """Show one onboarding; None shows nothing."""
        other = view is None or self.view is None or view.row.id != self.view.row.id
        self.view = view
        for part in (
            self.title,
            self.more,
            self.state,
            self.facts,
            self.decision,
            self.verbs,
            self.list,
            self.line,
        ):
            part.setVisible(view is not None)
        if view is None:
            return
        row = view.row
        self.title.setText(row.account)
        told = _(" · ").join((words.standing(view), words.reason(view)))
        self.state.setText(told[:1].upper() + told[1:])
        self.state.set_colour(f"health.{words.BANDS[view.verdict.standing]}.text")
        self.facts.setText(self._facts(view))
        self.decision.setText(_decision(view))
        self.decision.setVisible(bool(row.decision))
        pressing = view.verdict.standing == "decide"
        done = view.done == len(view.items)
        for verb, there in (
            ("decide", view.open and not (done and not pressing)), ("finish", view.open),
            ("reopen", not view.open), ("value", True),
        ):  # fmt: skip
            self.buttons[verb].setVisible(there)
        self.buttons["decide"].kind = "filled" if pressing else "plain"
        self.buttons["finish"].kind = "filled" if done and not pressing else "plain"
        for verb in ("decide", "finish"):
            self.buttons[verb].update()
        self.line.setEnabled(view.open)
        self.model.fill(view.items)
        if other and view.items:
            self.list.choose(next((n for n, one in enumerate(view.items) if one.done_on is None), 0))

    def item(self) -> ItemRow | None:
        """The line the keys are on."""
        found = self.list.chosen()
        return found if isinstance(found, ItemRow) else None

    def _facts(self, view: RunView) -> str:
        row = view.row
        self.setProperty(RECORD, f"onboarding {row.id}")
        period = _("{start} – {end}").format(start=wording.date(row.started_on), end=wording.date(view.end))
        value = _("no first value yet")
        if row.first_value_on is not None:
            value = _("first value {date}, {days} after the contract began").format(
                date=wording.date(row.first_value_on), days=words.to_value(view)
            )
        return _(" · ").join(one for one in (period, words.elapsed(view), words.progress(view), value) if one)

    def _columns(self) -> tuple[Column, ...]:
        sides = lambda: [(key, _(text)) for key, text in words.SIDES.items()]  # noqa: E731
        return (
            Column("done", "", lambda one: _("done") if one.done_on else "", 32,
                   checked=lambda one: one.done_on is not None, spoken=mark("done")),
            Column("title", mark("Step"), lambda one: one.title, typed=lambda one: one.title, style=self._ink),
            Column("side", mark("Side"), lambda one: _(words.SIDES[one.side]), 72, drop=1,
                   typed=lambda one: str(one.side), choices=sides, style=_quiet),
            Column("due_on", mark("Due"), lambda one: short(one.due_on) if one.due_on else "–", 76, right=True,
                   typed=lambda one: wording.date(one.due_on), style=self._due),
        )  # fmt: skip

    def _ink(self, one: ItemRow) -> tuple[str, str]:
        ink = "text.tertiary" if one.done_on else "text.primary"
        return ("strong" if one.milestone else "body"), ink

    def _due(self, one: ItemRow) -> tuple[str, str]:
        late = one.done_on is None and one.due_on is not None and one.due_on < self._today()
        return ("strong", "health.red.text") if late else _quiet(one)

    def _on_line(self) -> None:
        text = self.line.text().strip()
        if text and not reading_only.refused(self):
            self.added.emit(text)
            self.line.clear()


def _quiet(one: ItemRow) -> tuple[str, str]:
    return "body", "text.tertiary" if one.done_on else "text.secondary"


def _decision(view: RunView) -> str:
    row = view.row
    if not row.decision:
        return ""
    said = _("{decision}, {date}: {reason}").format(
        decision=_(words.DECISIONS[row.decision]), date=wording.date(row.decided_on), reason=row.reason
    )
    if not row.follow_up:
        return said
    return _(" · ").join((said, _("Follow-up: {title}").format(title=row.follow_up)))

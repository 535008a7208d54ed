"""One training session: its facts, edited where they stand, who came, and a line that adds who else did."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCompleter, QFormLayout, QHBoxLayout, QWidget

from cs_workbench.i18n import _, mark, ngettext
from cs_workbench.services import training
from cs_workbench.services.training import AttendeeRow, Board, SessionView
from cs_workbench.ui import theme as themes
from cs_workbench.ui import wording
from cs_workbench.ui.models.fact_model import Column, FactModel
from cs_workbench.ui.typed_marks import RECORD
from cs_workbench.ui.widgets.fact_table import FactTable
from cs_workbench.ui.widgets.fields import Choice, Field
from cs_workbench.ui.widgets.kept_edit import KeptEdit
from cs_workbench.ui.widgets.label import Label
from cs_workbench.ui.widgets.split import Pane

WIDTH = 440
_TEXTS = ("title", "held_on", "minutes", "note")


class TrainingPane(Pane):
    """``edited`` carries field and text, ``added`` account and who; the list's edits leave as its model's signals."""

    edited = Signal(str, str)
    added = Signal(str, str)

    def __init__(self, refuse: Callable[[Any, str, str], str]) -> None:
        super().__init__()
        self.view: SessionView | None = None
        self.title = KeptEdit(name="")
        self.texts = {"title": self.title} | {key: KeptEdit(name="") for key in _TEXTS[1:]}
        self.kind = Choice(name="")
        self.means = Choice(name="")
        self.captions = {key: Label("", "small", "text.secondary") for key in (*_TEXTS[1:], "kind", "means")}
        self.came = Label("", "small_strong", wrap=True)
        self.problem = Label("", "small", "health.red.text", wrap=True)
        self.model = FactModel(_columns(), self)
        self.list = FactTable(self.model, refuse=refuse)
        self.list.stand_on_holder()
        self.account = Field(name="", icon="building-2")
        self.who = Field(name="", icon="user-plus")
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        theme = themes.current()
        edge = theme.px(24)
        self.column.setContentsMargins(1, theme.px(16), 0, theme.px(16))
        self.form = QWidget()
        form = QFormLayout(self.form)
        form.setContentsMargins(0, 0, 0, 0)
        form.setVerticalSpacing(theme.px(8))
        form.setHorizontalSpacing(theme.px(12))
        for key in ("kind", "held_on", "minutes", "means", "note"):
            form.addRow(
                self.captions[key], self.texts.get(key) or (self.kind if key == "kind" else self.means)
            )
        self.line = QWidget()
        line = QHBoxLayout(self.line)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self.account, 3)
        line.addWidget(self.who, 2)
        for part, stretch in ((self.title, 0), (self.form, 0), (self.problem, 0), (self.came, 0)):
            self._indent(part, edge, stretch)
        self.column.addWidget(self.list, 1)
        self._indent(self.line, edge, 0)
        self.problem.hide()

    def _indent(self, part: QWidget, edge: int, stretch: int) -> None:
        row = QHBoxLayout()
        row.setContentsMargins(edge, 0, edge, 0)
        row.addWidget(part)
        self.column.addLayout(row, stretch)

    def _connect(self) -> None:
        for key, edit in self.texts.items():
            edit.kept.connect(lambda text, key=key: self.edited.emit(key, text))
        self.kind.activated.connect(lambda _n: self.edited.emit("kind", str(self.kind.currentData())))
        self.means.activated.connect(
            lambda _n: self.edited.emit("means", str(self.means.currentData() or ""))
        )
        self.account.edit.returnPressed.connect(self.who.setFocus)
        self.who.edit.returnPressed.connect(self.add)
        for field in (self.account, self.who):
            field.edit.textEdited.connect(lambda _text, field=field: field.clear_problem())

    def retranslate(self) -> None:
        """Fixed texts, and the session again."""
        names = {
            "title": _("Subject"), "kind": _("Kind"), "held_on": _("Date"), "minutes": _("Minutes"),
            "means": _("Means of"), "note": _("Note"),
        }  # fmt: skip
        for key, text in names.items():
            if key in self.captions:
                self.captions[key].setText(text)
            if key in self.texts:
                self.texts[key].setAccessibleName(text)
        self.kind.setAccessibleName(names["kind"])
        self.means.setAccessibleName(_("Success means this session belongs to"))
        self.kind.clear()
        for key, text in training.KINDS.items():
            self.kind.addItem(_(text), key)
        self.list.setAccessibleName(_("Who came"))
        self.account.edit.setAccessibleName(_("Account"))
        self.account.edit.setPlaceholderText(_("Account"))
        self.who.edit.setAccessibleName(_("How many came, or a name"))
        self.who.edit.setPlaceholderText(_("12, or a name"))
        self.show_session(self.view)

    def show_board(self, board: Board) -> None:
        """What a session can be tied to, and which accounts there are."""
        self.means.clear()
        self.means.addItem(_("no means of a map"), "")
        for one in board.means:
            self.means.addItem(_("{persona} · {step}: {title}").format(
                persona=one.persona, step=one.step, title=one.title), str(one.id))  # fmt: skip
        completer = QCompleter([name for _id, name in board.accounts], self)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.account.edit.setCompleter(completer)

    def show_session(self, view: SessionView | None) -> None:
        """Show one session; None shows nothing."""
        self.view = view
        for part in (self.title, self.form, self.came, self.list, self.line):
            part.setVisible(view is not None)
        self.problem.hide()
        if view is None:
            return
        row = view.row
        self.setProperty(RECORD, f"session {row.id}")
        minutes = "" if row.minutes is None else str(row.minutes)
        shown = {
            "title": row.title,
            "held_on": wording.date(row.held_on),
            "minutes": minutes,
            "note": row.note,
        }
        for key, text in shown.items():
            self.texts[key].show_value(text)
        self.kind.setCurrentIndex(max(self.kind.findData(row.kind), 0))
        if row.means_id and self.means.findData(str(row.means_id)) < 0:
            self.means.addItem(row.means, str(row.means_id))  # of a map that is retired now
        self.means.setCurrentIndex(max(self.means.findData(str(row.means_id or "")), 0))
        told = ngettext("{n} person", "{n} people", view.heads).format(n=view.heads)
        done = _("{n} completed it").format(n=view.completed)
        self.came.setText(_(" · ").join((told, done) if view.held else (told, _("planned"))))
        self.model.fill(view.attendees)

    def refuse(self, key: str, why: str) -> None:
        """Why a field cannot be kept; the text stays."""
        self.problem.setText(why)
        self.problem.show()
        if key in self.texts:
            self.texts[key].set_wrong(True)
            self.texts[key].setAccessibleDescription(why)

    def add(self) -> None:
        """Hand over the line."""
        if self.account.edit.text().strip() and self.who.edit.text().strip():
            self.added.emit(self.account.edit.text(), self.who.edit.text())

    def added_one(self) -> None:
        """The line was kept: the next one."""
        self.who.edit.clear()
        self.account.edit.clear()
        self.account.setFocus()

    def attendee(self) -> AttendeeRow | None:
        """The line the keys are on."""
        found = self.list.chosen()
        return found if isinstance(found, AttendeeRow) else None


def _columns() -> Sequence[Column]:
    return (
        Column("completed", "", lambda one: _("completed") if one.completed else "", 32,
               checked=lambda one: bool(one.completed), spoken=mark("completed")),
        Column("account", mark("Account"), lambda one: one.account),
        Column("person", mark("Who"), lambda one: one.person or "–", 116, drop=1,
               style=lambda _one: ("body", "text.secondary")),
        Column("heads", mark("Attendees"), lambda one: f"{one.heads:,}", 92, right=True,
               typed=lambda one: str(one.heads)),
    )  # fmt: skip

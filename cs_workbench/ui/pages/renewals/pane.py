"""The chosen renewal: when it ends, the runway, the eight steps, and what the dates mean."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from cs_workbench.domain.runway import STEPS, Runway, checkpoint, milestones
from cs_workbench.i18n import _, mark, ngettext
from cs_workbench.services.renewal_detail import Detail
from cs_workbench.services.renewals import RenewalRow
from cs_workbench.services.signal_words import sentences
from cs_workbench.ui import icons, wording
from cs_workbench.ui import theme as themes
from cs_workbench.ui.pages.renewals import words
from cs_workbench.ui.pages.renewals.steps import StepLine
from cs_workbench.ui.widgets.button import Button
from cs_workbench.ui.widgets.card import Card
from cs_workbench.ui.widgets.label import Label
from cs_workbench.ui.widgets.runway import RunwayBar
from cs_workbench.ui.widgets.scrolled import scrolled
from cs_workbench.ui.widgets.split import Pane

_ROOMY = 400
MILESTONES = {
    "readiness": mark("check of readiness"),
    "facts": mark("facts and data request"),
    "first_touch": mark("first touch"),
    "value_case": mark("value case to the decision maker"),
    "executive_talk": mark("talk with the executive"),
    "proposal": mark("proposal"),
    "signature": mark("way to the signature"),
    "signature_last": mark("last week before the notice"),
}
"""What the default runway asks for, besides the eight steps."""


class RunwayPane(Pane):
    """``packed`` asks for the pack, ``called`` for the CSM's call; ``lines`` hold the steps' own signals."""

    packed = Signal()
    called = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.row: RenewalRow | None = None
        self.title = Label("", "title", elide=True)
        self.ends = Label("", "small", "text.secondary", elide=True)
        self.pack = Button("", "filled", icon="presentation")
        self.call = Button("", "plain", icon="hand")
        self.say = Label("", "small", "text.secondary", wrap=True)
        self.bar = RunwayBar()
        self.lines = {number: StepLine(number) for number in STEPS}
        self.note = Card(padding=12)
        self.said = Label("", "small", "text.secondary", wrap=True)
        self._mark = QLabel()
        self._lay_out()
        self.pack.clicked.connect(self.packed)
        self.call.clicked.connect(self.called)
        self.retranslate()

    def _lay_out(self) -> None:
        theme = themes.current()
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(theme.px(16), theme.px(16), theme.px(16), theme.px(16))
        column.setSpacing(0)
        head = QHBoxLayout()
        head.setContentsMargins(theme.px(8), 0, theme.px(8), 0)
        head.setSpacing(theme.px(8))
        names = QVBoxLayout()
        names.setSpacing(0)
        names.addWidget(self.title)
        names.addWidget(self.ends)
        head.addLayout(names, 1)
        head.addWidget(self.call, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self.pack, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(head)
        said = QHBoxLayout()
        said.setContentsMargins(theme.px(8), theme.px(4), theme.px(8), 0)
        said.addWidget(self.say)
        column.addLayout(said)
        column.addSpacing(theme.px(12))
        column.addLayout(_indented(self.bar))
        column.addSpacing(theme.px(16))
        for line in self.lines.values():
            column.addWidget(line)
        self._fill_note()
        column.addSpacing(theme.px(16))
        column.addLayout(_indented(self.note))
        column.addStretch(1)
        self._inner = inner
        self.column.setContentsMargins(1, 0, 0, 0)
        self.column.addWidget(scrolled(inner))
        inner.hide()

    def _fill_note(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(themes.current().px(8))
        self._mark.setPixmap(icons.pixmap("info", "text.secondary", 16))
        row.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.said, 1)
        self.note.column.addLayout(row)

    def retranslate(self) -> None:
        """Fixed texts."""
        self._name_pack()
        self.call.setText("")
        self.call.set_name(_("Set my call"))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """In the overlay the name needs the room of the button's words."""
        super().resizeEvent(event)
        self._name_pack()

    def show_row(self, row: RenewalRow | None, today: dt.date) -> None:
        """Another renewal, as far as the list knows it; ``show_detail`` adds the rest. None empties the pane."""
        self.row = row
        self._inner.setVisible(row is not None)
        if row is None:
            return
        self.title.setText(row.name)
        ends = _("Ends {date}, renews by itself") if row.auto_renew else _("Ends {date}")
        self.ends.setText(ends.format(date=wording.date(row.term_end)))
        self.bar.show_way(row.way, today, passed=row.notice_passed)
        self._show_steps(row, None, today)
        self._show_call(row, 0)
        said = remarks(row, today)
        self.said.setText(said)
        self.note.setVisible(bool(said))

    def show_detail(self, detail: Detail) -> None:
        """What was read about the renewal shown; another one's is left alone."""
        if self.row is not None and self.row.key == detail.row.key:
            self._show_steps(self.row, detail, detail.today)
            self._show_call(self.row, len(detail.history))

    def _show_call(self, row: RenewalRow, made: int) -> None:
        """What the CSM said, when and why, and how often before."""
        said = call_words(row, made)
        self.say.setText(said)
        self.say.setVisible(bool(said))

    def _name_pack(self) -> None:
        name = _("Prepare pack")
        self.pack.setText("" if self.width() < themes.current().px(_ROOMY) else name)
        self.pack.set_name(name)

    def _show_steps(self, row: RenewalRow, detail: Detail | None, today: dt.date) -> None:
        for step in row.way.steps:
            self.lines[step.number].show_step(step, row, detail, today)


def call_words(row: RenewalRow, made: int) -> str:
    """The call with its day and reason; ``made`` counts all calls on this renewal."""
    if row.call is None:
        return ""
    category, likelihood = words.call(row)
    said = _("Your call: {category} {likelihood}").format(category=category, likelihood=likelihood).strip()
    said = _("{call}, {date}").format(call=said, date=wording.date(row.call.said_on))
    if row.call.reason:
        said = _("{call}: {reason}").format(call=said, reason=row.call.reason)
    if made > 1:
        before = ngettext("{n} call before", "{n} calls before", made - 1).format(n=made - 1)
        said = _("{call} ({before})").format(call=said, before=before)
    return said


def remarks(row: RenewalRow, today: dt.date) -> str:
    """What the dates mean: which step holds the others up, what no longer fits, which checkpoint asks for a call."""
    said = [*_held_up(row.way)]
    if row.way.short:
        said.append(
            ngettext(
                "The approval lacks {n} working day before the notice.",
                "The approval lacks {n} working days before the notice.",
                row.way.short,
            ).format(n=row.way.short)
        )
    if row.notice_passed:
        said.append(_("The notice date has passed; the steps count back from the end of the term."))
    if row.notice_on is None:
        said.append(_("No notice period is recorded; the steps count back from the end of the term."))
    if not row.is_called and checkpoint(row.deadline, today) == "t3":
        said.append(_("Three months before the deadline a call is due: watching is no choice any more."))
    ahead = next((one for one in milestones(row.deadline, row.tier) if one.on > today), None)
    if ahead is not None and ahead.key in MILESTONES:
        said.append(
            _("Next on the runway: {what}, {date}.").format(
                what=_(MILESTONES[ahead.key]), date=wording.date(ahead.on)
            )
        )
    return sentences(said)


def _held_up(way: Runway) -> list[str]:
    last = STEPS[-1]
    if way.late is None or not way.shift or way.late == last:
        return []
    first = way.late + 1
    if way.squeezed:
        said = _("Step {late} is late, so steps {first}–{last} share the days left before the meeting.")
        if first == last:
            said = _("Step {late} is late, so step {last} moved to the last day before the meeting.")
    else:
        said = ngettext(
            "Step {late} is late, so steps {first}–{last} moved by {n} working day.",
            "Step {late} is late, so steps {first}–{last} moved by {n} working days.",
            way.shift,
        )
        if first == last:
            said = ngettext(
                "Step {late} is late, so step {last} moved by {n} working day.",
                "Step {late} is late, so step {last} moved by {n} working days.",
                way.shift,
            )
    return [said.format(late=way.late, first=first, last=last, n=way.shift)]


def _indented(widget: QWidget) -> QHBoxLayout:
    """In line with the words of the steps: only a chosen step's ground stands out to the left."""
    row = QHBoxLayout()
    edge = themes.current().px(8)
    row.setContentsMargins(edge, 0, edge, 0)
    row.addWidget(widget)
    return row

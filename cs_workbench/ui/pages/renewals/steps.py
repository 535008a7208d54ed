"""The eight steps of the chosen renewal, one line each: state, name, what is known, day, and its button."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from cs_workbench.domain.runway import Step
from cs_workbench.i18n import _, ngettext
from cs_workbench.services import renewal_acts
from cs_workbench.services.renewal_detail import Detail
from cs_workbench.services.renewals import RenewalRow
from cs_workbench.ui import icons
from cs_workbench.ui import theme as themes
from cs_workbench.ui.style import keyed, paint_ring
from cs_workbench.ui.widgets.button import Button
from cs_workbench.ui.widgets.label import Label
from cs_workbench.ui.widgets.runway import near_day


class Circle(QAbstractButton):
    """The number of a step, a tick once it is done; pressing it says so or takes it back."""

    def __init__(self, number: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.number = number
        self.state = "to_come"
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:  # noqa: N802
        """20 px and the ring."""
        side = themes.current().px(28)
        return QSize(side, side)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Filled with a tick, outlined in the accent, in red, or hollow."""
        theme, painter = themes.current(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        inset = theme.px(4)
        box = QRectF(self.rect()).adjusted(inset, inset, -inset, -inset)
        done = self.state == "done"
        ink = {"done": "accent.base", "current": "accent.base", "late": "accent.base"}.get(
            self.state, "line.control"
        )
        painter.setPen(QPen(theme.colour(ink), 2 if self.state in ("current", "late") else 1))
        painter.setBrush(theme.colour("accent.base") if done else Qt.BrushStyle.NoBrush)
        painter.drawEllipse(box.adjusted(1, 1, -1, -1))
        if done:
            icons.paint(
                painter, "check", "text.on_accent", box.adjusted(*[theme.px(4)] * 2, *[-theme.px(4)] * 2)
            )
        else:
            painter.setFont(theme.font("small_strong" if self.state in ("current", "late") else "small"))
            painter.setPen(
                theme.colour("text.accent" if self.state in ("current", "late") else "text.secondary")
            )
            painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), str(self.number))
        if keyed(self):
            paint_ring(painter, QRectF(self.rect()), 14)


class StepLine(QWidget):
    """``marked`` asks to mark it done or not, ``moved`` for another day, ``opened`` for what it makes."""

    marked = Signal(int)
    moved = Signal(int)
    opened = Signal(int)

    def __init__(self, number: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.number = number
        self.circle = Circle(number)
        self.name = Label("", "body", elide=True)
        self.told = Label("", "small", "text.secondary", elide=True)
        self.day = Button("", "quiet", small=True)
        self.open = Button("", "text", small=True)
        self._active = False
        theme = themes.current()
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(8), theme.px(4), theme.px(8), theme.px(4))
        row.setSpacing(theme.px(8))
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.name)
        words.addWidget(self.told)
        row.addWidget(self.circle)
        row.addLayout(words, 1)
        row.addWidget(self.day)
        row.addWidget(self.open)
        self.setMinimumHeight(theme.row(48))
        self.circle.clicked.connect(lambda: self.marked.emit(self.number))
        self.day.clicked.connect(lambda: self.moved.emit(self.number))
        self.open.clicked.connect(lambda: self.opened.emit(self.number))

    def show_step(self, step: Step, row: RenewalRow, detail: Detail | None, today: dt.date) -> None:
        """Another renewal's step."""
        name = _(renewal_acts.STEP_NAMES[self.number])
        self._active = step.state in ("current", "late")
        self.circle.state = step.state
        self.circle.update()
        done = step.state == "done"
        word = _("{step} {name}: mark as not done") if done else _("{step} {name}: mark as done")
        self.circle.setAccessibleName(word.format(step=self.number, name=name))
        self.circle.setToolTip(_("Mark as not done") if done else _("Mark as done"))
        self.circle.setEnabled(not (done and self.number in row.proven))
        self.name.setText(name)
        self.name.set_style("strong" if self._active else "body")
        words, ink = told(step, row, detail)
        self.told.setText(words)
        self.told.set_colour(ink)
        self.told.set_style("small_strong" if ink == "health.red.text" else "small")
        self.told.setVisible(bool(words))
        self.day.setText(near_day(step.done_on if step.done_on is not None else step.due))
        self.day.setEnabled(not done)
        self.day.setAccessibleName(_("{name}: move from {day}").format(name=name, day=self.day.words()))
        self.day.setToolTip("" if done else _("Move this step"))
        verb = _verb(step, self.number)
        self.open.kind = "filled" if self._active else "text"
        self.open.setText(verb)
        self.open.setAccessibleName(f"{name}: {verb}")
        self.open.updateGeometry()
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """The step of now is tinted; a line below the others."""
        theme, painter = themes.current(), QPainter(self)
        if self._active:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("bg.selected"))
            painter.drawRoundedRect(QRectF(self.rect()), theme.px(4), theme.px(4))
        else:
            painter.fillRect(QRectF(0, self.height() - 1, self.width(), 1), theme.colour("line.subtle"))


def told(step: Step, row: RenewalRow, detail: Detail | None) -> tuple[str, str]:
    """The second line of a step and its colour: how late it is, else what the records say about it."""
    known = _known(step, row, detail)
    if step.state == "late":
        late = ngettext("{n} day late", "{n} days late", step.days_late).format(n=step.days_late)
        return (_pair(late, known[0]) if known[0] and step.number != 2 else late), "health.red.text"
    if row.way.squeezed and step.state == "to_come" and not known[0]:
        return _until_meeting(step, row), "text.secondary"
    return known


def _until_meeting(step: Step, row: RenewalRow) -> str:
    """Where steps share the days left, their days alone tell nothing: how close the meeting is then."""
    left = (row.way.meeting - step.due).days
    if left <= 0:
        return _("on the day of the meeting")
    return ngettext("{n} day before the meeting", "{n} days before the meeting", left).format(n=left)


def _known(step: Step, row: RenewalRow, detail: Detail | None) -> tuple[str, str]:
    plain = "text.secondary"
    if step.number == 1 and step.state == "done":
        return (_("conversation on record") if 1 in row.proven else _("marked by you")), plain
    if step.number == 2:
        return _meeting(row, detail)
    if step.number == 6:
        return _("after value is agreed"), plain
    if detail is None:
        return "", plain
    if step.number == 3 and detail.measures:
        return _("complete {known} of {all}").format(known=detail.measured, all=detail.measures), plain
    if step.number == 7:
        known, open_ = len(detail.complaints), len(detail.promises)
        if known and not open_:
            return _("{n} known").format(n=known), plain
        if known or open_:
            promises = ngettext("{n} promise open", "{n} promises open", open_).format(n=open_)
            return _("{n} known, {promises}").format(n=known, promises=promises), plain
        return _("no complaint on record"), plain
    return "", plain


def _meeting(row: RenewalRow, detail: Detail | None) -> tuple[str, str]:
    """When it is and who is missing."""
    plan = row.plan
    if plan is None or plan.meeting_at is None:
        if detail is not None and not detail.deciders:
            return _("no decision maker recorded"), "health.yellow.text"
        return _("not fixed yet"), "text.secondary"
    at = plan.meeting_at.astimezone()
    when = _("{day} {time}").format(day=near_day(at.date()), time=f"{at:%H:%M}")
    if not plan.decider:
        names = "" if detail is None else _(", ").join(one.name for one in detail.missing_deciders[:2])
        missing = _("{names} missing").format(names=names) if names else _("no decision maker")
        return f"▲ {_pair(when, missing)}", "health.yellow.text"
    people = ngettext("{n} person asked", "{n} people asked", plan.attendees).format(n=plan.attendees)
    return _pair(when, people), "text.secondary"


def _pair(first: str, second: str) -> str:
    return _("{first}; {second}").format(first=first, second=second)


def _verb(step: Step, number: int) -> str:
    if number == 4:
        return _("Open")
    if step.state == "done":
        return _("Show")
    return _("Open") if step.state in ("current", "late") else _("Make")

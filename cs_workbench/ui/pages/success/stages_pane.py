"""One account in its stage: what is proposed and why, the criteria held against it, how far it is used, its history."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from cs_workbench.i18n import _
from cs_workbench.services import lifecycle
from cs_workbench.services import lifecycle_words as words
from cs_workbench.services.lifecycle import Lifecycle, MoveRow, StageLine
from cs_workbench.ui import icons, wording
from cs_workbench.ui import theme as themes
from cs_workbench.ui.widgets.button import Button
from cs_workbench.ui.widgets.flow import Flow
from cs_workbench.ui.widgets.label import Label
from cs_workbench.ui.widgets.more import More, beside
from cs_workbench.ui.widgets.scrolled import scrolled
from cs_workbench.ui.widgets.split import Pane


class StagePane(Pane):
    """``asked`` carries a verb: move, put_off, choose, criteria, account."""

    asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        theme = themes.current()
        self.line: StageLine | None = None
        self._found: Lifecycle | None = None
        self._moves: tuple[MoveRow, ...] = ()
        self.title = Label("", "title", wrap=True)
        self.stands = Label("", "body", "text.secondary", wrap=True)
        self.proposal = Label("", "strong", wrap=True)
        self.why = Label("", "small", "text.secondary", wrap=True)
        self.buttons = {
            "move": Button(kind="filled", icon="check", keys="Space"), "put_off": Button(icon="alarm-clock", keys="S"),
            "choose": Button(icon="route"),
        }  # fmt: skip
        self.more = More({"criteria": "sliders-horizontal", "account": "building-2"})
        self.verbs = Flow()
        for verb, button in self.buttons.items():
            self.verbs.add(button)
            button.clicked.connect(lambda _checked=False, verb=verb: self.asked.emit(verb))
        self.more.asked.connect(self.asked)
        self.inner = QWidget()
        self.body = QVBoxLayout(self.inner)
        self.body.setContentsMargins(0, 0, theme.px(8), 0)
        self.body.setSpacing(theme.px(4))
        self.column.addLayout(beside(self.title, self.more))
        for part in (self.stands, self.proposal, self.why, self.verbs):
            self.column.addWidget(part)
        self.area = scrolled(self.inner)
        self.column.addWidget(self.area, 1)

    def retranslate(self) -> None:
        """Verbs, and the account again."""
        for verb, text in {"put_off": _("Not now"), "choose": _("Another stage")}.items():
            self.buttons[verb].setText(text)
        self.more.rename({"criteria": _("Criteria"), "account": _("Open account")})
        self.show_line(self._found, self.line)

    def show_line(self, found: Lifecycle | None, line: StageLine | None) -> None:
        """Show one account; None shows nothing."""
        same = line is not None and self.line is not None and line.id == self.line.id
        self._found, self.line = found, line
        for part in (self.title, self.more, self.stands, self.proposal, self.why, self.verbs, self.area):
            part.setVisible(line is not None and found is not None)
        if line is None or found is None:
            return
        if not same:
            self._moves = ()
        self.title.setText(line.name)
        told = _("{stage} for {time}").format(stage=words.stage(found, line.stage), time=words.since(line))
        if line.stuck:
            told = _(" · ").join((told, _("longer than usual")))
        self.stands.setText(told)
        self._show_proposal(found, line)
        self._fill(found, line)

    def show_moves(self, moves: Sequence[MoveRow]) -> None:
        """The history of the account shown, the newest first."""
        self._moves = tuple(moves)
        if self._found is not None and self.line is not None:
            self._fill(self._found, self.line)

    def _show_proposal(self, found: Lifecycle, line: StageLine) -> None:
        wanted = line.proposal
        for part in (self.proposal, self.why):
            part.setVisible(wanted is not None)
        self.buttons["move"].setVisible(wanted is not None)
        self.buttons["put_off"].setVisible(wanted is not None and line.put_off is None)
        if wanted is None:
            return
        name = words.stage(found, wanted.stage)
        self.proposal.setText(_("Proposed: {stage}").format(stage=name))
        self.buttons["move"].setText(_("Move to {stage}").format(stage=name))
        why = words.because(wanted.because)
        if line.put_off is not None:
            why = _("{reasons} · put off until {date}").format(reasons=why, date=wording.date(line.put_off))
        self.why.setText(why)

    def _fill(self, found: Lifecycle, line: StageLine) -> None:
        while (entry := self.body.takeAt(0)) is not None:
            if (widget := entry.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self._index(line)
        self._criteria(found, line)
        self._history(found)
        self.body.addStretch(1)

    def _index(self, line: StageLine) -> None:
        value = words.index(line.index)
        self._head(_("How far it is used: {index} of 100").format(index=value))
        grid = _Grid()
        for part in line.index.parts:
            share = _("not measured") if part.share is None else f"{round(part.share * 100)}%"
            counted = part.share is not None and part.weight
            grid.row(_(words.PARTS[part.key]), share, f"× {part.weight:.2f} =" if counted else "",
                     f"{part.adds:.1f}" if counted else "–")  # fmt: skip
        self.body.addWidget(grid)
        if line.index.value is None:
            self._small(
                _("Too little is measured for an index. Import use figures, then score the accounts.")
            )

    def _criteria(self, found: Lifecycle, line: StageLine) -> None:
        rule = next((one for one in found.rules if one.key == line.stage), None)
        if rule is not None and rule.leave:
            self._head(_("To go on from {stage}").format(stage=words.stage(found, line.stage)))
            self._checks(lifecycle.checks(rule.leave, line))
        for other in found.rules:
            if line.stage in other.comes_from and other.enter and not other.outside:
                self._head(_("To enter {stage}").format(stage=words.stage(found, other.key)))
                self._checks(lifecycle.checks(other.enter, line))

    def _history(self, found: Lifecycle) -> None:
        if not self._moves:
            return
        self._head(_("Stages so far"))
        for one in self._moves:
            told = _("{date}: {before} → {after}").format(
                date=wording.date(one.on), before=words.stage(found, one.from_stage),
                after=words.stage(found, one.to_stage),
            )  # fmt: skip
            self._small(_(" · ").join((told, one.reason)) if one.reason else told)

    def _checks(self, checks: Sequence[lifecycle.Check]) -> None:
        for one in checks:
            self.body.addWidget(CheckLine(words.check(one), one.holds))

    def _head(self, text: str) -> None:
        self.body.addSpacing(themes.current().px(12))
        self.body.addWidget(Label(text, "small_strong", wrap=True))

    def _small(self, text: str, ink: str = "") -> None:
        self.body.addWidget(Label(text, "small", ink or "text.secondary", wrap=True))


class CheckLine(QWidget):
    """A criterion behind a tick where it holds, a hollow ring where it does not."""

    def __init__(self, text: str, holds: bool) -> None:
        super().__init__()
        self.holds = holds
        self.words = Label(text, "small", "text.primary" if holds else "text.secondary", wrap=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(themes.current().px(20), 0, 0, 0)
        row.addWidget(self.words)
        told = _("Met: {criterion}") if holds else _("Not met: {criterion}")
        self.words.setAccessibleName(told.format(criterion=text))

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """The mark, in the middle of the first line."""
        theme = themes.current()
        side = theme.px(14 if self.holds else 8)
        middle = theme.line("small") / 2
        box = QRectF(theme.px(7) - side / 2, middle - side / 2, side, side)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.holds:
            icons.paint(painter, "check", "health.green.text", box)
            return
        painter.setPen(QPen(theme.colour("line.control"), theme.px(1)))
        painter.drawEllipse(box)


class _Grid(QWidget):
    """Columns: a name, its share, its weight, what it adds."""

    def __init__(self) -> None:
        super().__init__()
        self._layout = QGridLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setVerticalSpacing(themes.current().px(4))
        self._layout.setHorizontalSpacing(themes.current().px(6))
        self._layout.setColumnStretch(0, 1)
        self._count = 0

    def row(self, *texts: str) -> None:
        """One line."""
        for place, text in enumerate(texts):
            side = Qt.AlignmentFlag.AlignRight if place else Qt.AlignmentFlag.AlignLeft
            label = Label(text, "small", "text.primary" if place == 1 else "text.secondary")
            self._layout.addWidget(label, self._count, place, side)
        self._count += 1

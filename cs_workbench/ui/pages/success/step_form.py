"""One step of a map as a form: name, exit criterion, usual days, and the means that move an account over it."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from cs_workbench.domain.success_map import EXIT_KINDS, MEANS_KINDS, STUCK_DAYS, Means, Step, is_share
from cs_workbench.i18n import _
from cs_workbench.services.success_maps import EXITS, KINDS
from cs_workbench.ui import theme as themes
from cs_workbench.ui.widgets.button import Button
from cs_workbench.ui.widgets.calm_choice import CalmChoice
from cs_workbench.ui.widgets.fields import LineEdit
from cs_workbench.ui.widgets.label import Label


class MeansRow(QWidget):
    """A means: its kind, its title, and × to take it out."""

    edited = Signal()
    removed = Signal(object)

    def __init__(self, means: Means) -> None:
        super().__init__()
        self._detail = means.detail
        self.kind = CalmChoice(name=_("Kind of means"), choices=[(one, _(KINDS[one])) for one in MEANS_KINDS])
        self.kind.show_value(means.kind)
        self.title = LineEdit(means.title, name=_("Success means"), placeholder=_("What moves an account on"))
        self.cross = Button(kind="quiet", icon="x", name=_("Take out"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(themes.current().px(8))
        row.addWidget(self.kind)
        row.addWidget(self.title, 1)
        row.addWidget(self.cross)
        self.kind.picked.connect(lambda _key: self.edited.emit())
        self.title.textEdited.connect(lambda _text: self.edited.emit())
        self.cross.clicked.connect(lambda: self.removed.emit(self))

    def means(self) -> Means:
        """What is typed."""
        return Means(self.kind.currentData(), self.title.text(), self._detail)


class StepForm(QScrollArea):
    """``edited`` tells that something was typed; ``step`` gives what stands there."""

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._step = Step("")
        self._shares: frozenset[str] = frozenset()
        self.name = LineEdit(name=_("Name of the step"), placeholder=_("What is reached at its end"))
        self.kind = CalmChoice(name=_("Exit criterion"), choices=[(one, _(EXITS[one])) for one in EXIT_KINDS])
        self.text = LineEdit(name=_("Exit in words"), placeholder=_("How one sees that it is done"))
        self.measure = CalmChoice(name=_("Metric"))
        self.bound = LineEdit(name=_("At least"))
        self.percent = Label("%", "body", "text.secondary")
        self.days = LineEdit(name=_("Usual days"), placeholder=str(STUCK_DAYS))
        self.more = Button(_("Add means"), "quiet", icon="plus")
        self.rows: list[MeansRow] = []
        self._lay_out()
        for edit in (self.name, self.text, self.bound, self.days):
            edit.textEdited.connect(lambda _text: self.edited.emit())
        self.kind.picked.connect(self._on_kind)
        self.measure.picked.connect(self._on_kind)
        self.more.clicked.connect(self.add_means)

    def _lay_out(self) -> None:
        theme = themes.current()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(self.focusPolicy().NoFocus)
        self.viewport().setAutoFillBackground(False)
        for edit in (self.bound, self.days):
            edit.setFixedWidth(theme.px(88))
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(theme.px(24), theme.px(16), theme.px(24), theme.px(16))
        column.setSpacing(theme.px(4))

        def line(title: str, *parts: QWidget) -> None:
            column.addWidget(Label(title, "small", "text.secondary"))
            row = QHBoxLayout()
            row.setSpacing(theme.px(8))
            for part in parts:
                row.addWidget(part)
            if not isinstance(parts[-1], LineEdit) or parts[-1] in (self.days,):
                row.addStretch(1)
            column.addLayout(row)
            column.addSpacing(theme.px(8))

        line(_("Name of the step"), self.name)
        line(_("Exit criterion"), self.kind, self.measure, self.bound, self.percent)
        line(_("Exit in words"), self.text)
        line(_("Usual days on this step"), self.days)
        column.addWidget(Label(_("Success means, in the order they are used"), "small", "text.secondary"))
        self._means = QVBoxLayout()
        self._means.setSpacing(theme.px(4))
        column.addLayout(self._means)
        below = QHBoxLayout()
        below.addSpacing(-self.more.inset)  # its icon stands under the fields' edge
        below.addWidget(self.more)
        below.addStretch(1)
        column.addLayout(below)
        column.addStretch(1)
        self.setWidget(inner)
        inner.setAutoFillBackground(False)  # setWidget turns it on

    def offer(self, metrics: Sequence[tuple[str, str]], shares: frozenset[str] = frozenset()) -> None:
        """The metrics an exit can rest on, and which of them are shares of one."""
        self._shares = shares
        self.measure.set_choices([("", _("Choose a metric")), *metrics])

    def show_step(self, step: Step, *, enabled: bool) -> None:
        """Show a step to be edited, or only read."""
        self._step = step
        self.name.setText(step.name)
        self.text.setText(step.exit_text)
        self.kind.show_value(step.exit_kind)
        self.measure.show_value(step.exit_metric)
        self.bound.setText(self._written(step))
        self.days.setText("" if step.usual_days is None else str(step.usual_days))
        for row in self.rows:
            row.hide()
            row.deleteLater()
        self.rows = []
        for one in step.means:
            self._row(one)
        self._fit()
        for part in (
            self.name,
            self.kind,
            self.text,
            self.measure,
            self.bound,
            self.days,
            self.more,
            *self.rows,
        ):
            part.setEnabled(enabled)

    def step(self) -> Step:
        """What stands there; a figure that is none becomes one that is refused."""
        kind, metric = self.kind.currentData(), str(self.measure.currentData() or "")
        share = self._is_share()
        bound = _number(self.bound.text())
        days = _number(self.days.text())
        whole = None if days is None else int(days) if days == int(days) else -1
        if self.days.text().strip() and whole is None:
            whole = -1
        return replace(
            self._step, name=self.name.text(), exit_text=self.text.text(), exit_kind=kind, exit_metric=metric,
            at_least=bound / 100 if share and bound is not None else bound, usual_days=whole,
            means=tuple(row.means() for row in self.rows),
        )  # fmt: skip

    def add_means(self) -> None:
        """One more means, to be named."""
        row = self._row(Means("training", ""))
        row.title.setFocus()
        self.edited.emit()

    def frame(self, flaw: str) -> None:
        """Frame the field a refusal is about, and go there; "" takes the frames away."""
        fields = {"no_name": self.name, "same_name": self.name, "no_bound": self.bound, "share": self.bound,
                  "days": self.days}  # fmt: skip
        for edit in (self.name, self.bound, self.days):
            edit.set_wrong(fields.get(flaw) is edit)
        if flaw in fields:
            fields[flaw].setFocus()
        elif flaw == "no_metric":
            self.measure.setFocus()
        elif flaw == "no_means_title":
            blank = next((row for row in self.rows if not row.title.text().strip()), None)
            if blank is not None:
                blank.title.setFocus()

    def _row(self, means: Means) -> MeansRow:
        row = MeansRow(means)
        row.edited.connect(self.edited)
        row.removed.connect(self._on_removed)
        self._means.addWidget(row)
        before: QWidget = self.rows[-1].cross if self.rows else self.days
        for part in (row.kind, row.title, row.cross, self.more):
            QWidget.setTabOrder(before, part)
            before = part
        self.rows.append(row)
        return row

    def _on_removed(self, row: MeansRow) -> None:
        self.rows.remove(row)
        row.hide()
        row.deleteLater()
        self.more.setFocus()
        self.edited.emit()

    def _on_kind(self, _key: object) -> None:
        self._fit()
        self.edited.emit()

    def _fit(self) -> None:
        kind, share = self.kind.currentData(), self._is_share()
        self.measure.setVisible(kind == "metric")
        self.bound.setVisible(kind != "confirmed")
        self.percent.setVisible(kind != "confirmed" and share)

    def _is_share(self) -> bool:
        """Whether the bound is written in percent; a metric drawn up with one above 1 keeps its plain figure."""
        kind, metric = self.kind.currentData(), str(self.measure.currentData() or "")
        if kind == "metric" and metric in self._shares:
            return metric != self._step.exit_metric or (self._step.at_least or 0) <= 1
        return is_share(kind, metric, "")

    def _written(self, step: Step) -> str:
        """The bound of the step just shown, as one types it."""
        if step.at_least is None:
            return ""
        return f"{round(step.at_least * 100 if self._is_share() else step.at_least, 6):g}"


def _number(text: str) -> float | None:
    plain = unicodedata.normalize("NFKC", text).strip().removesuffix("%").replace(",", "")
    try:
        found = float(plain)
    except ValueError:
        return None
    return found if abs(found) < 1e12 else None

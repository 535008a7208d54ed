"""One ledger on screen: key figures, benefits with an editor below, charts, costs."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from cs_workbench.domain.ledger_checks import lost_years
from cs_workbench.i18n import _, ngettext
from cs_workbench.services import value_checks, value_notices, value_past, value_words
from cs_workbench.services.value_choices import Choices
from cs_workbench.services.value_reading import LedgerView
from cs_workbench.ui import theme as themes
from cs_workbench.ui import wording
from cs_workbench.ui.desk import Desk
from cs_workbench.ui.models import value_model, value_parts
from cs_workbench.ui.models.fact_model import FactModel
from cs_workbench.ui.models.value_model import BenefitLine, BenefitModel
from cs_workbench.ui.page import Verbs
from cs_workbench.ui.pages.value import figures
from cs_workbench.ui.pages.value.acts import Acts
from cs_workbench.ui.pages.value.benefits import BenefitTable
from cs_workbench.ui.pages.value.editor import LineEditor
from cs_workbench.ui.pages.value.figure_cells import KeyFigures
from cs_workbench.ui.pages.value.questions import BenefitQuestion, CostQuestion
from cs_workbench.ui.pages.value.reading import Hang
from cs_workbench.ui.widgets.button import Button
from cs_workbench.ui.widgets.fact_table import FactTable
from cs_workbench.ui.widgets.figure_frame import FigureFrame, Twin
from cs_workbench.ui.widgets.label import Label
from cs_workbench.ui.widgets.notice import Notice
from cs_workbench.ui.widgets.tornado import Tornado
from cs_workbench.ui.widgets.waterfall import Waterfall

_CRAMPED = 960
"""Width, px at scale 1, under which the charts stand one over the other."""


class LedgerBody(QWidget):
    """Everything about one ledger in a scrolled column; the page gives it what was read.

    ``working_asked`` carries the key of the figure whose working is wanted.
    """

    working_asked = Signal(str)

    def __init__(self, desk: Desk, acts: Acts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._acts = desk, acts
        self.view: LedgerView | None = None
        self.known = Choices()
        self.hang = Hang()
        self._wanted: int | None = None
        self.figures = KeyFigures()
        self.notice = Notice("left")
        self.benefits = BenefitTable(BenefitModel(value_model.benefit_columns(), self))
        self.no_line, self.past = (
            Label("", style, "text.secondary", wrap=True) for style in ("body", "small")
        )
        self.editor = LineEditor(desk, acts)
        self.waterfall, self.tornado = Waterfall(), Tornado()
        self.fall_frame, self.swing_frame = FigureFrame(self.waterfall), FigureFrame(self.tornado)
        self.costs_title = Label("", "title")
        self.add_cost = Button(icon="plus", small=True)
        self.costs = FactTable(FactModel(value_parts.cost_columns(), self), refuse=self._refuse)
        self._lay_out()
        self._connect()
        self.retranslate()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, themes.current().px(24))
        column.setSpacing(themes.current().px(16))
        for part in (self.figures, self.notice, self.benefits, self.no_line, self.editor):
            part.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.figures)
        column.addLayout(_edged(self.notice))
        column.addLayout(_edged(self.past))
        column.addWidget(self.benefits)
        column.addLayout(_edged(self.no_line))
        column.addLayout(_edged(self.editor))
        self._charts = _edged(self.fall_frame, self.swing_frame)
        column.addLayout(self._charts)
        head = _edged(self.costs_title)
        head.addStretch(1)
        head.addWidget(self.add_cost)
        column.addLayout(head)
        column.addWidget(self.costs)
        column.addStretch(1)
        self.costs.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.editor.hide()

    def _connect(self) -> None:
        self.figures.asked.connect(self.working_asked)
        self.benefits.opened.connect(lambda _row: self.open_line())
        self.benefits.closed.connect(self.close_line)
        self.benefits.deleted.connect(self._remove_line)
        self.benefits.selectionModel().currentRowChanged.connect(lambda *_moved: self._follow())
        self.editor.closed.connect(self.close_line)
        self.tornado.opened.connect(self.open_line_of)
        self.swing_frame.opened.connect(self.open_line_of)
        for frame in (self.fall_frame, self.swing_frame):
            frame.copied.connect(self._tell_copied)
        self.costs.facts.edited.connect(lambda row, key, text: self._acts.edit("cost", row.id, key, text))
        self.costs.deleted.connect(lambda row: self._acts.remove("cost", row.id, row.title))
        self.add_cost.clicked.connect(self.ask_cost)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Charts side by side, or one over the other where they would be cramped."""
        super().resizeEvent(event)
        narrow = self.width() < themes.current().px(_CRAMPED)
        side = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        if self._charts.direction() != side:
            self._charts.setDirection(side)

    def retranslate(self) -> None:
        """Fixed texts, and the ledger again."""
        self.benefits.setAccessibleName(_("Benefits"))
        self.no_line.setText(_("No benefit yet: add one, or begin with a model."))
        self.costs_title.setText(_("Costs"))
        self.costs.setAccessibleName(_("Costs"))
        self.add_cost.setText(_("Add cost"))
        for frame in (self.fall_frame, self.swing_frame):
            frame.retranslate()
        self.editor.retranslate()
        if self.view is not None:
            self.show_view(self.view, self.known, self.hang)

    def show_view(
        self, view: LedgerView, known: Choices, hang: Hang, rates: dict[str, bool] | None = None
    ) -> None:
        """Show a ledger as it was read and computed."""
        if self.view is None or self.view.head.id != view.head.id:
            self.editor.hide()
        chosen = self.benefits.benefit()
        self.view, self.known, self.hang = view, known, hang
        self.editor.rates = self.editor.rates if rates is None else rates
        self.figures.show_view(view)
        rows = value_model.benefit_rows(view)
        self.benefits.facts.fill(rows)
        self.benefits.fit()
        self.benefits.setVisible(bool(rows))
        self.no_line.setVisible(not rows)
        _tell(self.past, value_past.words(view))
        self.benefits.choose_benefit(self._wanted or (chosen.id if chosen else None))
        self.costs.facts.fill(value_parts.cost_rows(view))
        self.costs.setFixedHeight(self.costs.content_height())
        self.costs.setVisible(bool(view.costs))
        self._show_charts(view, hang)
        self._warn(view)
        if self._wanted is not None and self.benefits.benefit() is not None:
            self._wanted = None
            self.open_line()
        self._follow()

    def want(self, line_id: int) -> None:
        """Open a benefit that was just added as soon as it is read."""
        self._wanted = line_id
        if self.view is not None and any(line.id == line_id for line in self.view.lines):
            self.show_view(self.view, self.known, self.hang)

    def open_line(self) -> None:
        """Show the chosen benefit in full below the table and go there."""
        if self.benefits.benefit() is None:
            return
        self.editor.show()
        self._follow()
        field = self.editor.texts["title" if self.editor.line and not self.editor.line.title else "formula"]
        field.setFocus(Qt.FocusReason.OtherFocusReason)
        field.edit.deselect()  # so that one key does not replace a whole formula

    def open_line_of(self, line_id: int) -> None:
        """Show the benefit a figure stands for."""
        self.benefits.choose_benefit(line_id)
        self.open_line()

    def close_line(self) -> None:
        """Only the table again."""
        self.editor.hide()
        self.benefits.setFocus()

    def toggle_line(self) -> None:
        """Open or close the benefit in full."""
        self.open_line() if self.editor.isHidden() else self.close_line()

    def ask_benefit(self, below: QWidget) -> None:
        """What gets better, in revenue or in cost."""
        if self.view is None:
            return
        ledger = self.view.head.id
        question = BenefitQuestion(self)
        question.answered.connect(
            lambda title, kind, way: self._acts.add_line(ledger, title, kind, self.want, calculator=way)
        )
        question.ask(below.mapToGlobal(below.rect().bottomRight()), self.window())
        question.name.setFocus()

    def ask_cost(self) -> None:
        """What it is spent on and how much."""
        if self.view is None:
            return
        ledger = self.view.head.id
        question = CostQuestion(self, years=self.view.head.years)
        question.answered.connect(
            lambda title, kind, amounts: self._acts.add_cost(ledger, title, kind, amounts)
        )
        question.ask(self.add_cost.mapToGlobal(self.add_cost.rect().bottomRight()), self.window())
        question.name.setFocus()

    def verbs(self) -> Verbs:
        """What the keys do on the benefits."""
        found: dict[str, Callable[[], object]] = {"copy_rows": self.copy}
        if self.benefits.benefit() is None:
            return found
        return found | {
            "edit": self.open_line, "open_row": self.open_line, "delete": self.remove_chosen,
            "details": self.toggle_line, "next_row": lambda: self.benefits.step(1),
            "previous_row": lambda: self.benefits.step(-1),
        }  # fmt: skip

    def working_key(self) -> str:
        """Whose working the keys ask for: a figure, a cost, a benefit; the headline's where they are elsewhere."""
        if key := self.figures.asked_for():
            return key
        focused = self.window().focusWidget()
        cost = self.costs.chosen()
        if focused is self.costs and cost is not None:
            return f"cost:{cost.id}"
        row = self.benefits.benefit()
        return f"line:{row.id}" if focused is self.benefits and row is not None and row.line else "roi"

    def remove_chosen(self) -> None:
        """Remove what the keys are on: a cost, an input or evidence with the focus, else the benefit."""
        for table in (self.costs, self.editor.inputs, self.editor.evidence):
            if self.window().focusWidget() is table and table.chosen() is not None:
                table.deleted.emit(table.chosen())
                return
        self._remove_line(self.benefits.benefit())

    def copy(self) -> None:
        """Benefits (or the table with the focus) on the clipboard."""
        tables = (self.costs, self.editor.inputs, self.editor.evidence)
        table = next((one for one in tables if one is self.window().focusWidget()), self.benefits)
        QGuiApplication.clipboard().setText(table.facts.tsv())
        _copied(self._desk, len(table.facts.rows))

    def _show_charts(self, view: LedgerView, hang: Hang) -> None:
        caption, falls, twin = figures.waterfall(view)
        self.waterfall.show_falls(falls)
        self.waterfall.entitle(caption.title)
        self.fall_frame.show_words(caption, _always(twin))
        about, swings, table = figures.tornado(view, hang.swings, hang)
        result = view.outcome.result
        now = float(result.npv) if result else sum((float(one.present) for one in view.outcome.proven), 0.0)
        words = wording.money(result.npv, view.head.currency) if result and view.outcome.proven else ""
        self.tornado.show_swings(swings, now, words)
        self.tornado.entitle(about.title)
        self.tornado.setVisible(bool(swings))
        self.swing_frame.show_words(about, _always(table))

    def _warn(self, view: LedgerView) -> None:
        """Say what to look at, if anything."""
        said = warnings(view)
        if not said:
            self.notice.hide()
            return
        first = ngettext("{n} thing to look at", "{n} things to look at", len(said)).format(n=len(said))
        self.notice.say(first, "\n".join(said), tone="yellow")

    def _follow(self) -> None:
        row = self.benefits.benefit()
        if self.view is None or self.editor.isHidden():
            return
        if row is None:
            self.editor.hide()
            return
        self.editor.show_line(self.view, next(one for one in self.view.lines if one.id == row.id), self.known)

    def _remove_line(self, row: object) -> None:
        if isinstance(row, BenefitLine):
            self._acts.remove("line", row.id, row.title)

    def _refuse(self, _row: object, key: str, text: str) -> str:
        why = self._acts.refusal("cost", key, text)
        return why or (value_checks.years_refusal(key, text, self.view.head.years) if self.view else "")

    def _tell_copied(self, what: str) -> None:
        self._desk.tell(_("Picture copied") if what == "picture" else _("Data copied"))


def _edged(*widgets: QWidget) -> QHBoxLayout:
    """Widgets side by side with the page's margin."""
    theme = themes.current()
    row = QHBoxLayout()
    row.setContentsMargins(theme.px(24), 0, theme.px(24), 0)
    row.setSpacing(theme.px(16))
    for widget in widgets:
        row.addWidget(widget, 1)
    return row


def _copied(desk: Desk, count: int) -> None:
    """Say how many rows were copied."""
    desk.tell(ngettext("{n} row copied", "{n} rows copied", count).format(n=f"{count:,}"))


def _tell(label: Label, words: str) -> None:
    """Show words where there are any."""
    label.setText(words)
    label.setVisible(bool(words))


def _always(twin: Twin) -> Callable[[], Twin]:
    return lambda: twin


def warnings(view: LedgerView) -> list[str]:
    """What is left out and why, and inputs that several benefits share: a sentence each."""
    titles = {line.id: line.title for line in view.lines} | {-cost.id: cost.title for cost in view.costs}
    troubles = [*view.troubles.items(), *((-key, one) for key, one in view.cost_troubles.items())]
    said = [
        _("{title}: {why}").format(title=titles[key], why=value_model.trouble_words(one))
        for key, one in troubles
    ]
    said += value_words.overlap_sentences(view.ledger.benefits, view.inputs)
    late = _("“{title}” has amounts after the last year of the ledger: they are not counted.")
    said += [late.format(title=one.title) for one in lost_years(view.ledger.costs, view.head.years)]
    return [*said, *value_notices.warnings(view)]

"""“There is no ROI, we are leaving”: find the business figure, say how we move it, ask for the proof."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from cs_workbench.domain import working_days
from cs_workbench.domain.text import fold
from cs_workbench.errors import InvalidValue
from cs_workbench.i18n import _
from cs_workbench.services import value_guide
from cs_workbench.services.value_choices import Choices
from cs_workbench.services.value_guide import WHOM, BusinessFigure, Said
from cs_workbench.services.value_models import stated
from cs_workbench.ui import theme as themes
from cs_workbench.ui.desk import Desk
from cs_workbench.ui.models.fact_model import FactModel
from cs_workbench.ui.models.value_guide_model import figure_columns
from cs_workbench.ui.pages.value.acts import Acts
from cs_workbench.ui.widgets.button import Button
from cs_workbench.ui.widgets.calm_choice import CalmChoice
from cs_workbench.ui.widgets.card import Card
from cs_workbench.ui.widgets.date_field import DateField
from cs_workbench.ui.widgets.fact_table import FactTable
from cs_workbench.ui.widgets.fields import CheckBox, Field
from cs_workbench.ui.widgets.label import Label
from cs_workbench.ui.widgets.sentence_field import SentenceField

_WIDE = 760
_ROWS = 6
_WEEK = dt.timedelta(days=7)


class Guide(QWidget):
    """Three steps on one page. ``tied`` carries what was made; ``left`` when the ledger is wanted again."""

    tied = Signal(object)
    left = Signal()

    def __init__(self, desk: Desk, acts: Acts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._acts = desk, acts
        self.account_id: int | None = None
        self.ledger_id: int | None = None
        self.business: tuple[BusinessFigure, ...] = ()
        self.known = Choices()
        self.why = Label("", "body", "text.secondary", wrap=True)
        self.cards = [Card(" "), Card(" "), Card(" ")]
        self.words = Field(name="")
        self.table = FactTable(FactModel(figure_columns(), self))
        self.mechanism = SentenceField(name="")
        self.ask = SentenceField(name="")
        self.whom = CalmChoice(name="")
        self.task = CheckBox("")
        self.due = DateField(name="", today=desk.today())
        self.tie_button = Button(kind="filled", icon="link", keys="Ctrl ↵")
        self.leave_button = Button()
        self._lay_out()
        self.words.edit.textChanged.connect(lambda _text: self._filter())
        self.words.edit.returnPressed.connect(self.table.setFocus)
        self.table.opened.connect(lambda _row: self._go_on())
        self.table.selectionModel().currentRowChanged.connect(lambda *_moved: self._take())
        self.mechanism.edit.returnPressed.connect(
            lambda: self.ask.edit.setFocus(Qt.FocusReason.TabFocusReason)
        )
        self.ask.edit.returnPressed.connect(self.tie_button.setFocus)
        self.tie_button.clicked.connect(self.tie)
        self.leave_button.clicked.connect(self.left)
        self.retranslate()

    def _lay_out(self) -> None:
        theme = themes.current()
        one, two, three = (card.column for card in self.cards)
        one.addWidget(self.words)
        one.addWidget(self.table)
        two.addWidget(self.mechanism)
        three.addWidget(self.ask)
        row = QHBoxLayout()
        row.setSpacing(theme.px(12))
        row.addWidget(self.whom, 1)
        row.addWidget(self.task)
        row.addWidget(self.due, 1)
        three.addLayout(row)
        foot = QHBoxLayout()
        foot.setSpacing(theme.px(8))
        foot.addStretch(1)
        foot.addWidget(self.leave_button)
        foot.addWidget(self.tie_button)
        inner = QWidget()
        inner.setMaximumWidth(theme.px(_WIDE))
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(16))
        column.addWidget(self.why)
        for card in self.cards:
            column.addWidget(card)
        column.addLayout(foot)
        outer = QHBoxLayout(self)
        outer.setContentsMargins(*[theme.px(24), theme.px(16)] * 2)
        outer.addWidget(inner, 1, Qt.AlignmentFlag.AlignTop)
        outer.addStretch(0)
        self.table.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)

    def retranslate(self) -> None:
        """Fixed texts."""
        self.why.setText(
            _(
                "“There is no ROI, we are leaving” means: the business figure we contribute to has not been named, or"
                " nothing ties us to it. Find the figure, say how we move it, ask for the proof."
            )
        )
        titles = (
            _("1. Which figure does their management watch?"),
            _("2. How do we move it? (A: the logic)"),
            _("3. What would prove it? (B: the fact)"),
        )
        for card, title in zip(self.cards, titles, strict=True):
            card.title.setText(title)
        self.words.edit.setAccessibleName(_("Business figure"))
        self.words.edit.setPlaceholderText(_("Search, or name it in the customer's words"))
        self.table.setAccessibleName(_("Business figures"))
        self.mechanism.edit.setAccessibleName(_("How it comes about, in one sentence"))
        self.mechanism.edit.setPlaceholderText(_("How it comes about, in one sentence"))
        self.ask.edit.setAccessibleName(_("What to ask"))
        self.ask.edit.setPlaceholderText(_("What to ask"))
        self.whom.setAccessibleName(_("Whom to ask"))
        self.task.setText(_("Task, due"))
        self.task.setAccessibleName(_("Make the question a task"))
        self.due.edit.setAccessibleName(_("Due"))
        self.tie_button.setText(_("Tie to the ledger"))
        self.leave_button.setText(_("Back"))

    def begin(
        self, account_id: int, ledger_id: int | None, business: tuple[BusinessFigure, ...], known: Choices
    ) -> None:
        """Start over for an account; the figures that fit it come first."""
        self.account_id, self.ledger_id = account_id, ledger_id
        self.business, self.known = business, known
        self.whom.set_choices([(None, _("nobody named")), *known.people])
        self.task.setChecked(True)
        self.due.set_value(working_days.on_or_after(self._desk.today() + _WEEK))
        self.words.edit.clear()
        self._filter()

    def chosen(self) -> BusinessFigure | None:
        """The figure the keys are on; one of the person's own words where none fits them."""
        row = self.table.chosen()
        if isinstance(row, BusinessFigure):
            return row
        try:
            return value_guide.own_figure(self.words.edit.text())
        except InvalidValue:
            return None

    def tie(self) -> None:
        """Make the line, its question and its task, if everything is said."""
        figure = self.chosen()
        for field in (self.words, self.mechanism, self.ask):
            field.clear_problem()
        if figure is None or self.account_id is None:
            self.words.refuse(_("Choose a figure, or name one."))
            return
        if not self.mechanism.edit.text().strip():
            self.mechanism.refuse(_("Nothing says how we contribute yet. Write one sentence."))
            return
        if not self.ask.edit.text().strip():
            self.ask.refuse(_("There is no question yet. Write what to ask."))
            return
        due = self.due.value if self.task.isChecked() else None
        said = Said(self.mechanism.edit.text(), self.ask.edit.text(), self.whom.currentData(), due)
        self._acts.tie(self.account_id, figure, said, self.ledger_id, self.tied.emit)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Ctrl Enter ties, Esc leaves."""
        held = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and held:
            self.tie()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _filter(self) -> None:
        words = fold(self.words.edit.text())
        rows = [one for one in self.business if words in fold(f"{one.title} {one.about}")]
        self.table.facts.fill(rows)
        height = self.table.horizontalHeader().height() + min(len(rows), _ROWS) * themes.current().row(40) + 2
        self.table.setFixedHeight(height)
        self.table.setVisible(bool(rows))
        if rows:
            self.table.choose(0)
        self._take()

    def _take(self) -> None:
        """Propose the logic, the question and the person of the figure chosen."""
        figure = self.chosen()
        if figure is None:
            return
        self.mechanism.edit.setText(stated(figure.benefit) if figure.benefit.mechanism else "")
        self.ask.edit.setText(figure.benefit.ask)
        for field in (self.mechanism, self.ask):
            field.clear_problem()
        self.whom.show_value(self.known.first_with(*WHOM.get(figure.benefit.whom, (figure.benefit.whom,))))
        self.whom.setCurrentIndex(max(0, self.whom.currentIndex()))

    def _go_on(self) -> None:
        self.mechanism.edit.setFocus(Qt.FocusReason.TabFocusReason)

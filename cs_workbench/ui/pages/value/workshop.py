"""The workshop: claim after claim under its two tests, by the keys alone."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from cs_workbench.i18n import _
from cs_workbench.services import value_workshop
from cs_workbench.services.value_choices import Choices
from cs_workbench.services.value_reading import LedgerView
from cs_workbench.services.value_workshop import Claim
from cs_workbench.ui import theme as themes
from cs_workbench.ui.desk import Desk
from cs_workbench.ui.models.fact_model import FactModel
from cs_workbench.ui.page import Verbs
from cs_workbench.ui.pages.value import claims as listed
from cs_workbench.ui.pages.value.acts import Acts
from cs_workbench.ui.pages.value.claim_card import ClaimCard
from cs_workbench.ui.widgets.fact_table import FactTable
from cs_workbench.ui.widgets.label import Label
from cs_workbench.ui.widgets.scrolled import scrolled

_LIST = 420


class Workshop(QWidget):
    """Claims at the left, the chosen one with its tests at the right. ``left`` when the ledger is wanted again."""

    left = Signal()

    def __init__(self, desk: Desk, acts: Acts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._acts = desk, acts
        self.view: LedgerView | None = None
        self.known = Choices()
        self._at: int | None = None
        self._due: int | None = None
        self.table = FactTable(FactModel(listed.claim_columns(self._currency), self))
        self.sentence = Label("", "body", "text.secondary", wrap=True)
        self.card = ClaimCard(desk, acts)
        self.nothing = Label("", "body", "text.secondary", wrap=True)
        theme = themes.current()
        left = QVBoxLayout()
        left.setContentsMargins(0, theme.px(16), 0, 0)
        left.setSpacing(theme.px(12))
        inset = QHBoxLayout()
        inset.setContentsMargins(theme.px(24), 0, theme.px(16), 0)
        inset.addWidget(self.sentence)
        left.addLayout(inset)
        left.addWidget(self.table, 1)
        self.table.setFixedWidth(theme.px(_LIST))
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(theme.px(24), theme.px(16), theme.px(24), theme.px(24))
        column.addWidget(self.card)
        column.addWidget(self.nothing)
        column.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addLayout(left)
        row.addWidget(scrolled(right), 1)
        self.table.opened.connect(lambda _claim: self.card.begin())
        self.table.selectionModel().currentRowChanged.connect(lambda *_moved: self._follow())
        self.retranslate()

    def retranslate(self) -> None:
        """Fixed texts, then the claims again."""
        self.table.setAccessibleName(_("Claims"))
        self.sentence.setText(
            _(
                "Each claim is tested twice. A: is the logic accepted without friction? B: can it be proved by fact?"
            )
        )
        self.nothing.setText(_("No claim yet: add a benefit, or find the business figure first."))
        self.card.retranslate()
        if self.view is not None:
            self.show_view(self.view, self.known)

    def show_view(self, view: LedgerView, known: Choices) -> None:
        """Show the claims of a ledger; the one being looked at stays."""
        self.view, self.known = view, known
        chosen = self.claim()
        wanted = self._at if chosen is None else chosen.line.id
        if self._due is not None and any(line.id == self._due for line in view.lines):
            wanted, self._due = self._due, None
        found = value_workshop.claims(view)
        self.table.facts.fill(found)
        at = next((n for n, one in enumerate(found) if one.line.id == wanted), 0)
        if found:
            self.table.choose(at)
        self.table.setVisible(bool(found))
        self.nothing.setVisible(not found)
        self._follow()

    def fact(self) -> str:
        """How far the claims have come."""
        return listed.summary(self.table.facts.rows)

    def claim(self) -> Claim | None:
        """The claim the keys are on."""
        row = self.table.chosen()
        return row if isinstance(row, Claim) else None

    def verbs(self) -> Verbs:
        """J and K walk, Space answers the next open test with yes, E goes into the card, H makes the task."""
        claim = self.claim()
        if claim is None:
            return {}
        return {
            "next_row": lambda: self.table.step(1), "previous_row": lambda: self.table.step(-1),
            "done": self.pass_next, "edit": self.card.begin, "open_row": self.card.begin,
            "hand_over": self.card.make_task,
        }  # fmt: skip

    def pass_next(self) -> None:
        """Answer the next open test with yes: today, by who is named, if anybody is."""
        claim = self.claim()
        if claim is None:
            return
        if claim.line.logic != "accepted":
            self.card.a.take("accepted")
        elif claim.line.fact != "proved":
            self.card.b.take("proved")

    def want(self, line_id: int) -> None:
        """Go to a claim that was just made as soon as it is read."""
        self._at, self._due = line_id, line_id

    def choose(self, line_id: int | None) -> None:
        """Go to the claim of a line."""
        self._at = line_id
        for n, one in enumerate(self.table.facts.rows):
            if one.line.id == line_id:
                self.table.choose(n)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Esc goes from the card to the claims, from there to the ledger."""
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif self.card.isAncestorOf(self.window().focusWidget() or self.table):
            self.table.setFocus()
        else:
            self.left.emit()

    def _currency(self) -> str:
        return self.view.head.currency if self.view is not None else ""

    def _follow(self) -> None:
        claim = self.claim()
        self.card.setVisible(claim is not None)
        if claim is not None and self.view is not None:
            self._at = claim.line.id
            self.card.show_claim(self.view, claim, self.known)

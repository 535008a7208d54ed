"""A ledger with the working of its figures in a pane beside it."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from cs_workbench.services import value_working
from cs_workbench.services.value_reading import LedgerView
from cs_workbench.ui.pages.value.ledger import LedgerBody
from cs_workbench.ui.pages.value.reading import AccountRead, Hang
from cs_workbench.ui.pages.value.working import WorkingPane
from cs_workbench.ui.widgets.kept_place import KeptPlace
from cs_workbench.ui.widgets.scrolled import scrolled
from cs_workbench.ui.widgets.split import DetailSplit


class LedgerScreen(DetailSplit):
    """``body`` scrolls at the left, the working opens at the right on W, Enter or a press on a figure."""

    def __init__(self, body: LedgerBody, parent: QWidget | None = None) -> None:
        self.body, self.steps = body, WorkingPane()
        area = self.area = scrolled(body)
        super().__init__(area, self.steps, shown=False, parent=parent)
        self.place = KeptPlace(area)
        self._shown = 0
        body.working_asked.connect(self.show_working)
        self.steps.closed.connect(self.hide_working)

    def show_view(self, view: LedgerView, data: AccountRead) -> None:
        """Show a ledger as it was read, and its workings."""
        number = view.head.id
        self.place.hold(self._worked_in() if number == self._shown else None)
        if number != self._shown:  # another ledger is read from its top
            self.area.verticalScrollBar().setValue(0)
        self._shown = number
        self.body.show_view(view, data.known, data.hang.get(number, Hang()), data.rates.get(number, {}))
        self.steps.show_all(value_working.workings(value_working.book(view.ledger, view.outcome, view)))

    def _worked_in(self) -> QWidget | None:
        """The part of the ledger the keys are in, the benefit shown in full where they are elsewhere."""
        body, focused = self.body, self.window().focusWidget()
        parts = (body.editor, body.costs, body.benefits)
        inside = (one for one in parts if one is focused or (focused and one.isAncestorOf(focused)))
        return next(inside, body.editor)

    def show_working(self, key: str) -> None:
        """The working of one figure."""
        self.open_pane()
        self.steps.show_key(key)
        self.steps.area.setFocus()

    def hide_working(self) -> None:
        """Only the ledger again."""
        self.close_pane()
        self.body.benefits.setFocus()

    def toggle_working(self) -> None:
        """The working of what the keys are on; away with it where the keys are in it."""
        focused = self.window().focusWidget()
        inside = focused is not None and (focused is self.steps or self.steps.isAncestorOf(focused))
        if self.steps.isVisible() and inside:
            self.hide_working()
        else:
            self.show_working(self.body.working_key())

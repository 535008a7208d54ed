"""The moves of one account over the map so far: when, from which step, to which; the newest first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from cs_workbench.i18n import _, mark
from cs_workbench.services import success_maps
from cs_workbench.ui import theme as themes
from cs_workbench.ui.models.fact_model import Column, FactModel
from cs_workbench.ui.pages.success.board_words import short_day
from cs_workbench.ui.widgets.fact_table import FactTable
from cs_workbench.ui.widgets.label import Label
from cs_workbench.ui.widgets.question import AskPopover

if TYPE_CHECKING:
    from cs_workbench.services.success_maps import MoveRow
    from cs_workbench.ui.pages.success.board import MapView

_SHOWN = 8
"""Rows without scrolling."""


class MoveHistory(AskPopover):
    """Arrows scroll, Enter and Esc close."""

    writes = False

    def __init__(self, account: str, moves: Sequence[MoveRow], today: dt.date, parent: QWidget) -> None:
        super().__init__(
            _("Moves of {account} so far").format(account=account), _("Close"), "check", parent, width=560
        )
        self.table = FactTable(FactModel(_columns(today), self))
        self.table.setAccessibleName(_("Moves so far"))
        self.none = Label(_("It has not moved on this map yet."), "body", "text.secondary", wrap=True)
        self.table.facts.fill(moves)
        rows = min(len(moves), _SHOWN)
        frame = self.table.content_height() - len(moves) * themes.current().row(40)
        self.table.setFixedHeight(frame + rows * themes.current().row(40))
        self.fields.addWidget(self.table)
        self.fields.addWidget(self.none)
        self.table.setVisible(bool(moves))
        self.none.setVisible(not moves)
        self.table.opened.connect(lambda _row: self.answer())

    def begin(self) -> None:
        """The keys go to the newest move, or to the button where there is none."""
        if self.table.facts.rowCount():
            self.table.choose(0)
            self.table.setFocus(Qt.FocusReason.PopupFocusReason)
        else:
            self.save.setFocus(Qt.FocusReason.PopupFocusReason)

    def answer(self) -> None:
        """Nothing is asked."""
        self.close()


def show_moves(view: MapView) -> None:
    """Read and show the moves of the chosen account."""
    card, board = view.canvas.card(), view.board
    if card is None or board is None:
        return
    reads, number, name, today = view.desk.workbench.reads, card.account_id, card.name, board.today

    def show(moves: Sequence[MoveRow]) -> None:
        history = MoveHistory(name, moves, today, view.window())
        button = view.foot_bar.history
        history.ask(button.mapToGlobal(button.rect().topRight()), view.window())
        history.begin()

    view.desk.tasks.run(lambda: success_maps.history(reads, number), done=show, latest=view.foot_bar)


def _columns(today: dt.date) -> tuple[Column, ...]:
    nowhere = _("no step")
    return (
        Column("on", mark("Date"), lambda one: short_day(one.on, today), 120),
        Column("before", mark("From step"), lambda one: one.from_step or nowhere),
        Column("after", mark("To step"), lambda one: one.to_step or nowhere),
    )

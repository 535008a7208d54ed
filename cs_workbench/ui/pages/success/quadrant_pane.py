"""Beside the quadrant: the chosen corner's accounts, the playbook for them, and those a measure is missing of."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from cs_workbench.domain.quadrant import Corner
from cs_workbench.i18n import _, mark, ngettext
from cs_workbench.services.quadrant import CORNERS, Placed
from cs_workbench.services.quadrant_board import Board
from cs_workbench.ui import theme as themes
from cs_workbench.ui import wording
from cs_workbench.ui.models.fact_model import Column, FactModel
from cs_workbench.ui.pages.success import quadrant_words as words
from cs_workbench.ui.widgets.button import Button
from cs_workbench.ui.widgets.label import Label
from cs_workbench.ui.widgets.pane_table import Line, PaneTable
from cs_workbench.ui.widgets.split import Pane


class QuadrantPane(Pane):
    """``picked`` and ``opened`` carry an account's id; ``playbook`` asks which one to start."""

    picked = Signal(int)
    opened = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.board: Board | None = None
        self.title = Label("", "title", wrap=True)
        self.why = Label("", "body", "text.secondary", wrap=True)
        self.model = FactModel(_columns(self), self)
        self.table = PaneTable(self.model, _lines)
        self.playbook = Button("", "filled", icon="play")
        self.apart_title = Label("", "strong")
        self.apart_model = FactModel(_apart_columns(), self)
        self.apart = PaneTable(self.apart_model, _apart_lines)
        self._lay_out()
        self.playbook.hide()
        for table in (self.table, self.apart):
            table.opened.connect(self._on_opened)
        self.table.selectionModel().currentRowChanged.connect(lambda *_moved: self._on_picked())

    def _lay_out(self) -> None:
        theme = themes.current()
        self.column.setContentsMargins(0, theme.px(16), 0, theme.px(16))
        self.column.setSpacing(theme.px(8))
        for part, stretch in (
            (self.title, 0), (self.why, 0), (self.table, 3), (self.playbook, 0), (self.apart_title, 0), (self.apart, 2)
        ):  # fmt: skip
            if isinstance(part, PaneTable):
                self.column.addWidget(part, stretch)
                continue
            row = QHBoxLayout()
            row.setContentsMargins(theme.px(24), 0, theme.px(24), 0)
            row.addWidget(part, 0 if isinstance(part, Button) else 1)
            if isinstance(part, Button):
                row.setContentsMargins(theme.px(24), theme.px(8), theme.px(24), theme.px(8))
                row.addStretch(1)
            self.column.addLayout(row)
        self.column.addStretch(0)

    def show_corner(self, board: Board, corner: Corner) -> None:
        """The accounts of *corner*, largest first."""
        self.board = board
        inside = board.inside(corner)
        self.title.setText(_(CORNERS[corner]))
        self.why.setText(_(words.WHY[corner]))
        self.model.fill(inside)
        self.table.setAccessibleName(_(CORNERS[corner]))
        start = ngettext("Start a playbook for {n} account", "Start a playbook for {n} accounts", len(inside))
        self.playbook.setText(start.format(n=len(inside)))
        self.playbook.setEnabled(bool(inside))
        self.playbook.show()
        self.apart_title.setText(_("Apart: a measure is missing"))
        self.apart.setAccessibleName(_("Apart: a measure is missing"))
        self.apart_model.fill(board.apart)
        for table in (self.table, self.apart):
            table.fit()
            self.column.setStretchFactor(table, max(table.facts.rowCount(), 1))
        for widget in (self.apart_title, self.apart):
            widget.setVisible(bool(board.apart))

    def choose(self, account_id: int) -> None:
        """Mark the row of an account, where it is listed."""
        for number, row in enumerate(self.model.rows):
            if row.account_id == account_id and self.table.currentIndex().row() != number:
                self.table.choose(number)

    def _on_picked(self) -> None:
        row = self.table.chosen()
        if row is not None and self.table.hasFocus():
            self.picked.emit(row.account_id)

    def _on_opened(self, row: Placed) -> None:
        self.opened.emit(row.account_id)


def _lines(one: Placed) -> tuple[Line, Line]:
    """The name whole, both measures below it."""
    return (one.name[:200], "strong", "text.primary"), (words.both(one.now), "small", "text.secondary")


def _columns(pane: QuadrantPane) -> tuple[Column, ...]:
    def arr(one: Placed) -> str:
        board = pane.board
        return wording.money(board.worth[one.account_id], board.currency) if board is not None else ""

    return (
        Column("account", mark("Account"),
               lambda one: _("{name}: {value}").format(name=one.name, value=words.measures(one.now))),
        Column("arr", mark("ARR"), arr, 104, right=True, style=lambda _one: ("body", "text.secondary")),
    )  # fmt: skip


def _apart_columns() -> tuple[Column, ...]:
    return (
        Column("account", mark("Account"),
               lambda one: _("{name}: {value}").format(name=one.name, value=words.lacks(one))),
    )  # fmt: skip


def _apart_lines(one: Placed) -> tuple[Line, Line]:
    """The name whole, below it what is missing."""
    return (one.name[:200], "body", "text.primary"), (words.lacks(one), "small", "text.secondary")

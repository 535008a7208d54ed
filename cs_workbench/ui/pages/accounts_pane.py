"""Beside the account list: what is known of the account the keyboard is on, from the list's own reading."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QWidget

from cs_workbench.i18n import _
from cs_workbench.services.account_table import AccountLine, AccountTable
from cs_workbench.ui import theme as themes
from cs_workbench.ui.models.account_words import COLUMNS, PLACE, cell, trend_words
from cs_workbench.ui.widgets.badge import Badge, band_of
from cs_workbench.ui.widgets.button import Button
from cs_workbench.ui.widgets.label import Label
from cs_workbench.ui.widgets.sparkline import Sparkline
from cs_workbench.ui.widgets.split import Pane

FACTS = ("arr", "stage", "tier", "notice", "left", "contact", "next", "owner", "tags")


class AccountPane(Pane):
    """``opened`` carries the id of the account whose page is wanted."""

    opened = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: tuple[AccountLine, AccountTable] | None = None
        self.name = Label("", "lead", wrap=True)
        self.badge, self.sparkline = Badge(), Sparkline()
        self.trend = Label("", "small", "text.secondary", wrap=True)
        self.facts = {key: (Label("", "small", "text.secondary"), Label("", wrap=True)) for key in FACTS}
        self.open = Button("", "filled", keys="↵")
        line = QHBoxLayout()
        line.addWidget(self.badge)
        line.addStretch(1)
        line.addWidget(self.sparkline)
        grid = QGridLayout()
        grid.setHorizontalSpacing(themes.current().px(16))
        grid.setVerticalSpacing(themes.current().px(6))
        grid.setColumnStretch(1, 1)
        for row, (called, value) in enumerate(self.facts.values()):
            value.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
            grid.addWidget(called, row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(value, row, 1)
        self.column.addWidget(self.name)
        self.column.addLayout(line)
        self.column.addWidget(self.trend)
        self.column.addLayout(grid)
        self.column.addWidget(self.open, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addStretch(1)
        self.open.clicked.connect(self._on_open)

    def retranslate(self) -> None:
        """Every word."""
        self.setAccessibleName(_("Details of the account"))
        self.open.setText(_("Open account"))
        for key, (called, _value) in self.facts.items():
            called.setText(_(COLUMNS[PLACE[key]].name))
        if self._shown is not None:
            self.show_line(*self._shown)

    def show_line(self, line: AccountLine | None, table: AccountTable) -> None:
        """Show an account; a group's head leaves the one before."""
        if line is None:
            return
        self._shown = (line, table)
        self.name.setText(line.name)
        self.badge.show_health(
            band_of(line.band), line.score, override=line.called is not None, stale=line.stale
        )
        self.sparkline.values = line.trend
        self.sparkline.band = band_of(line.band)
        self.sparkline.setVisible(sum(one is not None for one in line.trend) > 1)
        self.sparkline.update()
        self.trend.setText(trend_words(line))
        for key, (called, value) in self.facts.items():
            words = cell(line, key, table)
            value.setText(words)
            for part in (called, value):
                part.setVisible(bool(words))

    def _on_open(self) -> None:
        if self._shown is not None:
            self.opened.emit(self._shown[0].id)

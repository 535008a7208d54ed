"""The looks and manners every table of rows has: quiet lines of one height, one row chosen, keys for editing."""

from __future__ import annotations

from PySide6.QtWidgets import QAbstractItemView, QFrame, QTableView

from cs_workbench.ui import theme as themes

ROW_PX = 40
"""Height of a row at scale 1."""


def dress(table: QTableView) -> None:
    """Give *table* the rows of the house; what only one table does differently is set after it."""
    vertical = table.verticalHeader()
    vertical.hide()
    vertical.setMinimumSectionSize(themes.current().row(ROW_PX))
    vertical.setDefaultSectionSize(themes.current().row(ROW_PX))
    table.setFrameShape(QFrame.Shape.NoFrame)
    table.setShowGrid(False)
    table.setMouseTracking(True)
    table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    table.setEditTriggers(
        QAbstractItemView.EditTrigger.DoubleClicked | QAbstractItemView.EditTrigger.EditKeyPressed
    )
    table.setTabKeyNavigation(False)

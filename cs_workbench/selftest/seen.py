"""What is wrong with a screen to look at it, though nothing failed: a list without rows, a view under another's tab,
a chart that is not drawn.
"""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QTableView, QWidget

from cs_workbench.ui.page import Page
from cs_workbench.ui.widgets.chart_frame import ChartFrame
from cs_workbench.ui.widgets.tabs import TabBar

_PARTS = ("views", "parts", "tabs")
"""What pages call the widgets their tabs show, by the tab's key."""


def faults(window: QWidget) -> list[str]:
    """What a person would find wrong with what *window* shows, a sentence each; the sample has rows for every list."""
    return [*_empty_lists(window), *_other_views(window), *_empty_frames(window)]


def undrawn(window: QWidget) -> list[ChartFrame]:
    """The frames of charts in sight whose picture is still to come."""
    return [
        frame
        for frame in window.findChildren(ChartFrame)
        if frame.isVisible() and not frame.visibleRegion().isEmpty() and not frame.is_drawn
    ]


def _empty_frames(window: QWidget) -> list[str]:
    return [f"{frame.title.text()}: a title and no picture" for frame in undrawn(window)]


def _empty_lists(window: QWidget) -> list[str]:
    return [
        f"{table.accessibleName() or type(table).__name__}: a head and no rows"
        for table in window.findChildren(QTableView)
        if table.isVisible() and table.horizontalHeader().isVisible() and not table.model().rowCount()
    ]


def _other_views(window: QWidget) -> list[str]:
    found = []
    for page in window.findChildren(Page):
        bar = getattr(page, "bar", None)
        if not page.isVisible() or not isinstance(bar, TabBar):
            continue
        for name in _PARTS:
            made = getattr(page, name, None)
            shown = (
                [key for key, part in made.items() if part.isVisible()] if isinstance(made, Mapping) else []
            )
            found += [f"{page.id}: {key} under the tab {bar.current}" for key in shown if key != bar.current]
    return found

"""What is wrong with a screen to look at it, though nothing failed: a list without rows, a view under another's tab,
a chart that is not drawn.
"""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QApplication, QDialog, QTableView, QWidget

from cs_workbench.ui.dialogs.quick_log import QuickLog
from cs_workbench.ui.page import Page
from cs_workbench.ui.palette import Palette
from cs_workbench.ui.widgets.chart_frame import ChartFrame
from cs_workbench.ui.widgets.tabs import TabBar

_PARTS = ("views", "parts", "tabs")
"""What pages call the widgets their tabs show, by the tab's key."""


def faults(window: QWidget) -> list[str]:
    """What a person would find wrong with what *window* shows, a sentence each; the sample has rows for every list."""
    return [*_empty_lists(window), *_other_views(window), *_empty_frames(window)]


def another(window: QWidget, shown: type[QWidget] | None) -> list[str]:
    """Where *window* shows another screen than its picture is named after: no *shown* in sight, or a dialog over it."""
    over = [one for kind in (QDialog, QuickLog, Palette) for one in _in_sight(window, kind)]
    found = [
        f"{type(one).__name__} lies over it" for one in over if shown is None or not isinstance(one, shown)
    ]
    if shown is not None and not _in_sight(window, shown):
        found.append(f"no {shown.__name__} in sight")
    return found


def _in_sight(window: QWidget, kind: type[QWidget]) -> list[QWidget]:
    """Those inside the window, and windows of their own."""
    every = {id(one): one for one in (*window.findChildren(kind), *QApplication.topLevelWidgets())}
    return [one for one in every.values() if isinstance(one, kind) and one.isVisible()]


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

"""The Tab key in the order of reading where parts come later than what stands below them: Qt goes by when they came."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLayout, QWidget


def lay_tab_order(holder: QWidget) -> None:
    """Have Tab go through *holder* as its layouts do, at the place *holder* itself has in the window."""
    policy, before = holder.focusPolicy(), holder
    holder.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # without it Qt knows no place for it
    for stop in [one for one in _stops(holder) if one is not holder]:
        QWidget.setTabOrder(before, stop)
        before = stop
    holder.setFocusPolicy(policy)


def _stops(widget: QWidget) -> Iterator[QWidget]:
    if widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
        yield widget
    layout = widget.layout()
    if layout is not None:
        yield from _in(layout)


def _in(layout: QLayout) -> Iterator[QWidget]:
    for place in range(layout.count()):
        item = layout.itemAt(place)
        if item is None:
            continue
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            yield from _stops(widget)
        elif inner is not None:
            yield from _in(inner)

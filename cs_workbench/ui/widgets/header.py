"""The head of a page: title, one fact, actions at the right; and the bar for a filter below it."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from cs_workbench.ui import theme as themes
from cs_workbench.ui.widgets.label import Label


class Bar(QWidget):
    """A horizontal strip with a line below, on a surface named by a token ("" for none)."""

    def __init__(
        self,
        height: int,
        *,
        surface: str = "bg.surface",
        line: str = "line.subtle",
        margin: int = 24,
        spacing: int = 8,
        above: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        theme = themes.current()
        self._surface = surface
        self._line = line
        self._above = above
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(theme.px(margin), 0, theme.px(margin), 0)
        self.row.setSpacing(theme.px(spacing))
        self.setMinimumHeight(theme.px(height))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Surface and line."""
        theme = themes.current()
        painter = QPainter(self)
        if self._surface:
            painter.fillRect(event.rect(), theme.colour(self._surface))
        if self._line:
            y = 0 if self._above else self.height() - 1
            painter.fillRect(QRectF(0, y, self.width(), 1), theme.colour(self._line))


class PageHeader(Bar):
    """64 px: ``title`` (20 bold), ``fact`` beside it, widgets put by ``lead``, ``after_title`` and ``act``."""

    def __init__(self, title: str = "", fact: str = "", parent: QWidget | None = None) -> None:
        super().__init__(64, spacing=12, parent=parent)
        self.title = Label(title, "page", elide=True)
        self.fact = Label(fact, "body", "text.secondary", elide=True)
        self.row.addWidget(self.title)
        self.row.addSpacing(themes.current().px(4))
        self.row.addWidget(self.fact)
        self.row.addStretch(1)

    def lead(self, widget: QWidget) -> None:
        """Put *widget* before the title (Back)."""
        self.row.insertWidget(0, widget)

    def after_title(self, widget: QWidget) -> None:
        """Put *widget* between title and fact (a badge)."""
        self.row.insertWidget(self.row.indexOf(self.title) + 1, widget)

    def act(self, *widgets: QWidget) -> None:
        """Put actions at the right, in reading order; at most one of them filled."""
        for widget in widgets:
            self.row.addWidget(widget)


class FilterBar(Bar):
    """56 px below the header: a field that takes the room, and buttons."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(56, line="", parent=parent)

"""A field for a path: where it is too long, the end is what tells it from others."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QStyle, QStyleOptionFrame, QWidget

from cs_workbench.ui import theme as themes
from cs_workbench.ui.widgets.fields import LineEdit
from cs_workbench.ui.widgets.tips import plain

_INSET = 2
"""What QLineEdit leaves on either side of its text, in px."""


class PathEdit(LineEdit):
    """A line edit that, without the cursor in it, cuts a long path from its left with …."""

    def __init__(self, text: str = "", *, name: str, parent: QWidget | None = None) -> None:
        super().__init__("", name=name, icon="folder", parent=parent)
        self.textChanged.connect(lambda path: self.setToolTip(plain(path)))
        self.setText(text)

    def shown_text(self) -> str:
        """The path as it stands there, cut or not."""
        if self.hasFocus():
            return self.text()
        metrics = QFontMetrics(self.font())
        return metrics.elidedText(self.text(), Qt.TextElideMode.ElideLeft, self._room()[1])

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """The frame, then the end of the path; all of it, as any field, while somebody types or it fits."""
        shown = self.shown_text()
        if shown == self.text():
            super().paintEvent(event)
            return
        painter, option = QPainter(self), QStyleOptionFrame()
        self.initStyleOption(option)
        self.style().drawPrimitive(QStyle.PrimitiveElement.PE_PanelLineEdit, option, painter, self)
        left, width = self._room()
        painter.setPen(themes.current().colour("text.primary" if self.isEnabled() else "text.disabled"))
        align = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(left, 0, width, self.height(), int(align), shown)

    def _room(self) -> tuple[int, int]:
        """Where the text begins, and how wide it may be."""
        option = QStyleOptionFrame()
        self.initStyleOption(option)
        box = self.style().subElementRect(QStyle.SubElement.SE_LineEditContents, option, self)
        margins = self.textMargins()
        left = box.left() + margins.left() + _INSET
        return left, max(box.right() - margins.right() - _INSET - left, 0)

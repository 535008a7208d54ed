"""Fields: one line of text with an error below, a choice, a check box."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QPen, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QSizePolicy,
    QStyleOptionComboBox,
    QStylePainter,
    QVBoxLayout,
    QWidget,
)

from cs_workbench.ui import icons
from cs_workbench.ui import theme as themes
from cs_workbench.ui.style import keyed, restyled
from cs_workbench.ui.typed_marks import KEPT_ELSEWHERE
from cs_workbench.ui.widgets.badge import paint_shape
from cs_workbench.ui.widgets.button import Button
from cs_workbench.ui.widgets.label import Label


class Mark(QAbstractButton):
    """The icon in front of a field; as large as the text beside it, whatever the scale."""

    def __init__(self, icon: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._icon = icon
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.ArrowCursor)

    def sizeHint(self) -> QSize:  # noqa: N802
        """16 px."""
        return QSize(themes.current().px(16), themes.current().px(16))

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """The icon."""
        icons.paint(QPainter(self), self._icon, "text.secondary", QRectF(self.rect()))


class LineEdit(QLineEdit):
    """A text field, perhaps with an icon in front. ``name`` is what it is called; the placeholder is only a hint."""

    def __init__(
        self,
        text: str = "",
        *,
        name: str,
        placeholder: str = "",
        icon: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self.mark = Mark(icon, self) if icon else None
        if icon:
            self.setTextMargins(themes.current().px(22), 0, 0, 0)
        self.setProperty(KEPT_ELSEWHERE, icon == "search")
        self.setAccessibleName(name)
        self.setPlaceholderText(placeholder)
        self.setMinimumHeight(themes.current().row(32))

    def setAccessibleName(self, name: str) -> None:  # noqa: N802
        """Call the field *name*, and the icon in front, which a screen reader takes for a button."""
        super().setAccessibleName(name)
        self.name_icon(name)

    def name_icon(self, name: str) -> None:
        """Call the icon in front *name*: what pressing it does, where it does something."""
        if self.mark is not None:
            self.mark.setAccessibleName(name)

    def set_wrong(self, wrong: bool) -> None:
        """Whether the value is refused: a red border."""
        redden(self, wrong)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """The icon stands in front, in the middle."""
        super().resizeEvent(event)
        if self.mark is not None:
            side = self.mark.sizeHint().width()
            self.mark.setGeometry(themes.current().px(8), (self.height() - side) // 2, side, side)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """The placeholder in a new theme's colours."""
        super().changeEvent(event)
        if restyled(event):
            palette = self.palette()
            palette.setColor(QPalette.ColorRole.PlaceholderText, themes.current().colour("text.tertiary"))
            self.setPalette(palette)


class Shape(QWidget):
    """The red diamond before an error's sentence."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:  # noqa: N802
        """10 px."""
        return QSize(themes.current().px(10), themes.current().px(10))

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """The diamond."""
        paint_shape(QPainter(self), "red", QRectF(self.rect()))


def redden(edit: QWidget, wrong: bool) -> None:
    """Give a field the border of a value that is refused, or its own again."""
    if bool(edit.property("error")) != wrong:
        edit.setProperty("error", wrong)
        edit.style().unpolish(edit)
        edit.style().polish(edit)


class Judged(QWidget):
    """Something to type in with what is wrong below it and a remedy in one click."""

    def __init__(self, edit: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._judged = edit
        self.problem = Label("", "small", "health.red.text")
        self.remedy = Button("", "text", small=True)
        self._shape = Shape()
        self._fix: Callable[[], object] | None = None
        theme = themes.current()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(4))
        column.addWidget(edit)
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        for part in (self._shape, self.problem, self.remedy):
            row.addWidget(part)
        row.addStretch(1)
        column.addLayout(row)
        self.remedy.clicked.connect(self._on_remedy)
        self.setFocusProxy(edit)
        self.clear_problem()

    def refuse(self, sentence: str, remedy: str = "", fix: Callable[[], object] | None = None) -> None:
        """Say why the value is refused; *remedy* is a button that calls *fix*."""
        self._fix = fix
        redden(self._judged, wrong=True)
        self.problem.setText(sentence)
        self.remedy.setText(remedy)
        self._shape.show()
        self.problem.show()
        self.remedy.setVisible(bool(remedy))
        self._judged.setAccessibleDescription(sentence)

    def clear_problem(self) -> None:
        """The value is accepted."""
        self._fix = None
        redden(self._judged, wrong=False)
        for part in (self._shape, self.problem, self.remedy):
            part.hide()
        self._judged.setAccessibleDescription("")

    def _on_remedy(self) -> None:
        fix = self._fix
        self.clear_problem()
        if fix is not None:
            fix()


class Field(Judged):
    """A line of text."""

    def __init__(
        self,
        text: str = "",
        *,
        name: str,
        placeholder: str = "",
        icon: str = "",
        parent: QWidget | None = None,
    ) -> None:
        edit = LineEdit(text, name=name, placeholder=placeholder, icon=icon)
        super().__init__(edit, parent)
        self.edit = edit


class Choice(QComboBox):
    """One of several, as a field with an arrow."""

    def __init__(self, *, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setMinimumHeight(themes.current().row(32))
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802
        """Scrolling past it changes nothing: the page scrolls."""
        event.ignore()

    def sizeHint(self) -> QSize:  # noqa: N802
        """Its longest entry and the arrow."""
        theme = themes.current()
        widest = max(
            (self.fontMetrics().horizontalAdvance(self.itemText(n)) for n in range(self.count())), default=0
        )
        return QSize(widest + theme.px(48), theme.row(32))

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """May shrink to a few letters."""
        return QSize(themes.current().px(80), themes.current().row(32))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """A field's box, the text, an arrow; an editable one paints its own text."""
        theme = themes.current()
        painter = QStylePainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        typing = self.lineEdit()
        focused = self.hasFocus() or (typing is not None and typing.hasFocus())
        enabled = self.isEnabled()
        width = 2.0 if focused else 1.0
        ink = "line.focus" if focused else "line.control" if enabled else "line.strong"
        painter.setPen(QPen(theme.colour(ink), width))
        painter.setBrush(theme.colour("bg.control_hover" if self.underMouse() and enabled else "bg.surface"))
        half = width / 2
        painter.drawRoundedRect(
            QRectF(self.rect()).adjusted(half, half, -half, -half), theme.px(6), theme.px(6)
        )
        side = theme.px(14)
        arrow = icons.pixmap("chevron-down", "text.secondary" if enabled else "text.disabled", 14)
        painter.drawPixmap(QPointF(self.width() - side - theme.px(8), (self.height() - side) // 2), arrow)
        if self.isEditable():
            return
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        room = QRectF(theme.px(9), 0, self.width() - theme.px(40), self.height())
        painter.setPen(theme.colour("text.primary" if enabled else "text.disabled"))
        words = self.fontMetrics().elidedText(
            self.currentText(), Qt.TextElideMode.ElideRight, int(room.width())
        )
        painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter), words)


class CheckBox(QCheckBox):
    """A 16-px box and its words."""

    def __init__(self, text: str = "", *, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setAccessibleName(name or text)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:  # noqa: N802
        """Box, gap, words, and room for the ring."""
        theme = themes.current()
        words = self.fontMetrics().horizontalAdvance(self.text())
        return QSize(theme.px(24) + (words + theme.px(6) if words else 0), theme.row(24))

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Never cut."""
        return self.sizeHint()

    def hitButton(self, position: object) -> bool:  # noqa: N802
        """Anywhere on it counts."""
        return True

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Box with its mark, words, ring."""
        theme = themes.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = theme.px(16)
        box = QRectF(theme.px(4), (self.height() - side) // 2, side, side)
        state = self.checkState()
        enabled = self.isEnabled()
        if state == Qt.CheckState.Unchecked:
            painter.setPen(QPen(theme.colour("line.control" if enabled else "line.strong"), 1))
            painter.setBrush(theme.colour("bg.hover" if self.underMouse() else "bg.surface"))
            painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), theme.px(4), theme.px(4))
        else:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("accent.base" if enabled else "text.disabled"))
            painter.drawRoundedRect(box, theme.px(4), theme.px(4))
            mark = "check" if state == Qt.CheckState.Checked else "minus"
            icons.paint(painter, mark, "text.on_accent", box.adjusted(2, 2, -2, -2))
        if keyed(self):
            painter.setPen(QPen(theme.colour("line.focus"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(-3, -3, 3, 3), theme.px(6), theme.px(6))
        painter.setFont(self.font())
        painter.setPen(theme.colour("text.primary" if enabled else "text.disabled"))
        left = box.right() + theme.px(10)
        painter.drawText(
            QRectF(left, 0, self.width() - left, self.height()),
            int(Qt.AlignmentFlag.AlignVCenter),
            self.text(),
        )

"""One setting: its name, its control, one line that explains it, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from cs_workbench.domain import search_text
from cs_workbench.domain.text import fold
from cs_workbench.ui import theme as themes
from cs_workbench.ui.widgets.button import Button
from cs_workbench.ui.widgets.fields import Shape
from cs_workbench.ui.widgets.flow import Flow
from cs_workbench.ui.widgets.label import Label
from cs_workbench.ui.widgets.number_field import NumberField

LABEL = 216
NARROW = 560
WIDEST = 744


class SettingRow(QWidget):
    """Label at the left, controls at the right, the explaining line below them; a line under it all.

    ``words`` is what else the search finds it by: the English name, and how its name is read in kana.
    """

    def __init__(
        self,
        key: str,
        label: str,
        hint: str = "",
        *,
        words: Sequence[str] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.key = key
        self._words = tuple(words)
        self._fix: Callable[[], object] | None = None
        self.label = Label(label, wrap=True)
        self.right = QVBoxLayout()
        self.hint = Label(hint, "small", "text.secondary", wrap=True)
        self.problem = Label("", "small", "health.red.text", wrap=True)
        self.remedy = Button("", "text", small=True)
        self._shape = Shape()
        self._lay_out()
        self.remedy.clicked.connect(self._on_remedy)
        self.set_hint(hint)
        self.clear_problem()

    def _lay_out(self) -> None:
        theme = themes.current()
        self._across = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._across.setContentsMargins(0, theme.px(12), 0, theme.px(12))
        self._across.setSpacing(theme.px(8))
        self.label.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self.label.setContentsMargins(0, theme.px(6), 0, 0)
        self.label.setFixedWidth(theme.px(LABEL))
        self.right.setSpacing(theme.px(8))
        self.right.setContentsMargins(0, 0, 0, 0)
        wrong = QHBoxLayout()
        wrong.setSpacing(theme.px(8))
        wrong.addWidget(self._shape, 0, Qt.AlignmentFlag.AlignVCenter)
        wrong.addWidget(self.problem, 1)
        wrong.addWidget(self.remedy, 0, Qt.AlignmentFlag.AlignTop)
        pane = QWidget()
        column = QVBoxLayout(pane)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(6))
        column.addLayout(self.right)
        column.addLayout(wrong)
        column.addWidget(self.hint)
        self._across.addWidget(self.label, 0, Qt.AlignmentFlag.AlignTop)
        self._across.addWidget(pane, 1)
        self.setMaximumWidth(theme.px(WIDEST))

    def put(self, *widgets: QWidget) -> None:
        """One line of controls, wrapped where there is no room; one that grows has the line to itself."""
        fixed = QSizePolicy.Policy.Fixed
        if not self.right.count() and isinstance(widgets[0], Label):  # words beside words: on one line
            self.label.setContentsMargins(0, 0, 0, 0)
        if len(widgets) == 1 and widgets[0].sizePolicy().horizontalPolicy() != fixed:
            self.right.addWidget(widgets[0])
            return
        line = Flow()
        line.flow.setSpacing(themes.current().px(12))
        _even(widgets, themes.current().px(WIDEST - LABEL - 8))
        high = max((widget.sizeHint().height() for widget in widgets), default=0)
        for widget in widgets:
            line.add(_centred(widget, max(high, themes.current().row(32))))
        self.right.addWidget(line)

    def field(self, widget: QWidget, width: int = 320, *beside: QWidget) -> None:
        """One field of a given width (px at scale 1) that shrinks where it must, and what stands beside it."""
        widget.setMaximumWidth(themes.current().px(width))
        line = QHBoxLayout()
        line.setSpacing(themes.current().px(8))
        line.addWidget(widget, 1000)
        for other in beside:
            line.addWidget(other)
        line.addStretch(1)
        self.right.addLayout(line)

    def set_hint(self, text: str, colour: str = "text.secondary") -> None:
        """Another explaining line."""
        self.hint.setText(text)
        self.hint.set_colour(colour)
        self.hint.setVisible(bool(text))

    def refuse(self, sentence: str, remedy: str = "", fix: Callable[[], object] | None = None) -> None:
        """Say why what was entered is not kept; *remedy* is a button that calls *fix*."""
        self._fix = fix
        self.problem.setText(sentence)
        self.remedy.setText(remedy)
        self._shape.show()
        self.problem.show()
        self.remedy.setVisible(bool(remedy) and fix is not None)

    def clear_problem(self) -> None:
        """What was entered is kept."""
        self._fix = None
        for part in (self._shape, self.problem, self.remedy):
            part.hide()

    def on_refused(self, sentence: str) -> None:
        """As a field tells it: "" for nothing wrong."""
        if sentence:
            self.refuse(sentence)
        else:
            self.clear_problem()

    @property
    def wrong(self) -> str:
        """What is said to be wrong, or ""."""
        return "" if self.problem.isHidden() else self.problem.text()

    def matches(self, words: Sequence[str], section: str = "") -> bool:
        """Whether every folded word stands in its name, its line, or what else it is called; kana answer romaji."""
        text = fold(" ".join((section, self.label.text(), self.hint.text(), *self._words)))
        return all(word in text or (search_text.kana_of(word) or "\0") in text for word in words)

    def first_control(self) -> QWidget | None:
        """The first thing in it that takes the keyboard."""
        controls = [one for one in self.findChildren(QWidget) if one.focusPolicy() & Qt.FocusPolicy.TabFocus]
        usable = [
            one for one in controls if one.isVisibleTo(self) and one.isEnabled() and one is not self.remedy
        ]
        return min(usable, key=self._place, default=None)

    def _place(self, widget: QWidget) -> tuple[int, int]:
        at = widget.mapTo(self, widget.rect().topLeft())
        return at.y(), at.x()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Where there is little room the label stands above."""
        super().resizeEvent(event)
        narrow = self.width() < themes.current().px(NARROW)
        way = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        if way != self._across.direction():
            self._across.setDirection(way)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """The line below."""
        line = QRectF(0, self.height() - 1, self.width(), 1)
        QPainter(self).fillRect(line, themes.current().colour("line.subtle"))

    def _on_remedy(self) -> None:
        fix = self._fix
        self.clear_problem()
        if fix is not None:
            fix()


def _even(widgets: Sequence[QWidget], room: int) -> None:
    """Numbers that need more than one line stand under one another: names as wide as the widest, as many a line."""
    numbers = [one for one in widgets if isinstance(one, NumberField)]
    theme = themes.current()
    whole = sum(one.sizeHint().width() for one in numbers) + theme.px(12) * (len(numbers) - 1)
    if len(numbers) < 3 or whole <= room:
        return
    widest = max(one.before.sizeHint().width() for one in numbers)
    for one in numbers:
        one.before.setFixedWidth(widest)
    wide = max(one.sizeHint().width() for one in numbers)
    across = max((room + theme.px(12)) // (wide + theme.px(12)), 1)
    lines = -(-len(numbers) // across)
    across = -(-len(numbers) // lines)
    for one in numbers:
        one.setMinimumWidth(max(wide, room // (across + 1)))


def _centred(widget: QWidget, height: int) -> QWidget:
    """Hold *widget* in the middle of a line of that height."""
    if widget.sizeHint().height() >= height:
        return widget
    holder = QWidget()
    holder.setMinimumHeight(height)
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.addWidget(widget)
    return holder

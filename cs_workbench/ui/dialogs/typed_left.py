"""What was typed and not saved when the window last ended: read it, copy it, go to where it was typed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from cs_workbench.i18n import _
from cs_workbench.services.typed_left import Left
from cs_workbench.ui import theme as themes
from cs_workbench.ui.widgets.button import Button
from cs_workbench.ui.widgets.label import Label
from cs_workbench.ui.widgets.scrolled import scrolled
from cs_workbench.ui.widgets.sheet import Sheet

if TYPE_CHECKING:
    from cs_workbench.ui.desk import Desk


class LeftText(QWidget):
    """One text with its place; ``go`` and ``copy`` are its buttons."""

    def __init__(self, left: Left, place: str) -> None:
        super().__init__()
        theme = themes.current()
        self.left = left
        self.place = Label(place, "small", "text.secondary", elide=True)
        self.words = QPlainTextEdit(left.text)
        self.words.setReadOnly(True)
        self.words.setTabChangesFocus(True)
        self.words.setAccessibleName(place)
        self.words.setFixedHeight(theme.px(64 if len(left.text) > 60 or "\n" in left.text else 40))
        self.copy = Button(_("Copy"), "quiet", icon="copy", small=True, name=_("Copy the text"))
        self.go = Button(_("Go there"), "quiet", icon="arrow-right", small=True)
        head = QHBoxLayout()
        head.addWidget(self.place, 1)
        head.addWidget(self.copy)
        head.addWidget(self.go)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(4))
        column.addLayout(head)
        column.addWidget(self.words)
        self.go.setVisible(bool(left.page))
        self.copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(left.text))


class LeftSheet(Sheet):
    """The newest first. *drop* throws all of it away."""

    def __init__(
        self,
        desk: Desk,
        window: QWidget,
        left: Sequence[tuple[Left, str]],
        drop: Callable[[], object],
    ) -> None:
        super().__init__(window, _("Typed and not saved"), size=(640, 520))
        theme = themes.current()
        edge = theme.px(24)
        self._desk, self._drop = desk, drop
        words = Label(
            _("Go to the field and it comes back there, not saved yet; or copy it to wherever you want it."),
            wrap=True,
        )
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(edge, theme.px(16), edge, theme.px(16))
        column.setSpacing(theme.px(16))
        column.addWidget(words)
        self.texts = [LeftText(*one) for one in reversed(left)]
        for text in self.texts:
            column.addWidget(text)
            text.go.clicked.connect(lambda _on=False, left=text.left: self._go(left))
        column.addStretch(1)
        body = QVBoxLayout(self.body)
        body.setContentsMargins(0, 0, 0, 0)
        body.addWidget(scrolled(inner))
        self.away = Button(_("Throw away"), "quiet", icon="trash-2")
        self.main = self.stay = Button(_("Keep for later"), "filled")
        self.foot.addWidget(self.away)
        self.foot.addStretch(1)
        self.foot.addWidget(self.stay)
        self.away.clicked.connect(self._throw_away)
        self.stay.clicked.connect(self.reject)

    def _go(self, left: Left) -> None:
        self.accept()
        self._desk.go(left.page, **left.arguments)

    def _throw_away(self) -> None:
        self.accept()
        self._drop()

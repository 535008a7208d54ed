"""One way to begin: icon, what it is, what comes of it, a note, and its button."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, Slot
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication, QSizePolicy, QVBoxLayout, QWidget

from cs_workbench.ui import icons
from cs_workbench.ui import theme as themes
from cs_workbench.ui.style import restyled
from cs_workbench.ui.widgets.button import Button
from cs_workbench.ui.widgets.label import Label

_ONWARDS = (Qt.Key.Key_Right, Qt.Key.Key_Down)
_BACK = (Qt.Key.Key_Left, Qt.Key.Key_Up)


class StartCard(QWidget):
    """A card with one button. ``chosen``: the one Enter takes, edged in the accent colour."""

    def __init__(self, icon: str, *, chosen: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = icon
        self._chosen = chosen
        self.mark = Label()
        self.title = Label("", "title", wrap=True)
        self.text = Label("", "reading", "text.secondary", wrap=True)
        self.note = Label("", "small", "text.secondary", wrap=True)
        self.button = Button(kind="filled" if chosen else "plain", keys="Enter" if chosen else "")
        self.button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme = themes.current()
        column = QVBoxLayout(self)
        column.setContentsMargins(*[theme.px(25)] * 4)
        column.setSpacing(0)
        column.addWidget(self.mark)
        column.addSpacing(theme.px(12))
        column.addWidget(self.title)
        column.addSpacing(theme.px(10))
        column.addWidget(self.text)
        column.addStretch(1)
        column.addSpacing(theme.px(24))
        column.addWidget(self.note)
        column.addSpacing(theme.px(10))
        column.addWidget(self.button)
        self._draw()

    def choose(self, chosen: bool) -> None:
        """Make it the one Enter takes, or one of the others."""
        if chosen != self._chosen:
            self._chosen = chosen
            self.button.kind = "filled" if chosen else "plain"
            self.show_enter(chosen)
            self._draw()
            self.update()

    def show_enter(self, taken: bool) -> None:
        """Whether Enter presses its button just now: the key cap stands there."""
        keys = "Enter" if taken else ""
        if self.button.keys != keys:
            self.button.keys = keys
            self.button.updateGeometry()
            self.button.update()

    def say(self, title: str, text: str, note: str, button: str) -> None:
        """Its four texts; the button is called by its text and the title."""
        self.title.setText(title)
        self.text.setText(text)
        self.note.setText(note)
        self.button.setText(button)
        self.button.setAccessibleDescription(f"{title}. {text} {note}")

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Draw the icon in a new theme's colour."""
        super().changeEvent(event)
        if restyled(event):
            self._draw()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Arrows go from card to card."""
        if event.key() in (*_ONWARDS, *_BACK):
            self.focusNextPrevChild(event.key() in _ONWARDS)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """The line around it."""
        theme = themes.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        width = 2.0 if self._chosen else 1.0
        painter.setPen(QPen(theme.colour("accent.base" if self._chosen else "line.strong"), width))
        painter.setBrush(theme.colour("bg.surface"))
        half = width / 2
        box = QRectF(self.rect()).adjusted(half, half, -half, -half)
        painter.drawRoundedRect(box, theme.px(8), theme.px(8))

    def _draw(self) -> None:
        tint = "text.accent" if self._chosen else "text.primary"
        self.mark.setPixmap(icons.pixmap(self._icon, tint, 28))


class EnterFollows(QObject):
    """Keeps the key cap of Enter on that button of *page* which Enter presses: the one with the ring, else that of
    the *chosen* card.
    """

    def __init__(self, page: QWidget, cards: Sequence[StartCard], chosen: Callable[[], StartCard]) -> None:
        super().__init__(page)
        self._page = page
        self._cards = cards
        self._chosen = chosen
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._on_focus)

    @Slot("QWidget*", "QWidget*")
    def _on_focus(self, _old: QWidget | None, new: QWidget | None) -> None:
        if new is None or not (new is self._page or self._page.isAncestorOf(new)):
            return
        taken = new if isinstance(new, Button) else self._chosen().button
        for card in self._cards:
            card.show_enter(card.button is taken)

"""Empty state: an icon, one sentence, one action."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from cs_workbench.ui import icons
from cs_workbench.ui import theme as themes
from cs_workbench.ui.style import restyled
from cs_workbench.ui.widgets.button import Button
from cs_workbench.ui.widgets.label import Label


class EmptyState(QWidget):
    """Centred where a list would be. Without *action* it only says its sentence; with *act_icon* the button is
    the page's main one: filled, the icon in it."""

    def __init__(
        self,
        icon: str,
        sentence: str,
        action: str = "",
        do: Callable[[], object] | None = None,
        *,
        keys: str = "",
        act_icon: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._icon = icon
        self.mark = QLabel(self)
        self.sentence = Label(sentence, "lead", wrap=True)
        self.button = Button(action, "filled" if act_icon else "plain", icon=act_icon, keys=keys)
        theme = themes.current()
        self.mark.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.sentence.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(24), theme.px(16), theme.px(24), theme.px(48))
        column.setSpacing(theme.px(16))
        column.addStretch(2)
        for part in (self.mark, self.sentence, self.button):
            column.addWidget(part, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)
        self.button.setVisible(bool(action))
        if do is not None:
            self.button.clicked.connect(lambda _checked=False: do())
        self._draw()
        self._fit()

    def say(self, sentence: str, action: str = "") -> None:
        """Another sentence and label (the same thing to do), as after a change of language."""
        self.sentence.setText(sentence)
        self.button.setText(action)
        self.button.setVisible(bool(action))
        self._fit()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Draw the icon in a new theme's colour."""
        super().changeEvent(event)
        if restyled(event):
            self._draw()

    def _fit(self) -> None:
        """As wide as the sentence, up to 480 px: then it breaks."""
        words = self.sentence.fontMetrics().horizontalAdvance(self.sentence.text())
        self.sentence.setFixedWidth(min(words + 8, themes.current().px(480)))

    def _draw(self) -> None:
        self.mark.setPixmap(icons.pixmap(self._icon, "text.secondary", 32))

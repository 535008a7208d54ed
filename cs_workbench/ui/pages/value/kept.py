"""A field of the line editor: its name above, the text that saves itself, below what is wrong or what comes out."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cs_workbench.ui import reading_only
from cs_workbench.ui import theme as themes
from cs_workbench.ui.widgets.kept_edit import KeptEdit
from cs_workbench.ui.widgets.label import Label


class KeptField(QWidget):
    """``kept`` carries a text that ``refusal`` (text → why not, or "") let pass.

    ``live`` (text → sentence, whether it is wrong) is said below at every key.
    """

    kept = Signal(str)

    def __init__(
        self,
        refusal: Callable[[str], str],
        live: Callable[[str], tuple[str, bool]] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._refusal = refusal
        self._live = live
        self.caption = Label("", "small", "text.secondary", elide=True)
        self.edit = KeptEdit(name="")
        self.said = Label("", "small", "text.secondary", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(themes.current().px(2))
        for part in (self.caption, self.edit, self.said):
            column.addWidget(part)
        column.addStretch(1)
        self.said.hide()
        self.setFocusProxy(self.edit)
        self.edit.kept.connect(self._take)
        self.edit.textChanged.connect(self._on_text)

    def rename(self, name: str) -> None:
        """The field's name in the language of now."""
        self.caption.setText(name)
        self.edit.setAccessibleName(name)

    def show_value(self, text: str, *, same: bool) -> None:
        """Show what is kept; of the *same* record what is typed or was refused stays, with what was said about it."""
        if self.edit.show_value(text, same=same) or self._live is not None:
            self._on_text(self.edit.text())

    def complain(self, sentence: str) -> None:
        """Say what is wrong although nothing was typed."""
        self._say(sentence, wrong=True)

    def _take(self, text: str) -> None:
        why = self._refusal(text) or reading_only.why(self)
        if why:
            self._say(why, wrong=True)
        else:
            self.edit.handed()
            self.kept.emit(text)

    def _on_text(self, text: str) -> None:
        if self._live is not None:
            self._say(*self._live(text))
        elif self.said.isVisible() or self.edit.accessibleDescription():
            self._say("", wrong=False)

    def _say(self, sentence: str, wrong: bool) -> None:
        self.said.setText(sentence)
        self.said.set_colour("health.red.text" if wrong else "text.secondary")
        self.said.setVisible(bool(sentence))
        self.edit.set_wrong(wrong)
        self.edit.setAccessibleDescription(sentence)

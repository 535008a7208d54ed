"""The remark on an account, as the imported list or the CSM wrote it; changed where it stands."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from cs_workbench.i18n import _
from cs_workbench.ui import theme as themes
from cs_workbench.ui.pages.account.note import NoteText
from cs_workbench.ui.typed_marks import KEPT_ELSEWHERE
from cs_workbench.ui.widgets.button import Button
from cs_workbench.ui.widgets.label import Label

_CUT = 2_000
"""Letters that are shown; all of it is in the field."""


class AccountNote(QWidget):
    """``wanted`` carries the new text; Ctrl Enter or Save keeps, Esc leaves."""

    wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = Label("", "body", "text.secondary")
        self.change = Button(icon="pencil", kind="quiet", small=True)
        self.words = Label("", "body", wrap=True)
        self.text = NoteText()
        self.text.setProperty(KEPT_ELSEWHERE, False)  # the window keeps what is typed here
        self.save = Button("", small=True, keys="Ctrl ↵")
        self.note = ""
        self._lay_out()
        self.change.clicked.connect(self.begin)
        self.save.clicked.connect(self.keep)
        self.text.saved.connect(self.keep)
        self.text.left.connect(self.leave)
        self.retranslate()

    def _lay_out(self) -> None:
        theme = themes.current()
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.change)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.save)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(4))
        column.addLayout(head)
        column.addWidget(self.words)
        column.addWidget(self.text)
        column.addLayout(foot)
        self.text.hide()
        self.save.hide()

    def show_note(self, note: str) -> None:
        """Show a remark; what is being written stays."""
        self.note = note
        self.words.setText(note[:_CUT] or "–")

    def retranslate(self) -> None:
        """Fixed texts."""
        self.title.setText(_("Remark"))
        self.change.set_name(_("Change the remark"))
        self.text.setAccessibleName(_("Remark"))
        self.save.setText(_("Save"))

    def begin(self) -> None:
        """Write, from what stands there."""
        self.text.setPlainText(self.note)
        self._write(True)
        self.text.setFocus()

    def keep(self) -> None:
        """Ask for what was written to be kept."""
        words = self.text.toPlainText().strip()
        if words != self.note:
            self.wanted.emit(words)
        self.leave()

    def leave(self) -> None:
        """Back to reading."""
        self.leave_quietly()
        self.change.setFocus()

    def leave_quietly(self) -> None:
        """The same, and the keyboard stays where it is."""
        self._write(False)

    def _write(self, writing: bool) -> None:
        self.text.document().setModified(False)  # kept or let go: nothing of it waits any more
        self.words.setVisible(not writing)
        self.text.setVisible(writing)
        self.save.setVisible(writing)

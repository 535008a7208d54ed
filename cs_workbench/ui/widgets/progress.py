"""Long work: a line, counts, Cancel."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from cs_workbench.i18n import _
from cs_workbench.ui import theme as themes
from cs_workbench.ui.widgets.button import Button
from cs_workbench.ui.widgets.label import Label
from cs_workbench.ui.widgets.threshold import ProgressBar


class ProgressLine(QWidget):
    """Shows "131,400 of 212,000 rows" and offers Cancel; connect ``cancelled`` to ``Task.cancel``."""

    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bar = ProgressBar()
        self.words = Label("", "small", "text.secondary")
        self.cancel = Button(_("Cancel"), small=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(themes.current().px(12))
        row.addWidget(self.bar, 1)
        row.addWidget(self.words)
        row.addWidget(self.cancel)
        self.cancel.clicked.connect(self.cancelled)

    def show_progress(self, done: int, total: int, label: str = "") -> None:
        """The signature ``Tasks.run(progress=…)`` calls."""
        self.bar.show_progress(done, total)
        counts = f"{done:,}" if done else ""  # nothing done of nobody knows how much is no figure
        if total:
            counts = _("{done} of {total}").format(done=f"{done:,}", total=f"{total:,}")
        self.words.setText(f"{counts} {label}".strip())

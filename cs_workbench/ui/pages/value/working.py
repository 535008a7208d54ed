"""The working behind a figure, in the pane: rule, the same with figures, result; step by step."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from cs_workbench.domain.csv_guard import table_text
from cs_workbench.i18n import _
from cs_workbench.services.value_working import Step, Working
from cs_workbench.ui import theme as themes
from cs_workbench.ui.widgets.button import Button
from cs_workbench.ui.widgets.calm_choice import CalmChoice
from cs_workbench.ui.widgets.label import Label
from cs_workbench.ui.widgets.scrolled import scrolled
from cs_workbench.ui.widgets.split import Pane


class StepRow(QWidget):
    """One line of arithmetic: name and result, below them the rule and the figures in its place."""

    def __init__(self, step: Step, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme = themes.current()
        head = QHBoxLayout()
        head.setSpacing(theme.px(8))
        head.addWidget(Label(step.name, "small_strong", elide=True), 1)
        head.addWidget(Label(step.result, "small_strong"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(2))
        column.addLayout(head)
        for text, ink in (
            (step.rule, "text.secondary"), (step.numbers, "text.primary"), (step.about, "text.tertiary")
        ):  # fmt: skip
            if text and text != step.name:
                column.addWidget(Label(text, "small", ink, wrap=True))
        words = (step.name, step.rule, step.numbers, step.result, step.about)
        self.setAccessibleName(". ".join(part for part in words if part))


class WorkingPane(Pane):
    """``closed`` on its cross and on Esc. ``show_all`` fills it; ``show_key`` goes to one figure."""

    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.workings: tuple[Working, ...] = ()
        self.key = "roi"
        self.choice = CalmChoice(name="")
        self.copy_button = Button(kind="quiet", icon="copy")
        self.cross = Button(kind="quiet", icon="x")
        self.result = Label("", "page", elide=True)
        self.steps = QWidget()
        self._list = QVBoxLayout(self.steps)
        self.area: QScrollArea = scrolled(self.steps)
        self.note = Label("", "small", "text.tertiary", wrap=True)
        self._lay_out()
        self.choice.picked.connect(lambda key: self.show_key(str(key)))
        self.copy_button.clicked.connect(self.copy)
        self.cross.clicked.connect(self.closed)
        self.retranslate()

    def _lay_out(self) -> None:
        theme = themes.current()
        self._list.setContentsMargins(0, 0, theme.px(8), 0)
        self._list.setSpacing(theme.px(16))
        self.area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        head = QHBoxLayout()
        head.setSpacing(theme.px(4))
        head.addWidget(self.choice, 1)
        head.addWidget(self.copy_button)
        head.addWidget(self.cross)
        self.column.addLayout(head)
        self.column.addWidget(self.result)
        self.column.addWidget(self.area, 1)
        self.column.addWidget(self.note)

    def retranslate(self) -> None:
        """Fixed texts; the workings come in words of their own."""
        self.setAccessibleName(_("Working"))
        self.choice.setAccessibleName(_("Figure"))
        self.area.setAccessibleName(_("Steps"))
        self.copy_button.set_name(_("Copy the working"))
        self.cross.set_name(_("Close"))
        self.note.setText(
            _("Nothing is rounded on the way; shown amounts are in whole units, halves away from zero.")
        )

    def show_all(self, workings: Sequence[Working]) -> None:
        """Take the workings of a ledger; the figure shown stays where it is still there."""
        self.workings = tuple(workings)
        self.choice.set_choices([(one.key, one.title) for one in self.workings])
        if not any(one.key == self.key for one in self.workings):
            self.key = "roi"
        self.show_key(self.key)

    def show_key(self, key: str) -> None:
        """Show the steps of one figure."""
        one = next((each for each in self.workings if each.key == key), None)
        if one is None:
            return
        self.key = key
        self.choice.show_value(key)
        self.result.setText(one.result)
        while item := self._list.takeAt(0):
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for step in one.steps:
            row = StepRow(step)
            self._list.addWidget(row)
            row.show()
        self._list.addStretch(1)
        self.area.verticalScrollBar().setValue(0)

    def shown(self) -> Working | None:
        """The working on screen."""
        return next((one for one in self.workings if one.key == self.key), None)

    def copy(self) -> None:
        """The working as a table on the clipboard."""
        one = self.shown()
        if one is not None:
            lines = [[step.name, step.rule, step.numbers, step.result, step.about] for step in one.steps]
            QGuiApplication.clipboard().setText(table_text([[one.title], *lines]))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Esc closes."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

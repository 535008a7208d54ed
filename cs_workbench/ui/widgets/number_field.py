"""A number with its unit, saved when the person is done with it; refused where it stands."""

from __future__ import annotations

import unicodedata

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from cs_workbench.i18n import _
from cs_workbench.ui import theme as themes
from cs_workbench.ui.widgets.kept_edit import KeptEdit
from cs_workbench.ui.widgets.label import Label


class NumberField(QWidget):
    """A short field with a word before and the unit behind. ``kept`` carries the number (shares as parts of one),
    ``refused`` why it is none, or "" once it is one. Up and Down count.
    """

    kept = Signal(float)
    refused = Signal(str)

    def __init__(
        self,
        *,
        name: str,
        least: float,
        most: float,
        before: str = "",
        unit: str = "",
        share: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.least, self.most = least, most
        self.value = least
        self._share = share
        self.edit = KeptEdit(name=name)
        self.before = Label(before)
        self.unit = Label("%" if share and not unit else unit, "body", "text.secondary")
        theme = themes.current()
        self.edit.setFixedWidth(theme.px(64))
        self.edit.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.edit.setMaxLength(12)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(8))
        row.addWidget(self.before)
        row.addWidget(self.edit)
        row.addWidget(self.unit)
        row.addStretch(1)
        self.before.setVisible(bool(before))
        self.unit.setVisible(bool(self.unit.text()))
        self.setFocusProxy(self.edit)
        self.edit.kept.connect(self._keep)

    def show_value(self, value: float) -> None:
        """Show what is stored."""
        self.value = value
        self.edit.show_value(self._written(value))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Up and Down count by one; Esc takes the refusal away with what was typed."""
        step = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        typed = self._read(self.edit.text())
        value = (self.value if typed is None else typed) + (step / 100 if self._share else step)
        self.edit.setText(self._written(min(max(value, self.least), self.most)))

    def _keep(self, text: str) -> None:
        value = self._read(text)
        if value is None or not self.least <= value <= self.most:
            self.edit.set_wrong(True)
            self.refused.emit(
                _("This is a number from {least} to {most}.").format(
                    least=self._written(self.least), most=self._written(self.most)
                )
            )
            return
        self.edit.set_wrong(False)
        self.refused.emit("")
        if value == self.value:
            self.edit.restore()
        else:
            self.kept.emit(value)

    def _read(self, text: str) -> float | None:
        plain = unicodedata.normalize("NFKC", text).strip().removesuffix("%").replace(",", "")
        try:
            value = float(plain)
        except ValueError:
            return None
        if value != value or abs(value) > 1e12:  # noqa: PLR0124 - a number that is none
            return None
        return value / 100 if self._share else value

    def _written(self, value: float) -> str:
        return f"{round(value * 100 if self._share else value, 2):g}"

"""The tabs of an account; where there is no room counts go first, then the words of all but the current one."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from cs_workbench.ui import theme as themes
from cs_workbench.ui.widgets.tabs import TabBar, TabEntry

_SPACES = (8, 2, 0)


class AccountTabs(TabBar):
    """``number`` and ``name_tabs`` keep what is to be shown; the width decides how much of it is."""

    gives_icons: ClassVar[bool] = False

    def __init__(self, entries: tuple[TabEntry, ...], *, name: str, parent: QWidget | None = None) -> None:
        self._words = {entry.key: entry.text for entry in entries}
        self._numbers: dict[str, int] = {}
        super().__init__(entries, name=name, parent=parent)

    def name_tabs(self, words: dict[str, str]) -> None:
        """Other words for the same tabs."""
        self._words = dict(words)
        self.fit()

    def number(self, numbers: dict[str, int]) -> None:
        """The counts after the words; tabs that are not named keep theirs."""
        self._numbers = {**self._numbers, **numbers}
        self.fit()

    def set_current(self, key: str) -> None:
        """The current tab always shows its word."""
        super().set_current(key)
        self.fit()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Show as much as there is room for."""
        super().resizeEvent(event)
        self.fit()

    def fit(self) -> None:
        """Everything; else no counts; else words for the current tab only."""
        for level, space in enumerate(_SPACES):
            self._show(level, themes.current().px(space))
            if self.row.sizeHint().width() <= self.width() or not self.isVisible():
                return

    def _show(self, level: int, space: int) -> None:
        self.row.setSpacing(space)
        for key, tab in self.tabs.items():
            words, number = self._words[key], self._numbers.get(key)
            tab.setText(words if level < 2 or key == self.current else "")
            tab.set_number(number if level == 0 else None)
            tab.setAccessibleName(words if number is None else f"{words}, {number:,}")
            tab.setToolTip(tab.accessibleName() if level else "")
        self.row.invalidate()

"""Choices that tell which key was picked, and one that is searched by typing."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QComboBox, QCompleter, QWidget

from cs_workbench.ui import theme as themes
from cs_workbench.ui.widgets.fields import Choice


class CalmChoice(Choice):
    """A choice by key. ``picked`` carries the key a person chose."""

    picked = Signal(object)

    def __init__(
        self, *, name: str, choices: Sequence[tuple[object, str]] = (), parent: QWidget | None = None
    ) -> None:
        super().__init__(name=name, parent=parent)
        self._entries: tuple[tuple[object, str], ...] = ()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMaxVisibleItems(14)
        self.set_choices(choices)
        self.activated.connect(self._on_activated)

    def set_choices(self, choices: Sequence[tuple[object, str]]) -> None:
        """Offer (key, words); what was chosen stays chosen."""
        if tuple(choices) == self._entries:
            return
        before = self.currentData()
        self._entries = tuple(choices)
        self.clear()
        for key, words in choices:
            self.addItem(words, key)
        self.show_value(before)

    def show_value(self, key: object) -> None:
        """Show the choice with that key; one that is not offered is shown by its key."""
        at = self.findData(key)
        if at < 0 and key not in (None, ""):
            self.addItem(str(key), key)
            at = self.count() - 1
        self.setCurrentIndex(at)

    def _on_activated(self, _index: int) -> None:
        self.picked.emit(self.currentData())


class SearchChoice(CalmChoice):
    """A long list: typing any part of an entry finds it; what is no entry is put back."""

    def __init__(
        self, *, name: str, choices: Sequence[tuple[object, str]] = (), parent: QWidget | None = None
    ) -> None:
        super().__init__(name=name, choices=choices, parent=parent)
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self._shown: object = self.currentData()
        typing = self.lineEdit()
        finder = QCompleter(self.model(), self)
        finder.setFilterMode(Qt.MatchFlag.MatchContains)
        finder.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        finder.setMaxVisibleItems(12)
        self.setCompleter(finder)
        if typing is not None:
            typing.setProperty("bare", True)
            typing.setAccessibleName(name)
            typing.setPlaceholderText(name)
            typing.setTextMargins(themes.current().px(2), 0, 0, 0)
            typing.editingFinished.connect(self._settle)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """The text lies inside the frame, left of the arrow, at every size."""
        super().resizeEvent(event)
        typing, theme = self.lineEdit(), themes.current()
        if typing is not None:
            inside = theme.px(4)
            typing.setGeometry(inside, 2, self.width() - inside - theme.px(28), self.height() - 4)

    def show_value(self, key: object) -> None:
        """As for every choice; typing is not disturbed."""
        typing = self.lineEdit()
        self._shown = key
        if typing is None or not (typing.hasFocus() and typing.isModified()):
            super().show_value(key)
            if typing is not None:
                typing.setCursorPosition(0)

    def _on_activated(self, _index: int) -> None:
        typing = self.lineEdit()
        if typing is not None:
            typing.setModified(False)
            typing.setCursorPosition(0)
        if self.currentData() != self._shown:
            self._shown = self.currentData()
            self.picked.emit(self.currentData())

    def _settle(self) -> None:
        """What was typed is an entry, the only one it can be, or put back."""
        typing = self.lineEdit()
        if typing is None or not typing.isModified():
            return
        typing.setModified(False)
        at = self._found(typing.text())
        if at < 0:
            super().show_value(self._shown)
            return
        self.setCurrentIndex(at)
        self._on_activated(at)

    def _found(self, text: str) -> int:
        exact = self.findText(text, Qt.MatchFlag.MatchFixedString)
        if exact >= 0 or not text.strip():
            return exact
        fits = [n for n in range(self.count()) if text.strip().casefold() in self.itemText(n).casefold()]
        return fits[0] if len(fits) == 1 else -1

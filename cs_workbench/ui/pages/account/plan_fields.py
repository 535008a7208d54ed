"""Fields of a success plan beside the tree: kept on Enter and on leaving, refused in place with a remedy."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCompleter, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from cs_workbench.i18n import _
from cs_workbench.ui import theme as themes
from cs_workbench.ui.widgets.button import Button
from cs_workbench.ui.widgets.fields import Choice, Shape
from cs_workbench.ui.widgets.kept_edit import KeptEdit
from cs_workbench.ui.widgets.label import Label

Choices = Callable[[], Sequence[tuple[str, str]]]


@dataclass(frozen=True, slots=True)
class Spec:
    """A field: its name in the service, its word (marked, put in the language when shown), perhaps a closed list."""

    field: str
    word: str
    choices: Choices | None = None


class Trouble(QWidget):
    """Why something is refused or odd, with a verb that mends it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._fix: Callable[[], object] | None = None
        self.shape = Shape()
        self.words = Label("", "small", "health.red.text", wrap=True)
        self.remedy = Button("", "text", small=True)
        self.words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, themes.current().px(4))
        column.setSpacing(0)
        row = QHBoxLayout()
        row.setSpacing(themes.current().px(8))
        row.addWidget(self.shape, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.words, 1)
        column.addLayout(row)
        column.addWidget(self.remedy)
        self.remedy.clicked.connect(self._on_remedy)
        self.hide()

    def say(
        self, sentence: str, remedy: str = "", fix: Callable[[], object] | None = None, *, grave: bool = True
    ) -> None:
        """Show it; without *fix* the remedy is only said."""
        self._fix = fix
        self.words.setText(sentence if fix is not None or not remedy else f"{sentence} {remedy}")
        self.words.set_colour("health.red.text" if grave else "health.yellow.text")
        self.shape.setVisible(grave)
        self.remedy.setText(remedy if fix is not None else "")
        self.remedy.setVisible(fix is not None)
        self.show()

    def clear(self) -> None:
        """Nothing is wrong."""
        self._fix = None
        self.hide()

    def _on_remedy(self) -> None:
        fix = self._fix
        self.clear()
        if fix is not None:
            fix()


class FieldLine(QWidget):
    """A word, a field, what is wrong below."""

    kept = Signal(str, str)

    def __init__(self, spec: Spec, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.spec = spec
        self.word = Label("", "body", "text.secondary")
        self.edit = KeptEdit(name="") if spec.choices is None else None
        self.choice = Choice(name="") if spec.choices is not None else None
        self.trouble = Trouble()
        self._stands = ""
        theme = themes.current()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(2))
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        self.word.setFixedWidth(theme.px(116))
        row.addWidget(self.word)
        field = self.edit or self.choice
        assert field is not None
        row.addWidget(field, 1)
        column.addLayout(row)
        column.addWidget(self.trouble)
        self.setFocusProxy(field)
        if self.edit is not None:
            self.edit.setMinimumWidth(theme.px(60))
            self.edit.kept.connect(lambda text: self.kept.emit(spec.field, text))
        if self.choice is not None:
            self.choice.setMinimumWidth(theme.px(60))
            self.choice.activated.connect(self._on_activated)

    def retranslate(self) -> None:
        """Its word, and the words of its list."""
        word = _(self.spec.word)
        self.word.setText(word)
        (self.edit or self.choice or self).setAccessibleName(word)
        if self.choice is not None and self.spec.choices is not None:
            here = self.choice.currentData()
            self.choice.clear()
            for key, words in self.spec.choices():
                self.choice.addItem(words, key)
            self.choice.setCurrentIndex(max(0, self.choice.findData(here)))

    def show_value(self, text: str) -> None:
        """Show what is stored, unless something else is being typed."""
        if self.edit is not None:
            self.edit.show_value(text)
        self._stands = text
        self._turn_back()

    def offer(self, words: Sequence[str]) -> None:
        """Names to complete from."""
        if self.edit is not None:
            completer = QCompleter(list(words), self.edit)
            completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
            completer.setFilterMode(Qt.MatchFlag.MatchContains)
            self.edit.setCompleter(completer)

    def refuse(self, sentence: str, remedy: str = "", fix: Callable[[], object] | None = None) -> None:
        """Say why what was typed is not kept; the text stays to be mended, a choice goes back to what stands."""
        self._turn_back()
        if self.edit is not None:
            self.edit.set_wrong(True)
            self.edit.setAccessibleDescription(sentence)
        self.trouble.say(sentence, remedy, fix)

    def accept(self) -> None:
        """What was typed is kept."""
        if self.edit is not None:
            self.edit.set_wrong(False)
            self.edit.setAccessibleDescription("")
        self.trouble.clear()

    def _turn_back(self) -> None:
        if self.choice is not None:
            self.choice.setCurrentIndex(max(0, self.choice.findData(self._stands)))

    def _on_activated(self, _number: int) -> None:
        if self.choice is not None:
            self.kept.emit(self.spec.field, str(self.choice.currentData() or ""))


class FieldList(QWidget):
    """Lines of fields. ``kept`` (field, text) tells what was typed."""

    kept = Signal(str, str)

    def __init__(self, specs: Sequence[Spec], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lines = {spec.field: FieldLine(spec) for spec in specs}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(themes.current().px(6))
        for line in self.lines.values():
            column.addWidget(line)
            line.kept.connect(self.kept)

    def retranslate(self) -> None:
        """Words of all lines."""
        for line in self.lines.values():
            line.retranslate()

    def show_values(self, values: dict[str, str]) -> None:
        """Show what is stored."""
        for field, text in values.items():
            if field in self.lines:
                self.lines[field].show_value(text)

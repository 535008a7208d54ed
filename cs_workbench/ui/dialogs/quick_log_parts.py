"""The pieces of the quick log below its field: chips, the note as it will be stored, what is wrong, the footer."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from cs_workbench.i18n import _
from cs_workbench.ui import theme as themes
from cs_workbench.ui.widgets.button import Button
from cs_workbench.ui.widgets.chip import Chip
from cs_workbench.ui.widgets.fields import Shape
from cs_workbench.ui.widgets.flow import Flow
from cs_workbench.ui.widgets.header import Bar
from cs_workbench.ui.widgets.keycap import KeyCap
from cs_workbench.ui.widgets.label import Label
from cs_workbench.ui.widgets.note_chips import NoteChip

PREFILLED = (-2, -2)
"""The place of the account chip that comes from where the person stands."""
_SHOWN = 280
_CHIP_LETTERS = 40


class ChipsRow(Flow):
    """The chips of the line; × takes one out (``removed`` carries its place)."""

    removed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.shown: tuple[NoteChip, ...] = ()
        self.chips: list[Chip] = []

    def show_chips(self, found: Sequence[NoteChip]) -> None:
        """Show *found*; chips that stay as they are keep their widgets."""
        found = tuple(found)
        if [one[:3] for one in found] == [one[:3] for one in self.shown]:
            self.shown = found
            return
        self.shown = found
        for chip in self.chips:
            self.flow.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self.chips = [self._made(number, one) for number, one in enumerate(found)]

    def texts(self) -> list[str]:
        """What the chips say."""
        return [one.text for one in self.shown]

    def _made(self, number: int, one: NoteChip) -> Chip:
        text = one.text if len(one.text) <= _CHIP_LETTERS else one.text[: _CHIP_LETTERS - 1] + "…"
        removable = one.place != (-1, -1)
        chip = Chip(text, one.tone, icon=one.icon, removable=removable)
        if not removable:
            chip.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        chip.removed.connect(lambda: self.removed.emit(self.shown[number].place))
        self.add(chip)
        return chip


class StoredNote(QWidget):
    """A well with the note as it will be stored."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = Label("", "reading", wrap=True)
        theme = themes.current()
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(12), theme.px(8), theme.px(12), theme.px(8))
        column.addWidget(self.words)

    def show_note(self, text: str) -> None:
        """Show the note, the beginning of a long one; nothing hides the well."""
        lines = text.splitlines()
        short = "\n".join(lines[:4])[:_SHOWN]
        self.words.setText(short if short == text else short + "…")
        self.setAccessibleName(_("Note as it will be stored"))
        self.setVisible(bool(text))

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """The sunken ground."""
        theme = themes.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("bg.sunken"))
        painter.drawRoundedRect(QRectF(self.rect()), theme.px(6), theme.px(6))


class LineProblem(QWidget):
    """What is wrong with the line, and ways on, each one click. Mild while typed, red once saving was refused."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.first = Label("", "small", wrap=True)
        self.shape = Shape()
        self.ways: list[Chip | Button] = []
        self._said: tuple[object, ...] = ()
        theme = themes.current()
        line = QHBoxLayout()
        line.setSpacing(theme.px(8))
        line.addWidget(self.shape)
        line.addWidget(self.first, 1)
        self._flow = Flow()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        column.addLayout(line)
        column.addWidget(self._flow)
        self.hide()

    def say(
        self,
        sentence: str,
        names: Sequence[tuple[str, Callable[[], object]]] = (),
        ways: Sequence[tuple[str, Callable[[], object]]] = (),
        *,
        refused: bool = False,
    ) -> None:
        """Show it: *names* as chips to choose from, *ways* as buttons. An empty sentence hides it."""
        said = (sentence, tuple(name for name, _do in names), tuple(way for way, _do in ways), refused)
        if said != self._said:
            self._said = said
            self._show(sentence, names, ways, refused=refused)
        self.setVisible(bool(sentence))

    def _show(
        self,
        sentence: str,
        names: Sequence[tuple[str, Callable[[], object]]],
        ways: Sequence[tuple[str, Callable[[], object]]],
        *,
        refused: bool,
    ) -> None:
        for way in self.ways:
            self._flow.flow.removeWidget(way)
            way.hide()
            way.deleteLater()
        self.shape.setVisible(refused)
        self.first.set_colour("health.red.text" if refused else "text.secondary")
        self.first.setText(sentence)
        self.setAccessibleName(sentence)
        self.ways = []
        for name, do in names:
            chip = Chip(name[:_CHIP_LETTERS], "outline", icon="building-2")
            chip.clicked.connect(lambda _checked=False, do=do: do())
            self.ways.append(chip)
        for name, do in ways:
            button = Button(name, "text", small=True)
            button.clicked.connect(lambda _checked=False, do=do: do())
            self.ways.append(button)
        for one in self.ways:
            self._flow.add(one)
        self._flow.setVisible(bool(self.ways))


def _mark_words() -> tuple[str, ...]:
    return _("account"), _("person"), _("tag"), _("date"), _("task")


class Footer(Bar):
    """Which marks there are, one hint, Save."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(48, surface="", line="line.strong", margin=16, above=True, parent=parent)
        theme = themes.current()
        self.marks = [Label("", "small", "text.secondary") for _n in range(5)]
        self.hint = Label("", "small", "text.secondary", elide=True)
        self._hint, self._composing = "", False
        self.save = Button("", "filled", keys="Enter")
        self.keys = [KeyCap(key) for key in ("@", "+", "#", "!", "next:")]
        for key, label in zip(self.keys, self.marks, strict=True):
            self.row.addWidget(key)
            self.row.addWidget(label)
        self.row.addSpacing(theme.px(12))
        self.row.addWidget(self.hint, 1)
        self.row.addWidget(self.save)

    def retranslate(self) -> None:
        """Words of the marks and of the button."""
        for label, words in zip(self.marks, _mark_words(), strict=True):
            label.setText(words)
        self.keys[-1].say(_("next:"))
        self.save.setText(_("Save"))
        self.tell(composing=False)

    def tell(self, *, composing: bool) -> None:
        """What Enter does just now."""
        self._hint = _("Enter only commits while composing") if composing else _("Shift Enter for a new line")
        self._composing = composing
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Another width."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """The hint whole or not at all; while an input method composes it goes before the words of the marks."""
        gap = max(self.row.spacing(), 0)
        wide = [one.sizeHint().width() + gap for one in (*self.keys, *self.marks, self.save)]
        rest = self.row.contentsRect().width() - sum(wide) - gap - themes.current().px(12)
        fits = QFontMetrics(self.hint.font()).horizontalAdvance(self._hint) <= rest
        for label in self.marks:
            label.setVisible(fits or not self._composing)
        self.hint.setText(self._hint if fits or self._composing else "")
        self.hint.setAccessibleName(self._hint)

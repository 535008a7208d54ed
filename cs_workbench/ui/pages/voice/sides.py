"""The figures under a survey's trend, each of which opens the answers it counts."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from cs_workbench.domain import loops, surveys
from cs_workbench.i18n import _
from cs_workbench.services.voice import Answer, Voice
from cs_workbench.ui import theme as themes
from cs_workbench.ui.pages.voice import words
from cs_workbench.ui.widgets.button import Button

SIDES = ("high", "middle", "low")


class Sides(QWidget):
    """Promoters, passives, detractors and the response rate; ``opened`` carries the filter ("" for all answers)."""

    opened = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.buttons = {key: Button("", "quiet", small=True) for key in (*SIDES, "")}
        row = QHBoxLayout(self)
        row.setContentsMargins(*(themes.current().px(side) for side in (16, 4, 24, 4)))
        row.setSpacing(themes.current().px(4))
        for key, button in self.buttons.items():
            button.setCheckable(True)
            button.clicked.connect(lambda _on=False, key=key: self.opened.emit(key))
            row.addWidget(button)
        row.addStretch(1)

    def show_voice(self, found: Voice) -> None:
        """Another survey or period."""
        counts = dict(zip(SIDES, (found.result.high, found.result.middle, found.result.low), strict=True))
        for place, (key, count) in enumerate(counts.items()):
            said = words.side(found.kind, place, count)
            self.buttons[key].setText(said)
            self.buttons[key].setAccessibleName(_("{figure}: show these answers").format(figure=said))
            self.buttons[key].setEnabled(bool(count))
        rate = words.rate(found)
        self.buttons[""].setText(rate)
        self.buttons[""].setAccessibleName(_("{figure}: show all answers").format(figure=rate))
        self.buttons[""].setEnabled(bool(found.answers))

    def mark(self, which: str) -> None:
        """Which filter is in force."""
        for key, button in self.buttons.items():
            button.setChecked(bool(key) and key == which)


def lets(which: str, one: Answer, kind: surveys.Kind) -> bool:
    """Whether an answer is among those a filter shows."""
    if which in SIDES:
        return surveys.side(kind, one.score) == which
    if which == "due":
        return loops.proposes(one.kind, one.score)
    return which != "said" or bool(one.comment.strip())

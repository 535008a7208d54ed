"""What cannot be read in the filter of the accounts page, said below it with one click to mend it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from cs_workbench.i18n import _, mark
from cs_workbench.ui import theme as themes
from cs_workbench.ui.widgets.button import Button
from cs_workbench.ui.widgets.fields import Shape
from cs_workbench.ui.widgets.label import Label

if TYPE_CHECKING:
    from cs_workbench.domain.account_filter import Problem

PROBLEMS: Mapping[str, str] = {
    "unknown_key": mark("“{text}” is nothing accounts can be filtered by."),
    "value_missing": mark("“{text}” needs a value."),
    "not_a_number": mark("“{text}” is not a number."),
    "not_money": mark("“{text}” is not an amount, such as 1m or 100万."),
    "not_a_day": mark("“{text}” is neither a number of days, such as 90d, nor a date."),
    "unknown_value": mark("“{text}” is not on the list."),
    "no_comparison": mark("“{text}” cannot be compared; use a colon."),
    "no_range": mark("“{text}” cannot be compared; use a colon."),
    "too_deep": mark("There are too many brackets inside one another."),
    "unclosed": mark("A bracket is not closed."),
    "unopened": mark("A bracket closes nothing."),
    "unclosed_quote": mark("A quotation mark is not closed."),
    "nothing_before": mark("“{text}” needs a condition before it."),
    "nothing_after": mark("“{text}” needs a condition after it."),
    "me_unknown": mark("Your own name is not in the settings yet."),
}


class ProblemLine(QWidget):
    """What cannot be read in the filter, and what could stand there instead in one click. Hidden where all is well."""

    fixed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme = themes.current()
        self.sentence = Label("", "small", "health.red.text", elide=True)
        self.remedy = Button("", "text", small=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(24), 0, theme.px(24), theme.px(8))
        row.setSpacing(theme.px(8))
        row.addWidget(Shape())
        row.addWidget(self.sentence)
        row.addWidget(self.remedy)
        row.addStretch(1)
        self._choice = ""
        self.remedy.clicked.connect(lambda: self.fixed.emit(self._choice))
        self.hide()

    def say(self, problem: Problem | None, text: str) -> None:
        """Tell *problem* of the filter *text*; None takes it away."""
        self.setVisible(problem is not None)
        if problem is None:
            return
        self.sentence.setText(_(PROBLEMS[problem.code]).format(text=problem.text))
        self.setAccessibleName(self.sentence.text())
        choice = problem.choices[0] if problem.choices else ""
        self._choice = text[: problem.start] + choice + text[problem.end :]
        self.remedy.setText(_("Use {word}").format(word=choice) if choice else "")
        self.remedy.setVisible(bool(choice))

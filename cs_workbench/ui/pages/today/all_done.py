"""When all is done: three figures of the day, and what comes next."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from cs_workbench.domain.money import Total
from cs_workbench.i18n import _, ngettext
from cs_workbench.services import signal_words, today_words
from cs_workbench.services.today import Board
from cs_workbench.ui import icons, wording
from cs_workbench.ui import theme as themes
from cs_workbench.ui.style import restyled
from cs_workbench.ui.widgets.button import Button
from cs_workbench.ui.widgets.label import Label


class Figure(QWidget):
    """One figure over its words; a line at its left unless it is the first."""

    def __init__(self, *, first: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._first = first
        self.value = Label("", "figure")
        self.words = Label("", "small", "text.secondary")
        theme = themes.current()
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(16), theme.px(16), theme.px(16), theme.px(16))
        column.setSpacing(0)
        for label in (self.value, self.words):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            column.addWidget(label)
        self.setMinimumWidth(theme.px(180))

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """The line between figures."""
        if not self._first:
            line = themes.current().colour("line.strong")
            QPainter(self).fillRect(QRectF(0, 0, 1, self.height()), line)


class Figures(QWidget):
    """Figures side by side between two lines."""

    def __init__(self, count: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.figures = [Figure(first=number == 0) for number in range(count)]
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 1, 0, 1)
        row.setSpacing(0)
        for figure in self.figures:
            row.addWidget(figure, 1)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """The lines above and below."""
        line = themes.current().colour("line.strong")
        painter = QPainter(self)
        painter.fillRect(QRectF(0, 0, self.width(), 1), line)
        painter.fillRect(QRectF(0, self.height() - 1, self.width(), 1), line)


class AllDone(QWidget):
    """``wanted`` asks to see the rest of the week."""

    wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.mark = QLabel()
        self.title = Label("", "page")
        self.next = Label("", "lead", "text.secondary", wrap=True, phrases=True)
        self.figures = Figures(3)
        self.week = Button("", icon="calendar")
        self._lay_out()
        self.week.clicked.connect(self.wanted)
        self._draw()

    def _lay_out(self) -> None:
        theme = themes.current()
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(24), theme.px(16), theme.px(24), theme.px(48))
        column.setSpacing(0)
        column.addStretch(2)
        for part, below in (
            (self.mark, 16),
            (self.title, 8),
            (self.next, 24),
            (self.figures, 32),
            (self.week, 0),
        ):
            if isinstance(part, QLabel):
                part.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            column.addWidget(part, 0, Qt.AlignmentFlag.AlignHCenter)
            column.addSpacing(theme.px(below))
        column.addStretch(3)
        self.next.setMinimumWidth(theme.px(480))
        self.next.setMaximumWidth(theme.px(640))

    def show_board(self, board: Board) -> None:
        """The day's figures and the next line, in the language of now."""
        done, figures = board.figures.done, board.figures
        self.title.setText(ngettext("It is done", "All {n} are done", done).format(n=done))
        following = board.items[0] if board.items else None
        self.next.setVisible(following is not None)
        self.week.setVisible(following is not None)
        if following is not None:
            when = signal_words.due(following.signal, board.today)
            words = _("Next: {title}, {account}, {when}.")
            title, whom = today_words.title(following), today_words.account(following)
            self.next.setText(words.format(title=title, account=whom, when=when))
            week = following.group == "week"
            self.week.setText(_("Look at this week") if week else _("Look at what comes later"))
        shown = (
            (str(figures.contacts), ngettext("contact logged", "contacts logged", figures.contacts)),
            (total_words(figures.moved), _("moved a step")),
            (str(figures.promises), ngettext("promise kept", "promises kept", figures.promises)),
        )
        for figure, (value, words) in zip(self.figures.figures, shown, strict=True):
            figure.value.setText(value)
            figure.words.setText(words)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """The mark in a new theme's green."""
        super().changeEvent(event)
        if restyled(event):
            self._draw()

    def _draw(self) -> None:
        self.mark.setPixmap(icons.pixmap("circle-check", "health.green.graphic", 32))


def total_words(total: Total) -> str:
    """A total in one currency where that can be said, else its parts: "¥38.5M + $120k"; 0 where there is nothing."""
    if total.value is not None:
        return wording.money(total.value, total.currency)
    return " + ".join(wording.money(part.value, part.currency) for part in total.parts) or "0"

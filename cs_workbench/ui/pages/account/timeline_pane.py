"""Beside the timeline: promises, and how often there was a conversation month by month."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from cs_workbench.i18n import _
from cs_workbench.services import signal_words
from cs_workbench.services.account_page import TaskRow
from cs_workbench.services.account_tabs import Timeline
from cs_workbench.ui import theme as themes
from cs_workbench.ui.pages.account.tab import emptied, scrolled
from cs_workbench.ui.widgets.fields import CheckBox
from cs_workbench.ui.widgets.label import Label
from cs_workbench.ui.widgets.rows import paint_text
from cs_workbench.ui.widgets.split import Pane


class Rhythm(QWidget):
    """Two-way contacts a month as bars; a month without any says 0."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.months: tuple[tuple[dt.date, int], ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_months(self, months: tuple[tuple[dt.date, int], ...]) -> None:
        """Other months."""
        self.months = months
        self.setAccessibleName(_(", ").join(f"{day.year}/{day.month}: {count}" for day, count in months))
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802
        """96 high."""
        return QSize(themes.current().px(200), themes.current().px(104))

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Bars on a line, months below."""
        if not self.months:
            return
        theme = themes.current()
        painter = QPainter(self)
        foot = self.height() - theme.line("caption") - theme.px(2)
        most = max(1, *(count for _day, count in self.months))
        step = self.width() / len(self.months)
        width = min(step * 0.55, theme.px(16))
        room = foot - theme.line("small_strong")
        for number, (day, count) in enumerate(self.months):
            middle = step * (number + 0.5)
            high = round(room * count / most)
            label = QRectF(
                middle - step, foot - high - theme.line("small_strong"), 2 * step, theme.line("small_strong")
            )
            centre = Qt.AlignmentFlag.AlignHCenter
            if count:
                painter.fillRect(QRectF(round(middle - width / 2), foot - high, round(width), high),
                                 theme.colour("chart.series.0"))  # fmt: skip
            else:
                paint_text(painter, label, "0", "small_strong", "health.red.text", centre)
            if count == most:
                paint_text(painter, label, f"{count}", "small_strong", "text.primary", centre)
            below = QRectF(middle - step, foot + theme.px(2), 2 * step, theme.line("caption"))
            paint_text(painter, below, str(day.month), "caption", "text.secondary", centre)
        painter.fillRect(QRectF(0, foot, self.width(), 1), theme.colour("chart.axis"))


class TimelinePane(Pane):
    """``ticked`` carries the promise that was kept."""

    ticked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme = themes.current()
        self.promises_title, self.promises_fact = Label("", "strong"), Label("", "small", "text.secondary")
        self.rhythm_title, self.rhythm_fact = (
            Label("", "strong"),
            Label("", "small", "text.secondary", wrap=True),
        )
        self.promises = QVBoxLayout()
        self.rhythm = Rhythm()
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(theme.px(24), theme.px(16), theme.px(24), theme.px(16))
        column.setSpacing(theme.px(4))
        line = QHBoxLayout()
        line.addWidget(self.promises_title, 1)
        line.addWidget(self.promises_fact)
        column.addLayout(line)
        column.addLayout(self.promises)
        column.addSpacing(theme.px(20))
        for part in (self.rhythm_title, self.rhythm_fact, self.rhythm):
            column.addWidget(part)
        column.addStretch(1)
        self.column.setContentsMargins(1, 0, 0, 0)
        self.column.addWidget(scrolled(inner))

    def show_timeline(self, timeline: Timeline, today: dt.date) -> None:
        """Promises and rhythm of one account."""
        emptied(self.promises)
        ours = sum(one.kind == "promise_ours" for one in timeline.promises)
        theirs = len(timeline.promises) - ours
        self.promises_fact.setText(_("ours {ours} · theirs {theirs}").format(ours=ours, theirs=theirs))
        for one in timeline.promises[:6]:
            self._promise(one, today)
        if not timeline.promises:
            self.promises.addWidget(Label(_("No promise is open."), "body", "text.secondary"))
        self.rhythm.show_months(timeline.rhythm)

    def retranslate(self) -> None:
        """Fixed texts."""
        self.promises_title.setText(_("Promises"))
        self.rhythm_title.setText(_("Rhythm of contacts"))
        self.rhythm_fact.setText(_("Two-way contacts by month"))

    def _promise(self, one: TaskRow, today: dt.date) -> None:
        theme = themes.current()
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(8))
        box = CheckBox(name=one.title)
        words = Label(one.title, elide=True)
        words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        whose = _("us") if one.kind == "promise_ours" else one.person or _("them")
        late = one.due_on is not None and one.due_on < today
        due = "" if one.due_on is None else f" · {signal_words.short(one.due_on)}"
        style, ink = ("small_strong", "health.red.text") if late else ("small", "text.secondary")
        row.addWidget(box)
        row.addWidget(words, 1)
        row.addWidget(Label(f"{whose}{due}", style, ink))
        holder.setMinimumHeight(theme.row(36))
        box.clicked.connect(lambda _checked=False: self.ticked.emit(one))
        self.promises.addWidget(holder)

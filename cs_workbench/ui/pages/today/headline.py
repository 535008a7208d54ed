"""The one sentence over the lines: how much needs somebody, how much today, what renews."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from cs_workbench import i18n
from cs_workbench.domain.money import Total
from cs_workbench.i18n import _, ngettext
from cs_workbench.services import signal_words
from cs_workbench.services.today import Board
from cs_workbench.ui import theme as themes
from cs_workbench.ui import wording
from cs_workbench.ui.widgets.label import Label

_WORDS = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_DAYS_JA = "月火水木金土日"
_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
           "November", "December")  # fmt: skip


class Headline(QWidget):
    """What needs somebody in bold, the rest beside it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme = themes.current()
        self.count = Label("", "reading_strong")
        self.rest = Label("", "reading", elide=True)
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(theme.px(24), 0, theme.px(24), 0)
        self.row.addWidget(self.count)
        self.row.addWidget(self.rest, 1)
        self.setMinimumHeight(theme.row(54, "reading"))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def show_board(self, board: Board) -> None:
        """In the language of now."""
        later = len(board.of("later"))
        more = ngettext("One comes later.", "{n} come later.", later).format(n=f"{later:,}") if later else ""
        self.count.setText(needing(len(board.of("now")), len(board.of("week"))))
        self.rest.setText(signal_words.sentences((more, renewing(board.renewing))))
        rates = board.renewing.rates if board.renewing.value is not None else ()
        if rates:
            oldest = signal_words.short(min(rate.on_date for rate in rates))
            self.rest.setToolTip(_("Converted at your rates of {date}.").format(date=oldest))
        self.row.setSpacing(0 if i18n.language() == "ja" else themes.current().px(4))

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """The line below."""
        theme = themes.current()
        box = QRectF(0, self.height() - 1, self.width(), 1)
        QPainter(self).fillRect(box, theme.colour("line.subtle"))


def needing(now: int, week: int) -> str:
    """How many lines stand under Now and This week: the same words and figures as the headings below."""
    if not now + week:
        return _("Nothing needs you this week.")
    if not week:
        return ngettext("One thing needs you now.", "{n} things need you now.", now).format(n=f"{now:,}")
    if not now:
        return ngettext("One thing needs you this week.", "{n} things need you this week.", week).format(
            n=f"{week:,}"
        )
    words = _("{n} things need you: {now} now, {week} this week.")
    return words.format(n=f"{now + week:,}", now=spelled(now), week=spelled(week))


def renewing(total: Total) -> str:
    """What has its renewal deadline within 90 days, as the Renewals page counts: one sum where the entered rates allow
    it (and says that they were used), else each currency.
    """
    parts = [wording.money(part.value, part.currency) for part in total.parts if part.value]
    if not parts:
        return ""
    if total.value is None:
        return _("{parts} renew with notice within 90 days.").format(parts=_(" and ").join(parts))
    text = wording.money(total.value, total.currency)
    if not total.rates:
        return _("{amount} renews with notice within 90 days.").format(amount=text)
    return _("{amount} (converted) renews with notice within 90 days.").format(amount=text)


def spelled(number: int) -> str:
    """A count inside a sentence: "five" in English, figures in Japanese and beyond ten."""
    if i18n.language() == "en" and number < len(_WORDS):
        return _WORDS[number]
    return f"{number:,}"


def day(today: dt.date) -> str:
    """The day beside the title: "Tuesday 24 November", "11月24日（火）"."""
    if i18n.language() == "ja":
        return f"{today.month}月{today.day}日（{_DAYS_JA[today.weekday()]}）"
    return f"{_DAYS[today.weekday()]} {today.day} {_MONTHS[today.month - 1]}"

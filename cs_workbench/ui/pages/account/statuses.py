"""The three statuses side by side: computed, the CSM's call, final."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from cs_workbench.i18n import _, ngettext
from cs_workbench.services import health_words, signal_words
from cs_workbench.services.account_page import HealthCallRow, Overview
from cs_workbench.ui import theme as themes
from cs_workbench.ui.widgets.badge import BAND_NAMES, Band, band_of, paint_shape
from cs_workbench.ui.widgets.button import Button
from cs_workbench.ui.widgets.card import Card
from cs_workbench.ui.widgets.label import Label
from cs_workbench.ui.widgets.sparkline import Sparkline


class BandShape(QWidget):
    """The shape of a band on its own, 16 px."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.band: Band = "none"
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_band(self, band: Band) -> None:
        """Another band."""
        self.band = band
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802
        """16 px."""
        return QSize(themes.current().px(16), themes.current().px(16))

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """The shape."""
        paint_shape(QPainter(self), self.band, QRectF(self.rect()).adjusted(1, 1, -1, -1))


class Status(Card):
    """One status: what it is called, shape and figure, and the sentence below."""

    def __init__(self, *, chosen: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(chosen=chosen, parent=parent)
        theme = themes.current()
        self.column.setSpacing(theme.px(2))
        self.called = Label("", "small", "text.secondary")
        self.figure = Label("", "figure")
        self.band = Label("", "small", "text.secondary", elide=True)
        self.about = Label("", "small", "text.secondary", elide=True)
        self.shape = BandShape()
        self.head, self.line = QHBoxLayout(), QHBoxLayout()
        self.head.addWidget(self.called, 1)
        self.line.setSpacing(theme.px(8))
        for part in (self.shape, self.figure):
            self.line.addWidget(part, 0, Qt.AlignmentFlag.AlignVCenter)
        self.line.addWidget(self.band, 1, Qt.AlignmentFlag.AlignVCenter)
        self.column.addLayout(self.head)
        self.column.addLayout(self.line)
        self.column.addWidget(self.about)

    def show_status(self, band: Band, figure: str, beside: str, about: str) -> None:
        """A band with its figure, what stands beside it, and the sentence below."""
        self.shape.show_band(band)
        self.figure.setText(figure)
        self.band.setText(beside)
        self.about.setText(about)
        words = (self.called.text(), figure, _(BAND_NAMES[band]), beside, about)
        self.setAccessibleName(_(", ").join(dict.fromkeys(word for word in words if word)))


class Statuses(QWidget):
    """``wanted`` asks to make or change the call."""

    wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.computed, self.call, self.final = Status(), Status(), Status(chosen=True)
        self.sparkline = Sparkline()
        self.change = Button("", "text", small=True)
        self.computed.head.addWidget(self.sparkline)
        self.call.head.addWidget(self.change)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(themes.current().px(16))
        for card in (self.computed, self.call, self.final):
            row.addWidget(card, 1)
        self.change.clicked.connect(self.wanted)

    def show_overview(self, overview: Overview) -> None:
        """All three, and how they came about."""
        self.computed.called.setText(_("Computed"))
        self.call.called.setText(_("Health call"))
        self.final.called.setText(_("Final"))
        self.change.setText(_("Change") if overview.called is not None else _("Make a call"))
        self.change.setVisible(not overview.head.archived)
        self._show_computed(overview)
        self._show_year(overview)
        self._show_call(overview)
        self._show_final(overview)

    def _show_computed(self, overview: Overview) -> None:
        score = overview.score
        apart = score.low is not None and score.high is not None and round(score.low) != round(score.high)
        words = _band_word(score.band)
        if apart:
            span = f"{score.low:.0f}–{score.high:.0f}"
            words = _("{band}, {span}").format(band=words, span=span)
        if score.score is None:
            about = health_words.no_score(score)
        else:
            about = _("{n} of {all} measured · {scorecard} v{version}").format(
                n=overview.measured, all=len(score.measures),
                scorecard=overview.scorecard, version=score.scorecard_version,
            )  # fmt: skip
        if score.capped:
            about = _("The worst axis lowers the band.")
        figure = "–" if score.score is None else f"{score.score:.1f}"
        self.computed.show_status(band_of(score.band), figure, words, about)

    def _show_year(self, overview: Overview) -> None:
        scores = [value for _day, value in overview.head.trend]
        now = overview.score.score
        points = [*scores[-11:], now] if not scores or scores[-1] != now else scores[-12:]
        self.sparkline.values = tuple(points)
        self.sparkline.band = band_of(overview.score.band)
        self.sparkline.setVisible(sum(one is not None for one in points) > 1)
        self.sparkline.setToolTip(_("The score over 12 months"))
        self.sparkline.update()

    def _show_call(self, overview: Overview) -> None:
        call, today = overview.call, overview.today
        state = call.state(today) if call is not None else "ended"
        self.call.figure.set_colour("text.primary" if state == "in_force" else "text.secondary")
        if call is None or state == "ended":
            self.call.show_status("none", "–", "", _("What you know and the score cannot see."))
            return
        if state == "lapsed":
            beside = _("lapsed on {date}").format(date=_day(call.until_on, today))
        else:
            beside = _("until {date}").format(date=_day(call.until_on, today))
        reason = _("“{text}”").format(text=" ".join(call.reason.split()))
        self.call.show_status(band_of(call.band), _band_word(call.band), beside, reason)

    def _show_final(self, overview: Overview) -> None:
        call = overview.called
        beside = _("as computed") if call is None else _("the call holds")
        self.final.show_status(
            band_of(overview.band), _band_word(overview.band), beside, _about_final(overview, call)
        )


def _about_final(overview: Overview, call: HealthCallRow | None) -> str:
    """Where computed and call part, and when the call ends."""
    if call is None:
        lapsed = overview.call is not None and overview.call.state(overview.today) == "lapsed"
        return _("The call has lapsed; it can be made again.") if lapsed else _("No call changes it.")
    left = (call.until_on - overview.today).days
    ends = (
        ngettext("lapses in {n} day", "lapses in {n} days", left).format(n=left)
        if left
        else _("lapses today")
    )
    if call.band == overview.score.band:
        return _("Both agree · {ends}").format(ends=ends)
    computed = _(BAND_NAMES[band_of(overview.score.band)])
    return _("Computed: {band} · {ends}").format(band=computed, ends=ends)


def _band_word(band: str) -> str:
    words = _(BAND_NAMES[band_of(band)])
    return words[:1].upper() + words[1:]


def _day(day: dt.date, today: dt.date) -> str:
    near = abs((day - today).days) < 300
    return signal_words.short(day) if near else f"{signal_words.short(day)} {day.year}"

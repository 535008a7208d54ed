"""Overview: the score with its arithmetic, the shortest way to green, and beside it what changed and what is next."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from cs_workbench.i18n import _, ngettext
from cs_workbench.services import health_words
from cs_workbench.services.account_page import Overview
from cs_workbench.ui import theme as themes
from cs_workbench.ui import wording
from cs_workbench.ui.desk import Desk
from cs_workbench.ui.pages.account import box_rows
from cs_workbench.ui.pages.account.overview_pane import OverviewPane
from cs_workbench.ui.pages.account.tab import Tab, Verbs, column, scrolled
from cs_workbench.ui.widgets.badge import BAND_NAMES, Badge, Band, band_of, paint_shape
from cs_workbench.ui.widgets.card import Card
from cs_workbench.ui.widgets.glass_box import GlassBox
from cs_workbench.ui.widgets.label import Label
from cs_workbench.ui.widgets.sparkline import Sparkline
from cs_workbench.ui.widgets.split import DetailSplit
from cs_workbench.ui.widgets.threshold import ProgressBar

STEPS_SHOWN = 3


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
        self.band = Label("", "small", "text.secondary")
        self.about = Label("", "small", "text.secondary", elide=True)
        self.shape = BandShape()
        self.line = QHBoxLayout()
        self.line.setSpacing(theme.px(8))
        for part in (self.shape, self.figure, self.band):
            self.line.addWidget(part, 0, Qt.AlignmentFlag.AlignVCenter)
        self.line.addStretch(1)
        self.column.addWidget(self.called)
        self.column.addLayout(self.line)
        self.column.addWidget(self.about)


class Way(Card):
    """The shortest way to green as a sum of steps."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(surface="bg.sunken", parent=parent)
        self.words = Label("", "strong")
        self.row = QHBoxLayout()
        self.row.setSpacing(themes.current().px(12))
        self.row.addWidget(self.words)
        self.row.addStretch(1)
        self.column.addLayout(self.row)
        self._parts: list[QWidget] = []

    def show_way(self, overview: Overview) -> None:
        """Steps with their gains and the score they lead to; or why there is nothing to show."""
        for part in self._parts:
            self.row.removeWidget(part)
            part.hide()
            part.deleteLater()
        self._parts = []
        path = overview.path
        self.setVisible(path is None or bool(path.steps))
        self.words.setText(_("Shortest way to green"))
        if path is None:
            gone = overview.score.score is None
            sentence = health_words.no_score(overview.score) if gone else _("Green is out of reach for now.")
            self._add(Label(sentence, "body", "text.secondary", elide=True))
            return
        labels = {one.key: one.label for one in overview.score.measures}
        for number, step in enumerate(path.steps[:STEPS_SHOWN]):
            if number:
                self._add(Label("+", "body", "text.secondary"))
            self._add(Label(health_words.step(step.key, labels.get(step.key, "")), elide=True))
            self._add(Label(health_words.delta(step.gain), "strong", "health.green.text"))
        more = len(path.steps) - STEPS_SHOWN
        if more > 0:
            words = ngettext("+ {n} more step", "+ {n} more steps", more).format(n=more)
            self._add(Label(words, "body", "text.secondary"))
        self._add(Label("=", "body", "text.secondary"))
        self._add(Badge(band_of("green"), path.score))

    def _add(self, part: QWidget) -> None:
        self.row.insertWidget(self.row.count() - 1, part)
        self._parts.append(part)


class OverviewTab(Tab):
    """Filled by the page's own reading: head and Overview come together."""

    key: ClassVar[str] = "overview"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.overview: Overview | None = None
        self.computed = Status(chosen=True)
        self.measured = Status()
        self.year = Status()
        self.coverage = ProgressBar()
        self.sparkline = Sparkline()
        self.box = GlassBox()
        self.way = Way()
        self.content = QWidget()
        self.pane = OverviewPane(desk)
        self.split = DetailSplit(scrolled(self.content), self.pane)
        self._lay_out()
        self.box.pressed.connect(lambda key: self.went.emit(box_rows.TABS.get(key, "use")))
        self.pane.went.connect(self.went)

    def _lay_out(self) -> None:
        theme = themes.current()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.split)
        inner = column(self.content)
        statuses = QHBoxLayout()
        statuses.setSpacing(theme.px(16))
        for card in (self.computed, self.measured, self.year):
            statuses.addWidget(card, 1)
        self.measured.line.insertWidget(3, self.coverage, 1)
        self.year.line.insertWidget(3, self.sparkline, 0, Qt.AlignmentFlag.AlignVCenter)
        for card in (self.measured, self.year):
            card.shape.hide()
        inner.addLayout(statuses)
        inner.addWidget(self.box)
        inner.addWidget(self.way)
        inner.addStretch(1)

    def load(self) -> None:
        """Nothing of its own: the page reads head and Overview together."""
        self.stale = False

    def about(self, overview: Overview) -> None:
        """Show it all."""
        super().about(overview)
        self.overview = overview
        self._show_statuses(overview)
        self.box.show_rows(box_rows.rows(overview.score, overview.today))
        self.way.show_way(overview)
        self.pane.show_overview(overview, self.account_id)

    def retranslate(self) -> None:
        """Fixed texts, and the figures again."""
        self.box.setAccessibleName(_("How the score comes about"))
        self.pane.retranslate()
        if self.overview is not None:
            self.about(self.overview)

    def forget(self) -> None:
        """The account before is gone."""
        self.overview = None

    def verbs(self) -> Verbs:
        """F4 and N."""
        return {"details": self.split.toggle, "new_row": self._new_task}

    def first_focus(self) -> QWidget:
        """The tab itself: nothing to type here."""
        return self

    def _new_task(self) -> None:
        if not self.pane.isVisible():
            self.split.open_pane()
        self.pane.start_task()

    def _show_statuses(self, overview: Overview) -> None:
        score = overview.score
        band = band_of(score.band)
        self.computed.called.setText(_("Computed"))
        self.computed.figure.setText("–" if score.score is None else f"{score.score:.1f}")
        words = _(BAND_NAMES[band])
        apart = score.low is not None and score.high is not None and round(score.low) != round(score.high)
        span = f", {score.low:.0f}–{score.high:.0f}" if apart else ""
        self.computed.band.setText(words[:1].upper() + words[1:] + span)
        self.computed.shape.show_band(band)
        capped = _("The worst axis lowers the band.") if score.capped else ""
        sentence = capped or _("Computed now from what is on record.")
        self.computed.about.setText(health_words.no_score(score) if score.score is None else sentence)
        measures = len(score.measures)
        self.measured.called.setText(_("Measured"))
        self.measured.figure.setText(f"{overview.measured}")
        self.measured.band.setText(_("of {n}").format(n=measures))
        self.coverage.show_progress(overview.measured, measures)
        card = f"{overview.scorecard} v{score.scorecard_version}"
        self.measured.about.setText(
            _("{share} of the weight · {scorecard}").format(share=f"{score.coverage:.0%}", scorecard=card)
        )
        self._show_year(overview)

    def _show_year(self, overview: Overview) -> None:
        self.year.called.setText(_("12 months"))
        scores = [value for _day, value in overview.head.trend]
        known = [value for value in scores if value is not None]
        now = overview.score.score
        points = [*scores[-11:], now] if not scores or scores[-1] != now else scores[-12:]
        self.sparkline.values = tuple(points)
        self.sparkline.band = band_of(overview.score.band)
        self.sparkline.setVisible(sum(one is not None for one in points) > 1)
        self.sparkline.update()
        several = len(known) > 1 or (now is not None and known not in ([], [now]))
        delta = round(now - known[0], 1) if several and now is not None else None
        self.year.figure.setText("–" if delta is None else health_words.delta(delta))
        self.year.band.setText("")
        if known:
            first = min(day for day, value in overview.head.trend if value is not None)
            words = ngettext("{n} score kept since {date}", "{n} scores kept since {date}", len(known))
            self.year.about.setText(words.format(date=wording.date(first), n=len(known)))
        else:
            self.year.about.setText(_("No score was kept before today."))

"""The bar below the account list: how many, worth how much, how healthy; counts per band that filter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from cs_workbench.i18n import _, ngettext
from cs_workbench.ui import theme as themes
from cs_workbench.ui.models.account_words import money_of
from cs_workbench.ui.style import RINGED
from cs_workbench.ui.widgets.badge import BAND_NAMES, Band, paint_shape
from cs_workbench.ui.widgets.button import Button
from cs_workbench.ui.widgets.header import Bar
from cs_workbench.ui.widgets.label import Label
from cs_workbench.ui.widgets.rows import paint_text

if TYPE_CHECKING:
    from cs_workbench.services.account_table import Sums

_BANDS: tuple[Band, ...] = ("red", "yellow", "green", "none")


class BandCount(QAbstractButton):
    """A band's shape and how many accounts are in it; a click filters by it."""

    def __init__(self, band: Band, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.band: Band = band
        self.setProperty(RINGED, True)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_number(0)

    def set_number(self, number: int) -> None:
        """Another count."""
        self.setText(f"{number:,}")
        words = ngettext("{n} account {band}", "{n} accounts {band}", number)
        self.setAccessibleName(words.format(n=f"{number:,}", band=_(BAND_NAMES[self.band])))
        self.setToolTip(self.accessibleName())
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802
        """Shape, gap, figure."""
        theme = themes.current()
        width = QFontMetrics(theme.font("body")).horizontalAdvance(self.text())
        return QSize(theme.px(10 + 6 + 12) + width, theme.row(24))

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Shape and figure."""
        theme = themes.current()
        painter = QPainter(self)
        if self.underMouse():
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("bg.hover"))
            painter.drawRoundedRect(QRectF(self.rect()), theme.px(4), theme.px(4))
        side = theme.px(10)
        paint_shape(painter, self.band, QRectF(theme.px(6), (self.height() - side) / 2, side, side))
        left = theme.px(22)
        paint_text(painter, QRectF(left, 0, self.width() - left, self.height()), self.text())


class TotalsBar(Bar):
    """40 px, pinned. ``band_wanted`` carries the band pressed; ``score_wanted`` where none is measured."""

    band_wanted = Signal(str)
    score_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(40, surface="bg.sunken", line="line.strong", above=True, spacing=6, parent=parent)
        theme = themes.current()
        self.count = Label("", "strong")
        self.arr_title = Label("", "body", "text.secondary")
        self.arr = Label("", "strong", elide=True)
        self.mean_title = Label("", "body", "text.secondary")
        self.mean = Label("", "strong")
        self.mean_of = Label("", "body", "text.secondary", elide=True)
        self.score = Button("", "text", small=True)
        self.score.clicked.connect(self.score_wanted)
        self.bands = {band: BandCount(band) for band in _BANDS}
        for part in (self.count, self.arr_title, self.arr, self.mean_title, self.mean, self.mean_of):
            self.row.addWidget(part)
            self.row.addSpacing(theme.px(18) if part in (self.count, self.arr) else 0)
        self.row.addWidget(self.score)
        self.score.hide()
        self.row.addStretch(1)
        for band, button in self.bands.items():
            self.row.addWidget(button)
            button.clicked.connect(lambda _checked=False, band=band: self.band_wanted.emit(band))

    def show_sums(self, sums: Sums) -> None:
        """Other sums, in the language of now."""
        accounts = ngettext("{n} account", "{n} accounts", sums.count)
        self.count.setText(accounts.format(n=f"{sums.count:,}"))
        self.arr_title.setText(_("ARR"))
        money = money_of(sums.arr)
        self.arr.setText(money or "–")
        unknown = ngettext("{n} without an amount", "{n} without an amount", sums.without_arr)
        self.arr.setAccessibleDescription(unknown.format(n=sums.without_arr) if sums.without_arr else "")
        self.mean_title.setText(_("Health mean"))
        self.mean.setText("–" if sums.mean is None else f"{sums.mean:.0f}")
        measured = _("of {n} measured").format(n=f"{sums.measured:,}")
        gone = ngettext("{n} has left", "{n} have left", sums.left).format(n=f"{sums.left:,}")
        self.mean_of.setText(_(", ").join((measured, gone)) if sums.left else measured)
        self.score.setText(_("Score all accounts"))
        self.score.setToolTip(
            _("Nothing is scored yet: a score needs contacts, contracts with seats, or use.")
        )
        self.score.setVisible(bool(sums.count) and not sums.measured)
        for band, button in self.bands.items():
            button.set_number(sums.bands[band])
        self._fit()
        self.setAccessibleName(" ".join(part.text() for part in (self.count, self.arr_title, self.arr)))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Less room, fewer words; the sum itself is the last to be cut."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        theme = themes.current()
        parts = (self.count, self.arr_title, self.arr, self.mean_title, self.mean, self.mean_of)
        taken = sum(part.sizeHint().width() + theme.px(12) for part in (*parts, *self.bands.values()))
        for optional in ((self.mean_of,), (self.mean_title, self.mean), (self.arr_title,)):
            fits = taken + theme.px(84) <= self.width()
            for part in optional:
                part.setVisible(fits)
                taken -= 0 if fits else part.sizeHint().width() + theme.px(12)

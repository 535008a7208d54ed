"""The figures' places: cards in a row, two figures beside two others, one below the other where there is no room."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QGridLayout, QScrollArea, QVBoxLayout, QWidget

from cs_workbench.domain.portfolio import Order
from cs_workbench.i18n import _
from cs_workbench.services.portfolio_view import PortfolioView
from cs_workbench.ui import theme as themes
from cs_workbench.ui.pages.portfolio import figures
from cs_workbench.ui.pages.portfolio.cards import CardWords, cards
from cs_workbench.ui.pages.portfolio.wording import Listing
from cs_workbench.ui.widgets.badge import band_of
from cs_workbench.ui.widgets.button import Button
from cs_workbench.ui.widgets.figure_card import FigureCard
from cs_workbench.ui.widgets.figure_frame import FigureFrame
from cs_workbench.ui.widgets.heat_map import HeatMap
from cs_workbench.ui.widgets.mover_rows import MoverRows
from cs_workbench.ui.widgets.scrolled import OverlayBar
from cs_workbench.ui.widgets.segmented import Segmented
from cs_workbench.ui.widgets.share_bars import ShareBars
from cs_workbench.ui.widgets.stack_bars import StackBars

CARDS = 5
_SIDE_BY_SIDE, _ONE_ROW, _TWO_ROWS = 820, 900, 560


class Board(QScrollArea):
    """``opened`` carries what a figure opens, ``copied`` what went to the clipboard, ``ordering`` asks for the menu of
    orders, ``scoring`` that scores be made.
    """

    opened = Signal(object)
    copied = Signal(str)
    ordering = Signal()
    scoring = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.view: PortfolioView | None = None
        self.order: Order = "fall"
        self.words: tuple[CardWords, ...] = ()
        self._every: Listing | None = None
        self.cards = tuple(FigureCard() for _n in range(CARDS))
        self.health = FigureFrame(ShareBars())
        self.renewals = FigureFrame(StackBars())
        self.scores = FigureFrame(HeatMap())
        self.movers = FigureFrame(MoverRows())
        self.frames = (self.health, self.renewals, self.scores, self.movers)
        self.score = Button("", "text", icon="heart-pulse", small=True)
        self.by = Segmented((("renewal", "–"), ("ends", "–")), name="–")
        self.sort = Button("", "quiet", icon="arrow-down", small=True)
        self.more = Button("", "text", small=True)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        theme = themes.current()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(theme.px(24), theme.px(16), theme.px(24), theme.px(24))
        column.setSpacing(theme.px(16))
        self._grid = QGridLayout()
        self._grid.setSpacing(theme.px(16))
        column.addLayout(self._grid)
        for n, card in enumerate(self.cards):  # before the frames, for the order of Tab
            self._grid.addWidget(card, 0, n)
        self._upper = _row((self.health, 5), (self.renewals, 5))
        self._lower = _row((self.scores, 13), (self.movers, 7))
        self.health.tools.addWidget(self.score)
        corner = QVBoxLayout(self.renewals.view)
        corner.setContentsMargins(0, 0, 0, 0)
        corner.addStretch(1)
        corner.addWidget(self.by, 0, Qt.AlignmentFlag.AlignRight)
        self.renewals.aside.append(self.by)
        self.scores.tools.addWidget(self.sort)
        below = self.movers.layout()
        if below is not None:
            below.addWidget(self.more)
        column.addLayout(self._upper)
        column.addLayout(self._lower)
        column.addStretch(1)
        self._hold(inner)
        self._columns = 0
        self._place()

    def _hold(self, inner: QWidget) -> None:
        """The page's surface shows through; what stands in the head of a figure comes before it in Tab's order."""
        self.setWidget(inner)
        OverlayBar(self)
        for ground in (inner, self.viewport()):
            ground.setAutoFillBackground(False)
        for frame, tool in ((self.health, self.score), (self.scores, self.sort)):
            for before, after in pairwise((tool, frame.twin, frame.copy, frame.view)):
                self.setTabOrder(before, after)

    def _connect(self) -> None:
        for n, card in enumerate(self.cards):
            card.clicked.connect(lambda _checked=False, n=n: self._open_card(n))
        for frame in self.frames:
            frame.opened.connect(self.opened)
            frame.copied.connect(self.copied)
            frame.view.opened.connect(self.opened)  # type: ignore[attr-defined]
        self.by.chosen.connect(self._on_by)
        self.sort.clicked.connect(self.ordering)
        self.score.clicked.connect(self.scoring)
        self.more.clicked.connect(self._open_every)

    def retranslate(self) -> None:
        """Every word; the figures' too."""
        self.by.retitle({"renewal": _("Notice"), "ends": _("End of term")})
        self.by.setAccessibleName(_("Which date"))
        self.score.setText(_("Score all accounts"))
        for frame in self.frames:
            frame.retranslate()
        if self.view is not None:
            self.show_view(self.view)

    def show_view(self, view: PortfolioView) -> None:
        """Fill every figure."""
        self.view = view
        self.words = cards(view)
        for card, words in zip(self.cards, self.words, strict=True):
            card.say(words.name, words.figure, words.made, words.note, refused=words.refused)
        self._show_health(view)
        self._on_by(self.by.taken)
        self.show_order(self.order)
        self._show_movers(view)

    def show_order(self, order: Order) -> None:
        """The heat map in another order."""
        self.order = order
        self.sort.setText(_(figures.ORDER_NAMES[order]))
        if self.view is None or not isinstance(self.scores.view, HeatMap):
            return
        found = figures.scores(self.view, order)
        self.scores.view.heat.fill(found.rows, found.months)
        self.scores.view.setAccessibleName(f"{found.caption.title}. {found.caption.about}")
        self.scores.show_words(found.caption, lambda: figures.scores_twin(found))

    def tsv(self) -> str:
        """Everything on the page for a spreadsheet: key figures with their definitions, then each figure's rows."""
        cells = [(one.name, one.figure, one.made, one.note) for one in self.words]
        head = "\n".join("\t".join(" ".join(cell.split()) for cell in line) for line in cells)
        return "\n\n".join([head, *(frame.tsv() for frame in self.frames)])

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Places by width."""
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        theme = themes.current()
        room = self.viewport().width()
        columns = CARDS if room >= theme.px(_ONE_ROW) else 3 if room >= theme.px(_TWO_ROWS) else 2
        if columns != self._columns:
            self._columns = columns
            for n, card in enumerate(self.cards):
                self._grid.addWidget(card, n // columns, n % columns)
            for n in range(CARDS):
                self._grid.setColumnStretch(n, 1 if n < columns else 0)
        beside = QBoxLayout.Direction.LeftToRight
        stacked = QBoxLayout.Direction.TopToBottom
        for row in (self._upper, self._lower):
            row.setDirection(beside if room >= theme.px(_SIDE_BY_SIDE) else stacked)

    def _show_health(self, view: PortfolioView) -> None:
        found = figures.health(view)
        if isinstance(self.health.view, ShareBars):
            self.health.view.show_bars(found.bars, _("not measured"))
            self.health.view.entitle(f"{found.caption.title}. {found.caption.about}")
        self.health.show_words(found.caption, lambda: found.twin)
        self.score.setVisible(view.bands[-1].count == view.whole.count and view.asked.as_of == view.today)

    def _on_by(self, key: str) -> None:
        if self.view is None or not isinstance(self.renewals.view, StackBars):
            return
        found = figures.renewals(self.view, key)
        self.renewals.view.show_columns(
            found.columns, [(band_of(band), words) for band, words in found.legend]
        )
        self.renewals.view.entitle(f"{found.caption.title}. {found.caption.about}")
        self.renewals.show_words(found.caption, lambda: found.twin)

    def _show_movers(self, view: PortfolioView) -> None:
        found = figures.movers(view)
        if isinstance(self.movers.view, MoverRows):
            self.movers.view.show_rows(found.rows, found.sentence)
            self.movers.view.entitle(f"{found.caption.title}. {found.caption.about}")
        self.movers.show_words(found.caption, lambda: found.twin)
        self._every = found.every
        self.more.setText(found.more)
        self.more.setVisible(bool(found.more))

    def _open_card(self, place: int) -> None:
        if place < len(self.words) and self.words[place].opens is not None:
            self.opened.emit(self.words[place].opens)

    def _open_every(self) -> None:
        if self._every is not None:
            self.opened.emit(self._every)


def _row(*parts: tuple[QWidget, int]) -> QBoxLayout:
    """Figures side by side, each with its share of the width."""
    row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
    row.setSpacing(themes.current().px(16))
    for frame, share in parts:
        row.addWidget(frame, share)
    return row

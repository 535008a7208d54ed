"""The bar under the board: the chosen account, from which step to which, and whether its exit is met."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from cs_workbench.i18n import _
from cs_workbench.services.success_board import Board, Card
from cs_workbench.ui import icons
from cs_workbench.ui import theme as themes
from cs_workbench.ui.pages.success import board_words as words
from cs_workbench.ui.widgets.badge import band_of, paint_shape
from cs_workbench.ui.widgets.button import Button
from cs_workbench.ui.widgets.header import Bar
from cs_workbench.ui.widgets.label import Label

ROOMY = 1100
"""Width in px from which the foot also says where the card stands: its lane shows that."""


class ExitMark(QWidget):
    """The shape before the words on the exit: triangle, circle, dashed ring."""

    def __init__(self) -> None:
        super().__init__()
        self._band = "none"
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_band(self, band: str) -> None:
        """Show the shape of a band."""
        self._band = band
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802
        """10 px."""
        return QSize(themes.current().px(10), themes.current().px(10))

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """The shape."""
        paint_shape(QPainter(self), band_of(self._band), QRectF(self.rect()))


class BoardFoot(Bar):
    """56 px. Without a card it says how to add some."""

    def __init__(self) -> None:
        super().__init__(56, surface="bg.sunken", line="line.strong", spacing=8, above=True)
        self.name = Label("", "strong", elide=True)
        self.from_label, self.to_label = (
            Label("", "small", "text.secondary"),
            Label("", "small", "text.secondary"),
        )
        self.from_step, self.to_step = Label("", "body", elide=True), Label("", "body", elide=True)
        self.by = Label("", "body")
        self.arrow = QLabel()
        self.mark = ExitMark()
        self.exit = Label("", "body", "text.secondary", elide=True)
        self.history = Button(icon="history", small=True)
        theme = themes.current()
        self.row.addWidget(self.name)
        self.row.addSpacing(theme.px(12))
        for part in (self.from_label, self.from_step, self.arrow, self.to_label, self.to_step, self.by):
            self.row.addWidget(part)
        self.row.addStretch(1)
        self.row.addWidget(self.mark)
        self.row.addWidget(self.exit)
        self.row.addSpacing(theme.px(8))
        self.row.addWidget(self.history)
        self._parts = (self.mark, self.exit, self.history)
        self._moves = (self.from_label, self.from_step, self.arrow, self.to_label, self.to_step, self.by)

    def show_card(self, card: Card | None, board: Board | None, lane: int | None) -> None:
        """Show a card; *lane* is the one it hangs over while it is moved, else None."""
        for part in self._parts:
            part.setVisible(card is not None)
        self.name.set_style("body" if card is None else "strong")
        self.name.set_colour("text.secondary" if card is None else "text.primary")
        if card is None or board is None:
            for moved in self._moves:
                moved.hide()
            empty = board is not None and bool(board.lanes) and not board.cards
            self.name.setText(_("Nobody stands on this map yet. N adds accounts.") if empty else "")
            return
        here = next(one for one in board.lanes if card in one.cards)
        self.name.setText(card.name)
        self.history.setText(_("Moves so far"))
        self.from_label.setText(_("Stands at"))
        self.from_step.setText(words.step(here))
        self.arrow.setPixmap(icons.pixmap("arrow-right", "text.secondary", 14))
        self.to_label.setText(_("Wanted") if lane is None else _("Move to"))
        self._show_wanted(card, board, lane)
        self._share_room()
        text = here.step.exit_text if here.step is not None else ""
        said = words.exit_words(card.exit, text, words.measure(here, board))
        band = words.tone(card.exit)
        self.mark.setVisible(bool(said))
        self.mark.show_band(band)
        self.exit.setText(said)
        self.exit.set_colour("text.secondary" if band == "none" else f"health.{band}.text")

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Where there is little room the step it stands at goes first."""
        super().resizeEvent(event)
        self._share_room()

    def _show_wanted(self, card: Card, board: Board, lane: int | None) -> None:
        """The step wanted, and by when: a day is never cut."""
        target = card.wanted if lane is None else lane
        by = words.wanted_by(card.wanted_by, board.today) if target == card.wanted else ""
        late = card.wanted_by is not None and card.wanted_by < board.today
        self.to_step.setText("" if target is None else words.step(board.lanes[target]))
        self.by.setText(_("by {date}").format(date=by) if by and not late else by)
        self.by.set_colour("health.red.text" if late else "text.secondary")
        for part in (self.to_label, self.to_step):
            part.setVisible(target is not None)
        self.by.setVisible(bool(by))

    def _share_room(self) -> None:
        shown = not self.history.isHidden()
        roomy = shown and self.width() >= themes.current().px(ROOMY)
        for part in (self.from_label, self.from_step):
            part.setVisible(roomy)
        self.arrow.setVisible(roomy and bool(self.to_step.text()))

"""How the quick log looks: field, chips, the note as stored, offers, footer; over the window like the palette."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from shiboken6 import isValid

from cs_workbench.i18n import _
from cs_workbench.ui import theme as themes
from cs_workbench.ui.dialogs.quick_log_draft import DraftOffer
from cs_workbench.ui.dialogs.quick_log_parts import ChipsRow, Footer, LineProblem, StoredNote
from cs_workbench.ui.dialogs.quick_log_words import chips_of, said_of, suggestion_of
from cs_workbench.ui.typed_marks import KEPT_ELSEWHERE
from cs_workbench.ui.widgets.completion import SuggestionList
from cs_workbench.ui.widgets.completion_text import CompletionText
from cs_workbench.ui.widgets.floats import Scrim
from cs_workbench.ui.widgets.label import Label
from cs_workbench.ui.widgets.shadow import MARGIN, paint_float

if TYPE_CHECKING:
    from cs_workbench.services.quick_log import Look

WIDTH = 576
_TOP = 168


class QuickLogView(QWidget):
    """The box and its parts. A child of the window, not a pop-up of its own: input methods write to the window.

    ``alike_chosen`` carries the number of the account chosen among several, ``account_new`` asks to add the unknown
    one.
    """

    alike_chosen = Signal(int)
    account_new = Signal()

    def __init__(self, host: QWidget) -> None:
        super().__init__(host)
        self._host = host
        self.scrim = Scrim(host)
        self.title = Label("", "strong")
        self.state = Label("", "small", "text.secondary", elide=True)
        self.offer = DraftOffer()
        self.text = CompletionText(name="")
        self.text.setProperty(KEPT_ELSEWHERE, True)
        self.chips = ChipsRow()
        self.problem = LineProblem()
        self.note = StoredNote()
        self.list = SuggestionList(name="")
        self.footer = Footer()
        self._before: QWidget | None = None
        self._lay_out()
        self.text.stepped.connect(self.list.step)
        host.installEventFilter(self)
        self.hide()

    def _lay_out(self) -> None:
        theme = themes.current()
        edge = theme.px(MARGIN) + 1
        head = QHBoxLayout()
        head.addWidget(self.title)
        head.addWidget(self.state, 1)
        self.state.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        upper = QVBoxLayout()
        upper.setContentsMargins(theme.px(16), theme.px(12), theme.px(16), theme.px(12))
        upper.setSpacing(theme.px(12))
        upper.addWidget(self.offer)
        upper.addLayout(head)
        for part in (self.text, self.chips, self.problem, self.note):
            upper.addWidget(part)
        self._lower = QVBoxLayout()
        self._lower.setContentsMargins(0, 0, 0, 0)
        self._lower.addWidget(self.list)
        column = QVBoxLayout(self)
        column.setContentsMargins(edge, edge, edge, edge)
        column.setSpacing(0)
        column.addLayout(upper)
        column.addLayout(self._lower)
        column.addWidget(self.footer)

    def retranslate(self) -> None:
        """Every fixed text."""
        self.setAccessibleName(_("Log contact"))
        self.title.setText(_("Log contact"))
        self.text.setAccessibleName(_("Contact in one line"))
        self.text.setPlaceholderText(_("@account call 20m what was said #tag !date"))
        self.list.setAccessibleName(_("Suggestions"))
        self.footer.retranslate()

    def place(self) -> None:
        """In the middle, a little below the top, as high as what it shows."""
        theme = themes.current()
        edge = theme.px(MARGIN)
        listed = self.list.isVisibleTo(self)
        self._lower.setContentsMargins(0, theme.px(5) if listed else 0, 0, theme.px(4) if listed else 0)
        width = min(theme.px(WIDTH), self._host.width() - theme.px(32)) + 2 * edge
        layout = self.layout()
        assert layout is not None
        layout.activate()
        height = layout.totalHeightForWidth(width) if layout.hasHeightForWidth() else self.sizeHint().height()
        top = min(theme.px(_TOP), self._host.height() // 5)
        room = self._host.height() - top + edge
        self.setGeometry((self._host.width() - width) // 2, top - edge, width, min(height, room))
        self.update()

    def stops(self) -> list[QWidget]:
        """Where Tab goes, in reading order."""
        chips = [chip for chip in self.chips.chips if chip.removable]
        parts: list[QWidget] = [self.offer.go_on, self.offer.drop, self.text, *chips, *self.problem.ways]
        return [one for one in (*parts, self.footer.save) if one.isVisible() and one.isEnabled()]

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: N802
        """Tab goes round inside."""
        stops = self.stops()
        if not stops:  # it is being hidden
            return False
        focus = self.focusWidget()
        here = stops.index(focus) if focus in stops else 0
        stops[(here + (1 if forward else -1)) % len(stops)].setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def appear(self) -> None:
        """Show it over what is there, with the keyboard in the field."""
        self._before = self._host.window().focusWidget()
        self.scrim.cover()
        self.show()
        self.raise_()
        self.text.setFocus()

    def leave(self) -> None:
        """Close, and give the keyboard back."""
        before, self._before = self._before, None
        if before is not None and isValid(before) and before.isVisible():
            before.setFocus()
        self.hide()
        self.scrim.hide()

    def show_look(self, look: Look | None, today: dt.date, clock: str) -> None:
        """Chips, note and offers of a reading of the line; None shows nothing yet."""
        found = [] if look is None else [suggestion_of(one, look) for one in look.offers]
        self.chips.show_chips([] if look is None else tuple(chips_of(look, today, clock)))
        self.chips.setVisible(bool(self.chips.shown))
        self.note.show_note("" if look is None else look.stored)
        self.list.offer(found, first=look is not None and look.eager)
        self.list.setVisible(bool(found))
        self.text.offering = bool(found)

    def say_look(self, look: Look | None, *, refused: bool = False) -> None:
        """What is wrong with the line, in place, with ways on; red once saving was *refused*."""
        sentence = "" if look is None else said_of(look, refused=refused)
        names, ways = [], []
        if look is not None and sentence:
            for number, one in enumerate(look.alike):
                name = f"{one.text} {one.second}".strip()
                names.append((name, lambda number=number: self.alike_chosen.emit(number)))
            if look.unknown:
                ways.append(
                    (_("Create account “{name}”").format(name=look.unknown[:40]), self.account_new.emit)
                )
            elif refused and not look.parsed.account:
                ways.append((_("Choose an account"), self.begin_account))
        self.problem.say(sentence, names, ways, refused=refused)
        self.place()

    def begin_account(self) -> None:
        """Begin the line with the mark of an account, so that accounts are offered."""
        self.text.put("@" if self.text.toPlainText()[:1].isspace() else "@ ", 0, 0)
        self.text.stand(1)

    def tell_kept(self, words: str) -> None:
        """What was typed is kept."""
        self.state.set_colour("text.secondary")
        self.state.setText(words)

    def tell_unsaved(self, words: str, remedy: str) -> None:
        """What was typed stands nowhere but here."""
        self.state.set_colour("health.red.text")
        self.state.setText(f"{words} {remedy}")

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Esc closes, wherever inside the keyboard is; nothing goes through to the page below."""
        if event.key() == Qt.Key.Key_Escape:
            self.leave()

    def event(self, event: QEvent) -> bool:
        """Grow and shrink with what is shown."""
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest and self.isVisible():
            self.place()
        return done

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Follow the window's size."""
        if watched is self._host and event.type() == QEvent.Type.Resize and self.isVisible():
            self.place()
        return super().eventFilter(watched, event)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """The float, and a line above the offers."""
        theme = themes.current()
        edge = theme.px(MARGIN)
        painter = QPainter(self)
        paint_float(painter, QRectF(self.rect()).adjusted(edge, edge, -edge, -edge))
        if self.list.isVisible():
            line = QRectF(edge, self.list.y() - theme.px(5), self.width() - 2 * edge, 1)
            painter.fillRect(line, theme.colour("line.strong"))

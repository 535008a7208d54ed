"""Why a line stands where it stands: the arithmetic, the records behind it, the verbs; and the day's meetings."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from cs_workbench.domain.signals import Evidence
from cs_workbench.i18n import _, mark
from cs_workbench.services import signal_words, today_words
from cs_workbench.services.today import Board, Item, Meeting
from cs_workbench.ui import actions, icons, wording
from cs_workbench.ui import theme as themes
from cs_workbench.ui.pages.today import look
from cs_workbench.ui.widgets.button import Button
from cs_workbench.ui.widgets.card import Card
from cs_workbench.ui.widgets.label import Label
from cs_workbench.ui.widgets.scrolled import scrolled
from cs_workbench.ui.widgets.split import Pane

TABS = {
    "overview": mark("Overview"),
    "use": mark("Use"),
    "people": mark("People"),
    "timeline": mark("Timeline"),
    "contracts": mark("Contracts"),
    "tasks": mark("Tasks"),
}
_SOURCES = {
    "": mark("Value at stake"),
    "not_known": mark("Value at stake: not recorded, median taken"),
    "no_rate": mark("Value at stake: {own} without a rate, median taken"),
    "converted": mark("Value at stake: {own} at your rate"),
}


class Rule(QWidget):
    """A line across."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(1)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """The line."""
        QPainter(self).fillRect(QRectF(self.rect()), themes.current().colour("line.strong"))


class WhyPane(Pane):
    """``acted`` does the line's verb, ``asked`` names another one, ``followed`` (account, tab) goes to a record,
    ``rate_wanted`` to the rates where one is missing.

    ``picked`` asks to be shown another reason of the same line.
    """

    acted = Signal()
    picked = Signal(object)
    asked = Signal(str)
    followed = Signal(int, str)
    rate_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.account = Label("", "small", "text.secondary", elide=True)
        self.title = Label("", "title", wrap=True)
        self.do = Button("", "filled", keys="Enter")
        self.snooze = Button(icon="alarm-clock")
        self.hand_over = Button(icon="corner-up-right")
        self.done = Button(icon="check")
        self.rate = Button("", "text", small=True)
        self.card = Card()
        self.factors = QGridLayout()
        self.evidence_title = Label("", "strong")
        self.evidence = QVBoxLayout()
        self.others_title = Label("", "strong")
        self.others = QVBoxLayout()
        self.line = Rule()
        self.meetings_title = Label("", "strong")
        self.meetings = QVBoxLayout()
        self.item: Item | None = None
        self._lay_out()
        self.do.clicked.connect(self.acted)
        self.rate.clicked.connect(self.rate_wanted)
        for verb, button in (("snooze", self.snooze), ("hand_over", self.hand_over), ("done", self.done)):
            button.clicked.connect(lambda _checked=False, verb=verb: self.asked.emit(verb))
        self.retranslate()

    def _lay_out(self) -> None:
        theme = themes.current()
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(theme.px(24), theme.px(16), theme.px(24), theme.px(16))
        column.setSpacing(0)
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.px(8))
        for button in (self.do, self.snooze, self.hand_over, self.done):
            buttons.addWidget(button)
        buttons.addStretch(1)
        self.factors.setHorizontalSpacing(theme.px(8))
        self.factors.setVerticalSpacing(theme.px(4))
        self.factors.setColumnStretch(0, 1)
        self.card.title.show()
        self.card.column.addLayout(self.factors)
        self.card.column.addWidget(self.rate, 0, Qt.AlignmentFlag.AlignLeft)
        for part, below in (
            (self.account, 0), (self.title, 8), (buttons, 16), (self.card, 16), (self.evidence_title, 4),
            (self.evidence, 16),
            (self.others_title, 4), (self.others, 16), (self.line, 16), (self.meetings_title, 4), (self.meetings, 0),
        ):  # fmt: skip
            column.addWidget(part) if isinstance(part, QWidget) else column.addLayout(part)
            column.addSpacing(theme.px(below))
        for records in (self.evidence, self.others, self.meetings):
            records.setSpacing(theme.px(4))
        column.addStretch(1)
        self.column.setContentsMargins(1, 0, 0, 0)
        self.column.addWidget(scrolled(inner))

    def retranslate(self) -> None:
        """Fixed texts."""
        self.rate.setText(_("Enter exchange rate"))
        self.snooze.keys = self.hand_over.keys = self.done.keys = ""
        for name, button in (("snooze", self.snooze), ("hand_over", self.hand_over), ("done", self.done)):
            one = actions.action(name)
            button.setAccessibleName(_(one.text))
            button.setToolTip(f"{_(one.text)}  {actions.keys_of(name)}")
        self.evidence_title.setText(_("Evidence"))
        self.meetings_title.setText(_("Meetings today"))

    def show_item(self, item: Item | None, board: Board, line: Item | None = None) -> None:
        """Show one line, or one of the reasons of *line*; None shows the meetings only."""
        self.item = item
        line = line or item
        for widget in (self.account, self.title, self.do, self.snooze, self.hand_over, self.done, self.card,
                       self.evidence_title):  # fmt: skip
            widget.setVisible(item is not None)
        for layout in (self.evidence, self.factors, self.others):
            _clear(layout)
        others = () if item is None or line is None else _others(item, line)
        self.others_title.setVisible(bool(others))
        if item is not None:
            self._show(item, board)
            self._show_others(item, others, board.today)
        self._show_meetings(board.meetings, item is not None)

    def _show(self, item: Item, board: Board) -> None:
        signal, rank = item.signal, item.rank
        self.account.setText(today_words.account(item))
        self.title.setText(today_words.title(item))
        self.do.icon_name = look.VERB_ICONS[signal.verb]
        self.do.setText(signal_words.verb(signal))
        self.done.setVisible(signal.verb != "mark_done")
        first = (
            _("Why this is first") if item.number == 1 else _("Why this is number {n}").format(n=item.number)
        )
        self.card.title.setText(first)
        stake = rank.stake
        self.rate.setVisible(stake.source == "no_rate")
        source = _(_SOURCES.get(stake.source, _SOURCES[""]))
        own = (
            wording.money(stake.own, stake.own_currency) if stake.own is not None else _("several currencies")
        )
        rows = [
            (source.format(own=own), wording.money(stake.value, stake.currency)),
            (
                _("Urgency: {why}").format(why=signal_words.urgency(signal, rank, board.today)),
                f"× {rank.urgency:.2f}",
            ),
            (_("Touch debt: {why}").format(why=signal_words.touch(rank)), f"× {rank.touch:.2f}"),
            (_("Effort: {why}").format(why=signal_words.effort(signal)), f"÷ {rank.effort:.2f}"),
        ]
        for number, (words, figure) in enumerate(rows):
            self._factor(number, words, figure, "small", "text.secondary")
        self.factors.addWidget(Rule(), len(rows), 0, 1, 2)
        self._factor(len(rows) + 1, _("Rank score"), f"{rank.score:,.1f}", "strong", "text.primary")
        unit = _("Value counted in millions") if rank.unit == 1_000_000 else _("Value counted in thousands")
        note = Label(unit, "small", "text.tertiary", wrap=True)
        self.factors.addWidget(note, len(rows) + 2, 0, 1, 2)
        self.evidence_title.setVisible(not item.several)
        if item.several:
            return
        for one in signal.evidence:
            self._record(one, signal.account_id, board.today)
        self._last_contact(item)

    def _show_others(self, item: Item, others: Sequence[Item], today: dt.date) -> None:
        """The other reasons of the account, or the other accounts of the line: each can be taken by itself."""
        self.others_title.setText(_("Each account") if item.several else _("Also for this account"))
        for one in others:
            words = one.account if item.several else signal_words.title(one.signal)
            if one.signal.due is not None:
                words = _("{title} ({due})").format(
                    title=words, due=signal_words.due_whole(one.signal, today)
                )
            icon, whose = look.ICONS[one.signal.rule], one.signal.account_id
            if item.several:
                go = partial(self.followed.emit, whose, "contracts")
                self._line(self.others, icon, words, signal_words.verb(one.signal), go)
            else:
                self._line(self.others, icon, words, _("Show"), partial(self.picked.emit, one))

    def _factor(self, row: int, words: str, figure: str, style: str, colour: str) -> None:
        left = Label(words, style, colour, wrap=True)
        right = Label(figure, style, "text.primary")
        right.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
        self.factors.addWidget(left, row, 0)
        self.factors.addWidget(right, row, 1)

    def _record(self, one: Evidence, account_id: int, today: dt.date) -> None:
        name = str(one.params.get("contract") or "") if one.kind == "contract" else ""
        self._line(
            self.evidence,
            look.EVIDENCE_ICONS[one.kind],
            signal_words.evidence(one, today),
            name or _(TABS[one.tab]),
            lambda: self.followed.emit(account_id, one.tab),
        )

    def _last_contact(self, item: Item) -> None:
        told = any(one.kind == "contact" or one.code == "touch_debt" for one in item.signal.evidence)
        if item.rank.quiet is None or told:
            return
        account_id = item.signal.account_id
        self._line(
            self.evidence,
            "message-circle",
            _("Last two-way contact {days} days ago").format(days=item.rank.quiet),
            _(TABS["timeline"]),
            lambda: self.followed.emit(account_id, "timeline"),
        )

    def _line(self, under: QVBoxLayout, icon: str, words: str, link: str, go: Callable[[], object]) -> None:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(themes.current().px(8))
        mark_ = QLabel()
        mark_.setPixmap(icons.pixmap(icon, "text.tertiary", 14))
        label = Label(words, "small", wrap=True)
        label.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        button = Button(_shortened(link), "text", small=True)
        button.setAccessibleName(f"{words}: {link}")
        button.clicked.connect(lambda _checked=False: go())
        row.addWidget(mark_, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(label, 1)
        row.addWidget(button)
        under.addWidget(holder)

    def _show_meetings(self, meetings: Sequence[Meeting], below: bool) -> None:
        _clear(self.meetings)
        self.line.setVisible(bool(meetings) and below)
        self.meetings_title.setVisible(bool(meetings))
        for one in meetings:
            holder = QWidget()
            row = QHBoxLayout(holder)
            row.setContentsMargins(0, 0, 0, 0)
            row.setSpacing(themes.current().px(12))
            row.addWidget(Label(f"{one.at.astimezone():%H:%M}", "body", "text.secondary"))
            row.addWidget(Label(one.account, "body", elide=True), 1)
            row.addWidget(Label(one.subject, "small", "text.secondary", elide=True), 1)
            self.meetings.addWidget(holder)


def _others(item: Item, line: Item) -> tuple[Item, ...]:
    """What stands beside *item* in its line; of a line for several accounts, each of them."""
    if item.several:
        return item.parts
    return tuple(one for one in line.reasons if one.signal.key != item.signal.key)


def _shortened(text: str, most: int = 18) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"


def _clear(layout: QVBoxLayout | QGridLayout) -> None:
    while (entry := layout.takeAt(0)) is not None:
        widget = entry.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()

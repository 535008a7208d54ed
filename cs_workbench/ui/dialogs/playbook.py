"""Choosing a playbook for an account: the one that fits first, its steps with dates, started as tasks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from cs_workbench import i18n
from cs_workbench.i18n import _, ngettext
from cs_workbench.services import playbooks
from cs_workbench.services.playbooks import Offer, Started, Step
from cs_workbench.ui import theme as themes
from cs_workbench.ui import wording
from cs_workbench.ui.desk import Desk, Told
from cs_workbench.ui.widgets.fields import Choice
from cs_workbench.ui.widgets.label import Label
from cs_workbench.ui.widgets.question import AskPopover

if TYPE_CHECKING:
    from cs_workbench.ui.page import Page

_WIDTH = 600
_STEPS_HIGH = 300


def ask_playbook(page: Page, account_id: int, below: QWidget, *, first: str = "") -> None:
    """Ask under *below* which playbook to start for an account; that of the signal *first* is chosen already."""
    desk, now, language = page.desk, page.desk.now().astimezone(), i18n.language()
    reads = desk.workbench.reads
    desk.tasks.run(
        lambda: playbooks.offers(reads, account_id, now, language=language, first=first),
        done=partial(_show, page, account_id, below),
        latest="playbooks",
        owner=page,
    )


def _show(page: Page, account_id: int, below: QWidget, offers: Sequence[Offer]) -> None:
    if not page.isVisible():
        return
    question = PlaybookQuestion(offers, page.desk.today(), page)
    question.answered.connect(lambda key: start_playbook(page.desk, account_id, key))
    place = below if below.isVisible() else page
    question.ask(
        place.mapToGlobal(QPoint(place.width(), place.height() if place is below else 0)), page.window()
    )
    question.choice.setFocus()


def start_playbook(desk: Desk, account_id: int, key: str) -> None:
    """Make its tasks, and tell it with Undo and the way to them."""
    workbench, today, now, language = desk.workbench, desk.today(), desk.now(), i18n.language()

    def tell(started: Started) -> None:
        count = len(started.task_ids)
        words = ngettext("{n} task added", "{n} tasks added", count).format(n=count)
        show = partial(desk.open_account, account_id, "tasks")
        told = _("Playbook started: {playbook}").format(playbook=started.title)
        desk.told.emit(Told(told, words, undo=True, link=started.account[:60], on_link=show))

    desk.tasks.write(
        lambda: playbooks.start(workbench, account_id, key, today=today, now=now, language=language),
        done=tell,
        owner=desk,
    )


class PlaybookQuestion(AskPopover):
    """``answered`` carries the key of the playbook to start. One that is under way can be looked at, not started."""

    answered = Signal(str)

    def __init__(self, offers: Sequence[Offer], today: dt.date, parent: QWidget) -> None:
        super().__init__(_("Start playbook"), _("Start playbook"), "play", parent, width=_WIDTH)
        self._offers = list(offers)
        self._today = today
        self.choice = Choice(name=_("Playbook"))
        self.reason = Label("", "small", "text.secondary", wrap=True)
        self.purpose = Label("", "body", wrap=True)
        self.exit = Label("", "small", "text.secondary", wrap=True)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFixedHeight(themes.current().px(_STEPS_HIGH))
        self.area.viewport().setAutoFillBackground(False)
        self.area.setAccessibleName(_("Steps"))
        self.choice.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        for part in (self.choice, self.reason, self.purpose, self.area, self.exit):
            self.fields.addWidget(part)
        for one in self._offers:
            self.choice.addItem(one.playbook.title, one.playbook.key)
        self.choice.currentIndexChanged.connect(self._show_chosen)
        self._show_chosen()

    @property
    def chosen(self) -> Offer:
        """The playbook looked at."""
        return self._offers[max(0, self.choice.currentIndex())]

    def answer(self) -> None:
        """Start it."""
        if not self.chosen.running:
            self.answered.emit(self.chosen.playbook.key)
            self.close()

    def _show_chosen(self) -> None:
        playbook = self.chosen.playbook
        self.reason.setText(_why(self.chosen))
        self.purpose.setText(playbook.purpose)
        self.exit.setText(_("Finished when: {exit}").format(exit=playbook.exit))
        self.save.setEnabled(not self.chosen.running)
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, themes.current().px(8), 0)
        column.setSpacing(themes.current().px(12))
        for step in playbook.steps:
            column.addLayout(self._step(step))
        column.addStretch(1)
        self.area.setWidget(inner)
        inner.setAutoFillBackground(False)  # setWidget switches it on

    def _step(self, step: Step) -> QVBoxLayout:
        """Title; when, who and how one sees that it is done; a word of advice."""
        day = wording.date(self._today + dt.timedelta(days=step.after))
        who = _(playbooks.ROLES[step.owner])
        done = _("Done when: {exit}").format(exit=step.done)
        lines = QVBoxLayout()
        lines.setSpacing(themes.current().px(2))
        lines.addWidget(Label(step.title, "strong", wrap=True))
        lines.addWidget(Label(_(" · ").join((day, who, done)), "small", "text.secondary", wrap=True))
        lines.addWidget(Label(step.coach, "small", "text.secondary", wrap=True))
        return lines


def _why(offer: Offer) -> str:
    if offer.running:
        return _("Under way: some of its tasks are still open.")
    if not offer.reason:
        return _("Nothing suggests it today; it can be started all the same.")
    by_signal = offer.reason in offer.playbook.signals
    return _("Suggested by a signal of today") if by_signal else _("Suggested by the account's stage")

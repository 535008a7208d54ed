"""Which playbook to start for the accounts of a corner."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from cs_workbench.i18n import _, ngettext
from cs_workbench.services.playbooks import Playbook
from cs_workbench.ui.widgets.fields import Choice
from cs_workbench.ui.widgets.label import Label
from cs_workbench.ui.widgets.question import AskPopover


class PlaybookForMany(AskPopover):
    """``answered`` carries the playbook's key."""

    answered = Signal(str)

    def __init__(self, offered: Sequence[Playbook], first: str, count: int, parent: QWidget) -> None:
        title = ngettext("Start playbook for {n} account", "Start playbook for {n} accounts", count).format(
            n=count
        )
        super().__init__(title, _("Start playbook"), "play", parent)
        self._offered = sorted(offered, key=lambda one: one.key != first)
        self.choice = Choice(name=_("Playbook"))
        self.choice.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.purpose = Label("", "body", wrap=True)
        self.steps = Label("", "small", "text.secondary", wrap=True)
        for part in (self.choice, self.purpose, self.steps):
            self.fields.addWidget(part)
        for one in self._offered:
            self.choice.addItem(one.title, one.key)
        self.choice.currentIndexChanged.connect(self._say)
        self._say()

    def answer(self) -> None:
        """Start it."""
        self.answered.emit(str(self.choice.currentData()))
        self.close()

    def _say(self) -> None:
        one = self._offered[max(self.choice.currentIndex(), 0)]
        self.purpose.setText(one.purpose)
        words = ngettext("{n} step in {days} days for each account", "{n} steps in {days} days for each account",
                         len(one.steps))  # fmt: skip
        self.steps.setText(words.format(n=len(one.steps), days=one.days))

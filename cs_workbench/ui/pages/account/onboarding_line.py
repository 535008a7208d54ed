"""A line about the onboarding under way: where it stands and why, the open line due first, the way to all of it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from cs_workbench.i18n import _
from cs_workbench.services import onboarding_words as words
from cs_workbench.services.onboarding_reading import Underway
from cs_workbench.services.signal_words import short
from cs_workbench.ui import theme as themes
from cs_workbench.ui.pages.account.statuses import BandShape
from cs_workbench.ui.widgets.badge import band_of
from cs_workbench.ui.widgets.button import Button
from cs_workbench.ui.widgets.card import Card
from cs_workbench.ui.widgets.label import Label


class OnboardingLine(Card):
    """``wanted`` asks for the onboarding in full. Hidden where none is under way."""

    wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(padding=12, parent=parent)
        theme = themes.current()
        self.shape = BandShape()
        self.stands, self.count = Label("", "strong", elide=True), Label("", "small", "text.secondary")
        self.next = Label("", "small", "text.secondary", elide=True)
        self.open = Button("", small=True)
        said = QVBoxLayout()
        said.setSpacing(theme.px(2))
        for label in (self.stands, self.next):
            label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
            said.addWidget(label)
        row = QHBoxLayout()
        row.setSpacing(theme.px(12))
        row.addWidget(self.shape)
        row.addLayout(said, 1)
        row.addWidget(self.count)
        row.addWidget(self.open)
        self.column.addLayout(row)
        self.open.clicked.connect(self.wanted)

    def show_run(self, run: Underway | None) -> None:
        """Show the onboarding under way."""
        self.setVisible(run is not None)
        if run is None:
            return
        self.shape.show_band(band_of(words.BANDS[run.verdict.standing]))
        told = _("Onboarding {state}: {why}").format(state=words.standing(run), why=words.reason(run))
        self.stands.setText(told)
        if not run.next:
            after = _("Everything on the list is done. Ends {date}.").format(date=short(run.end))
        elif run.due is None:
            after = _("Next: {title}").format(title=run.next)
        else:
            after = _("Next: {title}, due {date}").format(title=run.next, date=short(run.due))
        self.next.setText(after)
        self.count.setText(_("{done} of {all}").format(done=run.done, all=run.all) if run.all else "")
        self.open.setText(_("Open onboarding"))
        self.setAccessibleName(_(", ").join(part for part in (told, after) if part))

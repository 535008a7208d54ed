"""The head of the value page: where we are, and what can be done there."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from cs_workbench.i18n import _
from cs_workbench.services.value_reading import LedgerView
from cs_workbench.ui import wording
from cs_workbench.ui.widgets.button import Button
from cs_workbench.ui.widgets.calm_choice import CalmChoice
from cs_workbench.ui.widgets.header import PageHeader


class Top(PageHeader):
    """Back, title and fact, the ledgers of the account, and the acts; ``dress`` shows those that fit."""

    def __init__(self, menu: Button, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.back = Button(kind="quiet", icon="chevron-left")
        self.ledgers = CalmChoice(name="")
        self.working = Button(kind="quiet", icon="sigma", keys="W")
        self.tests = Button(kind="quiet", icon="shield-check", keys="V")
        self.add = Button(icon="plus", keys="N")
        self.export = Button(kind="filled", icon="upload")
        self.menu = menu
        self.lead(self.back)
        self.act(self.ledgers, self.working, self.tests, self.add, self.export, self.menu)

    def retranslate(self) -> None:
        """Fixed texts."""
        self.back.set_name(_("Back"))
        self.ledgers.setAccessibleName(_("Ledger"))
        self.working.setText(_("Working"))
        self.add.setText(_("Add benefit"))
        self.export.setText(_("Export"))

    def offer(self, views: Sequence[LedgerView], wanted: int | None) -> None:
        """The ledgers to choose from; *wanted* is chosen where it is among them."""
        if not any(view.head.id == self.ledgers.currentData() for view in views):
            self.ledgers.setCurrentIndex(-1)
        self.ledgers.set_choices([(view.head.id, view.head.name) for view in views])
        if wanted is not None:
            self.ledgers.show_value(wanted)
        if self.ledgers.currentIndex() < 0 and views:
            self.ledgers.setCurrentIndex(0)

    def dress(self, screen: str, *, account: str | None, view: LedgerView | None, fact: str) -> None:
        """Title, fact and acts of a screen; *account* is None where all of them are shown."""
        one, guided = account is not None, screen == "guide"
        titles = {"ledger": _("Value ledger"), "tests": _("Two tests"), "guide": _("No ROI, we are leaving")}
        self.title.setText(titles[screen] if one else _("Value"))
        self.back.setVisible(one)
        self.ledgers.setVisible(view is not None and self.ledgers.count() > 1 and not guided)
        self.menu.setVisible(one and not guided)
        for button in (self.tests, self.add):
            button.setVisible(view is not None and not guided)
        for button in (self.working, self.export):
            button.setVisible(view is not None and screen == "ledger")
        self.tests.setText(_("Ledger") if screen == "tests" else _("Two tests"))
        self.fact.setText(_words(screen, account, view, fact))
        self.fact.updateGeometry()


def _words(screen: str, account: str | None, view: LedgerView | None, fact: str) -> str:
    if account is None:
        return fact
    if view is None or screen == "guide":
        return account
    if screen == "tests":
        return _("{account} · {fact}").format(account=account, fact=fact)
    begins = wording.date(view.head.starts_on)
    return _("{account} · {ledger}, from {day}").format(account=account, ledger=view.head.name, day=begins)

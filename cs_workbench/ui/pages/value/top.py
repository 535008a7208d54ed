"""The head of the value page: where we are, and what can be done there."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from cs_workbench.i18n import _
from cs_workbench.services.value_reading import LedgerView
from cs_workbench.ui import theme as themes
from cs_workbench.ui import wording
from cs_workbench.ui.widgets.button import Button
from cs_workbench.ui.widgets.calm_choice import CalmChoice
from cs_workbench.ui.widgets.header import PageHeader

_FACT, _LEAST = 96, 560
"""Width, px at scale 1, the fact keeps before acts lose their words; and the narrowest the head can be."""


class Top(PageHeader):
    """Back, title and fact, the ledgers of the account, and the acts; ``dress`` shows those that fit.

    Where it is narrow the fact is cut first, then Working and Two tests keep icon and key alone; never the title.
    """

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
        self._said = {self.working: "", self.tests: ""}

    def retranslate(self) -> None:
        """Fixed texts."""
        self.back.set_name(_("Back"))
        self.ledgers.setAccessibleName(_("Ledger"))
        self._said[self.working] = _("Working")
        self.add.setText(_("Add benefit"))
        self.export.setText(_("Export"))
        self._fit()

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """As narrow as what stays when words and fact have yielded."""
        return QSize(themes.current().px(_LEAST), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Words on the acts where there is room."""
        super().resizeEvent(event)
        self._fit()

    def offer(self, views: Sequence[LedgerView], wanted: int | None) -> None:
        """The ledgers to choose from; *wanted* is chosen where it is among them."""
        if not any(view.head.id == self.ledgers.currentData() for view in views):
            self.ledgers.setCurrentIndex(-1)
        self.ledgers.set_choices([(view.head.id, _called(view)) for view in views])
        if wanted is not None:
            self.ledgers.show_value(wanted)
        if self.ledgers.currentIndex() < 0 and views:
            self.ledgers.setCurrentIndex(0)

    def dress(self, screen: str, *, account: str | None, view: LedgerView | None, fact: str) -> None:
        """Title, fact and acts of a screen; *account* is None where all of them are shown."""
        one, guided = account is not None, screen == "guide"
        titles = {"ledger": _("Value ledger"), "tests": _("Two tests"), "guide": _("No ROI, we are leaving")}
        self.title.setMinimumWidth(0)  # or the hint stays as wide as the title before
        self.title.setText(titles[screen] if one else _("Value"))
        self.back.setVisible(one)
        self.ledgers.setVisible(view is not None and self.ledgers.count() > 1 and not guided)
        self.menu.setVisible(one and not guided)
        for button in (self.tests, self.add):
            button.setVisible(view is not None and not guided)
        for button in (self.working, self.export):
            button.setVisible(view is not None and screen == "ledger")
        self._said[self.tests] = _("Ledger") if screen == "tests" else _("Two tests")
        self.fact.setText(_words(screen, account, view, fact))
        self.fact.updateGeometry()
        self._fit()

    def _fit(self) -> None:
        self.title.setMinimumWidth(self.title.sizeHint().width())
        for button, words in self._said.items():
            button.setText(words)
        if self._wanted() > self.width():
            for button, words in self._said.items():
                button.setText("")
                button.set_name(words)

    def _wanted(self) -> int:
        """The width at which every act keeps its words, px."""
        shown = [
            self.back,
            self.title,
            self.ledgers,
            self.working,
            self.tests,
            self.add,
            self.export,
            self.menu,
        ]
        widths = [part.sizeHint().width() for part in shown if not part.isHidden()]
        edges = self.row.contentsMargins()
        between = self.row.spacing() * (len(widths) + 2)
        return sum(widths) + between + edges.left() + edges.right() + themes.current().px(_FACT)


def _called(view: LedgerView) -> str:
    """A ledger among others of its account: its first day in front, which tells it from one of the same name."""
    return _("{day} {ledger}").format(day=wording.date(view.head.starts_on), ledger=view.head.name)


def _words(screen: str, account: str | None, view: LedgerView | None, fact: str) -> str:
    if account is None:
        return fact
    if view is None or screen == "guide":
        return account
    if screen == "tests":
        return _("{account} · {fact}").format(account=account, fact=fact)
    begins = wording.date(view.head.starts_on)
    return _("{account} · {ledger}, from {day}").format(account=account, ledger=view.head.name, day=begins)

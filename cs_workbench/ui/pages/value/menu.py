"""What is done with a ledger as a whole: edit its head, a new one, a copy, contracts, models, away with it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint
from PySide6.QtWidgets import QMenu

from cs_workbench.i18n import _, ngettext
from cs_workbench.services import value_heads
from cs_workbench.ui import icons
from cs_workbench.ui import theme as themes
from cs_workbench.ui.pages.value.head import HeadQuestion
from cs_workbench.ui.widgets.button import Button
from cs_workbench.ui.widgets.menu import Menu

if TYPE_CHECKING:
    from cs_workbench.ui.pages.value.page import ValuePage


class LedgerMenu(QObject):
    """The menu behind the header's dots, and what its lines do."""

    def __init__(self, page: ValuePage) -> None:
        super().__init__(page)
        self._page = page
        self.button = Button(icon="ellipsis")
        self.button.clicked.connect(self.open)

    def retranslate(self) -> None:
        """The button's name."""
        self.button.set_name(_("Ledger"))

    def open(self) -> QMenu:
        """Show the menu below its button."""
        menu = Menu(self._page)
        menu.aboutToHide.connect(menu.deleteLater)
        view = self._page.view
        lines: list[tuple[str, str, Callable[[], object]]] = [("plus", _("New ledger…"), self.new)]
        if view is not None:
            lines = [
                ("pencil", _("Edit ledger…"), self.edit), *lines,
                ("copy", _("Copy for another period…"), self.copy),
                ("download", _("Pull contracts"), self.pull),
            ]  # fmt: skip
        for icon, text, act in lines:
            menu.addAction(icons.icon(icon), text, act)
        if view is not None:
            models = menu.addMenu(icons.icon("layers"), _("From a model"))
            for one in self._page.models():
                models.addAction(one.title, partial(self.use_model, one.key))
        menu.addSeparator()
        menu.verb("no_roi", self._page.open_guide, _("No ROI? Find the business figure…"))
        if view is not None:
            menu.addSeparator()
            menu.addAction(icons.icon("trash-2"), _("Delete ledger"), self.delete)
        menu.popup(self.button.mapToGlobal(QPoint(0, self.button.height() + themes.current().px(4))))
        return menu

    def edit(self) -> None:
        """Name, currency, period and discount rate of the ledger shown."""
        view = self._page.view
        if view is not None:
            head = view.head
            question = self._ask(_("Edit ledger"), _("Save"))
            question.show_head(head.name, head.currency, head.starts_on, head.years, head.rate)
            question.answered.connect(lambda typed: self._page.acts.edit_head(head.id, typed))

    def new(self) -> None:
        """Another ledger for the account."""
        number, today = self._page.account_id, self._page.desk.today()
        if number is None:
            return
        question = self._ask(_("New ledger"), _("Start"))
        view = self._page.view
        currency = view.head.currency if view is not None else ""
        question.show_head(_("Value {year}").format(year=today.year + 1), currency, today, 3, None)
        question.answered.connect(lambda typed: self._page.acts.new_ledger(number, typed, self._page.want))

    def copy(self) -> None:
        """The same lines for another period."""
        view = self._page.view
        if view is None:
            return
        head = view.head
        starts = head.starts_on
        next_year = starts.replace(year=starts.year + 1, day=min(starts.day, 28))
        question = self._ask(_("Copy for another period"), _("Make a copy"))
        year = str(starts.year)
        named = head.name.replace(year, str(starts.year + 1))
        name = named if year in head.name else _("{ledger} (copy)").format(ledger=head.name)
        question.show_head(name, head.currency, next_year, head.years, head.rate)
        question.only_period()
        once = value_heads.paid_once(view.costs)
        question.answered.connect(lambda typed: self._page.acts.copy(head.id, typed, once, self._page.want))

    def pull(self) -> None:
        """Running contracts that are not among the costs yet."""
        view, desk = self._page.view, self._page.desk
        if view is None:
            return

        def told(count: int) -> None:
            words = ngettext("{n} contract pulled", "{n} contracts pulled", count).format(n=count)
            desk.tell(words, undo=True)

        self._page.acts.pull(view.head.id, told)

    def use_model(self, key: str) -> None:
        """Add the benefits of a model and open the first."""
        page = self._page
        if page.view is not None:
            page.acts.use_model(page.view.head.id, key, lambda made: page.body.want(made[0]))

    def delete(self) -> None:
        """Into the trash, with Undo."""
        view = self._page.view
        if view is not None:
            self._page.acts.discard(view.head.id, view.head.name)

    def _ask(self, title: str, button: str) -> HeadQuestion:
        question = HeadQuestion(title, button, self._page)
        question.ask(self.button.mapToGlobal(self.button.rect().bottomRight()), self._page.window())
        question.name.edit.setFocus()
        return question

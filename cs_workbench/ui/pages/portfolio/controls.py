"""What the page is asked for: as of when, compared with when, whose accounts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QActionGroup, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from cs_workbench import i18n
from cs_workbench.domain.months import add_months
from cs_workbench.domain.portfolio import BANDS, ORDERS, Order
from cs_workbench.i18n import _
from cs_workbench.services.account_table import AccountTable, Entry
from cs_workbench.ui import theme as themes
from cs_workbench.ui import wording
from cs_workbench.ui.pages.portfolio.figures import LABELS, ORDER_NAMES
from cs_workbench.ui.widgets.button import Button
from cs_workbench.ui.widgets.date_field import DateField
from cs_workbench.ui.widgets.floats import Popover
from cs_workbench.ui.widgets.label import Label
from cs_workbench.ui.widgets.menu import Menu
from cs_workbench.ui.widgets.shadow import margin_of_window

Take = Callable[[dt.date], object]
_WIDTH = 360


def month_end(day: dt.date, back: int) -> dt.date:
    """The last day of the month *back* months before that of *day*."""
    return add_months(day.replace(day=1), 1 - back) - dt.timedelta(days=1)


def date_menu(
    below: QWidget, days: Mapping[str, dt.date], now: dt.date, take: Take, ask: Callable[[], object]
) -> QMenu:
    """A menu of named days, the one taken ticked, and another day to type."""
    menu = _menu(below)
    group = QActionGroup(menu)
    for words, day in days.items():
        action = menu.addAction(_tab(words, wording.date(day)), lambda day=day: take(day))  # type: ignore[misc]
        action.setCheckable(True)
        action.setChecked(day == now)
        group.addAction(action)
    menu.addSeparator()
    menu.addAction(_("Other date…"), ask)
    _show(menu, below)
    return menu


def order_menu(below: QWidget, taken: Order, take: Callable[[Order], object]) -> QMenu:
    """How the heat map is ordered."""
    menu = _menu(below)
    group = QActionGroup(menu)
    for order in ORDERS:
        action = menu.addAction(_(ORDER_NAMES[order]), lambda order=order: take(order))  # type: ignore[misc]
        action.setCheckable(True)
        action.setChecked(order == taken)
        group.addAction(action)
    _show(menu, below)
    return menu


def scope_menu(
    below: QWidget, table: AccountTable, chosen: Mapping[str, str], take: Callable[[dict[str, str]], object]
) -> QMenu:
    """Whose accounts: one tier, stage, owner and band each, in submenus, and back to all of them."""
    menu = _menu(below)
    menu.addAction(_("All accounts"), lambda: take({}))
    menu.addSeparator()
    for key, words, values in scope_choices(table):
        if not values:
            continue
        sub = menu.addMenu(words)
        group = QActionGroup(sub)
        for value, label in values:
            action = sub.addAction(
                label.replace("&", "&&"),
                lambda key=key, value=value: take(_toggled(chosen, key, value)),  # type: ignore[misc]
            )
            action.setCheckable(True)
            action.setChecked(chosen.get(key) == value)
            group.addAction(action)
    _show(menu, below)
    return menu


def scope_choices(table: AccountTable) -> list[tuple[str, str, list[tuple[str, str]]]]:
    """(key, its word, [(value, label)]) of everything accounts can be narrowed by."""

    def entries(found: tuple[Entry, ...]) -> list[tuple[str, str]]:
        return [(one.key, one.label(i18n.language())) for one in found]

    return [
        ("tier", _("Tier"), entries(table.tiers)),
        ("stage", _("Stage"), entries(table.stages)),
        ("owner", _("Owner"), [(name, name) for name in table.vocabulary.owners]),
        ("band", _("Health"), [(band, _(LABELS[band])) for band in BANDS]),
    ]


def scope_words(table: AccountTable | None, chosen: Mapping[str, str]) -> str:
    """What the scope's button says."""
    if not chosen or table is None:
        return _("All accounts")
    said = []
    for key, words, values in scope_choices(table):
        if value := chosen.get(key):
            said.append(f"{words} {dict(values).get(value, value)}")
    return _(", ").join(said) or _("All accounts")


class DateQuestion(Popover):
    """A day to type or to pick; ``answered`` carries it. Days after *latest* are refused with *why*."""

    answered = Signal(object)

    def __init__(self, title: str, value: dt.date, latest: dt.date, why: str, parent: QWidget) -> None:
        super().__init__(_WIDTH, parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAccessibleName(title)
        self._latest, self._why = latest, why
        theme = themes.current()
        self.day = DateField(name=title, today=latest, value=value)
        self.keep = Button(_("Show"), "filled", keys="Enter")
        inner = QVBoxLayout()
        inner.setContentsMargins(*[theme.px(16)] * 4)
        inner.setSpacing(theme.px(12))
        inner.addWidget(Label(title, "strong"))
        inner.addWidget(self.day)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.keep)
        inner.addLayout(row)
        self.column.addLayout(inner)
        self.keep.clicked.connect(self.answer)

    def ask(self, below: QWidget) -> None:
        """Show it under *below*, right edges together, inside the window."""
        self.adjustSize()
        edge = margin_of_window()
        corner = below.mapToGlobal(QPoint(below.width() - self.width() + edge, below.height() - edge + 4))
        left = below.window().mapToGlobal(QPoint(0, 0)).x() - edge
        self.move(max(corner.x(), left), corner.y())
        self.show()
        self.day.edit.setFocus()
        self.day.edit.selectAll()

    def answer(self) -> None:
        """Take the day, or say why it cannot be shown."""
        day = self.day.value
        if self.day.edit.text().strip() != wording.date(day):
            return  # what stands there is no date: the field says so
        if day is None or day > self._latest:
            self.day.refuse(self._why, _("Restore"), lambda: self.day.set_value(self._latest))
            return
        self.close()
        self.answered.emit(day)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Enter answers."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.answer()
        else:
            super().keyPressEvent(event)


def _toggled(chosen: Mapping[str, str], key: str, value: str) -> dict[str, str]:
    """Taking what is taken already lets it go."""
    others = {name: one for name, one in chosen.items() if name != key}
    return others if chosen.get(key) == value else {**others, key: value}


def _tab(words: str, right: str) -> str:
    """A menu's second column."""
    return f"{words}\t{right}"


def _menu(below: QWidget) -> QMenu:
    menu = Menu(below)
    menu.aboutToHide.connect(menu.deleteLater)
    return menu


def _show(menu: QMenu, below: QWidget) -> None:
    menu.popup(below.mapToGlobal(QPoint(0, below.height() + themes.current().px(4))))

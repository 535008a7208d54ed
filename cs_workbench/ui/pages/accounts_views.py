"""The buttons and menus of the accounts page that are about the list as a whole: views, columns, order, groups."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu, QWidget

from cs_workbench.i18n import _
from cs_workbench.services import account_views
from cs_workbench.services.account_views import SavedView
from cs_workbench.ui import session
from cs_workbench.ui.models.account_words import COLUMNS, GROUPS, called, is_there

if TYPE_CHECKING:
    from cs_workbench.services.account_table import AccountTable
    from cs_workbench.ui.desk import Desk

FIXED = frozenset(("name", "health", "left"))
"""Columns that are always there."""
_CUT = 60
"""Letters of the name of a column of one's own in a menu."""


class ViewVerbs:
    """Saving, changing and deleting views. ``state`` gives the list as it is now; ``opened`` hears of a saved view."""

    def __init__(
        self, desk: Desk, host: QWidget, state: Callable[[], SavedView], opened: Callable[[SavedView], None]
    ) -> None:
        self._desk = desk
        self._host = host
        self._state = state
        self._opened = opened

    def open_menu(self, at: QPoint, view: SavedView | None) -> None:
        """Ask for a name; where a view is open, offer to change or delete it first."""
        if view is None:
            self.ask(at)
            return
        from cs_workbench.ui.widgets.menu import Menu

        menu = Menu(self._host)
        name = view.name.replace("&", "&&")
        menu.addAction(_("Update “{view}”").format(view=name), partial(self.update, view))
        menu.addAction(_("Save as new view…"), partial(self.ask, at))
        menu.addSeparator()
        menu.addAction(_("Delete view"), partial(self.delete, view))
        _pop_up(menu, at)

    def ask(self, at: QPoint) -> None:
        """Ask for the name of a new view."""
        from cs_workbench.ui.pages.accounts_bulk import Ask

        Ask(_("Name of the view"), _("Save"), self.save_as, parent=self._host).ask_at(at)

    def save_as(self, name: str) -> None:
        """Keep the list as it is now as a new view."""
        state = self._state()
        self._save(
            SavedView("", name, state.filter, state.sort, state.descending, state.group, state.columns)
        )

    def update(self, view: SavedView) -> None:
        """Let *view* show what the list shows now."""
        state = self._state()
        kept = SavedView(
            view.id, view.name, state.filter, state.sort, state.descending, state.group, state.columns
        )
        self._save(kept)

    def delete(self, view: SavedView) -> None:
        """Delete *view*."""
        wb = self._desk.workbench
        told = _("View “{view}” deleted").format(view=view.name)
        self._desk.tasks.write(
            lambda: account_views.delete(wb, view.id),
            done=lambda _nothing: self._tell(told),
            owner=self._host,
        )

    def _save(self, view: SavedView) -> None:
        wb = self._desk.workbench

        def done(saved: SavedView) -> None:
            self._opened(saved)
            self._tell(_("View “{view}” saved").format(view=saved.name))

        self._desk.tasks.write(lambda: account_views.save(wb, view), done=done, owner=self._host)

    def _tell(self, text: str) -> None:
        self._desk.tell(text, undo=True)
        self._desk.views_changed.emit()


def remember(state: SavedView) -> None:
    """Keep order, groups and columns of the list for the next start."""
    session.keep(
        {
            "accounts/sort": state.sort,
            "accounts/descending": int(state.descending),
            "accounts/group": state.group,
            "accounts/columns": ",".join(state.columns),
        }
    )


def recalled() -> SavedView:
    """Order, groups and columns as they were kept; "" where nothing was."""
    kept = {key: str(value) for key, value in session.load().items() if key.startswith("accounts/")}
    columns = tuple(name for name in kept.get("accounts/columns", "").split(",") if name)
    return SavedView(
        id="",
        name="",
        sort=kept.get("accounts/sort", ""),
        descending=kept.get("accounts/descending") == "1",
        group=kept.get("accounts/group", ""),
        columns=columns,
    )


def group_menu(host: QWidget, at: QPoint, group: str, choose: Callable[[str], None]) -> None:
    """What to group by; a tick where it is."""
    from cs_workbench.ui.widgets.menu import Menu

    menu = Menu(host)
    for key, label in (
        ("", _("No groups")),
        *((key, _(label).capitalize()) for key, label in GROUPS.items()),
    ):
        action = menu.addAction(label, partial(choose, key))
        action.setCheckable(True)
        action.setChecked(key == group)
    _pop_up(menu, at)


def columns_menu(
    host: QWidget,
    at: QPoint,
    wanted: Sequence[str],
    choose: Callable[[tuple[str, ...]], None],
    sort: Callable[[str], None],
    *,
    table: AccountTable | None = None,
) -> None:
    """Which columns to show, and what to sort by; those of one's own where *table* has any."""
    from cs_workbench.ui.widgets.menu import Menu

    menu = Menu(host)
    known = [column for column in COLUMNS if is_there(column.id, table)]
    named = [(column, called(column.id, table)[:_CUT].replace("&", "&&")) for column in known]
    for column, name in named:
        action = menu.addAction(name, partial(_toggle, column.id, tuple(wanted), choose))
        action.setCheckable(True)
        action.setChecked(column.id in wanted)
        action.setEnabled(column.id not in FIXED)
    menu.addSeparator()
    menu.addAction(
        _("Usual columns"), partial(choose, tuple(column.id for column in COLUMNS if column.usual))
    )
    order = menu.addMenu(_("Sort by"))
    for column, name in named:
        order.addAction(name, partial(sort, column.id))
    _pop_up(menu, at)


def _toggle(column: str, wanted: tuple[str, ...], choose: Callable[[tuple[str, ...]], None]) -> None:
    choose(tuple(one for one in wanted if one != column) if column in wanted else (*wanted, column))


def _pop_up(menu: QMenu, at: QPoint) -> None:
    menu.aboutToHide.connect(menu.deleteLater)
    menu.popup(at)

"""Accounts: every customer in one list, filtered by typing, sorted, grouped, changed many at once."""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar, Literal

from PySide6.QtCore import QPoint, QTimer, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cs_workbench.i18n import _
from cs_workbench.services import account_table
from cs_workbench.services.account_table import AccountTable
from cs_workbench.services.account_views import SavedView, views_of
from cs_workbench.ui import theme as themes
from cs_workbench.ui.models.account_model import AccountModel
from cs_workbench.ui.models.account_words import COLUMNS, GROUPS, OWN, PLACE
from cs_workbench.ui.page import Page, Verbs
from cs_workbench.ui.pages.accounts_own import OwnReading
from cs_workbench.ui.pages.accounts_parts import AccountsSheets, AccountsTop
from cs_workbench.ui.pages.accounts_views import ViewVerbs, columns_menu, group_menu, recalled, remember
from cs_workbench.ui.widgets.button import Button

if TYPE_CHECKING:
    from cs_workbench.domain.account_filter import Filter
    from cs_workbench.services.printing import Printable
    from cs_workbench.ui.desk import Desk
    from cs_workbench.ui.pages.accounts_bulk import BulkBar, BulkVerbs
    from cs_workbench.ui.pages.accounts_new import NewAccount

LARGEST_FIRST = frozenset(("arr", "contact"))
"""Columns whose first click shows what weighs most on top: the most money, the longest silence."""
LATER = frozenset(("contact", "next", "trend"))
"""Columns that are filled a moment after the first rows are shown."""
SHOWN_WITHIN = 1.0
"""Seconds after which the rest is read even where the rows were not painted yet."""
USUAL = tuple(column.id for column in COLUMNS if column.usual)


class AccountsPage(Page):
    """``open`` takes ``view`` (a saved view's id), ``filter`` (its text) and ``group``."""

    id: ClassVar[str] = "accounts"
    cares_about: ClassVar[frozenset[str]] = frozenset(
        ("account", "account_tag", "account_source", "contract", "interaction", "task", "snapshot", "setting",
         "list_item", "currency_rate", "health_call", "account_custom", "custom_field")
    )  # fmt: skip

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.table: AccountTable | None = None
        self.view_shown: SavedView | None = None
        self._wanted_view = ""
        self.model = AccountModel(self)
        self.top = AccountsTop()
        self.sheets = AccountsSheets(self.model)
        self.line = self.top.line
        self.list = self.sheets.list
        self.own = OwnReading(self)
        self.view_verbs = ViewVerbs(desk, self, self.state, self._on_saved)
        self.column = _lay_out(self)
        _connect(self)
        self._arrange(recalled())
        self.retranslate()

    @cached_property
    def bulk(self) -> BulkVerbs:
        """What is done to several accounts at once."""
        from cs_workbench.ui.pages.accounts_bulk import BulkVerbs

        return BulkVerbs(self.desk, self, self.chosen, lambda: self.table)

    @cached_property
    def fresh(self) -> NewAccount:
        """The line that asks for the name of a new account."""
        from cs_workbench.ui.pages.accounts_new import NewAccount

        fresh = NewAccount(self.desk, self.list)
        self.column.insertWidget(1, fresh)
        fresh.hide()
        return fresh

    @property
    def bar(self) -> BulkBar:
        """What can be done with several accounts at once."""
        return self.sheets.bar

    def open(self, **arguments: object) -> None:
        """Show a saved view, a filter or a grouping; without arguments the list stays as it was."""
        if view := str(arguments.get("view") or ""):
            self._wanted_view = view
            self._open_wanted()
        if "filter" in arguments:
            self.view_shown = None
            self.line.set_text(str(arguments["filter"] or ""))
        if "group" in arguments:
            self.group_by(str(arguments["group"] or ""))

    def foot(self) -> int:
        """The sums, and the bar that floats above them while several are chosen."""
        totals, several = self.sheets.totals, self.sheets.has("bar") and self.bar.isVisible()
        if several:
            return self.height() - self.bar.mapTo(self, QPoint(0, 0)).y()
        return totals.height() if totals.isVisible() else 0

    def standing(self) -> dict[str, object]:
        """Filter and grouping; a saved view by its id."""
        if self.view_shown is not None:
            return {"view": self.view_shown.id}
        return {"view": "", "filter": self.line.text(), "group": self.model.group}

    def refresh(self) -> None:
        """Read the table in the background; the old one stays readable meanwhile. The first time rows come at once
        and trends, next steps, tags and last contacts a moment later, unless filter or order may ask for them.
        """
        reads, now = self.desk.workbench.reads, self.desk.now().astimezone()
        ahead, ordered = self.desk.taken_ahead(self.id), self.model.sort_column in LATER
        if self.table is not None or self._wanted_view or self.line.text() or ordered:
            self._read(lambda: account_table.load(reads, now.date()), self._on_loaded)
            return
        if ahead is None or not ahead.done():
            self.sheets.wait()
        self._read(ahead.result if ahead else lambda: account_table.first_rows(reads, now), self._on_first)

    def retranslate(self) -> None:
        """Every fixed text; cells as well."""
        self.setAccessibleName(_("Accounts"))
        self.top.retranslate()
        if "fresh" in self.__dict__:
            self.fresh.retranslate()
        self.sheets.retranslate()
        self._tell()

    def verbs(self) -> Verbs:
        """What the keys do here."""
        return _verbs(self)

    def first_focus(self) -> QWidget:
        """A name being asked for; else the list, where keys move at once, or the way on where it is empty."""
        asking = "fresh" in self.__dict__ and not self.fresh.isHidden()
        return self.fresh.field.edit if asking else self.sheets.keyboard_place()

    def leave(self) -> bool:
        """Remember order, groups and columns for the next time."""
        remember(self.state())
        return True

    def chosen(self) -> list[int]:
        """The accounts verbs act on: the selected ones, else the one the keyboard is on."""
        current = self.list.current_id()
        return self.list.selected_ids() or ([] if current is None else [current])

    def state(self) -> SavedView:
        """The list as it is now, as a view without a name."""
        columns = () if self.list.wanted == USUAL else self.list.wanted
        return SavedView(
            "", "", self.line.text(), self.model.sort_column, self.model.descending, self.model.group, columns
        )

    def sort_by(self, column: str) -> None:
        """Sort by a column; by the same one again the other way round."""
        same = column == self.model.sort_column
        descending = not self.model.descending if same else column in LARGEST_FIRST
        self.model.set_order(column, descending=descending)
        self.list.header.viewport().update()
        if column in OWN:
            self.own.read()

    def group_by(self, group: str) -> None:
        """Group the list, or not at all ("")."""
        self.model.set_group(group)
        self.top.name_actions(group)

    def clear_filter(self) -> None:
        """Show every account again."""
        self.view_shown = None
        self.line.set_text("")
        self.list.setFocus()

    def copy(self) -> None:
        """The chosen rows as tab-separated text on the clipboard."""
        from cs_workbench.ui.pages.accounts_paper import copy_rows

        copy_rows(self)

    def printable(self) -> Printable | None:
        """The accounts shown in the columns shown."""
        from cs_workbench.ui.pages.accounts_paper import paper

        return paper(self)

    def begin_new(self) -> None:
        """N: ask for the name of a new account."""
        self.fresh.begin()

    def open_tags(self) -> None:
        """T: the menu of tags."""
        self.bulk.open_tags(_menu_place(self, "tag"))

    def open_fields(self) -> None:
        """E: the menu of stage, tier and owner."""
        self.bulk.open_fields(_menu_place(self, "edit"))

    def open_columns(self) -> None:
        """The column chooser."""
        at = _below(self.top.columns)
        columns_menu(self, at, self.list.wanted, self.own.want, self.sort_by, table=self.table)

    def open_groups(self) -> None:
        """What to group by."""
        group_menu(self, _below(self.top.group), self.model.group, self.group_by)

    def open_views(self) -> None:
        """Save, change or delete a view."""
        self.view_verbs.open_menu(_below(self.top.save), self.view_shown)

    def _read(self, work: Callable[[], AccountTable], done: Callable[[AccountTable], None]) -> None:
        self.desk.tasks.run(work, done=done, latest=("accounts", id(self)))

    @Slot(object)
    def _on_first(self, table: AccountTable) -> None:
        self._on_loaded(table)
        self._read(_rest_of(table, self.desk), self._on_loaded)

    @Slot(object)
    def _on_loaded(self, table: AccountTable) -> None:
        self.table = table = self.own.carried(table)
        self.line.set_words(table.vocabulary, table.today)
        self.list.staying = True
        self.model.set_table(table)
        self.list.staying = False
        self.desk.count("accounts", len(table.lines))
        self._open_wanted()
        if self.view_shown is not None and self.view_shown.id not in {one.id for one in views_of(table)}:
            self.view_shown = None  # deleted, or its saving undone
        self._tell()
        if "fresh" in self.__dict__:
            self.fresh.show_made()
        if table.contacts:
            self.own.read()

    @Slot(object)
    def filter_by(self, filtered: Filter) -> None:
        """Show the accounts that fit."""
        self.model.set_filter(filtered.root)
        self._tell()

    def tell_chosen(self) -> None:
        """What can be done with the accounts selected now."""
        if self.table is not None:
            self.sheets.show_chosen(self.table)

    def _on_saved(self, view: SavedView) -> None:
        self.view_shown = view
        self._tell()

    def _open_wanted(self) -> None:
        """Show the view asked for, once the table that holds it is there."""
        if not self._wanted_view or self.table is None:
            return
        wanted, self._wanted_view = self._wanted_view, ""
        view = next((one for one in views_of(self.table) if one.id == wanted), None)
        if view is None:
            return
        self._arrange(view)
        self.line.set_text(view.filter)
        self.view_shown = view
        self._tell()

    def _arrange(self, view: SavedView) -> None:
        """Order, groups and columns of *view*; what is not known here any more stays as usual."""
        if view.sort in PLACE:
            self.model.set_order(view.sort, descending=view.descending)
        self.group_by(view.group if view.group in GROUPS else "")
        self.list.want([name for name in view.columns if name in PLACE] or USUAL)

    def _tell(self) -> None:
        """Title, sums and the right sheet of the stack for what is shown."""
        if self.table is None:
            return
        shown, everyone = len(self.model.shown), len(self.table.lines)
        fact = _("{shown} of {all}").format(shown=f"{shown:,}", all=f"{everyone:,}")
        if self.view_shown is not None:
            fact = f"{self.view_shown.name} · {fact}"
        self.top.header.fact.setText(fact)
        self.sheets.show_rows(self.table)


def _rest_of(table: AccountTable, desk: Desk) -> Callable[[], AccountTable]:
    """Reads what is missing, on the pool, once the rows are painted: not to take the interpreter from them."""
    shown, reads = threading.Event(), desk.workbench.reads
    QTimer.singleShot(0, shown.set)

    def rest() -> AccountTable:
        shown.wait(SHOWN_WITHIN)
        return account_table.complete(reads, table)

    return rest


def _verbs(page: AccountsPage) -> Verbs:
    return {
        "filter": page.line.setFocus,
        "next_row": lambda: page.list.step(1),
        "previous_row": lambda: page.list.step(-1),
        "open_row": page.list.open_current,
        "tag": page.open_tags,
        "edit": page.open_fields,
        "copy_rows": page.copy,
        "columns": page.open_columns,
        "group": page.open_groups,
        "save_view": page.open_views,
        "new_row": page.begin_new,
        "details": page.sheets.split.toggle,
        "prepare_pack": lambda: _prepare_pack(page),
        "delete": lambda: _delete(page),
    }


def _prepare_pack(page: AccountsPage) -> None:
    from cs_workbench.ui.pages.accounts_paper import pack_for

    pack_for(page, page.chosen())


def _delete(page: AccountsPage) -> None:
    from cs_workbench.ui.pages.accounts_remove import delete

    delete(page)


def _open_context(page: AccountsPage, at: QPoint) -> None:
    from cs_workbench.ui.pages.accounts_remove import open_context

    open_context(page, at)


def _connect(page: AccountsPage) -> None:
    """Who hears of what was pressed."""
    top, sheets, desk = page.top, page.sheets, page.desk
    answers: dict[str, Callable[[], object]] = {
        "import": lambda: desk.act("import_files"),
        "clear_filter": page.clear_filter,
        "tag": page.open_tags,
        "edit": page.open_fields,
        "copy": page.copy,
        "clear": page.list.clearSelection,
    }
    top.group.clicked.connect(page.open_groups)
    top.columns.clicked.connect(page.open_columns)
    top.export.clicked.connect(lambda: desk.act("export"))
    top.take_in.clicked.connect(lambda: desk.act("import_files"))
    top.save.clicked.connect(page.open_views)
    page.line.filtered.connect(page.filter_by)
    page.line.left_down.connect(page.list.setFocus)
    page.list.opened.connect(desk.open_account)
    page.list.chosen.connect(page.tell_chosen)
    page.list.sorted_by.connect(page.sort_by)
    page.list.copied.connect(page.copy)
    page.list.menu_wanted.connect(lambda at: _open_context(page, at))
    sheets.account_wanted.connect(desk.open_account)
    sheets.asked.connect(lambda what: answers[what]())
    sheets.totals.band_wanted.connect(lambda band: page.line.add_condition(f"band:{band}"))
    sheets.totals.score_wanted.connect(lambda: desk.act("score"))


def _lay_out(page: AccountsPage) -> QVBoxLayout:
    """Head and list; the line for a new account comes between them when it is asked for."""
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    column.addWidget(page.top)
    column.addWidget(page.sheets, 1)
    return column


def _menu_place(page: AccountsPage, verb: Literal["tag", "edit"]) -> QPoint:
    """Above the bar's button for *verb*, or at the row the keyboard is on."""
    if page.sheets.has("bar") and page.bar.isVisible():
        button = page.bar.tag if verb == "tag" else page.bar.edit
        return button.mapToGlobal(QPoint(0, -themes.current().px(8)))
    row = page.list.visualRect(page.list.currentIndex())
    return page.list.viewport().mapToGlobal(QPoint(themes.current().px(48), row.bottom()))


def _below(button: Button) -> QPoint:
    return button.mapToGlobal(QPoint(0, button.height() + themes.current().px(4)))

"""A view that is a list: a filter, a table, perhaps a pane beside it; empty and not-found states in its place."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QMenu, QStackedLayout, QVBoxLayout, QWidget

from cs_workbench import i18n
from cs_workbench.domain.text import fold
from cs_workbench.i18n import _, ngettext
from cs_workbench.services.printing import Printable, PrintColumn, source_line
from cs_workbench.ui import wording
from cs_workbench.ui.desk import Desk
from cs_workbench.ui.models.fact_model import Column, FactModel
from cs_workbench.ui.page import Verbs
from cs_workbench.ui.pages.success.marked_table import MarkedTable, Marks
from cs_workbench.ui.pages.success.view import SuccessView
from cs_workbench.ui.widgets.empty import EmptyState
from cs_workbench.ui.widgets.fields import Choice, LineEdit
from cs_workbench.ui.widgets.filter_keys import FilterKeys
from cs_workbench.ui.widgets.header import FilterBar
from cs_workbench.ui.widgets.menu import Menu
from cs_workbench.ui.widgets.skeleton import Skeleton
from cs_workbench.ui.widgets.split import DetailSplit, Pane


class ListView(SuccessView):
    """Subclasses read, call ``show_rows`` and answer ``passes``, ``searched``, ``row_key`` and ``chosen_changed``."""

    def __init__(
        self, desk: Desk, columns: Sequence[Column], marks: Marks, *, icon: str, pane: Pane | None = None,
        width: int = 360, parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(desk, parent)
        self.rows: tuple[Any, ...] | None = None
        self._wanted: object = None
        self.model = FactModel(columns, self)
        self.table = MarkedTable(self.model, marks)
        self.bar = FilterBar()
        self.words = LineEdit(name="", icon="search")
        self.which = Choice(name="")
        self.skeleton = Skeleton(40, self.table)
        self.empty = EmptyState(icon, "", " ", self.begin, act_icon="plus")
        self.nothing = EmptyState("filter", "", " ", self.show_all)
        self.column = QWidget()
        self.pane = pane
        self._wide = width
        self.above = QVBoxLayout()
        self._lay_out_list()
        self._connect_list()

    def _lay_out_list(self) -> None:
        self.bar.row.addWidget(self.words, 1)
        self.bar.row.addWidget(self.which)
        holder = QWidget()
        self._inner = QStackedLayout(holder)
        self._inner.addWidget(self.table)
        self._inner.addWidget(self.nothing)
        inner = QVBoxLayout(self.column)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(0)
        inner.addLayout(self.above)
        inner.addWidget(self.bar)
        inner.addWidget(holder, 1)
        self.column.setFocusProxy(self.table)
        self.split = DetailSplit(self.column, self.pane, self._wide) if self.pane is not None else None
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        self.outer = QStackedLayout()
        row.addLayout(self.outer)  # first: a stack without a parent shows what it is given as a window
        self.outer.addWidget(self.split or self.column)
        self.outer.addWidget(self.empty)

    def _connect_list(self) -> None:
        self.words.textChanged.connect(lambda _text: self.filter_rows())
        FilterKeys(self.words, self.table)
        self.which.activated.connect(lambda _n: self.filter_rows())
        self.table.opened.connect(lambda _row: self.open_row())
        self.table.deleted.connect(lambda _row: self.delete_row())
        if self.split is not None:
            self.table.inspected.connect(self.split.open_pane)
        self.table.selectionModel().currentRowChanged.connect(lambda *_moved: self.chosen_changed())
        self.model.modelReset.connect(self.chosen_changed)
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.table.customContextMenuRequested.connect(self.open_menu)

    def passes(self, row: Any, which: str) -> bool:
        """Whether *row* belongs to the choice *which* of the filter."""
        return True

    def searched(self, row: Any) -> str:
        """What the filter's words are looked for in."""
        return str(row)

    def row_key(self, row: Any) -> object:
        """What stays the same of a row from one reading to the next."""
        return row.id

    def matches(self, row: Any, wanted: object) -> bool:
        """Whether *row* is the one ``open`` asked for."""
        return self.row_key(row) == wanted

    def chosen_changed(self) -> None:
        """Another row is chosen."""

    def begin(self) -> None:
        """What the empty state's button does."""

    def open_row(self) -> None:
        """Enter."""

    def delete_row(self) -> None:
        """Delete."""

    def names(self) -> Mapping[str, str]:
        """Verb → words, for the context menu, in its order."""
        return {"open_row": _("Open"), "copy_rows": _("Copy as table")}

    def more_verbs(self) -> dict[str, Callable[[], object]]:
        """Verbs besides those of every list."""
        return {}

    def paper_title(self) -> str:
        """The title of the printed list."""
        return self.fact()

    def want(self, key: object) -> None:
        """Choose the row with that key once it is there."""
        self._wanted = key
        if self.rows is not None:
            self.filter_rows()

    def loading(self) -> None:
        """Show the skeleton where nothing was read yet."""
        if self.rows is None:
            self.skeleton.setGeometry(self.table.rect())
            self.skeleton.begin()

    def failed(self, error: BaseException) -> None:
        """Nothing could be read."""
        self.skeleton.end()
        self.desk.tasks.failed.emit(error)

    def show_rows(self, rows: Sequence[Any]) -> None:
        """Take what was read."""
        self.skeleton.end()
        self.rows = tuple(rows)
        self.filter_rows()
        self.fact_changed.emit()

    def filter_rows(self) -> None:
        """Show the rows the filter lets through; the chosen one stays chosen."""
        words, which = fold(self.words.text()), str(self.which.currentData() or "")
        shown = [
            row for row in self.rows or () if self.passes(row, which) and words in fold(self.searched(row))
        ]
        before = self.table.chosen()
        key = None if before is None else self.row_key(before)
        place = max(self.table.currentIndex().row(), 0)
        self.model.fill(shown)
        if shown:
            asked = next((n for n, row in enumerate(shown) if self._is_wanted(row)), None)
            same = next(
                (n for n, row in enumerate(shown) if key is not None and self.row_key(row) == key), None
            )
            self.table.choose(next(n for n in (asked, same, min(place, len(shown) - 1)) if n is not None))
            if asked is not None:
                self._wanted = None
        self._inner.setCurrentWidget(self.table if shown else self.nothing)
        self.outer.setCurrentWidget((self.split or self.column) if self.rows else self.empty)
        self.chosen_changed()

    def show_all(self) -> None:
        """Take the filter off."""
        self.which.setCurrentIndex(0)
        self.words.clear()
        self.filter_rows()
        self.table.setFocus()

    def verbs(self) -> Verbs:
        """What the keys do here."""
        if not self.rows:
            return self.more_verbs() if self.rows is not None else {}
        found: dict[str, Callable[[], object]] = {"filter": self.words.setFocus, "copy_rows": self.copy}
        if self.model.rows:
            found |= {"next_row": lambda: self.table.step(1), "previous_row": lambda: self.table.step(-1)}
        if self.split is not None:
            found["details"] = self.split.toggle
        if self.table.chosen() is not None:
            found["open_row"] = self.open_row
        return found | self.more_verbs()

    def first_focus(self) -> QWidget | None:
        """The table, or the one button in its place."""
        if self.rows is not None and not self.rows:
            return self.empty.button
        return self.table if self.model.rows or self.rows is None else self.nothing.button

    def open_menu(self, at: QPoint) -> QMenu:
        """The same verbs as the keys, for the pointer."""
        menu = Menu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        verbs = self.verbs()
        for verb, words in self.names().items():
            if verb in verbs:
                menu.verb(verb, verbs[verb], words)
        menu.popup(self.table.viewport().mapToGlobal(at))
        return menu

    def copy(self) -> None:
        """The rows shown as tab-separated text on the clipboard."""
        QGuiApplication.clipboard().setText(self.model.tsv())
        count = len(self.model.rows)
        self.desk.tell(ngettext("{n} row copied", "{n} rows copied", count).format(n=f"{count:,}"))

    def printable(self) -> Printable | None:
        """The rows as they are listed."""
        if not self.model.rows:
            return None
        shown = [one for one in self.model.columns if one.title]
        columns = tuple(PrintColumn(_(one.title), one.right, one.share) for one in shown)
        rows = tuple(tuple(one.words(row) for one in shown) for row in self.model.rows)
        exact = tuple(tuple(line.split("\t")) for line in self.model.tsv().splitlines())
        day = wording.date(self.desk.today())
        filtered = (self.which.currentText() if self.which.currentIndex() > 0 else "", self.words.text())
        subtitle = _(" · ").join((_("as of {date}").format(date=day), *(one for one in filtered if one)))
        source = source_line(self.desk.workbench.path, day)
        return Printable(self.paper_title(), subtitle, columns, rows, source, i18n.language(), exact=exact)

    def refill(self, choices: Mapping[str, str]) -> None:
        """Write the choices of the filter in the language of now; the one taken stays."""
        place = max(self.which.currentIndex(), 0)
        self.which.clear()
        for key, words in choices.items():
            self.which.addItem(words, key)
        self.which.setCurrentIndex(place)

    def write(self, work: Callable[[], object], told: str, second: str = "") -> None:
        """Change something in the background and tell it with Undo."""
        self.desk.tasks.write(work, done=lambda _nothing: self.desk.tell(told, second, undo=True))

    def _is_wanted(self, row: Any) -> bool:
        return self._wanted is not None and self.matches(row, self._wanted)

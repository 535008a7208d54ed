"""A painted figure in its frame: message, definition, the figure or its table twin, copy as picture or data."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias

from PySide6.QtCore import QEvent, QPoint, QRectF, Qt, Signal
from PySide6.QtGui import QGuiApplication, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QStackedLayout, QVBoxLayout, QWidget

from cs_workbench.domain.csv_guard import guard
from cs_workbench.i18n import _
from cs_workbench.ui import theme as themes
from cs_workbench.ui.models.fact_model import Column, FactModel
from cs_workbench.ui.style import restyled
from cs_workbench.ui.widgets.button import Button
from cs_workbench.ui.widgets.fact_table import FactTable
from cs_workbench.ui.widgets.label import Label
from cs_workbench.ui.widgets.menu import Menu

Datum: TypeAlias = str | int | float | Decimal | None


@dataclass(frozen=True, slots=True)
class TwinRow:
    """One row of a table twin: words to read, plain values to copy, what it opens."""

    words: tuple[str, ...]
    data: tuple[Datum, ...]
    opens: object = None


@dataclass(frozen=True, slots=True)
class Twin:
    """The table that says what a figure shows. The first column is text; ``text`` counts how many columns are."""

    columns: tuple[str, ...]
    rows: tuple[TwinRow, ...]
    text: int = 1
    text_last: bool = False


@dataclass(frozen=True, slots=True)
class Caption:
    """Message and definition (with unit and as-of)."""

    title: str
    about: str


_NOTHING = Column("0", "", lambda _row: "")


class FigureFrame(QWidget):
    """``opened`` carries what a row of the twin opens; ``copied`` tells "picture" or "data".

    ``tools`` holds what a figure needs beside table and copy, as its order; ``aside`` names other controls that are no
    part of its picture.
    """

    opened = Signal(object)
    copied = Signal(str)

    def __init__(self, view: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.view = view
        self._facts: Twin | None = Twin((), ())
        self._make: Callable[[], Twin] = lambda: Twin((), ())
        self.title = Label("", "title", wrap=True, phrases=True)
        self.about = Label("", "small", "text.secondary", wrap=True, phrases=True)
        self.twin = Button(icon="table-2", kind="quiet")
        self.copy = Button(icon="copy", kind="quiet")
        self.model = FactModel((_NOTHING,), self)  # a table shares its room among columns: never none
        self.table = FactTable(self.model)
        self.table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.tools = QHBoxLayout()
        self.aside: list[QWidget] = []
        self._lay_out()
        self.twin.setCheckable(True)
        self.twin.toggled.connect(self._on_twin)
        self.copy.clicked.connect(self.open_copy_menu)
        self.table.opened.connect(self._on_row)
        self.retranslate()

    def _lay_out(self) -> None:
        theme = themes.current()
        column = QVBoxLayout(self)
        column.setContentsMargins(*[theme.px(16)] * 4)
        column.setSpacing(theme.px(2))
        top = QHBoxLayout()
        top.setSpacing(theme.px(4))
        self.tools.setSpacing(theme.px(4))
        top.addWidget(self.title, 1)
        top.addLayout(self.tools)
        for button in (self.twin, self.copy):
            top.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        self.body = QWidget()
        self._stack = QStackedLayout(self.body)
        self._stack.addWidget(self.view)
        self._stack.addWidget(self.table)
        column.addLayout(top)
        column.addWidget(self.about)
        column.addSpacing(theme.px(8))
        column.addWidget(self.body, 1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def retranslate(self) -> None:
        """Names of the buttons."""
        self.twin.set_name(_("Show as chart") if self.twin.isChecked() else _("Show as table"))
        self.copy.set_name(_("Copy"))

    @property
    def facts(self) -> Twin:
        """The table twin, made when somebody first asks for it: thousands of rows are seldom looked at."""
        if self._facts is None:
            self._facts = self._make()
        return self._facts

    def show_words(self, caption: Caption, make: Callable[[], Twin]) -> None:
        """What the figure says; *make* gives its rows as a table."""
        self.title.setText(caption.title)
        self.about.setText(caption.about)
        self.table.setAccessibleName(caption.title)
        self._facts, self._make = None, make
        if self.twin.isChecked():
            self._fill_table()

    def open_copy_menu(self) -> QMenu:
        """As a picture or as data."""
        menu = Menu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.addAction(_("Copy as picture"), self.copy_picture)
        menu.addAction(_("Copy data"), self.copy_data)
        menu.popup(self.copy.mapToGlobal(QPoint(0, self.copy.height() + themes.current().px(4))))
        return menu

    def copy_picture(self) -> None:
        """Title, definition and figure as they stand here, without the buttons."""
        self.twin.setChecked(False)
        items = [self.tools.itemAt(n) for n in range(self.tools.count())]
        tools = [item.widget() for item in items if item is not None]
        hidden = [
            one
            for one in (self.twin, self.copy, *tools, *self.aside)
            if one is not None and not one.isHidden()
        ]
        for one in hidden:
            one.hide()
        QGuiApplication.clipboard().setPixmap(self.grab())
        for one in hidden:
            one.show()
        self.copied.emit("picture")

    def copy_data(self) -> None:
        """The twin's rows for a spreadsheet, below message and definition."""
        QGuiApplication.clipboard().setText(self.tsv())
        self.copied.emit("data")

    def tsv(self) -> str:
        """Message, definition, headings, rows: plain figures, text that would be a formula guarded."""
        head = [(self.title.text(),), (self.about.text(),), self.facts.columns]
        lines: list[Sequence[Datum]] = [*head, *(row.data for row in self.facts.rows)]
        return "\n".join("\t".join(map(_cell, line)) for line in lines)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Paint in a new theme's colours."""
        super().changeEvent(event)
        if restyled(event):
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """A card."""
        theme = themes.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.colour("line.strong"), 1))
        painter.setBrush(theme.colour("bg.surface"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), theme.px(8), theme.px(8))

    def _fill_table(self) -> None:
        twin = self.facts
        count = len(twin.columns)
        self.model.beginResetModel()
        self.model.columns = tuple(
            Column(str(n), words, lambda row, n=n: row.words[n], width=_width(twin, n),  # type: ignore[misc]
                   right=twin.text <= n < count - twin.text_last)
            for n, words in enumerate(twin.columns)
        )  # fmt: skip
        self.model.rows = twin.rows
        self.model.endResetModel()

    def _on_twin(self, shown: bool) -> None:
        if shown:
            self._fill_table()
        self._stack.setCurrentWidget(self.table if shown else self.view)
        self.retranslate()
        if shown and self.model.rows:
            self.table.choose(0)
        (self.table if shown else self.view).setFocus()

    def _on_row(self, row: TwinRow) -> None:
        if row.opens is not None:
            self.opened.emit(row.opens)


def _width(twin: Twin, place: int) -> int:
    """Text takes what is left; figures are narrow where there are many of them."""
    if place == 0 or (twin.text_last and place == len(twin.columns) - 1):
        return 0
    return 56 if len(twin.columns) > 8 else 104


def _cell(datum: Datum) -> str:
    if datum is None:
        return ""
    if isinstance(datum, str):
        return guard(" ".join(datum.split()))
    if isinstance(datum, Decimal):
        return f"{datum.normalize():f}"
    return str(datum)

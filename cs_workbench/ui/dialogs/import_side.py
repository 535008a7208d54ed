"""The left of the import dialog: the files, how the one shown is read, and what the import comes to."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from cs_workbench.i18n import _
from cs_workbench.services.intake.field_names import kind_name
from cs_workbench.services.intake.offers import DELIMITERS, ENCODINGS, Offer, kind_choices
from cs_workbench.services.intake.result import BatchResult
from cs_workbench.ui import icons
from cs_workbench.ui import theme as themes
from cs_workbench.ui.dialogs.import_files_list import FileList
from cs_workbench.ui.dialogs.import_words import (
    breakable,
    columns_words,
    day_words,
    delimiter_name,
    encoding_name,
)
from cs_workbench.ui.style import restyled
from cs_workbench.ui.widgets.button import Button
from cs_workbench.ui.widgets.fields import CheckBox, Choice
from cs_workbench.ui.widgets.label import Label

WIDTH = 256
_MOST_NOTES = 6
_HEEDED = frozenset(
    (
        "account_created",
        "account_differs",
        "no_contract",
        "negative_amount",
        "contact_logged",
        "contact_ahead",
    )
)
"""What changes figures or makes records somebody did not ask for: told right below the counts."""
TOTALS = "total_rows"
"""The code of what is told about rows of sums."""
_TEXTS = (".csv", ".tsv", ".tab", ".txt")


class Ask(QWidget):
    """A choice with its name above and a fact below. ``picked`` carries what was chosen by the person."""

    picked = Signal(str)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.choice = Choice(name=name)
        self.fact = Label("", "small", "text.secondary", elide=True)
        self.choice.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(themes.current().px(4))
        column.addWidget(Label(name, "small", "text.secondary"))
        column.addWidget(self.choice)
        column.addWidget(self.fact)
        self.choice.activated.connect(lambda _n: self.picked.emit(str(self.choice.currentData())))

    def show_choices(self, choices: Sequence[tuple[str, str]], taken: str, fact: str = "") -> None:
        """Offer *choices* (key, words) with *taken* shown; *fact* below."""
        self.choice.clear()
        for key, words in choices:
            self.choice.addItem(words, key)
        self.choice.setCurrentIndex(max(0, self.choice.findData(taken)))
        self.fact.setText(fact)
        self.fact.setVisible(bool(fact))


class Count(QWidget):
    """One line of the result: icon, word, number."""

    def __init__(
        self, icon: str, text: str, ink: str = "text.primary", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._icon = icon
        self._ink = ink
        self.mark = QLabel()
        self.number = Label("", "strong", ink)
        row = QHBoxLayout(self)
        theme = themes.current()
        row.setContentsMargins(0, theme.px(5), 0, theme.px(5))
        row.setSpacing(theme.px(8))
        row.addWidget(self.mark)
        row.addWidget(Label(text), 1)
        row.addWidget(self.number)
        self._dress()

    def show_count(self, count: int) -> None:
        """The number; a zero is quiet."""
        self.number.setText(f"{count:,}")
        self.number.set_colour(self._ink if count else "text.tertiary")

    def changeEvent(self, event: object) -> None:  # noqa: N802
        """The icon in a new theme's colour."""
        super().changeEvent(event)  # type: ignore[arg-type]
        if restyled(event):  # type: ignore[arg-type]
            self._dress()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """A line below."""
        theme = themes.current()
        QPainter(self).fillRect(0, self.height() - 1, self.width(), 1, theme.colour("line.subtle"))

    def _dress(self) -> None:
        ink = self._ink if self._ink != "text.primary" else "text.secondary"
        self.mark.setPixmap(icons.pixmap(self._icon, ink.replace(".text", ".graphic"), 14))


class ImportSide(QScrollArea):
    """``corrected`` (what, value): kind, encoding, delimiter, columns, or take; ``added`` asks for more files."""

    corrected = Signal(str, object)
    added = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.files = FileList()
        self.more = Button(_("Add files"), "quiet", icon="plus", small=True)
        self.take = CheckBox(_("Import this one"))
        self.kind = Ask(_("Content"))
        self.encoding = Ask(_("Encoding"))
        self.delimiter = Ask(_("Delimiter"))
        self.columns = Ask(_("Columns"))
        self.counts = {
            "created": Count("plus", _("New")),
            "updated": Count("pencil", _("Change")),
            "unchanged": Count("minus", _("Unchanged")),
            "rejected": Count("x", _("Left out"), "health.red.text"),
        }
        self.accounts = Count("building-2", _("New accounts"))
        self.totals = Count("sigma", _("Total rows, not taken"))
        self.results = QWidget()
        self.heeds = Label("", "small", wrap=True)
        self.notes = Label("", "small", "text.secondary", wrap=True)
        self.problem = Label("", "body", wrap=True)
        self.remedy = Label("", "small", "text.secondary", wrap=True)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        theme = themes.current()
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(theme.px(24), theme.px(16), theme.px(24), theme.px(24))
        column.setSpacing(theme.px(12))
        column.addWidget(self.files)
        column.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        for part in (
            self.problem,
            self.remedy,
            self.take,
            self.results,
            self.kind,
            self.encoding,
            self.delimiter,
            self.columns,
        ):
            column.addWidget(part)
        results = QVBoxLayout(self.results)
        results.setContentsMargins(0, 0, 0, 0)
        results.setSpacing(0)
        results.addWidget(Label(_("Result"), "strong"))
        for count in self.counts.values():
            results.addWidget(count)
        results.addWidget(self.accounts)
        results.addWidget(self.totals)
        results.addSpacing(theme.px(8))
        results.addWidget(self.heeds)
        self.accounts.hide()
        self.totals.hide()
        self.heeds.hide()
        column.addWidget(self.notes)
        column.addStretch(1)
        self.setWidget(inside)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFixedWidth(theme.px(WIDTH))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def _connect(self) -> None:
        self.more.clicked.connect(self.added)
        self.take.clicked.connect(lambda on: self.corrected.emit("take", on))
        for what in ("kind", "encoding", "delimiter", "columns"):
            ask: Ask = getattr(self, what)
            ask.picked.connect(lambda value, what=what: self.corrected.emit(what, value))

    def sizeHint(self) -> QSize:  # noqa: N802
        """256 wide."""
        return QSize(themes.current().px(WIDTH), themes.current().px(400))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """The sunken surface and the line at its right."""
        theme = themes.current()
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), theme.colour("bg.sunken"))
        painter.fillRect(
            self.viewport().width() - 1, 0, 1, self.viewport().height(), theme.colour("line.strong")
        )
        super().paintEvent(event)

    def show_offer(self, offer: Offer | None, *, several: bool) -> None:
        """How *offer* is read; nothing but the problem where it cannot be."""
        table = offer.table if offer is not None else None
        problem = offer.problem if offer is not None else None
        self.problem.setText(breakable(problem.message) if problem is not None else "")
        lacks = offer.lacks if offer is not None and offer.taken and table is not None else ""
        self.remedy.setText(breakable(problem.remedy if problem is not None else lacks))
        self.problem.setVisible(problem is not None)
        self.remedy.setVisible(bool(self.remedy.text()))
        self.take.setVisible(table is not None and several)
        for part in (self.kind, self.columns):
            part.setVisible(table is not None)
        textual = table is not None and table.encoding is not None
        unread = offer is not None and table is None and offer.path.lower().endswith(_TEXTS)
        self.encoding.setVisible(textual or unread)
        self.delimiter.setVisible(textual)
        if unread:  # what the remedy speaks of is there to be chosen
            first = ("", _("Choose another encoding"))
            self.encoding.show_choices([first, *((codec, encoding_name(codec)) for codec in ENCODINGS)], "")
        if offer is None or table is None:
            return
        self.take.setChecked(offer.taken)
        mapping = offer.mapping
        kinds = [(kind, kind_name(kind)) for kind in kind_choices(offer)]
        if mapping is None:
            kinds.insert(0, ("", _("Choose what it is")))
        self.kind.show_choices(kinds, mapping.kind if mapping is not None else "")
        if textual:
            self._show_reading(offer)
        self._show_columns(offer)

    def _show_reading(self, offer: Offer) -> None:
        table = offer.table
        if table is None or table.encoding is None:
            return
        codecs = dict.fromkeys((table.encoding, *ENCODINGS))
        sample = next((str(cell) for row in table.sample for cell in row if str(cell or "").strip()), "")
        told = next((text for text in _texts(table.sample) if not text.isascii()), sample)
        self.encoding.show_choices(
            [(codec, encoding_name(codec)) for codec in codecs], table.encoding,
            _("Sample: {text}").format(text=told[:60]) if told else "",
        )  # fmt: skip
        marks = dict.fromkeys((table.delimiter or ",", *DELIMITERS))
        self.delimiter.show_choices([(mark, delimiter_name(mark)) for mark in marks], table.delimiter or ",")

    def _show_columns(self, offer: Offer) -> None:
        mapping = offer.mapping
        self.columns.setVisible(mapping is not None)
        if mapping is None:
            return
        choices = [("recognised", _("As recognised"))]
        if offer.used_at:
            choices.insert(0, ("saved", _("As on {day}").format(day=day_words(offer.used_at))))
        self.columns.show_choices(
            choices,
            "saved" if offer.used_at and mapping == offer.saved else "recognised",
            columns_words(offer),
        )

    def show_result(self, batch: BatchResult | None) -> None:
        """The counts of one file and what is worth knowing about it; nothing before it was planned."""
        self.results.setVisible(batch is not None)
        self.notes.setVisible(batch is not None and bool(batch.warnings))
        if batch is None:
            return
        for key in ("created", "updated", "unchanged"):
            self.counts[key].show_count(getattr(batch, key))
        self.counts["rejected"].show_count(len(batch.rejected))
        self.accounts.show_count(batch.new_accounts)
        self.accounts.setVisible(batch.new_accounts > 0)
        totals = sum(warning.count for warning in batch.warnings if warning.code == TOTALS)
        self.totals.show_count(totals)
        self.totals.setVisible(totals > 0)
        heeded = [warning.message for warning in batch.warnings if warning.code in _HEEDED]
        self.heeds.setText(breakable("\n\n".join(heeded)))
        self.heeds.setVisible(bool(heeded))
        told = [warning.message for warning in batch.warnings if warning.code not in _HEEDED]
        self.notes.setText(breakable("\n\n".join(told[:_MOST_NOTES])))


def _texts(sample: Sequence[Sequence[object]]) -> list[str]:
    return [cell for row in sample for cell in row if isinstance(cell, str)]

"""A sheet that is written top down: cells with a look, formulas with their value, and where everything went."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from cs_workbench.domain.formula import Expression, Name, Negated, Number, Pair

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

INK, INK_2, INK_3, LINE, SOFT, INPUT = "#1B1D22", "#484C54", "#62666F", "#DAD7D0", "#FAF9F7", "#FFF8E5"


class Looks:
    """Cell looks of one workbook, each made once."""

    def __init__(self, book: Workbook, accent: str, font: str) -> None:
        self._book = book
        self._accent = accent
        self._font = font
        self._made: dict[tuple[str, ...], Any] = {}

    def __call__(self, *names: str) -> Any:
        """The look named by words: title head label text note money rate number share date years input total wrap."""
        if names not in self._made:
            look: dict[str, object] = {
                "font_name": self._font,
                "font_size": 10,
                "font_color": INK,
                "valign": "top",
            }
            for name in names:
                look |= self._part(name)
            self._made[names] = self._book.add_format(look)
        return self._made[names]

    def _part(self, name: str) -> dict[str, object]:
        return (
            {"font_size": 18, "bold": True, "font_color": self._accent} if name == "figure" else _PARTS[name]
        )


_HEIGHTS = {"title": 24, "figure": 26, "section": 18}
_PARTS: dict[str, dict[str, object]] = {
    "title": {"font_size": 16, "bold": True},
    "section": {"bold": True, "font_size": 11, "bottom": 1, "bottom_color": INK},
    "head": {"bold": True, "font_color": INK_2, "bottom": 1, "bottom_color": LINE, "text_wrap": True},
    "label": {"font_color": INK_2},
    "bold": {"bold": True},
    "note": {"font_color": INK_3, "font_size": 9, "text_wrap": True},
    "wrap": {"text_wrap": True},
    "text": {},
    "money": {"num_format": "#,##0;[Red]−#,##0"},
    "number": {"num_format": "#,##0.####"},
    "share": {"num_format": "0.0%"},
    "percent": {"num_format": "0%"},
    "factor": {"num_format": "0.0000"},
    "ratio": {"num_format": "0.00"},
    "years": {"num_format": "0.0"},
    "date": {"num_format": "yyyy-mm-dd", "align": "left"},
    "input": {"bg_color": INPUT, "border": 1, "border_color": LINE, "locked": False},
    "total": {"bold": True, "top": 1, "top_color": INK},
    "right": {"align": "right"},
    "indent": {"align": "left", "indent": 1},
    "warn": {"bold": True, "font_color": "#A3271F", "border": 1, "border_color": "#A3271F"},
}
"""What a word adds to a cell's look."""


class Grid:
    """One sheet. ``row`` is the next free row; every writer returns the absolute reference of what it wrote."""

    def __init__(self, book: Workbook, name: str, looks: Looks, text: Mapping[str, str]) -> None:
        self.book = book
        self.sheet: Worksheet = book.add_worksheet(name)
        self.name = name
        self.looks = looks
        self.text = text
        self.row = 0

    def skip(self, rows: int = 1) -> None:
        """Leave rows free."""
        self.row += rows

    def ref(self, column: int, row: int | None = None) -> str:
        """The absolute reference of a cell of this sheet, for formulas anywhere."""
        return f"'{self.name}'!${letter(column)}${(self.row if row is None else row) + 1}"

    def words(self, column: int, text: str, *look: str) -> str:
        """Text as text, whatever it begins with."""
        names = look or ("text",)
        if column and "right" not in names:
            names = (*names, "indent")
        if names[0] in _HEIGHTS:
            self.sheet.set_row(self.row, _HEIGHTS[names[0]])
        self.sheet.write_string(self.row, column, text[:32_000], self.looks(*names))
        return self.ref(column)

    def number(self, column: int, value: Decimal | float, *look: str) -> str:
        """A figure."""
        self.sheet.write_number(self.row, column, float(value), self.looks(*look))
        return self.ref(column)

    def formula(self, column: int, formula: str, value: Decimal | float | str, *look: str) -> str:
        """A live formula with the value it gives now."""
        if look and look[0] in _HEIGHTS:
            self.sheet.set_row(self.row, _HEIGHTS[look[0]])
        cached = value if isinstance(value, str) else float(value)
        self.sheet.write_formula(self.row, column, "=" + formula, self.looks(*look), cached)
        return self.ref(column)

    def head(self, labels: Sequence[str], *, right: frozenset[int] = frozenset()) -> None:
        """A row of column heads."""
        for column, label in enumerate(labels):
            look = ("head", "right") if column in right else ("head", "indent") if column else ("head",)
            self.sheet.write_string(self.row, column, label, self.looks(*look))
        self.row += 1


def letter(column: int) -> str:
    """The letters of a column, 0 → A."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def quoted(text: str) -> str:
    """Text as it stands inside a formula, at most the 255 characters one may hold."""
    return '"' + text.replace('"', "”")[:250] + '"'


def excel(expression: Expression, cells: Mapping[str, str]) -> str:
    """A formula of the ledger in a spreadsheet's own words; *cells* are the references of its inputs."""
    match expression:
        case Number():
            return f"{expression.value:f}"
        case Name():
            return cells[expression.name]
        case Negated():
            return f"(-{excel(expression.of, cells)})"
        case Pair():
            return f"({excel(expression.left, cells)}{expression.sign}{excel(expression.right, cells)})"

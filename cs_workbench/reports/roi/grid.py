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

    def __init__(self, book: Workbook, accent: str, font: str, language: str = "en") -> None:
        self._book = book
        self._days = "yyyy/m/d" if language == "ja" else "[$-409]d mmm yyyy"
        self._accent = accent
        self._font = font
        self._made: dict[tuple[str, ...], Any] = {}

    def __call__(self, *names: str) -> Any:
        """The look named by words: title head label text note money rate number share date months input total wrap."""
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

    def form(self, name: str) -> Any:
        """Nothing but the number format of a word, for a cell whose look depends on its figure."""
        if ("form", name) not in self._made:
            self._made["form", name] = self._book.add_format(dict(_PARTS[name]))
        return self._made["form", name]

    def _part(self, name: str) -> dict[str, object]:
        if name == "figure":
            return {"font_size": 18, "bold": True, "font_color": self._accent}
        return {"num_format": self._days, "align": "left"} if name == "date" else _PARTS[name]


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
    "number": {"num_format": "#,##0;−#,##0"},
    "decimals": {"num_format": "#,##0.####;−#,##0.####"},  # of a whole figure it would leave the point
    "share": {"num_format": "0.0%;−0.0%"},
    "percent": {"num_format": "0%;−0%"},
    "factor": {"num_format": "0.0000"},
    "ratio": {"num_format": "0.00;−0.00"},
    "months": {"num_format": "0.0"},
    "input": {"bg_color": INPUT, "border": 1, "border_color": LINE, "locked": False},
    "total": {"bold": True, "top": 1, "top_color": INK},
    "right": {"align": "right"},
    "indent": {"align": "left", "indent": 1},
    "warn": {"bold": True, "font_color": "#A3271F", "border": 1, "border_color": "#A3271F"},
}
"""What a word adds to a cell's look."""


class Grid:
    """One sheet. ``row`` is the next free row; every writer returns the absolute reference of what it wrote."""

    def __init__(
        self, book: Workbook, name: str, looks: Looks, text: Mapping[str, str], widths: Sequence[float] = ()
    ) -> None:
        self.book = book
        self.sheet: Worksheet = book.add_worksheet(name)
        self.name = name
        self.looks = looks
        self.text = text
        self.widths = tuple(widths)  # of its columns, in characters
        self.heights: dict[int, float] = {}  # points, of rows that are not as high as an empty one
        self.whole: list[tuple[int, int]] = []  # first and last row of what one page has to hold
        self.row = 0
        for column, width in enumerate(self.widths):
            self.sheet.set_column(column, column, width)

    def high(self, points: float, row: int | None = None) -> None:
        """Make a row, the next one to be written unless told, as high as *points*; what it already needs stays."""
        at = self.row if row is None else row
        self.heights[at] = min(max(points, self.heights.get(at, 0.0)), 409.0)
        self.sheet.set_row(at, self.heights[at])

    def line(self, text: str, *look: str, first: int = 0, last: int | None = None) -> None:
        """Words over the columns from *first* to *last* (else the sheet's), as high as they need; then the next row."""
        end = len(self.widths) - 1 if last is None else last
        if end > first:
            self.sheet.merge_range(
                self.row, first, self.row, end, "", self.looks(*look, *(["indent"] if first else []))
            )
        names = (*look, "indent") if first else look
        self.sheet.write_string(self.row, first, text[:32_000], self.looks(*names))
        self.high(_needed(text, sum(self.widths[first : end + 1]), 9 if "note" in look else 10))
        self.row += 1

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
            self.high(_HEIGHTS[names[0]])
        if ("note" in names or "wrap" in names) and column < len(self.widths):
            self.high(_needed(text, self.widths[column], 9 if "note" in names else 10))
        self.sheet.write_string(self.row, column, text[:32_000], self.looks(*names))
        return self.ref(column)

    def number(self, column: int, value: Decimal | float, *look: str) -> str:
        """A figure."""
        self.sheet.write_number(
            self.row, column, float(value), self.looks(*self._settled(column, value, look))
        )
        return self.ref(column)

    def formula(self, column: int, formula: str, value: Decimal | float | str, *look: str) -> str:
        """A live formula with the value it gives now."""
        if look and look[0] in _HEIGHTS:
            self.high(_HEIGHTS[look[0]])
        cached = value if isinstance(value, str) else float(value)
        names = look if isinstance(value, str) else self._settled(column, value, look)
        self.sheet.write_formula(self.row, column, "=" + formula, self.looks(*names), cached)
        return self.ref(column)

    def _settled(self, column: int, value: Decimal | float, look: tuple[str, ...]) -> tuple[str, ...]:
        """The look of a figure: decimals where it has some, now and whenever it is changed."""
        if "number" not in look:
            return look
        cell = f"${letter(column)}${self.row + 1}"
        whole = round(value, 4) == round(value)
        sign, other = ("<>", "decimals") if whole else ("=", "number")
        rule = {"type": "formula", "criteria": f"=ROUND({cell},4){sign}ROUND({cell},0)",
                "format": self.looks.form(other)}  # fmt: skip
        self.sheet.conditional_format(self.row, column, self.row, column, rule)
        return look if whole else tuple("decimals" if one == "number" else one for one in look)

    def head(self, labels: Sequence[str], *, right: frozenset[int] = frozenset()) -> None:
        """A row of column heads."""
        for column, label in enumerate(labels):
            look = ("head", "right") if column in right else ("head", "indent") if column else ("head",)
            self.sheet.write_string(self.row, column, label, self.looks(*look))
            if column < len(self.widths):
                self.high(_needed(label, self.widths[column], 10))
        self.row += 1


def put_chart(grid: Grid, chart: object, alt: str, height: int) -> None:
    """A chart *height* pixels high in the rows that come next, which one page holds together."""
    first, rows = grid.row, -(-height // 20) + 1
    grid.sheet.insert_chart(first, 0, chart, {"description": alt})
    grid.skip(rows)
    grid.whole.append((first, grid.row - 1))


def _needed(text: str, characters: float, size: float) -> float:
    """Points *text* needs in a cell of so many characters."""
    from cs_workbench.reports.slide_text import Bit, Face, cuts, printable

    line = size * 1.45
    shown = printable(text)[:2000]
    return (
        len(cuts((Bit(shown),), Face(size, line), max(characters - 1, 4.0) * 5.6)) if shown else 1
    ) * line + 2


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

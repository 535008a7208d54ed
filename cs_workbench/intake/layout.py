"""Where a table begins and ends in a file people made: titles above, header names, footer and total lines."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from cs_workbench.i18n import _, ngettext
from cs_workbench.intake.table import Cell, Note, Row

HEADER_WITHIN = 40
_NAMED_ROWS = 5
FOOTER_WITHIN = 30

_NUMBER = re.compile(r"[-+−△▲(（]?[¥￥$€£]?\s*[0-9０-９][0-9０-９,，.．]*\s*[%％円)）]?$")
_PERIOD = re.compile(r"(19|20)\d\d([-/.年]?(0?[1-9]|1[0-2])(月|[-/.月](0?[1-9]|[12]\d|3[01])日?)?)?年?$")
_ADDRESS = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+$|https?://")
_TOTAL = re.compile(
    r"(grand[ \u3000]?totals?|sub-?totals?|totals?|総?合\s*計|総\s*計|小\s*計|計)"
    r"\s*[:：]?\s*([(（].*[)）])?\s*$",
    re.IGNORECASE,
)
_TOTAL_STARTS = frozenset("合小総計GgSsTt")
MAY_ADD_UP = _TOTAL_STARTS | {"", " ", "\u3000"}
"""First letters of rows worth a look by ``is_total``."""
_FOOTER = re.compile(
    r"copyright\b|©|\(c\)\s*(19|20)\d\d|all rights reserved|confidential information|generated (by|on|at)\b"
    r"|exported (by|on|at|from)\b|printed (by|on)\b|end of (report|file)|report (name|generated|run)"
    r"|filtered by\b"
    r"|as of (19|20)?\d|page \d+( of \d+)?$|\d+ (rows?|records?|件)|※|社外秘|禁無断|出力日|作成日時|出力者"
    r"|レポート名|以上$|全\d+件|注[)）:：]",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Header:
    """A header found: its place in the rows looked at (-1: none), its names, how many rows it takes."""

    index: int
    names: tuple[str, ...]
    height: int = 1


def is_blank(cell: Cell) -> bool:
    """Whether a cell shows nothing."""
    return cell is None or (isinstance(cell, str) and not cell.strip(" \t\r\n\u3000\xa0\u200b\ufeff"))


def all_blank(row: Iterable[Cell]) -> bool:
    """Whether every cell of a row shows nothing."""
    return all(is_blank(cell) for cell in row)


def filled_width(row: Sequence[Cell]) -> int:
    """The number of cells up to the last one that shows something."""
    width = len(row)
    while width and is_blank(row[width - 1]):
        width -= 1
    return width


def find_header(rows: Sequence[Sequence[Cell]]) -> Header:
    """Find the header among the first rows of a table.

    It is the first row nearly as full as the table is wide, made of labels. A file whose fullest first row is
    data (figures, addresses) has none: index -1, and columns are named by their letters.
    """
    widths = sorted(width for row in rows if (width := filled_width(row)))
    if not widths:
        return Header(-1, ())
    usual = widths[(len(widths) * 3) // 4]
    for share in (0.75, 0.5):
        for index, row in enumerate(rows[:HEADER_WITHIN]):
            filled = sum(not is_blank(cell) for cell in row)
            if filled >= share * usual and looks_like_labels(row):
                return _named(rows, index)
            if filled >= max(0.75 * usual, 1):
                break
    return Header(-1, header_names([], max(widths)))


def header_names(cells: Sequence[Cell], width: int) -> tuple[str, ...]:
    """Distinct, non-empty names for *width* columns: blanks become "Column C", doubles get " (2)"."""
    seen: set[str] = set()
    names: list[str] = []
    for index in range(width):
        cell = cells[index] if index < len(cells) else None
        name = " ".join(str(cell).strip("\ufeff\u200b").split()) if not is_blank(cell) else ""
        base = name or f"Column {column_letters(index)}"
        name, again = base, 1
        while name in seen:
            again += 1
            name = f"{base} ({again})"
        seen.add(name)
        names.append(name)
    return tuple(names)


def column_letters(index: int) -> str:
    """The spreadsheet letters of a 0-based column: 0 → A, 26 → AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def split_footer(tail: Sequence[Row], width: int) -> tuple[Sequence[Row], Sequence[Row]]:
    """Part the last rows of a table into data and footer: total lines, report names, copyright, remarks.

    *tail* is the numbered end of the file, blank rows included; only its last 30 rows may be footer.
    """
    first = len(tail)
    for index in range(len(tail) - 1, max(len(tail) - FOOTER_WITHIN, 0) - 1, -1):
        row = tail[index][1]
        if all_blank(row):
            continue
        certain, possible = _footer_signs(row, width)
        if not (certain or possible):
            break
        if certain or (index > 0 and all_blank(tail[index - 1][1])):
            first = index
    return tail[:first], [row for row in tail[first:] if not all_blank(row[1])]


def is_total(row: Sequence[Cell]) -> bool:
    """Whether a row among the data adds others up: it begins with 小計, 合計 or "Subtotal", and the rest is figures.

    A bare "Total" needs a blank cell as well, for a company may be called so.
    """
    first = next((cell for cell in row if not is_blank(cell)), None)
    if (
        not isinstance(first, str)
        or first.strip()[:1] not in _TOTAL_STARTS
        or not _TOTAL.match(first.strip())
    ):
        return False
    others = [str(cell).strip() for cell in row if not is_blank(cell)][1:]
    if not others or not all(_NUMBER.match(text) for text in others):
        return False
    return len(others) + 1 < len(row) or not first.strip().casefold().startswith("total")


def totals_note(rows: Sequence[int], count: int) -> Note:
    """What is told of rows of sums left out: how many, and the numbers (*rows*) of the first of them."""
    text = ngettext(
        "{count} row of sums among the data was left out (row {rows}).",
        "{count} rows of sums among the data were left out (rows {rows}).",
        count,
    )
    shown = _(", ").join(map(str, rows[:_NAMED_ROWS])) + ("…" if count > _NAMED_ROWS else "")
    return Note("total_rows", text.format(count=count, rows=shown), count)


def as_line(row: Sequence[Cell]) -> str:
    """A row above or below the table as one line of text."""
    return "  ".join(str(cell).strip() for cell in row if not is_blank(cell))


def _footer_signs(row: Sequence[Cell], width: int) -> tuple[bool, bool]:
    """Whether a row surely is a footer line, and whether it may be one if a blank row parts it from the data."""
    shown = [str(cell).strip() for cell in row if not is_blank(cell)]
    if _TOTAL.match(shown[0]):
        return True, True
    if len(shown) > 2 or (len(shown) == 2 and width <= 2):
        return False, False
    if _FOOTER.match(shown[0]) and (len(shown) == 1 or is_blank(row[-1])):
        return True, True
    alone = len(shown) == 1 and not is_blank(row[0]) and width >= 3
    return alone and _FOOTER.search(shown[0]) is not None, alone


def looks_like_labels(row: Sequence[Cell]) -> bool:
    """Whether a row reads like header names: text, or the periods (2026-01, 2026-02) of a wide table."""
    cells = [cell for cell in row if not is_blank(cell)]
    periods = sum(_is_period(cell) for cell in cells)
    labels = sum(_is_label(cell) for cell in cells)
    if periods >= 2 and labels >= 1 and len({str(cell) for cell in cells}) == len(cells):
        return labels + periods >= 0.8 * len(cells)
    return labels > 0.8 * len(cells)


def _is_period(cell: Cell) -> bool:
    if isinstance(cell, str):
        return _PERIOD.match(cell.strip()) is not None
    return isinstance(cell, date)


def _is_label(cell: Cell) -> bool:
    if not isinstance(cell, str):
        return False
    text = cell.strip()
    if len(text) > 200 or _NUMBER.match(text) or _ADDRESS.match(text):
        return False
    return not _PERIOD.match(text)


def _named(rows: Sequence[Sequence[Cell]], index: int) -> Header:
    width = filled_width(rows[index])
    for row in rows[index + 1 :]:
        below = filled_width(row)
        if below > width and not is_blank(row[0]):
            width = max(width, min(below, len(rows[index])))
    return Header(index, header_names(rows[index], width))

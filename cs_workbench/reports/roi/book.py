"""A value ledger as an XLSX workbook that recomputes in Excel and LibreOffice; its cached values are ours."""

from __future__ import annotations

import datetime as dt
import io
from typing import TYPE_CHECKING

from cs_workbench.reports.roi import benefits, cases, flows, sheets
from cs_workbench.reports.roi.grid import Grid, Looks
from cs_workbench.reports.roi.sheets import told_day
from cs_workbench.reports.sheet_pages import ROW, set_pages
from cs_workbench.reports.whole_file import write_whole

if TYPE_CHECKING:
    from cs_workbench.reports.blocks import Look
    from cs_workbench.reports.roi.facts import RoiFacts

SHEETS = ("summary", "benefits", "costs", "cash_flow", "sensitivity", "evidence", "definitions")
_WIDTHS: dict[str, tuple[float, ...]] = {
    "summary": (44, 20, 44, 12),
    "benefits": (40, 16, 20, 14, 14, 28, 12, 4),
    "costs": (34, 18, 10),
    "cash_flow": (34,),
    "sensitivity": (30, 30, 14, 14, 18, 18, 18),
    "evidence": (32, 18, 18, 26, 48, 12, 32),
    "definitions": (36, 16, 30, 30),
}


def write(facts: RoiFacts, look: Look, path: str) -> None:
    """Write the workbook to *path*. Raises FileProblem where the file can't be written."""
    write_whole(path, render(facts, look))


def render(facts: RoiFacts, look: Look) -> bytes:
    """The workbook's bytes, the same for the same facts."""
    import xlsxwriter

    out = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(out, options) as book:
        book.set_properties(_properties(facts))
        book.set_calc_mode("auto")
        font = "Yu Gothic" if facts.language == "ja" else "Calibri"
        looks = Looks(book, look.accent, font, facts.language)
        grids = {
            key: Grid(book, facts.text[f"{key}_sheet"], looks, facts.text, _widths(key, facts))
            for key in SHEETS
        }
        rate = sheets.definitions(grids["definitions"], facts)
        lines = benefits.benefits(grids["benefits"], facts)
        spent = benefits.costs(grids["costs"], facts)
        flow = flows.cash_flow(grids["cash_flow"], facts, lines, spent, rate)
        found = cases.sensitivity(grids["sensitivity"], facts, lines, flow)
        sheets.summary(grids["summary"], facts, flow, lines, found)
        sheets.evidence(grids["evidence"], facts)
        for key, grid in grids.items():
            _print_set_up(grid, key, facts)
    return out.getvalue()


def _properties(facts: RoiFacts) -> dict[str, object]:
    """What the file says of itself; its day is the ledger's, so that the same ledger gives the same bytes."""
    made = dt.datetime.combine(facts.as_of, dt.time(), tzinfo=dt.UTC)
    return {
        "title": facts.title, "subject": facts.account, "author": facts.sender, "company": facts.sender,
        "comments": "CS Workbench", "created": made,
    }  # fmt: skip


def _widths(key: str, facts: RoiFacts) -> tuple[float, ...]:
    """Widths of a sheet's columns, as many as it has."""
    years = facts.ledger.years
    match key:
        case "benefits" if years > 6:
            return (*_WIDTHS[key], *[14.0] * (years - 6))
        case "costs":
            return (*_WIDTHS[key][:3], *[14.0] * (years + 1), 34.0)
        case "cash_flow":
            return (_WIDTHS[key][0], *[14.0] * (years + 3))
        case "evidence" if facts.edition != "internal":
            return _WIDTHS[key][:-1]
    return _WIDTHS[key]


def _print_set_up(grid: Grid, key: str, facts: RoiFacts) -> None:
    """A4 lying, all columns on one page; heads come again on every page, and no chart or benefit is cut in two."""
    sheet = grid.sheet
    sheet.hide_gridlines(2)
    sheet.set_paper(9)
    sheet.set_landscape()
    sheet.set_margins(left=0.6, right=0.6, top=0.8, bottom=0.7)
    sheet.set_header(f"&L&8 {_plain(facts.account)}&R&8 {_plain(facts.title)}")
    mark = _plain(facts.text["internal_mark"]) if facts.edition == "internal" else ""
    sheet.set_footer(f"&L&8 {_plain(facts.sender)}  {_plain(told_day(facts))}&C&8 {mark}&R&8&P / &N")
    if key in {"costs", "cash_flow", "sensitivity", "evidence"}:
        repeated = 3 if key != "sensitivity" else 4
        sheet.freeze_panes(repeated, 1)
        sheet.repeat_rows(0, repeated - 1)
    else:
        repeated = 0
    sheet.print_area(0, 0, max(grid.row - 1, 0), len(grid.widths) - 1)
    heights = [grid.heights.get(row, ROW) for row in range(grid.row)]
    set_pages(sheet, grid.widths, heights, repeated=repeated, whole=grid.whole)


def _plain(text: str) -> str:
    """Text for a header or footer: & begins a code there, and both hold at most 255 characters.

    A space goes before it: a digit right after the size would belong to the size.
    """
    return text.replace("&", "&&")[:80]

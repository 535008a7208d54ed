"""Lists on paper: a table with its title, its filter and its day, set in the documents' own manner on A4: on its side
where many columns have no room upright.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cs_workbench.i18n import _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cs_workbench.reports.blocks import Document, Look, Run
    from cs_workbench.store.reads import Reads

PRINT_PPI = 220.0
MOST_ROWS = 5_000
_PIECE = 100


@dataclass(frozen=True, slots=True)
class PrintColumn:
    """A column of a printed list; ``width`` is its share of the page."""

    title: str
    right: bool = False
    width: float = 1.0


@dataclass(frozen=True, slots=True)
class Printable:
    """A list as a page hands it over to be printed: texts as shown, in the order shown.

    ``subtitle`` says what is listed (filter, order); ``source`` where it comes from and of which day.
    """

    title: str
    subtitle: str
    columns: tuple[PrintColumn, ...]
    rows: tuple[tuple[str, ...], ...]
    source: str = ""
    language: str = "en"
    total: bool = False
    exact: tuple[tuple[str, ...], ...] = ()  # header and rows for a file: plain figures, ISO dates, guarded


def source_line(portfolio: str, day: str) -> str:
    """Where a printed list comes from: the portfolio's name and the day it was shown."""
    import os

    name = os.path.splitext(os.path.basename(portfolio))[0]
    return _("{portfolio}, as of {day}").format(portfolio=name, day=day)


def sheet(printable: Printable, sender: str = "") -> Document:
    """The list as a document: one heading, its table, page n / N. Rows beyond MOST_ROWS are left out, and it says so.

    A long list is cut into tables of some pages each: setting one very long table takes time by its square.
    """
    from cs_workbench.domain import print_columns
    from cs_workbench.reports import blocks as b

    told = [(one.title, one.right, one.width) for one in printable.columns]
    shown = printable.rows[:MOST_ROWS]
    wide = print_columns.lies(told, shown)
    shares = print_columns.shares(told, shown, print_columns.WIDE_PAGE if wide else print_columns.PAGE)
    columns = tuple(
        b.Column("right" if one.right else "left", share)
        for one, share in zip(printable.columns, shares, strict=True)
    )
    head = tuple(_runs(column.title) for column in printable.columns)
    rows = tuple(_cells(row, printable.columns) for row in shown)
    pieces = [rows[at : at + _PIECE] for at in range(0, len(rows), _PIECE)] or [()]
    last = len(pieces) - 1
    tables = tuple(
        b.Table(columns, head, piece, total=printable.total and at == last) for at, piece in enumerate(pieces)
    )
    heading = b.Heading(1, _runs(printable.title), _runs(_told(printable)))
    return b.Document(
        printable.title, sender, "ja" if printable.language == "ja" else "en", "customer", None,
        (heading, *tables, b.Sources(_runs(printable.source))), labels=_labels(), wide=wide,
    )  # fmt: skip


def company(reads: Reads) -> tuple[str, Look]:
    """Whose paper it is: the company's name and look."""
    from cs_workbench.reports.look import company_look
    from cs_workbench.store.queries.settings import settings

    kept = settings(reads)
    return str(kept.get("company") or ""), company_look(str(kept.get("accent") or ""))


def pages(reads: Reads, printable: Printable, *, ppi: float = PRINT_PPI) -> list[bytes]:
    """The pages of the list as PNG. Raises TemplateProblem where they cannot be set."""
    from cs_workbench.reports.writers import pdf

    sender, look = company(reads)
    return pdf.preview(sheet(printable, sender), look, ppi=ppi)


def save_pdf(reads: Reads, printable: Printable, path: str) -> str:
    """Write the list as a PDF that only its owner reads, whole or not at all; returns *path*. Raises FileProblem."""
    import os

    from cs_workbench.reports.writers import pdf

    sender, look = company(reads)
    pdf.write(sheet(printable, sender), look, path)
    os.chmod(path, 0o600)
    return path


def _told(printable: Printable) -> str:
    left = len(printable.rows) - MOST_ROWS
    more = _("The first {shown} of {all} rows").format(shown=f"{MOST_ROWS:,}", all=f"{len(printable.rows):,}")
    return _(" · ").join(part for part in (printable.subtitle, more if left > 0 else "") if part)


def _labels() -> dict[str, str]:
    return {
        "page": _("{page} / {pages}"),
        "continued": _("continued"),
        "sources": _("Sources"),
        "contents_empty": _("Nothing recorded"),
    }


def _runs(text: str) -> tuple[Run, ...]:
    from cs_workbench.reports.blocks import Run

    return (Run(text),) if text else ()


def _cells(row: Sequence[str], columns: Sequence[PrintColumn]) -> tuple[tuple[Run, ...], ...]:
    """A row's texts; figures, dates and short words stay on one line."""
    from cs_workbench.domain.print_columns import SHORT, ems

    return tuple(
        _runs(_kept_together(text) if column.right or ems(text[:20]) <= SHORT else text)
        for text, column in zip(row, columns, strict=True)
    )


def _kept_together(text: str) -> str:
    """A figure or a date on one line."""
    return text.replace(" ", "\u00a0")

"""The words of the import dialog: files, encodings, delimiters, dates, results."""

from __future__ import annotations

import datetime as dt
import re

from cs_workbench.i18n import _, language, ngettext
from cs_workbench.services.intake.offers import Offer
from cs_workbench.services.intake.reporting import taken_in
from cs_workbench.services.intake.result import ImportResult

_ZERO = "\u200b"
_LONG = re.compile(r"[!-~]{16,}")
_PIECE = re.compile(r"[^_\-./,;:=|]{0,15}[_\-./,;:=|]|[^_\-./,;:=|]{1,16}")
_ENCODINGS = {
    "utf-8": "UTF-8",
    "utf-8-sig": "UTF-8 (BOM)",
    "cp932": "Shift_JIS (cp932)",
    "euc_jp": "EUC-JP",
    "euc-jp": "EUC-JP",
    "iso2022_jp": "ISO-2022-JP",
    "utf-16": "UTF-16",
    "utf-32": "UTF-32",
    "cp1252": "Windows-1252",
}


def encoding_name(codec: str) -> str:
    """An encoding as other programs call it."""
    return _ENCODINGS.get(codec.lower(), codec)


def delimiter_name(delimiter: str) -> str:
    """A delimiter in a word."""
    return {",": _("Comma"), "\t": _("Tab"), ";": _("Semicolon"), "|": _("Vertical bar")}.get(
        delimiter, delimiter
    )


def breakable(text: str) -> str:
    """*text* with places to break where a narrow column needs them: inside long runs without a space, as names of
    columns are, and after the comma of a Japanese list, which would hold on to a quotation mark.
    """
    return _LONG.sub(lambda run: _ZERO.join(_PIECE.findall(run[0])), text).replace("、", f"、{_ZERO}")


def size_words(size: int) -> str:
    """The size of a file: 48 KB, 3.2 MB."""
    if size < 1_000_000:
        return f"{max(1, round(size / 1000)):,} KB"
    return f"{size / 1_000_000:,.1f} MB"


def file_words(offer: Offer, rows: int | None) -> str:
    """The line below a file's name: its rows and size, its sheet, or why it is out."""
    if offer.problem is not None:
        return offer.problem.message
    parts = [offer.sheet] if offer.sheet else []
    if rows is not None:
        parts.append(ngettext("{count} row", "{count} rows", rows).format(count=f"{rows:,}"))
    parts.append(size_words(offer.size))
    return " • ".join(part for part in parts if part)


def day_words(instant: str) -> str:
    """The day of an instant in the person's own zone, short: 3 Nov, 11/3."""
    day = dt.datetime.fromisoformat(instant.replace("Z", "+00:00")).astimezone()
    if language() == "ja":
        return f"{day.month}/{day.day}"
    return f"{day.day} {day:%b}"


def what_words(result: ImportResult) -> str:
    """What an import takes in: "209 accounts, 12 contracts"; "" where nothing changes."""
    return taken_in(result.batches)


def columns_words(offer: Offer) -> str:
    """How many of the columns are taken: "4 of 5 columns recognised"."""
    mapping = offer.mapping
    if mapping is None:
        return ""
    known = len(mapping.used())
    return _("{known} of {total} columns taken").format(known=known, total=len(mapping.columns))

"""What the command line prints: sentences and tables for people, one JSON value for scripts."""

from __future__ import annotations

import datetime as dt
import json
import os
import shutil
import sys
import traceback
import unicodedata
from collections.abc import Sequence
from decimal import Decimal

from cs_workbench import __version__
from cs_workbench.cli import streams
from cs_workbench.errors import UserError
from cs_workbench.i18n import _

_NARROWEST = 12


_HARMLESS = frozenset("\n\u200c\u200d")
"""New lines, and what joins the parts of an emoji or of Arabic and Indic letters."""


def say(text: str) -> None:
    """Print a sentence for the person, out of the way of what scripts read."""
    print(text, file=sys.stderr)


def show(text: str) -> None:
    """Print what was asked for."""
    streams.put(_printable(text))


def plain(value: object) -> object:
    """What JSON can hold: money and other decimals as numbers, dates as ISO text."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, (dt.datetime, dt.date)):
        return value.isoformat()
    raise TypeError(f"not plain: {type(value).__name__}")


def show_json(value: object) -> None:
    """Print *value* as one JSON value, keys in the order documented in README."""
    streams.put_json(json.dumps(value, ensure_ascii=False, indent=2, default=plain))


def failure(problem: UserError, *, as_json: bool) -> None:
    """Tell a known error: the sentence and the remedy to people, the same as data to scripts.

    What a refused import would have done stands beside the error, as a successful one prints it.
    """
    if as_json:
        where = {name: value for name, value in problem.where.items() if name != "result"}
        told = {"code": problem.code, "message": problem.message, "remedy": problem.remedy, "where": where}
        result: dict[str, object] = problem.where.get("result") or {}
        show_json({"error": told, **(result | {"step": None} if result else {})})
    say(_printable(problem.message))
    if problem.remedy:
        say("→ " + _printable(problem.remedy))


def bug(fault: Exception, *, as_json: bool) -> None:
    """Tell a fault of the program: what it was and where in the code, never what data it met."""
    frames = traceback.extract_tb(fault.__traceback__)
    places = [f"{os.path.basename(frame.filename)}:{frame.lineno} {frame.name}" for frame in frames[-6:]]
    message = _(
        "A fault in the program stopped this. Your portfolio is safe: a change is kept whole or not at all."
    )
    detail = f"CS Workbench {__version__}, {type(fault).__name__} at " + " < ".join(reversed(places))
    if as_json:
        show_json({"error": {"code": "bug", "message": message, "remedy": "", "where": {"detail": detail}}})
    say(message)
    say(detail)


def _printable(text: str) -> str:
    """Text without control characters and direction marks: a name cannot steer the terminal."""
    return "".join(
        mark if mark in _HARMLESS or unicodedata.category(mark) not in ("Cc", "Cf", "Cs") else "�"
        for mark in text
    )


def width(text: str) -> int:
    """Columns *text* takes on a terminal: full-width characters count two, combining ones none."""
    return sum(
        0 if unicodedata.combining(mark) else 2 if unicodedata.east_asian_width(mark) in "WF" else 1
        for mark in text
    )


def shorten(text: str, columns: int) -> str:
    """*text* cut to at most *columns* of a terminal, with … where something is missing."""
    if width(text) <= columns:
        return text
    kept = ""
    for mark in text:
        if width(kept + mark) > columns - 1:
            break
        kept += mark
    return kept.rstrip() + "…"


def screen_width() -> int | None:
    """Columns of the terminal that reads what is shown; None when it goes to a file or a pipe: then nothing is cut."""
    return shutil.get_terminal_size().columns or None if sys.stdout.isatty() else None


def table(
    head: Sequence[str],
    rows: Sequence[Sequence[str]],
    right: frozenset[int] = frozenset(),
    give: Sequence[int] = (),
) -> str:
    """A plain table with aligned columns; *right* holds the indexes of columns aligned right.

    On a terminal that is too narrow, the columns of *give* are cut, the first one first, none below its heading.
    """
    cells = [[_printable(" ".join(cell.splitlines())) for cell in row] for row in (head, *rows)]
    widths = [max(width(row[index]) for row in cells) for index in range(len(head))]
    screen = screen_width()
    for index in give if screen is not None else ():
        over = sum(widths) + 2 * (len(widths) - 1) - (screen or 0)
        least = min(widths[index], max(_NARROWEST, width(cells[0][index])))
        widths[index] = max(widths[index] - max(over, 0), least)
        cells = [
            [shorten(cell, widths[n]) if n == index else cell for n, cell in enumerate(row)] for row in cells
        ]
    lines = []
    for row in cells:
        parts = []
        for index, cell in enumerate(row):
            pad = " " * (widths[index] - width(cell))
            parts.append(pad + cell if index in right else cell + pad)
        lines.append("  ".join(parts).rstrip())
    return "\n".join(lines)

"""The unprintable marks between template and blocks: where a line came from, and which figure stands where.

They lie in Unicode's private use area and are taken out of every value on its way into a document, so data can
neither forge a figure nor a line number.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from jinja2 import Undefined
from markupsafe import Markup

LINE_OPEN, LINE_CLOSE = "\ue000", "\ue001"
FIGURE_OPEN, FIGURE_CLOSE = "\ue010", "\ue011"
BREAK = "\ue012"  # a forced line break: what the name ``br`` stands for in templates
LINE = re.compile(f"{LINE_OPEN}([^{LINE_CLOSE}:]*):([0-9]+){LINE_CLOSE}")
FIGURE = re.compile(f"{FIGURE_OPEN}([0-9]+){FIGURE_CLOSE}")
_FOREIGN = re.compile(
    r"[\ue000-\uf8ff\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ufeff]"
)
_ACTIVE = re.compile(r"([!-/:-@\[-`{-~])")
_FOLDED = re.compile(r"\s*[\n\r\u2028\u2029\u0085\x0b\x0c]+\s*")


def escaped(value: Any) -> Markup:
    """*value* as plain text for Markdown: every ASCII mark behind a backslash, lines folded, our marks and
    direction overrides removed. ``Markup`` (what filters and macros wrote) passes. Raises TypeError for what is no
    text, number or date: a list, a fact as a whole, none.
    """
    if isinstance(value, Markup):
        return value
    if not isinstance(value, str | int | float | Decimal | dt.date | Undefined):
        raise TypeError(f"{type(value).__name__} cannot be printed")
    text = _FOREIGN.sub("", _FOLDED.sub(" ", str(value)))
    return Markup(_ACTIVE.sub(r"\\\1", text))  # noqa: S704  this is the escaping


@dataclass(frozen=True, slots=True)
class Written:
    """A figure as a filter wrote it."""

    text: str
    fmt: str
    value: Decimal | None = None
    ref: str = ""
    missing: bool = False


@dataclass(slots=True)
class Ledger:
    """The figures of one rendering, in the order they were written."""

    figures: list[Written] = field(default_factory=list)

    def write(self, figure: Written) -> Markup:
        """Enter *figure* and return the mark that stands for it in the Markdown."""
        self.figures.append(figure)
        number = len(self.figures) - 1
        return Markup(f"{FIGURE_OPEN}{number}{FIGURE_CLOSE}")  # noqa: S704


def readable(markdown: str, figures: tuple[Written, ...]) -> str:
    """*markdown* for people: figures as ``[text]{format ref}``, line marks gone."""

    def spelled(found: re.Match[str]) -> str:
        figure = figures[int(found[1])]
        tail = "missing" if figure.missing else " ".join(filter(None, (figure.fmt, figure.ref)))
        return f"[{figure.text}]{{{tail}}}"

    return FIGURE.sub(spelled, LINE.sub("", markdown)).replace(BREAK, "<br>")

"""Number formats of a workbook that print a figure the way its document does, at full length."""

from __future__ import annotations

import re

from cs_workbench.reports.blocks import Run

_DIGITS = re.compile(r"\d[\d,.]*")
_SCALES = {"en": re.compile(r"^[KMB]"), "ja": re.compile(r"^[万億兆]+")}
_SIGNS = "−-+"


def figure_format(run: Run) -> str:
    """The number format of a figure: its decimals, and the words before and after it; money in whole units."""
    if run.value is None:
        return "General"
    found = list(_DIGITS.finditer(run.text))
    if not found:
        return "General"
    before = run.text[: found[0].start()].strip(_SIGNS + "\u00a0 ")
    after = run.text[found[-1].end() :]
    if run.fmt == "pct":
        return "0" + _places(found[-1][0]) + "%"
    if run.fmt == "money":
        after = _SCALES["ja"].sub("", _SCALES["en"].sub("", after)).strip("\u00a0 ")
        places = "" if run.value == run.value.to_integral_value() else ".00"
        return f"{_quoted(before)}#,##0{places}{_quoted(after)}"
    exponent = run.value.normalize().as_tuple().exponent
    places = "." + "0" * min(-int(exponent), 4) if isinstance(exponent, int) and exponent < 0 else ""
    return f"{_quoted(before)}#,##0{places}{_quoted(after)}"


def _places(digits: str) -> str:
    decimals = len(digits.partition(".")[2])
    return "." + "0" * decimals if decimals else ""


def _quoted(words: str) -> str:
    """Words inside a number format; what would end the quotes is left out."""
    clean = "".join(mark for mark in words if mark not in '"\\' and ord(mark) >= 32)[:40]
    return f'"{clean}"' if clean.strip() else ""

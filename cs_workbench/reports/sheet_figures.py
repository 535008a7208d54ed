"""Number formats of a workbook that print a figure the way its document does, at full length."""

from __future__ import annotations

import re
from dataclasses import replace

from cs_workbench.charts.scale import decimals
from cs_workbench.domain.chart_data import ChartData
from cs_workbench.reports.blocks import Run, Runs
from cs_workbench.reports.chart_book import number_format
from cs_workbench.reports.figures import MINUS

_DIGITS = re.compile(r"\d(?:[\d,.]*\d)?")
_SCALES = re.compile(r"^\u00a0?(?:[KMB](?![A-Za-z])|[万億兆]+)")
_SIGNS = "−-+"


def figure_of(runs: Runs) -> Run | None:
    """The one figure a cell consists of, a sign before it taken into it; None where it holds other words too."""
    said = [run for run in runs if run.text.strip()]
    if len(said) == 2 and said[0].value is None and said[0].text.strip() in _SIGNS:
        sign, figure = said[0].text.strip(), said[1]
        if figure.value is None or figure.value < 0 or figure.text[:1] in _SIGNS:
            return None
        plus = sign == "+"
        return replace(
            figure,
            text=("+" if plus else MINUS) + figure.text,
            value=figure.value if plus else -figure.value,
        )
    return said[0] if len(said) == 1 else None


def figure_format(run: Run) -> str:
    """The number format of a figure: the decimals it is printed with, and the words before and after it.

    Money that is printed in thousands, millions, 万 or 億 stands in whole units.
    """
    found = list(_DIGITS.finditer(run.text)) if run.value is not None else []
    if run.value is None or not found:
        return "General"
    before = run.text[: found[0].start()].strip(_SIGNS + "\u00a0 ")
    plus = run.text.lstrip("\u00a0 ").startswith("+")
    if run.fmt == "pct":
        return _both(_digits(found[0][0]).removeprefix("#,##" if "," not in found[0][0] else "") + "%", plus)
    last = found[-1] if run.fmt == "money" else found[0]
    after = run.text[last.end() :]
    digits = _digits(last[0])
    if run.fmt == "money" and _SCALES.match(after):
        after, digits = _SCALES.sub("", after).strip("\u00a0 "), "#,##0"
    return _both(f"{_quoted(before)}{digits}{_quoted(after)}", plus)


def label_format(text: str, value: float) -> str | None:
    """The number format that prints *value* as the label *text*; None where the label says anything else."""
    found = _DIGITS.search(text)
    if found is None:
        return None
    places = len(found[0].partition(".")[2])
    said = float(found[0].replace(",", "")) * (-1 if text[: found.start()].strip() in {"−", "-"} else 1)
    if abs(said - value) > 0.501 * 10.0**-places or _SCALES.match(text[found.end() :]):
        return None
    before = text[: found.start()].strip(_SIGNS + "\u00a0 ")
    return _both(f"{_quoted(before)}{_digits(found[0])}{_quoted(text[found.end() :])}")


def chart_form(data: ChartData) -> str:
    """The number format of a chart's figures and axis; those of unit % are shares of one."""
    if data.unit != "%":
        return _both(number_format(data))
    places = decimals(None if value is None else value * 100 for one in data.series for value in one.values)
    return _both("0" + ("." + "0" * places if places else "") + "%")


def _both(form: str, plus: bool = False) -> str:
    return f"{'+' if plus else ''}{form};{MINUS}{form}"


def _digits(digits: str) -> str:
    decimals = len(digits.partition(".")[2])
    return "#,##0" + ("." + "0" * decimals if decimals else "")


def _quoted(words: str) -> str:
    """Words inside a number format; what would end the quotes is left out."""
    clean = "".join(mark for mark in words if mark not in '"\\' and ord(mark) >= 32)[:40]
    return f'"{clean}"' if clean.strip() else ""

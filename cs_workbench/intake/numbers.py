"""Numbers as people write them: grouping, decimal commas, △ and bracketed negatives, 万 and k, per cent."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal, InvalidOperation

from cs_workbench.intake.cells import ValueProblem, is_placeholder, plain, required
from cs_workbench.intake.table import Cell

_SCALES = {
    "千": 10**3, "万": 10**4, "百万": 10**6, "千万": 10**7, "億": 10**8, "十億": 10**9, "兆": 10**12,
    "k": 10**3, "thousand": 10**3, "m": 10**6, "mm": 10**6, "mn": 10**6, "mil": 10**6, "million": 10**6,
    "b": 10**9, "bn": 10**9, "billion": 10**9,
}  # fmt: skip
_SCALED = re.compile(
    r"([0-9][0-9.,' ]*)(百万|千万|十億|千|万|億|兆|thousand|million|billion|mil|mm|mn|bn|k|m|b)?(?![a-z])",
    re.IGNORECASE,
)
_COUNTERS = re.compile(
    r"\s*(名様|名|人|件|社|個|席|回|日間|日|時間|分|秒|点|台|本|ヶ月|か月|カ月|ヵ月|ケ月|箇月|年|ライセンス|アカウント"
    r"|ユーザー?|ids?|users?|seats?|licen[cs]es?|hours?|hrs?|days?|months?|years?|times|pts?|points?|tickets?)\.?$",
    re.IGNORECASE,
)
_PLAIN = re.compile(r"\d+(\.\d+)?$")
_COMMA_GROUPS = re.compile(r"\d{1,3}(,\d{3})+$|\d{1,2}(,\d{2})+,\d{3}$")
_DOT_GROUPS = re.compile(r"\d{1,3}(\.\d{3})+$")
_SPACE_GROUPS = re.compile(r"(?<=\d)[ '’](?=\d{3}(\D|$))")
_EXPONENT = re.compile(r"[+-]?\d+(\.\d+)?e[+-]?\d{1,3}$", re.IGNORECASE)
_BARE = re.compile(r"[0-9][0-9.,]*")
_MOST = Decimal(10) ** 18
_MOST_FLOAT = 1e18


def parse_number(cell: Cell, *, decimal_comma: bool | None = None) -> Decimal:
    """A number with its sign, grouping, scale (万, k) and counter word (12名) read.

    *decimal_comma* says how the column writes fractions; None reads each value by itself, a lone "1,200" as
    1200 and a lone "1.200" as 1.2. Raises ValueProblem: blank, number, not_finite, range.
    """
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        return _finite(cell)
    if isinstance(cell, (bool, date)):
        raise ValueProblem("number", cell)
    text = required(cell)
    negative, body = split_sign(text)
    value = _magnitude(_COUNTERS.sub("", body), decimal_comma)
    if value is None:
        raise ValueProblem("number", cell)
    return _bounded(-value if negative else value, cell)


def parse_int(cell: Cell, *, decimal_comma: bool | None = None) -> int:
    """A whole number; 12.0 counts as one. Raises ValueProblem: as :func:`parse_number`, and int."""
    value = parse_number(cell, decimal_comma=decimal_comma)
    if value != value.to_integral_value():
        raise ValueProblem("int", cell)
    return int(value)


def parse_float(cell: Cell) -> float:
    """A finite float, fast for machine-written columns. Raises ValueProblem like :func:`parse_number`."""
    if isinstance(cell, str) and "_" not in cell:
        try:
            value = float(cell)
        except ValueError:
            return float(parse_number(cell))
        if abs(value) <= _MOST_FLOAT:
            return value
    return float(parse_number(cell))


def parse_percent(cell: Cell, *, whole: bool | None = None) -> Decimal:
    """A share as a fraction: "85%" → 0.85, "8割" → 0.8.

    *whole* says that bare numbers of the column are per cent (85) rather than fractions (0.85); None takes
    what is above 1 as per cent. Raises ValueProblem: blank, percent, not_finite.
    """
    text = "" if isinstance(cell, (int, float)) else required(cell)
    for mark, share in (("%", 100), ("パーセント", 100), ("percent", 100), ("pct", 100), ("割", 10)):
        if text.casefold().endswith(mark):
            return _number_of(text[: -len(mark)], cell) / share
    value = _number_of(cell, cell)
    if whole is None:
        whole = abs(value) > 1
    return value / 100 if whole else value


def decide_whole_percent(values: Iterable[Cell]) -> bool | None:
    """Whether the bare numbers of a percentage column are per cent (True) or fractions (False); None: no telling.

    One value above 1 settles it; a column of nothing but 0 and 1 stays open.
    """
    telling = False
    for cell in values:
        if is_placeholder(cell) or (isinstance(cell, str) and plain(cell).endswith("%")):
            continue
        try:
            value = abs(parse_number(cell))
        except ValueProblem:
            continue
        if value > 1:
            return True
        telling = telling or 0 < value < 1
    return False if telling else None


def decide_decimal_comma(values: Iterable[Cell]) -> bool | None:
    """Whether a column writes fractions with a comma (1.200,50), from the values that can be read one way only.

    None when no value tells, or when they contradict each other.
    """
    seen: set[bool] = set()
    for cell in values:
        if isinstance(cell, str) and (found := _BARE.search(plain(cell))):
            told = _tells_comma(found[0].rstrip(".,"))
            if told is not None:
                seen.add(told)
    return seen.pop() if len(seen) == 1 else None


def split_sign(text: str) -> tuple[bool, str]:
    """Whether a plain text is negative (-, △, ▲, brackets, trailing minus), and what is left of it."""
    negative = False
    body = text.strip()
    if body.startswith("(") and body.endswith(")"):
        negative, body = True, body[1:-1].strip()
    if body[:1] in ("-", "△", "▲", "▵", "ー"):
        negative, body = not negative, body[1:].strip()
    elif body[:1] == "+":
        body = body[1:].strip()
    elif body.endswith("-") and body[:-1].strip():
        negative, body = not negative, body[:-1].strip()
    return negative, body


def unsigned(body: str, decimal_comma: bool | None) -> Decimal | None:
    """The value of a number without sign, scales included; None when it is none."""
    return _magnitude(body, decimal_comma)


def _magnitude(body: str, decimal_comma: bool | None) -> Decimal | None:
    if _EXPONENT.match(body):
        return Decimal(body)
    body = _SPACE_GROUPS.sub("", body.strip())
    total, position, smaller = Decimal(0), 0, None
    while found := _SCALED.match(body, position):
        digits = _digits(found[1].strip(), decimal_comma)
        scale = _SCALES[found[2].casefold()] if found[2] else 1
        if digits is None or (smaller is not None and scale >= smaller):
            return None
        total, position, smaller = total + digits * scale, found.end(), scale
        if found[2] is None:
            break
    return total if position and not body[position:].strip() else None


def _digits(text: str, decimal_comma: bool | None) -> Decimal | None:
    if len(text) > 40:
        return None
    if "," in text and "." in text:
        comma_last = text.rindex(",") > text.rindex(".")
        if decimal_comma is not None and decimal_comma != comma_last:
            return None
        return _fraction(text, "," if comma_last else ".")
    if "," in text:
        grouped = _COMMA_GROUPS.match(text) is not None
        if decimal_comma or (decimal_comma is None and not grouped):
            return _fraction(text, ",")
        return Decimal(text.replace(",", "")) if grouped else None
    if "." in text and _DOT_GROUPS.match(text) and (decimal_comma or text.count(".") > 1):
        return Decimal(text.replace(".", ""))
    return Decimal(text) if _PLAIN.match(text) and not (decimal_comma and "." in text) else None


def _fraction(text: str, point: str) -> Decimal | None:
    """Digits with *point* before the fraction and the other mark as grouping."""
    whole, _point, rest = text.rpartition(point)
    groups = _COMMA_GROUPS if point == "." else _DOT_GROUPS
    if point in whole or not rest.isdecimal() or not (whole.isdecimal() or groups.match(whole)):
        return None
    return Decimal(re.sub(r"[.,]", "", whole) + "." + rest)


def _tells_comma(text: str) -> bool | None:
    commas, dots = text.count(","), text.count(".")
    if commas and dots:
        return text.rindex(",") > text.rindex(".")
    if commas == 1:
        return None if _COMMA_GROUPS.match(text) else True
    if dots == 1:
        return None if _DOT_GROUPS.match(text) else False
    if commas:
        return False
    return True if dots else None


def _number_of(cell: Cell, shown: Cell) -> Decimal:
    try:
        return parse_number(cell)
    except ValueProblem as problem:
        raise ValueProblem("percent" if problem.code == "number" else problem.code, shown) from problem


def _finite(value: int | float) -> Decimal:
    if not math.isfinite(value):
        raise ValueProblem("not_finite", value)
    return _bounded(Decimal(value) if isinstance(value, int) else Decimal(repr(value)), value)


def _bounded(value: Decimal, cell: Cell) -> Decimal:
    try:
        fits = abs(value) <= _MOST
    except InvalidOperation as error:
        raise ValueProblem("number", cell) from error
    if not fits:
        raise ValueProblem("range", cell)
    return value

"""The values of cells: dates, instants, money, numbers, shares, yes and no, addresses, domains.

Every reader takes a cell (text of a CSV, typed cell of a workbook) and raises ValueProblem with a stable code.
"""

from __future__ import annotations

import re

from cs_workbench.domain.csv_guard import unguard
from cs_workbench.domain.text import seen
from cs_workbench.intake.cells import ValueProblem, is_placeholder, plain, required
from cs_workbench.intake.dates import (
    decide_day_first,
    needs_day_first,
    parse_date,
    parse_instant,
)
from cs_workbench.intake.layout import is_blank
from cs_workbench.intake.money import header_unit, parse_money
from cs_workbench.intake.numbers import (
    decide_decimal_comma,
    decide_whole_percent,
    parse_float,
    parse_int,
    parse_number,
    parse_percent,
)
from cs_workbench.intake.table import Cell

__all__ = [
    "ValueProblem", "decide_day_first", "decide_decimal_comma", "decide_whole_percent",
    "header_unit", "is_blank", "is_placeholder", "needs_day_first", "parse_bool", "parse_date",
    "parse_domain", "parse_emails", "parse_float", "parse_instant", "parse_int", "parse_money",
    "parse_number", "parse_percent", "parse_text", "plain",
]  # fmt: skip

_TRUE = frozenset(
    ["yes", "y", "true", "t", "1", "1.0", "on", "x", "ok", "はい", "有", "有り", "あり", "有効", "○", "◯", "〇", "●",
     "◎", "✓", "✔", "☑", "済", "済み", "完了", "可", "真", "該当", "する", "対象", "active", "enabled"]
)  # fmt: skip
_FALSE = frozenset(
    ["no", "n", "false", "f", "0", "0.0", "off", "ng", "いいえ", "無", "無し", "なし", "無効", "×", "✕", "✗", "✘", "☐",
     "未", "未済", "未完了", "不可", "偽", "非該当", "しない", "対象外", "否", "inactive", "disabled"]
)  # fmt: skip
_MAIL = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]+@(?:[\w](?:[\w-]{0,61}[\w])?\.)+[^\W\d_][\w-]{0,61}[\w]")
_DOMAIN = re.compile(r"(?:[\w](?:[\w-]{0,61}[\w])?\.)+[^\W\d_][\w-]{0,61}[\w]$")
_SCHEME = re.compile(r"^[a-z][a-z0-9+.-]*:(//)?", re.IGNORECASE)
_BRACKETED = re.compile(r"<([^<>\s]+@[^<>\s]+)>\s*$")
_TEXT_FORMULA = re.compile(r'="(.*)"$', re.DOTALL)
LEADING_SCORE = re.compile(r"(\d{1,2})\s*(?:[-:：.(（]|点)")
"""A score with what it means: "8 - very likely", "5（とても満足）"."""
_WHOLE = re.compile(r"-?\d+\.0$")


def parse_bool(cell: Cell) -> bool:
    """Yes or no in either language (○, 済, TRUE, 1). Raises ValueProblem: blank, bool."""
    if isinstance(cell, bool):
        return cell
    word = plain(cell).casefold()
    if word in _TRUE:
        return True
    if word in _FALSE:
        return False
    raise ValueProblem("blank" if is_placeholder(cell) else "bool", cell)


def parse_text(cell: Cell) -> str | None:
    """The text of a cell as it stands, ends trimmed; None if blank.

    A whole number of a workbook loses ".0", a number kept as text its formula (="00012"); the apostrophe our own
    exports put before what a spreadsheet would run (CWE-1236) is taken off.
    """
    if is_blank(cell):
        return None
    text = seen(str(cell)).strip(" \t\r\n\u3000\xa0\u200b\ufeff")
    if isinstance(cell, float) and _WHOLE.match(text):
        return text[:-2]
    if formula := _TEXT_FORMULA.match(text):
        return formula[1].strip() or None
    text = unguard(text)
    return plain(cell) if isinstance(cell, bool) else text


def parse_emails(cell: Cell) -> tuple[str, ...]:
    """Every distinct mail address of a cell, in order. Raises ValueProblem: blank, email (none or a broken one)."""
    text = required(cell)
    parts = [part for part in re.split(r"[;,、\n]|(?<=>)\s", text) if "@" in part]
    found = [_MAIL.findall(part) for part in parts]
    if not found or any(
        len(addresses) != 1 or _leftover(part) for part, addresses in zip(parts, found, strict=True)
    ):
        raise ValueProblem("email", cell)
    return tuple(dict.fromkeys(addresses[0].casefold() for addresses in found))


def parse_domain(cell: Cell) -> str:
    """The domain of a URL, mail address or host name, without "www.". Raises ValueProblem: blank, domain."""
    text = required(cell).casefold()
    if mail := _BRACKETED.search(text):
        text = mail[1]
    if "://" in text or text.startswith("mailto:"):
        text = _SCHEME.sub("", text)
    host = re.split(r"[/?#\s]", text)[0]
    host = host.rpartition("@")[2].partition(":")[0].strip(".").removeprefix("www.")
    if len(host) > 253 or not _DOMAIN.match(host):
        raise ValueProblem("domain", cell)
    return host


def _leftover(part: str) -> bool:
    """Whether a second @ or a broken address is left once the address is taken out."""
    return "@" in _MAIL.sub("", part)

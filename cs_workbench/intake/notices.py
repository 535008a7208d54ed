"""Periods of notice as lists write them: "90", "3ヶ月前", "更新の3ヶ月前まで", "90 days before renewal"."""

from __future__ import annotations

import re
from typing import Literal

from cs_workbench.intake import values
from cs_workbench.intake.table import Cell

Unit = Literal["days", "weeks", "months", ""]
_BEFORE_WHAT = (
    r"(?:(?:契約|利用|自動)?(?:期間)?の?(?:更新|満了|終了|期限|期末|満期|解約|期日)"
    r"(?:予定)?(?:日|月|時)?(?:の|より|から)?\s*)?"
)
_NOTICE = re.compile(
    _BEFORE_WHAT + r"(\d{1,3}|[一二三四五六])\s*-?\s*"
    r"(days?|日|months?|mos?|ヶ月|か月|カ月|ケ月|ヵ月|箇月|weeks?|週間?|years?|年)?間?"
    r"\s*(?:以上)?(?:前まで(?:に)?|前|まで(?:に)?|予告|['’]?\s*notice|(?:prior|before|ahead)(?:\s+(?:to|of))?"
    r"(?:\s+(?:the\s+)?(?:renewal|expiry|expiration|end|term|contract)(?:\s+date)?)?)?(?:に?(?:通知|申出|書面))?",
    re.IGNORECASE,
)
_HALF_YEAR = re.compile(_BEFORE_WHAT + r"半年(?:前)?(?:まで(?:に)?)?")
_KANJI = {"一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6}


def notice_of(cell: Cell) -> tuple[int, Unit] | None:
    """The number and its unit ("" where the cell names none) of a period of notice; None if *cell* is none."""
    text = values.plain(cell).removesuffix(".0")
    if _HALF_YEAR.fullmatch(text):
        return 6, "months"
    found = _NOTICE.fullmatch(text)
    if found is None:
        return None
    number = _KANJI.get(found[1]) or int(found[1])
    unit = (found[2] or "").casefold()
    if unit.startswith(("year", "年")):
        return number * 12, "months"
    if unit.startswith(("day", "日")):
        return number, "days"
    if unit.startswith(("week", "週")):
        return number, "weeks"
    return number, "months" if unit else ""

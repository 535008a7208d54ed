"""Units of what goes into a value formula: hours a week, people, yen an hour; so that 3 hours are never 3 yen."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass


class UnitFault(ValueError):
    """A unit that cannot be read; ``word`` is the part that is not known."""

    def __init__(self, word: str) -> None:
        super().__init__(word)
        self.word = word


WORDS: Mapping[str, str] = {
    "hour": "h", "hours": "h", "h": "h", "時間": "h",
    "minute": "min", "minutes": "min", "min": "min", "分": "min",
    "day": "day", "days": "day", "日": "day", "日間": "day", "営業日": "day",
    "week": "week", "weeks": "week", "w": "week", "週": "week", "週間": "week",
    "month": "month", "months": "month", "月": "month", "か月": "month", "ヶ月": "month",
    "カ月": "month", "ヵ月": "month", "ケ月": "month", "箇月": "month", "か月間": "month", "ヶ月間": "month",
    "year": "year", "years": "year", "y": "year", "年": "year", "年間": "year",
    "person": "person", "people": "person", "persons": "person", "user": "person", "users": "person",
    "seat": "person", "seats": "person",
    "piece": "piece", "pieces": "piece", "case": "piece", "cases": "piece",
    "error": "piece", "errors": "piece", "ticket": "piece", "tickets": "piece", "deal": "piece", "deals": "piece",
    "time": "piece", "times": "piece", "tool": "piece", "tools": "piece",
    **dict.fromkeys("人名者席", "person"),
    **dict.fromkeys(("名様", "社員", "従業員", "利用者", "担当者", "ユーザー", "アカウント", "ライセンス", "employee",
                     "employees", "licence", "licences", "license", "licenses"), "person"),
    **dict.fromkeys("件個回本枚台社冊箱部通店点組束袋便両棟室戸口校院頁行式例票案科班玉缶頭匹羽", "piece"),
    **dict.fromkeys(("店舗", "拠点", "施設", "部署", "案件", "契約", "注文", "受注", "出荷", "商談", "会議",
                     "訪問", "電話", "メール", "問い合わせ", "申請", "伝票", "帳票", "請求書", "書類", "文書",
                     "資料", "報告書", "図面", "写真", "画像", "ページ", "ファイル", "データ", "項目", "種類",
                     "製品", "商品", "部品", "工程", "現場", "物件", "車両", "端末", "機器", "設備", "ロット",
                     "セット", "ケース", "パレット", "コンテナ", "unit", "units", "item", "items", "order",
                     "orders", "page", "pages", "sheet", "sheets", "document", "documents", "report", "reports",
                     "invoice", "invoices", "contract", "contracts", "store", "stores", "site", "sites",
                     "machine", "machines", "device", "devices", "call", "calls", "visit", "visits", "copy",
                     "copies", "box", "boxes"), "piece"),
    "円": "JPY", "¥": "JPY", "$": "USD", "€": "EUR", "£": "GBP",
    "%": "", "share": "", "割合": "", "1": "", "": "",
}  # fmt: skip
"""What is written → the base unit; the empty one is a plain number or a share."""

_CURRENCY = re.compile(r"[A-Z]{3}")
_TIMES = frozenset(("min", "h", "day", "week", "month", "year"))
_SPLIT = re.compile(r"\s*([/*·×÷])\s*")


@dataclass(frozen=True, slots=True)
class Unit:
    """Base units with their powers, in alphabetical order: hours a week = (("h", 1), ("week", −1))."""

    powers: tuple[tuple[str, int], ...] = ()

    def times(self, other: Unit) -> Unit:
        """The unit of a product."""
        return self._joined(other, 1)

    def over(self, other: Unit) -> Unit:
        """The unit of a quotient."""
        return self._joined(other, -1)

    @property
    def plain(self) -> bool:
        """Whether it is a number without a unit."""
        return not self.powers

    def money(self) -> str:
        """The currency, when the unit is an amount of money or money a year; else ""."""
        rest = dict(self.powers)
        rest.pop("year", None)
        if len(rest) == 1:
            ((name, power),) = rest.items()
            if power == 1 and _CURRENCY.fullmatch(name):
                return name
        return ""

    def money_per(self) -> str:
        """The time an amount of money is of where that is not the year: "month" of yen a month; else ""."""
        per = [name for name, power in self.powers if power == -1 and name in _TIMES - {"year"}]
        if len(per) == 1 and self.times(Unit(((per[0], 1),))).money() and len(self.powers) == 2:
            return per[0]
        return ""

    def currencies(self) -> tuple[str, ...]:
        """The currencies in it, above or below the line."""
        return tuple(name for name, _power in self.powers if _CURRENCY.fullmatch(name))

    def kinds(self) -> tuple[tuple[str, int], ...]:
        """What it counts, whatever the size: hours and weeks are both time, yen and dollars both money."""
        found: dict[str, int] = {}
        for name, power in self.powers:
            kind = "money" if _CURRENCY.fullmatch(name) else "time" if name in _TIMES else name
            found[kind] = found.get(kind, 0) + power
        return tuple(sorted((name, power) for name, power in found.items() if power))

    def __str__(self) -> str:
        above = [_powered(name, power) for name, power in self.powers if power > 0]
        below = [_powered(name, -power) for name, power in self.powers if power < 0]
        if not above and not below:
            return "1"
        return " × ".join(above or ["1"]) + "".join(f" ÷ {name}" for name in below)

    def _joined(self, other: Unit, sign: int) -> Unit:
        powers = dict(self.powers)
        for name, power in other.powers:
            powers[name] = powers.get(name, 0) + sign * power
        return Unit(tuple(sorted((name, power) for name, power in powers.items() if power)))


PLAIN = Unit()
_SHARES = frozenset(("%", "share", "割合"))


def is_share(text: str) -> bool:
    """Whether a unit says that its figure is a part of a whole, from 0 to 1."""
    return unicodedata.normalize("NFKC", text).strip().lower() in _SHARES


def parse_unit(text: str) -> Unit:
    """Read "hours/week", "JPY/hour", "円/時間", "%", "people". Raises UnitFault naming the word not known."""
    parts = _SPLIT.split(unicodedata.normalize("NFKC", text).strip())
    unit = _word(parts[0])
    for sign, word in zip(parts[1::2], parts[2::2], strict=True):
        unit = unit.over(_word(word)) if sign in "/÷" else unit.times(_word(word))
    return unit


def alike(one: str, other: str) -> bool:
    """Whether figures in two units can be of one thing: people, people a week and plain numbers are all counts, hours
    and yen are not; a unit that is empty fits all. Raises UnitFault.
    """
    first, second = _sort(one), _sort(other)
    return first == second or "" in {first, second}


def _sort(text: str) -> str:
    """What a unit counts above the line: money, time, a share, a count; "" where it says nothing."""
    if is_share(text):
        return "share"
    above = [name for name, power in parse_unit(text).powers if power > 0]
    if any(_CURRENCY.fullmatch(name) for name in above):
        return "money"
    return "time" if any(name in _TIMES for name in above) else "count" if above else ""


def in_currency(text: str, currency: str) -> str:
    """The same unit as text with every currency in it replaced by *currency*: "USD/hour" → "JPY/hour"."""
    parts = _SPLIT.split(unicodedata.normalize("NFKC", text).strip())
    return "".join(part if part in "/*·×÷" or not _word(part).currencies() else currency for part in parts)


def _word(text: str) -> Unit:
    word = text.strip()
    base = WORDS.get(word.lower(), WORDS.get(word))
    if base is None and _CURRENCY.fullmatch(word):
        base = word
    if base is None:
        raise UnitFault(text)
    return Unit(((base, 1),)) if base else PLAIN


def _powered(name: str, power: int) -> str:
    return name if power == 1 else f"{name}^{power}"

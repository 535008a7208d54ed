"""Headers taken apart: words, units, currencies. "ARR(万円)" is "arr" in yen, times 10,000."""

from __future__ import annotations

import re
from dataclasses import dataclass

from cs_workbench.domain.text import fold

_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_SEPARATOR = re.compile(r"[\s_./\\,:;|'\"“”&*+?!#@、。・:<>~=-]+")
_BRACKET = re.compile(r"[((\[【「]([^))\]】」]*)[))\]】」]")
_EDGE = re.compile(r"(?<=[ぁ-んァ-ヶ一-龠々])(?=[a-z0-9])|(?<=[a-z0-9])(?=[ぁ-んァ-ヶ一-龠々])")
_CURRENCIES = {
    "usd": "USD", "$": "USD", "us$": "USD", "jpy": "JPY", "円": "JPY", "¥": "JPY", "yen": "JPY", "eur": "EUR",
    "€": "EUR", "gbp": "GBP", "£": "GBP", "aud": "AUD", "cad": "CAD", "chf": "CHF", "cny": "CNY", "krw": "KRW",
    "sgd": "SGD", "inr": "INR", "twd": "TWD", "hkd": "HKD", "brl": "BRL", "thb": "THB",
}  # fmt: skip
_SCALES = {
    "千円": "JPY*1000", "万円": "JPY*10000", "百万円": "JPY*1000000", "億円": "JPY*100000000", "k usd": "USD*1000",
    "usd k": "USD*1000", "$k": "USD*1000", "k$": "USD*1000", "千ドル": "USD*1000", "kjpy": "JPY*1000", "千": "*1000",
    "万": "*10000", "百万": "*1000000", "thousands": "*1000", "in thousands": "*1000", "k": "*1000",
}  # fmt: skip
_UNITS = {
    "minutes": "minutes", "minute": "minutes", "mins": "minutes", "min": "minutes", "分": "minutes",
    "hours": "hours", "hour": "hours", "hrs": "hours", "h": "hours", "時間": "hours",
    "seconds": "seconds", "secs": "seconds", "sec": "seconds", "秒": "seconds",
    "days": "days", "日": "days", "日数": "days", "months": "months", "ヶ月": "months", "か月": "months",
    "カ月": "months", "ケ月": "months", "月": "months", "月数": "months",
}  # fmt: skip
_FILLER = frozenset(
    "the a an of in for per your our current total is flag latest primary main new 現在 現在の 最新 最新の 当社 貴社 御社 主".split()
)


@dataclass(frozen=True, slots=True)
class Header:
    """A header taken apart. ``words`` without brackets, units and currencies; ``unit`` minutes, hours, seconds, days,
    months or ""; ``money`` a currency option such as "USD" or "JPY*10000".
    """

    text: str
    words: tuple[str, ...]
    unit: str = ""
    money: str = ""

    @property
    def compact(self) -> str:
        """All words without spaces: what aliases are compared with."""
        return "".join(self.words)

    @property
    def core(self) -> str:
        """The same without words that say nothing ("current", "total", "の")."""
        return "".join(word for word in self.words if word not in _FILLER) or self.compact


def split_words(text: str) -> tuple[str, ...]:
    """The folded words of a header: camel case, punctuation and the border of scripts part them."""
    spaced = fold(_SEPARATOR.sub(" ", _CAMEL.sub(" ", text.replace("E-mail", "Email").replace("e-mail", "email"))))
    return tuple(_EDGE.sub(" ", spaced).split())


def compact(text: str) -> str:
    """The folded words of *text* without anything between them: "E-mail 1 - Value" → "email1value"."""
    return "".join(split_words(text))


def _whole(word: str) -> str:
    return " ".join(fold(word).split())


_MONEY = {_whole(word): option for word, option in {**_CURRENCIES, **_SCALES}.items()}
_TIMES = {_whole(word): unit for word, unit in _UNITS.items()}


def take_apart(text: str) -> Header:
    """*text* as a ``Header``; brackets that hold a unit or a currency are understood, others are dropped."""
    money = unit = ""
    for inner in _BRACKET.findall(text):
        key = _whole(inner)
        money = money or _MONEY.get(key, "")
        unit = unit or _TIMES.get(key, "")
    words = split_words(_BRACKET.sub(" ", text)) or split_words(text)
    last = words[-1] if words else ""
    if len(words) > 1 and last in _MONEY and not money:
        money, words = _MONEY[last], words[:-1]
    elif len(words) > 1 and last in _TIMES and not unit:
        unit = _TIMES[last]
    return Header(text, words, unit, money)

"""Headers taken apart: words, units, currencies. "ARR(万円)" is "arr" in yen, times 10,000."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from cs_workbench.domain.text import fold
from cs_workbench.intake.money import header_unit

_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_SEPARATOR = re.compile(r"[\s_./\\,:;|'\"“”&*+?!#@、。・:<>~=-]+")
_EMAIL = re.compile(r"[Ee]-[Mm]ail")
_BRACKET = re.compile(r"[(\[【「]([^)\]】」]*)[)\]】」]")
_EDGE = re.compile(r"(?<=[ぁ-んァ-ヶ一-龠々])(?=[a-z0-9])|(?<=[a-z0-9])(?=[ぁ-んァ-ヶ一-龠々])")
_API_NAME = re.compile(r"__p?c$", re.IGNORECASE)
_ASIDES = re.compile(r"[・、,/;]")
_TAX = re.compile(r"\s*(税|消費税|excl|incl)")
_ASIDE = re.compile(r"^in |まで$|前$")
_MONEY_WORDS = frozenset([
    "usd", "jpy", "eur", "gbp", "aud", "cad", "chf", "cny", "krw",
    "sgd", "inr", "twd", "hkd", "brl", "thb", "yen", "円", "千円",
    "万円", "百万円", "億円", "k", "kusd", "kjpy", "ドル", "千ドル",
])  # fmt: skip
_UNITS = {
    "minutes": "minutes", "minute": "minutes", "mins": "minutes", "min": "minutes", "分": "minutes",
    "hours": "hours", "hour": "hours", "hrs": "hours", "h": "hours", "時間": "hours",
    "seconds": "seconds", "secs": "seconds", "sec": "seconds", "秒": "seconds",
    "days": "days", "日": "days", "日数": "days", "months": "months", "ヶ月": "months", "か月": "months",
    "カ月": "months", "ケ月": "months", "ヵ月": "months", "箇月": "months", "月": "months", "月数": "months",
}  # fmt: skip
_FILLER = frozenset([
    "the", "a", "an", "of", "in", "for", "per", "your", "our",
    "current", "total", "is", "flag", "latest", "primary", "main", "new", "現在",
    "現在の", "最新", "最新の", "当社", "貴社", "御社", "主",
])  # fmt: skip


@dataclass(frozen=True, slots=True)
class Header:
    """A header taken apart. ``full`` is all of it, folded and without spaces; ``words`` come without brackets and
    currencies; ``unit`` is minutes, hours, seconds, days, months or ""; ``money`` a currency option ("JPY*10000");
    ``inner`` is what the brackets say, folded and without spaces, where it is no unit ("席数（契約）": "契約").
    """

    full: str
    words: tuple[str, ...]
    unit: str = ""
    money: str = ""
    inner: str = ""

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
    spaced = fold(
        _SEPARATOR.sub(" ", _CAMEL.sub(" ", _EMAIL.sub("email", unicodedata.normalize("NFKC", text))))
    )
    return tuple(_EDGE.sub(" ", spaced).split())


def compact(text: str) -> str:
    """The folded words of *text* without anything between them: "E-mail 1 - Value" → "email1value"."""
    return "".join(split_words(text))


def slug(text: str) -> str:
    """*text* as a key a person can still read: words in lower case, one width, joined by "_"."""
    spaced = _SEPARATOR.sub(" ", _CAMEL.sub(" ", unicodedata.normalize("NFKC", text)))
    return "_".join(spaced.casefold().split()) or text.strip()


def _whole(word: str) -> str:
    return " ".join(fold(word).split())


_MONEY = frozenset(map(_whole, _MONEY_WORDS))
_TIMES = {_whole(word): unit for word, unit in _UNITS.items()}


def take_apart(text: str) -> Header:
    """*text* as a ``Header``; brackets that hold a unit are understood, others are dropped."""
    text = _API_NAME.sub("", unicodedata.normalize("NFKC", text).strip())
    full = compact(text)
    currency, scale = header_unit(text)
    money = (currency or "") + (f"*{scale}" if scale != 1 else "")
    said = [_unasided(_whole(part)) for inside in _BRACKET.findall(text) for part in _ASIDES.split(inside)]
    unit = next((_TIMES[part] for part in said if part in _TIMES), "")
    inner = "".join(
        compact(part) for part in said if not (part in _TIMES or part in _MONEY or _TAX.match(part))
    )
    words = split_words(_BRACKET.sub(" ", text)) or split_words(text)
    last = words[-1] if words else ""
    if len(words) > 1 and last in _MONEY:
        words = words[:-1]
    elif len(words) > 1 and last in _TIMES and not unit:
        unit = _TIMES[last]
    return Header(full, words, unit, money, inner)


def _unasided(text: str) -> str:
    """What a bracket says about the unit: "in hrs" → "hrs", "か月前まで" → "か月"."""
    before = ""
    while before != text:
        before, text = text, _ASIDE.sub("", text)
    return text

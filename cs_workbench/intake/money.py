"""Amounts of money with their currency, from the cell or from the column's header."""

from __future__ import annotations

import re
from decimal import Decimal

from cs_workbench.intake.cells import ValueProblem, plain, required
from cs_workbench.intake.numbers import parse_number, split_sign, unsigned
from cs_workbench.intake.table import Cell

CURRENCIES = frozenset(
    ["AED", "ARS", "AUD", "BGN", "BHD", "BRL", "CAD", "CHF", "CLP", "CNY", "COP", "CZK", "DKK", "EGP",
     "EUR", "GBP", "HKD", "HUF", "IDR", "ILS", "INR", "ISK", "JPY", "KES", "KRW", "KWD", "MAD", "MXN",
     "MYR", "NGN", "NOK", "NZD", "PEN", "PHP", "PKR", "PLN", "QAR", "RON", "RUB", "SAR", "SEK", "SGD",
     "THB", "TRY", "TWD", "UAH", "USD", "UYU", "VND", "ZAR"]
)  # fmt: skip
_SYMBOLS = {
    "US$": "USD", "A$": "AUD", "AU$": "AUD", "C$": "CAD", "CA$": "CAD", "S$": "SGD", "HK$": "HKD", "NT$": "TWD",
    "NZ$": "NZD", "R$": "BRL", "CN¥": "CNY", "JP¥": "JPY", "$": "USD", "¥": "JPY", "\\": "JPY", "€": "EUR", "£": "GBP",
    "₩": "KRW", "₹": "INR", "฿": "THB", "₫": "VND", "₱": "PHP", "₺": "TRY", "₽": "RUB", "円": "JPY", "元": "CNY",
    "人民元": "CNY", "米ドル": "USD", "ドル": "USD", "ユーロ": "EUR", "ポンド": "GBP", "ウォン": "KRW", "YEN": "JPY",
    "RMB": "CNY",
}  # fmt: skip
_NAMES = {**_SYMBOLS, **{code: code for code in CURRENCIES}}
_NAME_SIZES = (3, 2, 1)
_TAX = re.compile(
    r"\s*\(?(税込み?|税抜き?|税別|消費税込|消費税別|excl?\.? (tax|vat)|incl?\.? (tax|vat))\)?\s*$",
    re.IGNORECASE,
)
_ONLY = re.compile(r"(?<=\d)[.,]?-+$")
_LIMIT = Decimal(9) * 10**14

_HEADER_CODE = re.compile("(?<![A-Za-z])(" + "|".join(sorted(CURRENCIES)) + ")(?![A-Za-z])", re.IGNORECASE)
_HEADER_SCALES = (
    (re.compile(r"十億(?=円|ドル|元|ユーロ|$|[)\s])"), 10**9),
    (re.compile(r"百万(?=円|ドル|元|ユーロ|$|[)\s])|\b(in )?millions?\b|(?<![a-z])(mm|mn)(?![a-z])"), 10**6),
    (re.compile(r"億(?=円|ドル|元|ユーロ|$|[)\s])"), 10**8),
    (re.compile(r"万(?=円|ドル|元|ユーロ|$|[)\s])"), 10**4),
    (re.compile(r"千(?=円|ドル|元|ユーロ|$|[)\s])|\b(in )?thousands?\b|'000"), 10**3),
)
_HEADER_LETTER = re.compile(r"[(\[_ ](?:[$¥€£]|[a-z]{3}[ _]?)?\s*([km])(?:[ _]?[a-z]{3}|[$¥€£])?\s*[)\]]?$")
_HEADER_SYMBOL = re.compile(r"米ドル|ドル|ユーロ|ポンド|人民元|円|US\$|A\$|C\$|S\$|HK\$|NT\$|[¥$€£₩₹]")
_BRACKETS = re.compile(r"[(\[{【〔]([^)\]}】〕]*)[)\]}】〕]")
_PERCENT = re.compile(r"%|\b(percent(age)?|pct|rate|ratio|share)\b|率|割合|比率|確度|パーセント")


def parse_money(cell: Cell, *, decimal_comma: bool | None = None) -> tuple[Decimal, str | None]:
    """An amount and its ISO currency (None when the cell does not say): "120万円" → 1,200,000 JPY.

    "¥1,200-" is the Japanese "only" and stays positive. Raises ValueProblem: blank, money, not_finite, range.
    """
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        return _limited(parse_number(cell), cell), None
    text = _TAX.sub("", required(cell)).removesuffix("也")
    negative, body = _signed(text)
    body, currency = _without_currency(body)
    again, body = split_sign(body) if body else (False, body)
    body, also = _without_currency(body)
    if currency and also and currency != also:
        raise ValueProblem("money", cell)
    currency = currency or also
    value = unsigned(body, decimal_comma)
    if value is None:
        raise ValueProblem("money", cell)
    return _limited(-value if negative != again else value, cell), currency


def header_unit(header: str) -> tuple[str | None, Decimal]:
    """The currency and multiplier a header declares: "金額（千円）" → ("JPY", 1000), "arr_usd" → ("USD", 1)."""
    text = plain(header)
    lowered = text.casefold()
    multiplier = next((scale for pattern, scale in _HEADER_SCALES if pattern.search(lowered)), 1)
    if multiplier == 1 and (letter := _HEADER_LETTER.search(lowered)):
        multiplier = 10**3 if letter[1] == "k" else 10**6
    return _header_currency(text), Decimal(multiplier)


def _header_currency(text: str) -> str | None:
    spaced = text.replace("_", " ")
    inner = " ".join(_BRACKETS.findall(spaced))
    for part in (inner, spaced):
        if found := _HEADER_CODE.search(part):
            return found[1].upper()
    for part in (inner, spaced):
        if found := _HEADER_SYMBOL.search(part):
            return _SYMBOLS.get(found[0])
    return None


def _signed(text: str) -> tuple[bool, str]:
    """The sign of an amount; a dash behind a yen amount is no sign."""
    if _without_currency(text)[1] == "JPY" and (only := _ONLY.search(text)):
        text = text[: only.start()]
    return split_sign(text)


def _without_currency(body: str) -> tuple[str, str | None]:
    """An amount without its currency in front or behind; "$1,200 CAD" is told by the code, not the sign."""
    before = next((size for size in _NAME_SIZES if body[:size].upper() in _NAMES), 0)
    rest = body[before:].lstrip(" .") if before else body
    after = next((size for size in _NAME_SIZES if rest[-size:].upper() in _NAMES), 0)
    if not before and not after:
        return body, None
    first = _NAMES[body[:before].upper()] if before else None
    second = _NAMES[rest[-after:].upper()] if after else None
    if first and second and first != second and body[:before] not in ("$", "¥", "\\"):
        return rest, first
    return (rest[:-after].rstrip() if after else rest), second or first


def _limited(value: Decimal, cell: Cell) -> Decimal:
    if abs(value) > _LIMIT:
        raise ValueProblem("range", cell)
    return value

"""Formulas of the value ledger: names, numbers, + − × ÷ and brackets. Read into a tree, never run as code."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Literal, TypeAlias

from cs_workbench.domain.units import PLAIN, Unit

Sign: TypeAlias = Literal["+", "-", "*", "/"]
Code: TypeAlias = Literal[
    "empty", "too_long", "too_deep", "unexpected", "unclosed", "unknown_name", "units_differ", "division_by_zero"
]  # fmt: skip

LONGEST = 500
DEEPEST = 40
_TOKEN = re.compile(r"\s*(?:(\d+(?:\.\d+)?%?)|([^\W\d]\w*)|(.))")
_SIGNS: Mapping[str, str] = {"×": "*", "÷": "/", "−": "-", "·": "*"}


class FormulaFault(ValueError):
    """A formula that cannot be read or computed; ``at`` is the place in the text, ``words`` what it is about."""

    def __init__(self, code: Code, at: int = 0, words: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.at = at
        self.words = words


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit."""

    value: Decimal
    unit: Unit = PLAIN


@dataclass(frozen=True, slots=True)
class Number:
    """A number as written; a percentage is its share."""

    value: Decimal
    at: int = 0


@dataclass(frozen=True, slots=True)
class Name:
    """An input, by its name."""

    name: str
    at: int = 0


@dataclass(frozen=True, slots=True)
class Negated:
    """Minus something."""

    of: Expression
    at: int = 0


@dataclass(frozen=True, slots=True)
class Pair:
    """Two expressions and the sign between them."""

    sign: Sign
    left: Expression
    right: Expression
    at: int = 0


Expression: TypeAlias = Number | Name | Negated | Pair


def parse(text: str) -> Expression:
    """Read a formula. Full-width signs, × ÷ − and names in any script do. Raises FormulaFault with the place."""
    if len(text) > LONGEST:
        raise FormulaFault("too_long", LONGEST)
    return _Reader(text).read()


def names(expression: Expression) -> tuple[str, ...]:
    """The inputs a formula asks for, in order, each once."""
    return tuple(dict.fromkeys(_names(expression)))


def evaluate(expression: Expression, inputs: Mapping[str, Quantity]) -> Quantity:
    """The value and unit of *expression*. Raises FormulaFault: a name not given, units that cannot be added, ÷ 0."""
    match expression:
        case Number():
            return Quantity(expression.value)
        case Name():
            try:
                return inputs[expression.name]
            except KeyError:
                raise FormulaFault("unknown_name", expression.at, expression.name) from None
        case Negated():
            inner = evaluate(expression.of, inputs)
            return Quantity(-inner.value, inner.unit)
        case Pair():
            left, right = evaluate(expression.left, inputs), evaluate(expression.right, inputs)
            return _combined(expression, left, right)


def _combined(pair: Pair, left: Quantity, right: Quantity) -> Quantity:
    if pair.sign == "*":
        return Quantity(left.value * right.value, left.unit.times(right.unit))
    if pair.sign == "/":
        if right.value == 0:
            raise FormulaFault("division_by_zero", pair.at)
        return Quantity(left.value / right.value, left.unit.over(right.unit))
    if left.unit != right.unit:
        raise FormulaFault("units_differ", pair.at, f"{left.unit} {pair.sign} {right.unit}")
    value = left.value + right.value if pair.sign == "+" else left.value - right.value
    return Quantity(value, left.unit)


def _names(expression: Expression) -> Iterator[str]:
    match expression:
        case Name():
            yield expression.name
        case Negated():
            yield from _names(expression.of)
        case Pair():
            yield from _names(expression.left)
            yield from _names(expression.right)


@dataclass(frozen=True, slots=True)
class _Token:
    kind: Literal["number", "name", "sign", "end"]
    text: str
    at: int


class _Reader:
    """Reads sums of products of factors; as deep as brackets go."""

    def __init__(self, text: str) -> None:
        self._tokens = list(_tokens(text))
        self._at = 0
        self._depth = 0

    def read(self) -> Expression:
        """The whole text as one expression."""
        if not self._next.text:
            raise FormulaFault("empty")
        found = self._sum()
        rest = self._next
        if rest.text:
            raise FormulaFault("unexpected", rest.at, rest.text)
        return found

    @property
    def _next(self) -> _Token:
        return self._tokens[self._at]

    def _take(self, *signs: str) -> _Token | None:
        token = self._next
        if token.kind == "sign" and token.text in signs:
            self._at += 1
            return token
        return None

    def _sum(self) -> Expression:
        left = self._product()
        while token := self._take("+", "-"):
            left = Pair("+" if token.text == "+" else "-", left, self._product(), token.at)
        return left

    def _product(self) -> Expression:
        left = self._factor()
        while token := self._take("*", "/"):
            left = Pair("*" if token.text == "*" else "/", left, self._factor(), token.at)
        return left

    def _factor(self) -> Expression:
        self._depth += 1
        if self._depth > DEEPEST:
            raise FormulaFault("too_deep", self._next.at)
        try:
            return self._one()
        finally:
            self._depth -= 1

    def _one(self) -> Expression:
        if token := self._take("-"):
            return Negated(self._factor(), token.at)
        if token := self._take("("):
            inner = self._sum()
            if not self._take(")"):
                raise FormulaFault("unclosed", token.at, "(")
            return inner
        token = self._next
        if token.kind in ("sign", "end"):
            raise FormulaFault("unexpected", token.at, token.text)
        self._at += 1
        return Name(token.text, token.at) if token.kind == "name" else Number(_number(token), token.at)


def _tokens(text: str) -> Iterator[_Token]:
    """The words of a formula; one character of the text stays one, so that places are those of the text."""
    folded = "".join(_folded(letter) for letter in text)
    for found in _TOKEN.finditer(folded):
        number, name, sign = found.groups()
        if number is not None:
            yield _Token("number", number, found.start(1))
        elif name is not None:
            yield _Token("name", text[found.start(2) : found.end(2)], found.start(2))
        elif sign is not None and not sign.isspace():
            yield _Token("sign", sign, found.start(3))
    yield _Token("end", "", len(text))


def _folded(letter: str) -> str:
    plain = unicodedata.normalize("NFKC", letter)
    return _SIGNS.get(letter, plain if len(plain) == 1 else letter)


def _number(token: _Token) -> Decimal:
    try:
        value = Decimal(token.text.rstrip("%"))
    except InvalidOperation:
        raise FormulaFault("unexpected", token.at, token.text) from None
    return value / 100 if token.text.endswith("%") else value

"""Formulas are read into a tree and computed with units; whatever else is typed is refused with its place."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cs_workbench.domain.formula import (
    DEEPEST,
    LONGEST,
    FormulaFault,
    Negated,
    Number,
    Pair,
    Quantity,
    evaluate,
    names,
    parse,
)
from cs_workbench.domain.units import parse_unit

GIVEN = {
    "a": Quantity(Decimal(6)),
    "b": Quantity(Decimal(4)),
    "hours": Quantity(Decimal(3), parse_unit("hours")),
    "yen": Quantity(Decimal(5), parse_unit("JPY")),
    "ユーザー数": Quantity(Decimal(58), parse_unit("人")),
}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1 + 2 * 3", "7"),
        ("(1 + 2) * 3", "9"),
        ("10 - 2 - 3", "5"),
        ("12 / 4 / 3", "1"),
        ("-a + b", "-2"),
        ("--a", "6"),
        ("a × b ÷ 2 − 1", "11"),
        ("２ ＊ （ａ ＋ 1）", "14"),
        ("80% * a", "4.8"),
        ("１２％", "0.12"),
        ("ユーザー数 * 2", "116"),
        ("1.5*2", "3.0"),
    ],
)
def test_values(text: str, value: str) -> None:
    known = GIVEN | {"ａ": GIVEN["a"]}
    assert evaluate(parse(text), known).value == Decimal(value)


@pytest.mark.parametrize(
    ("text", "code", "at"),
    [
        ("", "empty", 0),
        ("   ", "empty", 0),
        ("1 +", "unexpected", 3),
        ("1 2", "unexpected", 2),
        ("(1 + 2", "unclosed", 0),
        (")", "unexpected", 0),
        ("a ** b", "unexpected", 3),
        ("a.b", "unexpected", 1),
        ("__import__('os')", "unexpected", 10),
        ("a[0]", "unexpected", 1),
        ("lambda: 1", "unexpected", 6),
        ("x" * (LONGEST + 1), "too_long", LONGEST),
        ("(" * (DEEPEST + 5) + "1", "too_deep", DEEPEST),
        ("1\x002", "unexpected", 1),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_place(text: str, code: str, at: int) -> None:
    with pytest.raises(FormulaFault) as fault:
        parse(text)
    assert (fault.value.code, fault.value.at) == (code, at)


@pytest.mark.parametrize(
    ("text", "code", "words"),
    [
        ("a + c", "unknown_name", "c"),
        ("hours + yen", "units_differ", "h + JPY"),
        ("hours - 1", "units_differ", "h - 1"),
        ("a / (b - 4)", "division_by_zero", ""),
    ],
)
def test_what_cannot_be_computed_is_said(text: str, code: str, words: str) -> None:
    with pytest.raises(FormulaFault) as fault:
        evaluate(parse(text), GIVEN)
    assert (fault.value.code, fault.value.words) == (code, words)


def test_units_are_carried_through() -> None:
    assert evaluate(parse("hours * yen / hours"), GIVEN) == Quantity(Decimal(5), parse_unit("JPY"))


def test_names_in_order_each_once() -> None:
    assert names(parse("b * (a + b) - -c")) == ("b", "a", "c")


EXPRESSIONS = st.recursive(
    st.integers(0, 999).map(lambda number: Number(Decimal(number))),
    lambda inner: st.builds(Pair, st.sampled_from("+-*"), inner, inner) | st.builds(Negated, inner),
    max_leaves=12,
)


def written(expression: object) -> str:
    """The expression as a person writes it, with every bracket."""
    match expression:
        case Number():
            return str(expression.value)
        case Negated():
            return f"-({written(expression.of)})"
        case Pair():
            return f"({written(expression.left)} {expression.sign} {written(expression.right)})"
    raise AssertionError(expression)


@given(EXPRESSIONS)
def test_what_is_written_is_read_back(expression: Number | Negated | Pair) -> None:
    text = written(expression)
    if len(text) <= LONGEST:
        assert evaluate(parse(text), {}) == evaluate(expression, {})


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    place = 0
    try:
        parse(text)
    except FormulaFault as fault:
        place = fault.at
    assert 0 <= place <= len(text)

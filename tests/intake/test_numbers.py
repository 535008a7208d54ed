"""Numbers, shares and the rules a column decides for all its values."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cs_workbench.intake.cells import ValueProblem
from cs_workbench.intake.numbers import (
    decide_decimal_comma,
    decide_whole_percent,
    parse_float,
    parse_int,
    parse_number,
    parse_percent,
)
from cs_workbench.intake.table import Cell


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("1,200", "1200"),
        ("１２．５", "12.5"),
        ("12名", "12"),
        ("3.5時間", "3.5"),
        ("12ヶ月", "12"),
        ("1,234件", "1234"),
        ("25 users", "25"),
        ("1.5k", "1500"),
        ("3万", "30000"),
        ("+5", "5"),
        ("△5", "-5"),
        ("▲0.5", "-0.5"),
        ("(7)", "-7"),
        ("1.200", "1.2"),
        ("1,5", "1.5"),
        ("1.200.000", "1200000"),
        ("1 200", "1200"),
        ("1e3", "1000"),
        ("-0", "0"),
        (".5", None),
        ("5.", None),
        ("1_000", None),
        ("--5", None),
        ("1,2,3", None),
        ("1.2.3", None),
        ("abc", None),
        ("12abc", None),
        ("５０％", None),
        (7, "7"),
        (0.1, "0.1"),
        (True, None),
        ("0x10", None),
        ("1" * 50, None),
    ],
)
def test_numbers(cell: Cell, expected: str | None) -> None:
    if expected is None:
        with pytest.raises(ValueProblem):
            parse_number(cell)
    else:
        assert parse_number(cell) == Decimal(expected)


@pytest.mark.parametrize("cell", ["nan", "inf", "-Infinity", float("nan"), float("-inf"), "", None, "N/A"])
def test_what_is_not_finite_never_passes(cell: Cell) -> None:
    for read in (parse_number, parse_float, parse_int, parse_percent):
        with pytest.raises(ValueProblem):
            read(cell)


@pytest.mark.parametrize(
    ("cell", "expected"),
    [("12", 12), ("12.0", 12), ("1,200名", 1200), (3.0, 3), (-4, -4), ("120万", 1_200_000)],
)
def test_whole_numbers(cell: Cell, expected: int) -> None:
    assert parse_int(cell) == expected


def test_a_fraction_is_no_whole_number() -> None:
    with pytest.raises(ValueProblem) as caught:
        parse_int("12.5")
    assert caught.value.code == "int"


@pytest.mark.parametrize(
    ("cell", "whole", "expected"),
    [
        ("85%", None, "0.85"),
        ("８５％", None, "0.85"),
        ("-5 %", None, "-0.05"),
        ("8割", None, "0.8"),
        ("0.5%", None, "0.005"),
        ("85", None, "0.85"),
        ("0.85", None, "0.85"),
        ("1", None, "1"),
        ("1", True, "0.01"),
        ("0.5", True, "0.005"),
        (85, None, "0.85"),
        (0.85, None, "0.85"),
        ("150", False, "150"),
        ("85%", False, "0.85"),
        ("85 percent", None, "0.85"),
    ],
)
def test_shares(cell: Cell, whole: bool | None, expected: str) -> None:
    assert parse_percent(cell, whole=whole) == Decimal(expected)


def test_no_share() -> None:
    with pytest.raises(ValueProblem) as caught:
        parse_percent("high")
    assert caught.value.code == "percent"


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([85, 0.5], True),
        (["0.85", "0.2"], False),
        (["0", "1"], None),
        (["85%", "-"], None),
        ([], None),
        (["x", "50"], True),
    ],
)
def test_whether_a_column_counts_in_per_cent(values: list[Cell], expected: bool | None) -> None:
    assert decide_whole_percent(values) is expected


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (["1.200,50"], True),
        (["1,200.50"], False),
        (["1,5", "1.200"], True),
        (["1.5", "1,200"], False),
        (["1,200"], None),
        (["1.200"], None),
        (["1.200.000"], True),
        (["1,200,000"], False),
        (["1,5", "1.5"], None),
        (["€ 3,5", None, 4], True),
        (["12", "x"], None),
    ],
)
def test_whether_a_column_writes_decimal_commas(values: list[Cell], expected: bool | None) -> None:
    assert decide_decimal_comma(values) is expected


@pytest.mark.parametrize(
    ("cell", "expected"), [("1.5", 1.5), (" 2 ", 2.0), ("1,200", 1200.0), (3, 3.0), ("1e3", 1000.0)]
)
def test_fast_floats(cell: Cell, expected: float) -> None:
    assert parse_float(cell) == expected


def test_fast_floats_refuse_pythons_own_spellings() -> None:
    for text in ("1_000", "nan", "infinity"):
        with pytest.raises(ValueProblem):
            parse_float(text)


@given(st.decimals(min_value=-(10**15), max_value=10**15, places=3))
def test_every_number_survives(value: Decimal) -> None:
    assert parse_number(f"{value:f}", decimal_comma=False) == value
    assert parse_number(f"{value:,f}") == value
    assert parse_float(f"{value:f}") == float(value)


@given(st.floats(allow_nan=False, allow_infinity=False, min_value=-1e15, max_value=1e15))
def test_every_typed_float_survives(value: float) -> None:
    assert float(parse_number(value)) == value


@given(st.text(max_size=30))
def test_any_text_is_a_number_or_a_value_problem(text: str) -> None:
    for read in (parse_number, parse_float, parse_int, parse_percent):
        try:
            assert -(10**18) <= read(text) <= 10**18
        except ValueProblem:
            continue

"""What is wrong with a line or cost of a ledger, in one sentence each."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from cs_workbench import i18n
from cs_workbench.domain.formula import FormulaFault
from cs_workbench.domain.units import UnitFault, parse_unit
from cs_workbench.domain.value_ledger import LineFault
from cs_workbench.services.value_costs import Trouble
from cs_workbench.services.value_words import cost_gap, fault_words, trouble_words


@pytest.fixture(autouse=True)
def english() -> None:
    i18n.set_language("en")


@pytest.mark.parametrize(
    ("trouble", "said"),
    [
        (Trouble(missing="value", words="hours"), "“hours” has no figure yet."),
        (Trouble(missing="input", words="hours"), "There is no input named “hours” yet."),
        (Trouble(missing="cost", words="Set-up"), "“Set-up” has no amount yet."),
        (
            Trouble(missing="currency", words="USD"),
            "There is no exchange rate for USD: enter one in the settings.",
        ),
        (Trouble(words="hours"), "“hours” has no figure yet."),
        (Trouble(FormulaFault("empty")), "There is no formula yet."),
        (
            Trouble(LineFault("attribution_out_of_range"), "value", "hours"),
            "Our share must lie between 0 and 100%.",
        ),
    ],
)
def test_why_something_is_left_out(trouble: Trouble, said: str) -> None:
    assert trouble_words(trouble) == said


def test_a_missing_cost_is_told_to_the_customer_without_our_settings() -> None:
    assert cost_gap(Trouble(missing="currency", words="USD")) == "no exchange rate for USD"
    assert cost_gap(Trouble(missing="cost", words="Set-up")) == "no amount yet"
    below = Trouble(fault=LineFault("negative_term", "SO-CREDIT"), on=dt.date(2026, 10, 1))
    assert cost_gap(below) == "the contract of 1 Oct 2026 has an amount that cannot be counted"
    assert cost_gap(replace(below, on=None)) == "an amount that cannot be counted"


def test_a_place_in_a_formula_is_counted_from_one_and_shown() -> None:
    fault = FormulaFault("unexpected", 4)
    text = "a + § and a good deal more"
    assert fault_words(fault, text).startswith("“§ and a good” is not understood at place 5:")
    assert "“…”" in fault_words(FormulaFault("unexpected", 30), text)


def test_a_unit_that_is_none_is_named() -> None:
    assert fault_words(UnitFault("bananas")).startswith("“bananas” is no unit known here")


@pytest.mark.parametrize(
    ("language", "fault", "said"),
    [
        ("ja", LineFault("not_money", "JPY × h"), "「円 × 時間」"),
        ("ja", LineFault("not_money", "h ÷ week"), "「時間／週」"),
        ("ja", LineFault("not_money", "person × piece ÷ month"), "「名 × 件／月」"),
        ("en", LineFault("not_money", "h ÷ week"), "h per week"),
        ("ja", LineFault("money_a_time", "JPY ÷ month"), "単位が「か月/年」の入力（値は12）"),
        ("en", LineFault("money_a_time", "JPY ÷ month"), "an input of 12 with the unit “months/year”"),
        ("ja", LineFault("money_a_time", "JPY ÷ h"), "1時間あたり"),
        ("ja", LineFault("no_unit", "1"), "「件/月」「円/件」"),
        ("ja", FormulaFault("units_differ", 0, "h + JPY"), "（時間 + 円）"),
        ("ja", FormulaFault("units_differ", 0, "JPY ÷ month - 1"), "（円／月 - 単位なし）"),
    ],
)
def test_units_are_said_in_the_language_of_the_window_with_the_way_out(
    language: str, fault: FormulaFault | LineFault, said: str
) -> None:
    i18n.set_language(language)
    words = fault_words(fault)
    assert said in words
    if language == "ja":
        assert not any(unit in words for unit in ("JPY", "month", "h ", "person", "÷"))


@pytest.mark.parametrize("unit", ["month", "week", "day", "h", "min"])
def test_every_time_but_the_year_has_its_way_out_and_it_works(unit: str) -> None:
    ways = {
        "month": "months/year",
        "week": "weeks/year",
        "day": "days/year",
        "h": "hours/year",
        "min": "minutes/year",
    }
    money = parse_unit(f"JPY/{unit}")
    assert ways[unit] in fault_words(LineFault("money_a_time", str(money)))
    assert money.times(parse_unit(ways[unit])).money() == "JPY"

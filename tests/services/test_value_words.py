"""What is wrong with a line or cost of a ledger, in one sentence each."""

from __future__ import annotations

import pytest

from cs_workbench import i18n
from cs_workbench.domain.formula import FormulaFault
from cs_workbench.domain.units import UnitFault
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


def test_a_place_in_a_formula_is_counted_from_one_and_shown() -> None:
    fault = FormulaFault("unexpected", 4)
    text = "a + § and a good deal more"
    assert fault_words(fault, text).startswith("“§ and a good” is not understood at place 5:")
    assert "“…”" in fault_words(FormulaFault("unexpected", 30), text)


def test_a_unit_that_is_none_is_named() -> None:
    assert fault_words(UnitFault("bananas")).startswith("“bananas” is no unit known here")

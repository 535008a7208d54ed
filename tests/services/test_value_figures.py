"""Figures of a ledger with what they count."""

from __future__ import annotations

from decimal import Decimal

import pytest

from cs_workbench import i18n
from cs_workbench.domain.value_ledger import Input
from cs_workbench.services.value_figures import figure, quantity, with_figures


@pytest.fixture(autouse=True)
def english() -> None:
    i18n.set_language("en")


@pytest.mark.parametrize(
    ("value", "unit", "said"),
    [
        ("58", "people", "58 people"),
        ("1.5", "hour/week", "1.5 h"),
        ("48", "weeks", "48 wk"),
        ("12", "months/year", "12 mo"),
        ("3400", "JPY/hour", "¥3,400"),
        ("0.5", "%", "50%"),
        ("3", "台", "3台"),
        ("3", "parcels", "3 parcels"),
        ("3", "consignments", "3"),
        ("3", "", "3"),
    ],
)
def test_a_figure_says_what_it_counts(value: str, unit: str, said: str) -> None:
    assert quantity(Decimal(value), unit) == said


def test_a_formula_is_read_with_its_figures_in_place() -> None:
    inputs = {
        "people": Input("people", Decimal(58), "people"),
        "hours": Input("hours", Decimal("1.5"), "hour/week"),
    }
    assert with_figures("people * hours * more", inputs).startswith("58 people")
    assert "1.5 h" in with_figures("people * hours * more", inputs)
    assert with_figures("people * hours * more", inputs).endswith("more")


def test_a_share_is_read_as_percents_and_nothing_stays_nothing() -> None:
    assert figure(Decimal("0.125"), " % ") == "12.5%"
    assert figure(Decimal("0.125"), "people") != figure(Decimal("0.125"), "%")
    assert figure(None, "%") == figure(None, "people")

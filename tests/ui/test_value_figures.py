"""The painted figures of value, and figures in words."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from PySide6.QtWidgets import QWidget

from cs_workbench import i18n
from cs_workbench.domain.formula import FormulaFault
from cs_workbench.services.value_costs import Trouble
from cs_workbench.ui.models import value_model
from cs_workbench.ui.widgets.tornado import Swing, Tornado
from cs_workbench.ui.widgets.waterfall import Fall, Waterfall

Shown = Callable[[QWidget], QWidget]
FALLS = (
    Fall("Gross", 10.65, "10.65"),
    Fall("Risk", -0.66, "−0.66", change=True),
    Fall("After risk", 9.99, "9.99"),
    Fall("Cost", -7.29, "−7.29", change=True),
    Fall("Net", 2.70, "2.70"),
)


def test_what_falls_hangs_from_where_the_last_bar_ended(shown: Shown) -> None:
    made = Waterfall()
    made.resize(500, 300)
    made.show_falls(FALLS)
    shown(made)
    assert made.spans() == [
        (0.0, 10.65), (10.65, pytest.approx(9.99)), (0.0, 9.99), (9.99, pytest.approx(2.70)), (0.0, 2.70),
    ]  # fmt: skip
    gross, risk, after, cost, net = (mark.box for mark in made.marks)
    assert risk.top() == pytest.approx(gross.top())
    assert cost.top() == pytest.approx(after.top())
    assert cost.bottom() == pytest.approx(net.top(), abs=0.01)
    assert made.marks[3].name == "Cost −7.29"
    assert not made.grab().isNull()


@pytest.mark.parametrize(
    "falls", [(), (Fall("Nothing", 0.0, "0"),), (Fall("Loss", -5.0, "−5"), Fall("Net", -5.0, "−5"))]
)
def test_a_waterfall_of_nothing_or_of_losses_is_painted(shown: Shown, falls: tuple[Fall, ...]) -> None:
    made = Waterfall()
    made.show_falls(falls)
    shown(made)
    made.grab()
    assert len(made.marks) == len(falls)
    assert all(0 <= mark.box.top() <= made.height() for mark in made.marks)


def test_the_bars_of_a_tornado_reach_from_worse_to_better(shown: Shown) -> None:
    made = Tornado()
    made.resize(500, 300)
    wide = Swing("Share", "30–70%", 0.0, 5.4, "0.0", "5.4", 1)
    made.show_swings((wide, Swing("Users", "50–70", 1.8, 4.1, "1.8", "4.1", 2)), 2.7, "¥2.7M")
    shown(made)
    first, second = (mark.box for mark in made.marks)
    assert first.left() < second.left() < second.right() < first.right()
    assert [mark.opens for mark in made.marks] == [1, 2]
    made.grab()


def test_a_tornado_without_span_is_painted(shown: Shown) -> None:
    made = Tornado()
    made.show_swings((Swing("Same", "1–2", 3.0, 3.0, "3", "3"),), 3.0, "3")
    shown(made)
    made.grab()
    assert made.marks[0].box.width() >= 1
    made.show_swings((), 0.0, "")
    made.grab()
    assert made.marks == []


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [
        ("0.5", "%", "50%"),
        ("0.125", "%", "12.5%"),
        ("3400", "JPY/hour", "3,400"),
        ("1.50", "", "1.5"),
        ("1200000.25", "", "1,200,000.25"),
    ],
)
def test_figures_with_their_unit_in_mind(value: str, unit: str, words: str) -> None:
    assert value_model.figure(Decimal(value), unit) == words


@pytest.mark.parametrize(
    ("language", "value", "currency", "words"),
    [
        ("en", "7099200", "JPY", "¥7,099,200"),
        ("ja", "7099200", "JPY", "7,099,200円"),
        ("en", "-1.5", "USD", "−$2"),
        ("en", "10", "CHF", "CHF 10"),
    ],
)
def test_amounts_to_the_last_unit(language: str, value: str, currency: str, words: str) -> None:
    i18n.set_language(language)
    try:
        assert value_model.amount(Decimal(value), currency) == words
    finally:
        i18n.set_language("en")


@pytest.mark.parametrize(
    ("trouble", "words"),
    [
        (Trouble(missing="value", words="Hours"), "“Hours” has no figure yet."),
        (Trouble(missing="input", words="x"), "There is no input named “x” yet."),
        (Trouble(missing="cost", words="Set-up"), "“Set-up” has no amount yet."),
        (
            Trouble(missing="currency", words="USD"),
            "There is no exchange rate for USD: enter one in the settings.",
        ),
        (Trouble(fault=FormulaFault("empty")), "There is no formula yet."),
    ],
)
def test_what_is_left_out_is_said_with_its_reason(trouble: Trouble, words: str) -> None:
    assert value_model.trouble_words(trouble) == words

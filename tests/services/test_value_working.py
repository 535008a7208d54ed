"""The working: every figure can be followed from its inputs, and each step's exact result is what it says."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from cs_workbench import i18n
from cs_workbench.domain.cash_flow import whole
from cs_workbench.domain.value_ledger import Benefit, Cost, Input, Ledger, compute
from cs_workbench.services import value_working
from cs_workbench.services.value_working import Working

D = Decimal
SAVED = Benefit(
    "1", "Reports take less time", "cost", "users * hours * weeks * price * capture",
    (Input("users", D(58), "people", source="active_users", as_of=dt.date(2026, 11, 1)),
     Input("hours", D("1.5"), "hours/week/person"), Input("weeks", D(48), "weeks/year"),
     Input("price", D(3400), "JPY/hour"), Input("capture", D("0.5"), "%")),
    confidence="measured", agreed=True, ramp=(D("0.5"), D(1)), attribution=D("0.8"),
)  # fmt: skip
OPEN = Benefit("2", "Faster quotes", "revenue", "gain", (Input("gain", D(900_000), "JPY/year"),))
COST = Cost("3", "Set-up", "setup", (D(2_000_000), D(300_000)), confidence="estimate", source="invoice 12")
LEDGER = Ledger("JPY", 3, (SAVED, OPEN), (COST,))


@pytest.fixture(autouse=True)
def english() -> None:
    i18n.set_language("en")


@pytest.fixture
def found() -> dict[str, Working]:
    outcome = compute(LEDGER)
    return {one.key: one for one in value_working.workings(value_working.book(LEDGER, outcome))}


def test_every_figure_line_and_cost_has_its_working(found: dict[str, Working]) -> None:
    assert set(found) == {*value_working.FIGURES, "line:1", "line:2", "cost:3"}
    assert all(one.steps and one.result for one in found.values())


def test_a_line_goes_from_inputs_to_its_present_value(found: dict[str, Working]) -> None:
    line = found["line:1"]
    steps = {step.name: step for step in line.steps}
    assert steps["users"].result == "58 people"
    assert steps["users"].about == "active_users, as of 1 Nov 2026"
    assert steps["hours"].about == "no source named"
    full = steps["A full year"]
    assert full.rule == "users × hours × weeks × price × capture"
    assert full.numbers == "58 people × 1.5 h × 48 wk × ¥3,400 × 50%"
    assert full.result == "¥7,099,200"
    assert steps["Our share of it"].numbers == "¥7,099,200 × 80%"
    assert steps["Year 1"].numbers == "¥5,679,360 × 50% × (1 − 5%)"
    assert steps["Year 1"].exact == D(5_679_360) * D("0.5") * D("0.95")
    assert steps["Year 3"].numbers == "¥5,679,360 × 100% × (1 − 5%)"
    assert steps["Year 2, today's value"].numbers == "¥5,395,392 ÷ 1.1^2"
    total = steps["Present value"]
    assert total.exact == compute(LEDGER).proven[0].present
    assert line.result == total.result
    assert steps["Counts"].result == "counted"


def test_a_potential_line_says_why_it_does_not_count(found: dict[str, Working]) -> None:
    counts = found["line:2"].steps[-1]
    assert counts.result == "potential, not counted"
    assert "not agreed yet" in counts.numbers
    assert found["value"].steps[-1].about == "Potential lines are not added."


def test_a_cost_carries_its_risk_and_source(found: dict[str, Working]) -> None:
    first = found["cost:3"].steps[0]
    assert (first.name, first.numbers, first.result, first.about) == (
        "Start", "¥2,000,000 × (1 + 20%)", "¥2,400,000", "invoice 12",
    )  # fmt: skip


def test_the_headline_is_the_outcome_s(found: dict[str, Working]) -> None:
    outcome = compute(LEDGER)
    assert outcome.result is not None
    last = {key: found[key].steps[-1].exact for key in value_working.FIGURES}
    assert last["benefits"] == outcome.result.benefits
    assert last["cost"] == outcome.result.costs
    assert last["npv"] == outcome.result.npv
    assert last["roi"] == outcome.result.roi
    assert last["bcr"] == outcome.result.bcr
    assert last["payback"] == outcome.result.payback
    assert last["delay"] == outcome.delay
    assert last["value"] == outcome.delay * 12
    assert last["break_even"] == outcome.result.costs / outcome.result.benefits


def test_payback_shows_the_year_it_turns_in(found: dict[str, Working]) -> None:
    """Start −2,400,000; year 1 +2,697,696 −360,000; year 2 +5,395,392: it turns in year 2."""
    steps = found["payback"].steps
    assert [step.result for step in steps[:-1]] == ["−¥2,400,000", "−¥62,304", "¥5,333,088", "¥10,728,480"]
    assert steps[-1].numbers == "1 + ¥62,304 ÷ ¥5,395,392"
    assert steps[-1].result == "1.01 years"


@pytest.mark.parametrize(
    ("amounts", "said"),
    [((D(0), D(1)), "–"), ((D(10) ** 9,), "not within these years")],
)
def test_payback_at_its_ends(amounts: tuple[Decimal, ...], said: str) -> None:
    ledger = Ledger("JPY", 3, (SAVED,), (Cost("3", "x", "setup", amounts),))
    made = value_working.figure(value_working.book(ledger, compute(ledger)), "payback")
    assert made.result == said


def test_without_a_cost_the_return_says_what_it_needs() -> None:
    ledger = Ledger("JPY", 3, (SAVED,), ())
    made = value_working.figure(value_working.book(ledger, compute(ledger)), "roi")
    assert made.result == "–"
    assert "No costs are entered" in made.steps[0].numbers


def test_an_empty_ledger_has_workings_too() -> None:
    ledger = Ledger("JPY", 3, (), ())
    made = value_working.workings(value_working.book(ledger, compute(ledger)))
    assert {one.key for one in made} == set(value_working.FIGURES)
    assert made[0].result == "–"


def test_a_ledger_in_which_nothing_counts_has_no_return() -> None:
    """The cost alone would make it −100%."""
    ledger = Ledger("JPY", 3, (), (Cost("3", "x", "setup", (D(100),)),))
    made = {one.key: one for one in value_working.workings(value_working.book(ledger, compute(ledger)))}
    assert made["cost"].result == "¥105"
    told = {key: one.result for key, one in made.items() if key in value_working.FIGURES and key != "cost"}
    assert set(told.values()) == {"–"}
    assert made["roi"].steps[0].numbers == "not measured yet"


def test_nothing_spent_ahead_has_nothing_to_pay_back() -> None:
    ledger = Ledger("JPY", 3, (SAVED,), (Cost("3", "x", "setup", (D(0), D(1))),))
    made = value_working.figure(value_working.book(ledger, compute(ledger)), "payback")
    assert made.steps[-1].rule == "nothing is spent ahead: there is nothing to pay back"
    assert "0.0" not in repr(made.steps[-1])


def test_the_published_table_can_be_followed_to_329_percent() -> None:
    """The published study's figures, its risk taken out of the input: the working ends at its ROI."""
    years = [D(1_606_511), D(3_061_331), D(4_229_760)]
    benefit = Benefit(
        "1", "All", "cost", "base", (Input("base", years[0] / D("0.95"), "USD/year"),), agreed=True,
        confidence="measured", ramp=(D(1), years[1] / years[0], years[2] / years[0]),
    )  # fmt: skip
    spent = tuple(amount / D("1.05") for amount in (D(53_150), D(666_715), D(636_772), D(647_783)))
    ledger = Ledger("USD", 3, (benefit,), (Cost("2", "All", "other", spent),))
    made = value_working.figure(value_working.book(ledger, compute(ledger)), "roi")
    exact = {step.name: step.exact for step in made.steps}
    assert abs(whole(exact["Benefits, present value"] or D(0)) - 7_168_371) <= 1
    assert abs(whole(exact["Costs, present value"] or D(0)) - 1_672_201) <= 1
    assert made.result == "329%"


def test_in_japanese_figures_carry_japanese_units() -> None:
    i18n.set_language("ja")
    try:
        made = value_working.line(value_working.book(LEDGER, compute(LEDGER)), compute(LEDGER).proven[0])
        full = next(step for step in made.steps if step.result == "7,099,200円")
        assert full.numbers == "58名 × 1.5時間 × 48週 × 3,400円 × 50%"
    finally:
        i18n.set_language("en")

"""The value ledger: what counts, what a line is worth, what the whole says, what is refused."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cs_workbench.domain import value_ledger as ledgers
from cs_workbench.domain.cash_flow import whole
from cs_workbench.domain.formula import FormulaFault
from cs_workbench.domain.units import UnitFault
from cs_workbench.domain.value_ledger import (
    Benefit,
    Cost,
    CostKind,
    Input,
    Ledger,
    LineFault,
    compute,
    under_contract,
)

TIME_SAVED = Benefit(
    "time",
    "Time saved",
    "cost",
    "users * hours * weeks * cost * capture",
    (
        Input("users", Decimal(58), "people"),
        Input("hours", Decimal("1.5"), "hours/week/person"),
        Input("weeks", Decimal(48), "weeks/year"),
        Input("cost", Decimal(4000), "JPY/hour"),
        Input("capture", Decimal("0.5"), "%"),
    ),
    confidence="measured",
    logic="accepted",
    fact="proved",
)
LICENCE = Cost("licence", "Subscription", "subscription", (Decimal(0), *[Decimal(1_000_000)] * 3))


def ledger(*benefits: Benefit, costs: tuple[Cost, ...] = (LICENCE,), years: int = 3) -> Ledger:
    return Ledger("JPY", years, benefits, costs)


def test_time_saved_is_users_hours_weeks_cost_capture() -> None:
    assert ledgers.full_year(TIME_SAVED, "JPY") == Decimal(58) * Decimal("1.5") * 48 * 4000 * Decimal("0.5")


def test_a_line_is_shared_ramped_and_risked() -> None:
    benefit = replace(
        TIME_SAVED, attribution=Decimal("0.8"), ramp=(Decimal("0.5"), Decimal(1)), confidence="estimate"
    )
    found = ledgers.line(benefit, ledger(benefit))
    yearly = found.full_year * Decimal("0.8")
    assert found.flow == (0, yearly / 2, yearly, yearly)
    assert found.adjusted == tuple(amount * Decimal("0.8") for amount in found.flow)


@pytest.mark.parametrize(
    ("logic", "fact", "agreed", "counts"),
    [
        ("accepted", "proved", False, True),
        ("accepted", "partly", False, False),
        ("accepted", "open", False, False),
        ("open", "proved", False, False),
        ("open", "open", True, True),
        ("rejected", "proved", True, False),
    ],
)
def test_only_agreed_or_graded_lines_enter_the_headline(
    logic: ledgers.Logic, fact: ledgers.Fact, agreed: bool, counts: bool
) -> None:
    benefit = replace(TIME_SAVED, logic=logic, fact=fact, agreed=agreed)
    outcome = compute(ledger(benefit))
    assert bool(outcome.proven) is counts
    assert any(outcome.benefits) is counts
    assert bool(outcome.potential) is (not counts and logic != "rejected")


def test_costs_carry_their_risk() -> None:
    costs = (LICENCE, replace(LICENCE, id="hours", amounts=(Decimal(500_000),), confidence="assumption"))
    outcome = compute(ledger(TIME_SAVED, costs=costs))
    assert outcome.costs == (Decimal(650_000), *[Decimal(1_050_000)] * 3)
    assert outcome.costs_before_risk == (Decimal(500_000), *[Decimal(1_000_000)] * 3)


@pytest.mark.parametrize(
    ("kind", "covered", "counted"),
    [
        ("training", ("1", "0.5", "0"), (400, 100, 100, 0)),
        ("internal", ("0.25", "1", "1"), (400, 25, 200, 300)),
        ("training", ("0.5",), (400, 50, 200, 300)),  # a year that is not named is whole
        ("training", (), None),
        ("internal", ("1", "1", "1"), None),
        ("other", ("1", "0.5", "0"), None),
        ("setup", ("0", "0", "0"), None),
        ("subscription", ("0", "0", "0"), None),  # its price was typed year by year
    ],
)
def test_training_and_own_hours_count_on_days_under_contract(
    kind: CostKind, covered: tuple[str, ...], counted: tuple[int, ...] | None
) -> None:
    typed = Cost("t", "Training", kind, tuple(Decimal(one) for one in (400, 100, 200, 300)))
    made = under_contract(typed, tuple(Decimal(share) for share in covered))
    if counted is None:
        assert made is typed
        return
    assert made.amounts == counted
    assert made.whole == typed.amounts


def test_the_published_figures_come_out_of_a_ledger() -> None:
    """The yen case of the domain, its risk taken out beforehand."""
    share = 1 - ledgers.RISK["measured"]
    yearly = Input("gain", Decimal(5_714_400) / share, "JPY/year")
    benefit = Benefit(
        "all",
        "All",
        "cost",
        "gain",
        (yearly,),
        ramp=(Decimal("0.7"), Decimal(1)),
        confidence="measured",
        agreed=True,
    )
    rise = 1 + ledgers.RISK["measured"]
    cost = Cost("all", "All", "subscription", tuple(Decimal(a) / rise for a in (440_000, *[1_507_200] * 3)))
    found = compute(ledger(benefit, costs=(cost,))).result
    assert found is not None
    assert (whole(found.costs), whole(found.benefits)) == (4_188_183, 12_652_394)
    assert (whole(found.npv), whole(found.roi * 100)) == (8_464_211, 202)


def test_a_month_later_costs_a_twelfth() -> None:
    outcome = compute(ledger(TIME_SAVED))
    assert outcome.delay * 12 == ledgers.full_year(TIME_SAVED, "JPY") * Decimal("0.95")


def test_nothing_spent_gives_no_return() -> None:
    assert compute(ledger(TIME_SAVED, costs=())).result is None


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"formula": "users * hours"}, "not_money"),
        ({"attribution": Decimal("1.1")}, "attribution_out_of_range"),
        ({"attribution": Decimal("-0.1")}, "attribution_out_of_range"),
        ({"ramp": ()}, "ramp_too_short"),
        ({"inputs": (Input("gain", Decimal(-1), "JPY"),), "formula": "gain"}, "negative_input"),
        ({"inputs": (Input("gain", Decimal(1), "USD"),), "formula": "gain"}, "other_currency"),
    ],
)
def test_a_line_that_cannot_be_is_refused(change: dict[str, object], code: str) -> None:
    benefit = replace(TIME_SAVED, **change)  # type: ignore[arg-type]
    with pytest.raises(LineFault) as fault:
        compute(ledger(benefit))
    assert fault.value.code == code


def test_a_negative_cost_is_refused() -> None:
    with pytest.raises(LineFault, match="negative_input"):
        compute(ledger(TIME_SAVED, costs=(replace(LICENCE, amounts=(Decimal(-1),)),)))


def test_faults_of_formula_and_unit_come_through() -> None:
    with pytest.raises(FormulaFault):
        compute(ledger(replace(TIME_SAVED, formula="users *")))
    with pytest.raises(UnitFault):
        compute(ledger(replace(TIME_SAVED, inputs=(Input("users", Decimal(1), "furlong"),), formula="users")))


def test_missing_inputs_are_named() -> None:
    assert ledgers.missing_inputs(replace(TIME_SAVED, inputs=TIME_SAVED.inputs[:3])) == ("cost", "capture")


def test_two_benefits_from_the_same_people_are_pointed_out() -> None:
    other = replace(TIME_SAVED, id="other")
    assert ledgers.shared_inputs((TIME_SAVED, other)) == {"users": ("time", "other")}
    followed = replace(
        other, inputs=(Input("staff", Decimal(1), "people", metric="active_users"),), formula="staff"
    )
    assert ledgers.shared_inputs((TIME_SAVED, followed)) == {}


def test_a_formula_being_typed_is_judged() -> None:
    assert isinstance(ledgers.readable("users *"), FormulaFault)
    assert not isinstance(ledgers.readable("users * 2"), FormulaFault)


@given(st.lists(st.booleans(), max_size=6))
def test_agreed_is_a_part_of_the_headline_and_nothing_is_counted_twice(agreed: list[bool]) -> None:
    benefits = tuple(
        replace(TIME_SAVED, id=str(n), agreed=yes, logic="open", fact="open") for n, yes in enumerate(agreed)
    )
    outcome = compute(ledger(*benefits))
    assert [one.benefit.id for one in outcome.proven] == [str(n) for n, yes in enumerate(agreed) if yes]
    assert len(outcome.proven) + len(outcome.potential) == len(agreed)
    assert outcome.gross[1] == sum(one.yearly for one in outcome.proven)


@pytest.mark.parametrize("value", ["1e300", "1e15", "Infinity", "NaN"])
def test_a_figure_nobody_can_mean_is_a_fault_of_its_line(value: str) -> None:
    made = Benefit("1", "Gain", "cost", "gain", (Input("gain", Decimal(value), "JPY/year"),))
    with pytest.raises(LineFault) as found:
        ledgers.full_year(made, "JPY")
    assert (found.value.code, found.value.words) == ("too_large", "gain")


def test_a_result_nobody_can_mean_names_the_line() -> None:
    inputs = tuple(Input(name, Decimal("1e10"), unit) for name, unit in (("a", "JPY/year"), ("b", "")))
    with pytest.raises(LineFault) as found:
        ledgers.full_year(Benefit("1", "Gain", "cost", "a * b", inputs), "JPY")
    assert (found.value.code, found.value.words) == ("too_large", "Gain")

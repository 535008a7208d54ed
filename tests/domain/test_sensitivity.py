"""Cases, tornado and break-even of a value ledger."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from cs_workbench.domain import sensitivity
from cs_workbench.domain.value_ledger import Benefit, Cost, Input, Ledger, Line, compute, line, with_input

BENEFIT = Benefit(
    "time",
    "Time saved",
    "cost",
    "users * hours * 50000",
    (
        Input("users", Decimal(50), "people", Decimal(40), Decimal(60)),
        Input("hours", Decimal(2), "JPY/person/year", Decimal(1), Decimal(4)),
    ),
    confidence="measured",
    agreed=True,
)
LEDGER = Ledger(
    "JPY", 3, (BENEFIT,), (Cost("c", "Costs", "subscription", (Decimal(0), *[Decimal(2_000_000)] * 3)),)
)


def npv(ledger: Ledger) -> Decimal:
    result = compute(ledger).result
    assert result is not None
    return result.npv


def test_the_widest_swing_comes_first() -> None:
    found = sensitivity.tornado(LEDGER)
    assert [one.name for one in found] == ["hours", "users"]
    assert found[0].npv_low == npv(with_input(LEDGER, "time", "hours", Decimal(1)))
    assert found[0].span > found[1].span


def test_moving_an_input_computes_no_line_but_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    many = replace(LEDGER, benefits=tuple(replace(BENEFIT, id=str(n)) for n in range(40)))
    asked: list[str] = []

    def counting(benefit: Benefit, ledger: Ledger) -> Line:
        asked.append(benefit.id)
        return line(benefit, ledger)

    monkeypatch.setattr(sensitivity, "line", counting)
    found = sensitivity.tornado(many)
    assert len(asked) == 40 + 2 * len(found) == 200
    monkeypatch.undo()
    for one in (found[0], found[-1]):
        moved = npv(with_input(many, one.benefit_id, one.name, one.low))
        assert abs(one.npv_low - moved) < Decimal("1e-12")


def test_inputs_without_bounds_and_potential_lines_do_not_swing() -> None:
    loose = replace(BENEFIT, inputs=tuple(replace(one, low=None, high=None) for one in BENEFIT.inputs))
    assert sensitivity.tornado(replace(LEDGER, benefits=(loose,))) == ()
    assert sensitivity.tornado(replace(LEDGER, benefits=(replace(BENEFIT, agreed=False),))) == ()


def test_low_base_high() -> None:
    low, base, high = (sensitivity.npv(sensitivity.case(LEDGER, which)) for which in ("low", "base", "high"))
    assert low < base < high
    assert base == npv(LEDGER)
    assert low == npv(
        with_input(with_input(LEDGER, "time", "users", Decimal(40)), "time", "hours", Decimal(1))
    )


def test_a_bound_that_helps_when_small_belongs_to_the_high_case() -> None:
    inverse = replace(BENEFIT, formula="users * 1000000 / hours")
    ledger = replace(LEDGER, benefits=(replace(inverse, inputs=(
        Input("users", Decimal(50), "JPY"), Input("hours", Decimal(2), "", Decimal(1), Decimal(4)))),))  # fmt: skip
    assert sensitivity.npv(sensitivity.case(ledger, "high")) == npv(
        with_input(ledger, "time", "hours", Decimal(1))
    )


@pytest.mark.parametrize("name", ["users", "hours"])
def test_break_even_is_where_the_net_is_nothing(name: str) -> None:
    value = sensitivity.break_even(LEDGER, "time", name)
    assert value is not None
    assert abs(npv(with_input(LEDGER, "time", name, value))) < Decimal("0.01")


def test_no_break_even_where_nothing_helps() -> None:
    unused = replace(
        BENEFIT, formula="gain", inputs=(Input("gain", Decimal(9), "JPY"), Input("idle", Decimal(1)))
    )
    assert sensitivity.break_even(replace(LEDGER, benefits=(unused,)), "time", "idle") is None


def test_break_even_of_a_divisor_starts_above_zero() -> None:
    inverse = replace(
        BENEFIT,
        formula="users / hours",
        inputs=(Input("users", Decimal(10_000_000), "JPY"), Input("hours", Decimal(2))),
    )
    value = sensitivity.break_even(replace(LEDGER, benefits=(inverse,)), "time", "hours")
    assert value is not None
    assert abs(value - Decimal("4.5238")) < Decimal("0.001")


def test_the_share_that_just_covers_the_costs() -> None:
    share = sensitivity.capture(LEDGER)
    result = compute(LEDGER).result
    assert result is not None
    assert share == result.costs / result.benefits
    assert sensitivity.capture(replace(LEDGER, costs=())) is None


def test_no_discount_adds_up() -> None:
    outcome = compute(replace(LEDGER, rate=Decimal(0)))
    assert outcome.result is not None
    assert outcome.result.npv == sum(outcome.benefits) - sum(outcome.costs)

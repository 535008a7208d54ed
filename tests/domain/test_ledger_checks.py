"""What makes a ledger kinder than the truth: shares above 1, one gain twice, lost years."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from cs_workbench.domain.cash_flow import whole
from cs_workbench.domain.ledger_checks import lost_years, overlaps, share_fault, twice
from cs_workbench.domain.units import is_share
from cs_workbench.domain.value_ledger import Benefit, Cost, Input

HOURS = Input("hours", Decimal(1200), "hour/year")
SHARE = Input("share", Decimal("0.5"), "%")
BENEFIT = Benefit("1", "Reports", "cost", "hours * share * 4000", (HOURS, SHARE))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({}, None),
        ({"ramp": (Decimal("0.5"), Decimal(1))}, None),
        ({"ramp": (Decimal(70), Decimal(100))}, ""),
        ({"inputs": (HOURS, replace(SHARE, value=Decimal(50)))}, "share"),
        ({"inputs": (replace(SHARE, unit="割合", high=Decimal(2)),)}, "share"),
        ({"inputs": (replace(SHARE, low=Decimal("1.01")),)}, "share"),
    ],
)
def test_a_share_above_one_is_named(change: dict[str, object], words: str | None) -> None:
    fault = share_fault(replace(BENEFIT, **change))  # type: ignore[arg-type]
    assert (fault.words if fault else None) == words


@pytest.mark.parametrize(
    ("unit", "share"),
    [("%", True), (" ％ ", True), ("Share", True), ("割合", True), ("", False), ("hours", False)],
)
def test_which_units_are_shares(unit: str, share: bool) -> None:
    assert is_share(unit) is share


def test_one_gain_twice_is_found_however_it_is_written() -> None:
    again = replace(BENEFIT, id="2", title="Other", formula="hours×share ×4000", inputs=(SHARE, HOURS))
    less = replace(BENEFIT, id="3", inputs=(replace(HOURS, value=Decimal(1199)), SHARE))
    assert twice((BENEFIT, again, less)) == (("1", "2"),)
    assert overlaps((BENEFIT, again, less)) == (("", ("1", "2")),)
    assert overlaps((BENEFIT, less)) == ()


def test_other_names_do_not_make_one_gain_two() -> None:
    other = replace(
        BENEFIT, id="2", formula="4000 × s * h", inputs=(replace(HOURS, name="h"), replace(SHARE, name="s"))
    )
    assert twice((BENEFIT, other)) == (("1", "2"),)
    swapped = replace(other, inputs=(replace(HOURS, name="h", unit="x"), replace(SHARE, name="s")))
    assert twice((BENEFIT, swapped)) == ()
    first, second = (
        replace(BENEFIT, id=key, formula=text)
        for key, text in (("1", "hours / share"), ("2", "share / hours"))
    )
    assert twice((first, second)) == ()


def test_amounts_after_the_last_year_are_found() -> None:
    cost = Cost("1", "Licence", "other", tuple(Decimal(n) for n in (1, 2, 3, 4)))
    late = replace(cost, id="2", amounts=(*cost.amounts, Decimal(0), Decimal(9)))
    assert lost_years((cost, late), 3) == (late,)
    assert lost_years((cost, late), 5) == ()
    assert lost_years((cost, late), 2) == (cost, late)


@pytest.mark.parametrize(
    ("amount", "words"), [("2.5", "3"), ("-2.5", "-3"), ("1e40", "1" + "0" * 40), ("-0.2", "0")]
)
def test_whole_units_of_any_size(amount: str, words: str) -> None:
    assert f"{whole(Decimal(amount)):f}" == words

"""What holds for every ledger: more cost never raises the return, no discount gives the sum, agreed lines are in it."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from cs_workbench.domain.sensitivity import capture, case, npv
from cs_workbench.domain.value_ledger import (
    RISK,
    Benefit,
    Cost,
    Input,
    Ledger,
    compute,
    with_input,
)

D = Decimal
MONEY = st.integers(0, 10**9).map(D)
SHARE = st.integers(0, 100).map(lambda n: D(n) / 100)
CONFIDENCE = st.sampled_from(sorted(RISK))


@st.composite
def benefits(draw: st.DrawFn, number: int) -> Benefit:
    value = draw(MONEY)
    return Benefit(
        str(number), f"Benefit {number}", draw(st.sampled_from(("revenue", "cost"))), "gain",
        (Input("gain", value, "JPY/year", low=value / 2, high=value * 2),), "",
        draw(SHARE), tuple(draw(st.lists(SHARE, min_size=1, max_size=4))), draw(CONFIDENCE),
        draw(st.sampled_from(("accepted", "open", "rejected"))),
        draw(st.sampled_from(("proved", "partly", "open"))), draw(st.booleans()),
    )  # fmt: skip


@st.composite
def ledgers(draw: st.DrawFn) -> Ledger:
    lines = tuple(draw(benefits(number)) for number in range(draw(st.integers(0, 4))))
    spent = tuple(
        Cost(str(n), "c", "other",
             (draw(st.integers(1, 10**8).map(D)), *draw(st.lists(MONEY, max_size=4))), draw(CONFIDENCE))
        for n in range(1, 1 + draw(st.integers(1, 3)))
    )  # fmt: skip
    return Ledger("JPY", draw(st.integers(1, 10)), lines, spent, draw(SHARE))


@settings(max_examples=120, deadline=None)
@given(ledger=ledgers(), more=st.integers(1, 10**8).map(D), year=st.integers(0, 3))
def test_more_cost_never_raises_the_return(ledger: Ledger, more: Decimal, year: int) -> None:
    before = compute(ledger).result
    dearer = replace(ledger, costs=(*ledger.costs, Cost("x", "more", "other", (D(0),) * year + (more,))))
    after = compute(dearer).result
    assert before is not None
    assert after is not None
    assert after.roi <= before.roi
    assert after.npv <= before.npv
    assert after.bcr <= before.bcr


@settings(max_examples=120, deadline=None)
@given(ledger=ledgers())
def test_without_discount_present_values_are_sums(ledger: Ledger) -> None:
    outcome = compute(replace(ledger, rate=D(0)))
    assert outcome.result is not None
    assert outcome.result.benefits == sum(outcome.benefits)
    assert outcome.result.costs == sum(outcome.costs)
    assert outcome.result.npv == sum(outcome.benefits) - sum(outcome.costs)


@settings(max_examples=120, deadline=None)
@given(ledger=ledgers())
def test_agreed_lines_are_in_the_headline_and_rejected_ones_nowhere(ledger: Ledger) -> None:
    outcome = compute(ledger)
    headline = {one.benefit.id for one in outcome.proven}
    potential = {one.benefit.id for one in outcome.potential}
    agreed = {one.id for one in ledger.benefits if one.agreed and one.logic != "rejected"}
    rejected = {one.id for one in ledger.benefits if one.logic == "rejected"}
    assert agreed <= headline
    assert not headline & potential
    assert not rejected & (headline | potential)
    assert headline | potential | rejected == {one.id for one in ledger.benefits}


@settings(max_examples=60, deadline=None)
@given(ledger=ledgers())
def test_risk_only_ever_takes_away(ledger: Ledger) -> None:
    outcome = compute(ledger)
    assert all(after <= before for before, after in zip(outcome.gross, outcome.benefits, strict=True))
    assert all(
        after >= before for before, after in zip(outcome.costs_before_risk, outcome.costs, strict=True)
    )


@settings(max_examples=60, deadline=None)
@given(ledger=ledgers())
def test_cases_enclose_the_base_and_capture_breaks_even(ledger: Ledger) -> None:
    low, base, high = (npv(case(ledger, which)) for which in ("low", "base", "high"))
    assert low <= base <= high
    share = capture(ledger)
    if share is None:
        return
    for one in ledger.benefits:
        if one.counts:
            ledger = with_input(ledger, one.id, "gain", one.inputs[0].value * share)
    assert abs(npv(ledger)) < D("0.01")

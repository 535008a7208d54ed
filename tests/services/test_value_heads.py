"""Ledgers as a whole, currencies through rates, what neighbours forbid, the portfolio of value, Today's reason."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from cs_workbench.errors import InvalidValue, NotFound
from cs_workbench.services import (
    exchange_rates,
    portfolios,
    signal_words,
    today,
    trash,
    value_checks,
    value_choices,
    value_heads,
    value_ledgers,
    value_reading,
)
from cs_workbench.services.value_reading import LedgerView
from cs_workbench.services.workbench import Workbench
from tests.builders_store import add_account, add_contract, state

NOW = dt.datetime(2026, 11, 24, 1, 42, tzinfo=dt.UTC)
TODAY = NOW.date()
UNITS = 10_000


@pytest.fixture
def wb(tmp_path: Path) -> Iterator[Workbench]:
    """One account with a dollar contract whose notice is due in 40 days, in a yen portfolio."""
    with portfolios.create(str(tmp_path / "p.csw"), now=NOW, language="en", currency="JPY") as made:
        with made.change("Begin") as db:
            account = add_account(db, "Birch")
            add_contract(
                db, account, arr=12_000 * UNITS, currency="USD", name="SO-1", status="active", start_on="2026-02-01",
                end_on="2027-02-02", notice_days=30,
            )  # fmt: skip
        yield made


@pytest.fixture
def ledger(wb: Workbench) -> int:
    return value_heads.create(wb, 1, "2027", currency="JPY", starts_on=TODAY, now=NOW)


def view(wb: Workbench, ledger: int) -> LedgerView:
    return value_reading.ledger_view(wb.reads, ledger, TODAY)


def gained(wb: Workbench, ledger: int, value: str, unit: str) -> int:
    line = value_ledgers.add_line(wb, ledger, "Gain", "gain")
    (row,) = view(wb, ledger).inputs[line]
    for field, text in (("value", value), ("unit", unit), ("low", "1")):
        value_ledgers.edit(wb, "input", row.id, field, text, now=NOW)
    return line


def test_a_ledger_starts_in_the_currency_of_the_contracts(wb: Workbench) -> None:
    made = value_heads.create(wb, 1, "x", currency="", starts_on=TODAY, now=NOW, years="5", rate="8%")
    head = view(wb, made).head
    assert (head.currency, head.years, head.rate) == ("USD", 5, Decimal("0.08"))
    assert view(wb, made).cost_troubles == {}


def test_a_contract_is_pulled_through_the_rate_and_says_as_of_when(wb: Workbench, ledger: int) -> None:
    trouble = view(wb, ledger).cost_troubles[1]
    assert (trouble.missing, trouble.words) == ("currency", "USD")
    exchange_rates.put(wb, "USD", "150", dt.date(2026, 11, 1))
    signed, assumed = view(wb, ledger).ledger.costs
    paid = [sum(each) for each in zip(signed.amounts, assumed.amounts, strict=True)]
    assert [round(one, 9) for one in paid] == [0, *[1_800_000] * 3]
    assert signed.source == (
        "USD 12,000 a year, at 150 of 1 Nov 2026, until 2 Feb 2027, contract as of 24 Nov 2026"
    )
    assert assumed.source == "assumed: same price from 3 Feb 2027, not signed yet"
    early = value_reading.ledger_view(wb.reads, ledger, dt.date(2026, 10, 31))
    assert early.cost_troubles[1].missing == "currency"


def test_an_input_in_another_currency_follows_the_rate(wb: Workbench, ledger: int) -> None:
    line = gained(wb, ledger, "100", "USD/year")
    assert view(wb, ledger).troubles[line].missing == "currency"
    exchange_rates.put(wb, "USD", "150", TODAY)
    (benefit,) = view(wb, ledger).ledger.benefits
    (given,) = benefit.inputs
    assert (given.value, given.low, given.unit) == (15_000, 150, "JPY/year")
    assert "100 USD at 150" in given.source


def test_cross_rates_go_through_the_portfolio_s_currency(wb: Workbench) -> None:
    exchange_rates.put(wb, "USD", "150", TODAY)
    exchange_rates.put(wb, "EUR", "165", TODAY)
    made = value_heads.create(wb, 1, "x", currency="EUR", starts_on=TODAY, now=NOW)
    signed, assumed = view(wb, made).ledger.costs
    assert abs(signed.amounts[1] + assumed.amounts[1] - Decimal(12_000) * 150 / 165) < Decimal("0.001")


def test_the_head_is_edited_as_one_step(wb: Workbench, ledger: int) -> None:
    before = state(wb.reads)
    typed = {"name": "2028", "currency": "usd", "starts_on": "2028-04-01", "years": "5", "rate": "12.5%"}
    value_heads.edit_head(wb, ledger, typed, now=NOW)
    head = view(wb, ledger).head
    assert (head.name, head.currency, head.starts_on, head.years, head.rate) == (
        "2028", "USD", dt.date(2028, 4, 1), 5, Decimal("0.125"),
    )  # fmt: skip
    assert wb.undo() == "Edit ledger"
    assert state(wb.reads) == before
    assert wb.redo() == "Edit ledger"
    assert view(wb, ledger).head.years == 5


@pytest.mark.parametrize(
    ("field", "text", "said"),
    [
        ("currency", "yen", ""),
        ("currency", "円", "no currency"),
        ("currency", "DOLLARS", "no currency"),
        ("starts_on", " ", "needs a date"),
        ("years", "0", "whole years"),
        ("rate", "150%", "between 0 and 100%"),
        ("name", "", "needs a name"),
    ],
)
def test_a_head_that_cannot_be_is_refused_with_its_field(
    wb: Workbench, ledger: int, field: str, text: str, said: str
) -> None:
    if not said:
        value_heads.edit_head(wb, ledger, {field: text}, now=NOW)
        assert view(wb, ledger).head.currency == "YEN"
        return
    with pytest.raises(InvalidValue, match=said) as refused:
        value_heads.edit_head(wb, ledger, {field: text}, now=NOW)
    assert refused.value.where["field"] == field


def test_contracts_are_pulled_once(wb: Workbench, ledger: int) -> None:
    with pytest.raises(InvalidValue, match="already"):
        value_heads.pull_contracts(wb, ledger)
    with wb.change("More") as db:
        add_contract(db, 1, arr=UNITS, currency="JPY", status="active", start_on="2026-02-01")
    assert value_heads.pull_contracts(wb, ledger) == 1
    assert len(view(wb, ledger).costs) == 2
    assert wb.undo() == "Pull contracts"


def test_a_copy_brings_all_but_the_agreement(wb: Workbench, ledger: int) -> None:
    line = gained(wb, ledger, "100", "JPY/year")
    value_ledgers.add_evidence(wb, line, "file", "a.pdf", on=TODAY)
    value_ledgers.agree(wb, line, on=TODAY, person_id=None, now=NOW)
    before = state(wb.reads)
    made = value_heads.copy(wb, ledger, "2028", starts_on=dt.date(2028, 4, 1), now=NOW)
    new = view(wb, made)
    (row,) = new.lines
    assert (row.title, row.agreed_on, len(new.inputs[row.id]), len(new.evidence[row.id])) == (
        "Gain",
        None,
        1,
        1,
    )
    assert new.costs[0].contract_id == 1
    assert [one.head.name for one in value_reading.account_views(wb.reads, 1, TODAY)] == ["2028", "2027"]
    assert wb.undo() == "Copy ledger"
    assert state(wb.reads) == before


def test_a_ledger_goes_to_the_trash_and_comes_back_whole(wb: Workbench, ledger: int) -> None:
    gained(wb, ledger, "100", "JPY/year")
    whole = view(wb, ledger)
    thrown = value_heads.discard(wb, ledger, now=NOW)
    with pytest.raises(NotFound):
        view(wb, ledger)
    (line,) = trash.lines(wb.reads, NOW)
    assert (line.entity, line.label, line.account, line.others) == ("value_ledger", "2027", "Birch", 3)
    trash.restore(wb, thrown)
    assert view(wb, ledger) == whole


@pytest.mark.parametrize("typed", ["0", "0 0 0", "0,000"])
def test_a_cost_of_zero_is_refused(wb: Workbench, ledger: int, typed: str) -> None:
    with pytest.raises(InvalidValue, match="zero is no cost"):
        value_ledgers.add_cost(wb, ledger, "Free", "setup", typed)


def test_units_that_contradict_are_refused_where_typed(wb: Workbench, ledger: int) -> None:
    line = value_ledgers.add_line(wb, ledger, "Time", "before - now")
    rows = view(wb, ledger).inputs[line]
    for row in rows:
        value_ledgers.edit(wb, "input", row.id, "unit", "hours/week", now=NOW)
    (row,) = view(wb, ledger).lines
    rows = view(wb, ledger).inputs[line]
    refused = value_checks.input_refusal(row, rows, rows[0], "unit", "people")
    assert "h ÷ week" in refused
    assert "cannot be added" in refused
    assert value_checks.input_refusal(row, rows, rows[0], "unit", "minutes/day") == ""
    mixed = (rows[0], replace(rows[1], unit="people"))
    assert "cannot be added" in value_checks.formula_refusal("before + now", mixed)
    assert value_checks.formula_refusal("before * now - now * before", rows) == ""
    assert value_checks.formula_refusal("before + missing", rows) == ""
    assert value_checks.formula_refusal("before +", rows) == "", "syntax is refused elsewhere"


def test_a_share_above_one_and_years_beyond_the_ledger_are_refused(wb: Workbench, ledger: int) -> None:
    line = gained(wb, ledger, "50", "JPY/year")
    (kept,) = view(wb, ledger).lines
    rows = view(wb, ledger).inputs[line]
    assert "50% is written 0.5" in value_checks.input_refusal(kept, rows, rows[0], "unit", "%")
    part = replace(rows[0], unit="%", value=Decimal("0.5"), low=None, high=None)
    for field in ("value", "low", "high"):
        assert "between 0 and 100%" in value_checks.input_refusal(kept, rows, part, field, "50")
    assert value_checks.input_refusal(kept, rows, part, "value", "50%") == ""
    other = value_ledgers.add_line(wb, ledger, "Part", "gain * part")
    for row, value, unit in zip(view(wb, ledger).inputs[other], ("9", "50"), ("JPY/year", "%"), strict=True):
        value_ledgers.edit(wb, "input", row.id, "value", value, now=NOW)
        value_ledgers.edit(wb, "input", row.id, "unit", unit, now=NOW)
    trouble = view(wb, ledger).troubles[other]
    assert trouble.fault is not None
    assert str(trouble.fault) == "share_out_of_range"
    assert "year 4 would not count" in value_checks.years_refusal("amounts", "1 2 3 4 5", 3)
    assert "year 2 would not count" in value_checks.years_refusal("ramp", "50% 100%", 1)
    assert value_checks.years_refusal("amounts", "1 2 3 4", 3) == ""
    assert value_checks.years_refusal("title", "1 2 3 4 5 6", 3) == ""


def test_bounds_may_not_cross_and_a_rate_must_be_known(wb: Workbench, ledger: int) -> None:
    line = gained(wb, ledger, "100", "JPY/year")
    (kept,) = view(wb, ledger).lines
    rows = view(wb, ledger).inputs[line]
    least = replace(rows[0], low=Decimal(90), high=Decimal(110))
    told = {(field, text): value_checks.input_refusal(kept, rows, least, field, text)
            for field, text in (("high", "120"), ("high", "80"), ("low", "101"), ("high", "99"),
                                ("value", "89"), ("value", "111"), ("value", "95"), ("low", ""))}  # fmt: skip
    assert [words[:20] for words in told.values()] == [
        "", "The low figure lies ", "The figure lies belo", "The figure lies abov", "The figure lies belo",
        "The figure lies abov", "", "",
    ]  # fmt: skip
    known = value_checks.known_rates(wb.reads, TODAY, "JPY")
    assert "no exchange rate from EUR to JPY" in value_checks.rate_refusal("EUR/hour", "JPY", known)
    assert value_checks.rate_refusal("JPY/hour", "JPY", known) == ""
    assert value_checks.rate_refusal("furlongs", "JPY", known) == ""
    exchange_rates.put(wb, "EUR", "165", TODAY)
    known = value_checks.known_rates(wb.reads, TODAY, "JPY")
    assert value_checks.rate_refusal("EUR/hour", "JPY", known) == ""


def signals(wb: Workbench) -> list[Any]:
    found = today.board(wb.reads, dt.datetime.combine(TODAY, dt.time(10), tzinfo=dt.UTC))
    return [item.signal for item in found.reasons if item.signal.rule == "no_value"]


def test_today_asks_for_proof_before_the_renewal_once_ledgers_are_kept(wb: Workbench) -> None:
    assert signals(wb) == [], "nobody keeps ledgers yet"
    made = value_heads.create(wb, 1, "2027", currency="JPY", starts_on=TODAY, now=NOW)
    (signal,) = signals(wb)
    assert signal.verb == "open_value"
    assert signal_words.title(signal) == "Prove value before the renewal"
    assert signal_words.reason(signal, TODAY) == (
        "Was due by 4 Nov, 60 days before the notice deadline; 40 days are left."
    )
    assert signal_words.verb(signal) == "Open ledger"
    line = gained(wb, made, "100", "JPY/year")
    assert len(signals(wb)) == 1, "potential is no proof"
    value_ledgers.agree(wb, line, on=TODAY, person_id=None, now=NOW)
    assert signals(wb) == []


def test_the_rail_counts_accounts_without_proof_before_their_deadline(wb: Workbench) -> None:
    assert value_choices.pressing(wb.reads, TODAY) == 1
    assert value_choices.pressing(wb.reads, TODAY - dt.timedelta(days=200)) == 0
    made = value_heads.create(wb, 1, "2027", currency="JPY", starts_on=TODAY, now=NOW)
    line = gained(wb, made, "100", "JPY/year")
    value_ledgers.agree(wb, line, on=TODAY, person_id=None, now=NOW)
    assert value_choices.pressing(wb.reads, TODAY) == 0


def test_totals_and_quality_of_the_portfolio(wb: Workbench, ledger: int) -> None:
    line = gained(wb, ledger, "1000", "JPY/year")
    value_ledgers.agree(wb, line, on=TODAY, person_id=None, now=NOW)
    value_ledgers.edit(wb, "line", line, "confidence", "measured", now=NOW)
    rows = value_choices.portfolio(wb.reads, TODAY)
    sums = value_choices.totals(wb.reads, rows, TODAY)
    assert (sums.currency, sums.yearly, sums.missing) == ("JPY", 950, ())
    assert rows[0].view is not None
    found = value_choices.quality(rows[0].view)
    assert found == value_choices.Quality(Decimal(0), 0)
    value_ledgers.edit(wb, "line", line, "fact", "proved", now=NOW)
    value_ledgers.add_evidence(wb, line, "file", "a.pdf", on=None)
    rows = value_choices.portfolio(wb.reads, TODAY)
    assert rows[0].view is not None
    assert value_choices.quality(rows[0].view) == value_choices.Quality(Decimal(1), 1)
    value_heads.edit_head(wb, ledger, {"currency": "GBP"}, now=NOW)
    rows = value_choices.portfolio(wb.reads, TODAY)
    assert value_choices.totals(wb.reads, rows, TODAY).missing == ("GBP",)


def test_choices_and_reads_take_a_fixed_number_of_statements(wb: Workbench, ledger: int) -> None:
    asked: list[str] = []

    class Counting:
        def __getattr__(self, name: str) -> object:
            asked.append(name)
            return getattr(wb.reads, name)

    value_choices.choices(Counting(), 1)  # type: ignore[arg-type]
    assert len(asked) == 4
    asked.clear()
    gained(wb, ledger, "1", "USD/year")
    value_reading.account_views(Counting(), 1, TODAY)  # type: ignore[arg-type]
    assert len(asked) == 9, "seven, and two for the rates"


@pytest.mark.parametrize(
    ("kind", "amounts", "again"),
    [
        ("setup", "864000", None), ("setup", "0 500000", None), ("training", "300000", None),
        ("training", "300000 100000 100000", "0 100000 100000"), ("internal", "0 90000 90000", "0 90000 90000"),
        ("other", "1", None), ("subscription", "0 1200000", "0 1200000"),
    ],
)  # fmt: skip
def test_what_was_spent_once_is_not_spent_again_in_a_copy(
    wb: Workbench, ledger: int, kind: str, amounts: str, again: str | None
) -> None:
    value_ledgers.add_cost(wb, ledger, "Mine", kind, amounts)
    before = view(wb, ledger)
    made = value_heads.copy(wb, ledger, "2028", starts_on=dt.date(2028, 4, 1), now=NOW)
    kept = {one.title: one.amounts for one in view(wb, made).costs}
    assert kept.get("Mine") == again
    assert len(kept) == len(before.costs) - (again is None), "contracts come along"
    assert value_heads.paid_once(before.costs) == (() if again == amounts else ("Mine",))
    assert view(wb, ledger) == before

"""Costs by contract and year in a kept ledger; what is told of days without one, renewals, unsigned grades."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from cs_workbench import i18n
from cs_workbench.reports.blocks import Look
from cs_workbench.reports.roi import book
from cs_workbench.services import (
    portfolios,
    value_exports,
    value_notices,
    value_past,
    value_reading,
    value_working,
)
from cs_workbench.services.value_reading import LedgerView
from cs_workbench.services.workbench import Workbench
from tests.builders_store import add_account, add_contract, add_interaction, add_person
from tests.builders_value import LESS_REWORK, TIME_SAVED, LedgerSpec, add_ledger

NOW = dt.datetime(2026, 11, 24, 1, 42, tzinfo=dt.UTC)
TODAY = NOW.date()
UNITS = 10_000
START = dt.date(2026, 1, 1)


@pytest.fixture
def wb(tmp_path: Path) -> Iterator[Workbench]:
    kept = i18n.language()
    i18n.set_language("en")
    with portfolios.create(str(tmp_path / "p.csw"), now=NOW, language="en", currency="JPY") as made:
        with made.change("Begin") as db:
            add_account(db, "Birch")
            add_account(db, "Alder")
        yield made
    i18n.set_language(kept)


def ledger(wb: Workbench, *contracts: tuple[str, str | None, int, str], account: int = 1) -> LedgerView:
    """A ledger from 2026 that follows the last of the account's contracts (first day, last day, a year, status)."""
    from cs_workbench.store.tables import ValueCost

    number = add_ledger(wb, account, LedgerSpec(lines=(TIME_SAVED, LESS_REWORK), costs=(), starts_on=START))
    with wb.change("contracts") as db:
        for first, last, yearly, status in contracts:
            made = add_contract(
                db, account, name=f"SO-{first[:4]}", arr=yearly * UNITS, currency="JPY", status=status, start_on=first,
                end_on=last,
            )  # fmt: skip
        db.session.add(
            ValueCost(ledger_id=number, position=0, kind="subscription", title="Licence", contract_id=made)
        )
    return value_reading.ledger_view(wb.reads, number, TODAY)


def test_a_renewal_at_another_price_leaves_the_first_year_alone(wb: Workbench) -> None:
    view = ledger(
        wb, ("2025-01-01", "2026-12-31", 1_000_000, "ended"), ("2027-01-01", "2027-12-31", 1000, "active")
    )
    signed, assumed = view.ledger.costs
    assert signed.amounts == (0, 1_000_000, 1000, 0)
    assert assumed.amounts == (0, 0, 0, 1000)
    assert (signed.confidence, assumed.confidence, assumed.assumed) == ("measured", "estimate", True)
    assert signed.source.startswith(
        "SO-2025, JPY 1,000,000 a year, until 31 Dec 2026; SO-2027, JPY 1,000 a year"
    )
    assert "From 1 Jan 2028 on nothing is signed" in " ".join(value_notices.shared(view))


def test_days_without_a_contract_count_on_neither_side(wb: Workbench) -> None:
    whole = ledger(wb, ("2026-01-01", "2028-12-31", 730_000, "active"))
    view = ledger(wb, ("2026-07-02", "2028-12-31", 730_000, "active"), account=2)
    assert view.ledger.covered == (Decimal(183) / 365, Decimal(1), Decimal(1))
    assert view.ledger.costs[0].amounts[1] == Decimal(730_000) * 183 / 365
    (line, _other), (full, _also) = view.outcome.proven, whole.outcome.proven
    assert line.flow[1] == full.flow[1] * 183 / 365
    assert line.flow[2] == full.flow[2]
    assert value_notices.gap_words(view).startswith("No contract: 1 Jan 2026–1 Jul 2026.")
    assert value_notices.gap_words(whole) == ""


@pytest.fixture
def worked(wb: Workbench) -> LedgerView:
    """A contract of two and a half of three years, with training, own hours and another cost typed by hand."""
    number = ledger(wb, ("2026-01-01", "2028-06-30", 366_000, "ended")).head.id
    typed = (("training", "Training"), ("internal", "Own hours"), ("other", "Travel"))
    with wb.change("typed") as db:
        from cs_workbench.store.tables import ValueCost

        for place, (kind, title) in enumerate(typed, 1):
            db.session.add(
                ValueCost(
                    ledger_id=number, position=place, kind=kind, title=title, amounts="1000 36600 36600 36600"
                )
            )
    return value_reading.ledger_view(wb.reads, number, TODAY)


def test_typed_hours_end_with_the_contract_unless_they_are_called_other(worked: LedgerView) -> None:
    costs = {one.title: one for one in worked.ledger.costs}
    year = Decimal(36_600) * 182 / 366
    for title in ("Training", "Own hours"):
        assert costs[title].amounts == (1000, 36_600, 36_600, year)
        assert costs[title].whole == (1000, 36_600, 36_600, 36_600)
    assert costs["Travel"].amounts == (1000, 36_600, 36_600, 36_600)
    assert costs["Licence"].amounts[3] / 366_000 == year / 36_600
    assert worked.outcome.costs_before_risk[3] == 182_000 + 2 * year + 36_600


def test_that_hours_follow_the_contract_is_told_in_working_paper_and_workbook(worked: LedgerView) -> None:
    assert "Training, Own hours. Enter as “other cost”" in " ".join(value_notices.warnings(worked))
    assert "Training and internal hours count for the days under contract." in value_notices.shared(worked)
    assert not any("“other cost”" in one for one in value_notices.shared(worked))
    made = value_working.cost(
        value_working.book(worked.ledger, worked.outcome, worked),
        next(one for one in worked.ledger.costs if one.title == "Training"),
    )
    assert [step.numbers for step in made.steps][:4] == [
        "¥1,000 × (1 + 5%)", "¥36,600 × 100.0% × (1 + 5%)", "¥36,600 × 100.0% × (1 + 5%)", "¥36,600 × 49.7% × (1 + 5%)",
    ]  # fmt: skip
    assert made.steps[3].exact == Decimal(36_600) * 182 / 366 * Decimal("1.05")
    case, _notes = value_exports.case_of(worked, "Birch", "Us", "en")
    assert case is not None
    assert [one.by_days for one in case.costs] == [False, True, True, False]
    words = value_exports.roi_facts(worked, "Birch", "Us", language="en", edition="customer")
    cached = openpyxl.load_workbook(io.BytesIO(book.render(words, Look())), data_only=True)
    told = [str(cell.value) for row in cached["Definitions"] for cell in row]
    assert any(one.startswith("Training and internal hours count for the share of each year") for one in told)
    rows = {str(row[0].value): [cell.value for cell in row] for row in cached["Costs"]}
    assert rows["Training, for a whole year"][4:7] == [36_600, 36_600, 36_600]
    assert rows["Training"][6] == pytest.approx(36_600 * 182 / 366)


def test_a_whole_contract_leaves_typed_hours_as_they_are(wb: Workbench) -> None:
    number = ledger(wb, ("2026-01-01", "2028-12-31", 1000, "active")).head.id
    with wb.change("typed") as db:
        from cs_workbench.store.tables import ValueCost

        db.session.add(
            ValueCost(ledger_id=number, position=1, kind="training", title="T", amounts="0 10 20 30")
        )
    view = value_reading.ledger_view(wb.reads, number, TODAY)
    assert view.ledger.costs[-1].amounts == (0, 10, 20, 30)
    assert view.ledger.costs[-1].whole == ()
    assert value_notices.hours_words(view) == ""


def test_a_contract_that_ended_ends_value_and_cost(wb: Workbench) -> None:
    view = ledger(wb, ("2026-01-01", "2026-12-31", 1000, "ended"))
    assert view.ledger.costs[0].amounts == (0, 1000, 0, 0)
    assert [one.flow[2:] for one in view.outcome.proven] == [(0, 0), (0, 0)]


def test_what_lies_behind_and_what_is_expected_make_the_whole(wb: Workbench) -> None:
    view = ledger(wb, ("2026-01-01", "2028-12-31", 730_000, "active"))
    assert view.outcome.result is not None
    past = value_past.so_far(view)
    first = view.outcome.benefits[1] / Decimal("1.1")
    assert past == pytest.approx(first * Decimal(327) / 365)
    ended = value_reading.ledger_view(wb.reads, view.head.id, dt.date(2029, 1, 1))
    assert value_past.so_far(ended) == pytest.approx(view.outcome.result.benefits)


@pytest.mark.parametrize("last", ["2027-01-01", "2027-06-30", None])
def test_a_renewal_takes_over_from_a_contract_that_ends_too_late(wb: Workbench, last: str | None) -> None:
    renewal = ("2027-01-01", "2028-12-31", 2_000_000, "active")
    plain = ledger(wb, ("2025-01-01", "2026-12-31", 1_000_000, "ended"), renewal)
    view = ledger(wb, ("2025-01-01", last, 1_000_000, "ended"), renewal, account=2)
    assert [one.amounts for one in view.ledger.costs] == [one.amounts for one in plain.ledger.costs]
    assert view.ledger.costs[0].amounts == (0, 1_000_000, 2_000_000, 2_000_000)
    assert "until 31 Dec 2026, then followed by SO-2027; SO-2027," in view.ledger.costs[0].source
    assert value_notices.gap_words(view) == ""


def test_a_signed_upgrade_is_a_cost_and_nothing_is_assumed_over_it(wb: Workbench) -> None:
    view = ledger(
        wb, ("2027-07-02", "2028-12-31", 2000, "active"), ("2026-01-01", "2027-12-31", 1000, "active")
    )
    (cost,) = view.ledger.costs
    assert cost.amounts[1] == 1000
    assert cost.amounts[3] == 2000
    assert "until 1 Jul 2027, then followed by SO-2027" in cost.source


def test_additions_and_contracts_without_a_day_are_told_in_both_languages(wb: Workbench) -> None:
    view = ledger(
        wb, ("2026-02-01", "2026-12-31", 100, "active"), ("2028-01-01", "2027-01-01", 7, "active"),
        ("2026-01-01", "2026-12-31", 1000, "active"),
    )  # fmt: skip
    signed, assumed = view.ledger.costs
    assert "SO-2026, JPY 100 a year, until 31 Dec 2026, beside SO-2026" in signed.source
    assert "SO-2028, JPY 7 a year, not counted: it ends before it begins" in signed.source
    assert assumed.amounts == (0, 0, 1100, 1100)
    facts = value_exports.roi_facts(view, "Birch", "Us", language="ja", edition="customer")
    assert "SO-2026と並行" in facts.ledger.costs[0].source


def test_another_language_words_the_contract_again(wb: Workbench) -> None:
    view = ledger(wb, ("2026-01-01", "2026-12-31", 1000, "active"))
    facts = value_exports.roi_facts(view, "Birch", "Us", language="ja", edition="customer")
    assert [one.title for one in facts.ledger.costs] == ["Licence", "Licence（更新を仮定）"]
    assert "年額" in facts.ledger.costs[0].source
    assert "assumed" not in facts.ledger.costs[1].source


def test_confirmed_needs_a_name_and_a_day(wb: Workbench) -> None:
    view = ledger(wb, ("2026-01-01", "2026-12-31", 1000, "active"))
    said = [one for one in value_notices.sentences(view) if "confirmed by the customer" in one]
    assert len(said) == 1
    assert LESS_REWORK.title in said[0]


def test_the_workbook_has_the_share_under_contract_and_the_cases_as_cells(
    wb: Workbench, tmp_path: Path
) -> None:
    view = ledger(wb, ("2026-07-02", "2027-12-31", 730_000, "active"))
    facts = value_exports.roi_facts(view, "Birch", "Us", language="en", edition="customer")
    path = tmp_path / "x.xlsx"
    book.write(facts, Look(), str(path))
    live, cached = openpyxl.load_workbook(path), openpyxl.load_workbook(path, data_only=True)
    for name in ("gross", "enough", "worst", "best"):
        ((sheet, cell),) = live.defined_names[f"result_{name}"].destinations
        assert str(live[sheet][cell.replace("$", "")].value).startswith("="), name
        assert isinstance(cached[sheet][cell.replace("$", "")].value, float), name
    case, _notes = value_exports.case_of(view, "Birch", "Us", "en")
    assert case is not None
    assert case.low is not None
    ((sheet, cell),) = live.defined_names["result_worst"].destinations
    assert cached[sheet][cell.replace("$", "")].value == pytest.approx(float(case.low))
    labels = [str(cell.value) for row in cached["Benefits"] for cell in row]
    assert "Share of the year under contract" in labels
    assert any("Licence, renewal assumed" in str(cell.value) for row in cached["Costs"] for cell in row)
    assert live.properties.created.date() == TODAY


def left(wb: Workbench, on: str | None, stage: str = "churned") -> None:
    """The account is recorded as lost since that day; with another stage it was won back."""
    with wb.change("left") as db:
        db.execute(
            "update account set churned_on = :on, stage = :stage where id = 1", {"on": on, "stage": stage}
        )


def test_a_customer_who_left_is_not_assumed_to_go_on(wb: Workbench) -> None:
    view = ledger(wb, ("2026-01-01", "2026-12-31", 1000, "active"))
    assert value_notices.assumed_from(view) == dt.date(2027, 1, 1)
    left(wb, "2026-09-30")
    gone = value_reading.ledger_view(wb.reads, view.head.id, TODAY)
    assert [one.amounts for one in gone.ledger.costs] == [(0, 1000, 0, 0)]  # signed is signed
    assert gone.spent.unsigned == ((dt.date(2027, 1, 1), dt.date(2028, 12, 31)),)
    assert gone.spent.gaps == ((dt.date(2026, 10, 1), dt.date(2028, 12, 31)),)
    assert value_notices.assumed_from(gone) is None
    assert [one.flow[2:] for one in gone.outcome.proven] == [(0, 0), (0, 0)]
    assert [one.flow[1] for one in gone.outcome.proven] == [
        one.flow[1] * 273 / 365 for one in view.outcome.proven
    ]


@pytest.mark.parametrize("day", ["2026-09-30", None])
def test_that_a_customer_left_is_known_from_that_day_on(wb: Workbench, day: str | None) -> None:
    view = ledger(wb, ("2026-01-01", "2026-12-31", 1000, "active"))
    left(wb, day)
    for on in (dt.date(2026, 9, 29), dt.date(2026, 9, 30)):
        then = value_reading.ledger_view(wb.reads, view.head.id, on)
        goes_on = day is not None and on.isoformat() < day
        assert (value_notices.assumed_from(then) is not None) is goes_on


def test_where_no_contract_is_to_come_no_value_a_year_is_told(wb: Workbench) -> None:
    from cs_workbench.services import value_choices, value_working

    view = ledger(wb, ("2026-01-01", "2026-12-31", 1000, "active"))
    left(wb, "2026-09-30")
    last, after = (
        value_reading.ledger_view(wb.reads, view.head.id, on)
        for on in (dt.date(2026, 9, 29), dt.date(2026, 9, 30))
    )
    assert last.outcome.delay == view.outcome.delay > 0
    assert after.outcome.delay == 0
    assert [each > 0 for each in last.outcome.benefits] == [False, True, True, True]
    assert [each > 0 for each in after.outcome.benefits] == [False, True, False, False]
    working = value_working.figure(value_working.book(after.ledger, after.outcome, after), "value")
    assert [one.rule for one in working.steps] == ["no day to come counts"]
    rows = [
        value_choices.AccountValue(1, "Birch", None, each) for each in (last, after)
    ]  # fmt: skip
    sums = [value_choices.totals(wb.reads, [row], TODAY).yearly for row in rows]
    assert sums == [view.outcome.delay * 12, 0]
    facts = value_exports.roi_facts(after, "Birch", "Us", language="en", edition="customer")
    assert "result_delay" not in openpyxl.load_workbook(io.BytesIO(book.render(facts, Look()))).defined_names


def test_two_costs_of_one_contract_are_told(wb: Workbench) -> None:
    from cs_workbench.store.tables import ValueCost

    view = ledger(wb, ("2026-01-01", "2026-12-31", 1000, "active"))
    assert value_notices.twice_words(view) == ""
    with wb.change("twice") as db:
        made = ValueCost(
            ledger_id=view.head.id, position=1, kind="other", title="Again",
            contract_id=view.costs[0].contract_id,
        )  # fmt: skip
        db.session.add(made)
    told = value_reading.ledger_view(wb.reads, view.head.id, TODAY)
    assert "counts more than once: Licence, Again" in value_notices.twice_words(told)
    assert value_notices.twice_words(told) in value_notices.sentences(told)
    assert value_notices.twice_words(told) not in value_notices.shared(told)


def test_an_earlier_day_does_not_know_what_was_agreed_later(wb: Workbench) -> None:
    from cs_workbench.store.tables import ValueLine

    view = ledger(wb, ("2026-01-01", "2026-12-31", 1000, "active"))
    agreed = dt.date(2026, 10, 23)
    with wb.change("agree") as db:
        for line in db.session.query(ValueLine):
            line.agreed_on, line.logic, line.fact = agreed, "accepted", "proved"
            line.logic_on = line.fact_on = agreed
    then, now = (
        value_reading.ledger_view(wb.reads, view.head.id, on) for on in (dt.date(2026, 3, 1), agreed)
    )
    assert (len(then.outcome.proven), len(now.outcome.proven)) == (0, 2)
    words = [
        value_exports.roi_facts(each, "B", "U", language="en", edition="internal").words
        for each in (then, now)
    ]
    said = [{one.agreed for one in each.values()} for each in words]
    assert said == [{""}, {"your company, 23 Oct 2026"}]


def test_a_price_by_the_month_is_told_in_cents(wb: Workbench) -> None:
    view = ledger(wb, ("2026-01-01", "2026-12-31", 1000, "active"))
    with wb.change("monthly") as db:
        db.execute("update contract set arr = null, mrr = 70416666")
    told = value_reading.ledger_view(wb.reads, view.head.id, TODAY)
    assert "JPY 84,500 a year" in told.ledger.costs[0].source


def test_a_customer_won_back_pays_what_was_signed(wb: Workbench) -> None:
    left(wb, "2026-03-31", stage="adoption")
    view = ledger(
        wb, ("2026-01-01", "2026-12-31", 365_000, "active"), ("2026-07-01", "2027-06-30", 365_000, "active")
    )
    assert view.ledger.costs[0].amounts[1] == 365_000
    assert view.spent.gaps == ()
    assert value_notices.assumed_from(view) == dt.date(2027, 7, 1)


@pytest.mark.parametrize("likelihood", [0, 0.15, 0.95])
def test_what_we_expect_of_a_renewal_does_not_enter(wb: Workbench, likelihood: float) -> None:
    from cs_workbench.store.tables import RenewalCall

    view = ledger(wb, ("2026-01-01", "2026-12-31", 1000, "active"))
    with wb.change("call") as db:
        call = RenewalCall(
            account_id=1, term_end=dt.date(2026, 12, 31), category="at_risk", likelihood=likelihood,
            said_on=TODAY, created_at=NOW,
        )  # fmt: skip
        db.session.add(call)
    assert value_reading.ledger_view(wb.reads, view.head.id, TODAY) == view
    assert value_reading.newest_views(wb.reads, TODAY)[0].ledger == view.ledger


def test_a_contract_that_ended_but_says_it_runs_is_told(wb: Workbench) -> None:
    running = ledger(wb, ("2026-01-01", "2026-12-31", 1000, "active"))
    assert value_notices.ended_words(running) == ""
    then = value_reading.ledger_view(wb.reads, running.head.id, dt.date(2027, 10, 1))
    assert "ended on 31 Dec 2026, yet it is taken to go on" in value_notices.ended_words(then)
    assert value_notices.ended_words(then) in value_notices.sentences(then)


def test_payback_never_lies_before_the_contract(wb: Workbench) -> None:
    """Set-up is paid on the first day; the contract begins in the second half of the year."""
    from cs_workbench.store.tables import ValueCost

    view = ledger(wb, ("2026-07-02", "2028-12-31", 1000, "active"))
    with wb.change("set-up") as db:
        db.session.add(
            ValueCost(ledger_id=view.head.id, position=1, kind="setup", title="Set-up", amounts="1000000")
        )
    told = value_reading.ledger_view(wb.reads, view.head.id, TODAY)
    assert told.ledger.under == (((Decimal(182) / 365, 1),), ((0, 1),), ((0, 1),))
    result, outcome = told.outcome.result, told.outcome
    assert result is not None
    assert result.payback is not None
    net = outcome.benefits[1] - outcome.costs[1]
    share = outcome.costs[0] / net
    assert result.payback == pytest.approx((182 + share * 183) / 365)
    words = value_exports.roi_facts(told, "Birch", "Us", language="en", edition="customer")
    cached = openpyxl.load_workbook(io.BytesIO(book.render(words, Look())), data_only=True)
    sheet, cell = cached.defined_names["result_payback"].attr_text.split("!")
    assert cached[sheet.strip("'")][cell.replace("$", "")].value == pytest.approx(12 * float(result.payback))


def test_costs_of_a_trial_are_told(wb: Workbench) -> None:
    view = ledger(wb, ("2026-01-01", "2026-12-31", 1000, "active"))
    assert value_notices.trial_words(view) == ""
    with wb.change("trial") as db:
        db.execute("update contract set is_trial = 1")
    told = value_reading.ledger_view(wb.reads, view.head.id, TODAY)
    assert value_notices.trial_words(told) == "Follows a trial, charged at its full price: Licence."


def test_an_earlier_day_is_warned_of_figures_of_later(wb: Workbench) -> None:
    view = ledger(wb, ("2026-01-01", "2026-12-31", 1000, "active"))
    then = value_reading.ledger_view(wb.reads, view.head.id, dt.date(2026, 3, 1))
    assert value_notices.later_words(view) == ""
    assert TIME_SAVED.title in value_notices.later_words(then)
    words = value_exports.roi_facts(then, "B", "U", language="en", edition="internal").words
    assert [one.evidence for one in words.values()] == [(), ()]
    assert [len(one) for one in then.evidence.values()] == [2, 1]  # still there to be edited


def test_an_agreement_without_a_contact_is_told_inside_only(wb: Workbench) -> None:
    from cs_workbench.store.tables import InteractionPerson, ValueLine

    view = ledger(wb, ("2026-01-01", "2026-12-31", 1000, "active"))
    assert value_notices.unmet_words(view) == ""
    with wb.change("agree") as db:
        person = add_person(db, 1, "Marcus Venn")
        for line in db.session.query(ValueLine):
            line.agreed_by_id = person
    told = value_reading.ledger_view(wb.reads, view.head.id, TODAY)
    words = value_notices.unmet_words(told)
    assert words.startswith("Marcus Venn agreed to 2 lines, yet no contact")
    assert words in value_notices.sentences(told)
    assert words not in value_notices.shared(told)
    with wb.change("talk") as db:
        db.session.add(InteractionPerson(interaction_id=add_interaction(db, 1), person_id=person))
    met = value_reading.ledger_view(wb.reads, view.head.id, TODAY)
    assert value_notices.unmet_words(met) == ""


def test_nothing_is_assumed_of_an_account_in_a_closed_stage(wb: Workbench) -> None:
    view = ledger(wb, ("2026-01-01", "2026-12-31", 1000, "active"))
    with wb.change("stage") as db:
        db.execute(
            "update account set stage = (select key from list_item where list = 'stage' and data ->> 'closed')"
        )
    told = value_reading.ledger_view(wb.reads, view.head.id, TODAY)
    assert value_notices.assumed_from(told) is None


def test_the_sums_say_how_many_ledgers_do_not_know_their_cost(wb: Workbench) -> None:
    from cs_workbench.services import value_choices

    ledger(wb, ("2026-01-01", "2026-12-31", 1000, "active"))
    ledger(wb, ("2026-01-01", "2026-12-31", 1000, "active"), account=2)
    with wb.change("unknown") as db:
        db.execute("update contract set currency = 'CHF' where account_id = 2")
    rows = value_choices.portfolio(wb.reads, TODAY)
    sums = value_choices.totals(wb.reads, rows, TODAY)
    assert sums.unknown == 1
    assert sums.yearly == sum(row.view.outcome.delay * 12 for row in rows if row.view)
    assert sums.benefits == next(
        row.view.outcome.result.benefits for row in rows if row.view and row.view.outcome.result
    )


def test_a_contract_cut_long_before_its_signed_end_is_told_to_both_sides(wb: Workbench) -> None:
    view = ledger(
        wb, ("2026-01-01", "2026-12-31", 365_000, "active"), ("2026-07-01", "2029-06-30", 365_000, "active")
    )
    words = value_notices.replaced_words(view)
    assert "on 1 Jul 2026, although it is signed to 31 Dec 2026: if both are paid" in words
    assert words.endswith("the cost is ¥175,636 higher (present value after risk).")  # 184,000 × 1.05 ÷ 1.1
    assert words in value_notices.warnings(view)
    assert words in value_notices.shared(view)


def test_a_handover_of_days_is_not_told(wb: Workbench) -> None:
    view = ledger(
        wb, ("2026-01-01", "2026-12-31", 365_000, "active"), ("2026-12-10", "2029-06-30", 365_000, "active")
    )
    assert value_notices.replaced_words(view) == ""


def test_figures_of_later_are_told_of_lines_that_count(wb: Workbench) -> None:
    from cs_workbench.store.tables import ValueInput, ValueLine

    view = ledger(wb, ("2026-01-01", "2026-12-31", 1000, "active"))
    day = TODAY + dt.timedelta(days=1)
    with wb.change("later") as db:
        for row in db.session.query(ValueInput):
            row.as_of = day
        for line in db.session.query(ValueLine):
            line.agreed_on = day if line.position == 0 else TODAY
            line.logic, line.fact = "open", "open"
    told = value_reading.ledger_view(wb.reads, view.head.id, TODAY)
    (counted,) = told.outcome.proven
    assert value_notices.later_words(told).endswith(f"nobody knew them then: {counted.benefit.title}.")

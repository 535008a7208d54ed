"""Contracts behind a ledger's cost: below zero, drafts, called off, without a number, of a customer who has left."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from cs_workbench import i18n
from cs_workbench.services import (
    portfolios,
    value_choices,
    value_contracts,
    value_documents,
    value_exports,
    value_notices,
    value_ratio,
    value_reading,
    value_words,
)
from cs_workbench.services.value_reading import LedgerView
from cs_workbench.services.workbench import Workbench
from tests.builders_store import add_account, add_contract
from tests.builders_value import LESS_REWORK, TIME_SAVED, LedgerSpec, add_ledger

NOW = dt.datetime(2026, 11, 24, 1, 42, tzinfo=dt.UTC)
TODAY = NOW.date()
NOW_TEXT = "2026-11-24T00:00:00Z"
UNITS = 10_000
SIGNED = {"start": "2026-01-01", "end": "2027-06-30"}


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


def contract(
    wb: Workbench, *, start: str, end: str | None = None, arr: int = 1_000_000, status: str = "active",
    account: int = 1, recorded: str = "2026-11-24", **values: object,
) -> int:  # fmt: skip
    """A contract of so much a year, recorded on a day."""
    with wb.change("contract") as db:
        return add_contract(
            db, account, arr=arr * UNITS, currency="JPY", status=status, start_on=start, end_on=end,
            created_at=f"{recorded}T00:00:00Z", updated_at=NOW_TEXT, **{"name": f"SO-{start[:4]}", **values},
        )  # fmt: skip


def ledger(wb: Workbench, follows: int, *, account: int = 1) -> int:
    """A ledger from 2026 on whose only cost follows a contract."""
    from cs_workbench.store.tables import ValueCost

    spec = LedgerSpec(lines=(TIME_SAVED, LESS_REWORK), costs=(), starts_on=dt.date(2026, 1, 1))
    number = add_ledger(wb, account, spec)
    with wb.change("cost") as db:
        db.session.add(
            ValueCost(ledger_id=number, position=0, kind="subscription", title="Licence", contract_id=follows)
        )
    return number


def seen(wb: Workbench, number: int, on: dt.date = TODAY) -> LedgerView:
    return value_reading.ledger_view(wb.reads, number, on)


def account_is(wb: Workbench, stage: str, on: str | None) -> None:
    with wb.change("stage") as db:
        db.execute("update account set stage = :s, churned_on = :on where id = 1", {"s": stage, "on": on})


# -- a contract below zero, figures nobody can mean


@pytest.mark.parametrize("arr", [-200_000, -5])
def test_a_contract_below_zero_makes_its_cost_unknown_and_says_what_to_do(wb: Workbench, arr: int) -> None:
    main = contract(wb, **SIGNED)
    number = ledger(wb, main)
    assert seen(wb, number).outcome.result is not None
    contract(wb, start="2026-10-01", end="2027-06-30", arr=arr, name="SO-CREDIT", plan="Credit")
    view = seen(wb, number)
    assert view.outcome.result is None
    assert view.ledger.costs == ()
    (trouble,) = view.cost_troubles.values()
    said = value_words.trouble_words(trouble)
    assert said.startswith("“SO-CREDIT” is below zero: enter the net price")
    assert "(the contract of 1 Oct 2026 has an amount that cannot be counted)" in page(wb, number, "en")
    assert "（2026/10/1からの契約の金額を確認中）" in page(wb, number, "ja")
    assert value_notices.assumed_words(view) == ""
    assert value_ratio.ratio(view) is None


def test_a_cost_typed_below_zero_is_unknown_as_well(wb: Workbench) -> None:
    from cs_workbench.store.tables import ValueCost

    number = ledger(wb, contract(wb, **SIGNED))
    with wb.change("typed") as db:
        db.session.add(
            ValueCost(ledger_id=number, position=1, kind="other", title="Refund", amounts="0 -5 0 0")
        )
    view = seen(wb, number)
    assert view.outcome.result is None
    assert [value_words.trouble_words(one)[:20] for one in view.cost_troubles.values()] == [
        "“Refund” is negative"
    ]


def test_one_ledger_does_not_stop_the_others(wb: Workbench) -> None:
    """Score, the portfolio of value and the count beside its name read all ledgers at once."""
    bad = ledger(wb, contract(wb, start="2026-01-01", end="2027-06-30", arr=-200_000))
    good = ledger(wb, contract(wb, **SIGNED, account=2), account=2)
    ratios = value_ratio.measured(wb.reads, TODAY)
    assert ratios[1][0] is None
    assert ratios[2][0] == pytest.approx(float(value_ratio.ratio(seen(wb, good)) or 0))
    rows = value_choices.portfolio(wb.reads, TODAY)
    sums = value_choices.totals(wb.reads, rows, TODAY)
    assert (sums.unknown, sums.costs > 0) == (1, True)
    assert value_choices.pressing(wb.reads, TODAY) == 0
    assert value_notices.sentences(seen(wb, bad))


def test_what_no_rule_foresees_is_that_ledger_s_own_trouble(wb: Workbench) -> None:
    bad = ledger(wb, contract(wb, **SIGNED))
    good = ledger(wb, contract(wb, **SIGNED, account=2), account=2)
    with wb.change("rate") as db:
        db.execute("update value_ledger set rate = '-1' where id = :id", {"id": bad})
    views = {view.head.id: view for view in value_reading.portfolio_views(wb.reads, TODAY)}
    assert views[good].outcome.result is not None
    unread = views[bad]
    assert (unread.outcome.proven, unread.outcome.result) == ((), None)
    assert {value_words.trouble_words(one) for one in unread.cost_troubles.values()} == {
        "“Licence” cannot be computed: check its figures."
    }
    assert set(unread.troubles) == {line.id for line in unread.lines}
    assert value_ratio.measured(wb.reads, TODAY)[1][0] is None


@pytest.mark.parametrize("value", [1e300, 9e999])
def test_a_reading_nobody_can_mean_stops_nothing(wb: Workbench, value: float) -> None:
    number = ledger(wb, contract(wb, **SIGNED))
    with wb.change("reading") as db:
        for name, role in (("users", "active_users"), ("ratio", "value_ratio")):
            db.execute(
                "insert into metric (key, name, family, role) values (:k, :k, :k, :r)", {"k": name, "r": role}
            )
            db.execute(
                """insert into reading (account_id, metric_id, day, value)
                   select 1, id, 20770, :v from metric where key = :k""",
                {"k": name, "v": value},
            )
        db.execute("update value_input set metric_id = 1 where name = 'users'")
    view = seen(wb, number)
    assert [value_words.trouble_words(one) for one in view.troubles.values()] == [
        "“Active users” has no figure yet."
    ]
    assert [one.benefit.title for one in view.outcome.proven] == [LESS_REWORK.title]
    assert view.imported is None
    assert any("impossibly large" in one for one in value_notices.sentences(view))
    assert value_ratio.measured(wb.reads, TODAY)[1][0] is not None


# -- what nobody signed, or what was called off


@pytest.mark.parametrize("status", ["draft", "churned", "ended"])
def test_what_never_began_is_no_term_and_is_named(wb: Workbench, status: str) -> None:
    number = ledger(wb, contract(wb, **SIGNED))
    before = seen(wb, number)
    contract(wb, start="2027-07-01", end="2028-06-30", arr=2_000_000, status=status, name="Renewal offer")
    view = seen(wb, number)
    assert view.outcome.result == before.outcome.result
    assert "Renewal offer" in value_contracts.void_words(view)
    assert value_contracts.void_words(view) in value_notices.warnings(view)
    shown = [*value_notices.shared(view), *(one.source for one in view.ledger.costs)]
    assert not any("Renewal offer" in words for words in shown)  # our offer stays with us


def test_a_draft_counts_on_no_day_though_its_first_has_passed(wb: Workbench) -> None:
    number = ledger(wb, contract(wb, **SIGNED))
    before = seen(wb, number)
    contract(wb, start="2026-03-01", end="2027-02-28", arr=9_000_000, status="draft", name="Offer")
    assert seen(wb, number).outcome.result == before.outcome.result


@pytest.mark.parametrize(
    ("changed", "counts"), [("", False), ("2026-02-01", False), ("2026-03-01", True), ("2026-11-01", True)]
)
def test_one_called_off_before_it_began_never_ran(wb: Workbench, changed: str, counts: bool) -> None:
    """What was called off after its first day did run, whenever its row was touched since; never seen active: no."""
    number = ledger(wb, contract(wb, **SIGNED))
    called_off(
        wb,
        contract(
            wb, start="2026-03-01", end="2026-05-31", status="churned", name="SO-X", plan="Add-on",
            recorded="2026-01-01",
        ),
        changed,
    )  # fmt: skip
    view = seen(wb, number)
    assert (view.ledger.costs[0].amounts[1] > 1_000_000) is counts
    assert (value_contracts.void_words(view) == "") is counts


def called_off(wb: Workbench, number: int, on: str, old: str = "active") -> None:
    """As the record of changes has it: no longer active since a day; "": nothing is known of that."""
    if on:
        with wb.change("log") as db:
            db.execute(
                """insert into audit (at, step, entity, entity_id, field, old, new)
                   values (:at, 'Edit', 'contract', :id, 'status', :old, 'churned')""",
                {"at": f"{on}T00:00:00Z", "id": number, "old": old},
            )


def test_touching_the_row_later_brings_nothing_back(wb: Workbench) -> None:
    number = ledger(wb, contract(wb, **SIGNED))
    later = dt.date(2027, 10, 1)
    before = seen(wb, number, later).outcome.result
    off = contract(wb, start="2027-07-01", end="2028-06-30", status="churned", name="SO-X")
    assert seen(wb, number, later).outcome.result == before
    with wb.change("note") as db:
        db.execute(
            "update contract set note = 'x', updated_at = '2027-09-01T00:00:00Z' where id = :i", {"i": off}
        )
    view = seen(wb, number, later)
    assert view.outcome.result == before
    assert "SO-X" in value_contracts.void_words(view)


def test_the_record_of_changes_knows_that_one_ran(wb: Workbench) -> None:
    """An edit of its status is on record by itself; a draft that was given up was never active."""
    number = ledger(wb, contract(wb, **SIGNED))
    one = contract(wb, start="2026-02-01", end="2027-05-31", name="SO-X", plan="Lab")
    paid = seen(wb, number).ledger.costs[0].amounts[1]
    with wb.change("Edit") as db:
        db.execute("update contract set status = 'churned' where id = :i", {"i": one})
    assert wb.reads.one("select count(*) from audit where entity = 'contract'") == (1,)
    assert seen(wb, number).ledger.costs[0].amounts[1] == paid
    draft = contract(
        wb, start="2026-02-01", end="2026-02-28", status="churned", name="Draft", recorded="2026-11-01"
    )
    called_off(wb, draft, "2026-11-02", old="draft")
    assert "Draft" in value_contracts.void_words(seen(wb, number))


# -- cancelled and issued anew


@pytest.mark.parametrize("status", ["churned", "ended"])
@pytest.mark.parametrize(
    ("start", "end", "plan"),
    [
        ("2026-01-01", "2027-06-30", None),
        ("2026-02-01", "2027-07-31", None),
        ("2026-07-01", "2028-06-30", "Team"),  # of the same product
        ("2026-07-01", None, "Team"),
    ],
)
def test_a_cancelled_order_beside_the_one_that_runs_counts_nothing(
    wb: Workbench, start: str, end: str | None, plan: str | None, status: str
) -> None:
    number = ledger(wb, contract(wb, **SIGNED, plan="Team"))
    before = seen(wb, number)
    contract(wb, start=start, end=end, plan=plan, status=status, name="Order 4711", arr=1_200_000)
    view = seen(wb, number)
    assert (view.outcome.result, view.outcome.costs) == (before.outcome.result, before.outcome.costs)
    assert "Order 4711" in value_contracts.void_words(view)
    assert value_contracts.void_words(view) in value_notices.warnings(view)
    shown = [*value_notices.shared(view), *(one.source for one in view.ledger.costs)]
    assert not any("Order 4711" in words for words in shown)


def test_an_add_on_that_ran_out_beside_the_contract_was_paid(wb: Workbench) -> None:
    number = ledger(wb, contract(wb, **SIGNED, plan="Team"))
    contract(wb, start="2026-03-01", end="2026-05-31", plan="Lab", status="ended", arr=365_000)
    view = seen(wb, number)
    assert view.ledger.costs[0].amounts[1] == 1_000_000 + 92_000
    assert value_contracts.void_words(view) == ""


# -- add-ons that ended long ago, or end sooner


def test_an_old_add_on_is_not_taken_to_go_on_and_is_named(wb: Workbench) -> None:
    number = ledger(wb, contract(wb, **SIGNED, plan="Team"))
    before = seen(wb, number)
    contract(wb, start="2025-04-01", end="2026-03-31", arr=73_000, name="Add-on 2025")
    view = seen(wb, number)
    assert view.ledger.costs[0].amounts == (0, 1_000_000 + 200 * 90, *before.ledger.costs[0].amounts[2:])
    assert view.ledger.costs[1].amounts == before.ledger.costs[1].amounts
    said = value_contracts.lapsed_words(view)
    assert said.startswith("Over, and not taken to go on beside what runs: Add-on 2025.")
    assert said in value_notices.warnings(view)
    assert value_notices.assumed_words(view) == value_notices.assumed_words(before)
    assert value_contracts.lapsed_words(before) == ""
    assert "Nothing is signed from 1 Jul 2027" in page(wb, number, "en")


def test_the_main_contract_goes_on_though_a_small_one_still_runs(wb: Workbench) -> None:
    number = ledger(wb, contract(wb, start="2026-01-01", end="2026-10-31", plan="Team"))
    before = seen(wb, number).outcome.costs
    contract(wb, start="2026-06-01", end="2027-05-31", arr=36_500, plan="Lab", name="Add-on")
    view = seen(wb, number)
    assert view.outcome.costs[1] > before[1]
    assert value_contracts.lapsed_words(view) == ""


def test_one_that_only_ends_sooner_is_called_by_name(wb: Workbench) -> None:
    number = ledger(wb, contract(wb, **SIGNED, plan="Team", name="SO-1"))
    contract(wb, start="2026-02-01", end="2027-03-31", arr=36_500, plan="Lab", name="Add-on")
    view = seen(wb, number)
    assert value_notices.assumed_from(view) == dt.date(2027, 7, 1)
    said = value_notices.assumed_words(view)
    assert said.startswith("Add-on ends on 31 Mar 2027: the same price is assumed after it.")
    assert "From 1 Jul 2027 on nothing is signed" in said
    assert "SO-1 ends" not in said
    english = page(wb, number, "en")
    assert "Nothing is signed from 1 Jul 2027" in english
    assert "Add-on ends on 31 Mar 2027" in english
    assert "Add-onは2027/3/31まで" in page(wb, number, "ja")


def test_a_past_day_still_knows_what_ran_since(wb: Workbench) -> None:
    """A contract that is over today had not begun then, and it did begin."""
    first = contract(wb, start="2026-01-01", end="2026-06-30", status="ended")
    contract(wb, start="2026-07-01", end="2026-10-31", arr=2_000_000, status="ended")
    view = seen(wb, ledger(wb, first), dt.date(2026, 5, 1))
    assert view.spent.void == ()
    assert view.ledger.costs[0].amounts[1] > 1_000_000


def test_a_cost_that_follows_a_draft_takes_the_signed_contracts(wb: Workbench) -> None:
    contract(wb, **SIGNED)
    view = seen(
        wb, ledger(wb, contract(wb, start="2027-01-01", end="2027-12-31", status="draft", name="Offer"))
    )
    assert [one.amounts[1] for one in view.ledger.costs if not one.assumed] == [1_000_000]
    assert not any("Offer" in one.source for one in view.ledger.costs)


# -- customers who have left


def test_no_value_after_the_day_they_left_and_the_price_to_its_end(wb: Workbench) -> None:
    number = ledger(wb, contract(wb, **SIGNED))
    before = seen(wb, number)
    account_is(wb, "churned", "2026-09-30")
    view = seen(wb, number)
    assert view.outcome.costs[1:3] == pytest.approx([Decimal(1_050_000), Decimal(1_050_000) * 181 / 365])
    assert view.outcome.benefits[1] == pytest.approx(before.outcome.benefits[1] * 273 / 365)
    assert view.outcome.benefits[2:] == (0, 0)
    assert view.outcome.delay == 0
    assert value_contracts.left_words(view).startswith("Left on 30 Sep 2026: no value is counted after it")
    assert value_contracts.left_words(view) in value_notices.shared(view)
    assert view.spent.unsigned == ((dt.date(2027, 7, 1), dt.date(2028, 12, 31)),)
    rows = [value_choices.AccountValue(1, "Birch", None, view)]
    assert value_choices.totals(wb.reads, rows, TODAY).yearly == 0


def test_the_day_before_nobody_knew(wb: Workbench) -> None:
    number = ledger(wb, contract(wb, **SIGNED))
    on = dt.date(2026, 9, 29)
    before = seen(wb, number, on)
    account_is(wb, "churned", "2026-09-30")
    assert seen(wb, number, on).outcome == before.outcome
    assert value_contracts.left_words(seen(wb, number, on)) == ""
    assert value_contracts.left_words(seen(wb, number, dt.date(2026, 9, 30))) != ""


def test_one_won_back_is_a_customer(wb: Workbench) -> None:
    number = ledger(wb, contract(wb, **SIGNED))
    before = seen(wb, number)
    account_is(wb, "adoption", "2026-09-30")
    assert seen(wb, number).outcome == before.outcome


@pytest.mark.parametrize("status", ["active", "churned", "ended"])
def test_without_a_last_day_the_price_ends_when_they_left(wb: Workbench, status: str) -> None:
    number = ledger(wb, contract(wb, start="2026-01-01", status=status))
    account_is(wb, "churned", "2026-09-30")
    view = seen(wb, number)
    assert view.ledger.costs[0].amounts == (0, Decimal(1_000_000) * 273 / 365, 0, 0)
    assert view.outcome.benefits[2:] == (0, 0)
    assert "ended 30 Sep 2026" in view.ledger.costs[0].source
    assert value_contracts.undated_words(view) == ""


@pytest.mark.parametrize("status", ["churned", "ended"])
def test_one_that_is_over_without_a_last_day_counts_until_today(wb: Workbench, status: str) -> None:
    view = seen(wb, ledger(wb, contract(wb, start="2026-01-01", status=status)))
    assert view.ledger.costs[0].amounts == (0, Decimal(1_000_000) * 328 / 365, 0, 0)
    assert view.outcome.benefits[2:] == (0, 0)
    said = value_contracts.undated_words(view)
    assert said.startswith("Over, but without a last day on record: SO-2026. Counted until 24 Nov 2026")
    assert said in value_notices.warnings(view)
    assert (
        value_contracts.undated_words(seen(wb, ledger(wb, contract(wb, **SIGNED, account=2), account=2)))
        == ""
    )


def test_they_left_on_a_day_nobody_wrote_down(wb: Workbench) -> None:
    number = ledger(wb, contract(wb, **SIGNED))
    account_is(wb, "churned", None)
    view = seen(wb, number)
    assert view.outcome.delay == 0
    assert value_contracts.left_words(view).endswith("after 24 Nov 2026. Enter the day they left.")


def test_a_renewal_that_would_begin_after_they_left_never_ran(wb: Workbench) -> None:
    number = ledger(wb, contract(wb, **SIGNED))
    contract(wb, start="2027-07-01", end="2028-06-30", arr=2_000_000)
    account_is(wb, "churned", "2026-09-30")
    view = seen(wb, number)
    assert view.ledger.costs[0].amounts[3] == 0
    assert "SO-2027" in value_contracts.void_words(view)


def test_typed_costs_alone_know_that_they_left(wb: Workbench) -> None:
    number = add_ledger(wb, 1, LedgerSpec(lines=(TIME_SAVED,), starts_on=dt.date(2026, 1, 1)))
    account_is(wb, "churned", "2026-09-30")
    view = seen(wb, number)
    assert view.outcome.benefits[2:] == (0, 0)
    assert view.outcome.costs[2] > 0  # typed as signed
    assert view.spent.unsigned == ()


def test_the_customer_reads_that_they_left(wb: Workbench) -> None:
    number = ledger(wb, contract(wb, **SIGNED))
    account_is(wb, "churned", "2026-09-30")
    for language, words in (
        ("en", "You left on 30 Sep 2026: no value"),
        ("ja", "2026/9/30にご解約のため"),
    ):
        assert words in page(wb, number, language)
    assert "A month without it costs" not in page(wb, number, "en")


# -- what contracts are called, and those taken as replaced


@pytest.mark.parametrize(
    ("plan", "called"),
    [("Standard", "Standard"), (None, "contract from 1 Jul 2027"), ("", "contract from 1 Jul 2027")],
)
def test_a_number_made_up_at_import_is_never_shown(wb: Workbench, plan: str | None, called: str) -> None:
    number = ledger(wb, contract(wb, **SIGNED))
    contract(
        wb, start="2027-07-01", end="2028-06-30", arr=90_000, name=None, plan=plan, source="files",
        external_id="birchltd#main",
    )  # fmt: skip
    view = seen(wb, number)
    told = view.ledger.costs[0]
    assert [one.name for one in told.prices][-1] == called
    assert called in told.source
    everything = [told.source, *page(wb, number, "en").splitlines(), *value_notices.sentences(view)]
    assert not any("#main" in words or "birchltd" in words for words in everything)
    assert called in page(wb, number, "en")


def test_it_is_called_by_its_first_day_in_japanese(wb: Workbench) -> None:
    number = ledger(wb, contract(wb, **SIGNED))
    contract(wb, start="2027-07-01", end="2028-06-30", name=None, source="files", external_id="birch#main")
    assert "2027/7/1からの契約" in page(wb, number, "ja")


@pytest.mark.parametrize(
    ("end", "en", "ja"),
    [
        ("2026-12-31", "although it is signed to 31 Dec 2026", "契約期間は2026/12/31までですが"),
        (None, "although it has no end date", "期限の定めはありませんが"),
    ],
)
def test_contracts_taken_as_replaced_are_told_on_the_page(
    wb: Workbench, end: str | None, en: str, ja: str
) -> None:
    contract(wb, start="2026-01-01", end=end, arr=365_000)
    number = ledger(wb, contract(wb, start="2026-07-01", end="2029-06-30", arr=365_000, name="New"))
    assert en in page(wb, number, "en")
    assert ja in page(wb, number, "ja")
    assert "higher (present value after risk)" in page(wb, number, "en")


def page(wb: Workbench, number: int, language: str) -> str:
    """The customer's page as text."""
    out = Path(wb.path).parent / "out"
    made = value_documents.export(
        wb, 1, formats=("md",), as_of=TODAY, out_dir=str(out), now=NOW, ledger_id=number, language=language
    )
    return Path(made.files[0]).read_text(encoding="utf-8").replace("\N{NO-BREAK SPACE}", " ")


def test_without_a_ledger_to_tell_nothing_is_said(wb: Workbench) -> None:
    view = seen(wb, ledger(wb, contract(wb, **SIGNED)))
    said = (
        value_contracts.left_words(view),
        value_contracts.void_words(view),
        value_contracts.undated_words(view),
    )
    assert said == ("", "", "")
    facts = value_exports.roi_facts(view, "Birch", "Us", language="en", edition="customer")
    assert (facts.left, facts.replaced) == (None, "")

"""Value ledgers: written as named steps, refused where typed, read back and computed with what is left out said."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from cs_workbench.domain.value_ledger import LineFault
from cs_workbench.errors import InvalidValue, NotFound
from cs_workbench.services import (
    portfolios,
    value_checks,
    value_choices,
    value_heads,
    value_ledgers,
    value_reading,
)
from cs_workbench.services.value_ledgers import Entity
from cs_workbench.services.value_reading import LedgerView
from cs_workbench.services.workbench import Workbench
from tests.builders_store import add_account, add_contract, add_metric, add_person, state

NOW = dt.datetime(2026, 11, 24, 1, 42, tzinfo=dt.UTC)
TODAY = NOW.date()
FORMULA = "users * hours * weeks * price * capture"
FIGURES = {"users": ("58", "people"), "hours": ("1.5", "hours/week/person"), "weeks": ("48", "weeks/year"),
           "price": ("4,000", "円/時間"), "capture": ("50%", "")}  # fmt: skip


@pytest.fixture
def wb(tmp_path: Path) -> Iterator[Workbench]:
    with portfolios.create(str(tmp_path / "p.csw"), now=NOW, language="en") as workbench:
        with workbench.change("fill") as db:
            add_account(db)
            add_account(db, "Birch")
            add_person(db, 1, "石井 健一")
            add_contract(db, 1, name="Team", arr=15_072_000_000, currency="JPY", status="active")
            add_contract(db, 1, name="Old", arr=10_000, currency="JPY", status="ended")
            add_metric(db, "active_users")
            db.execute("insert into reading (account_id, metric_id, day, value) values (1, 1, 20700, 41)")
        yield workbench


@pytest.fixture
def ledger(wb: Workbench) -> int:
    """A ledger of account 1 with its contract as cost."""
    return value_heads.create(wb, 1, "2027", currency="JPY", starts_on=dt.date(2027, 4, 1), now=NOW)


def view(wb: Workbench, ledger: int) -> LedgerView:
    return value_reading.ledger_view(wb.reads, ledger, TODAY)


def fill(wb: Workbench, ledger: int) -> int:
    """A whole benefit; returns its id."""
    line = value_ledgers.add_line(wb, ledger, "Time saved", FORMULA)
    for row in view(wb, ledger).inputs[line]:
        value, unit = FIGURES[row.name]
        value_ledgers.edit(wb, "input", row.id, "value", value, now=NOW)
        value_ledgers.edit(wb, "input", row.id, "unit", unit, now=NOW)
    return line


def test_a_ledger_starts_with_the_running_contracts(wb: Workbench, ledger: int) -> None:
    found = view(wb, ledger)
    assert [(cost.title, cost.yearly) for cost in found.costs] == [("Team", Decimal(1_507_200))]
    assert found.outcome.costs_before_risk == (0, *[Decimal(1_507_200)] * 3)
    assert found.outcome.result is not None
    assert found.outcome.result.benefits == 0


def test_a_new_line_has_an_input_for_every_name(wb: Workbench, ledger: int) -> None:
    line = value_ledgers.add_line(wb, ledger, "Time saved", FORMULA)
    found = view(wb, ledger)
    assert [row.name for row in found.inputs[line]] == list(FIGURES)
    assert found.troubles[line].missing == "value"
    assert found.troubles[line].words == "users"
    assert found.ledger.benefits == ()


def test_a_changed_formula_asks_for_its_new_names_and_keeps_the_old(wb: Workbench, ledger: int) -> None:
    line = fill(wb, ledger)
    value_ledgers.edit(wb, "line", line, "formula", "users * 件数", now=NOW)
    assert [row.name for row in view(wb, ledger).inputs[line]] == [*FIGURES, "件数"]


def test_only_what_is_agreed_or_graded_counts(wb: Workbench, ledger: int) -> None:
    line = fill(wb, ledger)
    found = view(wb, ledger)
    assert found.troubles == {}
    assert [one.yearly for one in found.outcome.potential] == [Decimal(8_352_000)]
    assert found.outcome.proven == ()
    value_ledgers.agree(wb, line, on=TODAY, person_id=1, now=NOW)
    found = view(wb, ledger)
    assert [one.yearly for one in found.outcome.proven] == [Decimal(8_352_000)]
    assert (found.lines[0].agreed_on, found.lines[0].agreed_by) == (TODAY, "石井 健一")
    value_ledgers.agree(wb, line, on=None, person_id=1, now=NOW)
    value_ledgers.edit(wb, "line", line, "logic", "accepted", now=NOW)
    value_ledgers.edit(wb, "line", line, "fact", "proved", now=NOW)
    found = view(wb, ledger)
    assert (len(found.outcome.proven), found.lines[0].agreed_by) == (1, "")


def test_an_input_follows_only_a_metric_of_its_unit(wb: Workbench, ledger: int) -> None:
    line = fill(wb, ledger)
    users, hours, _weeks, price, share = view(wb, ledger).inputs[line]
    with wb.change("role") as db:
        db.execute("update metric set role = 'active_users'")
    steps = len(wb.history())
    with pytest.raises(InvalidValue) as refused:
        value_ledgers.follow(wb, price.id, 1, now=NOW)
    assert refused.value.code == "unit"
    assert refused.value.where == {"field": "metric"}
    assert refused.value.message == (
        "“active_users” is read in people, “price” is in 円/時間: choose another metric, or correct the unit first."
    )
    with pytest.raises(InvalidValue):
        value_ledgers.follow(wb, hours.id, 1, now=NOW)
    assert len(wb.history()) == steps
    assert view(wb, ledger).inputs[line][3].value == 4000
    for row in (users, share):  # a share without its % says nothing
        value_ledgers.follow(wb, row.id, 1, now=NOW)
    (metric,) = value_choices.choices(wb.reads, 1).metrics
    assert (metric.name, metric.unit) == ("active_users", "people")
    followed = view(wb, ledger).inputs[line][0]
    assert value_checks.follow_refusal(followed, (metric,), "unit", "JPY")
    assert not value_checks.follow_refusal(followed, (metric,), "unit", "users/week")
    assert not value_checks.follow_refusal(price, (metric,), "unit", "JPY/day")
    assert value_checks.follow_refusal(price, (metric,), "metric", "1")
    assert not value_checks.follow_refusal(price, (metric,), "metric", "")
    assert not value_checks.follow_refusal(price, (metric,), "value", "1")
    with wb.change("unknown") as db:
        db.execute("update metric set role = null, name = 'Hourly cost'")
    value_ledgers.follow(wb, price.id, 1, now=NOW)  # nobody said what it counts
    with wb.change("known") as db:
        db.execute("update metric set unit = 'USD/hour'")
    value_ledgers.follow(wb, price.id, 1, now=NOW)
    with pytest.raises(InvalidValue, match="“Hourly cost” is read in USD per hour"):
        value_ledgers.follow(wb, users.id, 1, now=NOW)


def test_an_input_follows_its_metric_until_it_is_typed(wb: Workbench, ledger: int) -> None:
    line = fill(wb, ledger)
    users = view(wb, ledger).inputs[line][0]
    value_ledgers.follow(wb, users.id, 1, now=NOW)
    found = view(wb, ledger)
    given = found.ledger.benefits[0].inputs[0]
    assert (given.value, given.as_of, given.source) == (41, dt.date(2026, 9, 4), "active_users")
    early = value_reading.ledger_view(wb.reads, ledger, dt.date(2026, 9, 3))
    assert early.troubles[line].missing == "value"
    value_ledgers.edit(wb, "input", users.id, "value", "60", now=NOW)
    assert view(wb, ledger).ledger.benefits[0].inputs[0].value == 60


@pytest.mark.parametrize(
    ("entity", "field", "typed", "kept"),
    [
        ("line", "attribution", "80%", "0.8"),
        ("line", "ramp", "50% 1", "0.5 1"),
        ("line", "confidence", "measured", "measured"),
        ("line", "mechanism", "  なぜなら  ", "なぜなら"),
        ("input", "low", "1,500.25", "1500.25"),
        ("input", "high", " ", None),
        ("input", "as_of", "2026年11月1日", "2026-11-01"),
        ("cost", "amounts", "440000 1,507,200", "440000 1507200"),
        ("ledger", "rate", "8%", "0.08"),
        ("ledger", "years", "5", 5),
    ],
)
def test_what_is_typed_is_kept(
    wb: Workbench, ledger: int, entity: Entity, field: str, typed: str, kept: object
) -> None:
    fill(wb, ledger)
    value_ledgers.edit(wb, entity, 1, field, typed, now=NOW)
    assert wb.reads.scalar(f"select {field} from value_{entity} where id=1") == kept


@pytest.mark.parametrize(
    ("entity", "field", "typed", "said"),
    [
        ("line", "title", " ", "needs a name"),
        ("line", "attribution", "120%", "between 0 and 100%"),
        ("line", "ramp", "", "at least one share"),
        ("cost", "amounts", "1 200 000", "one amount or two years"),
        ("cost", "amounts", "0 900 500", "one amount or two years"),
        ("cost", "amounts", "5 5 5 5 5 5 5 5 5 5 5 5", "1 to 10"),
        ("line", "ramp", "1 1 1 1 1 1 1 1 1 1 1", "1 to 10"),
        ("line", "confidence", "sure", "not on the list"),
        ("line", "formula", "users *", "not understood at place"),
        ("line", "formula", "(users", "not closed"),
        ("line", "note", "x" * 20_001, "too long"),
        ("input", "value", "-3", "negative figure"),
        ("input", "value", "three", "is no number"),
        ("input", "value", "1e400", "too large"),
        ("input", "unit", "furlong", "is no unit"),
        ("input", "as_of", "someday", "is no date"),
        ("cost", "amounts", "12 -3", "negative figure"),
        ("ledger", "years", "2.5", "whole years"),
        ("ledger", "years", "99", "whole years"),
    ],
)
def test_what_cannot_be_is_refused_where_it_is_typed(
    wb: Workbench, ledger: int, entity: Entity, field: str, typed: str, said: str
) -> None:
    fill(wb, ledger)
    before = state(wb.reads)
    with pytest.raises(InvalidValue, match=said) as refused:
        value_ledgers.edit(wb, entity, 1, field, typed, now=NOW)
    assert refused.value.where["field"] == field
    assert state(wb.reads) == before


def test_units_that_contradict_are_said_and_left_out(wb: Workbench, ledger: int) -> None:
    line = fill(wb, ledger)
    value_ledgers.edit(wb, "line", line, "formula", "users + hours", now=NOW)
    trouble = view(wb, ledger).troubles[line]
    assert trouble.fault is not None
    assert trouble.fault.args == ("units_differ",)
    value_ledgers.edit(wb, "line", line, "formula", "users * hours", now=NOW)
    fault = view(wb, ledger).troubles[line].fault
    assert isinstance(fault, LineFault)
    assert fault.code == "not_money"


def test_a_cost_in_another_currency_is_left_out_and_said(wb: Workbench, ledger: int) -> None:
    value_ledgers.edit(wb, "ledger", ledger, "currency", "USD", now=NOW)
    found = view(wb, ledger)
    assert found.cost_troubles[1].missing == "currency"
    assert found.outcome.result is None
    value_ledgers.edit(wb, "cost", 1, "amounts", "100.0 200.0", now=NOW)
    found = view(wb, ledger)
    assert found.cost_troubles == {}
    assert found.outcome.costs_before_risk == (100, 200, 0, 0)


def test_two_lines_from_the_same_people_are_pointed_out(wb: Workbench, ledger: int) -> None:
    first = fill(wb, ledger)
    second = value_ledgers.add_line(wb, ledger, "Fewer errors", "users * gain")
    for row in view(wb, ledger).inputs[second]:
        value_ledgers.edit(wb, "input", row.id, "value", "3", now=NOW)
        unit = "people" if row.name == "users" else "JPY/person/year"
        value_ledgers.edit(wb, "input", row.id, "unit", unit, now=NOW)
    assert view(wb, ledger).overlaps == {"users": (first, second)}


def test_evidence_and_costs_are_listed_in_order(wb: Workbench, ledger: int) -> None:
    line = fill(wb, ledger)
    value_ledgers.add_cost(wb, ledger, "Set-up", "setup", "440000")
    value_ledgers.add_evidence(wb, line, "person", "Confirmed in the review", on=TODAY, person_id=1)
    found = view(wb, ledger)
    assert [cost.title for cost in found.costs] == ["Team", "Set-up"]
    assert [(one.text, one.person) for one in found.evidence[line]] == [
        ("Confirmed in the review", "石井 健一")
    ]


def test_every_step_is_named_and_undone(wb: Workbench, ledger: int) -> None:
    states = [state(wb.reads)]
    line = fill(wb, ledger)
    for step in (
        lambda: value_ledgers.add_cost(wb, ledger, "Training", "training", "1"),
        lambda: value_ledgers.add_evidence(wb, line, "file", "minutes.pdf", on=None),
        lambda: value_ledgers.agree(wb, line, on=TODAY, person_id=None, now=NOW),
        lambda: value_ledgers.remove(wb, "evidence", 1),
        lambda: value_ledgers.remove(wb, "line", line),
        lambda: value_ledgers.remove(wb, "ledger", ledger),
    ):
        states.append(state(wb.reads))
        step()
    assert wb.reads.scalar("select count(*) from value_cost") == 0
    for before, name in zip(
        reversed(states[1:]),
        (
            "Remove value ledger",
            "Remove benefit",
            "Remove evidence",
            "Note agreement",
            "Add evidence",
            "Add cost",
        ),
        strict=True,
    ):
        assert wb.undo() == name
        assert state(wb.reads) == before


def test_what_is_gone_is_said(wb: Workbench, ledger: int) -> None:
    value_ledgers.remove(wb, "ledger", ledger)
    with pytest.raises(NotFound):
        view(wb, ledger)
    with pytest.raises(NotFound):
        value_ledgers.edit(wb, "ledger", ledger, "name", "x", now=NOW)
    with pytest.raises(NotFound):
        value_ledgers.add_line(wb, ledger, "x")


def test_reading_takes_seven_statements_for_one_or_many(wb: Workbench, ledger: int) -> None:
    class Counting:
        """Reads that count."""

        def __init__(self) -> None:
            self.asked = 0

        def all(self, sql: str, params: object = ()) -> list[tuple[object, ...]]:
            self.asked += 1
            return wb.reads.all(sql, params)  # type: ignore[arg-type]

    fill(wb, ledger)
    other = value_heads.create(wb, 2, "Birch", currency="JPY", starts_on=TODAY, now=NOW)
    fill(wb, other)
    counting = Counting()
    views = value_reading.portfolio_views(counting, TODAY)  # type: ignore[arg-type]
    assert [one.head.id for one in views] == [ledger, other]
    assert counting.asked == 7
    assert value_reading.account_views(wb.reads, 2, TODAY)[0].head.id == other

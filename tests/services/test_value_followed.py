"""Figures that follow a metric: what is below 0 is no reading, what left its bounds or grew old is said."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from cs_workbench import i18n
from cs_workbench.domain import sensitivity
from cs_workbench.services import (
    portfolios,
    value_exports,
    value_followed,
    value_notices,
    value_past,
    value_reading,
    value_words,
    value_working,
    value_workshop,
)
from cs_workbench.services.value_figures import day
from cs_workbench.services.value_reading import LedgerView
from cs_workbench.services.workbench import Workbench
from cs_workbench.store.queries.local_days import EPOCH
from tests.builders_store import add_account, add_batch, add_metric, put_readings
from tests.builders_value import LESS_REWORK, TIME_SAVED, CostSpec, LedgerSpec, add_ledger

NOW = dt.datetime(2026, 11, 24, 1, 42, tzinfo=dt.UTC)
START = dt.date(2026, 1, 1)
TODAY = START + dt.timedelta(days=73)
CHEAP = (CostSpec("Subscription", "subscription", "0 900000 900000 900000"),)


@pytest.fixture
def wb(tmp_path: Path) -> Iterator[Workbench]:
    kept = i18n.language()
    i18n.set_language("en")
    with portfolios.create(str(tmp_path / "p.csw"), now=NOW, language="en", currency="JPY") as made:
        with made.change("Begin") as db:
            add_account(db, "Birch")
        yield made
    i18n.set_language(kept)


def read(wb: Workbench, readings: dict[int, float], *, as_of: dt.date = TODAY) -> LedgerView:
    """A ledger whose active users (50–70) follow a metric that was read so many days after its first."""
    lines = (TIME_SAVED, replace(TIME_SAVED, title="The same again"), LESS_REWORK)
    number = add_ledger(wb, 1, LedgerSpec(lines=lines, costs=CHEAP, starts_on=START))
    with wb.change("readings") as db:
        metric = add_metric(db, "mau")
        first = START.toordinal() - EPOCH
        put_readings(db, add_batch(db), {(1, metric, first + at): value for at, value in readings.items()})
        db.execute("update value_input set metric_id = :m where name = 'users'", {"m": metric})
    return value_reading.ledger_view(wb.reads, number, as_of)


WHOLE = {0: 52.0, 28: 52.0, 56: 60.0, 70: 58.0}


@pytest.mark.parametrize("bad", [-50.0, -5000.0, -50_000.0, 1e15, 1e300])
@pytest.mark.parametrize("at", [30, 60, 73])
def test_a_reading_that_cannot_be_is_none_wherever_it_stands(wb: Workbench, bad: float, at: int) -> None:
    """Today, in a week of its own or beside another: the ledger is the one without it, and it is said."""
    found = read(wb, {**WHOLE, at: bad})
    (newest,) = value_reading.newest_views(wb.reads, dt.date(2026, 11, 25))
    assert newest.inputs == value_reading.ledger_view(wb.reads, found.head.id, dt.date(2026, 11, 25)).inputs
    with wb.change("take it back") as db:
        db.execute("delete from reading where value = :bad", {"bad": bad})
    without = value_reading.ledger_view(wb.reads, found.head.id, TODAY)
    assert found.troubles == {}
    assert found.outcome.benefits == without.outcome.benefits
    assert value_past.figures(found) == value_past.figures(without)
    on = day(START + dt.timedelta(days=at))
    said = (
        f"Active users: readings below 0 or impossibly large are left out, the last of {on}. Correct them where they"
        " come from."
    )
    assert said in value_notices.warnings(found)
    assert said not in value_notices.shared(found)
    assert not any("below 0" in one for one in value_notices.sentences(without))


def test_where_every_reading_is_below_nothing_the_figure_is_not_known(wb: Workbench) -> None:
    found = read(wb, {70: -3.0})
    assert len(found.troubles) == 2
    assert any("readings below 0" in one for one in value_notices.warnings(found))


def test_a_refused_reading_of_long_before_the_ledger_is_no_news(wb: Workbench) -> None:
    assert not any(
        "below 0" in one for one in value_notices.warnings(read(wb, {-300: -3.0, 0: 52.0, 70: 58.0}))
    )


@pytest.mark.parametrize(
    ("now", "said"),
    [
        (49.0, "Active users: today's 49 lies below its low figure 50."),
        (50.0, ""),
        (70.0, ""),
        (71.5, "Active users: today's 71.5 lies above its high figure 70."),
    ],
)
def test_a_reading_outside_its_bounds_is_said_once(wb: Workbench, now: float, said: str) -> None:
    view = read(wb, {0: 60.0, 35: 60.0, 73: now})
    told = [one for one in value_notices.warnings(view) if "figure" in one and "today's" in one]
    assert told == ([said] if said else [])
    assert value_followed.outside_words(view.inputs[view.lines[0].id]) == ((said,) if said else ())
    assert value_followed.outside_words(view.inputs[view.lines[2].id]) == ()
    assert not any("low figure" in one for one in value_notices.shared(view))


def test_the_largest_figure_that_can_be_reckoned_with_is_a_reading(wb: Workbench) -> None:
    view = read(wb, {70: 9e14})
    assert view.inputs[view.lines[0].id][0].followed == Decimal("9e14")
    assert not any("impossibly" in one for one in value_notices.warnings(view))


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("49", "Active users: the figure 49 lies below its low figure 50: correct one of them."),
        ("50", ""),
        ("71", "Active users: the figure 71 lies above its high figure 70: correct one of them."),
    ],
)
def test_a_typed_figure_beside_its_bounds_is_said_and_nothing_is_sure(
    wb: Workbench, typed: str, said: str
) -> None:
    """It is refused where it is typed; one that came another way, or followed a metric before, is told."""
    number = add_ledger(wb, 1, LedgerSpec(lines=(TIME_SAVED,), costs=CHEAP, starts_on=START))
    with wb.change("another way") as db:
        db.execute("update value_input set value = :v where name = 'users'", {"v": typed})
    view = value_reading.ledger_view(wb.reads, number, TODAY)
    told = [one for one in value_notices.warnings(view) if "figure" in one]
    assert told == ([said] if said else [])
    case, _notes = value_exports.case_of(view, "Birch", "Us", "en")
    assert case is not None
    assert case.outside == (("Active users",) if said else ())


@pytest.mark.parametrize("now", [20.0, 200.0])
def test_the_worse_end_is_never_better_than_the_estimate(wb: Workbench, now: float) -> None:
    """The customer's page: today's figure lies beside both of its bounds."""
    view = read(wb, {0: now, 35: now, 73: now})
    case, _notes = value_exports.case_of(view, "Birch", "Us", "en")
    assert case is not None
    assert case.low is not None
    assert case.high is not None
    assert case.low <= min(one.worse for one in case.swings) <= case.net
    assert case.net <= max(one.better for one in case.swings) <= case.high
    (users, *_others) = (one for one in case.swings if one.name == "Active users")
    assert case.outside == ("Active users",)
    assert users.ends == {20.0: "20–70", 200.0: "50–200"}[now]
    assert case.low == sensitivity.npv(sensitivity.case(view.ledger, "low"))


@pytest.mark.parametrize(("age", "old"), [(60, False), (61, True)])
def test_a_figure_nobody_read_for_two_months_is_to_be_renewed(wb: Workbench, age: int, old: bool) -> None:
    view = read(wb, {0: 58.0, 20: 58.0}, as_of=START + dt.timedelta(days=20 + age))
    said = "Active users was last read on 21 Jan 2026: import newer readings, or type the figure of today."
    assert (said in value_notices.warnings(view)) is old
    assert "(last read 21 Jan 2026). These days carry an estimate's risk." in value_past.words(
        view
    )  # five weeks are measured


def test_what_nobody_measured_is_told_on_every_side(wb: Workbench) -> None:
    """Four weeks of readings, then none for nine months: most of the year is no measured fact."""
    view = read(wb, {0: 58.0, 7: 58.0, 14: 58.0, 21: 58.0}, as_of=dt.date(2026, 10, 1))
    time = view.outcome.proven[0]
    past = time.benefit.past[0]
    assert past is not None
    assert past.unread == Decimal(273 - 63) / 365  # weeks 3 to 8 are measured
    assert time.adjusted[1] == pytest.approx(
        time.yearly * (Decimal("0.95") - past.unread * Decimal("0.15")), rel=Decimal("1e-20")
    )
    case, _notes = value_exports.case_of(view, "Birch", "Us", "en")
    assert case is not None
    assert case.unread == ("Active users on 210 days (last read 22 Jan 2026)",)
    step = next(
        one
        for one in value_working.line(value_working.book(view.ledger, view.outcome, view), time).steps
        if one.name == "Year 1"
    )
    assert step.rule.endswith("× (1 − risk) − days not measured, at an estimate's risk")
    assert step.numbers.endswith("− ¥7,099,200 × 57.5% × 100% × 15%")
    assert step.exact == time.adjusted[1]
    facts = value_exports.roi_facts(view, "Birch", "Us", language="ja", edition="customer")
    assert any("測定のない期間" in one for one in facts.notices)


def test_lines_that_share_an_input_call_it_by_its_name(wb: Workbench) -> None:
    """Its key is ours alone: the customer's people know what it is called."""
    view = read(wb, WHOLE)
    with wb.change("hours") as db:
        db.execute("update value_input set value = '2' where line_id = 2 and name = 'hours'", {})
    view = value_reading.ledger_view(wb.reads, view.head.id, TODAY)
    (shared,) = value_words.overlap_sentences(view.ledger.benefits, view.inputs)
    assert "share the input “Active users”" in shared
    claims = value_workshop.claims(view)
    assert any("shares “Active users” with another benefit" in one.gaps_a for one in claims)

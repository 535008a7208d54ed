"""A kept ledger counts the past at what was read then, says so everywhere, and its workbook agrees."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from cs_workbench import i18n
from cs_workbench.domain import sensitivity
from cs_workbench.domain.value_ledger import Past
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
from cs_workbench.store.queries.local_days import EPOCH
from tests.builders_store import add_account, add_batch, add_metric, put_readings
from tests.builders_value import COSTS, LESS_REWORK, TIME_SAVED, LedgerSpec, add_ledger

NOW = dt.datetime(2026, 11, 24, 1, 42, tzinfo=dt.UTC)
START = dt.date(2026, 1, 1)
TODAY = START + dt.timedelta(days=73)
"""A fifth of the first year has passed."""


@pytest.fixture
def wb(tmp_path: Path) -> Iterator[Workbench]:
    kept = i18n.language()
    i18n.set_language("en")
    with portfolios.create(str(tmp_path / "p.csw"), now=NOW, language="en", currency="JPY") as made:
        with made.change("Begin") as db:
            add_account(db, "Birch")
        yield made
    i18n.set_language(kept)


def read(wb: Workbench, readings: dict[int, float]) -> LedgerView:
    """A ledger whose active users follow a metric that was read so many days after its first."""
    number = add_ledger(wb, 1, LedgerSpec(lines=(TIME_SAVED, LESS_REWORK), costs=COSTS, starts_on=START))
    with wb.change("readings") as db:
        metric = add_metric(db, "mau")
        first = START.toordinal() - EPOCH
        put_readings(db, add_batch(db), {(1, metric, first + at): value for at, value in readings.items()})
        db.execute("update value_input set metric_id = :m where name = 'users'", {"m": metric})
    return value_reading.ledger_view(wb.reads, number, TODAY)


@pytest.fixture
def grown(wb: Workbench) -> LedgerView:
    """29 users for the days that have passed, 58 today; a reading of before the ledger does not count."""
    return read(wb, {-30: 5.0, 0: 29.0, 40: 29.0, 73: 58.0, 90: 900.0})


def test_the_past_counts_what_was_read_and_the_rest_today_s_figure(grown: LedgerView) -> None:
    time, rework = (one.benefit for one in grown.outcome.proven)
    assert time.past == (Past(Decimal(1) / 5, (("users", Decimal(29)),)), None, None)
    assert rework.past == ()
    yearly = grown.outcome.proven[0].yearly
    assert yearly == 58 * Decimal("1.5") * 48 * 3400 / 2
    assert grown.outcome.proven[0].flow == (0, yearly * Decimal("0.9"), yearly, yearly)


def test_so_far_is_what_the_past_days_brought(grown: LedgerView) -> None:
    time, rework = grown.outcome.proven
    then = time.yearly / 2 * Decimal("0.95") + rework.yearly * Decimal("0.9")
    assert value_past.so_far(grown) == pytest.approx(then / 5 / Decimal("1.1"))


def test_the_mean_is_told_to_both_sides_and_in_the_working(grown: LedgerView) -> None:
    words = value_past.words(grown)
    assert (
        words
        == "Days before 15 Mar 2026 count usage at its mean of each ledger year: Active users 29, today 58."
    )
    assert words in value_notices.sentences(grown)
    assert words not in value_notices.warnings(grown)
    assert words in value_notices.shared(grown)
    case, _notes = value_exports.case_of(grown, "Birch", "Us", "ja")
    assert case is not None
    assert case.past == ("Active users 29、現在58",)
    assert [line.partial for line in case.lines] == [True, False]
    working = value_working.line(
        value_working.book(grown.ledger, grown.outcome, grown), grown.outcome.proven[0]
    )
    first = next(step for step in working.steps if step.name == "Year 1")
    assert first.rule.startswith("(past days at their means + days to come at today's figures) × ")
    assert "× 20.0% + " in first.numbers
    assert "× 80.0%) × " in first.numbers
    assert first.exact == grown.outcome.proven[0].adjusted[1]


def test_the_workbook_has_it_as_a_row_and_its_figures_agree(grown: LedgerView) -> None:
    facts = value_exports.roi_facts(grown, "Birch", "Us", language="en", edition="customer")
    cached = openpyxl.load_workbook(io.BytesIO(book.render(facts, Look())), data_only=True)
    rows = {
        str(row[0].value): [cell.value for cell in row[2:5]] for row in cached["Benefits"] if row[0].value
    }
    assert rows["Active users: mean of the days before 15 Mar 2026"] == [29, None, None]
    assert rows["Share of its days before 15 Mar 2026"] == [pytest.approx(0.2), None, None]
    full = float(grown.outcome.proven[0].full_year)
    assert rows["A full year at those means"] == [pytest.approx(full / 2), None, None]
    formulas = [str(cell.value) for row in cached["Benefits"] for cell in row]
    assert any("Active users × Hours a week" in one for one in formulas)
    swings = {one.name: one for one in sensitivity.tornado(grown.ledger)}
    nets = {row[1].value: (row[4].value, row[5].value) for row in cached["Sensitivity"] if len(row) > 5}
    labels = {"users": "Active users", "hours": "Hours a week"}
    for name, label in labels.items():
        ends = (float(swings[name].npv_low), float(swings[name].npv_high))
        assert nets[label] == pytest.approx(ends)


def test_without_readings_in_its_time_today_s_figure_is_all_there_is(wb: Workbench) -> None:
    view = read(wb, {-30: 29.0})
    unread = Decimal(66) / 365  # what was read a month before the ledger stands for its first week
    first = Past(Decimal(1) / 5, (), unread)
    assert [one.benefit.past for one in view.outcome.proven] == [(first, None, None), ()]
    time, rework = view.outcome.proven
    assert time.adjusted[1:] == (
        time.yearly * Decimal("0.95") - time.yearly * unread * Decimal("0.15"),
        *[time.yearly * Decimal("0.95")] * 2,
    )
    told = (
        "Not measured: Active users on 66 days (last read 2 Dec 2025). These days carry an estimate's risk."
    )
    assert value_past.words(view) == told
    assert value_past.figures(view) == ()
    then = time.adjusted[1] - time.adjusted[2] * 4 / 5 + rework.adjusted[1] / 5
    assert value_past.so_far(view) == pytest.approx(then / Decimal("1.1"))


def test_a_reading_of_nothing_takes_nothing_of_what_was_measured(wb: Workbench) -> None:
    view = read(wb, {0: 29.0, 40: 29.0, 73: 0.0})
    time = next(one for one in view.outcome.proven if any(one.benefit.past))
    assert time.full_year == 0
    then = Decimal(29) * Decimal("1.5") * 48 * 3400 / 2
    assert time.flow == (0, pytest.approx(then / 5), 0, 0)
    kept = time.adjusted[1] + next(one for one in view.outcome.proven if one is not time).adjusted[1] / 5
    assert value_past.so_far(view) == pytest.approx(kept / Decimal("1.1"))


def test_one_statement_reads_the_same_weeks(wb: Workbench, grown: LedgerView) -> None:
    (newest,) = value_reading.newest_views(wb.reads, dt.date(2026, 11, 25))
    assert newest.ledger == value_reading.ledger_view(wb.reads, grown.head.id, dt.date(2026, 11, 25)).ledger
    assert newest.means


def test_an_old_reading_is_not_called_today_s(wb: Workbench) -> None:
    view = read(wb, {0: 29.0, 30: 58.0})
    assert value_past.figures(view) == ("Active users 46.4, last read 31 Jan 2026: 58",)
    assert value_past.words(view).endswith(
        "Active users 46.4, last read 31 Jan 2026: 58. Not measured: Active users on 3 days (last read 31 Jan 2026)."
        " These days carry an estimate's risk."
    )


def test_the_formula_on_paper_says_what_past_days_count(grown: LedgerView) -> None:
    case, _notes = value_exports.case_of(grown, "Birch", "Us", "en")
    assert case is not None
    assert case.lines[0].sum.startswith("58 people (past days 29) × ")
    assert "past days" not in case.lines[1].sum
    japanese, _notes = value_exports.case_of(grown, "Birch", "Us", "ja")
    assert japanese is not None
    assert japanese.lines[0].sum.startswith("58名（これまでの平均29名） × ")

"""One account, one figure of value ÷ cost: the ledger's, in health and objectives; a reading that differs is told."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from cs_workbench import i18n
from cs_workbench.services import (
    health,
    plan_list,
    plan_reading,
    plan_share,
    portfolios,
    value_exports,
    value_notices,
    value_ratio,
    value_reading,
)
from cs_workbench.services.workbench import Workbench
from tests.builders_store import add_account, add_metric
from tests.builders_value import QUOTES, RICH, LedgerSpec, LineSpec, add_ledger

REJECTED = dataclasses.replace(QUOTES, logic="rejected")
UNFINISHED = LineSpec("Faster quotes", "", (), logic="open", fact="open", agreed=None)
NOW = dt.datetime(2026, 11, 24, 1, 42, tzinfo=dt.UTC)
TODAY = NOW.date()
DAY = (TODAY - dt.date(1970, 1, 1)).days


@pytest.fixture
def wb(tmp_path: Path) -> Iterator[Workbench]:
    """Two accounts, both read as 3.4; the first has an objective that follows the reading."""
    from cs_workbench.store.tables import Objective, SuccessPlan

    kept = i18n.language()
    i18n.set_language("en")
    with portfolios.create(str(tmp_path / "p.csw"), now=NOW, language="en", currency="JPY") as made:
        with made.change("Begin") as db:
            for name in ("Birch", "Elm"):
                add_account(db, name)
            metric = add_metric(db, "value_ratio")
            db.execute("update metric set role = 'value_ratio'")
            for account in (1, 2):
                read(db, account, metric, DAY - 200, 3.3)
                read(db, account, metric, DAY - 3, 3.4)
            plan = SuccessPlan(
                account_id=1, name="Plan", status="active", starts_on=TODAY - dt.timedelta(days=300),
                ends_on=TODAY + dt.timedelta(days=60), created_at=NOW, updated_at=NOW,
            )  # fmt: skip
            db.session.add(plan)
            db.session.flush()
            db.session.add(
                Objective(
                    plan_id=plan.id, position=0, title="Worth it", metric_id=metric, baseline=0, target=3
                )
            )
        yield made
    i18n.set_language(kept)


def read(db: object, account: int, metric: int, day: int, value: float) -> None:
    db.execute(  # type: ignore[attr-defined]
        "insert into reading (account_id, metric_id, day, value, batch_id) values (:a, :m, :d, :v, 0)",
        {"a": account, "m": metric, "d": day, "v": value},
    )


def ratio_in_health(wb: Workbench, account: int, on: dt.date = TODAY) -> float | None:
    score = health.explain(wb, account, on)
    return next(one.value for one in score.measures if one.key == "value_ratio")


def own_ratio(wb: Workbench, ledger: int) -> float:
    found = value_ratio.ratio(value_reading.ledger_view(wb.reads, ledger, TODAY))
    assert found is not None
    return float(found)


def test_health_follows_the_ledger_and_the_reading_where_there_is_none(wb: Workbench) -> None:
    assert ratio_in_health(wb, 1) == 3.4
    ledger = add_ledger(wb, 1, LedgerSpec(lines=RICH))
    assert ratio_in_health(wb, 1) == pytest.approx(own_ratio(wb, ledger))
    assert ratio_in_health(wb, 2) == 3.4
    every = {one.account_id: one for one in health.compute(wb.reads, TODAY)}
    assert next(one.value for one in every[1].measures if one.key == "value_ratio") == ratio_in_health(wb, 1)


@pytest.mark.parametrize(
    "lines", [(), (UNFINISHED,), (QUOTES,), (dataclasses.replace(UNFINISHED, logic="rejected"),)]
)
def test_not_measured_is_not_nothing(wb: Workbench, lines: tuple[LineSpec, ...]) -> None:
    """No line, a title alone, a line that is only potential: the account's health is not lowered by starting."""
    ledger = add_ledger(wb, 1, LedgerSpec(lines=lines))
    assert ratio_in_health(wb, 1) is None
    view = value_reading.ledger_view(wb.reads, ledger, TODAY)
    assert "cannot tell it yet" in value_ratio.difference_words(view)
    assert value_ratio.measured(wb.reads, TODAY) == {1: (None, DAY)}


def test_a_ledger_whose_lines_were_rejected_says_nothing_is_verified(wb: Workbench) -> None:
    ledger = add_ledger(wb, 1, LedgerSpec(lines=(REJECTED,)))
    assert ratio_in_health(wb, 1) == 0
    view = value_reading.ledger_view(wb.reads, ledger, TODAY)
    assert "says 3.4, this ledger 0" in value_ratio.difference_words(view)
    assert value_ratio.measured(wb.reads, TODAY) == {1: (0.0, DAY)}


def test_a_ledger_whose_cost_is_not_known_lets_no_reading_speak_for_it(wb: Workbench) -> None:
    from cs_workbench.store.tables import ValueCost

    ledger = add_ledger(wb, 1, LedgerSpec(lines=RICH))
    with wb.change("unknown") as db:
        db.session.add(ValueCost(ledger_id=ledger, position=9, kind="other", title="Unknown", amounts=""))
    assert ratio_in_health(wb, 1) is None
    view = value_reading.ledger_view(wb.reads, ledger, TODAY)
    assert "cannot tell it yet" in value_ratio.difference_words(view)
    assert value_ratio.difference_words(view) in value_notices.sentences(view)
    plan = plan_reading.first_view(wb.reads, 1, TODAY)
    assert plan is not None
    assert plan.objectives[0].current is None
    (row,) = plan_share.tracked(wb.reads, TODAY)
    assert row[7:9] == (None, None)


def test_a_ledger_without_costs_leaves_the_reading(wb: Workbench) -> None:
    ledger = add_ledger(wb, 1, LedgerSpec(lines=RICH, costs=()))
    assert ratio_in_health(wb, 1) == 3.4
    assert value_ratio.difference_words(value_reading.ledger_view(wb.reads, ledger, TODAY)) == ""


def test_days_before_the_ledger_was_made_keep_what_was_read_then(wb: Workbench) -> None:
    add_ledger(wb, 1, LedgerSpec(lines=RICH))
    assert ratio_in_health(wb, 1, TODAY - dt.timedelta(days=100)) == 3.3


def test_the_plan_says_what_the_ledger_says(wb: Workbench) -> None:
    before = plan_reading.first_view(wb.reads, 1, TODAY)
    assert before is not None
    assert before.objectives[0].current is not None
    assert before.objectives[0].current.value == 3.4
    ledger = add_ledger(wb, 1, LedgerSpec(lines=RICH))
    after = plan_reading.first_view(wb.reads, 1, TODAY)
    assert after is not None
    (made,) = after.objectives[0].readings
    assert made.value == pytest.approx(own_ratio(wb, ledger))
    (row,) = plan_share.tracked(wb.reads, TODAY)
    assert row[7] == pytest.approx(own_ratio(wb, ledger))


def test_a_document_knows_which_objective_is_the_ledger_s(wb: Workbench) -> None:
    """Beside the ledger its ratio is not told a second time as an objective."""
    from cs_workbench.services import plan_facts

    before = plan_facts.success(plan_reading.first_view(wb.reads, 1, TODAY))
    assert before is not None
    assert [one.by_ledger for one in before.objectives] == [False]
    add_ledger(wb, 1, LedgerSpec(lines=RICH))
    after = plan_facts.success(plan_reading.first_view(wb.reads, 1, TODAY))
    assert after is not None
    assert [one.by_ledger for one in after.objectives] == [True]


def test_the_list_of_plans_says_what_the_ledger_says(wb: Workbench) -> None:
    from cs_workbench.store.tables import ValueCost

    (read,) = plan_list.lines(wb.reads, TODAY)
    assert (read.reached, read.unmeasured) == (1, 0)
    ledger = add_ledger(wb, 1, LedgerSpec(lines=(REJECTED,)))
    (nothing,) = plan_list.lines(wb.reads, TODAY)
    assert (nothing.reached, nothing.unmeasured, nothing.progress) == (0, 0, 0)
    with wb.change("unknown") as db:
        db.session.add(ValueCost(ledger_id=ledger, position=9, kind="other", title="Unknown", amounts=""))
    (unknown,) = plan_list.lines(wb.reads, TODAY)
    assert (unknown.standing, unknown.unmeasured, unknown.progress) == ("not_measured", 1, None)


def test_no_baseline_does_not_make_a_missed_target_unmeasured(wb: Workbench) -> None:
    add_ledger(wb, 1, LedgerSpec(lines=(REJECTED,)))
    with wb.change("no baseline") as db:
        db.execute("update objective set baseline = null, due_on = :d", {"d": TODAY.isoformat()})
    assert plan_share.measured_share(wb.reads, TODAY) == {1: (0.0, DAY)}
    (line,) = plan_list.lines(wb.reads, TODAY)
    assert (line.standing, line.unmeasured) == ("missed", 0)
    with wb.change("later") as db:
        db.execute("update objective set due_on = :d", {"d": (TODAY + dt.timedelta(days=9)).isoformat()})
    view = plan_reading.first_view(wb.reads, 1, TODAY)
    assert view is not None
    assert (view.objectives[0].standing, view.objectives[0].progress) == ("not_reached", None)
    assert plan_share.measured_share(wb.reads, TODAY) == {}


def test_readings_that_agree_stay_as_its_history(wb: Workbench) -> None:
    ledger = add_ledger(wb, 1, LedgerSpec(lines=RICH))
    with wb.change("agree") as db:
        db.execute("update reading set value = :v where account_id = 1", {"v": own_ratio(wb, ledger) * 1.05})
    view = plan_reading.first_view(wb.reads, 1, TODAY)
    assert view is not None
    assert len(view.objectives[0].readings) > 1


def test_a_reading_that_differs_is_told_inside_only(wb: Workbench) -> None:
    ledger = add_ledger(wb, 1, LedgerSpec(lines=RICH))
    view = value_reading.ledger_view(wb.reads, ledger, TODAY)
    assert value_ratio.differs(view)
    said = value_ratio.difference_words(view)
    assert "says 3.4" in said
    assert said in value_notices.sentences(view)
    case, notes = value_exports.case_of(view, "Birch", "Us", "en")
    assert any(one.note == said[:159].rstrip() + "…" or one.note == said for one in notes)
    assert "the reading of" not in repr(case)
    assert said not in value_exports.roi_facts(view, "Birch", "Us", language="en", edition="customer").notices
    assert said in value_exports.roi_facts(view, "Birch", "Us", language="en", edition="internal").notices


@pytest.mark.parametrize(("factor", "differs"), [(1.09, False), (0.91, False), (1.12, True), (0.88, True)])
def test_a_tenth_is_near_enough(wb: Workbench, factor: float, differs: bool) -> None:
    ledger = add_ledger(wb, 1, LedgerSpec(lines=RICH))
    with wb.change("near") as db:
        db.execute(
            "update reading set value = :v where account_id = 1", {"v": own_ratio(wb, ledger) * factor}
        )
    view = value_reading.ledger_view(wb.reads, ledger, TODAY)
    assert value_ratio.differs(view) is differs
    assert bool(value_ratio.difference_words(view)) is differs

"""Five linked files of a SaaS company, in any order: totals, contradictions, idempotence, undo."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cs_workbench.services.workbench import Workbench
from tests.builders_import import SHARED, counts, portfolio, take_in, warnings_of

FOLDER = SHARED / "ravenstack_saas"
pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason="shared data sets are not here")
NAMES = ("accounts", "subscriptions", "feature_usage", "support_tickets", "churn_events")


def _paths(order: tuple[int, ...]) -> list[str]:
    return [str(FOLDER / f"ravenstack_{NAMES[index]}.csv") for index in order]


def _money(wb: Workbench, condition: str) -> int:
    return int(wb.reads.scalar(f"select sum(mrr) / 10000 from contract where {condition}"))


@pytest.mark.parametrize("order", [(0, 1, 2, 3, 4), (4, 3, 2, 1, 0), (2, 4, 1, 0, 3)])
def test_totals_are_the_published_ones_whatever_the_order(tmp_path: Path, order: tuple[int, ...]) -> None:
    expected = json.loads((FOLDER / "expected.json").read_text())
    with portfolio(tmp_path) as wb:
        result = take_in(wb, *_paths(order))
        by_kind = {batch.kind: batch for batch in result.batches}
        rows = expected["rows"]
        assert {kind: batch.rows for kind, batch in by_kind.items()} == {
            "accounts": rows["accounts"],
            "contracts": rows["subscriptions"],
            "readings": rows["feature_usage"],
            "tickets": rows["support_tickets"],
            "churn": rows["churn_events"],
        }
        assert all(batch.created == batch.rows for batch in result.batches)
        assert _money(wb, "1") == expected["sum_mrr_all"]
        assert _money(wb, "status = 'churned'") == expected["sum_mrr_churned"]
        assert _money(wb, "end_on is null") == expected["active_mrr_open_subs"]
        mean, missing, escalated = wb.reads.all(
            "select avg(satisfaction), sum(satisfaction is null), sum(escalated) from ticket"
        )[0]
        assert round(mean, 4) == expected["csat_mean"]
        assert (missing, escalated) == (expected["tickets_csat_missing"], expected["escalated"])
        assert (
            wb.reads.scalar("select count(distinct account_id) from contract_event")
            == expected["accounts_with_any_churn_event"]
        )
        usage, flags = warnings_of(by_kind["readings"]), warnings_of(by_kind["accounts"])
        assert usage["duplicate_id"] == expected["duplicate_usage_ids"]
        assert usage["before_start"] == expected["usage_rows_before_subscription_start"]
        assert usage["after_end"] == expected["usage_rows_after_end"]
        assert flags["flag_without_event"] == expected["flag_true_but_no_event"]
        assert warnings_of(by_kind["churn"])["event_without_flag"] == expected["event_but_flag_false"]


def test_importing_again_changes_nothing_and_undo_leaves_nothing(tmp_path: Path) -> None:
    with portfolio(tmp_path) as wb:
        empty = counts(wb)
        take_in(wb, *_paths((0, 1, 2, 3, 4)))
        full = counts(wb)
        again = take_in(wb, *_paths((3, 2, 1, 0, 4)))
        assert (again.created, again.updated, again.rejected, again.step_id) == (0, 0, 0, None)
        assert counts(wb) == full
        assert len(wb.history()) == 1
        wb.undo()
        assert counts(wb) == empty
        wb.redo()
        assert counts(wb) == full


def test_every_usage_figure_of_the_file_is_in_the_portfolio(tmp_path: Path) -> None:
    import csv

    with (FOLDER / "ravenstack_feature_usage.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    with portfolio(tmp_path) as wb:
        take_in(wb, *_paths((0, 1, 2)))
        for family in ("usage_count", "usage_duration_secs", "error_count"):
            stored = wb.reads.scalar(
                "select sum(value) from reading join metric on metric.id = metric_id where family = ?",
                [family],
            )
            assert stored == sum(float(row[family]) for row in rows)

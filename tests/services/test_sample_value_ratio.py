"""The sample tells one truth: the metric "proven value ÷ cost" ends where the account's ledger does."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path

from cs_workbench.services import portfolios, sample, value_reading
from cs_workbench.store.queries import value as queries
from cs_workbench.store.queries import value_newest as everything

NOW = dt.datetime(2026, 11, 24, 1, 42, tzinfo=dt.UTC)


def test_reading_and_ledger_agree(tmp_path: Path) -> None:
    with portfolios.create(str(tmp_path / "p.csw"), now=NOW, language="en") as wb:
        sample.create(wb, today=NOW.date(), language="en")
        compared = 0
        for view in value_reading.portfolio_views(wb.reads, NOW.date()):
            metric = queries.metric_of_role(wb.reads, view.head.account_id, "value_ratio")
            newest = queries.newest_reading(wb.reads, view.head.account_id, metric)
            if view.outcome.result is None or not view.outcome.result.bcr or newest is None:
                continue
            compared += 1
            assert abs(newest - view.outcome.result.bcr) <= view.outcome.result.bcr / 100 + Decimal("0.01")
        assert compared >= 5


def test_one_statement_reads_the_same_as_many(tmp_path: Path) -> None:
    day = NOW.date()
    with portfolios.create(str(tmp_path / "p.csw"), now=NOW, language="ja") as wb:
        sample.create(wb, today=day, language="ja")
        with wb.change("spoil") as db:
            db.execute(
                "update value_line set title = 'a\"b\\' || char(0) || '🙂', attribution = '0.30000000000000004'"
            )
        newest = {head.account_id: head for head in reversed(queries.ledgers(wb.reads))}
        heads = tuple(newest[account] for account in sorted(newest))
        assert len(heads) >= 5
        found = everything.newest(wb.reads, day)
        assert found == everything.kept(wb.reads, heads, day)
        assert all((found.lines, found.inputs, found.evidence, found.costs, found.signed, found.readings))
        for head in heads:
            assert everything.newest(wb.reads, day, head.account_id) == everything.kept(
                wb.reads, (head,), day
            )
        assert everything.newest(wb.reads, dt.date(2000, 1, 1)) == everything.Kept(())
        assert value_reading.newest_views(wb.reads, day) == value_reading.portfolio_views(wb.reads, day)

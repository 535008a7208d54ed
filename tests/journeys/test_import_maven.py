"""A sales pipeline with holes: sales without a company, a product nobody lists."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.builders_import import SHARED, counts, portfolio, take_in, warnings_of

FOLDER = SHARED / "maven_crm"
pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason="shared data sets are not here")
PATHS = [str(FOLDER / name) for name in ("sales_pipeline.csv", "products.csv", "accounts.csv")]


def test_pipeline_figures_and_what_does_not_fit(tmp_path: Path) -> None:
    expected = json.loads((FOLDER / "expected.json").read_text())
    with portfolio(tmp_path) as wb:
        result = take_in(wb, *PATHS)
        assert (
            dict(wb.reads.all("select stage, count(*) from opportunity group by stage")) == expected["stages"]
        )
        assert (
            wb.reads.scalar("select sum(amount) / 10000 from opportunity where outcome = 'won'")
            == expected["won_value"]
        )
        assert (
            wb.reads.scalar("select count(*) from opportunity where account_id is null")
            == expected["opps_without_account"]
        )
        best = wb.reads.all(
            "select a.name, sum(o.amount) / 10000 from opportunity o join account a on a.id = o.account_id"
            " where outcome = 'won' group by a.id order by 2 desc limit 5"
        )
        assert dict(best) == expected["top5_accounts_won"]
        pipeline = next(batch for batch in result.batches if batch.kind == "opportunities")
        told = warnings_of(pipeline)
        assert told["no_account"] == expected["opps_without_account"]
        assert told["product_unknown"] == expected["rows_product_not_matching"]
        example = next(warning for warning in pipeline.warnings if warning.code == "product_unknown").examples
        assert example == ("“GTXPro”, perhaps “GTX Pro”",)
        unjoined = wb.reads.all(
            "select product_text, count(*) from opportunity where product_id is null group by 1"
        )
        assert unjoined == [("GTXPro", 1480)]


def test_again_and_back(tmp_path: Path) -> None:
    with portfolio(tmp_path) as wb:
        empty = counts(wb)
        take_in(wb, *PATHS)
        again = take_in(wb, *reversed(PATHS))
        assert (again.created, again.updated, again.step_id) == (0, 0, None)
        wb.undo()
        assert counts(wb) == empty

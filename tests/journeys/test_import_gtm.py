"""Schools, teachers, their renewals and what they did: people lead to accounts, lost renewals to unknown amounts."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cs_workbench.errors import IntakeProblem
from tests.builders_import import SHARED, counts, portfolio, take_in, warnings_of

FOLDER = SHARED / "gtm_renewals"
pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason="shared data sets are not here")
PATHS = [
    str(FOLDER / name)
    for name in ("engagement_events.csv", "renewals.csv", "users.csv", "school_adoption.csv")
]


def test_outcomes_amounts_and_seats(tmp_path: Path) -> None:
    expected = json.loads((FOLDER / "expected.json").read_text())
    with portfolio(tmp_path) as wb:
        result = take_in(wb, *PATHS)
        events = dict(wb.reads.all("select kind, count(*) from contract_event group by kind"))
        assert events["renewal"] == expected["outcomes"]["renewed"]
        assert events["churn"] == expected["outcomes"]["churned"]
        sums = dict(wb.reads.all("select kind, sum(amount) / 10000 from contract_event group by kind"))
        assert sums["renewal"] == expected["sum_arr"]
        assert sums["expansion"] == expected["sum_expansion"]
        assert sums["churn"] is None
        churn = next(batch for batch in result.batches if batch.kind == "churn")
        assert warnings_of(churn)["money_rate_refused"] == 19
        reasons = wb.reads.all(
            "select reason, count(*) from contract_event where kind = 'churn' group by reason"
        )
        assert dict(reasons) == expected["churn_reasons"]
        used = wb.reads.all(
            "select s.external_id, round(r.value / c.seats, 3) from account_source s"
            " join contract c on c.account_id = s.account_id join reading r on r.account_id = s.account_id"
            " join metric m on m.id = r.metric_id where m.role = 'seats_used'"
        )
        assert dict(used) == expected["license_utilisation"]
        assert (
            wb.reads.scalar("select count(*) from person where account_id is not null")
            == expected["rows"]["users"]
        )


def test_again_and_back(tmp_path: Path) -> None:
    with portfolio(tmp_path) as wb:
        empty = counts(wb)
        take_in(wb, *PATHS)
        again = take_in(wb, *reversed(PATHS))
        assert (again.created, again.updated, again.step_id) == (0, 0, None)
        wb.undo()
        assert counts(wb) == empty


def test_a_file_nobody_knows_is_named_with_three_ways_out(tmp_path: Path) -> None:
    with portfolio(tmp_path) as wb:
        empty = counts(wb)
        with pytest.raises(IntakeProblem) as refused:
            take_in(wb, *PATHS, str(FOLDER / "lesson_plans.csv"))
        assert "lesson_plans.csv" in refused.value.message
        assert "personalization_tags" in refused.value.message
        assert "--kind" in refused.value.remedy
        assert "--mapping" in refused.value.remedy
        assert counts(wb) == empty
        result = take_in(wb, *PATHS, str(FOLDER / "lesson_plans.csv"), good_rows=True)
        assert warnings_of(result.batches[-1]) == {"unrecognised_skipped": 1}
        assert counts(wb)["account"] == 15

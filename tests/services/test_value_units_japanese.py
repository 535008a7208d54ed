"""People in sums are counted as 名 in Japanese, never called by the word for the list of persons."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from cs_workbench.services import portfolios, value_exports
from tests.builders_store import add_account
from tests.builders_value import NOW, LedgerSpec, add_ledger


def test_people_in_a_sum_are_counted(tmp_path: Path) -> None:
    with portfolios.create(str(tmp_path / "p.csw"), now=NOW, language="ja") as wb:
        with wb.change("fill") as db:
            add_account(db, "Acme")
        add_ledger(wb, 1, LedgerSpec())
        view = value_exports.chosen(wb.reads, 1, None, dt.date(2026, 11, 22))
        case, _notes = value_exports.case_of(view, "Acme", "Us", "ja")
    assert case is not None
    sums = " ".join(line.sum for line in (*case.lines, *case.potential))
    assert "58名" in sums
    assert "関係者" not in sums

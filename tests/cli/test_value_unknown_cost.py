"""The verb roi where a cost is not known: said in words and in JSON, and no return."""

from __future__ import annotations

from pathlib import Path

from cs_workbench.services.workbench import Workbench
from tests.builders_store import add_account
from tests.cli.conftest import Run
from tests.services.test_value_unknown import without_rate


def test_the_command_line_says_it_in_words_and_json(csw: Run, tmp_path: Path) -> None:
    csw("init")
    with Workbench.open(str(tmp_path / "portfolio.csw")) as wb:
        with wb.change("fill") as db:
            add_account(db, "Acme")
        without_rate(wb)
    told = csw("roi", "1", "--as-of", "2026-11-22").out
    assert "Not measured: cost SO-02604 (no exchange rate for CHF)." in told
    assert "Return on investment" not in told
    assert "Payback" not in told
    data = csw("--json", "roi", "1", "--as-of", "2026-11-22").json
    assert data["result"] is None
    assert [(one["kind"], one["title"]) for one in data["left_out"]] == [("cost", "SO-02604")]
    assert data["sensitivity"] == []
    assert {one["costs"] for one in data["cash_flow"]} == {None}

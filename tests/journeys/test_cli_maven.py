"""A sales pipeline from the shell: won value, sales without a company, a product on no list."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tests.builders_import import SHARED
from tests.journeys.shell import Shell, told, total

FOLDER = SHARED / "maven_crm"
pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason="shared data sets are not here")
FILES = [str(FOLDER / f"{name}.csv") for name in ("sales_pipeline", "accounts", "products")]


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> tuple[Shell, Any]:
    """A portfolio with the three files, and what the import answered."""
    shell = Shell(tmp_path_factory.mktemp("maven") / "p.csw")
    shell.say("init", "--lang", "en")
    return shell, shell.ask("import", *FILES)


def test_the_pipeline(imported: tuple[Shell, Any], tmp_path: Path) -> None:
    expected, shell = json.loads((FOLDER / "expected.json").read_text()), imported[0]
    sales = shell.table("opportunity", tmp_path / "export")
    assert Counter(row["stage"] for row in sales) == expected["stages"]
    won = [row for row in sales if row["outcome"] == "won"]
    assert total(won, "amount") == expected["won_value"]
    closed = [row for row in sales if row["outcome"] in ("won", "lost")]
    assert round(len(won) / len(closed), 4) == expected["win_rate_won_over_closed"]
    names = {row["id"]: row["name"] for row in shell.table("account", tmp_path / "export")}
    by_account = Counter[str]()
    for row in won:
        by_account[names[row["account_id"]]] += int(float(row["amount"]))
    assert dict(by_account.most_common(5)) == expected["top5_accounts_won"]
    assert len(names) == expected["rows"]["accounts"]


def test_what_does_not_fit_is_surfaced(imported: tuple[Shell, Any], tmp_path: Path) -> None:
    expected = json.loads((FOLDER / "expected.json").read_text())
    warnings = told(imported[1])["opportunities"]
    assert warnings["no_account"] == expected["opps_without_account"]
    assert warnings["product_unknown"] == expected["rows_product_not_matching"]
    pipeline = next(batch for batch in imported[1]["batches"] if batch["kind"] == "opportunities")
    shown = {warning["code"]: warning["examples"] for warning in pipeline["warnings"]}
    assert shown["product_unknown"] == ["“GTXPro”, perhaps “GTX Pro”"]
    sales = imported[0].table("opportunity", tmp_path / "export")
    assert {row["product_text"] for row in sales if not row["product_id"]} == set(
        expected["product_not_in_products"]
    )


def test_no_score_has_its_reason_and_the_briefing_is_printed_all_the_same(
    imported: tuple[Shell, Any], tmp_path: Path
) -> None:
    shell = imported[0]
    scores = shell.ask("score", "--as-of", "2017-12-31")["accounts"]
    assert len(scores) == 85
    assert all((row["score"] is None) == bool(row["reason"]) for row in scores)
    out = ("--out", str(tmp_path / "out"), "--as-of", "2017-12-31")
    answer = shell.ask(
        "pack", "Kan-code", "--edition", "internal", "--lang", "en", "--format", "md,pdf", *out
    )
    text = next(Path(path) for path in answer["files"] if path.endswith(".md")).read_text(encoding="utf-8")
    assert "Kan-code" in text


def test_again_and_back(imported: tuple[Shell, Any], tmp_path: Path) -> None:
    shell = Shell(tmp_path / "p.csw")
    shell.say("init")
    first, again = shell.ask("import", *FILES), shell.ask("import", *reversed(FILES))
    assert told(first) == told(imported[1])
    assert (again["step"], {(batch["created"], batch["updated"]) for batch in again["batches"]}) == (
        None,
        {(0, 0)},
    )
    shell.say("undo")
    assert shell.ask("accounts") == []
    assert shell.table("opportunity", tmp_path / "export") == []

"""The main job from the shell on a SaaS company's export: take in, score, print, take back."""

from __future__ import annotations

import json
import shutil
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from tests.builders_import import SHARED
from tests.journeys.shell import Shell, told, total

FOLDER = SHARED / "ravenstack_saas"
pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason="shared data sets are not here")
DAY = "2024-12-31"
FILES = [
    str(FOLDER / f"ravenstack_{name}.csv")
    for name in ("feature_usage", "churn_events", "subscriptions", "support_tickets", "accounts")
]
FORMATS = ("pdf", "docx", "pptx", "xlsx", "html", "md")
BEGINNINGS = {
    "pdf": b"%PDF-",
    "docx": b"PK\x03\x04",
    "pptx": b"PK\x03\x04",
    "xlsx": b"PK\x03\x04",
    "html": b"<!DOCTYPE html>",
    "md": b"",
}


@pytest.fixture(scope="module")
def expected() -> Any:
    """The totals its publisher and an independent program found."""
    return json.loads((FOLDER / "expected.json").read_text())


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> tuple[Shell, Any]:
    """A portfolio with the five files, and what the import answered."""
    shell = Shell(tmp_path_factory.mktemp("ravenstack") / "p.csw")
    shell.say("init", "--lang", "en")
    return shell, shell.ask("import", *FILES)


@pytest.fixture(scope="module")
def exported(imported: tuple[Shell, Any], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the portfolio's tables lie as files."""
    folder = tmp_path_factory.mktemp("ravenstack") / "export"
    imported[0].say("export", str(folder))
    return folder


def test_every_row_is_counted(imported: tuple[Shell, Any], expected: Any) -> None:
    rows = expected["rows"]
    found = {
        batch["kind"]: (batch["rows"], batch["created"], batch["rejected"])
        for batch in imported[1]["batches"]
    }
    assert found == {
        "accounts": (rows["accounts"],) * 2 + ([],),
        "contracts": (rows["subscriptions"],) * 2 + ([],),
        "readings": (rows["feature_usage"],) * 2 + ([],),
        "tickets": (rows["support_tickets"],) * 2 + ([],),
        "churn": (rows["churn_events"],) * 2 + ([],),
    }


def test_the_totals_are_the_published_ones(
    imported: tuple[Shell, Any], exported: Path, expected: Any
) -> None:
    shell = imported[0]
    contracts, tickets = shell.table("contract", exported), shell.table("ticket", exported)
    churned = [row for row in contracts if row["status"] == "churned"]
    assert total(contracts, "mrr") == expected["sum_mrr_all"]
    assert total(churned, "mrr") == expected["sum_mrr_churned"]
    assert round(len(churned) / len(contracts), 4) == expected["sub_churn_rate"]
    assert total([row for row in contracts if not row["end_on"]], "mrr") == expected["active_mrr_open_subs"]
    rated = [row for row in tickets if row["satisfaction"]]
    assert len(tickets) - len(rated) == expected["tickets_csat_missing"]
    assert round(total(rated, "satisfaction") / len(rated), 4) == expected["csat_mean"]
    assert sum(row["escalated"] == "yes" for row in tickets) == expected["escalated"]
    events = shell.table("contract_event", exported)
    assert len({row["account_id"] for row in events}) == expected["accounts_with_any_churn_event"]


def test_contradictions_are_told_and_not_swallowed(imported: tuple[Shell, Any], expected: Any) -> None:
    warnings = told(imported[1])
    assert warnings["readings"]["duplicate_id"] == expected["duplicate_usage_ids"]
    assert warnings["readings"]["before_start"] == expected["usage_rows_before_subscription_start"]
    assert warnings["readings"]["after_end"] == expected["usage_rows_after_end"]
    assert warnings["accounts"]["flag_without_event"] == expected["flag_true_but_no_event"]
    assert warnings["churn"]["event_without_flag"] == expected["event_but_flag_false"]
    said = [warning["message"] for batch in imported[1]["batches"] for warning in batch["warnings"]]
    assert "19,142 readings are dated before the start of their contract" in said


def test_every_account_has_a_score_with_reasons_or_the_reason_for_none(imported: tuple[Shell, Any]) -> None:
    shell = imported[0]
    scores = shell.ask("score", "--as-of", DAY)["accounts"]
    assert len(scores) == 500
    for row in scores:
        assert (row["score"] is None) == bool(row["reason"])
        assert row["score"] is None or (0 <= row["score"] <= 100 and 0 < row["coverage"] <= 1)
    listed = {row["id"]: row for row in shell.ask("accounts", "--as-of", DAY)}
    assert {number: row["health"]["score"] for number, row in listed.items()} == {
        row["id"]: row["score"] for row in scores
    }
    for row in scores[::50]:
        opened = shell.ask("score", "--explain", str(row["id"]), "--as-of", DAY)
        parts = [measure["contribution"] for measure in opened["measures"]]
        assert sum(parts) == pytest.approx(row["score"], abs=0.05)
        assert all(measure["reason"] for measure in opened["measures"])


def test_a_good_briefing_for_the_rich_and_for_the_bare(
    imported: tuple[Shell, Any], exported: Path, tmp_path: Path
) -> None:
    shell = imported[0]
    counts: dict[str, int] = {}
    for row in shell.table("reading", exported):
        counts[row["account_id"]] = counts.get(row["account_id"], 0) + 1
    names = {row["id"]: row["name"] for row in shell.table("account", exported)}
    rich = max(counts, key=lambda account: counts[account])
    bare = min(names, key=lambda account: counts.get(account, 0))
    every = [(rich, *choice) for choice in product(("ja", "en"), ("customer", "internal"))]
    for account, language, edition in (*every, (bare, "ja", "internal"), (bare, "en", "customer")):
        out = tmp_path / f"{account}-{language}-{edition}"
        options = ("--lang", language, "--edition", edition, "--as-of", DAY, "--out", str(out))
        answer = shell.ask("pack", account, "--format", ",".join(FORMATS), *options)
        files = {Path(path).suffix.removeprefix("."): Path(path) for path in answer["files"]}
        assert (sorted(files), answer["stopped"]) == (sorted(FORMATS), [])
        for kind, path in files.items():
            data = path.read_bytes()
            assert data.lstrip().startswith(BEGINNINGS[kind]), (kind, data[:40])
            assert len(data) > 2_000
        text = files["md"].read_text(encoding="utf-8")
        assert names[account] in text.replace("\\_", "_")
        assert not any(trace in text for trace in ("None", "nan", "{{", "Undefined"))


def test_the_same_again_changes_nothing_and_undo_leaves_an_empty_portfolio(
    imported: tuple[Shell, Any], tmp_path: Path
) -> None:
    shell = Shell(tmp_path / "copy.csw")
    shutil.copy(imported[0].path, shell.path)
    again = shell.ask("import", *reversed(FILES))
    assert {(batch["created"], batch["updated"]) for batch in again["batches"]} == {(0, 0)}
    assert again["step"] is None
    assert len(shell.ask("accounts")) == 500
    assert "500 accounts" in shell.say("undo")
    assert shell.ask("accounts") == []
    for name in ("account", "contract", "reading", "ticket", "contract_event", "metric", "custom_field"):
        assert shell.table(name, tmp_path / "export") == []
    assert "500 accounts" in shell.say("redo")
    assert len(shell.ask("accounts")) == 500


def test_a_dry_run_leaves_the_file_as_it_is(imported: tuple[Shell, Any], tmp_path: Path) -> None:
    shell = Shell(tmp_path / "p.csw")
    shell.say("init")
    before = shell.path.read_bytes()
    preview = shell.ask("import", *FILES, "--dry-run")
    assert preview["dry_run"]
    assert told(preview) == told(imported[1])
    assert shell.path.read_bytes() == before

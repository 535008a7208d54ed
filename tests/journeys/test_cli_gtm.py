"""Schools and their renewals from the shell: outcomes, lost amounts nobody told, licences used."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tests.builders_import import SHARED
from tests.journeys.shell import Shell, told, total

FOLDER = SHARED / "gtm_renewals"
pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason="shared data sets are not here")
FILES = [
    str(FOLDER / f"{name}.csv") for name in ("renewals", "engagement_events", "school_adoption", "users")
]


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> tuple[Shell, Any]:
    """A portfolio with the four files that are about customers, and what the import answered."""
    shell = Shell(tmp_path_factory.mktemp("gtm") / "p.csw")
    shell.say("init", "--lang", "en")
    return shell, shell.ask("import", *FILES)


def test_outcomes_and_amounts(imported: tuple[Shell, Any], tmp_path: Path) -> None:
    expected, shell = json.loads((FOLDER / "expected.json").read_text()), imported[0]
    events = shell.table("contract_event", tmp_path / "export")
    kinds = Counter(row["kind"] for row in events)
    assert kinds["renewal"] == expected["outcomes"]["renewed"]
    assert kinds["churn"] == expected["outcomes"]["churned"]
    closed = kinds["renewal"] + kinds["churn"]
    assert round(kinds["renewal"] / closed, 4) == expected["logo_renewal_rate"]
    of_kind = {kind: [row for row in events if row["kind"] == kind] for kind in kinds}
    assert total(of_kind["renewal"], "amount") == expected["sum_arr"]
    assert total(of_kind["expansion"], "amount") == expected["sum_expansion"]
    assert Counter(row["reason"] for row in of_kind["churn"]) == expected["churn_reasons"]
    assert {row["amount"] for row in of_kind["churn"]} == {""}


def test_the_amount_nobody_told_is_said(imported: tuple[Shell, Any]) -> None:
    assert told(imported[1])["churn"]["money_rate_refused"] == 19
    said = [warning["message"] for batch in imported[1]["batches"] for warning in batch["warnings"]]
    assert any("a renewal rate in money cannot be computed" in message for message in said)


def test_the_file_about_lessons_is_named_with_what_to_do(imported: tuple[Shell, Any], tmp_path: Path) -> None:
    shell = Shell(tmp_path / "p.csw")
    shell.say("init")
    code, _out, messages = shell.run("import", *FILES, str(FOLDER / "lesson_plans.csv"))
    assert code == 1
    assert "lesson_plans.csv" in messages
    assert "--mapping" in messages
    assert shell.ask("accounts") == []


def test_scores_packs_again_and_back(imported: tuple[Shell, Any], tmp_path: Path) -> None:
    shell = imported[0]
    scores = shell.ask("score")["accounts"]
    assert len(scores) == 15
    assert all((row["score"] is None) == bool(row["reason"]) for row in scores)
    answer = shell.ask("pack", str(scores[0]["id"]), "--format", "pdf,md", "--out", str(tmp_path / "out"))
    assert [Path(path).suffix for path in answer["files"]] == [".pdf", ".md"]
    again = shell.ask("import", *reversed(FILES))
    assert {(batch["created"], batch["updated"]) for batch in again["batches"]} == {(0, 0)}
    shell.say("undo")
    assert shell.ask("accounts") == []

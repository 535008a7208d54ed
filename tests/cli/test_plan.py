"""The verb ``plan``: the plan in words, as JSON, and its sheet as files."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cs_workbench.cli import start
from cs_workbench.services import portfolios
from cs_workbench.services.workbench import Workbench
from tests.builders_plans import NOW, aoba_plan
from tests.builders_store import add_account


@pytest.fixture
def path(tmp_path: Path) -> str:
    """A portfolio with the plan of the mock-up."""
    made = str(tmp_path / "p.csw")
    with portfolios.create(made, now=NOW, language="en") as workbench:
        with workbench.change("fill") as db:
            add_account(db)
            add_account(db, "Birch")
        aoba_plan(workbench, 1)
    return made


def test_the_plan_as_json(path: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert start.run(["plan", "Aoba", "--json", "--portfolio", path, "--as-of", "2026-11-24"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert [one["progress"] for one in data["objectives"]] == [
        pytest.approx(27 / 26),
        0.25,
        pytest.approx(-1 / 7, abs=1e-6),
    ]
    assert data["objectives"][1]["sentence"] == "Time for one report falls from 40 to 20 min by 31 Mar 2027"
    assert len(data["objectives"][1]["steps"]) == 4


def test_the_plan_in_words(path: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert start.run(["plan", "Aoba", "--portfolio", path, "--as-of", "2026-11-24"]) == 0
    out = capsys.readouterr().out
    for words in ("Stop fixing", "25%", "−14%", "4 d late", "Champion leaves"):
        assert words in out


def test_without_a_plan_it_says_so(path: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert start.run(["plan", "Birch", "--portfolio", path]) == 1
    assert "no success plan" in capsys.readouterr().err


def test_the_sheet_is_written(path: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["plan", "Aoba", "--export", "pdf,docx", "--out", str(tmp_path / "out"), "--json", "--portfolio", path,
             "--lang", "ja", "--as-of", "2026-11-24"]  # fmt: skip
    assert start.run(words) == 0
    files = json.loads(capsys.readouterr().out)["files"]
    assert [Path(one).suffix for one in files] == [".pdf", ".docx"]
    assert all(Path(one).stat().st_size > 1000 for one in files)
    with Workbench.open(path) as workbench:
        assert workbench.reads.scalar("select count(*) from pack_record") == 1

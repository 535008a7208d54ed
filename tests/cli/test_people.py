"""The verb ``people``: coverage, gaps, map and lines in words and as JSON, and what breaks when somebody leaves."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from cs_workbench.cli import start
from cs_workbench.services import portfolios
from tests.builders_people import NOW, aoba
from tests.builders_store import add_account, add_person


@pytest.fixture
def path(tmp_path: Path) -> str:
    made = str(tmp_path / "p.csw")
    with portfolios.create(made, now=NOW, language="en") as workbench, workbench.change("fill") as db:
        ids = aoba(db)
        add_person(db, ids["aoba"], "ISHII")
        add_person(db, add_account(db, "Birch"), "Ishii", email="ishii@aoba.example")
        add_account(db, "Empty")
    return made


def ask(path: str, *words: str) -> int:
    return start.run(["people", *words, "--portfolio", path, "--as-of", "2026-11-24"])


def as_json(path: str, capsys: pytest.CaptureFixture[str], *words: str) -> dict[str, Any]:
    assert ask(path, *words, "--json") == 0
    data: dict[str, Any] = json.loads(capsys.readouterr().out)
    return data


def test_people_as_json(path: str, capsys: pytest.CaptureFixture[str]) -> None:
    data = as_json(path, capsys, "Aoba")
    assert (data["account"], data["tier"], data["threads"], data["as_of"]) == ("Aoba", "B", 2, "2026-11-24")
    assert [(one["role"], one["gap"]) for one in data["required"]] == [
        ("decision_maker", "role_not_met"), ("champion", None), ("technical_owner", "role_missing"),
    ]  # fmt: skip
    people = {one["name"]: one for one in data["people"]}
    assert people["Ishii"]["influence"] == 4
    assert people["Ishii"]["sentiment"] == "positive"
    assert people["Ishii"]["last_two_way"] == "2026-11-04"
    assert people["Ishii"]["in_touch"]
    assert people["Ishii"]["reports_to"] == people["Saeki"]["id"]
    assert [each["account"] for each in people["Ishii"]["elsewhere"]] == ["Birch"]
    assert people["Abe"]["left"]
    assert people["Abe"]["left_on"] == "2026-09-30"
    levels = {one["person"]: one["level"] for one in data["tree"]}
    assert levels[people["Morita"]["id"]] == 2
    assert people["Abe"]["id"] not in levels
    assert data["doubles"] == [
        {"keep": people["Ishii"]["id"], "gone": people["ISHII"]["id"], "reason": "name"}
    ]
    assert data["gaps"][0]["action"] == "Find out who is the technical owner"


def test_who_leaves_as_json(path: str, capsys: pytest.CaptureFixture[str]) -> None:
    lost = as_json(path, capsys, "Aoba", "--leaves", "Saeki")["leaves"]
    assert (lost["required_roles"], lost["threads_now"], lost["threads_left"]) == (["decision_maker"], 2, 2)
    assert lost["influence_share"] == pytest.approx(5 / 13, abs=1e-6)


def test_people_in_words(path: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert ask(path, "Aoba") == 0
    out = capsys.readouterr().out
    for words in ("In touch with 2 people", "✗ Technical owner: nobody", "! No technical owner →", "left 30 Sep 2026",
                  "Also at Birch", "may be one person"):  # fmt: skip
        assert words in out
    assert ask(path, "Aoba", "--leaves", "morita") == 0
    out = capsys.readouterr().out
    assert "Threads: 2 today, 1 after" in out
    assert "influence" in out


def test_an_account_without_people(path: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert ask(path, "Empty") == 0
    assert "Nobody is known here" in capsys.readouterr().out
    assert as_json(path, capsys, "Empty")["people"] == []


@pytest.mark.parametrize(("who", "told"), [("Nobody", "Nobody called"), ("i", "more than one")])
def test_somebody_unknown_or_many(path: str, capsys: pytest.CaptureFixture[str], who: str, told: str) -> None:
    assert ask(path, "Aoba", "--leaves", who) == 1
    assert told in capsys.readouterr().err

"""The verb that proves a copy: what it hands on, what it prints, its exit code."""

from __future__ import annotations

import argparse
import datetime as dt
import re
import struct
from pathlib import Path
from typing import Any

import pytest

from cs_workbench import selftest
from cs_workbench.cli import parser
from cs_workbench.selftest import Step
from tests.cli.conftest import Run

DAY = "2026-11-24"
README = Path(__file__).resolve().parents[2] / "README.md"


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """What the self-test was asked for; it answers with one step done and, for pictures, one that failed."""
    calls: list[dict[str, Any]] = []

    def picture(directory: str, **more: Any) -> list[Step]:
        calls.append({"directory": directory, **more})
        return [
            Step("01-today-light-ja-1.png", True, ""),
            Step("02-about-light-ja-1.png", False, "Qt: moaned"),
        ]

    def run(**more: Any) -> list[Step]:
        calls.append(more)
        return [Step("portfolio", True, "30 accounts")]

    monkeypatch.setattr(selftest, "picture", picture)
    monkeypatch.setattr(selftest, "run", run)
    return calls


def test_pictures_are_asked_for_by_folder_variant_and_day(csw: Run, asked: list[dict[str, Any]]) -> None:
    words = ("--screens", "shots", "--variant", "light-ja-1", "--variant", "dark-en-2", "--as-of", DAY)
    ran = csw("selftest", *words)
    (call,) = asked
    assert call["directory"] == "shots"
    assert call["variants"] == ("light-ja-1", "dark-en-2")
    assert call["today"] == dt.date(2026, 11, 24)
    assert ran.code == 1
    assert ran.out.splitlines() == [
        "✓ 01-today-light-ja-1.png",
        "✗ 02-about-light-ja-1.png  Qt: moaned",
        "This copy does not work: see the steps marked ✗.",
    ]


def test_pictures_as_json(csw: Run, asked: list[dict[str, Any]]) -> None:
    ran = csw("selftest", "--screens", "shots", "--json")
    assert asked[0]["variants"] == ()
    assert ran.code == 1
    assert ran.json["ok"] is False
    assert ran.json["steps"][1] == {"name": "02-about-light-ja-1.png", "ok": False, "detail": "Qt: moaned"}


def test_without_a_folder_everything_is_tried(csw: Run, asked: list[dict[str, Any]]) -> None:
    ran = csw("selftest", "--as-of", DAY)
    assert ran.code == 0
    assert ran.out.splitlines() == ["✓ portfolio  30 accounts", "This copy works."]
    assert asked[0]["today"] == dt.date(2026, 11, 24)


def test_a_variant_without_a_folder_is_refused(csw: Run, asked: list[dict[str, Any]]) -> None:
    ran = csw("selftest", "--variant", "light-ja-1", "--json")
    assert ran.code == 1
    assert ran.json["error"]["code"] == "variant"
    assert ran.json["error"]["remedy"]
    assert asked == []


def test_a_variant_that_is_none_is_wrong_usage(csw: Run, asked: list[dict[str, Any]]) -> None:
    with pytest.raises(SystemExit) as left:
        csw("selftest", "--screens", "shots", "--variant", "pink-ja-1")
    assert left.value.code == 2
    assert asked == []


def test_the_command_line_knows_the_variants_there_are() -> None:
    from cs_workbench.selftest import screens

    assert sorted(parser.VARIANTS) == sorted(screens.VARIANTS)


def test_the_sample_comes_with_its_scores(csw: Run) -> None:
    made = csw("init", "--sample", "--as-of", DAY, "--lang", "en")
    assert made.out.splitlines()[-1] == (
        "It holds 30 invented accounts, scored for the past year. See them with: cs-workbench accounts"
    )
    healths = [row["health"] for row in csw("accounts", "--as-of", DAY, "--json").json]
    assert len(healths) == 30
    assert sum(one["score"] is not None for one in healths) >= 25
    before = [row["health"]["score"] for row in csw("accounts", "--as-of", "2026-06-30", "--json").json]
    assert sum(score is not None for score in before) >= 25


def test_the_readme_shows_pictures_that_are_there_and_small() -> None:
    text = README.read_text(encoding="utf-8")
    named = re.findall(r"!\[[^\]]+\]\(([^)]+)\)", text)
    assert len(named) == 8
    for name in named:
        content = (README.parent / name).read_bytes()
        assert content.startswith(b"\x89PNG")
        assert len(content) <= 200_000
        assert struct.unpack(">II", content[16:24]) == (1440, 900)
    kept = README.parent / "resources" / "help" / "pictures"
    assert {path.name for path in kept.iterdir()} == {name.rpartition("/")[2] for name in named}


def test_the_readme_s_ledger_can_be_computed(csw: Run, tmp_path: Path) -> None:
    (ledger,) = re.findall(r"```toml\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL)
    path = tmp_path / "ledger.toml"
    path.write_text(ledger, encoding="utf-8")
    told = csw("roi", "--model", str(path), "--json").json
    assert [line["title"] for line in told["counted"]] == ["Reports by hand"]
    assert told["result"]["npv"] > 0
    readme = README.read_text(encoding="utf-8")
    assert all(f"{member}" in readme for member in (*told, *told["result"], *told["counted"][0]))


def test_every_verb_is_in_the_readme() -> None:
    readme = README.read_text(encoding="utf-8")
    verbs = next(
        action for action in parser.build()._actions if isinstance(action, argparse._SubParsersAction)
    )
    table = readme[readme.index("| verb | does |") : readme.index("Exit codes:")]
    assert [verb for verb in verbs.choices if f"`{verb}" not in table] == []

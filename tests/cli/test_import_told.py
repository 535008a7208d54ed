"""What ``import`` prints of accounts that its rows make beside themselves, and of names that may be short for one."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Run

ACCOUNTS = "会社名,業種\nみなと信用金庫,金融\n"
NEW = "会社名,氏名,メール\n東北フーズ㈱,渡邉 進,w@tohoku.example.jp\n"
SHORT = "会社名,氏名,メール\nみなと信金,渡邉 進,w@minato.example.jp\n"


@pytest.fixture
def known(csw: Run, tmp_path: Path) -> Run:
    """A portfolio that knows one customer."""
    path = tmp_path / "顧客.csv"
    path.write_text(ACCOUNTS, encoding="utf-8")
    assert csw("init").code == 0
    assert csw("import", str(path)).code == 0
    return csw


def people(folder: Path, text: str) -> str:
    path = folder / "連絡先.csv"
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_the_plan_counts_the_account(known: Run, tmp_path: Path) -> None:
    path = people(tmp_path, NEW)
    dry = known("import", path, "--dry-run")
    lines = [line.split() for line in dry.out.splitlines()]
    assert ["連絡先.csv", "People", "1", "1", "0", "0", "0"] in lines
    assert ["連絡先.csv", "Accounts", "1"] in lines
    assert "東北フーズ㈱" in dry.out
    done = known("import", path)
    assert "Import 1 account, 1 person" in done.out
    assert known("undo", "--json").json["undone"] == "Import 1 account, 1 person"


def test_the_json_counts_it_too(known: Run, tmp_path: Path) -> None:
    plain = known("import", people(tmp_path, NEW), "--dry-run", "--json").json
    assert [batch["new_accounts"] for batch in plain["batches"]] == [1]


def test_a_short_name_is_refused_until_it_is_settled(known: Run, tmp_path: Path) -> None:
    path = people(tmp_path, SHORT)
    refused = known("import", path, "--json")
    assert refused.code != 0
    asked = known("import", path, "--dry-run", "--json").json["questions"]
    assert [(one["name"], one["candidate"]) for one in asked] == [("みなと信金", "みなと信用金庫")]
    assert known("import", path, "--yes").code == 0
    assert len(known("accounts", "--json").json) == 1

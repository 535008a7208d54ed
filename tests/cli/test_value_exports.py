"""The verb roi with --export: documents of an account's ledger and of one in a file."""

from __future__ import annotations

from pathlib import Path

import pytest

from cs_workbench.services.workbench import Workbench
from tests.builders_store import add_account
from tests.builders_value import LedgerSpec, add_ledger
from tests.cli.conftest import Run
from tests.services.test_value_documents import MODEL


@pytest.fixture
def ledger(csw: Run, tmp_path: Path) -> int:
    csw("init")
    with Workbench.open(str(tmp_path / "portfolio.csw")) as wb:
        with wb.change("fill") as db:
            add_account(db, "Acme")
            add_account(db, "Acme ")
            add_account(db, "Birch")
        add_ledger(wb, 2)
        return add_ledger(wb, 1, LedgerSpec())


def test_several_formats_at_once(csw: Run, ledger: int, tmp_path: Path) -> None:
    ran = csw(
        "--json",
        "roi",
        "1",
        "--export",
        "xlsx,pdf,pptx",
        "--out",
        str(tmp_path / "o"),
        "--as-of",
        "2026-11-24",
    )
    assert ran.code == 0
    assert {Path(file).suffix for file in ran.json["files"]} == {".xlsx", ".pdf", ".pptx"}
    assert all(Path(file).stat().st_size > 1000 for file in ran.json["files"])


def test_names_that_meet_get_a_number(csw: Run, ledger: int, tmp_path: Path) -> None:
    found: set[str] = set()
    for account in ("1", "2"):
        ran = csw(
            "--json", "roi", account, "--export", "md", "--out", str(tmp_path / "o"), "--as-of", "2026-11-24"
        )
        found.update(Path(file).name for file in ran.json["files"])
    assert len(found) == 2


@pytest.mark.parametrize(("edition", "words"), [("customer", False), ("internal", True)])
def test_notes_are_in_our_own_copy_only(
    csw: Run, ledger: int, tmp_path: Path, edition: str, words: bool
) -> None:
    csw("roi", "1", "--export", "md,html", "--edition", edition, "--lang", "ja", "--out", str(tmp_path / "o"),
        "--as-of", "2026-11-24")  # fmt: skip
    texts = [file.read_text(encoding="utf-8") for file in (tmp_path / "o").iterdir()]
    assert len(texts) == 2
    assert all(("margin of 61" in text) is words for text in texts)
    assert all("純価値" in text for text in texts)


def test_people_read_the_paths(csw: Run, ledger: int, tmp_path: Path) -> None:
    ran = csw("roi", "1", "--export", "md", "--out", str(tmp_path / "o"), "--as-of", "2026-11-24")
    assert ran.out.strip().endswith(".md")


def test_an_unknown_format_is_refused_before_anything_is_read(csw: Run, ledger: int, tmp_path: Path) -> None:
    with pytest.raises(SystemExit):
        csw("roi", "1", "--export", "odt", "--out", str(tmp_path / "o"))
    assert not (tmp_path / "o").exists()


def test_a_ledger_in_a_file_is_handed_over_without_a_portfolio(csw: Run, tmp_path: Path) -> None:
    path = tmp_path / "deal.toml"
    path.write_text(MODEL, encoding="utf-8")
    ran = csw("--json", "roi", "--model", str(path), "--export", "xlsx,pdf,md", "--lang", "en",
              "--out", str(tmp_path / "o"), "--as-of", "2026-11-24")  # fmt: skip
    assert ran.code == 0
    assert {Path(file).suffix for file in ran.json["files"]} == {".xlsx", ".pdf", ".md"}


@pytest.mark.parametrize(
    ("old", "new"),
    [('"gain"', '"gain +"'), ("[0, 4000000, 4000000, 4000000]", "[0]"), ("JPY/year", "USD/year")],
)
def test_a_file_that_cannot_be_computed_writes_nothing(csw: Run, tmp_path: Path, old: str, new: str) -> None:
    path = tmp_path / "deal.toml"
    path.write_text(MODEL.replace(old, new), encoding="utf-8")
    ran = csw("roi", "--model", str(path), "--export", "md", "--out", str(tmp_path / "o"))
    assert ran.code == 1
    assert not (tmp_path / "o").exists()

"""Putting documents in place: private, all or none; and what a pack takes from and leaves in the portfolio."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from cs_workbench.errors import FileProblem
from cs_workbench.reports.blocks import Document
from cs_workbench.reports.leaks import words
from cs_workbench.services import health, pack_files, portfolios
from cs_workbench.services.packs import make_pack
from cs_workbench.services.workbench import Workbench
from tests.services.test_packs import AS_OF, NOW, fill


@pytest.fixture
def wb(tmp_path: Path) -> Iterator[Workbench]:
    """The portfolio of the packs' tests."""
    with portfolios.create(str(tmp_path / "p.csw"), now=NOW, language="ja") as made:
        fill(made)
        yield made


@pytest.fixture
def plain_writer(monkeypatch: pytest.MonkeyPatch) -> None:
    """Writers that write a word, as readable as the process allows."""

    def write(_document: Document, _look: object, path: str) -> None:
        Path(path).write_text("word", encoding="utf-8")

    monkeypatch.setattr(pack_files, "writer", lambda _name: write)


def put(folder: Path, *formats: str) -> tuple[str, ...]:
    """Write a document that nobody reads."""
    document = object()
    return pack_files.write_all(document, None, str(folder), "d", formats=formats, scan=None)[0]  # type: ignore[arg-type]


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps no such modes")
@pytest.mark.usefixtures("plain_writer")
def test_a_document_is_private_whatever_the_umask(tmp_path: Path) -> None:
    before = os.umask(0o022)
    try:
        (path,) = put(tmp_path, "md")
    finally:
        os.umask(before)
    assert Path(path).stat().st_mode & 0o777 == 0o600


@pytest.mark.usefixtures("plain_writer")
def test_the_first_format_goes_away_again_where_the_second_cannot_be_placed(tmp_path: Path) -> None:
    (tmp_path / "d.html").mkdir()
    (tmp_path / "d.html" / "taken").touch()
    with pytest.raises(FileProblem):
        put(tmp_path, "md", "html")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["d.html"]


def test_an_older_score_is_never_printed_as_that_of_the_day(wb: Workbench, tmp_path: Path) -> None:
    health.score_all(wb, AS_OF - dt.timedelta(days=200), now=NOW)
    old = health.latest(wb.reads, 1, AS_OF)
    today = health.score_of(wb.reads, 1, AS_OF)
    assert old is not None
    assert old.score != today.score
    made = make_pack(
        wb, 1, edition="internal", formats=("md",), as_of=AS_OF, out_dir=str(tmp_path / "o"), now=NOW
    )
    assert f"{today.score}" in "\n".join(words(made.document))


def test_a_portfolio_opened_for_reading_gives_documents_and_archives_none(
    wb: Workbench, tmp_path: Path
) -> None:
    with Workbench.open(wb.path, read_only=True) as reading:
        made = make_pack(reading, 1, formats=("md",), as_of=AS_OF, out_dir=str(tmp_path / "o"), now=NOW)
    assert [Path(path).suffix for path in made.files] == [".md"]
    assert wb.reads.scalar("select count(*) from pack_record") == 0


@pytest.mark.usefixtures("plain_writer")
@pytest.mark.parametrize("links", [True, False])
def test_the_older_documents_stand_again_where_a_later_one_cannot_be_placed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, links: bool
) -> None:
    """Also on a file system without links; nothing of ours is left beside them."""
    (tmp_path / "d.md").write_text("of last week", encoding="utf-8")
    (tmp_path / "d.html").write_text("open elsewhere", encoding="utf-8")
    replace = os.replace

    def locked(source: str, target: str) -> None:
        if target.endswith(".html"):
            raise PermissionError("locked")
        replace(source, target)

    def linkless(_source: str, _target: str) -> None:
        raise OSError("no links here")

    monkeypatch.setattr(os, "replace", locked)
    if not links:
        monkeypatch.setattr(os, "link", linkless)
    with pytest.raises(FileProblem) as told:
        put(tmp_path, "md", "html")
    assert told.value.remedy.startswith("Nothing was replaced.")
    kept = {path.name: path.read_text(encoding="utf-8") for path in tmp_path.iterdir()}
    assert kept == {"d.md": "of last week", "d.html": "open elsewhere"}

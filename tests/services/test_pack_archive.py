"""The archive as a list: where files are now, what can be printed again, what cannot be read any more."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from cs_workbench.errors import NotFound, UserError
from cs_workbench.services import pack_archive, portfolios
from cs_workbench.services.packs import make_pack, make_packs
from cs_workbench.services.portfolio_settings import put_setting
from cs_workbench.services.setting_values import DOCUMENTS_FOLDER
from cs_workbench.services.workbench import Workbench
from tests.services.test_packs import AS_OF, NOW, fill


class Counting:
    """Reads that count what they are asked."""

    def __init__(self, wb: Workbench) -> None:
        self._reads = wb.reads
        self.asked = 0

    def __getattr__(self, name: str) -> object:
        self.asked += 1
        return getattr(self._reads, name)


@pytest.fixture
def wb(tmp_path: Path) -> Iterator[Workbench]:
    with portfolios.create(str(tmp_path / "p.csw"), now=NOW, language="ja") as made:
        fill(made)
        yield made


def test_a_line_says_whose_how_and_where(wb: Workbench, tmp_path: Path) -> None:
    made = make_pack(
        wb, 1, edition="internal", language="en", formats=("pdf", "md"), as_of=AS_OF,
        out_dir=str(tmp_path / "out"), now=NOW,
    )  # fmt: skip
    (line,) = pack_archive.lines(wb.reads)
    assert (line.account_id, line.account, line.at) == (1, "アオバ精密工業株式会社", NOW)
    assert (line.edition, line.language, line.as_of, line.formats) == ("internal", "en", AS_OF, ("pdf", "md"))
    assert line.paths == made.files
    assert line.names == tuple(os.path.basename(path) for path in made.files)


def test_the_newest_come_first_in_two_statements(wb: Workbench, tmp_path: Path) -> None:
    make_packs(wb, [1, 2, 3], as_of=AS_OF, out_dir=str(tmp_path / "out"), now=NOW)
    counting = Counting(wb)
    lines = pack_archive.lines(counting)  # type: ignore[arg-type]
    assert [line.account_id for line in lines] == [3, 2, 1]
    assert counting.asked == 2


def test_files_that_moved_into_the_documents_folder_are_found(wb: Workbench, tmp_path: Path) -> None:
    made = make_pack(wb, 2, as_of=AS_OF, out_dir=str(tmp_path / "out"), now=NOW)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    os.rename(made.files[0], elsewhere / os.path.basename(made.files[0]))
    assert pack_archive.lines(wb.reads)[0].paths == ()
    pack_archive.keep_folder(wb, str(elsewhere))
    assert pack_archive.lines(wb.reads)[0].paths == (str(elsewhere / os.path.basename(made.files[0])),)


def test_an_archive_of_names_only_is_read_as_before(wb: Workbench, tmp_path: Path) -> None:
    (tmp_path / "briefing.pdf").write_bytes(b"%PDF")
    with wb.evidence("old") as db:
        db.execute(
            "insert into pack_record (account_id, at, template, edition, language, as_of, files, facts) values"
            " (77, '2026-01-05T00:00:00Z', 'renewal_briefing', 'customer', 'ja', '2026-01-05', ?, '{}')",
            ('["briefing.pdf"]',),
        )
    pack_archive.keep_folder(wb, str(tmp_path))
    (line,) = pack_archive.lines(wb.reads)
    assert (line.account, line.paths) == ("", (str(tmp_path / "briefing.pdf"),))
    with pytest.raises(UserError) as caught:
        pack_archive.kept(wb.reads, line.id)
    assert caught.value.code == "archive"
    assert caught.value.remedy


@pytest.mark.parametrize("facts", ["[]", "not json", '{"briefing": 1, "internal": 2}', '{"$": "Os", "x": 1}'])
def test_facts_that_are_none_are_told(wb: Workbench, tmp_path: Path, facts: str) -> None:
    make_pack(wb, 2, as_of=AS_OF, out_dir=str(tmp_path / "out"), now=NOW)
    with wb.evidence("spoil") as db:
        db.execute("update pack_record set facts = ?", (facts,))
    with pytest.raises(UserError) as caught:
        pack_archive.kept(wb.reads, pack_archive.lines(wb.reads)[0].id)
    assert caught.value.code == "archive"


def test_an_unknown_document_is_told(wb: Workbench) -> None:
    with pytest.raises(NotFound):
        pack_archive.kept(wb.reads, 12)


def test_kept_facts_come_back_with_their_order(wb: Workbench, tmp_path: Path) -> None:
    make_pack(wb, 1, formats=("docx",), as_of=AS_OF, out_dir=str(tmp_path / "out"), now=NOW)
    kept = pack_archive.kept(wb.reads, pack_archive.lines(wb.reads)[0].id)
    assert kept.account_id == 1
    assert kept.order.formats == ("docx",)
    assert kept.order.out_dir == str(tmp_path / "out")
    assert kept.facts.briefing.customer.name == "アオバ精密工業株式会社"


def test_the_folder_is_the_persons_documents_until_one_is_chosen(
    wb: Workbench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("platformdirs.user_documents_dir", lambda: "/somebody/Documents")
    assert pack_archive.documents_folder(wb.reads) == os.path.join("/somebody/Documents", "CS Workbench")
    with wb.change("x") as db:
        put_setting(db, DOCUMENTS_FOLDER, str(tmp_path))
    assert pack_archive.documents_folder(wb.reads) == str(tmp_path)
    steps = len(wb.history())
    pack_archive.keep_folder(wb, str(tmp_path))  # the same again is no change
    assert len(wb.history()) == steps

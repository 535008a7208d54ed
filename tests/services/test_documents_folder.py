"""Where the files of a document are: where they were put, else under their name in the documents folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from cs_workbench.services import portfolios
from cs_workbench.services.documents_folder import chosen_folder, still_there
from cs_workbench.services.portfolio_settings import set_settings
from tests.builders_store import NOW


@pytest.fixture
def places(tmp_path: Path) -> tuple[Path, Path]:
    """Where a document was put, and the documents folder; both empty."""
    for name in ("put", "documents"):
        (tmp_path / name).mkdir()
    return tmp_path / "put", tmp_path / "documents"


def test_a_file_is_found_where_it_was_put_before_the_folder(places: tuple[Path, Path]) -> None:
    put, folder = places
    for place in places:
        (place / "a.pdf").write_bytes(b"%PDF")
    assert still_there([str(put / "a.pdf")], str(folder)) == (str(put / "a.pdf"),)
    (put / "a.pdf").unlink()
    assert still_there([str(put / "a.pdf")], str(folder)) == (str(folder / "a.pdf"),)
    (folder / "a.pdf").unlink()
    assert still_there([str(put / "a.pdf")], str(folder)) == ()


def test_a_name_alone_means_the_folder_and_nothing_without_one(
    places: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    _put, folder = places
    (folder / "a.pdf").write_bytes(b"%PDF")
    assert still_there(["a.pdf", "", "b.pdf"], str(folder)) == (str(folder / "a.pdf"),)
    monkeypatch.chdir(folder)
    assert still_there(["a.pdf"], "") == ()


def test_a_folder_is_no_file(places: tuple[Path, Path]) -> None:
    put, folder = places
    assert still_there([str(put), folder.name], str(folder.parent)) == ()


def test_the_folder_is_the_one_chosen(tmp_path: Path) -> None:
    with portfolios.create(str(tmp_path / "p.csw"), now=NOW, language="en") as wb:
        assert chosen_folder(wb.reads) == ""
        set_settings(wb, {"documents_folder": str(tmp_path)})
        assert chosen_folder(wb.reads) == str(tmp_path)
        wb.undo()
        assert chosen_folder(wb.reads) == ""

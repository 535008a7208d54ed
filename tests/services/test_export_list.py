"""A list as a file: safe for spreadsheets, private, whole or not at all; tables by name, stopped without traces."""

from __future__ import annotations

import csv
import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from cs_workbench.errors import FileProblem
from cs_workbench.services import export, portfolios
from cs_workbench.services.workbench import Workbench
from tests.services.test_packs import NOW, fill


@pytest.fixture
def wb(tmp_path: Path) -> Iterator[Workbench]:
    with portfolios.create(str(tmp_path / "p.csw"), now=NOW, language="ja") as made:
        fill(made)
        yield made


def read(path: str) -> list[list[str]]:
    with open(path, encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def test_cells_that_would_run_are_guarded(tmp_path: Path) -> None:
    made = export.export_list(
        [("Name", "Note"), ("=1+1", "@x"), ("アオバ", "a,b\nc")], str(tmp_path / "a.csv")
    )
    assert read(made.path) == [["Name", "Note"], ["'=1+1", "'@x"], ["アオバ", "a,b\nc"]]
    assert made.rows == 2
    assert stat.S_IMODE(os.stat(made.path).st_mode) == 0o600
    assert Path(made.path).read_bytes().startswith(b"\xef\xbb\xbf")


def test_guarded_rows_stay_as_they_are(tmp_path: Path) -> None:
    made = export.export_list([("n",), ("-5",)], str(tmp_path / "a.csv"), guarded=True)
    assert read(made.path)[1] == ["-5"]


def test_a_file_of_before_is_replaced_and_a_left_over_part_does_not_matter(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("old")
    (tmp_path / "a.csv.part").write_text("killed")
    export.export_list([("n",)], str(tmp_path / "a.csv"))
    assert sorted(os.listdir(tmp_path)) == ["a.csv"]


def test_a_refusal_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.csv").mkdir()
    with pytest.raises(FileProblem):
        export.export_list([("n",)], str(tmp_path / "a.csv"))
    assert os.listdir(tmp_path) == ["a.csv"]


def test_tables_can_be_chosen(wb: Workbench, tmp_path: Path) -> None:
    made = export.export(wb.reads, str(tmp_path / "out"), tables=["account", "contract"])
    assert [one.table for one in made.files] == ["account", "contract"]
    assert sorted(os.listdir(made.folder)) == ["README.md", "account.csv", "contract.csv"]
    assert set(export.table_names()) >= {"account", "contract", "pack_record"}


def test_steps_closed_before_their_end_leave_nothing(wb: Workbench, tmp_path: Path) -> None:
    steps = export.export_steps(wb.reads, str(tmp_path / "deep" / "out"))
    done, total, name = next(steps)
    assert (done, name) == (0, next(iter(export.table_names())))
    assert total == len(export.table_names())
    next(steps)
    steps.close()
    assert os.listdir(tmp_path / "deep") == []

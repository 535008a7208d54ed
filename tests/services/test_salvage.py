"""Salvage reads what is left of a damaged portfolio and never changes a byte of it."""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import os
import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from cs_workbench.errors import FileProblem, PortfolioProblem
from cs_workbench.services import portfolios, sample
from cs_workbench.services.salvage import Salvaged, salvage
from cs_workbench.services.workbench import Workbench

NOW = dt.datetime(2026, 11, 24, 1, 42, tzinfo=dt.UTC)
PAGE = 4096


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("whole") / "whole.csw"
    with portfolios.create(str(path), now=NOW, language="en") as wb:
        sample.create(wb, today=NOW.date(), language="en")
        with wb.change("A formula") as db:
            db.execute("update account set name = '=1+1' where id = 2")
    return path


@pytest.fixture
def damaged(original: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(original, tmp_path / "Takahashi 2026.csw"))


def run(path: Path, folder: Path, key: str | None = None) -> Salvaged:
    steps = salvage(str(path), str(folder), key=key)
    while True:
        try:
            next(steps)
        except StopIteration as end:
            made: Salvaged = end.value
            return made


def sha(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def rows(folder: Path, table: str) -> list[dict[str, str]]:
    with (folder / f"{table}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def scribble(path: Path, *pages: int) -> None:
    dice = random.Random(7)
    with path.open("r+b") as file:
        for page in pages:
            file.seek(page * PAGE)
            file.write(dice.randbytes(PAGE))


def page_of(path: Path, sql: str) -> int:
    """A page that holds rows of a table: the root's, as SQLite counts them."""
    with Workbench.open(str(path), read_only=True) as wb:
        return int(wb.reads.scalar(sql)) - 1


def test_a_whole_file_gives_every_row(damaged: Path, tmp_path: Path) -> None:
    made = run(damaged, tmp_path / "out")
    assert made.failed == ()
    accounts = rows(tmp_path / "out", "account")
    assert len(accounts) == 30
    assert accounts[1]["name"] == "'=1+1"
    assert rows(tmp_path / "out", "contract")[0]["arr"].isdigit()
    assert "whole" in (tmp_path / "out" / "README.md").read_text(encoding="utf-8")
    assert oct(os.stat(tmp_path / "out" / "account.csv").st_mode & 0o777) == "0o600"


@pytest.mark.parametrize("share", [0.5, 0.7, 0.9])
def test_a_cut_file_gives_what_is_left(damaged: Path, tmp_path: Path, share: float) -> None:
    os.truncate(damaged, int(os.path.getsize(damaged) * share))
    before = sha(damaged)
    made = run(damaged, tmp_path / "out")
    assert made.rows > 0
    assert made.failed
    assert sha(damaged) == before
    assert sorted(os.listdir(tmp_path)) == [damaged.name, "out"]


@pytest.mark.parametrize("share", [0.001, 0.02])
def test_of_a_stump_nothing_is_left_and_that_is_said(damaged: Path, tmp_path: Path, share: float) -> None:
    os.truncate(damaged, int(os.path.getsize(damaged) * share))
    before = sha(damaged)
    with pytest.raises(PortfolioProblem) as told:
        run(damaged, tmp_path / "out")
    assert told.value.code == "damaged"
    assert str(damaged) in told.value.message
    assert sha(damaged) == before
    assert os.listdir(tmp_path) == [damaged.name]


def test_damage_in_one_table_leaves_the_others_whole(damaged: Path, tmp_path: Path) -> None:
    root = page_of(damaged, "select rootpage from sqlite_schema where name = 'interaction'")
    scribble(damaged, root)
    before = sha(damaged)
    made = run(damaged, tmp_path / "out")
    assert "interaction" in {one.table for one in made.failed}
    assert len(rows(tmp_path / "out", "account")) == 30
    assert sha(damaged) == before
    told = (tmp_path / "out" / "README.md").read_text(encoding="utf-8")
    assert "| interaction |" in told
    assert "incomplete" in told


def test_damage_in_the_middle_is_stepped_over(damaged: Path, tmp_path: Path) -> None:
    whole = run(damaged, tmp_path / "before")
    size = os.path.getsize(damaged) // PAGE
    for share in (0.3, 0.5, 0.7):  # one of them at least holds rows, however the tables lie
        scribble(damaged, *range(int(size * share), int(size * share) + 3))
    made = run(damaged, tmp_path / "out")
    assert whole.rows * 0.9 < made.rows < whole.rows
    ids = [int(row["id"]) for row in rows(tmp_path / "out", "interaction")]
    assert len(ids) == len(set(ids)), "no row twice"


@pytest.mark.parametrize("content", [b"", b"\xff\xd8\xff\xe0JFIF" * 2000, b"PK\x03\x04" * 3000])
def test_where_there_is_nothing_to_read_it_says_so(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "odd.csw"
    path.write_bytes(content)
    if content:
        with pytest.raises(PortfolioProblem):
            run(path, tmp_path / "out")
    else:
        assert run(path, tmp_path / "out").rows == 0
    assert path.read_bytes() == content
    assert not list(tmp_path.glob(".salvage-*"))


def test_a_filled_folder_is_refused(damaged: Path, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "mine.txt").write_text("x")
    with pytest.raises(FileProblem):
        run(damaged, tmp_path / "out")
    assert os.listdir(tmp_path / "out") == ["mine.txt"]


def test_given_up_it_leaves_nothing(damaged: Path, tmp_path: Path) -> None:
    steps = salvage(str(damaged), str(tmp_path / "out"))
    for _n in range(5):
        next(steps)
    steps.close()
    assert os.listdir(tmp_path) == [damaged.name]


def test_an_encrypted_one_needs_its_passphrase(tmp_path: Path) -> None:
    path = tmp_path / "secret.csw"
    with portfolios.create(str(path), now=NOW, language="en", key="four unrelated words") as wb:
        sample.create(wb, today=NOW.date(), language="en")
    before = sha(path)
    with pytest.raises(PortfolioProblem):
        run(path, tmp_path / "out", key="something else")
    assert run(path, tmp_path / "out", key="four unrelated words").rows > 1000
    assert sha(path) == before


def test_what_is_only_in_the_log_is_read_too(damaged: Path, tmp_path: Path) -> None:
    with Workbench.open(str(damaged)) as wb:
        with wb.change("Rename") as db:
            db.execute("update account set name = 'Only in the log' where id = 1")
        made = run(damaged, tmp_path / "out")
    assert made.failed == ()
    assert rows(tmp_path / "out", "account")[0]["name"] == "Only in the log"


@pytest.mark.parametrize("spoil", [lambda text: b"\xff\xfe", lambda text: b"12x"])
def test_a_spoilt_value_does_not_stop_the_others(
    damaged: Path, tmp_path: Path, spoil: Callable[[str], bytes]
) -> None:
    with Workbench.open(str(damaged)) as wb, wb.change("Spoil") as db:
        db.execute("update contract set arr = cast(:odd as text) where id = 1", {"odd": spoil("")})
    made = run(damaged, tmp_path / "out")
    assert {one.table for one in made.failed} == set()
    assert len(rows(tmp_path / "out", "contract")) > 30

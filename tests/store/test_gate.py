"""Every kind of file that is no portfolio is told apart, named, and left byte for byte as it was."""

from __future__ import annotations

import hashlib
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from cs_workbench.errors import FileProblem, PortfolioProblem, UserError
from cs_workbench.services.workbench import Workbench
from cs_workbench.store import gate


def sha(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.fixture
def portfolio(tmp_path: Path) -> Path:
    path = tmp_path / "p.csw"
    with Workbench.open(str(path), create=True) as wb, wb.change("Fill") as db:
        db.executemany(
            "insert into setting (key, value) values (?, ?)", [(f"k{n}", "1" * 500) for n in range(400)]
        )
    return path


def refused(path: Path, **options: object) -> UserError:
    """Opening must fail, and leave the file and its folder alone."""
    before, names = sha(path), sorted(os.listdir(path.parent))
    with pytest.raises(UserError) as caught:
        Workbench.open(str(path), **options)  # type: ignore[arg-type]
    assert sha(path) == before
    assert sorted(os.listdir(path.parent)) == names
    assert str(path) in caught.value.message
    assert caught.value.remedy
    return caught.value


@pytest.mark.parametrize(
    ("content", "code", "word"),
    [
        (b"", "empty", "empty"),
        (b"\xff\xd8\xff\xe0" + b"x" * 9000, "not_a_portfolio", "JPEG"),
        (b"\x89PNG\r\n" + b"x" * 9000, "not_a_portfolio", "PNG"),
        (b"PK\x03\x04" + b"x" * 4092, "not_a_portfolio", "XLSX"),
        (b"%PDF-1.7", "not_a_portfolio", "PDF"),
        (b"name,arr\nAoba,1\n", "not_a_portfolio", "not a portfolio"),
        (b"\x00" * 8192, "not_a_portfolio", "not a portfolio"),
        (hashlib.shake_256(b"noise").digest(8192), "encrypted", "encrypted"),
        (gate.MAGIC + b"\x10\x00", "truncated", "cut off"),
    ],
)
def test_a_foreign_file_is_named(tmp_path: Path, content: bytes, code: str, word: str) -> None:
    path = tmp_path / "x.csw"
    path.write_bytes(content)
    problem = refused(path)
    assert problem.code == code
    assert word in problem.message


@pytest.mark.parametrize("share", [0.05, 0.25, 0.5, 0.9, 0.999])
@pytest.mark.parametrize("read_only", [True, False])
def test_a_cut_off_portfolio_is_told_as_such(portfolio: Path, share: float, read_only: bool) -> None:
    os.truncate(portfolio, int(portfolio.stat().st_size * share))
    assert refused(portfolio, read_only=read_only).code == "truncated"


def test_sizes_are_told_with_separators(portfolio: Path) -> None:
    size = portfolio.stat().st_size
    os.truncate(portfolio, size // 2)
    assert f"{size // 2:,} of {size:,} bytes" in refused(portfolio).message


def test_another_programs_database_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    other = sqlite3.connect(path)
    other.execute("create table t (a)")
    other.commit()
    other.close()
    assert refused(path).code == "other_program"


def test_a_newer_schema_is_refused_unharmed(portfolio: Path) -> None:
    raw = sqlite3.connect(portfolio)
    raw.execute(f"pragma user_version={gate.SCHEMA_VERSION + 1}")
    raw.close()
    problem = refused(portfolio)
    assert problem.code == "newer"
    assert "Update" in problem.remedy
    assert refused(portfolio, read_only=True).code == "newer"


def test_a_newer_schema_still_in_the_log_is_refused(portfolio: Path) -> None:
    crash = (
        "import os, sqlite3, sys; raw = sqlite3.connect(sys.argv[1]); raw.execute('pragma wal_autocheckpoint=0');"
        "raw.execute('pragma user_version=99'); os._exit(0)"
    )
    subprocess.run([sys.executable, "-c", crash, str(portfolio)], check=True)
    before = sha(portfolio)
    assert gate.file_version(str(portfolio)) == gate.SCHEMA_VERSION, "the header does not know it yet"
    with pytest.raises(PortfolioProblem, match="newer version"):
        Workbench.open(str(portfolio))
    assert sha(portfolio) == before
    assert gate.has_log(str(portfolio)), "and the log was left where it was"


@pytest.mark.parametrize(
    "statement",
    [
        "create trigger evil after insert on account begin delete from account; end",
        "create view account_list as select 1",
    ],
)
def test_a_file_with_programs_in_it_is_not_opened(portfolio: Path, statement: str) -> None:
    raw = sqlite3.connect(portfolio)
    raw.execute(statement)
    raw.commit()
    raw.execute("pragma wal_checkpoint(truncate)")
    raw.close()
    with pytest.raises(PortfolioProblem) as caught:
        Workbench.open(str(portfolio))
    assert caught.value.code == "foreign_schema"


def test_a_missing_file_is_never_made_up(tmp_path: Path) -> None:
    path = tmp_path / "gone.csw"
    with pytest.raises(FileProblem) as caught:
        Workbench.open(str(path))
    assert caught.value.code == "missing"
    assert os.listdir(tmp_path) == []


def test_a_missing_file_with_backups_names_them(tmp_path: Path) -> None:
    (tmp_path / "gone.csw-backups").mkdir()
    with pytest.raises(FileProblem) as caught:
        Workbench.open(str(tmp_path / "gone.csw"))
    assert "gone.csw-backups" in caught.value.remedy


def test_damage_names_the_backups(portfolio: Path) -> None:
    Path(f"{portfolio}-backups").mkdir()
    portfolio.write_bytes(b"")
    assert "p.csw-backups" in refused(portfolio).remedy


def test_a_folder_is_no_portfolio(tmp_path: Path) -> None:
    with pytest.raises(PortfolioProblem) as caught:
        Workbench.open(str(tmp_path))
    assert caught.value.code == "not_a_portfolio"


def test_creating_refuses_what_is_there(portfolio: Path, tmp_path: Path) -> None:
    before = sha(portfolio)
    with pytest.raises(FileProblem) as caught:
        Workbench.open(str(portfolio), create=True)
    assert caught.value.code == "exists"
    assert sha(portfolio) == before
    assert sorted(os.listdir(tmp_path)) == ["p.csw", "p.csw.lock"]


def test_a_damaged_page_met_while_reading_is_told(portfolio: Path) -> None:
    with Workbench.open(str(portfolio)) as wb:
        page = wb.reads.scalar("select rootpage from sqlite_schema where name='setting'")
    with portfolio.open("r+b") as file:
        file.seek((page - 1) * gate.PAGE_SIZE)
        file.write(b"\xa5" * gate.PAGE_SIZE)
    with Workbench.open(str(portfolio), read_only=True) as wb:
        for read in (wb.reads.all, wb.reads.one, lambda sql: list(wb.reads.each(sql))):
            with pytest.raises(PortfolioProblem) as caught:
                read("select * from setting")
            assert caught.value.code == "damaged"

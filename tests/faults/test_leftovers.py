"""What killed work leaves behind, work that meets other work, and a disk so full that reading needs care."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path

import pytest

from cs_workbench.errors import PortfolioProblem, UserError
from cs_workbench.services import backups, export
from cs_workbench.services.workbench import Workbench
from cs_workbench.store import backup, schema
from tests.builders_store import NOW, add_account, count

DAYS = 24 * 60 * 60


@pytest.fixture
def path(tmp_path: Path) -> str:
    path = str(tmp_path / "p.csw")
    with Workbench.open(path, create=True) as wb, wb.change("Fill") as db:
        add_account(db, "Acme")
    return path


def aged(file: Path, seconds: float, at: dt.datetime = NOW) -> Path:
    """A file with something in it, last written *seconds* before *at*."""
    file.write_bytes(b"customer data")
    os.utime(file, (at.timestamp() - seconds,) * 2)
    return file


def test_copies_of_killed_backups_go_after_a_day(path: str) -> None:
    with Workbench.open(path) as wb:
        first = backups.backup(wb, now=NOW)
        folder = Path(first.path).parent
        old = [aged(folder / f"p-000002.csw.part{end}", 2 * DAYS) for end in ("", "-journal")]
        young = aged(folder / "p-000003.csw.part", 60)
        kept = aged(folder / "my notes.part", 9 * DAYS)
        made = backups.backup(wb, now=NOW)
    assert not any(file.exists() for file in old)
    assert young.exists()
    assert kept.exists()
    assert made.number == 4, "a number once claimed is not given out again"
    assert [info.number for info in backups.list_backups(path)] == [4, 1]


def test_a_clock_put_back_clears_nothing(path: str) -> None:
    with Workbench.open(path) as wb:
        backups.backup(wb, now=NOW)
        left = aged(Path(path + "-backups") / "p-000002.csw.part", 2 * DAYS)
        backups.backup(wb, now=NOW - dt.timedelta(days=365))
    assert left.exists()
    assert len(backups.list_backups(path)) == 2


def test_two_backups_never_write_the_same_file(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The other one claims the number between our look and our claim."""
    folder = Path(path + "-backups")
    folder.mkdir()
    seen = os.listdir

    def raced(place: str) -> list[str]:
        names = seen(place)
        (folder / "p-000001.csw.part").write_bytes(b"the other's")
        return names

    monkeypatch.setattr(backup.os, "listdir", raced)
    number, target = backup._next_place(str(folder), "p")
    assert (number, os.path.basename(target)) == (2, "p-000002.csw")
    assert (folder / "p-000001.csw.part").read_bytes() == b"the other's"


def test_killed_exports_beside_the_next_one_go_after_a_day(path: str, tmp_path: Path) -> None:
    now = dt.datetime.now(dt.UTC)
    out = tmp_path / "out"
    out.mkdir()
    cases = {
        ".export-abcdef12": ("account.csv", 2 * DAYS),
        ".export-abcdef34": ("account.csv", 60),
        ".export-abcdef56": ("thesis.odt", 9 * DAYS),
        ".export-of-mine": ("account.csv", 9 * DAYS),
    }
    for name, (file, seconds) in cases.items():
        (out / name).mkdir()
        aged(out / name / file, seconds, now)
        os.utime(out / name, (now.timestamp() - seconds,) * 2)
    with Workbench.open(path) as wb:
        export.export(wb.reads, str(out / "new"))
    assert sorted(os.listdir(out)) == [".export-abcdef34", ".export-abcdef56", ".export-of-mine", "new"]


def test_two_that_make_the_same_portfolio_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second one starts while the first still builds: one of them makes it whole, the other is told."""
    path = str(tmp_path / "p.csw")
    build = schema._build
    told: list[str] = []

    def raced(place: str, *rest: object) -> None:
        monkeypatch.setattr(schema, "_build", build)
        try:
            schema.create_portfolio(path)
        except UserError as problem:
            told.append(problem.code)
        build(place, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(schema, "_build", raced)
    with pytest.raises(UserError) as caught:
        schema.create_portfolio(path)
    assert (told, caught.value.code) == ([], "exists")
    assert os.listdir(tmp_path) == ["p.csw"]
    with Workbench.open(path) as wb:
        assert count(wb, "account") == 0


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes with names are POSIX")
def test_a_pipe_in_the_portfolio_s_place_is_refused_not_waited_for(tmp_path: Path) -> None:
    path = str(tmp_path / "p.csw")
    os.mkfifo(path)
    with pytest.raises(PortfolioProblem) as caught:
        Workbench.open(path)
    assert caught.value.code == "not_a_portfolio"


def test_a_check_beside_a_window_says_what_it_could_not_see(
    path: str, capsys: pytest.CaptureFixture[str]
) -> None:
    from cs_workbench.cli import start

    with Workbench.open(path) as window:
        window.claim()
        assert start.run(["--portfolio", path, "check"]) == 0
    assert "not the undo" in capsys.readouterr().out
    assert start.run(["--portfolio", path, "check"]) == 0
    assert "not the undo" not in capsys.readouterr().out

"""Save as, duplicate and backup to a full disk: told by its kind, nothing half written, the open portfolio unharmed."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from cs_workbench.errors import FileProblem
from cs_workbench.services import backups, portfolio_files
from cs_workbench.services.workbench import Workbench
from cs_workbench.store import check
from tests.builders_store import NOW, add_account, add_interaction, count, state
from tests.faults.test_disk import ROOT, fill

pytestmark = pytest.mark.root

Copy = Callable[[Workbench, str], object]
COPIES: tuple[Copy, ...] = (portfolio_files.save_as, portfolio_files.duplicate)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of twelve megabytes."""
    if not ROOT or not sys.platform.startswith("linux"):
        pytest.skip("mounting a small disk needs root on Linux")
    place = tmp_path / "disk"
    place.mkdir()
    mount = ("mount", "-t", "tmpfs", "-o", "size=12m", "tmpfs", str(place))
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("this machine does not let root mount")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


def filled(path: str, *, key: str | None = None) -> Workbench:
    """An open portfolio of about a megabyte."""
    workbench = Workbench.open(path, key=key, create=True)
    with workbench.change("Fill") as db:
        for number in range(40):
            add_interaction(db, add_account(db, f"A{number}"), "更新の相談" * 1_500)
    return workbench


def still_sound(workbench: Workbench, before: object) -> None:
    """It holds what it held, can be changed, and has no fault."""
    assert state(workbench.reads) == before
    accounts = count(workbench, "account")
    with workbench.change("More") as db:
        add_account(db, "More")
    assert count(workbench, "account") == accounts + 1
    assert check.check_reader(workbench.database.reader(), keyed=False).findings == ()
    assert workbench.on_writer(check.check_writer) == []


@pytest.mark.parametrize("copy", COPIES, ids=["save_as", "duplicate"])
@pytest.mark.parametrize("leave", [0, 30_000, 400_000])
def test_a_copy_to_a_full_disk_leaves_nothing(
    small_disk: Path, tmp_path: Path, copy: Copy, leave: int
) -> None:
    here = str(tmp_path / "p.csw")
    with filled(here) as workbench:
        before = state(workbench.reads)
        ballast = fill(small_disk, leave)
        target = str(small_disk / "copy.csw")
        with pytest.raises(FileProblem) as caught:
            copy(workbench, target)
        assert caught.value.code == "disk_full"
        assert caught.value.message
        assert caught.value.remedy
        assert os.listdir(small_disk) == [ballast.name]
        assert workbench.path == os.path.realpath(here)
        still_sound(workbench, before)
        ballast.unlink()
        copy(workbench, target)
        with Workbench.open(target, read_only=True) as other:
            assert count(other, "account") == 41


@pytest.mark.parametrize("leave", [0, 30_000, 400_000])
def test_a_copy_of_an_encrypted_portfolio_leaves_no_key(small_disk: Path, tmp_path: Path, leave: int) -> None:
    with filled(str(tmp_path / "p.csw"), key="pass") as workbench:
        before = state(workbench.reads)
        ballast = fill(small_disk, leave)
        for copy in COPIES:
            with pytest.raises(FileProblem) as caught:
                copy(workbench, str(small_disk / "copy.csw"))
            assert caught.value.code == "disk_full"
            assert os.listdir(small_disk) == [ballast.name]
        assert state(workbench.reads) == before


@pytest.mark.parametrize("leave", [0, 30_000, 400_000])
def test_saving_as_beside_the_portfolio_on_the_full_disk(small_disk: Path, leave: int) -> None:
    """Where the portfolio itself lies on the disk that is full: it stays open there, and can be read."""
    with filled(str(small_disk / "p.csw")) as workbench:
        workbench.database.settle()
        before = state(workbench.reads)
        beside = set(os.listdir(small_disk))
        ballast = fill(small_disk, leave)
        for copy in COPIES:
            with pytest.raises(FileProblem) as caught:
                copy(workbench, str(small_disk / "copy.csw"))
            assert caught.value.code == "disk_full"
            assert set(os.listdir(small_disk)) == beside | {ballast.name}
            assert state(workbench.reads) == before
        ballast.unlink()
        still_sound(workbench, before)


@pytest.mark.parametrize("key", [None, "pass"])
@pytest.mark.parametrize("leave", [0, 30_000, 400_000])
def test_a_backup_to_a_full_disk_leaves_only_the_older_ones(
    small_disk: Path, leave: int, key: str | None
) -> None:
    with filled(str(small_disk / "p.csw"), key=key) as workbench:
        old = backups.backup(workbench, now=NOW)
        folder = Path(old.path).parent
        there = sorted(os.listdir(folder))
        before = state(workbench.reads)
        ballast = fill(small_disk, leave)
        with pytest.raises(FileProblem) as caught:
            backups.backup(workbench, now=NOW)
        assert caught.value.code == "disk_full"
        assert sorted(os.listdir(folder)) == there
        assert backups.list_backups(workbench.path) == [old]
        ballast.unlink()
        assert state(workbench.reads) == before
        with workbench.change("More") as db:
            add_account(db, "More")

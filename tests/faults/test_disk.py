"""A full disk, a folder that may not be written, a file that vanishes: told, and nothing half written."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from cs_workbench.errors import FileProblem, UserError
from cs_workbench.services import backups, portfolios
from cs_workbench.services.workbench import Workbench
from cs_workbench.store import backup, check
from tests.builders_store import NOW, add_account, add_interaction, count, state

ROOT = hasattr(os, "geteuid") and os.geteuid() == 0


def _mounted(*words: str) -> bool:
    return subprocess.run(words, capture_output=True, check=False).returncode == 0


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of four megabytes."""
    if not ROOT or not sys.platform.startswith("linux"):
        pytest.skip("mounting a small disk needs root on Linux")
    place = tmp_path / "disk"
    place.mkdir()
    if not _mounted("mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", str(place)):
        pytest.skip("this machine does not let root mount")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


def fill(place: Path, leave: int = 0) -> Path:
    """Use up the disk but for about *leave* bytes."""
    ballast = place / "ballast"
    with ballast.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(b"\0" * 4096)
        except OSError:
            pass
        file.truncate(max(0, file.tell() - leave))
    return ballast


@pytest.mark.root
@pytest.mark.parametrize("leave", [0, 20_000, 60_000])
def test_saving_on_a_full_disk(small_disk: Path, leave: int) -> None:
    with Workbench.open(str(small_disk / "p.csw"), create=True) as wb:
        with wb.change("First") as db:
            add_account(db)
        ballast = fill(small_disk, leave)
        before = state(wb.reads)
        acknowledged = count(wb, "account")
        with pytest.raises(FileProblem) as caught:  # noqa: PT012
            for _ in range(500):
                with wb.change("More") as db:
                    add_interaction(db, add_account(db), "更新の相談" * 200)
                acknowledged += 1
        assert caught.value.code == "disk_full"
        assert count(wb, "account") == acknowledged
        if acknowledged == 1:
            assert state(wb.reads) == before
        ballast.unlink()
        with wb.change("Room again") as db:
            add_account(db)
        assert count(wb, "account") == acknowledged + 1
    with Workbench.open(str(small_disk / "p.csw")) as wb:
        assert check.check_reader(wb.database.reader(), keyed=False).findings == ()
        assert wb.on_writer(check.check_writer) == []


@pytest.mark.root
def test_undo_on_a_full_disk(small_disk: Path) -> None:
    with Workbench.open(str(small_disk / "p.csw"), create=True) as wb:
        with wb.change("Many") as db:
            for _ in range(40):
                add_interaction(db, add_account(db), "更新の相談" * 50)
        wb.database.settle()
        ballast = fill(small_disk)
        before = state(wb.reads)
        with pytest.raises(FileProblem):
            wb.undo()
        assert state(wb.reads) == before
        ballast.unlink()
        assert wb.undo() == "Many"
        assert wb.reads.scalar("pragma foreign_keys") == 1
        with wb.change("Check") as db:
            assert db.scalar("pragma foreign_keys") == 1


@pytest.mark.root
@pytest.mark.parametrize("leave", [0, 200_000, 600_000])
def test_backing_up_on_a_full_disk_keeps_the_old_ones(small_disk: Path, leave: int) -> None:
    with Workbench.open(str(small_disk / "p.csw"), create=True) as wb:
        good = backups.backup(wb, now=NOW)
        fill(small_disk, leave)
        with pytest.raises(FileProblem) as caught:
            backups.backup(wb, now=NOW, policy=backups.Policy(newest=1, days=0, weeks=0, months=0, minimum=1))
    assert caught.value.code == "disk_full"
    assert backups.list_backups(wb.path) == [good]
    backup.verify(good.path, None, good.digests)
    assert not [name for name in os.listdir(wb.path + "-backups") if "000002" in name]


@pytest.mark.root
def test_making_and_restoring_on_a_full_disk(small_disk: Path, tmp_path: Path) -> None:
    elsewhere = str(tmp_path / "p.csw")
    with portfolios.create(elsewhere, now=NOW, language="en") as wb:
        saved = backups.backup(wb, now=NOW)
    fill(small_disk, 100_000)
    target = str(small_disk / "p.csw")
    for attempt in (
        lambda: portfolios.create(target, now=NOW, language="en"),
        lambda: backups.restore(saved.path, target, now=NOW),
    ):
        with pytest.raises(FileProblem) as caught:
            attempt()
        assert caught.value.code == "disk_full"
        assert not os.path.exists(target)
    assert {name for name in os.listdir(small_disk) if not name.endswith(".lock")} == {"ballast"}


def test_a_file_size_limit_is_a_full_disk(tmp_path: Path) -> None:
    path = str(tmp_path / "p.csw")
    with Workbench.open(path, create=True):
        size = os.path.getsize(path)
    code = (
        "import resource, signal, sys\n"
        "from cs_workbench.errors import FileProblem\n"
        "from cs_workbench.services.workbench import Workbench\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "with Workbench.open(sys.argv[1]) as wb:\n"
        "    wb.claim()\n"
        "    resource.setrlimit(resource.RLIMIT_FSIZE, (40_000, 40_000))\n"
        "    try:\n"
        "        with wb.change('Big') as db:\n"
        "            db.execute('insert into draft values (?, ?, ?)', ('k', 'x' * 500_000, 'x'))\n"
        "            db.execute('insert into setting (key, value) values (1, 1)')\n"
        "    except FileProblem as problem:\n"
        "        print(problem.code)\n"
    )
    done = subprocess.run([sys.executable, "-c", code, path], capture_output=True, text=True, check=True)
    assert done.stdout.strip() in {"disk_full", "device"}
    assert os.path.getsize(path) == size
    with Workbench.open(path) as wb:
        assert (count(wb, "draft"), count(wb, "setting")) == (0, 0)


@pytest.fixture
def sealed(tmp_path: Path) -> Iterator[Path]:
    """A folder with a portfolio that may be read only, for root too."""
    place = tmp_path / "sealed"
    place.mkdir()
    with Workbench.open(str(place / "p.csw"), create=True) as wb, wb.change("Add") as db:
        add_account(db)
    if ROOT:
        if not _mounted("mount", "--bind", "-o", "ro", str(place), str(place)) or not _mounted(
            "mount", "-o", "remount,ro,bind", str(place)
        ):
            subprocess.run(["umount", "-l", str(place)], capture_output=True, check=False)
            pytest.skip("this machine does not let root mount")
        yield place
        subprocess.run(["umount", "-l", str(place)], check=True)
        return
    place.chmod(0o500)
    (place / "p.csw").chmod(0o400)
    yield place
    place.chmod(0o700)


@pytest.mark.parametrize("read_only", [True, False])
def test_a_sealed_folder_can_be_read(sealed: Path, read_only: bool) -> None:
    with Workbench.open(str(sealed / "p.csw"), read_only=read_only) as wb:
        assert count(wb, "account") == 1


@pytest.mark.parametrize(
    "attempt",
    [
        lambda wb: wb.change("Write").__enter__(),
        lambda wb: wb.undo(),
        lambda wb: wb.claim(),
        lambda wb: backups.backup(wb, now=NOW),
        lambda wb: portfolios.create(wb.path + "2", now=NOW, language="en"),
    ],
)
def test_a_sealed_folder_is_told_and_left(sealed: Path, attempt: Callable[[Workbench], object]) -> None:
    before = sorted(os.listdir(sealed))
    with Workbench.open(str(sealed / "p.csw")) as wb:
        with pytest.raises(UserError) as caught:
            attempt(wb)
        assert caught.value.code in {"no_permission", "write_protected"}
        assert count(wb, "account") == 1
    assert sorted(os.listdir(sealed)) == before


@pytest.mark.root
def test_a_disk_without_any_room_is_named_and_can_still_be_read(small_disk: Path) -> None:
    path = str(small_disk / "p.csw")
    with Workbench.open(path, create=True) as wb, wb.change("Add") as db:
        add_account(db)
    fill(small_disk)
    with Workbench.open(path, read_only=True) as wb:
        assert count(wb, "account") == 1
    with pytest.raises(FileProblem) as caught:
        Workbench.open(path)
    assert caught.value.code == "disk_full"

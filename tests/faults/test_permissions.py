"""Everything a portfolio leaves on the disk is for its owner only, whatever the umask."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from cs_workbench.services import backups, portfolios
from cs_workbench.services.workbench import Workbench
from tests.builders_store import NOW, add_account


def modes(place: Path) -> dict[str, int]:
    return {str(found.relative_to(place)): stat.S_IMODE(found.stat().st_mode) for found in place.rglob("*")}


@pytest.mark.skipif(os.name == "nt", reason="modes as here are POSIX")
@pytest.mark.parametrize("umask", [0o000, 0o002, 0o022, 0o077])
@pytest.mark.parametrize("key", [None, "pass"])
def test_files_and_folders_are_private(tmp_path: Path, umask: int, key: str | None) -> None:
    os.umask(umask)
    place = tmp_path / "home"
    path = str(place / "p.csw")
    with portfolios.create(path, now=NOW, language="en", key=key) as wb:
        with wb.change("Add") as db:
            add_account(db)
        backups.backup(wb, now=NOW)
        found = modes(place)
        assert {"p.csw", "p.csw-wal", "p.csw-shm", "p.csw.lock", "p.csw-backups"} <= set(found)
    backups.restore(backups.list_backups(path)[0].path, path, now=NOW, key=key)
    found |= modes(place)
    for name, mode in found.items():
        assert mode == (0o700 if (place / name).is_dir() else 0o600), name
    assert stat.S_IMODE(place.stat().st_mode) == 0o700


@pytest.mark.skipif(os.name == "nt", reason="modes as here are POSIX")
def test_a_file_that_was_open_to_others_is_tightened_when_written(tmp_path: Path) -> None:
    path = tmp_path / "p.csw"
    Workbench.open(str(path), create=True).close()
    path.chmod(0o664)
    with Workbench.open(str(path)) as wb:
        assert stat.S_IMODE(path.stat().st_mode) == 0o664, "reading changes nothing"
        with wb.change("Add") as db:
            add_account(db)
        assert set(modes(tmp_path).values()) == {0o600}


def test_a_linked_portfolio_keeps_its_log_and_lock_beside_the_real_file(tmp_path: Path) -> None:
    real = tmp_path / "real"
    real.mkdir()
    Workbench.open(str(real / "p.csw"), create=True).close()
    (tmp_path / "link.csw").symlink_to(real / "p.csw")
    with Workbench.open(str(tmp_path / "link.csw")) as wb, wb.change("Add") as db:
        add_account(db)
        assert {"p.csw-wal", "p.csw.lock"} <= set(os.listdir(real))
    assert sorted(os.listdir(tmp_path)) == ["link.csw", "real"]

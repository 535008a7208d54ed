"""A portfolio renamed, replaced or linked while open: what was saved stays with it, no other file is touched."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import shutil
import sys
from pathlib import Path

import pytest

from cs_workbench.errors import PortfolioProblem
from cs_workbench.services import portfolios
from cs_workbench.services.workbench import Workbench
from cs_workbench.ui.opening import opened
from tests.builders_store import add_account, count

NOW = dt.datetime(2026, 11, 24, 1, 42, tzinfo=dt.UTC)
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps an open file where it is")


def made(path: Path, accounts: int = 0) -> str:
    with portfolios.create(str(path), now=NOW, language="en") as wb:
        for _number in range(accounts):
            with wb.change("Add") as db:
                add_account(db, f"Acme {_number}")
    return str(path)


def digest(path: str) -> str:
    return hashlib.sha256(Path(path).read_bytes()).hexdigest()


@pytest.mark.parametrize("noticed", [True, False], ids=["noticed while open", "closed at once"])
def test_a_file_put_in_its_place_is_not_touched_and_nothing_saved_is_lost(
    tmp_path: Path, *, noticed: bool
) -> None:
    path, other = made(tmp_path / "p.csw"), made(tmp_path / "other.csw", 3)
    wb = Workbench.open(path)
    with wb.change("Add") as db:
        add_account(db, "Saved before it was renamed")
    assert os.path.getsize(path + "-wal")
    os.rename(path, tmp_path / "renamed.csw")
    shutil.copy(other, path)
    before = digest(path)
    if noticed:
        with pytest.raises(PortfolioProblem) as caught, wb.change("Lost"):
            pass
        assert caught.value.code == "moved"
        assert not os.path.getsize(path + "-wal"), "a kill from now on leaves nothing to be replayed"
    wb.close()
    with Workbench.open(path) as there:
        assert count(there, "account") == 3
    assert digest(path) == before
    with Workbench.open(str(tmp_path / "renamed.csw")) as found:
        assert count(found, "account") == 1


def test_a_backup_put_back_does_not_get_the_rows_of_the_file_that_went(tmp_path: Path) -> None:
    path = made(tmp_path / "p.csw", 1)
    backup = shutil.copy(path, tmp_path / "backup.csw")
    with Workbench.open(path) as wb:
        with wb.change("Add") as db:
            add_account(db, "Later")
        os.unlink(path)
        shutil.copy(backup, path)
    with Workbench.open(path) as wb:
        assert count(wb, "account") == 1


def test_a_portfolio_with_a_second_name_is_opened_for_reading(tmp_path: Path) -> None:
    path = made(tmp_path / "p.csw", 1)
    os.link(path, tmp_path / "second.csw")
    for name in (path, str(tmp_path / "second.csw")):
        found = opened(name, None, NOW, "en")
        assert found.reading is not None
        assert found.reading.code == "linked"
        assert found.workbench.database.read_only
        found.workbench.close()
        with Workbench.open(name) as wb, pytest.raises(PortfolioProblem), wb.change("Add") as db:
            add_account(db, "Twice")
    os.unlink(tmp_path / "second.csw")
    with Workbench.open(path) as wb, wb.change("Add") as db:
        add_account(db, "Again")

"""The folder in which a portfolio file is made: private, gone afterwards, its faults told in words."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from cs_workbench.errors import FileProblem, PortfolioProblem, UserError
from cs_workbench.store.connection import DriverError
from cs_workbench.store.workshop import workshop_for

DAY = 86_400


def test_the_file_is_empty_private_and_beside_its_place(tmp_path: Path) -> None:
    place = tmp_path / "a.csw"
    with workshop_for(str(place), "new") as temporary:
        folder = Path(temporary).parent
        assert (folder.parent, Path(temporary).name) == (tmp_path, "new.csw")
        assert folder.name.startswith(".new-")
        assert os.path.getsize(temporary) == 0
        if os.name != "nt":
            assert stat.S_IMODE(folder.stat().st_mode) == 0o700
            assert stat.S_IMODE(os.stat(temporary).st_mode) == 0o600
        os.rename(temporary, place)
    assert os.listdir(tmp_path) == ["a.csw"]


@pytest.mark.parametrize(
    ("fault", "kind", "code"),
    [
        (FileExistsError(17, "there"), FileProblem, "exists"),
        (PermissionError(13, "no"), FileProblem, "no_permission"),
        (DriverError("database disk image is malformed"), PortfolioProblem, "damaged"),
        (FileProblem("Told already.", code="told"), FileProblem, "told"),
    ],
)
def test_what_goes_wrong_is_told_and_leaves_nothing(
    tmp_path: Path, fault: Exception, kind: type[UserError], code: str
) -> None:
    def build() -> None:
        with workshop_for(str(tmp_path / "a.csw"), "copy") as temporary:
            Path(temporary + "-wal").write_bytes(b"half")
            raise fault

    with pytest.raises(kind) as told:
        build()
    assert told.value.code == code
    assert os.listdir(tmp_path) == []


def test_a_fault_of_ours_stays_what_it_is(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), workshop_for(str(tmp_path / "a.csw"), "new"):
        raise ZeroDivisionError
    assert os.listdir(tmp_path) == []


def test_a_missing_folder_is_made_only_where_that_is_wanted(tmp_path: Path) -> None:
    place = str(tmp_path / "deep" / "er" / "a.csw")
    with pytest.raises(FileProblem), workshop_for(place, "copy"):
        pass
    assert os.listdir(tmp_path) == []
    with workshop_for(place, "new", make_folder=True) as temporary:
        assert os.path.dirname(os.path.dirname(temporary)) == os.path.dirname(place)


@pytest.mark.parametrize(
    ("name", "held", "days", "goes"),
    [
        (".new-abcd1234", "new.csw-wal", 2, True),
        (".new-abcd1234", "new.csw.key", 2, True),
        (".new-abcd1234", "letter.txt", 2, False),
        (".new-abcd1234", "new.csw", 0, False),
        (".copy-abcd1234", "copy.csw", 2, False),
    ],
)
def test_what_a_killed_one_left_goes_with_it(
    tmp_path: Path, name: str, held: str, days: int, goes: bool
) -> None:
    left = tmp_path / name
    left.mkdir()
    (left / held).write_bytes(b"x")
    with workshop_for(str(tmp_path / "a.csw"), "new") as temporary:
        now = os.stat(os.path.dirname(temporary)).st_mtime
    for path in (left / held, left):
        os.utime(path, (now - days * DAY - 60, now - days * DAY - 60))
    with workshop_for(str(tmp_path / "a.csw"), "new"):
        pass
    assert left.exists() is not goes

"""Files are written whole or not at all, for their owner only, and trouble is told with its remedy."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path
from typing import Any

import pytest

from cs_workbench.errors import FileProblem
from cs_workbench.reports.whole_file import write_whole

posix = pytest.mark.skipif(os.name != "posix", reason="POSIX permissions")


def test_it_replaces_the_old_file(tmp_path: Path) -> None:
    target = tmp_path / "pack.pdf"
    target.write_bytes(b"old")
    write_whole(str(target), b"new")
    assert target.read_bytes() == b"new"
    assert os.listdir(tmp_path) == ["pack.pdf"]


@posix
def test_it_is_readable_by_its_owner_only(tmp_path: Path) -> None:
    target = tmp_path / "pack.pdf"
    write_whole(str(target), b"x")
    assert stat.S_IMODE(target.stat().st_mode) == 0o600


@pytest.mark.parametrize(
    ("number", "code"),
    [(errno.ENOSPC, "disk_full"), (errno.EDQUOT, "disk_full"), (errno.EACCES, "locked"), (errno.EROFS, "locked"),
     (errno.EIO, "unwritable")],
)  # fmt: skip
@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_trouble_leaves_the_old_file_and_no_half_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, code: str, step: str
) -> None:
    target = tmp_path / "pack.pdf"
    target.write_bytes(b"old")

    def fail(*_args: Any) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, step, fail)
    with pytest.raises(FileProblem) as caught:
        write_whole(str(target), b"new")
    assert caught.value.code == code
    assert "pack.pdf" in caught.value.message
    assert "unchanged" in caught.value.remedy
    assert target.read_bytes() == b"old"
    assert os.listdir(tmp_path) == ["pack.pdf"]


@posix
def test_a_locked_folder_is_told(tmp_path: Path) -> None:
    if os.geteuid() == 0:
        pytest.skip("root may write everywhere")
    folder = tmp_path / "locked"
    folder.mkdir(mode=0o500)
    with pytest.raises(FileProblem) as caught:
        write_whole(str(folder / "a.pdf"), b"x")
    assert caught.value.code == "locked"


@pytest.mark.parametrize("tail", [("nowhere", "a.pdf"), ("file", "a.pdf")])
def test_a_missing_folder_is_told(tmp_path: Path, tail: tuple[str, str]) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(FileProblem) as caught:
        write_whole(str(tmp_path.joinpath(*tail)), b"x")
    assert caught.value.code == "no_folder"


def test_a_folder_in_the_place_of_the_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").mkdir()
    with pytest.raises(FileProblem):
        write_whole(str(tmp_path / "a.pdf"), b"x")
    assert os.listdir(tmp_path) == ["a.pdf"]

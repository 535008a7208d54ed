"""Private files are private under any umask, whole or absent, and never written through a planted link."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from cs_workbench.store import files


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.mark.parametrize("umask", [0o000, 0o022, 0o077])
def test_modes_do_not_depend_on_the_umask(tmp_path: Path, umask: int) -> None:
    os.umask(umask)
    files.create_private(str(tmp_path / "a"))
    files.write_private(str(tmp_path / "b"), b"x")
    files.make_private_folder(str(tmp_path / "c"))
    assert [mode(tmp_path / name) for name in "abc"] == [0o600, 0o600, 0o700]


def test_create_refuses_a_link(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "target")
    with pytest.raises(FileExistsError):
        files.create_private(str(tmp_path / "link"))
    assert not (tmp_path / "target").exists()


def test_write_replaces_a_link_instead_of_following_it(tmp_path: Path) -> None:
    target = tmp_path / "target"
    target.write_bytes(b"precious")
    (tmp_path / "link").symlink_to(target)
    (tmp_path / "link.part").symlink_to(target)
    files.write_private(str(tmp_path / "link"), b"new")
    assert target.read_bytes() == b"precious"
    assert (tmp_path / "link").read_bytes() == b"new"
    assert not (tmp_path / "link").is_symlink()


def test_a_failed_write_leaves_the_old_content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"old")

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        files.write_private(str(path), b"new")
    assert path.read_bytes() == b"old"
    assert os.listdir(tmp_path) == ["a"]


def test_tighten_takes_others_out(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"")
    path.chmod(0o664)
    files.tighten(str(path))
    files.tighten(str(tmp_path / "absent"))
    assert mode(path) == 0o600


def test_remove_is_calm_about_absence(tmp_path: Path) -> None:
    files.remove(str(tmp_path / "absent"))
    (tmp_path / "a").write_bytes(b"")
    files.remove(str(tmp_path / "a"))
    assert os.listdir(tmp_path) == []

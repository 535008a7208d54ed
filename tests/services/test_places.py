"""Folders that copy themselves elsewhere and drives on the network are known for what they are."""

from __future__ import annotations

from pathlib import Path

import pytest

from cs_workbench.services.places import NETWORK, shared_place

LOCAL = "/dev/sda1 / ext4 rw 0 0\nproc /proc proc rw 0 0\n"


@pytest.mark.parametrize(
    ("folder", "service"),
    [
        ("Dropbox", "Dropbox"),
        ("Dropbox (Sorane)", "Dropbox"),
        ("OneDrive - Sorane", "OneDrive"),
        ("Google Drive", "Google Drive"),
        ("Mobile Documents", "iCloud Drive"),
        ("Nextcloud", "Nextcloud"),
        ("Box Sync", "Box"),
        ("documents", ""),
        ("my dropbox notes", ""),
        ("OneDriveless", ""),
    ],
)
def test_by_name(tmp_path: Path, folder: str, service: str) -> None:
    path = tmp_path / folder / "customers" / "p.csw"
    assert shared_place(str(path), LOCAL) == service


@pytest.mark.parametrize(
    ("marker", "service"), [(".dropbox", "Dropbox"), (".stfolder", "Syncthing"), (".git", "")]
)
def test_by_what_the_service_leaves_there(tmp_path: Path, marker: str, service: str) -> None:
    (tmp_path / marker).mkdir()
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    assert shared_place(str(inner / "p.csw"), LOCAL) == service


@pytest.mark.parametrize(
    ("kind", "said"),
    [("nfs4", NETWORK), ("cifs", NETWORK), ("fuse.sshfs", NETWORK), ("ext4", ""), ("tmpfs", "")],
)
def test_by_file_system(tmp_path: Path, kind: str, said: str) -> None:
    folder = tmp_path.resolve()
    mounts = LOCAL + f"server:/share {folder} {kind} rw 0 0\n"
    assert shared_place(str(folder / "p.csw"), mounts) == said


def test_the_innermost_mount_counts(tmp_path: Path) -> None:
    folder = tmp_path.resolve()
    inside = folder / "local disk"
    inside.mkdir()
    mounts = f"server:/share {folder} nfs rw 0 0\n/dev/sdb1 {folder}/local\\040disk ext4 rw 0 0\nshort\n"
    assert shared_place(str(inside / "p.csw"), mounts) == ""
    assert shared_place(str(folder / "local" / "p.csw"), mounts) == NETWORK


def test_a_windows_share_is_the_network(tmp_path: Path) -> None:
    from cs_workbench.services import places

    assert places._on_network("\\\\server\\share\\customers", "")
    assert places._on_network("//server/share", "")
    assert not places._on_network(str(tmp_path), "")


def test_through_a_link(tmp_path: Path) -> None:
    (tmp_path / "Dropbox").mkdir()
    (tmp_path / "work").symlink_to(tmp_path / "Dropbox")
    assert shared_place(str(tmp_path / "work" / "p.csw"), LOCAL) == "Dropbox"

"""What kind of place a file lies in: folders that copy themselves elsewhere, and drives on the network."""

from __future__ import annotations

import os

from cs_workbench.i18n import mark

NETWORK = mark("a network drive")
_FOLDERS = (
    ("dropbox", "Dropbox"),
    ("onedrive", "OneDrive"),
    ("google drive", "Google Drive"),
    ("googledrive", "Google Drive"),
    ("my drive", "Google Drive"),
    ("icloud drive", "iCloud Drive"),
    ("iclouddrive", "iCloud Drive"),
    ("mobile documents", "iCloud Drive"),
    ("nextcloud", "Nextcloud"),
    ("owncloud", "ownCloud"),
    ("pclouddrive", "pCloud"),
    ("box sync", "Box"),
    ("syncthing", "Syncthing"),
)
_MARKERS = (
    (".dropbox", "Dropbox"),
    (".dropbox.cache", "Dropbox"),
    (".stfolder", "Syncthing"),
    (".sync_journal.db", "Nextcloud"),
    (".tmp.drivedownload", "Google Drive"),
)
_FILE_SYSTEMS = frozenset(
    ("nfs", "nfs4", "cifs", "smb3", "smbfs", "afs", "9p", "ncpfs", "davfs", "webdav", "afpfs",
     "fuse.sshfs", "fuse.rclone", "fuse.davfs", "fuse.gvfsd-fuse", "fuse.glusterfs", "ceph", "fuse.ceph")
)  # fmt: skip
_REMOTE_DRIVE = 4


def shared_place(path: str, mounts: str | None = None) -> str:
    """What copies or carries the folder of *path*: a service's name, NETWORK (to be translated), or "" for neither.

    ``mounts`` is the text of /proc/mounts (None: this machine's). Only looks; raises nothing.
    """
    folder = os.path.dirname(os.path.realpath(path))
    return _service(folder) or (NETWORK if _on_network(folder, mounts) else "")


def _service(folder: str) -> str:
    parts = folder.replace("\\", "/").split("/")
    for part in (one.lower() for one in parts):
        for start, name in _FOLDERS:
            if part == start or part.startswith((start + " ", start + "-", start + " (")):
                return name
    while True:
        for marker, name in _MARKERS:
            if os.path.lexists(os.path.join(folder, marker)):
                return name
        above = os.path.dirname(folder)
        if above == folder:
            return ""
        folder = above


def _on_network(folder: str, mounts: str | None) -> bool:
    if folder.startswith(("\\\\", "//")):
        return True
    if os.name == "nt":
        return _remote_drive(folder)
    return _file_system(folder, _mounts() if mounts is None else mounts) in _FILE_SYSTEMS


def _mounts() -> str:
    try:
        with open("/proc/mounts", encoding="utf-8", errors="replace") as file:
            return file.read()
    except OSError:
        return ""


def _file_system(folder: str, mounts: str) -> str:
    """The type of the file system *folder* lies on: that of the longest mount point above it, the last where equal."""
    best, kind = -1, ""
    for line in mounts.splitlines():
        parts = line.split()
        if len(parts) < 3:
            continue
        point = parts[1].replace("\\040", " ").replace("\\011", "\t").rstrip("/") or "/"
        inside = folder == point or folder.startswith(point.rstrip("/") + "/")
        if inside and len(point) >= best:
            best, kind = len(point), parts[2]
    return kind


def _remote_drive(folder: str) -> bool:
    import ctypes

    system = getattr(ctypes, "windll").kernel32  # noqa: B009 - there on Windows only
    return bool(system.GetDriveTypeW(os.path.splitdrive(folder)[0] + "\\") == _REMOTE_DRIVE)

"""Private files: readable by their owner only under any umask, durable, never through a planted link."""

from __future__ import annotations

import contextlib
import os
import re
import shutil

FILE_MODE = 0o600
FOLDER_MODE = 0o700
_RANDOM = 8
_GIVEN_UP = 24 * 60 * 60
_NO_LINKS = getattr(os, "O_NOFOLLOW", 0)
_BINARY = getattr(os, "O_BINARY", 0)


def create_private(path: str) -> None:
    """Create an empty file for the owner only. Raises FileExistsError where anything, even a link, is there."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _NO_LINKS | _BINARY, FILE_MODE)
    try:
        _set_mode(descriptor)
    finally:
        os.close(descriptor)


def write_private(path: str, content: bytes) -> None:
    """Write *content* beside *path*, force it to the disk, then put it in place: all or nothing. Raises OSError."""
    temporary = path + ".part"
    remove(temporary)
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | _NO_LINKS | _BINARY
    descriptor = os.open(temporary, flags, FILE_MODE)
    placed = False
    try:
        with os.fdopen(descriptor, "wb") as file:
            _set_mode(file.fileno())
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, path)
        placed = True
    finally:
        if not placed:
            discard(temporary)
    sync_folder(path)


def put_in_place(temporary: str, path: str) -> None:
    """Give the finished file *temporary* its name. Raises FileExistsError where another process took it meanwhile.

    A hard link never replaces what is there; where the file system has none, the file is renamed.
    """
    try:
        os.link(temporary, path)
    except FileExistsError:
        raise
    except OSError:
        if os.path.lexists(path):
            raise FileExistsError(path) from None
        os.rename(temporary, path)
    sync_folder(path)


def tighten(path: str) -> None:
    """Take group and others out of the permissions of *path*, if it is ours to change."""
    try:
        if os.stat(path).st_mode & 0o077:
            os.chmod(path, FILE_MODE)
    except OSError:
        return


def make_private_folder(path: str) -> str:
    """Create *path* for its owner only, with its parents, and return it. Raises OSError."""
    if not os.path.isdir(path):
        os.makedirs(path, mode=FOLDER_MODE, exist_ok=True)
        os.chmod(path, FOLDER_MODE)
    return path


def sync(path: str) -> None:
    """Force what was written to *path* to the disk."""
    descriptor = os.open(path, os.O_RDWR | _BINARY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_folder(path: str) -> None:
    """Force the folder of *path* to remember its names; folders cannot be synced on Windows."""
    if os.name == "nt":
        return
    descriptor = os.open(os.path.dirname(path) or ".", os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def remove(path: str) -> None:
    """Delete *path* if it is there."""
    try:
        os.unlink(path)
    except FileNotFoundError:
        return


def discard(*paths: str) -> None:
    """Delete what is left of something unfinished, where that is possible."""
    for path in paths:
        try:
            os.unlink(path)
        except OSError:
            continue


def clear_abandoned(workshop: str, ours: re.Pattern[str]) -> None:
    """Delete what killed work left beside its *workshop*: folders named like it (``mkdtemp``'s eight letters after the
    same prefix), a day or more older, that hold nothing but files with names that match *ours*.
    """
    parent, name = os.path.split(workshop)
    clear_workshops(parent, name[:-_RANDOM], ours, at=os.lstat(workshop).st_mtime)


def clear_workshops(
    folder: str, prefix: str, ours: re.Pattern[str], *, at: float, after: float = _GIVEN_UP
) -> None:
    """As ``clear_abandoned`` for every workshop in *folder* with names of that *prefix*, *after* seconds before the
    instant *at* (seconds since 1970).
    """
    named = re.compile(re.escape(prefix) + r"[a-z0-9_]{8}")
    for other in os.listdir(folder):
        path = os.path.join(folder, other)
        if not named.fullmatch(other) or os.path.islink(path):
            continue
        with contextlib.suppress(OSError):
            held = os.listdir(path)
            newest = max(os.lstat(os.path.join(path, one)).st_mtime for one in (*held, "."))
            if at - newest > after and all(map(ours.fullmatch, held)):
                shutil.rmtree(path)


def _set_mode(descriptor: int) -> None:
    if hasattr(os, "fchmod"):
        os.fchmod(descriptor, FILE_MODE)

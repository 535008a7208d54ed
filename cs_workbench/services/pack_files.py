"""Files of a document: safe names, written beside their place, scanned, then all put in place."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import tempfile
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from typing import TYPE_CHECKING

from cs_workbench.errors import FileProblem, InvalidValue
from cs_workbench.i18n import _
from cs_workbench.store.files import clear_workshops

if TYPE_CHECKING:
    from cs_workbench.reports.blocks import Document, Look
    from cs_workbench.reports.leaks import Leak, Scan

    Write = Callable[[Document, Look, str], None]

FORMATS = ("pdf", "docx", "pptx", "xlsx", "html", "md")
_LIBRARIES = {"pdf": "typst", "docx": "docx", "pptx": "pptx", "xlsx": "xlsxwriter"}  # slow to import
_BESIDE = ".pack-"
_ABANDONED = 600.0
"""Seconds after which documents not put in place were left by a program that was killed: a pack takes some seconds."""
_OURS = re.compile(r".+\.(pdf|docx|pptx|xlsx|html|md|part)(\.before)?")
_LONGEST = 180  # bytes, so that every file system takes the name with its ending
_SEPARATOR = " - "
_UNSAFE = re.compile(r'[\\/:*?"<>|]+')
_RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])", re.IGNORECASE)
_SPACES = re.compile(r"\s+")


def checked_formats(formats: Sequence[str]) -> tuple[str, ...]:
    """*formats* without doubles. Raises InvalidValue for one that cannot be written."""
    for name in formats:
        if name not in FORMATS:
            raise InvalidValue(
                _("Documents cannot be written as “{format}”.").format(format=name),
                _("Choose from: {formats}.").format(formats=_(", ").join(FORMATS)),
                code="format",
                format=name,
            )
    return tuple(dict.fromkeys(formats))


def file_stem(*parts: str) -> str:
    """A file name without ending that every system takes: NFC, nothing invisible, no path or device in it.

    Where it is too long its longest part gives way, so that a date or a mark behind a long name stays whole.
    """
    cleaned = [part for part in map(_clean, parts) if part]
    over = len(_SEPARATOR.join(cleaned).encode()) - _LONGEST
    while over > 0:
        longest = max(range(len(cleaned)), key=lambda number: len(cleaned[number].encode()))
        kept = cleaned[longest].encode()[: -min(over, 30)].decode(errors="ignore")
        cleaned[longest] = kept.strip(" .-")
        over = len(_SEPARATOR.join(cleaned).encode()) - _LONGEST
    stem = (_SEPARATOR.join(cleaned) or "document").strip(" .")
    return "_" + stem if _RESERVED.fullmatch(stem.split(".")[0].strip()) else stem


def _clean(text: str) -> str:
    visible = "".join(
        " " if unicodedata.category(character) in {"Zs", "Zl", "Zp"} else character
        for character in unicodedata.normalize("NFC", text)
        if unicodedata.category(character)[0] != "C"
    )
    return _SPACES.sub(" ", _UNSAFE.sub("-", visible)).strip(" .-")


def writer(name: str) -> Write:
    """The writer of a format, imported when it is first needed."""
    write: Write = import_module(f"cs_workbench.reports.writers.{name}").write
    return write


def ready(formats: Sequence[str]) -> None:
    """Import the writers of *formats* and what they write with: for the time the rendering process is at work."""
    for name in formats:
        writer(name)
        if name in _LIBRARIES:
            import_module(_LIBRARIES[name])


def out_folder(path: str) -> str:
    """*path* as a folder that exists. Raises InvalidValue for no name, FileProblem where it cannot be made."""
    if not path.strip():
        raise InvalidValue(
            _("The folder to write to has no name."), _("Name one; “.” is the present one."), code="no_folder"
        )
    folder = os.path.abspath(path)
    try:
        os.makedirs(folder, mode=0o700, exist_ok=True)
    except OSError as problem:
        raise FileProblem(
            _("The folder {folder} cannot be used.").format(folder=folder),
            _("Nothing was written. Choose a folder you may write to."),
            code="no_folder",
            path=folder,
        ) from problem
    return folder


def write_all(
    document: Document, look: Look, folder: str, stem: str, *, formats: Sequence[str], scan: Scan | None,
    own: Mapping[str, Write] | None = None,
) -> tuple[tuple[str, ...], tuple[Leak, ...]]:  # fmt: skip
    """Write *document* in every format and return the paths; or, where the scan of a written file finds a leak,
    return the leaks and leave nothing. Files appear under their names only when all of them are whole.

    *own* are writers that stand in for a format's usual one. Raises FileProblem; then nothing is left either.
    """
    try:
        beside = tempfile.mkdtemp(prefix=_BESIDE, dir=folder)
    except OSError as problem:
        raise FileProblem(
            _("Nothing can be written into {folder}.").format(folder=folder),
            _("Choose a folder you may write to."),
            code="locked",
            path=folder,
        ) from problem
    with contextlib.suppress(OSError):
        clear_workshops(folder, _BESIDE, _OURS, at=os.lstat(beside).st_mtime, after=_ABANDONED)
    try:
        made: dict[str, str] = {}
        for name in formats:
            made[name] = os.path.join(beside, f"{stem}.{name}")
            write = (own or {}).get(name) or writer(name)
            write(document, look, made[name])
        leaks = (
            tuple(leak for path in made.values() for leak in scan.file(path, os.path.basename(path)))
            if scan
            else ()
        )
        return ((), leaks) if leaks else (_put_in_place(made, folder), ())
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def _put_in_place(made: Mapping[str, str], folder: str) -> tuple[str, ...]:
    """Rename the finished files to where they belong; on a failure the folder is as it was before."""
    placed: dict[str, str] = {}
    try:
        for path in made.values():
            target = os.path.join(folder, os.path.basename(path))
            os.chmod(path, 0o600)
            before = _copied(target, f"{path}.before")
            os.replace(path, target)
            placed[target] = before
    except OSError as problem:
        for target, before in placed.items():
            with contextlib.suppress(OSError):
                os.replace(before, target) if before else os.unlink(target)
        raise FileProblem(
            _("{name} could not be put into {folder}.").format(name=os.path.basename(path), folder=folder),
            _("Nothing was replaced. Close the file in the other program, or choose another folder."),
            code="unwritable",
            path=path,
        ) from problem
    return tuple(placed)


def _copied(path: str, aside: str) -> str:
    """Keep the document at *path* also under *aside*; "" where there is none. *path* itself is never missing."""
    if not os.path.lexists(path):
        return ""
    try:
        os.link(path, aside)
    except OSError:  # a file system without links
        shutil.copy2(path, aside)
    return aside

"""What the parts of a zipped workbook tell before it is parsed: its reach, error cells, macros, links."""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path

from cs_workbench.errors import FileProblem
from cs_workbench.i18n import _, mark
from cs_workbench.intake import archive_guard
from cs_workbench.intake.sheet_scan import BinarySheetScan, OdsScan, XmlSheetScan
from cs_workbench.intake.table import Note

_SHEET = re.compile(r"<(?:\w+:)?sheet\b[^>]*>")
_RELATION = re.compile(r"<(?:\w+:)?Relationship\b[^>]*>")
_ATTRIBUTE = re.compile(r"([\w:]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_IGNORED = (
    (re.compile(r"vbaProject|macrosheets/|^Basic/", re.IGNORECASE), "macros", mark("Macros were ignored.")),
    (
        re.compile(r"externalLink", re.IGNORECASE),
        "external_links",
        mark("Links to other workbooks were ignored."),
    ),
    (
        re.compile(r"embeddings/|activeX|ctrlProps/", re.IGNORECASE),
        "embedded",
        mark("Embedded objects were ignored."),
    ),
)


@dataclass(frozen=True, slots=True)
class Parts:
    """The reach of the largest sheet, error cells by sheet name, and what will be ignored."""

    columns: int = 0
    cells: int = 0
    errors: dict[str, tuple[str, ...]] = field(default_factory=dict)
    notes: tuple[Note, ...] = ()


def parts_of(path: str) -> Parts:
    """Inspect the zip at *path*. Raises FileProblem: a bomb, damaged, protected, or not a workbook at all."""
    scans: dict[str, XmlSheetScan | BinarySheetScan | OdsScan] = {}

    def watch(name: str) -> Callable[[bytes], None] | None:
        lowered = name.lower()
        if lowered == "content.xml":
            scans[name] = OdsScan()
        elif "worksheets/" in lowered and lowered.endswith(".xml"):
            scans[name] = XmlSheetScan()
        elif "worksheets/" in lowered and lowered.endswith(".bin") and "binaryindex" not in lowered:
            scans[name] = BinarySheetScan()
        return scans.get(name)

    archive = archive_guard.inspect(path, watch)
    _require_workbook(path, archive.names)
    titles = _sheet_titles(path, archive.names)
    errors = {titles.get(part, part): tuple(scan.errors) for part, scan in scans.items() if scan.errors}
    return Parts(
        columns=max((scan.columns for scan in scans.values()), default=0),
        cells=sum(scan.cells for scan in scans.values()),
        errors=errors,
        notes=_ignored(archive.names),
    )


def _require_workbook(path: str, names: tuple[str, ...]) -> None:
    lowered = [name.lower() for name in names]
    if any(name.endswith(("workbook.xml", "workbook.bin")) for name in lowered) or "content.xml" in lowered:
        return
    if any(name.endswith(".xml") and "worksheets/" in name for name in lowered):
        return
    raise FileProblem(
        _("“{name}” is a zip archive, but not a workbook.").format(name=Path(path).name),
        _("Unpack it first, then choose the files inside."),
        code="file_type",
        path=path,
    )


def _ignored(names: tuple[str, ...]) -> tuple[Note, ...]:
    return tuple(
        Note(code, _(message)) for pattern, code, message in _IGNORED if any(map(pattern.search, names))
    )


def _sheet_titles(path: str, names: tuple[str, ...]) -> dict[str, str]:
    """Part name → sheet name; only wanted to word notes, so a package out of the ordinary gives nothing."""
    main = next((name for name in names if name.lower().endswith("xl/workbook.xml")), "")
    relations = posixpath.join(posixpath.dirname(main), "_rels", posixpath.basename(main) + ".rels")
    if not main or relations not in names:
        return {}
    try:
        with zipfile.ZipFile(path) as archive:
            book = archive.read(main).decode("utf-8", "replace")
            links = archive.read(relations).decode("utf-8", "replace")
    except (zipfile.BadZipFile, ValueError, OSError):
        return {}
    targets = {
        found.get("Id", ""): found.get("Target", "") for found in map(_attributes, _RELATION.findall(links))
    }
    titles: dict[str, str] = {}
    for sheet in map(_attributes, _SHEET.findall(book)):
        target = next(
            (targets[value] for key, value in sheet.items() if key.endswith(":id") and value in targets), ""
        )
        part = (
            target.lstrip("/") if target.startswith("/") else posixpath.join(posixpath.dirname(main), target)
        )
        titles[posixpath.normpath(part)] = sheet.get("name", "")
    return titles


def _attributes(tag: str) -> dict[str, str]:
    return {name: unescape(one or two) for name, one, two in _ATTRIBUTE.findall(tag)}

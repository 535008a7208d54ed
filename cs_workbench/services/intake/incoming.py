"""Opening the files of an import and settling what each table is and what its columns mean."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from cs_workbench.errors import IntakeProblem
from cs_workbench.i18n import _
from cs_workbench.intake import mapping as mappings
from cs_workbench.intake.mapping import Mapping
from cs_workbench.intake.recognise import Recognition, recognise, refitted
from cs_workbench.intake.table import Note, Table, open_tables
from cs_workbench.store.intake import mappings as saved
from cs_workbench.store.reads import Reads

HEADER_SHOWN = 12
LONGEST_SOURCE = 100


@dataclass(frozen=True, slots=True)
class Incoming:
    """One table to take in, with the meaning of its columns, its file's hash, and what was noticed about them."""

    table: Table
    mapping: Mapping
    sha256: str
    unknown: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class Skipped:
    """A table nobody could make sense of, and why, in the language of the moment."""

    table: Table
    reason: str


@dataclass(frozen=True, slots=True)
class Choices:
    """What the caller settled beforehand about every file: kind, mapping (or name, or file), source, encoding."""

    kind: str | None = None
    mapping: Mapping | str | None = None
    source: str | None = None
    encoding: str | None = None
    skip_unknown: bool = False


def gather(db: Reads, paths: Sequence[str], choices: Choices) -> tuple[list[Incoming], list[Skipped]]:
    """The tables of all *paths* with their mappings, and those nobody could make sense of.

    Raises FileProblem for files that cannot be read and IntakeProblem for a table that is not recognised (unless
    ``skip_unknown``) or does not fit the mapping asked for.
    """
    found: list[Incoming] = []
    skipped: list[Skipped] = []
    for path in paths:
        tables = [
            replace(table, name=storable(table.name))
            for table in open_tables(str(path), encoding=choices.encoding)
        ]
        digest = _sha256(str(path))
        refused: list[tuple[Table, str]] = []
        taken = len(found)
        for table in tables:
            understood = _understand(db, table, choices)
            mapping = understood.mapping
            if mapping is None:
                refused.append((table, understood.reason))
                continue
            mapping = replace(mapping, source=_source(choices.source or mapping.source))
            found.append(Incoming(table, mapping, digest, understood.unknown, understood.notes))
        skipped += _refused(refused, choices, others=len(found) > taken, files=len(paths))
    return found, skipped


def _refused(
    refused: list[tuple[Table, str]], choices: Choices, *, others: bool, files: int
) -> list[Skipped]:
    """Tables without a meaning: a spare sheet beside good ones is left out with a warning, all else is refused."""
    if refused and not others and not choices.skip_unknown:
        raise unrecognised(refused[0][0], refused[0][1], several=files > 1)
    return [Skipped(table, reason) for table, reason in refused]


def storable(text: str) -> str:
    """*text* as UTF-8 can hold it: bytes of a file name that are no letters show as "?"."""
    return text.encode(errors="replace").decode()


def _source(name: str) -> str:
    if len(name) > LONGEST_SOURCE:
        raise IntakeProblem(
            _("The name of the source is longer than {limit} characters.").format(limit=LONGEST_SOURCE),
            _("Give the name of the system the file comes from, such as salesforce. Nothing was changed."),
            code="source_name",
        )
    return storable(name)


def _understand(db: Reads, table: Table, choices: Choices) -> Recognition:
    """The meaning of a table's columns: as told, as saved for this header, or as recognised."""
    told: Mapping | None = None
    if isinstance(choices.mapping, Mapping):
        told = choices.mapping.bind(table.header)
    elif choices.mapping is not None:
        told = _named(db, table, choices.mapping, choices.kind)
    else:
        known = saved.by_header(db, mappings.header_key(table.header), choices.kind)
        if known is None:
            return recognise(table, kind=choices.kind, source=choices.source)
        told = mappings.from_json(known, table.header)
    return refitted(table, told)


def _named(db: Reads, table: Table, name: str, kind: str | None) -> Mapping:
    """The mapping in the JSON file *name*, or the one saved under that source. Raises IntakeProblem."""
    if os.path.isfile(name):  # unlike Path.is_file(), a name too long to be one is no error
        return mappings.from_json(Path(name).read_bytes(), table.header)
    candidates = saved.by_name(db, name, kind)
    problem: IntakeProblem | None = None
    for text in candidates:
        try:
            return mappings.from_json(text, table.header)
        except IntakeProblem as refused:
            problem = problem or refused
    if problem is not None:
        raise problem
    raise IntakeProblem(
        _("There is no mapping file and no saved mapping called “{name}”.").format(name=name),
        _("Give the path of a JSON file, or the name of a source imported before. Nothing was changed."),
        code="mapping_unknown",
        mapping=name,
    )


def unrecognised(table: Table, reason: str, *, several: bool) -> IntakeProblem:
    """What a person is told about a table nobody could make sense of."""
    shown = _(", ").join(f"“{name}”" for name in table.header[:HEADER_SHOWN])
    more = " …" if len(table.header) > HEADER_SHOWN else ""
    remedy = _(
        "Say what it is with --kind, give the meaning of its columns with --mapping, or leave the file out."
        " Nothing was changed."
    )
    where = f"{table.name} [{table.sheet}]" if table.sheet else table.name
    message = _("“{name}” was not recognised ({reason}). Its columns are: {header}.").format(
        name=where, reason=reason.rstrip(".。"), header=shown + more
    )
    return IntakeProblem(
        message, remedy, code="unrecognised", file=table.path, header=list(table.header), several=several
    )


def _sha256(path: str) -> str:
    with Path(path).open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()

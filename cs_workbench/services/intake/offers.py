"""Files as they are offered to a person before anything is read in full: what each table is taken for, to be corrected.

An offer never fails: a file that cannot be read, or that nobody can make sense of, says so and leaves the others alone.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from cs_workbench.errors import IntakeProblem, UserError
from cs_workbench.intake import contact_column
from cs_workbench.intake import mapping as mappings
from cs_workbench.intake.kinds import KINDS, spec
from cs_workbench.intake.mapping import CUSTOM, IGNORE, METRIC, ON_DAY, ColumnMap, Mapping
from cs_workbench.intake.recognise import recognise, refitted
from cs_workbench.intake.sources import UNKNOWN
from cs_workbench.intake.table import Note, Table, open_tables
from cs_workbench.intake.verdict import unfit
from cs_workbench.services.intake.incoming import Incoming, Skipped, storable
from cs_workbench.services.intake.shown import Edits, Kept
from cs_workbench.store.intake import mappings as saved
from cs_workbench.store.reads import Reads

NOT_TAKEN = IGNORE
"""The field of a column that is not taken."""
DELIMITERS = (",", "\t", ";", "|")
ENCODINGS = ("utf-8", "cp932", "euc_jp", "utf-16", "cp1252")
"""The encodings offered beside the one found."""
KEEPS_OWN = frozenset(("accounts", "people", "contracts"))
"""Kinds whose unknown columns can be kept as fields of one's own."""


@dataclass(frozen=True, slots=True)
class Offer:
    """One table of a file. ``problem`` says why the file cannot be read, ``reason`` why it was not recognised.

    ``kinds``: every kind that fits, best first. ``used_at``: when a file with these columns was last imported (an
    instant), None the first time, and ``saved`` how its columns were understood then. ``edits``: cells the person
    corrected. ``taken``: whether it is to be imported.
    """

    path: str
    name: str
    size: int = 0
    table: Table | None = None
    mapping: Mapping | None = None
    sha256: str = ""
    kinds: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()
    reason: str = ""
    used_at: str | None = None
    saved: Mapping | None = None
    problem: UserError | None = None
    edits: Edits | None = None
    taken: bool = True

    @property
    def sheet(self) -> str | None:
        """The sheet of a workbook, None for a text file."""
        return None if self.table is None else self.table.sheet

    @property
    def key(self) -> tuple[str, str | None]:
        """What stays the same however the offer is corrected: file and sheet."""
        return self.path, self.sheet

    @property
    def lacks(self) -> str:
        """What is missing before it can be imported, as a sentence; "" where nothing is."""
        if self.table is None or self.mapping is None:
            return self.reason
        missing = _missing(self.mapping)
        return "" if missing is None else unfit(self.mapping.kind, missing, self.table.header)

    @property
    def asked(self) -> tuple[int, ...]:
        """The columns of which the person should say what they mean; none once they corrected the columns."""
        if self.mapping is None or all(note.code != contact_column.ASKED for note in self.notes):
            return ()
        return tuple(one.index for one in contact_column.contacts(self.mapping))

    @property
    def ready(self) -> bool:
        """Whether it can be imported and is meant to be."""
        return self.taken and self.mapping is not None and not self.lacks


def offers_of(
    db: Reads, path: str, *, encoding: str | None = None, delimiter: str | None = None
) -> list[Offer]:
    """Every table of the file at *path*, recognised; one offer with the problem where the file cannot be read."""
    name = storable(os.path.basename(path))
    try:
        tables = open_tables(path, encoding=encoding, delimiter=delimiter)
        size = os.path.getsize(path)
        with Path(path).open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
    except UserError as problem:
        return [Offer(path, name, problem=problem)]
    found = [
        _offered(db, Offer(path, name, size, replace(table, name=name), sha256=digest)) for table in tables
    ]
    if any(offer.mapping for offer in found):  # a spare sheet beside good ones is not asked about
        found = [offer if offer.mapping else replace(offer, taken=False) for offer in found]
    return found


def as_recognised(offer: Offer, *, kind: str | None = None) -> Offer:
    """*offer* with its columns found anew, as *kind* where one is asked for; what does not fit the person settles."""
    if offer.table is None:
        return offer
    found = recognise(offer.table, kind=kind)
    scored = tuple(key for key, _score in found.scores)
    done = replace(
        offer, mapping=found.mapping, notes=found.notes, reason=found.reason,
        kinds=offer.kinds if kind else scored,
    )  # fmt: skip
    if found.mapping is not None or kind is None:
        return done
    columns = tuple(
        ColumnMap(index, label, IGNORE)
        for index, label in enumerate(mappings.header_labels(offer.table.header))
    )
    return replace(done, mapping=mappings.with_layout(Mapping(kind, UNKNOWN, columns)))


def as_saved(offer: Offer) -> Offer:
    """*offer* with its columns understood as last time, where there was one."""
    if offer.table is None or offer.saved is None:
        return offer
    found = refitted(offer.table, offer.saved)
    return replace(offer, mapping=found.mapping, notes=found.notes, reason="", saved=found.mapping)


def with_column(offer: Offer, index: int, field: str) -> Offer:
    """*offer* with column *index* filling *field* (``field|option``), which no other column fills from then on."""
    mapping, table = offer.mapping, offer.table
    if mapping is None or table is None:
        return offer
    bare = field.partition("|")[0]
    known = spec(mapping.kind).fields.get(bare)
    sole = known is not None and not known.many
    columns = [
        replace(column, field=IGNORE, option="") if sole and column.field == bare else column
        for column in mapping.columns
    ]
    name, _bar, option = field.partition("|")
    columns[index] = replace(columns[index], field=name, option=option)
    changed = mappings.with_layout(replace(mapping, columns=tuple(columns)))
    if _missing(changed) is not None:
        return replace(offer, mapping=changed)
    try:
        fitted = refitted(table, changed)
    except IntakeProblem:
        return replace(offer, mapping=changed)
    return replace(offer, mapping=fitted.mapping, notes=fitted.notes)


def with_cell(offer: Offer, row: int, index: int, text: str) -> Offer:
    """*offer* with one cell corrected; the file itself stays as it is."""
    edits = {number: dict(cells) for number, cells in (offer.edits or {}).items()}
    edits.setdefault(row, {})[index] = text
    return replace(offer, edits=edits)


def incoming_of(offers: Sequence[Offer]) -> tuple[list[Incoming], list[Skipped]]:
    """The tables to be taken in, remembering their cells, and those left out with the reason."""
    found: list[Incoming] = []
    skipped: list[Skipped] = []
    for offer in offers:
        if offer.table is None or not offer.taken:
            continue
        if offer.mapping is None or not offer.ready:
            skipped.append(Skipped(offer.table, offer.lacks))
            continue
        table = replace(offer.table, source=Kept(offer.table.source, offer.edits))
        found.append(Incoming(table, offer.mapping, offer.sha256, (), offer.notes))
    return found, skipped


def field_choices(kind: str) -> list[str]:
    """The fields a column of *kind* may fill, the most telling first."""
    return list(spec(kind).fields)


def kind_choices(offer: Offer) -> list[str]:
    """Every kind, those that fit *offer* first."""
    return [*offer.kinds, *(kind for kind in KINDS if kind not in offer.kinds)]


def _offered(db: Reads, offer: Offer) -> Offer:
    table = offer.table
    if table is None:
        return offer
    fresh = as_recognised(offer)
    known = saved.last_used(db, mappings.header_key(table.header))
    if known is None:
        return fresh
    text, used_at = known
    try:
        return as_saved(replace(fresh, saved=mappings.from_json(text, table.header), used_at=used_at))
    except IntakeProblem:  # kept by another version, whose fields had other names
        return fresh


def _missing(mapping: Mapping) -> tuple[str, ...] | None:
    """The first group of needed fields without a column; readings also need a day and a figure."""
    fields = {column.field for column in mapping.columns}
    group = spec(mapping.kind).missing(fields)
    if group is not None or mapping.kind != "readings":
        return group
    if "day" not in fields and not any(name.startswith(ON_DAY) for name in fields):
        return ("day",)
    figures = any(name in ("value", "metric") or name.startswith((METRIC, ON_DAY)) for name in fields)
    return None if figures else ("value", "metric")


def own_field(kind: str, label: str) -> str:
    """What a column called *label* is kept as when no field is meant: a metric, a field of one's own, or nothing."""
    if kind == "readings":
        return f"{METRIC}{label}"
    return f"{CUSTOM}{label}" if kind in KEEPS_OWN else IGNORE

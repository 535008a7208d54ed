"""Which column of a file means what: recognised, saved with its source, or written by hand.

By hand a mapping is a small JSON file; only ``kind`` and ``columns`` must be there:

    {"kind": "accounts", "source": "salesforce",
     "columns": {"取引先名": "name", "ARR": "contract.arr|USD", "契約開始": "contract.start_on|ymd",
                 "Region": "custom:Region", "Old notes": "ignore"}}

- The left side is the header as it stands in the file (a repeated header counts on: "Amount", "Amount#2").
- The right side is a field of the kind (``kinds.field_keys(kind)``), ``custom:LABEL`` (kept as a field of one's own)
  or ``ignore``. After a bar comes an option: a currency (``arr|JPY``) with a scale (``arr|JPY*1000``, thousands),
  the order of a date (``dmy``, ``mdy``, ``ymd`` for 26/4/1, ``serial`` for the day numbers of a spreadsheet), a unit of
  time (``hours``), ``of100`` for a percentage without its sign, the type of a custom field (``text number date bool
  money``). An amount of a month that is to count for a year says ``amount|JPY/month``; a name that stands in the first
  row of its group only says ``account_name|above``.
- Fields of a second thing in the same row carry its name: ``contract.arr`` in a file of accounts,
  ``reading.seats_used`` and ``reading.active_users`` (with ``reading.as_of`` for the date), ``event.expansion`` in a
  file of renewals.
- Readings: ``account_ref`` (or ``person_ref``, ``contract_ref``), ``day``, and either ``metric`` + ``value`` (one
  reading a row) or ``metric:KEY`` for each column of figures; ``feature`` splits them by feature, ``external_id`` is
  the row's id, ``day:2026-04-01`` (``day:2026-04-01|KEY``) is a column that holds the value of that day.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from cs_workbench.domain.text import fold
from cs_workbench.errors import IntakeProblem
from cs_workbench.i18n import _

Layout = Literal["rows", "long", "wide"]
IGNORE = "ignore"
CUSTOM = "custom:"
METRIC = "metric:"
ON_DAY = "day:"
_ENTITY = {"accounts": "account", "people": "person", "contracts": "contract"}
_OPEN_PREFIXES = (CUSTOM, METRIC, ON_DAY)
_PERIOD_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True)
class ColumnMap:
    """One column: its place (0-based) in this file, its header, the field it fills, an option of that field."""

    index: int
    header: str
    field: str
    option: str = ""

    def spelled(self) -> str:
        """The right side of a mapping file: ``field`` or ``field|option``."""
        return f"{self.field}|{self.option}" if self.option else self.field


@dataclass(frozen=True, slots=True)
class CustomSpec:
    """A custom field the file brings: entity (account, person, contract), label, type."""

    entity: str
    label: str
    type: str


@dataclass(frozen=True, slots=True)
class Mapping:
    """The columns of one kind of file from one source. Frozen; ``bind`` fits it to another file's column order."""

    kind: str
    source: str
    columns: tuple[ColumnMap, ...]
    layout: Layout = "rows"

    def used(self) -> tuple[ColumnMap, ...]:
        """The columns that are not ignored."""
        return tuple(column for column in self.columns if column.field != IGNORE)

    def by_field(self, field: str) -> tuple[ColumnMap, ...]:
        """The columns that fill *field*, in file order."""
        return tuple(column for column in self.columns if column.field == field)

    def has(self, *fields: str) -> bool:
        """Whether a column fills any of *fields*."""
        return any(column.field in fields for column in self.columns)

    def custom_fields(self) -> tuple[CustomSpec, ...]:
        """The custom fields this file brings, in file order; empty for kinds that cannot hold any."""
        entity = _ENTITY.get(self.kind)
        if entity is None:
            return ()
        return tuple(
            CustomSpec(entity, column.field.removeprefix(CUSTOM), column.option or "text")
            for column in self.columns
            if column.field.startswith(CUSTOM)
        )

    def change(self, header: str, field: str) -> Mapping:
        """The same mapping with the column called *header* filling *field* (``field|option`` allowed)."""
        name, _bar, option = field.partition("|")
        columns = tuple(
            replace(column, field=name, option=option) if column.header == header else column
            for column in self.columns
        )
        return with_layout(replace(self, columns=columns))

    def bind(self, header: Sequence[str]) -> Mapping:
        """This mapping with its indexes found again by header in *header*; columns it does not name are ignored.

        Raises IntakeProblem (code "missing_columns") where a used column is not in the file.
        """
        wanted = {column.header: column.spelled() for column in self.columns}
        return _bound(self.kind, self.source, wanted, header)

    def to_json(self) -> str:
        """The mapping as the JSON a person could have written."""
        columns = {column.header: column.spelled() for column in self.columns}
        document = {"kind": self.kind, "source": self.source, "columns": columns}
        return json.dumps(document, ensure_ascii=False, indent=1)


def from_json(text: str | bytes, header: Sequence[str]) -> Mapping:
    """Read a mapping file and fit it to a file's *header*.

    Raises IntakeProblem: "mapping_json" (not the JSON described above), "mapping_field" (no such field),
    "missing_columns" (names columns the file does not have).
    """
    try:
        document: Any = json.loads(text)
        json.dumps(document, ensure_ascii=False).encode()  # halves of characters could not be kept
    except json.JSONDecodeError as error:
        raise _not_a_mapping(
            _("line {line}: {reason}").format(line=error.lineno, reason=error.msg)
        ) from error
    except RecursionError as error:
        raise _not_a_mapping(_("its brackets are nested too deeply")) from error
    except ValueError as error:
        raise _not_a_mapping(_("it is not UTF-8 text")) from error
    columns = document.get("columns") if isinstance(document, dict) else None
    if not isinstance(columns, dict) or not all(isinstance(value, str) for value in columns.values()):
        raise _not_a_mapping(_('it needs "kind" and "columns" with one field name for each header'))
    kind = document.get("kind")
    if not isinstance(kind, str):
        raise _not_a_mapping(_('"kind" is missing'))
    return _bound(kind, str(document.get("source") or "files"), columns, header)


def _not_a_mapping(reason: str) -> IntakeProblem:
    return IntakeProblem(
        _("The mapping cannot be read: {reason}.").format(reason=reason),
        _(
            'Write it like {{"kind": "accounts", "columns": {{"Customer": "name"}}}}. Nothing was changed.'
        ).format(),
        code="mapping_json",
    )


def _bound(kind: str, source: str, wanted: dict[str, str], header: Sequence[str]) -> Mapping:
    check_fields(kind, wanted)
    labels = header_labels(header)
    folded = {fold(name): spelled for name, spelled in wanted.items()}
    found: list[ColumnMap] = []
    for index, label in enumerate(labels):
        spelled = wanted.get(label) or folded.get(fold(label), IGNORE)
        field, _bar, option = spelled.partition("|")
        found.append(ColumnMap(index, label, field.strip(), option.strip()))
    there = {fold(label) for label in labels}
    missing = [n for n, spelled in wanted.items() if fold(n) not in there and spelled != IGNORE]
    if missing:
        raise IntakeProblem(
            _("The file has no column {columns}.").format(
                columns=_(", ").join(f"“{name}”" for name in missing)
            ),
            _("Its columns are: {columns}. Correct the mapping or the file; nothing was changed.").format(
                columns=_(", ").join(labels)
            ),
            code="missing_columns",
            columns=missing,
        )
    return with_layout(Mapping(kind, source, tuple(found)))


def check_fields(kind: str, wanted: dict[str, str]) -> None:
    """Raise IntakeProblem where *kind* or one of the fields does not exist ("mapping_kind", "mapping_field")."""
    from cs_workbench.intake.kinds import KINDS, field_keys

    if kind not in KINDS:
        raise IntakeProblem(
            _("There is no kind “{kind}”.").format(kind=kind),
            _("Use one of: {kinds}.").format(kinds=_(", ").join(KINDS)),
            code="mapping_kind",
        )
    known = field_keys(kind)
    for header, spelled in wanted.items():
        field = spelled.partition("|")[0].strip()
        if field == IGNORE or field in known or _open_field(kind, field):
            continue
        raise IntakeProblem(
            _("“{header}” is mapped to “{field}”, which {kind} do not have.").format(
                header=header, field=field, kind=kind
            ),
            _("Use one of: {fields}, “custom:LABEL” or “ignore”.").format(fields=_(", ").join(sorted(known))),
            code="mapping_field",
            column=header,
        )


def _open_field(kind: str, field: str) -> bool:
    prefix = next((prefix for prefix in _OPEN_PREFIXES if field.startswith(prefix)), None)
    if prefix is None or field == prefix:
        return False
    if prefix == CUSTOM:
        return kind in _ENTITY
    if prefix == ON_DAY and not _PERIOD_DAY.fullmatch(field.removeprefix(ON_DAY)):
        return False
    return kind == "readings"


def with_layout(mapping: Mapping) -> Mapping:
    """*mapping* with the layout its columns imply: readings are "long" with a value column, else "wide"."""
    if mapping.kind != "readings":
        return replace(mapping, layout="rows")
    wide = any(column.field.startswith((METRIC, ON_DAY)) for column in mapping.columns)
    return replace(mapping, layout="wide" if wide else "long")


def header_labels(header: Iterable[str]) -> list[str]:
    """Headers as they are named in a mapping: trimmed, blanks called "column N", repeats numbered ("Amount#2")."""
    seen: dict[str, int] = {}
    labels: list[str] = []
    for index, name in enumerate(header, start=1):
        label = " ".join(str(name).split()) or f"column {index}"
        seen[label] = seen.get(label, 0) + 1
        labels.append(label if seen[label] == 1 else f"{label}#{seen[label]}")
    return labels


def header_key(header: Iterable[str]) -> str:
    """The identity of a header for saved mappings: the folded set of its names, whatever their order.

    Exports follow the view a person built, so moving a column must not lose the mapping; another column makes another
    key. Only the hash is kept, 32 hex digits.
    """
    names = sorted(fold(label) for label in header_labels(header))
    return hashlib.sha256("\n".join(names).encode()).hexdigest()[:32]

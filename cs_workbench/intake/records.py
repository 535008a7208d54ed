"""Rows as records: every cell read by its field's type, then put together by what the kind of file means."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import tzinfo
from functools import lru_cache

from cs_workbench.domain.text import LONGEST_NAME
from cs_workbench.i18n import _
from cs_workbench.intake import carry, values
from cs_workbench.intake.compose import composed
from cs_workbench.intake.kinds import spec
from cs_workbench.intake.mapping import CUSTOM, IGNORE, ColumnMap, Mapping
from cs_workbench.intake.options import field_type, yen_columns
from cs_workbench.intake.readers import TEXT_TYPES, Money, Notice, Read, canonical, reader_for
from cs_workbench.intake.readings import read_readings
from cs_workbench.intake.rows import MetricSpec, Problem, ReadingChunk, ReadingRow, Record
from cs_workbench.intake.table import Cell, Table

__all__ = [
    "MetricSpec",
    "Problem",
    "ReadingChunk",
    "ReadingRow",
    "Record",
    "faults",
    "read_readings",
    "read_records",
]

_NAMES = frozenset(["name", "account_name", "person_name"])
_KEPT = 4_096
"""Different texts of a column that are read once while they come again: a status, a day, a name."""
_KEPT_LENGTH = 80
_LENIENT = frozenset(["website", "account_domain"])
_ROW_NEEDS: dict[str, tuple[tuple[str, ...], ...]] = {
    "accounts": (("name", "external_id"),),
    "people": (("name", "email", "external_id"),),
    "contracts": (("account_ref", "account_name", "account_domain"),),
    "tickets": (("opened_at",),),
    "surveys": (("answered_on",),),
    "interactions": (("at",),),
    "opportunities": (),
    "churn": (("on_date",),),
    "products": (("name",),),
}


@dataclass(frozen=True, slots=True)
class _Column:
    """A column ready to be read."""

    place: ColumnMap
    many: bool
    named: bool
    """Whether it holds names, which have a length."""
    read: Read
    """As its type has it; None also where a word says "nothing"."""


def read_records(table: Table, mapping: Mapping, *, zone: tzinfo | str = "UTC") -> Iterator[Record]:
    """Every data row of *table* as a record, bad rows too, each with its first problem.

    *zone* is the time zone of instants that name none (the account's own, for exports of help desks). ``mapping`` must
    fit the table's header (``Mapping.bind``) and not be of kind "readings". Raises FileProblem as ``Table.rows`` does.
    """
    columns = [_prepared(mapping, column, table, zone) for column in mapping.used() if not _is_custom(column)]
    customs = [column for column in mapping.used() if _is_custom(column)]
    yen = frozenset(column.field for column in yen_columns(mapping))
    for row, cells in carry.rows(table, mapping):
        record = _read(row, cells, columns, mapping, table, yen=yen)
        if record.problem is None:
            for column in customs:
                if column.index < len(cells):
                    text = canonical(cells[column.index], column.option or "text")
                    if text is not None:
                        record.custom[column.field.removeprefix(CUSTOM)] = text
        yield record


def faults(
    table: Table, mapping: Mapping, *, zone: tzinfo | str = "UTC"
) -> Callable[[Sequence[Cell]], tuple[int, ...]]:
    """Tells which cells of a row cannot be read as their field's type; ``read_records`` names only the first."""
    columns = [_prepared(mapping, column, table, zone) for column in mapping.used() if not _is_custom(column)]

    def of(cells: Sequence[Cell]) -> tuple[int, ...]:
        return tuple(column.place.index for column in columns if _is_fault(column, cells))

    return of


def _is_fault(column: _Column, cells: Sequence[Cell]) -> bool:
    place = column.place
    cell = cells[place.index] if place.index < len(cells) else None
    if place.field in _LENIENT or cell is None or cell == "":
        return False
    try:
        value = column.read(cell)
    except values.ValueProblem:
        return True
    return column.named and _too_long(value) is not None


def _is_custom(column: ColumnMap) -> bool:
    return column.field.startswith(CUSTOM)


def _prepared(mapping: Mapping, column: ColumnMap, table: Table, zone: tzinfo | str) -> _Column:
    kind_type = field_type(mapping.kind, column)
    sample = [row[column.index] for row in table.sample if column.index < len(row)]
    comma = values.decide_decimal_comma(sample) if kind_type == "money" else None
    known = spec(mapping.kind).fields.get(column.field)
    blank_words = kind_type not in TEXT_TYPES
    return _Column(
        column,
        bool(known and known.many),
        column.field.rpartition(".")[2] in _NAMES,
        _remembered(reader_for(kind_type, column, zone, comma), blank_words=blank_words),
    )


def _remembered(read: Read, *, blank_words: bool) -> Read:
    """*read*, with a memory for the short texts it met last (texts only: 1, 1.0 and True are one to a memory)."""

    def anew(cell: Cell) -> object:
        return None if blank_words and values.is_placeholder(cell) else read(cell)

    met = lru_cache(_KEPT)(anew)
    return lambda cell: met(cell) if isinstance(cell, str) and len(cell) <= _KEPT_LENGTH else anew(cell)


def _read(
    row: int,
    cells: Sequence[Cell],
    columns: Sequence[_Column],
    mapping: Mapping,
    table: Table,
    *,
    yen: frozenset[str],
) -> Record:
    found: dict[str, object] = {}
    money: dict[str, Money] = {}
    paired: dict[str, str] = {}
    for column in columns:
        place = column.place
        cell = cells[place.index] if place.index < len(cells) else None
        if cell is None or cell == "":
            continue
        try:
            value = column.read(cell)
        except values.ValueProblem as problem:
            if place.field in _LENIENT:
                continue
            return Record(row, mapping.kind, problem=Problem(row, place.header, problem.code, str(cell)))
        if value is None:
            continue
        if column.named and (length := _too_long(value)) is not None:
            return Record(row, mapping.kind, problem=Problem(row, place.header, *length))
        if place.option and place.field.endswith("currency"):
            paired[place.option] = str(value)
        elif isinstance(value, str) and not column.many:
            found[place.field] = value
        else:
            _keep(found, money, column, value)
    if (trouble := _with_currencies(found, money, paired, mapping, yen=yen)) is not None:
        return Record(row, mapping.kind, problem=Problem(row, *trouble))
    record = composed(row, mapping, found, table)
    missing = _missing(record, mapping) if record.problem is None else None
    return Record(row, mapping.kind, problem=missing) if missing else record


def _too_long(value: object) -> tuple[str, str] | None:
    """Code and beginning of a name nobody could read in a list; other texts may be long."""
    if isinstance(value, str) and len(value) > LONGEST_NAME:
        return "too_long", value[:40] + "…"
    return None


def _keep(found: dict[str, object], money: dict[str, Money], column: _Column, value: object) -> None:
    key = column.place.field
    if value == ():
        return
    if isinstance(value, Money):
        money[key] = value
        found[key] = value.amount
    elif isinstance(value, Notice):
        prefix = key.removesuffix("notice_days").removesuffix("notice_months")
        part, number = (
            ("notice_days", value.days) if value.days is not None else ("notice_months", value.months)
        )
        found.setdefault(prefix + part, number)
    elif column.many:
        more = value if isinstance(value, tuple) else (value,)
        before = found.get(key, ())
        found[key] = tuple(dict.fromkeys((*before, *more))) if isinstance(before, tuple) else more
    else:
        found[key] = value[0] if isinstance(value, tuple) and len(value) >= 1 else value


def _with_currencies(
    found: dict[str, object],
    money: dict[str, Money],
    paired: dict[str, str],
    mapping: Mapping,
    *,
    yen: frozenset[str],
) -> tuple[str, str, str] | None:
    """Give each thing of the row its one currency: the cell's, its currency column's, the header's, then the row's,
    at last the yen of a Japanese header (*yen*: the fields).
    """
    if not money and "currency" not in found and "contract.currency" not in found:
        return None
    row_wide = found.get("currency") or found.get("contract.currency")
    for prefix in ("", "contract."):
        own = {key: amount for key, amount in money.items() if key.startswith("contract.") == bool(prefix)}
        said = {
            paired.get(key.removeprefix("contract."), paired.get(key)) or amount.currency
            for key, amount in own.items()
        }
        said.discard(None)
        if len(said) > 1:
            header = next(column.header for column in mapping.columns if column.field in own)
            return header, "mixed_currencies", _(", ").join(sorted(map(str, said)))
        currency = next(iter(said), None) or row_wide or ("JPY" if yen.intersection(own) else None)
        if currency and (own or f"{prefix}currency" in found):
            found[f"{prefix}currency"] = currency
    return None


def _missing(record: Record, mapping: Mapping) -> Problem | None:
    for group in _ROW_NEEDS[mapping.kind]:
        if not any(key in record.values for key in group):
            headers = [
                column.header
                for column in mapping.columns
                if column.field in group and column.field != IGNORE
            ]
            return Problem(record.row, headers[0] if headers else group[0], "missing")
    return None

"""Every table of the portfolio as plain rows for files outside."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from sqlalchemy import Column

    from cs_workbench.store.reads import Reads

Kind = Literal["text", "whole number", "number", "money", "date", "instant", "yes/no"]
Cell = str | int | float | None

LEFT_OUT = frozenset(("reading_before", "reading_undone"))
"""Tables that only serve undo."""

_DERIVED = frozenset(("folded", "name_key"))
_EPOCH = dt.date(1970, 1, 1)
_MONEY_PLACES = 4


@dataclass(frozen=True, slots=True)
class ColumnInfo:
    """One exported column; ``refers_to`` is "table.column" of a reference, or ""."""

    name: str
    kind: Kind
    required: bool
    refers_to: str


@dataclass(frozen=True, slots=True)
class TableInfo:
    """One exported table with the first sentences of its description."""

    name: str
    about: str
    columns: tuple[ColumnInfo, ...]


def tables() -> list[TableInfo]:
    """What is exported, in an order in which references point backwards; search copies and undo left out."""
    from cs_workbench.store.tables import Base

    about = {str(mapper.persist_selectable): mapper.class_.__doc__ or "" for mapper in Base.registry.mappers}
    return [
        TableInfo(
            table.name,
            " ".join(about[table.name].replace("``", "").split()),
            tuple(_column(column) for column in table.columns if column.name not in _DERIVED),
        )
        for table in Base.metadata.sorted_tables
        if table.name not in LEFT_OUT
    ]


def _column(column: Column[Any]) -> ColumnInfo:
    from sqlalchemy import Boolean, Float, Integer

    from cs_workbench.store.tables.base import Day, Instant, Money

    kinds: tuple[tuple[type, Kind], ...] = (
        (Money, "money"), (Day, "date"), (Instant, "instant"), (Boolean, "yes/no"), (Float, "number"),
        (Integer, "whole number"),
    )  # fmt: skip
    kind: Kind = next((name for type_, name in kinds if isinstance(column.type, type_)), "text")
    if column.table.name == "reading" and column.name == "day":
        kind = "date"
    reference = next(iter(column.foreign_keys), None)
    return ColumnInfo(column.name, kind, not column.nullable, reference.target_fullname if reference else "")


@contextmanager
def one_moment(db: Reads) -> Iterator[None]:
    """Everything read inside on this thread is of one moment, whatever is written meanwhile."""
    db.all("begin")
    try:
        yield
    finally:
        db.all("rollback")


def rows(db: Reads, table: TableInfo) -> Iterator[list[Cell]]:
    """The rows of *table* in key order, values as a person and a spreadsheet read them; text is not yet guarded."""
    readers = value_readers(table)
    columns = ", ".join(f'"{column.name}"' for column in table.columns)
    for row in db.each(f'select {columns} from "{table.name}" order by 1, 2'):
        yield [
            reader(value) if reader is not None and value is not None else value
            for reader, value in zip(readers, row, strict=True)
        ]


def value_readers(table: TableInfo) -> list[Callable[[Any], Cell] | None]:
    """For each column, what turns a stored value that is not null into what a person reads (None: nothing to do)."""
    readers = [_READERS.get(column.kind) for column in table.columns]
    if table.name == "reading":
        readers[[column.name for column in table.columns].index("day")] = _day_of_count
    return readers


def _money(value: int) -> str:
    amount = Decimal(value).scaleb(-_MONEY_PLACES)
    return (
        f"{amount:f}".rstrip("0").rstrip(".")
        if value % 10**_MONEY_PLACES
        else str(value // 10**_MONEY_PLACES)
    )


def _yes_no(value: int) -> str:
    return "yes" if value else "no"


def _day_of_count(value: int) -> str:
    return (_EPOCH + dt.timedelta(days=value)).isoformat()


def _number(value: float) -> Cell:
    return int(value) if value == int(value) and abs(value) < 2**53 else value


_READERS: dict[Kind, Callable[[Any], Cell]] = {"money": _money, "yes/no": _yes_no, "number": _number}

"""Bulk writes of an import: one statement a shape, executed many times inside the caller's change."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby, islice
from typing import Any, Protocol

from cs_workbench.store.intake.lookups import columns
from cs_workbench.store.reads import Reads

PIECE = 20_000
"""Rows given to the database at a time: the merge can be stopped and told about in between."""


class Writes(Reads, Protocol):
    """The part of a change that bulk writing needs."""

    def execute(self, sql: str, params: Mapping[str, object] | Sequence[object] = ()) -> int: ...

    def executemany(self, sql: str, rows: Iterable[Sequence[object]]) -> int: ...


def insert_rows(db: Writes, table: str, rows: Iterable[Mapping[str, Any]]) -> Iterator[int]:
    """Insert *rows* (column → stored value; missing ones take the schema's default); yields how many so far."""
    defaults = columns(db, table)
    names = list(defaults)
    sql = f"insert into {table}({', '.join(names)}) values ({', '.join('?' * len(names))})"
    done = 0
    iterator = iter(rows)
    while piece := [[row.get(name, defaults[name]) for name in names] for row in islice(iterator, PIECE)]:
        db.executemany(sql, piece)
        done += len(piece)
        yield done


def update_rows(db: Writes, table: str, rows: Iterable[tuple[int, Mapping[str, Any]]]) -> None:
    """Set the given columns of rows by id; neighbours that set the same columns share a statement."""
    known = columns(db, table)
    for names, group in groupby(rows, key=lambda row: tuple(row[1])):
        if not names:
            continue
        if any(name not in known for name in names):
            raise ValueError(f"{table} has no column {names}")
        sql = f"update {table} set {', '.join(f'{name} = ?' for name in names)} where id = ?"
        db.executemany(sql, [[*values.values(), row_id] for row_id, values in group])


def set_custom(db: Writes, entity: str, rows: Iterable[tuple[int, int, str]]) -> None:
    """Write custom values (record, field, text) of accounts, people or contracts over what stood there."""
    table, owner = f"{entity}_custom", f"{entity}_id"
    db.executemany(
        f"insert into {table}({owner}, field_id, value) values (?, ?, ?)"
        f" on conflict({owner}, field_id) do update set value = excluded.value where value is not excluded.value",
        list(rows),
    )


def insert_readings(db: Writes, batch_id: int, rows: Iterable[tuple[int, int, int, float]]) -> Iterator[int]:
    """Insert new readings (account, metric, day, value), best in key order; yields how many so far.

    Raises the driver's IntegrityError when one is there already: it was to be handed to replace_readings.
    """
    sql = "insert into reading(account_id, metric_id, day, value, batch_id) values (?, ?, ?, ?, ?)"
    done = 0
    iterator = iter(rows)
    while piece := [(*row, batch_id) for row in islice(iterator, PIECE)]:
        db.executemany(sql, piece)
        done += len(piece)
        yield done


def replace_readings(db: Writes, batch_id: int, rows: Iterable[tuple[int, int, int, float]]) -> Iterator[int]:
    """Overwrite readings that differ, keeping what stood there so that the batch can be undone."""
    keep = (
        "insert into reading_before(by_batch, account_id, metric_id, day, value, batch_id)"
        " select ?, account_id, metric_id, day, value, batch_id from reading"
        " where account_id = ? and metric_id = ? and day = ? and value is not ?"
    )
    change = (
        "update reading set value = ?, batch_id = ?"
        " where account_id = ? and metric_id = ? and day = ? and value is not ?"
    )
    done = 0
    iterator = iter(rows)
    while piece := list(islice(iterator, PIECE)):
        db.executemany(keep, [(batch_id, *row) for row in piece])
        db.executemany(change, [(v, batch_id, a, m, d, v) for a, m, d, v in piece])
        done += len(piece)
        yield done

"""Bulk writes of an import: one statement a shape, executed many times inside the caller's change."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, nullcontext
from itertools import chain, groupby, islice
from typing import TYPE_CHECKING, Any

from cs_workbench.store import search
from cs_workbench.store.intake.lookups import columns

if TYPE_CHECKING:
    from cs_workbench.store.change import Change

PIECE = 20_000
"""Readings given to the database at a time: the merge can be stopped and told about in between."""
ROWS = 5_000
"""The same of other rows, which take longer: less than half a second."""
WIDE = 100
_PLACES = "(?, ?, ?, ?, ?)"


def insert_rows(db: Change, table: str, rows: Iterable[Mapping[str, Any]]) -> Iterator[int]:
    """Insert *rows* (column → stored value; missing ones take the schema's default); yields how many so far."""
    defaults = columns(db, table)
    names = list(defaults)
    sql = f"insert into {table}({', '.join(names)}) values ({', '.join('?' * len(names))})"
    done = 0
    iterator = iter(rows)
    while piece := [[row.get(name, defaults[name]) for name in names] for row in islice(iterator, ROWS)]:
        with _indexed(db, table):
            db.executemany(sql, piece)
        done += len(piece)
        yield done


def _indexed(db: Change, table: str) -> AbstractContextManager[None]:
    return search.newest_together(db.connection, table) if table in search.INDEXED else nullcontext()


def update_rows(db: Change, table: str, rows: Iterable[tuple[int, Mapping[str, Any]]]) -> None:
    """Set the given columns of rows by id; neighbours that set the same columns share a statement."""
    known = columns(db, table)
    for names, group in groupby(rows, key=lambda row: tuple(row[1])):
        if not names:
            continue
        if any(name not in known for name in names):
            raise ValueError(f"{table} has no column {names}")
        sql = f"update {table} set {', '.join(f'{name} = ?' for name in names)} where id = ?"
        db.executemany(sql, [[*values.values(), row_id] for row_id, values in group])


def set_custom(db: Change, entity: str, rows: Iterable[tuple[int, int, str]]) -> None:
    """Write custom values (record, field, text) of accounts, people or contracts over what stood there."""
    table, owner = f"{entity}_custom", f"{entity}_id"
    db.executemany(
        f"insert into {table}({owner}, field_id, value) values (?, ?, ?)"
        f" on conflict({owner}, field_id) do update set value = excluded.value where value is not excluded.value",
        list(rows),
    )


def insert_readings(db: Change, rows: Iterable[tuple[int, int, int, float, int]]) -> Iterator[int]:
    """Insert new readings (account, metric, day, value, batch), best in key order; yields how many so far.

    A hundred rows a statement: measured a third faster than one. Raises the driver's IntegrityError when one is there
    already: it was to be handed to replace_readings.
    """
    head = "insert into reading(account_id, metric_id, day, value, batch_id) values "
    one, wide = head + _PLACES, head + ", ".join([_PLACES] * WIDE)
    done = 0
    iterator = iter(rows)
    while piece := list(islice(iterator, PIECE)):
        whole = len(piece) - len(piece) % WIDE
        for start in range(0, whole, WIDE):
            db.execute(wide, list(chain.from_iterable(piece[start : start + WIDE])))
        db.executemany(one, piece[whole:])
        done += len(piece)
        yield done


def replace_readings(db: Change, rows: Iterable[tuple[int, int, int, float, int]]) -> Iterator[int]:
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
        db.executemany(keep, [(batch, a, m, d, v) for a, m, d, v, batch in piece])
        db.executemany(change, [(v, batch, a, m, d, v) for a, m, d, v, batch in piece])
        done += len(piece)
        yield done

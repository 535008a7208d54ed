"""The private staging database of one import: in memory, seen by nobody, gone when the import ends.

Rows are parsed and checked here without any lock on the portfolio; only what passed is merged into it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Any

CHUNK = 20_000
_SCHEMA = """
create table record(id integer primary key, kind text not null, batch int not null, row int not null, body text not null);
create index ix_record on record(kind, id);
create table write(
  id integer primary key, target text not null, batch int not null, row int not null,
  ident text, existing int, provisional int, action text, body text not null);
create index ix_write on write(target, id);
create table contributor(write_id int not null, batch int not null, row int not null, same int not null);
create index ix_contributor on contributor(write_id);
create table touched(batch int not null, row int not null, rank int not null);
create table reading(batch int not null, ref int not null, metric int not null, day int not null, value real not null, row int not null);
create table ref(id integer primary key, account int not null, start_day int, end_day int);
"""


@dataclass(slots=True)
class Written:
    """One row to be written to *target*; ``existing`` is its id in the portfolio, ``provisional`` a negative stand-in."""

    id: int
    target: str
    batch: int
    row: int
    ident: str | None
    existing: int | None
    provisional: int | None
    body: dict[str, Any]


class Stage:
    """Holds what was read until it is merged or thrown away. Plain values only: text, int, float, None."""

    def __init__(self) -> None:
        from sqlcipher3 import dbapi2

        self._db = dbapi2.connect("", isolation_level=None, check_same_thread=False)
        # Nothing a customer wrote may reach the disk unencrypted, sorting included.
        self._db.execute("pragma temp_store=memory")
        self._db.execute("pragma journal_mode=off")
        self._db.execute("pragma synchronous=off")
        self._db.execute("pragma cache_size=-1000000")
        self._db.executescript(_SCHEMA)
        self._db.execute("begin")

    def __enter__(self) -> Stage:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Throw everything away."""
        self._db.close()

    # -- records as they were read

    def add_records(self, kind: str, batch: int, rows: Iterable[tuple[int, Mapping[str, Any]]]) -> None:
        """Keep the shaped records of one file, in file order."""
        self._db.executemany(
            "insert into record(kind, batch, row, body) values (?, ?, ?, ?)",
            ((kind, batch, row, json.dumps(body, ensure_ascii=False)) for row, body in rows),
        )

    def records(self, kind: str) -> Iterator[tuple[int, int, dict[str, Any]]]:
        """(batch, row, body) of every record of *kind*, in the order they were read."""
        cursor = self._db.execute("select batch, row, body from record where kind = ? order by id", (kind,))
        for batch, row, body in cursor:
            yield batch, row, json.loads(body)

    # -- rows to be written

    def add_write(self, written: Written) -> int:
        """Plan one row; returns its place in the stage."""
        cursor = self._db.execute(
            "insert into write(target, batch, row, ident, existing, provisional, body) values (?, ?, ?, ?, ?, ?, ?)",
            (
                written.target,
                written.batch,
                written.row,
                written.ident,
                written.existing,
                written.provisional,
                json.dumps(written.body, ensure_ascii=False),
            ),
        )
        return int(cursor.lastrowid)

    def body(self, write_id: int) -> dict[str, Any]:
        """What a planned row holds so far."""
        row = self._db.execute("select body from write where id = ?", (write_id,)).fetchone()
        loaded: dict[str, Any] = json.loads(row[0])
        return loaded

    def merge(self, write_id: int, body: Mapping[str, Any], batch: int, row: int, *, same: bool) -> None:
        """Another row of the files spoke of the same record: keep the joined *body* and who contributed."""
        self._db.execute(
            "update write set body = ? where id = ?", (json.dumps(body, ensure_ascii=False), write_id)
        )
        self._db.execute("insert into contributor values (?, ?, ?, ?)", (write_id, batch, row, same))

    def writes(self, target: str, *, chunk: int = 1_000) -> Iterator[list[Written]]:
        """The planned rows of *target* in pieces, in the order they were planned."""
        last = 0
        while True:
            rows = self._db.execute(
                "select id, target, batch, row, ident, existing, provisional, body from write"
                " where target = ? and id > ? order by id limit ?",
                (target, last, chunk),
            ).fetchall()
            if not rows:
                return
            last = rows[-1][0]
            yield [Written(*row[:-1], json.loads(row[-1])) for row in rows]

    def settle(self, decided: Iterable[tuple[str, int | None, int | None, Mapping[str, Any], int]]) -> None:
        """Note (action, existing, provisional, body, write id) for planned rows."""
        self._db.executemany(
            "update write set action = ?, existing = ?, provisional = ?, body = ? where id = ?",
            (
                (action, existing, provisional, json.dumps(body, ensure_ascii=False), write_id)
                for action, existing, provisional, body, write_id in decided
            ),
        )

    def decided(self, target: str, action: str) -> Iterator[tuple[int, dict[str, Any]]]:
        """(id, body) of the rows of *target* to ``create`` (negative stand-in ids) or ``update``."""
        cursor = self._db.execute(
            "select coalesce(existing, provisional), body from write where target = ? and action = ? order by id",
            (target, action),
        )
        for row_id, body in cursor:
            yield row_id, json.loads(body)

    def touch(self, batch: int, rows: Iterable[tuple[int, int]]) -> None:
        """Note what came of rows (row, rank) beside the planned rows: 1 unchanged, 2 updated, 3 created."""
        self._db.executemany("insert into touched values (?, ?, ?)", ((batch, row, rank) for row, rank in rows))

    def outcomes(self) -> dict[tuple[int, int], int]:
        """Rows by (batch, rank); 3 created, 2 updated, 1 unchanged: the strongest of what a row did.

        A row that only repeats another of its file is unchanged; one that adds to another file's record is an update.
        """
        cursor = self._db.execute(
            "select batch, rank, count(*) from (select batch, row, max(rank) rank from ("
            " select batch, row, case action when 'create' then 3 when 'update' then 2 else 1 end rank from write"
            "  where action is not null"
            " union all select c.batch, c.row, case when w.action = 'same' or c.same then 1 else 2 end"
            "  from contributor c join write w on w.id = c.write_id"
            " union all select batch, row, rank from touched) group by batch, row) group by batch, rank"
        )
        return {(batch, rank): count for batch, rank, count in cursor}

    def created(self) -> dict[str, int]:
        """How many rows each table will get."""
        return dict(self._db.execute("select target, count(*) from write where action = 'create' group by target"))

    # -- readings

    def add_readings(self, rows: Iterable[Sequence[Any]]) -> None:
        """Keep readings (batch, ref, metric, day, value, row); ref and metric are numbers the import gave."""
        self._db.executemany("insert into reading values (?, ?, ?, ?, ?, ?)", rows)

    def set_refs(self, rows: Iterable[tuple[int, int, int | None, int | None]]) -> None:
        """Say which account every ref is (ref, account, first and last day of its contract)."""
        self._db.executemany("insert or ignore into ref values (?, ?, ?, ?)", rows)

    def unresolved(self, batch: int) -> list[tuple[int, int]]:
        """(ref, row) of the readings of *batch* whose account was not found."""
        found: list[tuple[int, int]] = self._db.execute(
            "select ref, row from reading where batch = ? and ref not in (select id from ref) group by ref, row order by row",
            (batch,),
        ).fetchall()
        return found

    def outside_term(self, batch: int) -> tuple[int, int]:
        """How many rows of *batch* lie before their contract's start, and how many after its end."""
        before, after = self._db.execute(
            "select count(distinct case when r.day < f.start_day then r.row end),"
            " count(distinct case when r.day > f.end_day then r.row end)"
            " from reading r join ref f on f.id = r.ref where r.batch = ? and f.start_day is not null",
            (batch,),
        ).fetchone()
        return before, after

    def sorted_readings(self) -> Iterator[tuple[int, int, int, int, int, float]]:
        """(account, metric, day, batch, row, value) by key, those of one key in the order of files and rows."""
        return iter(
            self._db.execute(
                "select f.account, r.metric, r.day, r.batch, r.row, r.value from reading r join ref f on f.id = r.ref"
                " order by 1, 2, 3, 4, 5"
            )
        )

    def drop_rows(self, batch: int, rows: Iterable[int]) -> None:
        """Forget readings of rows that were rejected or only repeat another row."""
        self._db.executemany("delete from reading where batch = ? and row = ?", ((batch, row) for row in rows))

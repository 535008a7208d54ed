"""The private staging database of one import: in memory, seen by nobody, gone when the import ends.

Rows are parsed and checked here without any lock on the portfolio; only what passed is merged into it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import TracebackType
from typing import Any

_SCHEMA = """
create table record(
  id integer primary key, kind text not null, batch int not null, row int not null, body text not null);
create index ix_record on record(kind, id);
create table write(
  id integer primary key, target text not null, batch int not null, row int not null,
  ident text, existing int, provisional int, action text, body text not null);
create index ix_write on write(target, id);
create index ix_write_row on write(batch, row);
create table contributor(write_id int not null, batch int not null, row int not null, same int not null);
create index ix_contributor on contributor(write_id);
create table touched(batch int not null, row int not null, rank int not null);
"""


_packed = json.JSONEncoder(ensure_ascii=False, check_circular=False).encode


@dataclass(slots=True)
class Written:
    """One row to be written: ``existing`` is its id in the portfolio, ``provisional`` a negative stand-in."""

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
            ((kind, batch, row, _packed(body)) for row, body in rows),
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
                _packed(written.body),
            ),
        )
        return int(cursor.lastrowid)

    def body(self, write_id: int) -> dict[str, Any]:
        """What a planned row holds so far."""
        row = self._db.execute("select body from write where id = ?", (write_id,)).fetchone()
        loaded: dict[str, Any] = json.loads(row[0])
        return loaded

    def rewrite(self, write_id: int, body: Mapping[str, Any]) -> None:
        """Replace what a planned row holds."""
        self._db.execute("update write set body = ? where id = ?", (_packed(body), write_id))

    def merge(self, write_id: int, body: Mapping[str, Any], batch: int, row: int, *, same: bool) -> None:
        """Another row of the files spoke of the same record: keep the joined *body* and who contributed."""
        self.rewrite(write_id, body)
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
            yield [
                Written(int(i), str(t), int(b), int(r), ident, existing, provisional, json.loads(body))
                for i, t, b, r, ident, existing, provisional, body in rows
            ]

    def settle(self, decided: Iterable[tuple[str, int | None, int | None, Mapping[str, Any], int]]) -> None:
        """Note (action, existing, provisional, body, write id) for planned rows."""
        self._db.executemany(
            "update write set action = ?, existing = ?, provisional = ?, body = ? where id = ?",
            (
                (action, existing, provisional, _packed(body), write_id)
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
        self._db.executemany(
            "insert into touched values (?, ?, ?)", ((batch, row, rank) for row, rank in rows)
        )

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

    def ranks(self, batch: int) -> Iterator[tuple[int, int]]:
        """(row, rank) of the rows of one file that did something; ranks as in :meth:`outcomes`, a row perhaps twice."""
        yield from self._db.execute(
            "select row, case action when 'create' then 3 when 'update' then 2 else 1 end from write"
            " where batch = :batch and action is not null"
            " union all select c.row, case when w.action = 'same' or c.same then 1 else 2 end"
            "  from contributor c join write w on w.id = c.write_id where c.batch = :batch"
            " union all select row, rank from touched where batch = :batch",
            {"batch": batch},
        )

    def updates(self, batch: int, first: int, last: int) -> list[tuple[int, str, int, dict[str, Any]]]:
        """(row, table, id in the portfolio, body) of what the rows *first* to *last* of a file change."""
        cursor = self._db.execute(
            "select w.row, w.target, w.existing, w.body from write w"
            " where w.batch = :batch and w.row between :first and :last and w.action = 'update'"
            " union all select c.row, w.target, w.existing, w.body from contributor c join write w on w.id = c.write_id"
            " where c.batch = :batch and c.row between :first and :last and w.action = 'update' and not c.same",
            {"batch": batch, "first": first, "last": last},
        )
        return [
            (row, target, existing, json.loads(body)) for row, target, existing, body in cursor.fetchall()
        ]

    def targets(self) -> set[str]:
        """The tables that rows were planned for, whatever became of them."""
        return {str(row[0]) for row in self._db.execute("select distinct target from write")}

    def any_writes(self) -> bool:
        """Whether any planned row is to be created or updated."""
        found = self._db.execute(
            "select 1 from write where action in ('create', 'update') limit 1"
        ).fetchone()
        return found is not None

    def created(self) -> dict[str, int]:
        """How many rows each table will get."""
        return dict(
            self._db.execute("select target, count(*) from write where action = 'create' group by target")
        )

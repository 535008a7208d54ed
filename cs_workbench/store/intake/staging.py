"""The private staging database of one import: in memory, seen by nobody, gone when the import ends.

Rows are parsed and checked here without any lock on the portfolio; only what passed is merged into it. What they hold
lies in packed pages: a million tickets take some 80 MB, and the garbage collector finds nothing to walk.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby, islice
from types import TracebackType
from typing import Any

from cs_workbench.store.intake.pages import BESIDE, ROWS, SCHEMA, Pages, Planned, packed, unpacked

_SCHEMA = """
create table record(id integer primary key, kind text not null, batch int not null, body blob not null);
create index ix_record on record(kind, id);
create table ident(space int not null, ident text not null, id int not null, primary key(space, ident)) without rowid;
create table write(id integer primary key, batch int not null, row int not null, rank int not null);
create index ix_write_row on write(batch, row) where rank = 2;
create table contributor(write_id int not null, batch int not null, row int not null, same int not null);
create index ix_contributor on contributor(write_id);
create table touched(batch int not null, row int not null, rank int not null);
"""
_RANKS = {"create": 3, "update": 2}
_SAME = 1
_RECORDS = 250


@dataclass(slots=True)
class Written:
    """One row to be written: ``existing`` is its id in the portfolio, ``provisional`` a negative stand-in."""

    id: int
    target: str
    batch: int
    row: int
    existing: int | None
    provisional: int | None
    body: dict[str, Any]


Decided = tuple[str, int | None, int | None, dict[str, Any], int]
"""Action, existing, provisional, body, place in the stage."""


class Stage:
    """Holds what was read until it is merged or thrown away. Plain values only: text, int, float, None."""

    def __init__(self, *, rows: int = ROWS) -> None:
        from sqlcipher3 import dbapi2

        self._db = dbapi2.connect("", isolation_level=None, check_same_thread=False)
        # Nothing a customer wrote may reach the disk unencrypted, sorting included.
        self._db.execute("pragma temp_store=memory")
        self._db.execute("pragma journal_mode=off")
        self._db.execute("pragma synchronous=off")
        self._db.execute("pragma cache_size=-1000000")
        self._db.executescript(_SCHEMA + SCHEMA)
        self._db.execute("begin")
        self._pages = Pages(self._db, rows)
        self._spaces: dict[tuple[str, str], int] = {}

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
        coming = iter(rows)
        while piece := list(islice(coming, _RECORDS)):
            sql = "insert into record(kind, batch, body) values (?, ?, ?)"
            self._db.execute(sql, (kind, batch, packed(piece)))

    def records(self, kind: str) -> Iterator[tuple[int, int, dict[str, Any]]]:
        """(batch, row, body) of every record of *kind*, in the order they were read; each is handed out once."""
        sql = "select id, batch, body from record where kind = ? order by id limit 1"
        while found := self._db.execute(sql, (kind,)).fetchone():
            for row, body in unpacked(found[2]):
                yield found[1], row, body
            self._db.execute("delete from record where id = ?", (found[0],))

    # -- rows to be written

    def add_write(self, written: Written) -> int:
        """Plan one row; returns its place in the stage."""
        planned = (written.batch, written.row, written.existing, written.provisional, "", written.body)
        return self._pages.add(written.target, planned)

    def named(self, target: str, source: str, external_id: str) -> int | None:
        """The planned row of *target* that carries this id."""
        sql = "select id from ident where space = ? and ident = ?"
        found = self._db.execute(sql, (self._space(target, source), external_id)).fetchone()
        return None if found is None else int(found[0])

    def name(self, write_id: int, target: str, source: str, external_id: str) -> None:
        """Remember which id a planned row carries."""
        sql = "insert into ident values (?, ?, ?)"
        self._db.execute(sql, (self._space(target, source), external_id, write_id))

    def said(self, write_id: int) -> tuple[int, int, dict[str, Any]]:
        """The file and the row that planned a row first, and what it holds so far."""
        batch, row, *_rest, body = self._pages.row(write_id)
        return batch, row, body

    def rewrite(self, write_id: int, body: Mapping[str, Any]) -> None:
        """Replace what a planned row holds."""
        self._pages.change(write_id, body)

    def merge(self, write_id: int, body: Mapping[str, Any], batch: int, row: int, *, same: bool) -> None:
        """Another row of the files spoke of the same record: keep the joined *body* and who contributed."""
        if not same:
            self.rewrite(write_id, body)
        self._db.execute("insert into contributor values (?, ?, ?, ?)", (write_id, batch, row, same))

    def writes(self, target: str, *, chunk: int = 1_000) -> Iterator[list[Written]]:
        """The planned rows of *target* in pieces of about *chunk*, in the order they were planned."""
        piece: list[Written] = []
        for first, rows in self._pages.each(target):
            piece += [
                Written(first + place, target, batch, row, existing, provisional, body)
                for place, (batch, row, existing, provisional, _action, body) in enumerate(rows)
            ]
            if len(piece) >= chunk:
                yield piece
                piece = []
        if piece:
            yield piece

    def settle(self, decided: Iterable[Decided]) -> None:
        """Note what was decided of planned rows."""
        for no, group in groupby(decided, key=lambda one: one[4] // self._pages.rows):
            settled: dict[int, Planned] = {}
            for action, existing, provisional, body, write_id in group:
                batch, row = self._pages.row(write_id)[:2]
                settled[write_id] = (batch, row, existing, provisional, action, body)
            self._pages.settle(no, settled)
            self._db.executemany(
                "insert into write values (?, ?, ?, ?) on conflict(id) do update set rank = excluded.rank",
                [(place, one[0], one[1], _RANKS.get(one[4], _SAME)) for place, one in settled.items()],
            )

    def decided(
        self, target: str, action: str, *, beside: bool = False
    ) -> Iterator[tuple[int, dict[str, Any]]]:
        """(id, body) of the rows of *target* to ``create`` (negative stand-in ids) or ``update``.

        *beside*: where rows bring more than columns; some that bring nothing else come along.
        """
        for _first, rows in self._pages.each(target, action[0] + BESIDE * beside):
            for _batch, _row, existing, provisional, what, body in rows:
                number = provisional if existing is None else existing
                if what == action and number is not None:
                    yield number, body

    # -- what becomes of the rows of the files

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
            " select batch, row, rank from write"
            " union all select c.batch, c.row, case when w.rank = 1 or c.same then 1 else 2 end"
            "  from contributor c left join write w on w.id = c.write_id"
            " union all select batch, row, rank from touched) group by batch, row) group by batch, rank"
        )
        return {(batch, rank): count for batch, rank, count in cursor}

    def ranks(self, batch: int) -> Iterator[tuple[int, int]]:
        """(row, rank) of the rows of one file that did something; ranks as in :meth:`outcomes`, a row perhaps twice."""
        yield from self._db.execute(
            "select row, rank from write where batch = :batch"
            " union all select c.row, case when w.rank = 1 or c.same then 1 else 2 end"
            "  from contributor c left join write w on w.id = c.write_id where c.batch = :batch"
            " union all select row, rank from touched where batch = :batch",
            {"batch": batch},
        )

    def updates(self, batch: int, first: int, last: int) -> list[tuple[int, str, int, dict[str, Any]]]:
        """(row, table, id in the portfolio, body) of what the rows *first* to *last* of a file change."""
        cursor = self._db.execute(
            "select w.id, w.row, p.target from write w join page p on p.no = w.id / :rows"
            " where w.batch = :batch and w.row between :first and :last and w.rank = 2"
            " union all select w.id, c.row, p.target from contributor c join write w on w.id = c.write_id"
            " join page p on p.no = w.id / :rows"
            " where c.batch = :batch and c.row between :first and :last and w.rank = 2 and not c.same",
            {"batch": batch, "first": first, "last": last, "rows": self._pages.rows},
        )
        found = []
        for write_id, row, target in cursor.fetchall():
            _batch, _row, existing, *_rest, body = self._pages.row(write_id)
            found.append((row, target, existing or 0, body))
        return found

    def targets(self) -> set[str]:
        """The tables that rows were planned for, whatever became of them."""
        return self._pages.targets()

    def any_writes(self) -> bool:
        """Whether any planned row is to be created or updated."""
        return self._db.execute("select 1 from write where rank > 1 limit 1").fetchone() is not None

    def created(self) -> dict[str, int]:
        """How many rows each table will get."""
        sql = (
            "select p.target, count(*) from write w join page p on p.no = w.id / ? where w.rank = 3"
            " group by p.target"
        )
        return dict(self._db.execute(sql, (self._pages.rows,)))

    def _space(self, target: str, source: str) -> int:
        return self._spaces.setdefault((target, source), len(self._spaces))

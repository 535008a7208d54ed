"""Planned rows packed in pages: what an import plans by the million fits into memory, and is no object meanwhile."""

from __future__ import annotations

import marshal
import zlib
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sqlite3 import Connection

SCHEMA = """
create table page(no integer primary key, target text not null, does text not null default '', body blob not null);
create index ix_page on page(target, no);
create table changed(id integer primary key, body blob not null);
"""
BESIDE = "+"
"""Among what a page does: some of its rows bring more than columns."""
ROWS = 64
"""Rows of a page: few enough that one of them is soon found again."""

Planned = tuple[int, int, int | None, int | None, str, dict[str, Any]]
"""Batch, row, existing, provisional, action, body: a row within its page."""


def packed(values: list[Any]) -> bytes:
    """*values* (text, numbers, None, lists, tuples and mappings of them) in a tenth of their size.

    Measured with tickets: a quarter of what JSON takes to write and a ninth to read, 25 bytes a row.
    """
    return zlib.compress(marshal.dumps(values), 1)


def unpacked(data: bytes) -> list[Any]:
    """New objects, as :func:`packed` got them."""
    values: list[Any] = marshal.loads(zlib.decompress(data))  # noqa: S302 - packed a moment ago, by this process
    return values


class Pages:
    """The pages in the stage's database. A row's number says where it lies; rows of one table go by their order."""

    def __init__(self, db: Connection, rows: int) -> None:
        self.rows = rows
        self._db = db
        self._next = 0
        self._open: dict[str, tuple[int, list[Planned]]] = {}
        self._last: tuple[int, list[Planned]] = (-1, [])

    def add(self, target: str, planned: Planned) -> int:
        """Put a row at the end of what is planned for *target*; returns its number."""
        no, rows = self._open.get(target) or self._new(target)
        rows.append(planned)
        if len(rows) == self.rows:
            self._put_away(target)
        return no * self.rows + len(rows) - 1

    def row(self, number: int) -> Planned:
        """A row as it stands, to be read only."""
        no, place = divmod(number, self.rows)
        planned = self._page(no)[place]
        changed = self._db.execute("select body from changed where id = ?", (number,)).fetchone()
        return planned if changed is None else (*planned[:5], unpacked(changed[0])[0])

    def change(self, number: int, body: Mapping[str, Any]) -> None:
        """Replace what a row holds; its page is packed anew when it is settled."""
        self._db.execute(
            "insert into changed values (?, ?) on conflict(id) do update set body = excluded.body",
            (number, packed([body])),
        )

    def each(self, target: str, does: str = "") -> Iterator[tuple[int, list[Planned]]]:
        """The pages of *target* that do all of *does* (first letters of actions, BESIDE), in order: the number of
        the first row, and the rows, the reader's own.
        """
        self._put_away(target)
        sql = "select no, body, does from page where target = ? and no > ? order by no limit 1"
        no = -1
        while found := self._db.execute(sql, (target, no)).fetchone():
            no = found[0]
            if set(does) <= set(found[2]):
                yield no * self.rows, self._whole(no, unpacked(found[1]))

    def settle(self, no: int, settled: Mapping[int, Planned]) -> None:
        """Put rows, by their numbers, into the place of those that stand in page *no*."""
        for target in [target for target, opened in self._open.items() if opened[0] == no]:
            self._put_away(target)
        data = self._db.execute("select body from page where no = ?", (no,)).fetchone()[0]
        rows, first = self._whole(no, unpacked(data)), no * self.rows
        for number, planned in settled.items():
            rows[number - first] = planned
        does = {row[4][0] for row in rows if row[4]}
        if any(row[5].get("children") or row[5].get("custom") for row in rows):
            does.add(BESIDE)
        sql = "update page set body = ?, does = ? where no = ?"
        self._db.execute(sql, (packed(rows), "".join(sorted(does)), no))
        self._db.execute("delete from changed where id between ? and ?", (first, first + self.rows - 1))
        self._last = (-1, [])

    def targets(self) -> set[str]:
        """The tables that rows were planned for."""
        return {str(row[0]) for row in self._db.execute("select distinct target from page")} | set(self._open)

    def _new(self, target: str) -> tuple[int, list[Planned]]:
        opened: tuple[int, list[Planned]] = (self._next, [])
        self._open[target] = opened
        self._next += 1
        return opened

    def _put_away(self, target: str) -> None:
        """Pack the page of *target* that rows are added to."""
        if (opened := self._open.pop(target, None)) is not None:
            sql = "insert into page(no, target, body) values (?, ?, ?)"
            self._db.execute(sql, (opened[0], target, packed(opened[1])))

    def _page(self, no: int) -> list[Planned]:
        """The rows of one page as they were packed."""
        for number, rows in self._open.values():
            if number == no:
                return rows
        number, rows = self._last
        if number != no:
            rows = unpacked(self._db.execute("select body from page where no = ?", (no,)).fetchone()[0])
            self._last = (no, rows)
        return rows

    def _whole(self, no: int, rows: list[Planned]) -> list[Planned]:
        """The rows of a page with what was changed since it was packed."""
        first = no * self.rows
        sql = "select id, body from changed where id between ? and ?"
        for number, body in self._db.execute(sql, (first, first + self.rows - 1)).fetchall():
            rows[number - first] = (*rows[number - first][:5], unpacked(body)[0])
        return rows

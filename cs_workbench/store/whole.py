"""Reads whose rows come over in one piece, for a thread that reads while another one works."""

from __future__ import annotations

import json

from cs_workbench.store.reads import Reads

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from cs_workbench.store.reads import Params


class Whole(Reads):
    """Stands in front of *reads*; ``all`` gives the same rows in the same order.

    The driver takes the interpreter's lock back at every row, and while the window is being built somebody else holds
    it: two thousand rows then wait two thousand times. Here SQLite writes them all into one text, without the lock.
    Text, whole numbers, fractions and nothing come over exactly; bytes cannot.
    """

    __slots__ = ("_reads", "_widths")

    def __init__(self, reads: Reads) -> None:
        self._reads = reads
        self._widths: dict[str, int] = {}

    def all(self, sql: str, params: Params = ()) -> list[tuple[Any, ...]]:
        """Every row of *sql*."""
        names = ", ".join(f"c{n}" for n in range(self._width(sql, params)))
        text = self._reads.scalar(
            f"with found ({names}) as materialized ({sql}) select json_group_array(json_array({names})) from found",
            params,
        )
        return [tuple(row) for row in json.loads(text)]

    def one(self, sql: str, params: Params = ()) -> tuple[Any, ...] | None:
        """The first row of *sql*, or None."""
        return self._reads.one(sql, params)

    def each(self, sql: str, params: Params = ()) -> Any:
        """The rows of *sql*, one at a time."""
        return self._reads.each(sql, params)

    def width(self, sql: str, params: Params = ()) -> int:
        """How many columns *sql* has."""
        return self._reads.width(sql, params)

    def _width(self, sql: str, params: Params) -> int:
        if sql not in self._widths:
            self._widths[sql] = self.width(sql, params)
        return self._widths[sql]

"""Reads for one look at the portfolio: the same question asked twice is answered once."""

from __future__ import annotations

from cs_workbench.store.reads import Reads

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from cs_workbench.store.reads import Params


class Once(Reads):
    """Stands in front of *reads* while one screen is filled, so that services which each ask for the time zone or
    the scorecards cost one statement together. ``asked`` counts the statements that reached the file.
    """

    __slots__ = ("_known", "_reads", "asked")

    def __init__(self, reads: Reads) -> None:
        self._reads = reads
        self._known: dict[tuple[str, object], list[tuple[Any, ...]]] = {}
        self.asked = 0

    def all(self, sql: str, params: Params = ()) -> list[tuple[Any, ...]]:
        """Every row of *sql*, from the file the first time only."""
        key = (sql, _key(params))
        if key not in self._known:
            self.asked += 1
            self._known[key] = self._reads.all(sql, params)
        return list(self._known[key])

    def one(self, sql: str, params: Params = ()) -> tuple[Any, ...] | None:
        """The first row of *sql*, or None."""
        key = (sql, _key(params))
        if key not in self._known:
            self.asked += 1
            found = self._reads.one(sql, params)
            self._known[key] = [] if found is None else [found]
        return next(iter(self._known[key]), None)

    def each(self, sql: str, params: Params = ()) -> Any:
        """The rows of *sql*, straight from the file."""
        self.asked += 1
        return self._reads.each(sql, params)


def _key(params: Params) -> object:
    named: Mapping[str, object] | None = params if isinstance(params, dict) else None
    return tuple(sorted(named.items())) if named is not None else tuple(params)

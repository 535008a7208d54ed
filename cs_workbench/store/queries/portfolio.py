"""Scores of the whole portfolio over time, from the snapshots. One statement each."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING

from cs_workbench.domain.portfolio import Cell, Window

if TYPE_CHECKING:
    from cs_workbench.store.reads import Reads

_NEWEST = """(
    select ifnull(x.score, '') || ' ' || x.band from snapshot x
    where x.account_id = a.id and x.as_of >= :f{n} and x.as_of <= :l{n} order by x.as_of desc, x.id desc limit 1)"""
"""Score and band in one look into the covering index: two looks would take twice as long."""


def scores(db: Reads, windows: Sequence[Window]) -> dict[int, tuple[Cell | None, ...]]:
    """The newest snapshot of every account in each of the *windows*; None where there is none."""
    columns = ", ".join(_NEWEST.format(n=n) for n in range(len(windows)))
    params: dict[str, object] = {}
    for n, window in enumerate(windows):
        params |= {f"f{n}": window.first.isoformat(), f"l{n}": window.last.isoformat()}
    rows = db.all(f"select a.id, {columns} from account a", params)
    known = _Cells()
    return {row[0]: tuple([known[text] for text in row[1:]]) for row in rows}


def details(db: Reads, account_ids: Sequence[int], window: Window) -> dict[int, str]:
    """The newest snapshot's detail (JSON of the whole score) of the accounts in a window."""
    rows = db.all(
        """select chosen.value, (select x.detail from snapshot x where x.account_id = chosen.value
               and x.as_of >= :first and x.as_of <= :last order by x.as_of desc, x.id desc limit 1)
           from json_each(:ids) chosen""",
        {
            "ids": json.dumps(list(account_ids)),
            "first": window.first.isoformat(),
            "last": window.last.isoformat(),
        },
    )
    return {account: detail for account, detail in rows if detail is not None}


class _Cells(dict[str | None, Cell | None]):
    """Every text read once: scores of one decimal repeat, and tens of thousands of tuples keep the collector busy for
    longer than the whole statement takes.
    """

    def __missing__(self, text: str | None) -> Cell | None:
        cell = None
        if text is not None:
            score, _space, band = text.partition(" ")
            cell = Cell(float(score) if score else None, band)
        self[text] = cell
        return cell

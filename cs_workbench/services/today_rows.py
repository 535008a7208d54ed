"""Which reasons share a line of Today: those of one account, and gaps in the data of several accounts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cs_workbench.services.today import Item

GAPS = "missing_data"
_SEVERAL = 3
"""From so many accounts on, what is missing is filled in at one go and told once."""


def folded(items: Sequence[Item]) -> list[Item]:
    """One line for each account, in the order of *items*: its most pressing reason leads, the others stand behind it.

    Where several accounts miss contract data, as after the import of a list, that is one line for all of them.
    """
    gaps = [one for one in items if one.signal.rule == GAPS]
    together = {one.signal.key for one in gaps} if len(gaps) >= _SEVERAL else frozenset()
    lines: dict[int, list[Item]] = {}
    for one in items:
        of_all = one.signal.key in together
        lines.setdefault(0 if of_all else one.signal.account_id, []).append(one)
    return [
        replace(first, more=tuple(rest), several=account == 0) if rest else first
        for account, (first, *rest) in lines.items()
    ]


def numbered(lines: Sequence[Item]) -> tuple[Item, ...]:
    """The lines with their places; what stands behind a line has the place of the line."""
    return tuple(
        replace(one, number=number, more=tuple(replace(behind, number=number) for behind in one.more))
        for number, one in enumerate(lines, 1)
    )

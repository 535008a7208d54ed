"""Who is a customer no longer: the one rule by which every count of health leaves them out."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from cs_workbench.services.account_table import GONE
from cs_workbench.store.queries import lifecycle as queries

if TYPE_CHECKING:
    from cs_workbench.store.reads import Reads


def departed(reads: Reads, as_of: dt.date, today: dt.date | None = None) -> frozenset[int]:
    """Accounts in the stage of those who left (``AccountLine.gone``), one statement.

    Where *as_of* lies before *today*, those whose recorded day of leaving came only after it were customers still.
    """
    return queries.departed(reads, GONE, as_of, today or as_of)

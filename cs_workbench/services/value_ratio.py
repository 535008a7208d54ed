"""One truth for "verified value ÷ cost": the ledger's, where it has a cost; a reading that differs is told."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING

from cs_workbench.i18n import _
from cs_workbench.services import value_reading
from cs_workbench.services.value_figures import day, shown
from cs_workbench.store.queries import value_beside as beside
from cs_workbench.store.queries.local_days import EPOCH

if TYPE_CHECKING:
    from cs_workbench.services.value_reading import LedgerView
    from cs_workbench.store.reads import Reads

ROLE = "value_ratio"
NEAR = Decimal("0.1")
"""A reading this share of the ledger's figure away from it, or less, says the same."""


def ratio(view: LedgerView) -> Decimal | None:
    """Benefit ÷ cost of a ledger's counted lines; None without a known cost, and while none counts: not measured is
    not nothing. 0 only where a line that can be computed was rejected and no other counts.
    """
    result = view.outcome.result
    rejected = any(line.logic == "rejected" and line.id not in view.troubles for line in view.lines)
    return result.bcr if result is not None and (view.outcome.proven or rejected) else None


def proved_on(view: LedgerView) -> dt.date:
    """The newest day behind the counted lines: of an input, an agreement, a proof; the ledger's day without any."""
    counted = {one.benefit.id for one in view.outcome.proven}
    days = [each.as_of for one in view.outcome.proven for each in one.benefit.inputs]
    for line in view.lines:
        if str(line.id) in counted:
            days += [line.agreed_on, line.fact_on, *(proof.on_date for proof in view.evidence[line.id])]
    return max((one for one in days if one is not None and one <= view.as_of), default=view.as_of)


def measured(
    reads: Reads, as_of: dt.date, account_id: int | None = None
) -> dict[int, tuple[float | None, int]]:
    """Benefit ÷ cost by account with the day it was proved, from ledgers with costs begun by *as_of*; None where
    the ledger cannot say it: then no reading says it in its place. One statement, and two more where an amount is
    in another currency.
    """
    found: dict[int, tuple[float | None, int]] = {}
    for view in value_reading.newest_views(reads, as_of, account_id):
        if view.costs:
            own = ratio(view)
            on = proved_on(view).toordinal() - EPOCH
            found[view.head.account_id] = (None if own is None else float(own), on)
    return found


def metrics(reads: Reads) -> frozenset[int]:
    """The metrics that are read as verified value ÷ cost."""
    return beside.metrics_of_role(reads, ROLE)


def differs(view: LedgerView) -> bool:
    """Whether a reading was brought in that says something else than the ledger: more than a tenth away."""
    own, read = ratio(view), view.imported
    return own is not None and read is not None and abs(read.value - own) > abs(own) * NEAR


def difference_words(view: LedgerView) -> str:
    """Which figure the reading gives and which the ledger, and which one is used; "" where they agree."""
    own, read = ratio(view), view.imported
    if read is not None and own is None and view.costs:
        return _(
            "Verified value ÷ cost: the reading of {day} says {read}, but this ledger cannot tell it yet."
            " Health and objectives count it as not measured."
        ).format(day=day(read.on), read=shown(round(read.value, 2)))
    if own is None or read is None or not differs(view):
        return ""
    return _(
        "Verified value ÷ cost: the reading of {day} says {read}, this ledger {own}."
        " Health and objectives follow the ledger; correct the reading or the ledger."
    ).format(day=day(read.on), read=shown(round(read.value, 2)), own=shown(round(own, 2)))

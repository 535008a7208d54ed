"""Whether an input of a ledger can follow a metric: what the metric counts has to be what the figure is in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cs_workbench.domain.units import UnitFault, alike
from cs_workbench.i18n import _
from cs_workbench.services.value_exports import unit_words
from cs_workbench.store.queries import value as queries

if TYPE_CHECKING:
    from cs_workbench.store.queries.value import InputRow
    from cs_workbench.store.reads import Reads

_OF_ROLE = {
    "active_users": "people", "seats_used": "people", "feature": "pieces", "mail_opens": "pieces",
    "events_attended": "pieces",
}  # fmt: skip
"""Role of a metric → the unit its readings are in; other roles, and metrics without one, do not tell."""


@dataclass(frozen=True, slots=True)
class Followable:
    """A metric an input can follow, with the unit of its readings; "" where nobody said and its role does not tell."""

    id: int
    name: str
    unit: str = ""


def followable(reads: Reads, account_id: int) -> tuple[Followable, ...]:
    """The metrics an account was ever read by, by name; one statement."""
    return tuple(
        Followable(number, name, unit or _OF_ROLE.get(role, ""))
        for number, name, unit, role in queries.metrics_read(reads, account_id)
    )


def refusal(metric: Followable | None, row: InputRow, unit: str) -> str:
    """Why an input in *unit* cannot follow a metric, with both units and what to do; "" where it can."""
    if metric is None or not metric.unit:
        return ""
    try:
        fits = alike(metric.unit, unit)
    except UnitFault:
        return ""
    if fits:
        return ""
    return _(
        "“{metric}” is read in {theirs}, “{name}” is in {own}: choose another metric, or correct the unit first."
    ).format(
        metric=metric.name, theirs=unit_words(metric.unit), name=row.label or row.name, own=unit_words(unit)
    )

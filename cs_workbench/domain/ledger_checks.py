"""What makes a ledger kinder than the truth although it can be computed: shares above 1, one gain twice, lost years."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from cs_workbench.domain.units import is_share
from cs_workbench.domain.value_ledger import Benefit, Cost, LineFault, shared_inputs

_GAP = re.compile(r"\s+")
_ONE_SIGN = str.maketrans({"×": "*", "·": "*", "÷": "/", "−": "-"})


def share_fault(benefit: Benefit) -> LineFault | None:
    """A share above 1 in the ramp (words "") or in an input whose unit is a share (its name); None where all fit."""
    if any(share > 1 for share in benefit.ramp):
        return LineFault("share_out_of_range")
    for one in benefit.inputs:
        figures = (figure for figure in (one.value, one.low, one.high) if figure is not None)
        if is_share(one.unit) and any(figure > 1 for figure in figures):
            return LineFault("share_out_of_range", one.name)
    return None


def twice(benefits: Iterable[Benefit]) -> tuple[tuple[str, ...], ...]:
    """Ids of benefits with one formula and the same figures: one gain, counted as often as it stands there."""
    found: dict[object, list[str]] = {}
    for one in benefits:
        formula = _GAP.sub("", one.formula.translate(_ONE_SIGN))
        figures = frozenset((each.name, each.value, each.unit.strip()) for each in one.inputs)
        found.setdefault((formula, figures), []).append(one.id)
    return tuple(tuple(ids) for ids in found.values() if len(ids) > 1)


def overlaps(benefits: Sequence[Benefit]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """(what they share, ids of the benefits): an input of people or pieces by its name; "" where all their figures."""
    return (*(("", ids) for ids in twice(benefits)), *shared_inputs(benefits).items())


def lost_years(costs: Sequence[Cost], years: int) -> tuple[Cost, ...]:
    """Costs with an amount after the last year of the ledger: that amount would not be counted."""
    return tuple(one for one in costs if any(one.amounts[years + 1 :]))

"""What makes a ledger kinder than the truth although it can be computed: shares above 1, one gain twice, lost years."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from cs_workbench.domain.formula import Expression, FormulaFault, Name, Negated, Pair
from cs_workbench.domain.units import is_share
from cs_workbench.domain.value_ledger import Benefit, Cost, LineFault, readable, shared_inputs

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
    """Ids of benefits with one formula and the same figures, whatever their inputs are called and in which order
    they are multiplied: one gain, counted as often as it stands there.
    """
    found: dict[object, list[str]] = {}
    for one in benefits:
        tree = readable(one.formula)
        if isinstance(tree, FormulaFault):
            formula = _GAP.sub("", one.formula.translate(_ONE_SIGN))
            figures = frozenset((each.name, each.value, each.unit.strip()) for each in one.inputs)
            found.setdefault((formula, figures), []).append(one.id)
        else:
            given = {each.name: f"{each.value.normalize():f} {each.unit.strip()}" for each in one.inputs}
            found.setdefault(_shape(tree, given), []).append(one.id)
    return tuple(tuple(ids) for ids in found.values() if len(ids) > 1)


def _shape(tree: Expression, given: Mapping[str, str]) -> str:
    """A formula with its figures in place of names; what may be swapped stands in one order."""
    if isinstance(tree, Name):
        return f"[{given.get(tree.name, tree.name)}]"
    if isinstance(tree, Negated):
        return f"(-{_shape(tree.of, given)})"
    if not isinstance(tree, Pair):
        return f"{tree.value.normalize():f}"
    if tree.sign in {"+", "*"}:
        return f"({tree.sign.join(sorted(_shape(each, given) for each in _parts(tree, tree.sign)))})"
    return f"({_shape(tree.left, given)}{tree.sign}{_shape(tree.right, given)})"


def _parts(tree: Expression, sign: str) -> Iterator[Expression]:
    if isinstance(tree, Pair) and tree.sign == sign:
        yield from _parts(tree.left, sign)
        yield from _parts(tree.right, sign)
    else:
        yield tree


def overlaps(benefits: Sequence[Benefit]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """(what they share, ids of the benefits): an input of people or pieces by its name; "" where all their figures."""
    return (*(("", ids) for ids in twice(benefits)), *shared_inputs(benefits).items())


def lost_years(costs: Sequence[Cost], years: int) -> tuple[Cost, ...]:
    """Costs with an amount after the last year of the ledger: that amount would not be counted."""
    return tuple(one for one in costs if any(one.amounts[years + 1 :]))

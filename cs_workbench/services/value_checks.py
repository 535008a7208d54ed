"""What is refused where it is typed because of its neighbours: contradicting units, a missing rate, crossed bounds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING

from cs_workbench.domain.formula import Expression, FormulaFault, Name, Negated, Number, Pair, parse
from cs_workbench.domain.units import PLAIN, Unit, UnitFault, is_share, parse_unit
from cs_workbench.i18n import _, ngettext
from cs_workbench.services.value_follow import Followable, refusal
from cs_workbench.services.value_ledgers import read
from cs_workbench.services.value_rates import Rates, foreign

if TYPE_CHECKING:
    from cs_workbench.store.queries.value import InputRow, LineRow
    from cs_workbench.store.reads import Reads


def formula_refusal(text: str, inputs: tuple[InputRow, ...]) -> str:
    """Why a formula that can be read cannot be kept: it adds what cannot be added. "" where it can."""
    return _contradiction(text, {row.name: row.unit for row in inputs})


def input_refusal(line: LineRow, inputs: tuple[InputRow, ...], row: InputRow, field: str, text: str) -> str:
    """Why a figure, bound or unit of an input cannot be kept beside the others. "" where it can.

    The text has passed ``value_ledgers.read`` already.
    """
    if field == "unit":
        figures = (row.value, row.low, row.high)
        if is_share(text) and any(figure is not None and figure > 1 for figure in figures):
            return _("A share lies between 0 and 100%: correct the figures first, 50% is written 0.5.")
        units = {one.name: text if one.id == row.id else one.unit for one in inputs}
        before = _contradiction(line.formula, {one.name: one.unit for one in inputs})
        return "" if before else _contradiction(line.formula, units)
    if field in {"value", "low", "high"}:
        value = read("input", field, text)
        return _figure_refusal(row, field, None if value is None else Decimal(value))
    return ""


def follow_refusal(row: InputRow, metrics: Iterable[Followable], field: str, text: str) -> str:
    """Why an input cannot follow the metric chosen ("metric": its id), or have this unit while it follows one ("unit").
    "" where it can.
    """
    number = text if field == "metric" else str(row.metric_id) if field == "unit" else ""
    chosen = next((one for one in metrics if str(one.id) == number), None)
    return refusal(chosen, row, row.unit if field == "metric" else text)


def years_refusal(field: str, text: str, years: int) -> str:
    """Why amounts or shares by year cannot be kept in a ledger of *years*: what stands beyond would not count."""
    count = len(text.split()) - (field == "amounts")
    if field not in {"amounts", "ramp"} or count <= years:
        return ""
    return ngettext(
        "The ledger runs {years} year: year {count} would not count. Lengthen the ledger, or take it out.",
        "The ledger runs {years} years: year {count} would not count. Lengthen the ledger, or take it out.",
        years,
    ).format(years=years, count=count)


def _figure_refusal(row: InputRow, field: str, figure: Decimal | None) -> str:
    """A share above 1, or a figure and its bounds out of order."""
    if figure is not None and figure > 1 and is_share(row.unit):
        return _("This is a share between 0 and 100%.") + " " + _("Type 80% or 0.8.")
    known = {
        "value": row.value if row.metric_id is None else None,
        "low": row.low,
        "high": row.high,
        field: figure,
    }
    low, value, high = known["low"], known["value"], known["high"]
    if low is not None and high is not None and low > high:
        return _("The low figure lies above the high one: exchange them.")
    if value is not None and low is not None and value < low:
        return _("The figure lies below the low one: correct one of them.")
    if value is not None and high is not None and value > high:
        return _("The figure lies above the high one: correct one of them.")
    return ""


def rate_refusal(unit: str, currency: str, known: Mapping[str, bool]) -> str:
    """Why a unit in another currency cannot be kept: no rate leads to the ledger's. "" where one does.

    *known* says of each currency asked for whether there is one.
    """
    other = foreign(unit, currency)
    if not other or known.get(other, False):
        return ""
    return _(
        "There is no exchange rate from {other} to {own}: enter one in the settings, or type the figure in {own}."
    ).format(other=other, own=currency)


def known_rates(reads: Reads, as_of: dt.date, currency: str) -> dict[str, bool]:
    """The currencies that can be told in *currency* as of a day."""
    rates = Rates(reads, as_of)
    return {code: rates.worth(code, currency) is not None for code in rates.codes()}


def _contradiction(text: str, units: Mapping[str, str]) -> str:
    """A sum of different kinds (hours + people) in a formula; hours + weeks are both time and only need one unit."""
    try:
        _kinds(parse(text), units)
    except _Differ as differ:
        return _("{left} and {right} cannot be added: bring both to one unit.").format(
            left=differ.args[0], right=differ.args[1]
        )
    except (FormulaFault, UnitFault):
        return ""
    return ""


class _Differ(ValueError):
    """Two units of different kinds are added; their words."""


def _kinds(expression: Expression, units: Mapping[str, str]) -> Unit | None:
    """The unit of a part of a formula, None while an input in it has none. Raises _Differ."""
    match expression:
        case Number():
            return PLAIN
        case Name():
            text = units.get(expression.name, "")
            return parse_unit(text) if text.strip() else None
        case Negated():
            return _kinds(expression.of, units)
        case Pair():
            left, right = _kinds(expression.left, units), _kinds(expression.right, units)
            if left is None or right is None:
                return None
            if expression.sign in "*/":
                return left.times(right) if expression.sign == "*" else left.over(right)
            if left.kinds() != right.kinds():
                raise _Differ(str(left), str(right))
            return left

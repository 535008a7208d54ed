"""The two charts of a value ledger, worded by the template: what is left after risk and cost, and what it hangs on."""

from __future__ import annotations

from decimal import Decimal

from cs_workbench.domain.chart_data import Bound, ChartData, Role, Series
from cs_workbench.reports import figures
from cs_workbench.reports.value_facts import ValueCase

_STEPS: tuple[Role, ...] = ("subject", "context", "subject", "cost", "subject")
_SUMS = (0, 2, 4)


def waterfall(value: ValueCase, language: str, series: str, names: tuple[str, ...]) -> ChartData:
    """Gross, what risk takes, what is left of it, cost, net: *names* are the five bars' in that order."""
    amounts = (value.gross, value.present - value.gross, value.present, -value.cost, value.net)
    scaled = [amount / value.scale for amount in amounts]
    places = _places(scaled)
    labels = tuple(figures.number(amount, language, places) for amount in scaled)
    roles = (*_STEPS[:-1], "cost") if value.net < 0 else _STEPS
    shown = (*names, *[""] * len(amounts))[: len(amounts)]
    values = tuple(round(float(amount), 6) for amount in scaled)
    return ChartData("waterfall", shown, (Series(series, values),), "", labels, totals=_SUMS, roles=roles)


def tornado(value: ValueCase, language: str, low: str, high: str) -> ChartData:
    """The net at each input's worse and better end; *low* and *high* name the two."""
    ends = [end / value.scale for swing in value.swings for end in (swing.worse, swing.better)]
    places = _places([*ends, value.net / value.scale])

    def shown(amount: Decimal) -> float:
        return round(float(amount / value.scale), places)

    names = tuple(f"{swing.name} {swing.ends}" for swing in value.swings)
    series = (
        Series(low, tuple(shown(swing.worse) for swing in value.swings), "cost"),
        Series(high, tuple(shown(swing.better) for swing in value.swings)),
    )
    base = Bound(shown(value.net), figures.money(value.net, value.currency, language))
    return ChartData("tornado", names, series, bounds=(base,))


def _places(scaled: list[Decimal]) -> int:
    """How many decimals figures of this size are printed with: three figures that say something."""
    most = max(map(abs, scaled), default=Decimal(0))
    return 0 if most >= 100 else 1 if most >= 20 else 2

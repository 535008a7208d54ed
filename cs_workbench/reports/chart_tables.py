"""A chart's twin: the same figures as rows, for those who read or copy them."""

from __future__ import annotations

from cs_workbench.charts.scale import decimals, number
from cs_workbench.domain.chart_data import ChartData


def chart_rows(data: ChartData, missing: str) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """Head (an empty corner, then the series) and one row a category; what isn't measured says *missing*."""
    head = ("", *(series.name for series in data.series))
    places = decimals(value for series in data.series for value in series.values)
    events = {event.at: event.label for event in data.events}
    rows = []
    for index, category in enumerate(data.categories):
        row = [category]
        for order, series in enumerate(data.series):
            value = series.values[index] if index < len(series.values) else None
            printed = data.labels[index] if order == 0 and index < len(data.labels) else ""
            shown = printed or (
                number(value, places) + ("%" if data.unit == "%" else "") if value is not None else ""
            )
            row.append(shown if value is not None else printed or missing)
        rows.append((*row, events.get(index, "")) if events else tuple(row))
    return ((*head, "") if events else head), tuple(rows)

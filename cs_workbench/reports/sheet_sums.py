"""Which figures of a table are sums of those above them: a workbook adds them up itself."""

from __future__ import annotations

from decimal import Decimal

from cs_workbench.reports import blocks as b
from cs_workbench.reports.sheet_figures import figure_of

_CLOSE = Decimal("1e-9")


def sums(table: b.Table) -> dict[tuple[int, int], int]:
    """Row and column of every total, and the first row it adds up; a total that is no sum is not among them."""
    found: dict[tuple[int, int], int] = {}
    begins = [0] * len(table.columns)
    for at, row in enumerate(table.rows):
        if not (_is_total(row) or (table.total and at == len(table.rows) - 1)):
            continue
        for column, cell in enumerate(row[: len(begins)]):
            total = _amount(cell)
            if total is None or not column:
                continue
            first, begins[column] = begins[column], at + 1
            above = [_amount(one[column] if column < len(one) else ()) for one in table.rows[first:at]]
            amounts = [one for one in above if one is not None]
            if amounts and abs(sum(amounts, Decimal(0)) - total) <= _CLOSE * max(abs(total), Decimal(1)):
                found[at, column] = first
    return found


def _is_total(row: tuple[b.Runs, ...]) -> bool:
    """Whether a row is a subtotal: bold words, then nothing but figures."""
    said = [run for run in row[0] if run.text.strip()] if row else []
    rest = [cell for cell in row[1:] if any(run.text.strip() for run in cell)]
    return (
        bool(said and rest)
        and all(run.bold for run in said)
        and all(_amount(one) is not None for one in rest)
    )


def _amount(cell: b.Runs) -> Decimal | None:
    figure = figure_of(cell)
    return figure.value if figure is not None else None

"""The portfolio on paper: the key figures above, then every account's score month by month."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cs_workbench import i18n
from cs_workbench.i18n import _
from cs_workbench.services.printing import Printable, PrintColumn, source_line
from cs_workbench.ui import wording
from cs_workbench.ui.pages.portfolio import figures
from cs_workbench.ui.pages.portfolio.cards import cards

if TYPE_CHECKING:
    from cs_workbench.domain.portfolio import Order
    from cs_workbench.services.portfolio_view import PortfolioView
    from cs_workbench.ui.desk import Desk


def printable(view: PortfolioView | None, order: Order, desk: Desk) -> Printable | None:
    """The heat map of *view* in *order* with the key figures as subtitle; None where there is no account."""
    if view is None or not view.lines:
        return None
    twin = figures.scores_twin(figures.scores(view, order))
    columns = tuple(PrintColumn(title, n > 0, 1.0 if n else 3.5) for n, title in enumerate(twin.columns))
    told = _(" · ").join(f"{one.name} {one.figure}" for one in cards(view) if one.figure)
    source = source_line(desk.workbench.path, wording.date(view.asked.as_of))
    exact = (
        twin.columns,
        *(tuple("" if cell is None else str(cell) for cell in row.data) for row in twin.rows),
    )
    rows = tuple(row.words for row in twin.rows)
    return Printable(_("Portfolio"), told, columns, rows, source, i18n.language(), exact=exact)

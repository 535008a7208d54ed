"""The archive on paper: the documents shown, in the columns of the table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cs_workbench import i18n
from cs_workbench.i18n import _
from cs_workbench.services.printing import Printable, PrintColumn, source_line
from cs_workbench.ui import wording

if TYPE_CHECKING:
    from cs_workbench.ui.desk import Desk
    from cs_workbench.ui.models.fact_model import FactModel


def printable(model: FactModel, told: str, desk: Desk) -> Printable | None:
    """The rows of *model* under what *told* says of them; None where there are none."""
    if not model.rows:
        return None
    columns = tuple(
        PrintColumn(_(one.title), one.right, 3.0 if one.key == "account" else 1.2) for one in model.columns
    )
    rows = tuple(tuple(one.words(row) for one in model.columns) for row in model.rows)
    source = source_line(desk.workbench.path, wording.date(desk.today()))
    return Printable(_("Documents"), told, columns, rows, source, i18n.language())

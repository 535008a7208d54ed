"""Today on paper: the lines in their order, each with its group."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cs_workbench import i18n
from cs_workbench.i18n import _
from cs_workbench.services.printing import Printable, PrintColumn, source_line
from cs_workbench.ui import wording
from cs_workbench.ui.pages.today import headline
from cs_workbench.ui.pages.today.model import Heading, TodayModel

if TYPE_CHECKING:
    from cs_workbench.ui.desk import Desk


def printable(model: TodayModel, desk: Desk) -> Printable | None:
    """The lines of *model*; None where there are none."""
    rows: list[tuple[str, ...]] = []
    group = ""
    for number in range(model.rowCount()):
        line = model.line(number)
        if isinstance(line, Heading):
            group = line.text
        elif line is not None:
            item = line.item
            rows.append(
                (str(item.number), line.account, line.title, line.reason, line.amount, line.due, group)
            )
    if not rows:
        return None
    columns = (
        PrintColumn("#", True, 0.5), PrintColumn(_("Account"), False, 2.4), PrintColumn(_("What to do"), False, 2.0),
        PrintColumn(_("Reason"), False, 3.0), PrintColumn(_("ARR"), True), PrintColumn(_("Due"), True),
        PrintColumn(_("Group"), False, 1.0),
    )  # fmt: skip
    source = source_line(desk.workbench.path, wording.date(desk.today()))
    return Printable(_("Today"), headline.day(desk.today()), columns, tuple(rows), source, i18n.language())

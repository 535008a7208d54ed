"""The renewals on paper: what is expected above, then every row as it is listed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication

from cs_workbench import i18n
from cs_workbench.i18n import _, ngettext
from cs_workbench.services.printing import Printable, PrintColumn, source_line
from cs_workbench.services.signal_words import sentences
from cs_workbench.ui import wording
from cs_workbench.ui.pages.renewals import words

if TYPE_CHECKING:
    from cs_workbench.services.renewals import Renewals
    from cs_workbench.ui.desk import Desk


def printable(found: Renewals | None, desk: Desk) -> Printable | None:
    """The rows of *found* with the forecast as subtitle; None where there are none."""
    if found is None or not found.rows:
        return None
    columns = (
        PrintColumn(_("Account"), False, 3.2), PrintColumn(_("ARR"), True, 1.2), PrintColumn(_("Notice by"), True, 1.3),
        PrintColumn(_("Left"), True, 0.9), PrintColumn(_("Health"), True, 0.8), PrintColumn(_("Step"), True, 0.7),
        PrintColumn(_("Renewal call"), False, 1.6),
    )  # fmt: skip
    rows = []
    for row in found.rows:
        current = row.way.current
        rows.append(
            (
                row.name,
                "" if row.value is None else wording.money(row.value, found.currency),
                wording.date(row.deadline),
                wording.days_left(row.deadline, found.today),
                "–" if row.score is None else f"{row.score:.0f}",
                f"{8 if current is None else current.number - 1} / 8",
                " ".join(part for part in words.call(row) if part),
            )
        )
    told = sentences([words.headline(found), words.definition(found)])
    exact = tuple(tuple(line.split("\t")) for line in words.tsv(found).splitlines())
    source = source_line(desk.workbench.path, wording.date(found.today))
    return Printable(_("Renewals"), told, columns, tuple(rows), source, i18n.language(), exact=exact)


def copy(found: Renewals, desk: Desk) -> None:
    """Put every row onto the clipboard as tab-separated text, and say how many."""
    QGuiApplication.clipboard().setText(words.tsv(found))
    count = len(found.rows) + len(found.missing)
    desk.tell(ngettext("{n} row copied", "{n} rows copied", count).format(n=count))

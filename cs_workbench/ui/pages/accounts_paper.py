"""The account list on paper and in a file, and the packs of the accounts chosen in it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from cs_workbench import i18n
from cs_workbench.i18n import _, ngettext
from cs_workbench.ui import wording
from cs_workbench.ui.models.account_words import COLUMNS, PLACE, called, printed, there, tsv

if TYPE_CHECKING:
    from cs_workbench.services.printing import Printable
    from cs_workbench.ui.pages.accounts import AccountsPage

_SHARES = {"name": 3.0, "next": 2.6, "tags": 1.6, "owner": 1.4, "stage": 1.2}


def paper(page: AccountsPage) -> Printable | None:
    """The accounts shown, in the order and the columns shown (but for trends); None before they were read."""
    from cs_workbench.services.printing import Printable, PrintColumn, source_line

    table, lines = page.table, list(page.model.shown)
    if table is None or not lines:
        return None
    shown = [COLUMNS[PLACE[name]] for name in there(page.list.wanted, table) if name != "trend"]
    columns = tuple(PrintColumn(called(one.id, table), one.right, _SHARES.get(one.id, 1.0)) for one in shown)
    rows = tuple(tuple(printed(line, one.id, table) for one in shown) for line in lines)
    exact = tuple(tuple(row.split("\t")) for row in tsv(lines, page.list.wanted, table).splitlines())
    day = _("as of {date}").format(date=wording.date(table.today))
    count = _("{shown} of {all}").format(shown=f"{len(lines):,}", all=f"{len(table.lines):,}")
    told = [day, page.view_shown.name if page.view_shown else "", page.line.text(), count]
    source = source_line(page.desk.workbench.path, wording.date(page.desk.today()))
    subtitle = _(" · ").join(part for part in told if part)
    return Printable(_("Accounts"), subtitle, columns, rows, source, i18n.language(), exact=exact)


def copy_rows(page: AccountsPage) -> None:
    """The chosen rows, else all, as tab-separated text on the clipboard."""
    if page.table is None:
        return
    chosen = set(page.chosen())
    lines = [line for line in page.model.shown if line.id in chosen] or list(page.model.shown)
    QGuiApplication.clipboard().setText(tsv(lines, page.list.wanted, page.table))
    told = ngettext("{n} row copied", "{n} rows copied", len(lines))
    page.desk.tell(told.format(n=f"{len(lines):,}"))


def pack_for(page: QWidget, account_ids: Sequence[int]) -> None:
    """The pack dialog for *account_ids*."""
    opener: Callable[..., Any] | None = getattr(page.window(), "open_dialog", None)
    if opener is not None:
        opener("prepare_pack", account_ids=tuple(account_ids))

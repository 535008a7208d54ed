"""Putting accounts away or into the trash from the list: one change with Undo in its toast."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu

from cs_workbench.i18n import _, ngettext
from cs_workbench.ui import icons
from cs_workbench.ui.pages.accounts_bulk import only_name

if TYPE_CHECKING:
    from cs_workbench.ui.pages.accounts import AccountsPage


def open_context(page: AccountsPage, at: QPoint) -> QMenu:
    """Every verb of the bar and the keys, for the accounts chosen, at *at* (global)."""
    from cs_workbench.ui.widgets.menu import Menu

    menu = Menu(page)
    menu.aboutToHide.connect(menu.deleteLater)
    menu.verb("open_row", page.list.open_current)
    for verb in ("log_contact", "prepare_pack"):
        menu.verb(verb, partial(ask, page, verb))
    menu.addSeparator()
    menu.verb("tag", lambda: page.bulk.open_tags(at), _("Tag…"))
    page.bulk.fill_fields(menu, at)
    menu.addSeparator()
    menu.verb("copy_rows", page.copy)
    menu.addSeparator()
    menu.addAction(icons.icon("archive"), _("Archive"), lambda: archive(page))
    menu.verb("delete", lambda: delete(page))
    menu.popup(at)
    return menu


def ask(page: AccountsPage, verb: str) -> None:
    """The window's dialog about the chosen account, or all chosen ones for a pack."""
    chosen = page.chosen()
    opener = getattr(page.window(), "open_dialog", None)
    if not chosen or opener is None:
        return
    if verb == "prepare_pack":
        opener(verb, account_ids=tuple(chosen))
    else:
        opener(verb, account_id=chosen[0])


def delete(page: AccountsPage) -> None:
    """Move the chosen accounts to the trash."""
    from cs_workbench.services import trash

    wb, ids, now = page.desk.workbench, page.chosen(), page.desk.now()
    if ids:
        told = ngettext("{n} account deleted", "{n} accounts deleted", len(ids)).format(n=len(ids))
        kept = " ".join(filter(None, (only_name(page.table, ids), _("Kept in the trash."))))
        page.desk.tasks.write(
            lambda: trash.delete_accounts(wb, ids, now=now),
            done=lambda _none: page.desk.tell(told, kept, undo=True),
        )


def archive(page: AccountsPage) -> None:
    """Put the chosen accounts away: they leave lists and scores."""
    from cs_workbench.services import accounts

    wb, ids, now = page.desk.workbench, page.chosen(), page.desk.now()
    if ids:
        told = ngettext("{n} account archived", "{n} accounts archived", len(ids)).format(n=len(ids))
        whom = only_name(page.table, ids)
        page.desk.tasks.write(
            lambda: accounts.archive_all(wb, ids, now=now),
            done=lambda _none: page.desk.tell(told, whom, undo=True),
        )

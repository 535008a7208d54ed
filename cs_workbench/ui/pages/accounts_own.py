"""The fields of one's own as columns of the account list: their names always, their values where one is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cs_workbench.services import own_fields
from cs_workbench.services.account_table import AccountTable
from cs_workbench.services.own_fields import OwnColumns
from cs_workbench.ui.models.account_words import OWN

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cs_workbench.ui.pages.accounts import AccountsPage


class OwnReading:
    """Reads them after the table, so that the list itself never waits for them."""

    def __init__(self, page: AccountsPage) -> None:
        self._page = page

    def read(self) -> None:
        """Read the fields, and their values if a column is shown or sorted by: one statement more."""
        page = self._page
        reads, values = page.desk.workbench.reads, self._wanted()
        page.desk.tasks.run(
            lambda: own_fields.columns(reads, values=values),
            done=self._on_read,
            latest=("accounts-own", id(page)),
        )

    def want(self, columns: Iterable[str]) -> None:
        """Show these columns of the list; read what they hold."""
        self._page.list.want(columns)
        if self._wanted():
            self.read()

    def carried(self, table: AccountTable) -> AccountTable:
        """A table read again with the own columns of the one before, until they are read again too."""
        before = self._page.table
        return table if before is None or not before.own.fields else table._replace(own=before.own)

    def _wanted(self) -> bool:
        page = self._page
        return page.model.sort_column in OWN or any(name in OWN for name in page.list.wanted)

    def _on_read(self, own: OwnColumns) -> None:
        page = self._page
        if page.table is None or not (own.fields or page.table.own.fields):
            return
        page.table = table = page.table._replace(own=own)
        if not self._wanted():
            page.model.table = table
            return
        page.list.staying = True
        page.model.set_table(table)
        page.list.staying = False

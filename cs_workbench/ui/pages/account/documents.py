"""Documents: what was made for this account, to open again or find in its folder."""

from __future__ import annotations

import datetime as dt
import os
from dataclasses import replace
from typing import Any, ClassVar

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from cs_workbench import i18n
from cs_workbench.i18n import _, mark, ngettext
from cs_workbench.services import account_tabs, pack_templates
from cs_workbench.services.account_tabs import DocumentLine
from cs_workbench.services.workbench import Workbench
from cs_workbench.ui import wording
from cs_workbench.ui.desk import Desk
from cs_workbench.ui.models.fact_model import Column
from cs_workbench.ui.pages.account.tab import Verbs
from cs_workbench.ui.pages.account.table_tab import TableTab
from cs_workbench.ui.widgets.button import Button

_EDITIONS = {"customer": mark("for the customer"), "internal": mark("internal")}
_LANGUAGES = {"en": "English", "ja": "日本語"}


class DocumentsTab(TableTab):
    """The archive of one account, the newest first."""

    key: ClassVar[str] = "documents"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        self.rows: tuple[DocumentLine, ...] | None = None
        super().__init__(desk, self._columns(), "files", parent)
        self.folder = Button(icon="folder-open")
        self.open = Button(icon="external-link")
        self.bar.row.insertWidget(1, self.folder)
        self.bar.row.insertWidget(1, self.open)
        self.add.icon_name = "presentation"
        self.open.clicked.connect(lambda: self.open_row(self.table.chosen()))
        self.folder.clicked.connect(lambda: self.show_folder(self.table.chosen()))
        self.table.selectionModel().currentRowChanged.connect(lambda *_moved: self._look())

    def _columns(self) -> tuple[Column, ...]:
        return (
            Column("files", mark("Document"), lambda one: _(", ").join(one.files)),
            Column("template", mark("Template"), lambda one: one.template, 180, drop=2, style=_quiet),
            Column("edition", mark("Edition"), _edition, 140, style=_quiet),
            Column("language", mark("Language"), lambda one: _LANGUAGES.get(one.language, one.language), 100, drop=1,
                   style=_quiet),
            Column("as_of", mark("As of"), lambda one: wording.date(one.as_of), 120, right=True, drop=3, style=_quiet),
            Column("at", mark("Made"), _made, 120, right=True, style=_quiet),
            Column("there", mark("File"), _there, 120, style=_there_style),
        )  # fmt: skip

    def read(self, workbench: Workbench, account_id: int, today: dt.date) -> tuple[DocumentLine, ...]:
        """The archive, each document by its template's title; one that is not here any more by its name."""
        titles = {one.name: one.title(i18n.language()) for one in pack_templates.choices()}
        found = account_tabs.documents(workbench.reads, account_id)
        return tuple(
            replace(one, template=titles.get(one.template) or _readable(one.template)) for one in found
        )

    def fill(self, data: Any) -> None:
        """Show it."""
        self.rows = data
        self.show_rows(data)
        self.fact.setText(ngettext("{n} document", "{n} documents", len(data)).format(n=len(data)))
        self._look()

    def retranslate(self) -> None:
        """Fixed texts and the rows again."""
        self.table.setAccessibleName(_("Documents"))
        self.add.setText(_("Prepare pack"))
        self.open.setText(_("Open"))
        self.folder.setText(_("Show in folder"))
        self.empty.say(_("No document was made for this account yet."), _("Prepare pack"))
        if self.rows is not None:
            self.fill(self.rows)

    def verbs(self) -> Verbs:
        """Nothing is deleted from the archive."""
        return {name: do for name, do in super().verbs().items() if name != "delete"}

    def start_new(self) -> None:
        """The pack dialog."""
        self.desk.act("prepare_pack")

    def open_row(self, row: Any) -> None:
        """Open the document with the system's program."""
        if row is not None and row.paths:
            QDesktopServices.openUrl(QUrl.fromLocalFile(row.paths[0]))
        elif row is not None:
            self._gone(row)

    def show_folder(self, row: Any) -> None:
        """Open the folder the document lies in."""
        if row is not None and row.paths:
            QDesktopServices.openUrl(QUrl.fromLocalFile(os.path.dirname(row.paths[0])))
        elif row is not None:
            self._gone(row)

    def _gone(self, row: DocumentLine) -> None:
        self.desk.tell(_("The file was moved or deleted."), _(", ").join(row.files), tone="warn")

    def _look(self) -> None:
        row = self.table.chosen()
        there = isinstance(row, DocumentLine) and bool(row.paths)
        for button in (self.open, self.folder):
            button.setEnabled(there)
            button.setToolTip("" if there else _("The file was moved or deleted."))


def _readable(template: str) -> str:
    words = template.replace("_", " ")
    return words[:1].upper() + words[1:]


def _edition(one: DocumentLine) -> str:
    return _(_EDITIONS.get(one.edition, one.edition))


def _made(one: DocumentLine) -> str:
    return wording.date(one.at.astimezone().date())


def _there(one: DocumentLine) -> str:
    return _("in its folder") if one.paths else _("moved or deleted")


def _there_style(one: DocumentLine) -> tuple[str, str]:
    return "body", "text.secondary" if one.paths else "text.tertiary"


def _quiet(_one: DocumentLine) -> tuple[str, str]:
    return "body", "text.secondary"

"""Documents: what the pack dialog starts with, and where files go."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cs_workbench.i18n import _, mark
from cs_workbench.services.portfolio_settings import set_settings
from cs_workbench.services.setting_values import (
    DOCUMENT_EDITION,
    DOCUMENT_FORMATS,
    DOCUMENT_TEMPLATE,
    DOCUMENTS_FOLDER,
    EDITIONS,
    FORMATS,
)
from cs_workbench.ui.pages.settings.rows import SettingRow
from cs_workbench.ui.pages.settings.section import Section, Work
from cs_workbench.ui.widgets.button import Button
from cs_workbench.ui.widgets.calm_choice import CalmChoice
from cs_workbench.ui.widgets.fields import CheckBox
from cs_workbench.ui.widgets.file_dialog import ask_folder
from cs_workbench.ui.widgets.segmented import Segmented

if TYPE_CHECKING:
    from cs_workbench.services.settings_view import SettingsView

TEMPLATE = "renewal_briefing"
_NAMES = {
    "pdf": "PDF",
    "docx": "Word",
    "pptx": "PowerPoint",
    "xlsx": "Excel",
    "html": "HTML",
    "md": "Markdown",
}
_EDITIONS = {"customer": mark("Customer"), "internal": mark("Internal")}


class DocumentsSection(Section):
    """Template, formats, edition, folder."""

    id = "documents"
    title = mark("Documents")
    icon = "files"
    words = "ぶんしょ"

    def build(self) -> None:
        """Four rows."""
        row = self.row(
            "template", _("Template"), _("What a new document starts with."), kana="てんぷれーと ひながた"
        )
        self.template = CalmChoice(name=_("Template"))
        row.field(self.template)
        self.template.picked.connect(
            lambda name: self._keep(row, {DOCUMENT_TEMPLATE: name}, _("Change default template"))
        )
        self._formats_row()
        self._edition_row()
        self._folder_row()

    def _formats_row(self) -> None:
        self.formats_row = self.row(
            "formats",
            _("Formats"),
            _("Every format is made from the same document."),
            kana="けいしき",
            plain="pdf word docx powerpoint pptx excel xlsx",
        )
        self.formats = {one: CheckBox(_NAMES[one]) for one in FORMATS}
        for box in self.formats.values():
            box.clicked.connect(self._take_formats)
        self.formats_row.put(*self.formats.values())

    def _edition_row(self) -> None:
        row = self.row(
            "edition",
            _("Edition"),
            _("The customer edition holds no scores, likelihoods or internal notes."),
            kana="はん しゃがい しゃない",
        )
        self.edition = Segmented([(one, _(_EDITIONS[one])) for one in EDITIONS], name=_("Edition"))
        row.put(self.edition)
        self.edition.chosen.connect(
            lambda one: self._keep(row, {DOCUMENT_EDITION: one}, _("Change default edition"))
        )

    def _folder_row(self) -> None:
        self.folder_row = self.row(
            "folder",
            _("Folder"),
            _("Where documents are written; the dialog can choose another."),
            kana="ほぞんさき ふぉるだ",
        )
        self.choose = Button(_("Choose"), icon="folder-open", name=_("Choose folder for documents"))
        self.folder = self.text(
            self.folder_row,
            _("Folder for documents"),
            _foldered,
            self.choose,
            placeholder=_("Beside the portfolio"),
        )
        self.choose.clicked.connect(self.choose_folder)

    def fill(self, view: SettingsView) -> None:
        """What is stored, or what documents start with without it."""
        self.template.set_choices(view.templates)
        self.template.show_value(view.value(DOCUMENT_TEMPLATE, TEMPLATE))
        chosen = view.value(DOCUMENT_FORMATS, ["pdf"])
        for one, box in self.formats.items():
            box.setChecked(one in chosen)
        self.edition.set_taken(str(view.value(DOCUMENT_EDITION, "customer")))
        self.folder.setPlaceholderText(view.usual_folder)
        self.folder.show_value(str(view.value(DOCUMENTS_FOLDER, "") or ""))

    def choose_folder(self) -> None:
        """Ask for a folder."""
        path = ask_folder(self, _("Choose folder for documents"), self.folder.value)
        if path:
            self._keep(self.folder_row, {DOCUMENTS_FOLDER: path}, _("Change documents folder"))

    def _take_formats(self, _on: bool) -> None:
        wanted = [one for one, box in self.formats.items() if box.isChecked()]
        self._keep(self.formats_row, {DOCUMENT_FORMATS: wanted}, _("Change default formats"))

    def _keep(self, row: SettingRow, values: dict[str, object], name: str) -> None:
        self.keeper.keep(row, lambda wb: set_settings(wb, values, name=name))


def _foldered(text: str) -> Work:
    wanted = {DOCUMENTS_FOLDER: text or None}
    return lambda wb: set_settings(wb, wanted, name=_("Change documents folder"))

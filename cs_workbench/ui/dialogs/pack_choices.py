"""The choices of a pack, left in its dialog: accounts, template, edition, language, formats, day, folder."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from cs_workbench import i18n
from cs_workbench.i18n import _
from cs_workbench.services.briefing_meeting import Wishes
from cs_workbench.services.pack_templates import FORMATS, TemplateChoice
from cs_workbench.services.packs import Order
from cs_workbench.services.setting_values import DOCUMENT_EDITION, DOCUMENT_FORMATS, DOCUMENT_TEMPLATE
from cs_workbench.ui import session
from cs_workbench.ui import theme as themes
from cs_workbench.ui.desk import Desk
from cs_workbench.ui.dialogs.pack_accounts import AccountPicker
from cs_workbench.ui.widgets.button import Button
from cs_workbench.ui.widgets.date_field import DateField
from cs_workbench.ui.widgets.fields import CheckBox, Choice, LineEdit
from cs_workbench.ui.widgets.file_dialog import FileDialog
from cs_workbench.ui.widgets.flow import Flow
from cs_workbench.ui.widgets.label import Label
from cs_workbench.ui.widgets.notice import Notice
from cs_workbench.ui.widgets.path_edit import PathEdit
from cs_workbench.ui.widgets.segmented import Segmented

LANGUAGES = (("ja", "日本語"), ("en", "English"))
USUAL = (DOCUMENT_EDITION, DOCUMENT_FORMATS, DOCUMENT_TEMPLATE, "language")
"""Settings of the portfolio that say how a new document is wanted."""
_SITTING = "pack_language"
"""Property of the desk: the language chosen last while this portfolio is open, before the one of its settings."""
_SETTLES = 120  # ms after the last key before the pages are made again


class PackChoices(QWidget):
    """``moved`` at once, ``changed`` a moment after anything changed; ``order`` says how documents are wanted now."""

    moved = Signal()
    changed = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._templates: list[TemplateChoice] = []
        self._usual_template = ""
        kept = session.load()
        language = str(kept.get("pack_language") or i18n.language())
        self.accounts = AccountPicker(desk)
        self.previewed = Choice(name=_("Preview of"))
        self.template = Choice(name=_("Template"))
        self.problem = Notice("left")
        self.edition = Segmented(
            [("customer", _("Customer")), ("internal", _("Internal"))], name=_("Edition"), taken="customer"
        )
        self.internal = Label(
            _("Not to be sent: every page is marked"), "small", "health.red.text", wrap=True
        )
        self.language = Segmented(
            LANGUAGES, name=_("Language"), taken=language if language in dict(LANGUAGES) else "en"
        )
        formats = str(kept.get("pack_formats") or "pdf").split("+")
        self.formats = {name: CheckBox(_format_name(name)) for name in FORMATS}
        for name, box in self.formats.items():
            box.setChecked(name in formats)
        self.as_of = DateField(name=_("As of"), today=desk.today(), value=desk.today())
        self.meeting = Label("", "small", "text.secondary", wrap=True)
        self.place = LineEdit(name=_("Place of the meeting"), placeholder=_("Place, or link to the call"))
        self.fit = CheckBox(_("Offer fewer seats (option B)"))
        self.fit.setToolTip(
            _("An offer to pay less. Left out unless ticked, or asked for: a contact tagged #right-size.")
        )
        self.folder = PathEdit(name=_("Folder"))
        self.browse = Button(_("Choose…"), small=False)
        self._settled = QTimer(self, singleShot=True, interval=_SETTLES)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        theme = themes.current()
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(24), theme.px(16), theme.px(24), theme.px(16))
        column.setSpacing(theme.px(4))
        boxes = Flow()
        boxes.flow.setSpacing(theme.px(8))
        for box in self.formats.values():
            boxes.add(box)
        place = QWidget()
        row = QHBoxLayout(place)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(8))
        row.addWidget(self.folder, 1)
        row.addWidget(self.browse)
        groups: Sequence[tuple[str, tuple[QWidget, ...]]] = (
            (_("Accounts"), (self.accounts, self.previewed)),
            (_("Template"), (self.template, self.problem)),
            (_("Edition"), (self.edition, self.internal)),
            (_("Language"), (self.language,)),
            (_("Formats"), (boxes,)),
            (_("Meeting"), (self.meeting, self.place)),
            (_("Options"), (self.fit,)),
            (_("As of"), (self.as_of,)),
            (_("Folder"), (place,)),
        )
        for title, widgets in groups:
            column.addWidget(Label(title, "body", "text.secondary"))
            for widget in widgets:
                column.addWidget(widget)
            column.addSpacing(theme.px(10))
        column.addStretch(1)
        for part in (self.previewed, self.internal):
            part.hide()

    def _connect(self) -> None:
        self.accounts.changed.connect(self._on_accounts)
        self.previewed.activated.connect(self._on_choice)
        self.template.activated.connect(lambda _n: self._on_template())
        self.edition.chosen.connect(self._on_edition)
        self.language.chosen.connect(self._on_choice)
        for box in self.formats.values():
            box.toggled.connect(self._on_choice)
        self.as_of.picked.connect(self._on_choice)
        self.folder.editingFinished.connect(self._on_choice)
        self.place.editingFinished.connect(self._on_choice)
        self.fit.toggled.connect(self._on_choice)
        self.browse.clicked.connect(self.choose_folder)
        self._settled.timeout.connect(self.changed)

    def begin_with(self, usual: Mapping[str, object]) -> None:
        """Begin with what the settings say of new documents; what they leave open stays as it was last."""
        edition, formats = usual.get(DOCUMENT_EDITION), usual.get(DOCUMENT_FORMATS)
        self._usual_template = str(usual.get(DOCUMENT_TEMPLATE) or "")
        language = str(self._desk.property(_SITTING) or usual.get("language") or "")
        if language in dict(LANGUAGES):
            self.language.set_taken(language)
        if edition in {"customer", "internal"}:
            self.edition.set_taken(str(edition))
            self.internal.setVisible(edition == "internal")
        if isinstance(formats, list | tuple) and formats:
            for name, box in self.formats.items():
                box.setChecked(name in formats)

    def fill(
        self, templates: list[TemplateChoice], folder: str, names: dict[int, str], wanted: str = ""
    ) -> None:
        """What there is to choose from, once it was read; *wanted* is the template that was asked for."""
        self._templates = templates
        language = i18n.language()
        self.template.clear()
        titles = [one.title(language) for one in templates]
        for one, title in zip(templates, titles, strict=True):
            known = f"{title} – {one.name}" if titles.count(title) > 1 else title
            broken = _("{template} (cannot be used)").format(template=known)
            self.template.addItem(broken if one.problem else known, one.name)
        last = str(session.load().get("pack_template") or "renewal_briefing")
        kept = self.template.findData(wanted or self._usual_template or last)
        self.template.setCurrentIndex(max(0, kept))
        self.folder.setText(folder)
        self.accounts.choose(names)
        self._name_previewed()
        self._on_template()

    def order(self) -> Order | None:
        """How documents are wanted; None where no template can be used."""
        template = self.chosen_template()
        if template is None or template.problem:
            return None
        day = self.as_of.value or self._desk.today()
        return Order(
            template.name, self.edition.taken, self.language.taken, self.wanted_formats(), day,
            self.folder.text().strip(), wishes=Wishes(self.place.text().strip(), self.fit.isChecked()),
        )  # fmt: skip

    @property
    def settling(self) -> bool:
        """Whether ``changed`` follows in a moment: what is asked for now is overtaken already."""
        return self._settled.isActive()

    def wish(self) -> tuple[Order | None, int | None]:
        """What pages are to be shown: they are of these choices, or of others."""
        return self.order(), self.account_shown()

    def wanted_formats(self) -> tuple[str, ...]:
        """The formats ticked."""
        return tuple(name for name, box in self.formats.items() if box.isChecked())

    def chosen_template(self) -> TemplateChoice | None:
        """The template chosen, whether it can be used or not."""
        name = self.template.currentData()
        return next((one for one in self._templates if one.name == name), None)

    def account_shown(self) -> int | None:
        """The account whose pages are shown."""
        ids = self.accounts.ids
        chosen = self.previewed.currentData()
        return chosen if chosen in ids else ids[0] if ids else None

    def keep(self) -> None:
        """Begin with the same choices next time; the edition always begins with the customer's."""
        self._desk.setProperty(_SITTING, self.language.taken)
        session.keep({"pack_language": self.language.taken, "pack_formats": "+".join(self.wanted_formats()),
                      "pack_template": str(self.template.currentData() or "")})  # fmt: skip

    def choose_folder(self) -> None:
        """Ask the system for a folder; the window stays alive meanwhile."""
        chooser = FileDialog(self, _("Folder for documents"), self.folder.text())
        chooser.setFileMode(QFileDialog.FileMode.Directory)
        chooser.setOption(QFileDialog.Option.ShowDirsOnly)
        chooser.fileSelected.connect(self.set_folder)
        chooser.finished.connect(chooser.deleteLater)
        chooser.open()

    def set_folder(self, folder: str) -> None:
        """Another folder."""
        self.folder.setText(folder)
        self._on_choice()

    def _on_choice(self, *_chosen: object) -> None:
        self._settled.start()
        self.moved.emit()

    def _on_accounts(self) -> None:
        self._name_previewed()
        self._on_choice()

    def _on_edition(self, edition: str) -> None:
        self.internal.setVisible(edition == "internal")
        self._on_choice()

    def _on_template(self) -> None:
        template = self.chosen_template()
        if template is None or not template.problem:
            self.problem.hide()
        else:
            self.problem.say(template.problem, f"{template.file}\n{template.remedy}")
        self._on_choice()

    def _name_previewed(self) -> None:
        chosen, names = self.previewed.currentData(), self.accounts.names
        self.previewed.clear()
        for account_id, name in names.items():
            self.previewed.addItem(_("Preview: {account}").format(account=name[:60]), account_id)
        self.previewed.setCurrentIndex(max(0, self.previewed.findData(chosen)))
        self.previewed.setVisible(len(names) > 1)


def _format_name(name: str) -> str:
    return name.upper()

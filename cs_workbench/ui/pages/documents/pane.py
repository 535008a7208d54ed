"""One document of the archive in full: its files, what they were made from, what can be done with it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout

from cs_workbench.i18n import _
from cs_workbench.services.pack_archive import ArchiveLine
from cs_workbench.ui import theme as themes
from cs_workbench.ui import wording
from cs_workbench.ui.models import document_model as words
from cs_workbench.ui.widgets.button import Button
from cs_workbench.ui.widgets.label import Label
from cs_workbench.ui.widgets.notice import Notice
from cs_workbench.ui.widgets.split import Pane

ICONS = {
    "open": "external-link",
    "folder": "folder-open",
    "again": "printer",
    "remake": "rotate-cw",
    "account": "building-2",
}
"""Verb → its icon, in reading order."""


class DocumentPane(Pane):
    """``asked`` carries the verb of a button: open, folder, again (the same figures), remake (today's), account."""

    asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        theme = themes.current()
        self.title = Label("", "title", wrap=True)
        self.edition = Label("", "strong", wrap=True)
        self.facts = Label("", "body", "text.secondary", wrap=True)
        self.files = Label("", "small", "text.secondary", wrap=True)
        self.missing = Notice("left")
        self.buttons = {
            verb: Button("", "filled" if verb == "open" else "plain", icon=icon)
            for verb, icon in ICONS.items()
        }
        for part in (self.title, self.edition, self.facts, self.files, self.missing):
            self.column.addWidget(part)
        verbs = QVBoxLayout()
        verbs.setSpacing(theme.px(8))
        for verb, button in self.buttons.items():
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            verbs.addWidget(button)
            button.clicked.connect(lambda _checked=False, verb=verb: self.asked.emit(verb))
        self.column.addLayout(verbs)
        self.column.addStretch(1)
        self._line: ArchiveLine | None = None

    def retranslate(self) -> None:
        """Verbs, and the document again."""
        names = {
            "open": _("Open"),
            "folder": _("Show in folder"),
            "again": _("Print the same figures again"),
            "remake": _("Make again with today's figures"),
            "account": _("Go to the account"),
        }
        for verb, text in names.items():
            self.buttons[verb].setText(text)
        self.show_line(self._line)

    def show_line(self, line: ArchiveLine | None) -> None:
        """Show one document; None shows nothing."""
        self._line = line
        for part in (self.title, self.edition, self.facts, self.files, *self.buttons.values()):
            part.setVisible(line is not None)
        self.missing.hide()
        if line is None:
            return
        self.title.setText(words.account(line))
        internal = line.edition == "internal"
        self.edition.setText(_("Internal · not to be sent") if internal else _("For the customer"))
        self.edition.set_colour("health.red.text" if internal else "text.primary")
        self.facts.setText(
            _("Made {made} from figures as of {as_of}, {language}").format(
                made=words.made(line), as_of=wording.date(line.as_of), language=words.language(line)
            )
        )
        self.files.setText("\n".join(line.names))
        self.buttons["open"].setEnabled(bool(line.paths))
        self.buttons["folder"].setEnabled(bool(line.paths))
        self.buttons["remake"].setEnabled(bool(line.account))
        self.buttons["again"].setEnabled(bool(line.account))
        self.buttons["account"].setEnabled(bool(line.account))
        if not line.paths:
            self.missing.say(
                _("The files were moved or deleted."),
                _("“Print the same figures again” can write them again: the archive keeps the figures."),
                tone="yellow",
            )

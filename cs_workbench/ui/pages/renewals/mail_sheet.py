"""Step 1: the first-touch mail, to be read, changed, copied or saved as a draft for the mail program."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from cs_workbench import i18n
from cs_workbench.i18n import _, mark
from cs_workbench.services import renewal_detail, renewal_papers
from cs_workbench.services.renewal_detail import Detail
from cs_workbench.services.renewal_papers import Mail
from cs_workbench.services.signal_words import sentences
from cs_workbench.ui import theme as themes
from cs_workbench.ui.desk import Desk
from cs_workbench.ui.pages.renewals.files import save_bytes
from cs_workbench.ui.widgets.button import Button
from cs_workbench.ui.widgets.fields import Choice, LineEdit
from cs_workbench.ui.widgets.file_dialog import FileDialog
from cs_workbench.ui.widgets.label import Label
from cs_workbench.ui.widgets.segmented import Segmented
from cs_workbench.ui.widgets.sheet import Sheet

VARIANTS = {
    "green": mark("Going well"),
    "yellow": mark("Not enough yet"),
    "red": mark("Trouble"),
    "new_contact": mark("New contact person"),
    "silent": mark("Silent for long"),
}


class MailSheet(Sheet):
    """``sent`` carries the mail that went out: step 1 is done. Until that is written, what was changed is a draft."""

    sent = Signal(str)

    def __init__(self, desk: Desk, window: QWidget, detail: Detail, kept: str = "") -> None:
        super().__init__(window, _("First-touch mail"), detail.row.name, size=(760, 640))
        self.desk = desk
        self.detail = detail
        self._saved = False
        self.variant = Choice(name=_("Situation"))
        for key, text in VARIANTS.items():
            self.variant.addItem(_(text), key)
        self.language = Segmented(
            [("en", "English"), ("ja", "日本語")], name=_("Language"), taken=i18n.language()
        )
        self.to = LineEdit(name=_("Recipient"))
        self.subject = LineEdit(name=_("Subject"))
        self.text = QPlainTextEdit()
        self.text.setAccessibleName(_("Mail"))
        self.text.setTabChangesFocus(True)
        self.hint = Label("", "small", "text.secondary", wrap=True)
        self.copy = Button(_("Copy"), icon="copy")
        self.save = Button(_("Save draft…"), icon="mail")
        self.done_button = Button(_("Mark as sent"), "filled", icon="check", keys="Ctrl ↵")
        self.main = self.done_button
        self._fill_body()
        self.variant.setCurrentIndex(self.variant.findData(renewal_detail.variant(detail)))
        held = detail.row.known.get(1)
        self._write(read_mail(kept) or read_mail(held.note if held is not None else "") or self._drafted())
        self._connect()

    def _fill_body(self) -> None:
        theme = themes.current()
        column = QVBoxLayout(self.body)
        column.setContentsMargins(*[theme.px(24), theme.px(16)] * 2)
        column.setSpacing(theme.px(8))
        choices = QHBoxLayout()
        choices.addWidget(self.variant)
        choices.addStretch(1)
        choices.addWidget(self.language)
        column.addLayout(choices)
        for name, edit in ((_("Recipient"), self.to), (_("Subject"), self.subject)):
            line = QHBoxLayout()
            label = Label(name, "small", "text.secondary")
            label.setFixedWidth(theme.px(64))
            line.addWidget(label)
            line.addWidget(edit, 1)
            column.addLayout(line)
        column.addWidget(self.text, 1)
        column.addWidget(self.hint)
        self.foot.addWidget(self.copy)
        self.foot.addWidget(self.save)
        self.foot.addStretch(1)
        self.foot.addWidget(self.done_button)

    def _connect(self) -> None:
        self.variant.currentIndexChanged.connect(lambda _n: self._write(self._drafted()))
        self.language.chosen.connect(lambda _key: self._write(self._drafted()))
        self.copy.clicked.connect(self.copy_text)
        self.save.clicked.connect(self.ask_save)
        self.done_button.clicked.connect(self._on_sent)

    def mail(self) -> Mail:
        """What stands there now."""
        return Mail(self.to.text(), self.subject.text(), self.text.toPlainText())

    def copy_text(self) -> None:
        """Subject and text on the clipboard."""
        one = self.mail()
        QGuiApplication.clipboard().setText(f"{one.subject}\n\n{one.body}")
        self.desk.tell(_("Mail copied"), one.subject)

    def ask_save(self) -> None:
        """Where to put the .eml file, which the mail program opens as a draft."""
        name = renewal_papers.file_name(self.detail, "mail", "eml")
        dialog = FileDialog(self, _("Save draft"), name, _("Mail drafts (*.eml)"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("eml")
        dialog.fileSelected.connect(self.save_to)
        dialog.open()

    def save_to(self, path: str) -> None:
        """Write the draft to *path*."""
        save_bytes(self.desk, path, renewal_papers.eml(self.mail()))

    def done(self, result: int) -> None:
        """Keep what was changed and not sent."""
        one, key = self.mail(), draft_key(self.detail)
        text = written(one) if self._saved or one != self._drafted() else ""
        self.desk.keep_draft(key, text)
        super().done(result)

    def _drafted(self) -> Mail:
        key = str(self.variant.currentData() or "yellow")
        return renewal_papers.first_touch(self.detail, key, self.language.taken)

    def _write(self, one: Mail) -> None:
        self.to.setText(one.to)
        self.subject.setText(one.subject)
        self.text.setPlainText(one.body)
        for edit in (self.to, self.subject):
            edit.setCursorPosition(0)
        said = [_("One ask: the meeting. No price in a first mail.")]
        if not one.to:
            said.insert(0, _("No mail address is recorded for a contact."))
        self.hint.setText(sentences(said))

    def _on_sent(self) -> None:
        self._saved = True
        self.sent.emit(written(self.mail()))
        self.accept()


def draft_key(detail: Detail) -> str:
    """Under which a changed mail is kept."""
    return f"renewal:{detail.row.account_id}:{detail.row.term_end.isoformat()}:mail"


def written(one: Mail) -> str:
    """A mail as one text: two headers, an empty line, the body."""
    return f"To: {' '.join(one.to.split())}\nSubject: {' '.join(one.subject.split())}\n\n{one.body}"


def read_mail(text: str) -> Mail | None:
    """The mail that ``written`` wrote; None where it is none."""
    head, _empty, body = text.partition("\n\n")
    lines = head.split("\n")
    if len(lines) != 2 or not lines[0].startswith("To:") or not lines[1].startswith("Subject:"):
        return None
    return Mail(lines[0].removeprefix("To:").strip(), lines[1].removeprefix("Subject:").strip(), body)

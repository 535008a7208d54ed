"""What one's own list says of an account and the program has no place for; changed where it stands."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from cs_workbench.errors import InvalidValue
from cs_workbench.i18n import _
from cs_workbench.services import countries, own_fields
from cs_workbench.services.countries import country_name
from cs_workbench.services.own_fields import About, OwnField
from cs_workbench.ui import reading_only
from cs_workbench.ui import theme as themes
from cs_workbench.ui.desk import Desk
from cs_workbench.ui.models.own_words import own_text
from cs_workbench.ui.pages.account.account_note import AccountNote
from cs_workbench.ui.pages.account.tab import emptied
from cs_workbench.ui.widgets.button import Button
from cs_workbench.ui.widgets.chip import Chip
from cs_workbench.ui.widgets.fields import Field
from cs_workbench.ui.widgets.flow import Flow
from cs_workbench.ui.widgets.label import Label

_CUT = 2_000
"""Letters of a value that are measured and shown; all of it is in the field."""


class OwnEntry(Field):
    """The field below a value: Enter keeps, Esc leaves. ``wanted`` carries the canonical text."""

    wanted = Signal(str)
    closed = Signal()

    def __init__(self, desk: Desk, field: OwnField, parent: QWidget | None = None) -> None:
        super().__init__(name=_("New value: {name}").format(name=field.label), parent=parent)
        self._desk, self._field = desk, field
        self.edit.textEdited.connect(lambda _text: self.clear_problem())

    def begin(self) -> None:
        """Show what stands there, all of it selected."""
        self.edit.setText(self._field.value if self._field.type == "text" else own_text(self._field))
        self.clear_problem()
        self.show()
        self.edit.setFocus()
        self.edit.selectAll()

    def save(self) -> None:
        """Ask for what was typed to be kept, or say why it cannot be."""
        try:
            text = own_fields.understood(self._field.type, self.edit.text(), self._desk.today())
        except InvalidValue as problem:
            self.refuse(f"{problem.message} {problem.remedy}")
            return
        if why := reading_only.why(self):
            self.refuse(why)
            return
        self.hide()
        self.closed.emit()
        if text != self._field.value:
            self.wanted.emit(text)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Enter keeps, Esc leaves."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.save()
        elif event.key() == Qt.Key.Key_Escape:
            self.hide()
            self.closed.emit()
        else:
            super().keyPressEvent(event)


class OwnFields(QWidget):
    """Hidden while the account is not read. Reads by itself: the page does not wait for it."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._account_id = 0
        self.shown: About | None = None
        self.title = Label("", "strong")
        self.tags = Flow()
        self.note = AccountNote()
        self.note.wanted.connect(self._keep_note)
        self.rows = QVBoxLayout()
        self.rows.setSpacing(0)
        self.entries: dict[int, OwnEntry] = {}
        self.buttons: dict[int, Button] = {}
        self._chips: list[Chip] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, themes.current().px(16))
        column.setSpacing(themes.current().px(4))
        column.addWidget(self.title)
        column.addLayout(self.rows)
        column.addWidget(self.tags)
        column.addWidget(self.note)

    def load(self, account_id: int) -> None:
        """Read and show what goes with an account."""
        if account_id != self._account_id:
            self._show(About())
            self.note.leave_quietly()
        self._account_id = account_id
        reads = self._desk.workbench.reads

        def read() -> tuple[int, About]:
            countries.names()  # a file, read here once
            return account_id, own_fields.about(reads, account_id)

        self._desk.tasks.run(read, done=self._on_read, latest=(id(self), "own"))

    def retranslate(self) -> None:
        """The title, and the rows again."""
        self.note.retranslate()
        if self.shown is not None:
            self._show(self.shown)

    @Slot(object)
    def _on_read(self, read: tuple[int, About]) -> None:
        account_id, about = read
        if account_id == self._account_id and (about != self.shown or not self.entries):
            self._show(about)

    def _show(self, about: About) -> None:
        self.shown = about
        emptied(self.rows)
        self.entries, self.buttons = {}, {}
        for chip in self._chips:
            self.tags.flow.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self._chips = []
        for label, value in ((_("Industry"), about.industry), (_("Country"), country_name(about.country))):
            if value:
                self.rows.addWidget(_line(label, value))
        for field in about.fields:
            self._add(field)
        for tag in about.tags:
            chip = Chip(f"#{tag}"[:_CUT])
            self.tags.add(chip)
            chip.show()
            self._chips.append(chip)
        self.title.setText(_("Own fields") if about.fields else _("About the account"))
        self.tags.setVisible(bool(about.tags))
        self.note.show_note(about.note or "")
        self.setVisible(bool(about))

    def _add(self, field: OwnField) -> None:
        change = Button(icon="pencil", kind="quiet", small=True)
        change.set_name(_("Change {name}").format(name=field.label[:200]))
        entry = OwnEntry(self._desk, field)
        self.rows.addWidget(_line(field.label, own_text(field) or "–", change))
        self.rows.addWidget(entry)
        entry.hide()
        change.clicked.connect(entry.begin)
        entry.closed.connect(change.setFocus)
        entry.wanted.connect(partial(self._keep, field))
        self.entries[field.id], self.buttons[field.id] = entry, change

    def _keep_note(self, text: str) -> None:
        workbench, account_id, desk = self._desk.workbench, self._account_id, self._desk
        now = desk.now()
        desk.tasks.write(
            lambda: own_fields.keep_note(workbench, account_id, text, now=now),
            done=lambda _nothing: desk.tell(_("Remark changed"), undo=True),
        )

    def _keep(self, field: OwnField, text: str) -> None:
        workbench, account_id, desk = self._desk.workbench, self._account_id, self._desk
        told = _("Changed: {name}").format(name=field.label[:200])
        desk.tasks.write(
            lambda: own_fields.keep(workbench, account_id, field.id, text),
            done=lambda _nothing: desk.tell(told, undo=True),
        )


def _line(label: str, value: str, *more: QWidget) -> QWidget:
    """A label and its value; both give way, the label no farther than half."""
    theme = themes.current()
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(theme.px(8))
    called, words = Label(label[:_CUT], "body", "text.secondary", elide=True), Label(value[:_CUT], elide=True)
    for text, share in ((called, 2), (words, 3)):
        text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        row.addWidget(text, share)
    for one in more:
        row.addWidget(one)
    if not more:  # values stand below one another, with a button behind or without
        row.addSpacing(theme.px(28))
    holder.setMinimumHeight(theme.row(28))
    return holder

"""Writing a contact where it will stand: text, what was understood as chips, Save. Drafts are kept each second."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen, QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPlainTextEdit, QSizePolicy, QVBoxLayout, QWidget

from cs_workbench import i18n
from cs_workbench.domain import quicklog
from cs_workbench.errors import UserError
from cs_workbench.i18n import _, ngettext
from cs_workbench.services import account_tabs, contacts, drafts
from cs_workbench.ui import icons
from cs_workbench.ui import theme as themes
from cs_workbench.ui.typed_marks import DRAFT, KEPT_ELSEWHERE
from cs_workbench.ui.widgets import note_chips
from cs_workbench.ui.widgets.button import Button
from cs_workbench.ui.widgets.chip import Chip, Tone
from cs_workbench.ui.widgets.label import Label

if TYPE_CHECKING:
    from cs_workbench.domain.mentions import Known
    from cs_workbench.services.account_page import Labels
    from cs_workbench.services.contacts import Contact, Logged
    from cs_workbench.ui.desk import Desk

DRAFT_MS = 1000
_LINES = 6


class NoteText(QPlainTextEdit):
    """Grows with its lines. ``saved`` on Ctrl Enter, ``left`` on Esc; an input method keeps its own keys."""

    saved = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("bare", True)
        self.setProperty(KEPT_ELSEWHERE, DRAFT)
        self.setFont(themes.current().font("reading"))
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.document().setDocumentMargin(0)
        self.textChanged.connect(self.fit)
        self.fit()

    def fit(self) -> None:
        """As high as what is written, six lines at most."""
        lines = max(1, min(_LINES, int(self.document().size().height())))
        self.setFixedHeight(
            lines * max(themes.current().line("reading"), self.fontMetrics().lineSpacing()) + 4
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Ctrl Enter saves, Esc leaves."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.saved.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


class NoteBox(QWidget):
    """``left`` when the keyboard should go back to the list."""

    left = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.account_id = 0
        self.labels: Labels | None = None
        self.known: tuple[Known, ...] = ()
        self.editing: Contact | None = None
        self.text = NoteText()
        self.mark = QLabel()
        self.state = Label("", "small", "text.secondary", elide=True)
        self.cancel = Button("", "quiet", small=True)
        self.save = Button("", "filled", small=True, keys="Ctrl ↵")
        self.chips: list[Chip] = []
        self._words: dict[str, str] = {}
        self._kept = ""
        self._saving = False
        self._timer = QTimer(self, singleShot=True, interval=DRAFT_MS)
        self._lay_out()
        self.text.textChanged.connect(self._on_typed)
        self.text.saved.connect(self.keep)
        self.text.left.connect(self._on_left)
        self.save.clicked.connect(self.keep)
        self.cancel.clicked.connect(self.stop_editing)
        self.text.installEventFilter(self)
        self._timer.timeout.connect(self.keep_draft)
        self.setFocusProxy(self.text)

    def _lay_out(self) -> None:
        theme = themes.current()
        across = QHBoxLayout(self)
        across.setContentsMargins(theme.px(16), theme.px(12), theme.px(16), theme.px(12))
        across.setSpacing(theme.px(12))
        column = QVBoxLayout()
        column.setSpacing(theme.px(8))
        self._row = QHBoxLayout()
        self._row.setSpacing(theme.px(8))
        self._row.addStretch(1)
        for part in (self.state, self.cancel, self.save):
            self._row.addWidget(part)
        column.addWidget(self.text)
        column.addLayout(self._row)
        across.addWidget(self.mark, 0, Qt.AlignmentFlag.AlignTop)
        across.addLayout(column, 1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._read()

    @property
    def draft_key(self) -> str:
        """Under which what is typed is kept."""
        key = account_tabs.note_key(self.account_id)
        return key if self.editing is None else f"{key}:{self.editing.id}"

    def begin(self, account_id: int, labels: Labels, known: tuple[Known, ...], draft: str) -> None:
        """Write about *account_id*; a draft of before stands there again unless something is being typed."""
        other = account_id != self.account_id
        self.account_id, self.labels, self.known = account_id, labels, known
        self._words = labels.channel_words()
        if other or not self.text.toPlainText():
            self._put("" if self.editing and not other else draft)
            self._kept = draft
        self._read()

    def forget(self) -> None:
        """Keep the draft; then nothing of the account before."""
        self.keep_draft()
        self.editing = None
        self.account_id = 0
        self._put("")

    def retranslate(self) -> None:
        """Fixed texts and chips."""
        self.text.setPlaceholderText(
            _("What happened? Begin with call, mail or meeting; #tag, !date to follow up")
        )
        self.text.setAccessibleName(_("New contact"))
        self.save.setText(_("Save"))
        self.cancel.setText(_("Cancel"))
        self._read()

    def edit(self, contact: Contact) -> None:
        """Edit a contact that stands in the list."""
        self.keep_draft()
        self.editing = contact
        self._put(contact.body)
        self._kept = contact.body
        self.text.moveCursor(QTextCursor.MoveOperation.End)
        self.text.setFocus()
        self._read()

    def stop_editing(self) -> None:
        """Back to a new contact; an edit that was not saved is dropped on purpose."""
        if self.editing is not None:
            self._drop_draft()
            self.editing = None
            self._put("")
            self._read()

    def keep(self) -> None:
        """Save what is written. What cannot be saved stays, with the reason."""
        text = self.text.toPlainText().strip()
        if not text or self._saving:
            return
        self._timer.stop()
        self._saving = True
        self.save.setEnabled(False)
        workbench, key = self.desk.workbench, self.draft_key
        account_id, editing = self.account_id, self.editing
        now, today, language = self.desk.now(), self.desk.today(), i18n.language()
        self._sent = self.text.toPlainText()

        def work() -> Logged | None:
            if editing is None:
                return contacts.log(
                    workbench,
                    text,
                    now=now,
                    today=today,
                    account_id=account_id,
                    language=language,
                    draft_key=key,
                )
            contacts.save(workbench, replace(editing, body=text), now=now)
            with suppress(UserError):  # it is saved; a draft too many is offered, not saved again
                drafts.keep(workbench, key, "", now=now)
            return None

        self.desk.tasks.write(work, done=self._on_saved, failed=self._on_failed, key=("note", key))

    def keep_draft(self) -> None:
        """Keep what stands here so that a kill loses nothing."""
        self._timer.stop()
        text = self.text.toPlainText()
        if self.account_id == 0 or text == self._kept or self._saving:
            return
        if self.desk.workbench.database.read_only:
            _say_not_kept(self.state)
            return
        self._kept = text
        self.desk.keep_draft(self.draft_key, text, done=self._on_kept)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """The frame shows where the keyboard is."""
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self.update()
        return super().eventFilter(watched, event)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """A card; a field's border while typed in."""
        theme = themes.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        focused = self.text.hasFocus()
        painter.setPen(QPen(theme.colour("line.focus" if focused else "line.strong"), 2 if focused else 1))
        painter.setBrush(theme.colour("bg.surface"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), theme.px(8), theme.px(8))

    def _put(self, text: str) -> None:
        self.text.blockSignals(True)
        self.text.setPlainText(text)
        self.text.blockSignals(False)
        self.text.fit()
        self._kept = text
        self.state.setText(_("Draft") if text and self.editing is None else "")
        self._read()

    def _on_typed(self) -> None:
        self.state.set_colour("text.secondary")
        self.state.setText("")
        self._read()
        if not self._timer.isActive():  # not restarted by each key: steady typing is kept as well
            self._timer.start()

    def _on_kept(self, _nothing: object) -> None:
        if self.text.toPlainText().strip() and not self.state.text():
            self.state.setText(_("Draft saved"))

    def _on_saved(self, made: Logged | None) -> None:
        self._saving = False
        if self.text.toPlainText() != self._sent:  # corrected since: the correction is not saved yet
            self._kept = ""  # its draft went with what was saved
            self.keep_draft()
            self._read()
            return
        self.desk.settle_draft(self.draft_key)
        edited = self.editing is not None
        self.editing = None
        self._put("")
        if edited or made is None:
            self.desk.tell(_("Contact changed"), undo=True)
            return
        tasks = len(made.task_ids)
        second = (
            ngettext("{n} task added", "{n} tasks added", tasks).format(n=tasks) if tasks else made.account
        )
        self.desk.tell(_("Contact logged"), second, undo=True)

    def _on_failed(self, error: BaseException) -> None:
        self._saving = False
        self._kept = ""
        self._read()
        if isinstance(error, UserError):
            self.state.set_colour("health.red.text")
            self.state.setText(f"{error.message} {error.remedy}")
            self.keep_draft()
            return
        self.desk.tasks.failed.emit(error)

    def _on_left(self) -> None:
        self.keep_draft()
        self.left.emit()

    def _drop_draft(self) -> None:
        self._timer.stop()
        self.desk.keep_draft(self.draft_key, "")

    def _read(self) -> None:
        """Chips of what is understood so far."""
        for chip in self.chips:
            self._row.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self.chips = []
        text = self.text.toPlainText().strip()
        channel = "note"
        if self.editing is not None:
            channel = self.editing.channel
            self._chip(_("Editing"), "filter", "pencil")
        elif text:
            parsed = quicklog.parse(text, self.desk.today(), self._words)
            channel = parsed.channel
            for one in note_chips.note_chips(parsed, self.known, self.labels, self.desk.today()):
                self._chip(one.text, one.tone, one.icon)
        self.mark.setPixmap(icons.pixmap(note_chips.channel_icon(channel), "text.accent", 16))
        self.save.setEnabled(bool(text) and not self._saving)
        self.cancel.setVisible(self.editing is not None)

    def _chip(self, text: str, tone: Tone, icon: str = "") -> None:
        chip = Chip(text, tone, icon=icon)
        chip.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        chip.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._row.insertWidget(len(self.chips), chip)
        self.chips.append(chip)


def _say_not_kept(state: Label) -> None:
    if not state.text():  # else it says why saving was refused
        state.set_colour("health.red.text")
        state.setText(_("Not kept: open for reading only"))

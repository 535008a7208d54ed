"""Beneath every field of the window: what is typed and not saved is kept within a second, and offered after a crash."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QMetaObject, QObject, QTimer, Slot
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QPlainTextEdit, QWidget
from shiboken6 import isValid

from cs_workbench.errors import UserError
from cs_workbench.i18n import _, ngettext
from cs_workbench.services import typed_left
from cs_workbench.services.typed_left import Left
from cs_workbench.ui import unkept
from cs_workbench.ui.pages import PAGES
from cs_workbench.ui.typed_marks import DRAFT, KEPT_ELSEWHERE, RECORD
from cs_workbench.ui.unkept import Unkept
from cs_workbench.ui.widgets.floats import Popover

if TYPE_CHECKING:
    from cs_workbench.ui.desk import Desk
    from cs_workbench.ui.main_window import MainWindow
    from cs_workbench.ui.tasks import Task

WAIT = 700
"""ms after the first letter not kept yet; not restarted by each letter, so that steady typing is kept as well."""

Typing = QLineEdit | QPlainTextEdit


class TypedText(QObject):
    """Keeps the words of every field somebody types into until they are saved, taken back, or the form is closed.

    What was left when the window went down is told above the pages; it comes back, not saved yet, when its field is
    gone to again. A field whose words have a draft of their own says so with the property
    ``KEPT_ELSEWHERE``. Of a portfolio that is only read nothing is kept: what stands comes along when it is opened
    anew, as *carried* there.
    """

    def __init__(self, desk: Desk, window: MainWindow, carried: tuple[Left, ...] = ()) -> None:
        super().__init__(window)
        self.desk, self._window = desk, window
        self._fields: dict[Typing, Left] = {}
        self._handed: set[Typing] = set()
        self._watched: Typing | None = None
        self._wires: list[QMetaObject.Connection] = []
        """What ties to the field watched: cut as they are, for a field that is going has let go of them itself."""
        self._ties: list[QMetaObject.Connection] = []
        """What ties to the window and its work, until another portfolio comes."""
        self._ended = False
        self._kept: str | None = None
        self._begun = False
        self.left = carried
        """What was left last time and was neither put back nor thrown away."""
        self._timer = QTimer(self, singleShot=True, interval=WAIT)
        self._timer.timeout.connect(self.flush)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        self._ties = [
            app.focusChanged.connect(self._on_focus),
            desk.tasks.saved.connect(self._on_saved),
            window.closing.connect(self.flush),
            desk.tasks.idle.connect(self._begin),  # the first page is read before
        ]
        if carried:
            self._offer()

    def stop(self) -> None:
        """Another portfolio or window comes: what stands is kept in this one, and nothing is heard here any more."""
        if self._ended:
            return
        if self._kept is not None:
            self.flush()
        left = (*self.left, *self.standing()) if self._is_reading else ()
        line, account_id = unkept.put_away(self._window)
        if left or line:
            self.desk.unkept = Unkept(self.desk.workbench.path, left, line, account_id)
        self._ended = True
        self._timer.stop()
        self._watch(None)
        self._fields.clear()
        for wire in self._ties:
            QObject.disconnect(wire)
        self._ties = []

    def standing(self) -> tuple[Left, ...]:
        """The words that stand in fields and are not saved."""
        for edit in [one for one in self._fields if not _stands(one)]:
            del self._fields[edit]
            self._handed.discard(edit)
        return tuple(replace(one, text=_text(edit)) for edit, one in self._fields.items() if _text(edit))

    @Slot()
    def flush(self) -> None:
        """Keep now what stands."""
        self._timer.stop()
        if self._is_reading:
            return
        if self._kept is None:  # what was left is not known yet, and must not be overwritten
            self._begin()
            return
        body = typed_left.body_of((*self.left, *self.standing()))
        if body != self._kept:
            self._kept = body
            self.desk.keep_draft(typed_left.KEY, body, failed=self._on_failed)

    def _on_failed(self, error: BaseException) -> None:
        """Again until there is room: the text stands in its field meanwhile, and the window says so."""
        if self._ended:
            return
        if not isinstance(error, UserError):
            self.desk.tasks.failed.emit(error)
            return
        self._kept = "?"
        self._timer.start()

    def throw_away(self) -> None:
        """What was left last time is not wanted."""
        self.left = ()
        self._offer()
        self.flush()

    def show_left(self) -> None:
        """All of it, to be copied or gone to."""
        from cs_workbench.ui.dialogs.typed_left import LeftSheet

        left = [(one, where(one)) for one in self.left]
        LeftSheet(self.desk, self._window, left, self.throw_away).unfold()

    @property
    def _is_reading(self) -> bool:
        """Whether nothing can be kept; going on in a copy, it may come to be written."""
        return self.desk.workbench.database.read_only

    @Slot()
    def _begin(self) -> None:
        if self._begun or self._ended or self._is_reading:
            return
        self._begun = True
        reads = self.desk.workbench.reads
        self.desk.tasks.run(lambda: typed_left.read(reads), done=self._on_read, owner=self)

    def _on_read(self, left: tuple[Left, ...]) -> None:
        if self._ended:
            return
        carried = tuple(one for one in self.left if one not in left)
        self.left = (*left, *carried)
        self._kept = typed_left.body_of(left)
        self._offer()
        self.flush()

    def _offer(self) -> None:
        bands = self._window.bands
        if not self.left:
            bands.clear("kept")
            return
        newest, count = self.left[-1], len(self.left)
        first = ngettext("{n} text was typed and not saved when the window ended",
                         "{n} texts were typed and not saved when the window ended", count).format(n=count)  # fmt: skip
        words = " ".join(newest.text.split())
        said = words if len(words) <= 60 else words[:59] + "…"
        told = _("Not kept: “{words}” ({place})") if self._is_reading else _("Kept: “{words}” ({place})")
        bands.say(
            "kept",
            first,
            told.format(words=said, place=where(newest)),
            (_("Show"), "", self.show_left),
            (_("Throw away"), "", self.throw_away),
            tone="none",
        )

    @Slot("QWidget*", "QWidget*")
    def _on_focus(self, _old: QWidget | None, new: QWidget | None) -> None:
        if self._fields:
            self._timer.start()
        edit = new if isinstance(new, QLineEdit | QPlainTextEdit) and self._is_kept(new) else None
        self._watch(edit)
        if edit is not None:
            self._put_back(edit)

    def _watch(self, edit: Typing | None) -> None:
        before, self._watched = self._watched, edit
        if before is edit:
            return
        for wire in self._wires:
            QObject.disconnect(wire)
        self._wires = []
        if isinstance(edit, QLineEdit):
            self._wires = [
                edit.textEdited.connect(self._on_typed),
                edit.editingFinished.connect(self._on_handed),
            ]
        elif edit is not None:
            self._wires = [edit.textChanged.connect(self._on_typed)]

    @Slot()
    def _on_typed(self) -> None:
        edit = self._watched
        if edit is None or not _is_modified(edit):
            return
        self._handed.discard(edit)
        if edit not in self._fields:
            self._fields[edit] = self._place(edit)
        if not self._timer.isActive():
            self._timer.start()

    @Slot()
    def _on_handed(self) -> None:
        if self._watched in self._fields and _form(self._watched) is None:
            self._handed.add(self._watched)

    @Slot(object)
    def _on_saved(self, task: Task) -> None:
        """What was handed over is written."""
        if task.draft or self._is_reading:
            return
        for edit in self._handed:
            if not isValid(edit) or not edit.property("error"):
                self._fields.pop(edit, None)
        self._handed.clear()
        if self._kept:
            self._timer.start()

    def _put_back(self, edit: Typing) -> None:
        """Show again what was left in that very field, as something typed and not saved."""
        if not self.left or _is_modified(edit):
            return
        place = self._place(edit)
        found = next((one for one in self.left if one.is_certain and one.place == place.place), None)
        if found is None:
            return
        self.left = tuple(one for one in self.left if one is not found)
        self._offer()
        if _text(edit) != found.text:
            _type(edit, found.text)
            self._fields[edit] = place
            self.desk.tell(_("What you typed before is here again; it is not saved yet."))
        self.flush()

    def _is_kept(self, edit: Typing) -> bool:
        if edit.isReadOnly() or (
            isinstance(edit, QLineEdit) and edit.echoMode() != QLineEdit.EchoMode.Normal
        ):
            return False
        ours = False
        for one in _upwards(edit):
            elsewhere = one.property(KEPT_ELSEWHERE)
            if elsewhere and not (elsewhere == DRAFT and self._is_reading):
                return False
            ours = ours or one is self._window
        return ours

    def _place(self, edit: Typing) -> Left:
        page, form = self._window.page, _form(edit)
        arguments = typed_left.plain_arguments(page.standing().items()) if page is not None else {}
        record = next((str(one.property(RECORD)) for one in _upwards(edit) if one.property(RECORD)), "")
        at = self.desk.now().astimezone().strftime("%Y-%m-%d %H:%M")
        title = "" if form is None else form.accessibleName() or form.windowTitle()
        name = edit.accessibleName() or edit.placeholderText()
        return Left(page.id if page is not None else "", title, name, record, "", at, arguments)


def watched(window: MainWindow, desk: Desk | None) -> TypedText | None:
    """What is typed in *window* into the portfolio behind *desk* from now on; None: no portfolio is open."""
    former = desk
    if window.typed is not None:
        window.typed.stop()
        window.bands.clear("kept")
        former = window.typed.desk
    if former is None:
        return None
    found, former.unkept = former.unkept, None
    left = unkept.carried(window, desk, found)
    return None if desk is None else TypedText(desk, window, left)


def where(left: Left) -> str:
    """Page, form and field in words."""
    page = next((_(one.text) for one in PAGES if one.id == left.page), "")
    return _(", ").join(one[:80] for one in (page, left.title, left.name) if one)


def _upwards(widget: QWidget) -> Iterator[QWidget]:
    one: QWidget | None = widget
    while one is not None:
        yield one
        one = one.parentWidget()


def _form(edit: QWidget) -> QWidget | None:
    """The question or dialog a field stands in: its words stand as long as that is open."""
    return next((one for one in _upwards(edit) if isinstance(one, Popover | QDialog)), None)


def _stands(edit: Typing) -> bool:
    """Whether the field is still there with what was typed."""
    if not isValid(edit) or not _is_modified(edit):
        return False
    form = _form(edit)
    return form is None or form.isVisible()


def _is_modified(edit: Typing) -> bool:
    return edit.isModified() if isinstance(edit, QLineEdit) else edit.document().isModified()


def _text(edit: Typing) -> str:
    return edit.text() if isinstance(edit, QLineEdit) else edit.toPlainText()


def _type(edit: Typing, text: str) -> None:
    """As if a person had typed it."""
    if isinstance(edit, QLineEdit):
        edit.setText(text)
        edit.setModified(True)
        edit.textEdited.emit(text)
    else:
        edit.selectAll()
        edit.insertPlainText(text)

"""The line below the rows: what is wrong with the one the keyboard is on, and what can be done about it in one step."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QPoint, QStringListModel, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QSizePolicy, QVBoxLayout, QWidget

from cs_workbench.i18n import _
from cs_workbench.services.intake.preview import PreviewRow
from cs_workbench.ui import theme as themes
from cs_workbench.ui.models.import_model import reason_words
from cs_workbench.ui.widgets.button import Button
from cs_workbench.ui.widgets.fields import LineEdit, Shape
from cs_workbench.ui.widgets.floats import Popover
from cs_workbench.ui.widgets.header import Bar
from cs_workbench.ui.widgets.label import Label

_SHOWN = 50


class AccountPicker(Popover):
    """A field and the accounts it finds. ``picked`` carries the id."""

    picked = Signal(int)

    def __init__(self, accounts: Mapping[int, str], begin: str, parent: QWidget) -> None:
        super().__init__(360, parent)
        self._accounts = dict(accounts)
        self._found: list[int] = []
        self.field = LineEdit(name=_("Account"), placeholder=_("Name of the account"), icon="search")
        self.list = QListView()
        self.names = QStringListModel(self)
        self.list.setModel(self.names)
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setUniformItemSizes(True)
        self.list.setAccessibleName(_("Accounts found"))
        theme = themes.current()
        self.list.setFixedHeight(theme.px(240))
        inside = QVBoxLayout()
        inside.setContentsMargins(theme.px(12), theme.px(12), theme.px(12), theme.px(12))
        inside.addWidget(self.field)
        inside.addWidget(self.list)
        self.column.addLayout(inside)
        self.field.textChanged.connect(self._search)
        self.list.clicked.connect(lambda _index: self._take())
        self._search("")
        if begin and self._matching(begin[:2]):
            self.field.setText(begin[:2])

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """↑ ↓ move, Enter takes."""
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if step is not None:
            row = min(max(self.list.currentIndex().row() + step, 0), len(self._found) - 1)
            self.list.setCurrentIndex(self.names.index(row))
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._take()
        else:
            super().keyPressEvent(event)

    def _matching(self, text: str) -> list[int]:
        wanted = text.casefold().strip()
        return [number for number, name in self._accounts.items() if wanted in name.casefold()]

    def _search(self, text: str) -> None:
        self._found = self._matching(text)[:_SHOWN]
        self.names.setStringList([self._accounts[number] for number in self._found])
        if self._found:
            self.list.setCurrentIndex(self.names.index(0))

    def _take(self) -> None:
        row = self.list.currentIndex().row()
        if 0 <= row < len(self._found):
            self.picked.emit(self._found[row])
            self.close()


class SettleBar(Bar):
    """``settled`` (name in the file, account id, "create", "skip", or None to ask again); ``edited`` asks to correct
    the cell; ``picking`` asks for the list of accounts.
    """

    settled = Signal(str, object)
    edited = Signal()
    picking = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(48, surface="bg.sunken", margin=16, above=True, parent=parent)
        self.row_shown: PreviewRow | None = None
        self.mark = Shape()
        self.words = Label("", "small", elide=True)
        self.words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.edit = Button(_("Correct cell"), small=True, icon="pencil")
        self.same = Button(_("Same account"), small=True)
        self.other = Button(_("Create account"), small=True)
        self.pick = Button(_("Pick account"), small=True)
        self.skip = Button(_("Leave out"), small=True)
        self.again = Button(_("Ask again"), small=True)
        self.row.addWidget(self.mark)
        self.row.addWidget(self.words, 1)
        for part in self._buttons():
            self.row.addWidget(part)
        self.edit.clicked.connect(self.edited)
        self.pick.clicked.connect(self.picking)
        self.same.clicked.connect(self._same)
        self.other.clicked.connect(lambda: self._tell("create"))
        self.skip.clicked.connect(lambda: self._tell("skip"))
        self.again.clicked.connect(lambda: self._tell(None))

    def _buttons(self) -> tuple[Button, ...]:
        return (self.same, self.pick, self.other, self.skip, self.again, self.edit)

    def show_row(self, row: PreviewRow | None, words: str, *, count: int = 0) -> None:
        """What *row* says; *count* rows ask the same."""
        self.row_shown = row
        self.setVisible(row is not None and bool(words))
        if row is None:
            return
        asks = row.what == "ask"
        more = _("applies to {count} rows").format(count=f"{count:,}") if asks and count > 1 else ""
        told = _("Row {number}: {words}").format(number=f"{row.row:,}", words=words)
        self.words.setText(f"{told} ({more})" if more else told)
        self.words.set_colour(
            {"left_out": "health.red.text", "ask": "health.yellow.text"}.get(row.what, "text.primary")
        )
        self.mark.setVisible(row.what == "left_out")
        self.same.setVisible(asks and row.question is not None)
        for part in (self.pick, self.other, self.skip):
            part.setVisible(asks)
        self.again.setVisible(row.code == "left_out")
        self.edit.setVisible(row.bad >= 0 and row.code != "left_out")

    def open_picker(self, accounts: Mapping[int, str]) -> AccountPicker:
        """Show the accounts above the button."""
        row = self.row_shown
        picker = AccountPicker(accounts, row.about if row is not None else "", self)
        picker.picked.connect(self._tell)
        picker.closed.connect(picker.deleteLater)
        picker.adjustSize()
        corner = self.pick.mapToGlobal(QPoint(0, 0))
        picker.move(corner.x(), corner.y() - picker.height())
        picker.show()
        picker.field.setFocus()
        return picker

    def _same(self) -> None:
        row = self.row_shown
        if row is not None and row.question is not None:
            self._tell(row.question.account_id)

    def _tell(self, told: object) -> None:
        if self.row_shown is not None and self.row_shown.about:
            self.settled.emit(self.row_shown.about, told)


def settle_words(row: PreviewRow | None, told: str) -> str:
    """The sentence of the line below: the reason, or what changes."""
    if row is None:
        return ""
    return reason_words(row) if row.reason else told

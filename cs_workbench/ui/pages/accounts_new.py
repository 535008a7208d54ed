"""A new account: its name typed above the list. Enter adds it and the list goes to it, Esc leaves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from cs_workbench.errors import InvalidValue
from cs_workbench.i18n import _
from cs_workbench.ui import theme as themes
from cs_workbench.ui.pages.accounts_list import AccountsView
from cs_workbench.ui.widgets.button import Button
from cs_workbench.ui.widgets.fields import Field

if TYPE_CHECKING:
    from cs_workbench.ui.desk import Desk


class NewAccount(QWidget):
    """The line for a name. What is typed stays until it is kept or left."""

    def __init__(self, desk: Desk, rows: AccountsView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._rows = rows
        self._made = 0
        self.field = Field(name="", icon="building-2")
        self.add = Button("", "filled")
        theme = themes.current()
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(24), theme.px(4), theme.px(24), theme.px(12))
        row.setSpacing(theme.px(8))
        self.field.setMaximumWidth(theme.px(480))
        row.addWidget(self.field, 1, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.add, 0, Qt.AlignmentFlag.AlignTop)
        row.addStretch(1)
        self.field.edit.textEdited.connect(lambda _text: self.field.clear_problem())
        self.add.clicked.connect(lambda _checked=False: self.save())
        self.retranslate()

    def retranslate(self) -> None:
        """Every word."""
        self.field.edit.setAccessibleName(_("Name of the new account"))
        self.field.edit.setPlaceholderText(_("Name of the new account"))
        self.add.setText(_("Add account"))

    def begin(self) -> None:
        """N: ask for the name."""
        self.show()
        self.field.edit.setFocus()

    def save(self, *, twin: bool = False) -> None:
        """Add the account; a refusal stands below the name, with the way on."""
        from cs_workbench.services import accounts

        workbench, now, name = self._desk.workbench, self._desk.now(), self.field.edit.text()
        self._desk.tasks.write(
            lambda: accounts.create(workbench, name, now=now, twin=twin),
            done=self._on_made,
            failed=self._on_refused,
            key=(id(self), "new account"),
        )

    def show_made(self) -> None:
        """Go to the account just added, once the list has it."""
        if self._made:
            row = self._rows.accounts.row_of(self._made)
            self._made = 0
            self._rows.go_to(row)
            self._rows.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Enter adds, Esc leaves."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.save()
        elif event.key() == Qt.Key.Key_Escape:
            self._leave()
            self._rows.setFocus()
        else:
            super().keyPressEvent(event)

    def _leave(self) -> None:
        self.field.edit.clear()
        self.field.clear_problem()
        self.hide()

    def _on_made(self, account_id: int) -> None:
        name = self.field.edit.text().strip()
        self._leave()
        self._made = account_id
        if self._rows.accounts.row_of(account_id) >= 0:  # the list was quicker
            self.show_made()
        self._desk.tell(_("Account added"), name, undo=True)

    def _on_refused(self, error: BaseException) -> None:
        if not isinstance(error, InvalidValue):
            self._desk.tasks.failed.emit(error)
            return
        again = (lambda: self.save(twin=True)) if error.code == "taken" else None
        self.field.refuse(error.message, error.remedy if again else "", again)
        self.field.edit.setFocus()

"""The base of the account page's tabs: read when shown, filled on the UI thread, stale when something moved."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from cs_workbench.i18n import _
from cs_workbench.ui import theme as themes
from cs_workbench.ui.widgets.scrolled import OverlayBar

if TYPE_CHECKING:
    from cs_workbench.services.account_page import Overview
    from cs_workbench.services.printing import Printable
    from cs_workbench.services.workbench import Workbench
    from cs_workbench.ui.desk import Desk

Verbs = Mapping[str, Callable[[], object]]


class Tab(QWidget):
    """One tab. Subclasses write ``read`` (off the UI thread), ``fill`` and ``retranslate``.

    ``went`` asks the page for another tab; ``counted`` gives the number after the tab's word.
    """

    key: ClassVar[str] = ""
    cares_about: ClassVar[frozenset[str]] = frozenset()
    went = Signal(str)
    counted = Signal(str, int)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.account_id = 0
        self.account = ""
        self.stale = True

    def about(self, overview: Overview) -> None:
        """The account's head, each time it was read."""
        self.account = overview.head.name

    def read(self, workbench: Workbench, account_id: int, today: dt.date) -> Any:
        """What the tab shows, read on a pool thread."""

    def fill(self, data: Any) -> None:
        """Show what was read."""

    def retranslate(self) -> None:
        """Every fixed text again, and the data in the language of now."""

    def verbs(self) -> Verbs:
        """What the keys do here."""
        return {}

    def first_focus(self) -> QWidget:
        """What gets the focus when the tab is shown."""
        return self

    def printable(self) -> Printable | None:
        """What the tab gives to paper; None for nothing."""
        return None

    def switch(self, account_id: int) -> None:
        """Another account: forget what is shown."""
        if account_id != self.account_id:
            self.leave()
            self.account_id = account_id
            self.stale = True
            self.forget()

    def seek(self, entry: object) -> None:
        """Stand on that record, (table, id), where the tab lists it."""

    def forget(self) -> None:
        """Show nothing of the account before."""

    def leave(self) -> bool:
        """Keep what is being typed; False to stay."""
        return True

    def load(self) -> None:
        """Read and fill."""
        self.stale = False
        account_id, today, workbench = self.account_id, self.desk.today(), self.desk.workbench
        self.desk.tasks.run(
            lambda: self.read(workbench, account_id, today), done=self._take, latest=(id(self), "read")
        )

    def change(self, work: Callable[[Workbench], object], told: str) -> None:
        """Do *work* on the writer thread and tell it with Undo."""
        workbench = self.desk.workbench
        self.desk.tasks.write(
            lambda: work(workbench), done=lambda _nothing: self.desk.tell(told, self.account, undo=True)
        )

    def edit(self, entity: str, record_id: int, field: str, text: str) -> None:
        """Keep one field as it was typed."""
        from cs_workbench.services import account_edits

        now = self.desk.now()
        value = account_edits.read(entity, field, text, self.desk.today())
        self.change(lambda wb: account_edits.edit(wb, entity, record_id, field, value, now=now), _("Saved"))

    def refusal(self, entity: str, field: str, text: str) -> str:
        """Why what was typed cannot be kept, with what to type instead; "" where it can."""
        from cs_workbench.errors import InvalidValue
        from cs_workbench.services import account_edits

        try:
            account_edits.read(entity, field, text, self.desk.today())
        except InvalidValue as problem:
            return f"{problem.message} {problem.remedy}".strip()
        return ""

    def _take(self, data: Any) -> None:
        self.fill(data)
        if self.hasFocus():
            self.first_focus().setFocus()


def column(host: QWidget, *, left: int = 24, top: int = 16, spacing: int = 16) -> QVBoxLayout:
    """The usual column of a page's content."""
    theme = themes.current()
    made = QVBoxLayout(host)
    made.setContentsMargins(theme.px(left), theme.px(top), theme.px(left), theme.px(top))
    made.setSpacing(theme.px(spacing))
    return made


def scrolled(inner: QWidget) -> QScrollArea:
    """*inner* in a scroll area without a frame, on the ground of what is behind."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(area.focusPolicy().NoFocus)
    area.viewport().setAutoFillBackground(False)
    area.setWidget(inner)
    inner.setAutoFillBackground(False)
    OverlayBar(area)
    return area


def emptied(layout: QVBoxLayout) -> None:
    """Take every widget out of *layout*."""
    while (entry := layout.takeAt(0)) is not None:
        if (widget := entry.widget()) is not None:
            widget.hide()
            widget.deleteLater()

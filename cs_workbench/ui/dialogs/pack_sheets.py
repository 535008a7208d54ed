"""The right side of the pack dialog: the scan's line over the pages, what to do first, or what was made."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from cs_workbench.i18n import _
from cs_workbench.ui import theme as themes
from cs_workbench.ui.dialogs.pack_hints import PackHints
from cs_workbench.ui.dialogs.pack_leaks import LeakLine, LeakList
from cs_workbench.ui.dialogs.pack_result import PackResultView
from cs_workbench.ui.widgets.empty import EmptyState
from cs_workbench.ui.widgets.notice import Notice
from cs_workbench.ui.widgets.page_preview import PagePreview

if TYPE_CHECKING:
    from cs_workbench.errors import UserError
    from cs_workbench.services.pack_proof import Made, Proof


class Ground(QWidget):
    """The sunken ground pages lie on."""

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Sunken."""
        QPainter(self).fillRect(event.rect(), themes.current().colour("bg.sunken"))


class PackSheets(QWidget):
    """One of three: the pages, the sentence without an account, the outcome."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.leaks = LeakLine()
        self.leak_list = LeakList()
        self.problem = Notice("left")
        self.hints = PackHints()
        self.preview = PagePreview()
        self.nobody = EmptyState("presentation", _("Name the accounts the pack is for."))
        self.outcome = PackResultView()
        self._pages = Ground()
        self.preview.lead(self.leaks)
        column = QVBoxLayout(self._pages)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.problem)
        column.addWidget(self.hints)
        column.addWidget(self.leak_list)
        column.addWidget(self.preview, 1)
        self.leak_list.hide()
        self._stack = QStackedLayout(self)
        views: tuple[QWidget, ...] = (self._pages, self.nobody, self.outcome)
        for view in views:
            self._stack.addWidget(view)
        self.leaks.listed.connect(self.leak_list.setVisible)

    @property
    def shows_outcome(self) -> bool:
        """Whether what was made is shown."""
        return self._stack.currentWidget() is self.outcome

    def show_pages(self) -> None:
        """The pages as they are."""
        self._stack.setCurrentWidget(self._pages)

    def show_nobody(self) -> None:
        """No account was named."""
        self.show_none()
        self._stack.setCurrentWidget(self.nobody)

    def wait(self, *, same_account: bool) -> None:
        """Other pages are being made: those of before grow pale, nothing is said of them any more."""
        self.problem.hide()
        if not same_account:
            self.hints.hide()
        self.leaks.wait()
        self.leak_list.hide()
        self.preview.set_pale(True)
        self.preview.wait()

    def show_none(self) -> None:
        """No pages, and nothing scanned: those of before are of another choice."""
        self.preview.show_pages(())
        self.leaks.clear()
        self.leak_list.hide()
        self.hints.hide()

    def show_proof(self, proof: Proof, images: Sequence[QImage], edition: str) -> None:
        """New pages, and what the scan says of them."""
        self.problem.hide()
        self.preview.show_pages(images)
        self.leaks.say(proof, edition)
        self.leak_list.fill(proof.leaks)
        self.leak_list.setVisible(bool(proof.leaks) and self.leaks.more.isChecked())

    def show_problem(self, error: UserError, again: Callable[[], object]) -> None:
        """What went wrong, with a way to try again."""
        self.show_pages()
        self.preview.skeleton.end()
        self.problem.say(error.message, error.remedy, (_("Try again"), "rotate-cw", again))

    def show_made(self, made: Made, folder: str) -> None:
        """What was made."""
        self.outcome.show_made(made, folder)
        self._stack.setCurrentWidget(self.outcome)
        self.outcome.first_focus().setFocus()

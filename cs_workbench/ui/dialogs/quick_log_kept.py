"""The half of the quick log that keeps what is typed, and says where it is kept, or that it is not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from cs_workbench.errors import UserError
from cs_workbench.i18n import _
from cs_workbench.ui.dialogs.quick_log_draft import DraftKeeper
from cs_workbench.ui.dialogs.quick_log_saving import LineSaver
from cs_workbench.ui.dialogs.quick_log_view import QuickLogView

if TYPE_CHECKING:
    from cs_workbench.services.quick_log import Account, Words
    from cs_workbench.ui.desk import Desk
    from cs_workbench.ui.main_window import MainWindow


class KeptQuickLog(QuickLogView):
    """Esc closes and keeps the draft. Over a portfolio that is only read nothing is kept, and that is said at once."""

    def __init__(self, host: QWidget, desk: Desk, window: MainWindow) -> None:
        super().__init__(host)
        self.desk = desk
        self.window_ = window
        self.words: Words | None = None
        self.account: Account | None = None
        self.keeper = DraftKeeper(desk, self)
        self.saver = LineSaver(desk, self)
        self.keeper.kept.connect(self._on_kept)
        self.keeper.failed.connect(self._on_draft_failed)
        window.closing.connect(self.keeper.keep)

    @property
    def is_reading(self) -> bool:
        """Whether the portfolio is only read; going on in a copy, it may come to be written."""
        return self.desk.workbench.database.read_only

    def leave(self) -> None:
        """Close; what is typed is kept as draft and offered the next time."""
        self.keeper.keep()
        super().leave()

    def put_away(self) -> tuple[str, int | None]:
        """The portfolio goes: close for good. What is typed and kept nowhere, with the account it is about."""
        if not self.saver.busy:  # else it is being written, and a draft would come after it
            self.keeper.keep()
        typed = self.text.toPlainText() if self.keeper.failing or self.words is None else ""
        super().leave()
        self.scrim.deleteLater()
        self.deleteLater()
        return (typed if typed.strip() else ""), self.account.id if self.account is not None else None

    def say_kept(self, words: str = "") -> None:
        """Say *words* of what is typed; or that it is not kept, and why it cannot be saved."""
        if not self.is_reading:
            self.tell_kept(words)
            return
        why = _("Not kept: open for reading only")
        self.tell_unsaved(why, "")
        self.footer.save.setToolTip(why)

    def may_save(self, text: str) -> bool:
        """Whether there is something to be saved, and a way to."""
        return bool(text.strip()) and not self.saver.busy and not self.is_reading

    def _on_kept(self) -> None:
        self.say_kept(_("Draft saved") if self.keeper.stored.strip() else "")

    def _on_draft_failed(self, error: BaseException) -> None:
        """What is typed stays in the field; say that it is nowhere else."""
        if not isinstance(error, UserError):
            self.desk.tasks.failed.emit(error)
        elif self.is_reading:
            self.say_kept()
        else:
            self.tell_unsaved(_("Not saved: {reason}").format(reason=error.message), error.remedy)
            self.window_.status.set_unsaved(self.desk.now().astimezone())

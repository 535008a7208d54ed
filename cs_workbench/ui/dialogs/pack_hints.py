"""What the person should know before a document goes out: little data, our own gaps, no sender, the meeting."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from cs_workbench.i18n import _
from cs_workbench.services import pack_readiness
from cs_workbench.ui import wording
from cs_workbench.ui.widgets.notice import Notice

if TYPE_CHECKING:
    from cs_workbench.services.pack_proof import Proof
    from cs_workbench.services.pack_readiness import Readiness
    from cs_workbench.ui.desk import Desk


class PackHints(QWidget):
    """Two notices over the pages, each hidden where there is nothing to say."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.thin = Notice("left")
        self.nameless = Notice("left")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.nameless)
        column.addWidget(self.thin)
        self.hide()

    def say(self, proof: Proof, desk: Desk, leave: Callable[[], object]) -> str:
        """What *proof* lacks, with the way there; the dialog is left on it. Returns the words of the meeting."""

        def account() -> None:
            leave()
            desk.open_account(proof.account_id, "contracts")

        def settings() -> None:
            leave()
            desk.go("settings", section="company")

        def value() -> None:
            leave()
            desk.go("value", account_id=proof.account_id)

        self.thin.hide()
        self.nameless.hide()
        self._say_thin(proof.readiness, account)
        first, second = pack_readiness.ledger_words(proof.readiness)
        if first:
            self.thin.say(first, second, (_("Open ledger"), "coins", value), tone="yellow")
        lacking = pack_readiness.sender_words(proof.readiness)
        if lacking:
            self.nameless.say(lacking, "", (_("Settings"), "settings", settings), tone="yellow")
        self.setVisible(not self.thin.isHidden() or not self.nameless.isHidden())
        return meeting_words(proof.readiness)

    def _say_thin(self, found: Readiness, account: Callable[[], object]) -> None:
        first, ours = pack_readiness.thin_words(found), pack_readiness.ours_words(found)
        second = " ".join(filter(None, (pack_readiness.missing_words(found) if first else "", ours)))
        if not first and not ours:
            return
        way = (_("Open account"), "building-2", account)
        self.thin.say(first or ours, second if first else "", way, tone="yellow")


def meeting_words(found: Readiness) -> str:
    """When the meeting is and who is asked, as it will stand on the cover."""
    meeting = found.meeting
    if meeting is None or meeting.on is None:
        return _("No date yet. It is fixed in Renewals, step 2.")
    when = f"{wording.date(meeting.on)} {meeting.time}".strip()
    if not meeting.people:
        return when
    return _("{when}, with {names}").format(when=when, names=_(", ").join(meeting.people))

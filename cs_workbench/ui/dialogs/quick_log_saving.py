"""Saving a quick-log line: one undo step, told with Undo, the account's score following whatever becomes of it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from cs_workbench import i18n
from cs_workbench.i18n import _, ngettext
from cs_workbench.services import contacts, quick_log
from cs_workbench.ui.desk import Told

if TYPE_CHECKING:
    from cs_workbench.services.contacts import Logged
    from cs_workbench.services.quick_log import Account
    from cs_workbench.ui.desk import Desk


class LineSaver(QObject):
    """``saved`` once a line is a contact, ``failed`` with the reason, ``created`` once an account was added."""

    saved = Signal()
    failed = Signal(object)
    created = Signal()

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self.desk = desk
        self.busy = False
        self.text = self._draft_key = ""
        self._logged: dict[int, int] = {}
        desk.bus.changed.connect(self._on_changed)

    def save(self, text: str, account_id: int | None, draft_key: str) -> None:
        """Log *text* about the account it names, else *account_id*; its draft goes with it."""
        self.busy = True
        workbench, language = self.desk.workbench, i18n.language()
        now, today = self.desk.now(), self.desk.today()

        def work() -> Logged:
            return contacts.log(
                workbench,
                text,
                now=now,
                today=today,
                account_id=account_id,
                language=language,
                draft_key=draft_key,
            )

        self.text, self._draft_key = text, draft_key
        key = ("line", draft_key)
        self.desk.tasks.write(work, done=self._on_saved, failed=self._on_failed, key=key)

    def create_account(self, name: str) -> None:
        """Add an account called *name*."""
        workbench, now = self.desk.workbench, self.desk.now()
        self.desk.tasks.write(
            lambda: quick_log.create_account(workbench, name, now=now), done=self._on_created
        )

    def _on_saved(self, made: Logged) -> None:
        self.busy = False
        self.desk.settle_draft(self._draft_key)
        self._logged[made.interaction_id] = made.account_id
        self.saved.emit()
        tasks = len(made.task_ids)
        second = ngettext("{n} task added", "{n} tasks added", tasks).format(n=tasks) if tasks else ""
        if made.unmatched:
            second = _("Not found among its people: {names}").format(names=_(", ").join(made.unmatched))
        show = partial(self.desk.open_account, made.account_id, "timeline")
        told = Told(_("Contact logged"), second, undo=True, link=made.account[:60], on_link=show)
        self.desk.told.emit(told)
        self._rescore(made.account_id)

    def _on_failed(self, error: BaseException) -> None:
        self.busy = False
        self.failed.emit(error)

    def _on_created(self, account: Account) -> None:
        self.desk.tell(_("Account added"), account.name, undo=True)
        self.created.emit()

    def _on_changed(self, changes: object) -> None:
        """A contact logged here was undone, redone or changed: its account's score follows."""
        moved = getattr(changes, "ids", {}).get("interaction", frozenset())
        ours = set(self._logged) if moved is None else moved & set(self._logged)
        for account in sorted({self._logged[one] for one in ours}):
            self._rescore(account)

    def _rescore(self, account_id: int) -> None:
        workbench, today, now = self.desk.workbench, self.desk.today(), self.desk.now()
        self.desk.tasks.write(lambda: quick_log.rescore(workbench, account_id, today=today, now=now))

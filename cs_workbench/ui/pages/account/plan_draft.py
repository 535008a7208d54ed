"""What is being typed into a plan, kept beside it until it is a step: a second of it can be lost, not more."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from cs_workbench.services import drafts
from cs_workbench.services.plans import Ref
from cs_workbench.ui.models.plan_model import Line, Pending

if TYPE_CHECKING:
    from cs_workbench.services.workbench import Workbench
    from cs_workbench.ui.desk import Desk

WAIT = 1_000


@dataclass(frozen=True, slots=True)
class Typed:
    """Words of a field: the title of a node ("edit"), or a new line after or under it."""

    how: str
    node: Ref | None
    text: str


class PlanDraft(QObject):
    """Keeps the newest words a second after the first letter not kept yet."""

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self.desk = desk
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(WAIT)
        self._timer.timeout.connect(self.flush)
        self._waiting: tuple[int, str] | None = None
        self._kept: int | None = None

    def note(self, account_id: int, line: Line, text: str) -> None:
        """Words were typed; none take the draft away."""
        node = line.node if isinstance(line, Pending) else line.ref
        if isinstance(node, Pending):
            node = node.ref
        body = ""
        if text.strip():
            how = line.how if isinstance(line, Pending) else "edit"
            body = json.dumps({"how": how, "kind": node.kind if node else "", "id": node.id if node else 0,
                               "text": text}, ensure_ascii=False)  # fmt: skip
        self._waiting = (account_id, body)
        if not self._timer.isActive():  # not restarted by each letter: steady typing is kept as well
            self._timer.start()

    def clear(self) -> None:
        """What was typed is kept as a step now."""
        account_id = self._waiting[0] if self._waiting is not None else self._kept
        self._waiting = None
        self._timer.stop()
        if self._kept is not None and account_id is not None:
            self._keep(account_id, "")
            self._kept = None

    def flush(self) -> None:
        """Keep now what waits."""
        if self._waiting is not None:
            account_id, body = self._waiting
            self._waiting = None
            self._timer.stop()
            if body or self._kept is not None:
                self._keep(account_id, body)
            self._kept = account_id if body else None

    def read(self, workbench: Workbench, account_id: int) -> Typed | None:
        """What was left, None where there is nothing."""
        body = drafts.draft(workbench.reads, _key(account_id))
        try:
            data = json.loads(body) if body else None
            if not isinstance(data, dict):
                return None
            kind = "objective" if data["kind"] == "objective" else "item"
            node = (
                Ref("objective" if kind == "objective" else "item", int(data["id"])) if data["id"] else None
            )
            return Typed(str(data["how"]), node, str(data["text"]))
        except (ValueError, KeyError, TypeError):
            return None

    def _keep(self, account_id: int, body: str) -> None:
        self.desk.keep_draft(_key(account_id), body)


def _key(account_id: int) -> str:
    return f"plan:{account_id}"

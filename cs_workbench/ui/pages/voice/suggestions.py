"""Comments a rule would sort, one by one: which word was found, in which comment, for which theme."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout

from cs_workbench.i18n import _, mark
from cs_workbench.services import theme_suggestions
from cs_workbench.services.theme_suggestions import Proposed
from cs_workbench.ui import wording
from cs_workbench.ui.desk import Desk
from cs_workbench.ui.models.fact_model import Column, FactModel
from cs_workbench.ui.pages.voice.part import Verb, VoicePart
from cs_workbench.ui.pages.voice.theme_pane import folded
from cs_workbench.ui.widgets.fact_table import FactTable

_QUIET = ("body", "text.secondary")


class Suggestions(VoicePart):
    """Space sorts the comment under its theme, Delete (H) leaves it without one; Enter opens the account."""

    def __init__(self, desk: Desk) -> None:
        self.model = FactModel(_columns())
        super().__init__(desk, FactTable(self.model))
        self.model.setParent(self)
        self.add.setParent(self)
        self.add.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.table)
        self.setFocusProxy(self.table)

    def retranslate(self) -> None:
        """The list's name."""
        self.table.setAccessibleName(_("Comments that fit a rule"))

    def show_proposed(self, found: Sequence[Proposed]) -> None:
        """What waits to be sorted."""
        self.fill(list(found))

    def paper_title(self) -> str:
        """As the list is called."""
        return _("Comments that fit a rule")

    def open_row(self) -> None:
        """The account's timeline, where the comment stands."""
        row = self.table.chosen()
        if row is not None:
            self.desk.open_account(row.heard.account_id, "timeline", (row.heard.source, row.heard.id))

    def own_verbs(self) -> dict[str, Verb]:
        """Accept or refuse the one chosen."""
        if self.table.chosen() is None:
            return {}
        return {"done": self.accept, "hand_over": self.delete_row, "delete": self.delete_row}

    def names(self) -> dict[str, str]:
        """For the pointer."""
        return {"done": _("Sort under this theme"), "delete": _("Leave without a theme")}

    def accept(self) -> None:
        """Keep the comment as feedback on its theme."""
        row, wb = self.table.chosen(), self.desk.workbench
        if row is not None:
            self.write(lambda: theme_suggestions.accept(wb, [row]), _("Sorted by theme"), row.theme.name)

    def delete_row(self) -> None:
        """Keep the comment as feedback on no theme, so that it is not proposed again."""
        row, wb = self.table.chosen(), self.desk.workbench
        if row is not None:
            self.write(
                lambda: theme_suggestions.refuse(wb, [row]), _("Left without a theme"), row.heard.account
            )


def _columns() -> tuple[Column, ...]:
    return (
        Column("found", mark("Words found"), lambda row: _(", ").join(folded(row.found)), 150,
               style=lambda _row: ("strong", "text.primary")),
        Column("theme", mark("Theme"), lambda row: row.theme.name, 170),
        Column("said", mark("What they said"), lambda row: " ".join(row.heard.said.split())),
        Column("account", mark("Account"), lambda row: row.heard.account, 170, drop=2, style=lambda _row: _QUIET),
        Column("on", mark("Said on"), lambda row: wording.date(row.heard.said_on), 110, right=True, drop=1,
               style=lambda _row: _QUIET),
    )  # fmt: skip

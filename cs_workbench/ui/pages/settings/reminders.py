"""Reminders: whether this machine reminds, and when it keeps quiet."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Any

from cs_workbench.domain.reminders import USUAL_QUIET
from cs_workbench.i18n import _, mark
from cs_workbench.ui.pages.settings.section import Section
from cs_workbench.ui.widgets.fields import CheckBox
from cs_workbench.ui.widgets.kept_edit import KeptEdit
from cs_workbench.ui.widgets.label import Label

if TYPE_CHECKING:
    from cs_workbench.services.settings_view import SettingsView

_TIME = re.compile(r"(\d{1,2})(?::?(\d{2}))?")


def clock(text: str) -> str | None:
    """A time of day as "HH:MM", from 9, 930, 9:30 or 21:05; None for what is no time."""
    found = _TIME.fullmatch(unicodedata.normalize("NFKC", text).strip().replace("時", ":").rstrip(":分"))
    if found is None:
        return None
    hour, minute = int(found[1]), int(found[2] or 0)
    return f"{hour:02}:{minute:02}" if hour < 24 and minute < 60 else None


class RemindersSection(Section):
    """Kept on this machine, not in the portfolio."""

    id = "reminders"
    title = mark("Reminders")
    icon = "bell"
    words = "りまいんだー つうち"

    def build(self) -> None:
        """The switch and the quiet hours."""
        row = self.row(
            "reminders",
            _("Reminders"),
            _("For tasks and promises that are due, while the program runs. Kept on this machine."),
            kana="りまいんだー",
            plain="tray notification",
        )
        self.on = CheckBox(_("Remind me in the system tray"))
        row.put(self.on)
        self.on.clicked.connect(lambda on: self.keeper.keep_here(row, reminders=bool(on)))
        self.quiet_row = self.row(
            "quiet",
            _("Quiet hours"),
            _("Nothing is shown in between; it waits."),
            kana="つうちしないじかん",
            plain="night",
        )
        self.start = self._time("quiet_from", _("Quiet from"))
        self.end = self._time("quiet_to", _("Quiet until"))
        self.quiet_row.put(self.start, Label(_("until")), self.end)
        self.show_kept({})

    def _time(self, key: str, name: str) -> KeptEdit:
        edit = KeptEdit(name=name, placeholder="19:00")
        edit.setFixedWidth(edit.fontMetrics().horizontalAdvance("00:00") + 40)
        edit.kept.connect(lambda text: self._keep_time(edit, key, text))
        return edit

    def fill(self, view: SettingsView) -> None:
        """Read what this machine keeps."""
        from cs_workbench import settings

        del view
        self.desk.tasks.run(settings.load, done=self.show_kept, latest="machine settings")

    def show_kept(self, kept: dict[str, Any]) -> None:
        """Show the settings of this machine."""
        self.on.setChecked(bool(kept.get("reminders", True)))
        self.start.show_value(str(kept.get("quiet_from", f"{USUAL_QUIET.start:%H:%M}")))
        self.end.show_value(str(kept.get("quiet_to", f"{USUAL_QUIET.end:%H:%M}")))
        for part in (self.start, self.end):
            part.setEnabled(self.on.isChecked())

    def _keep_time(self, edit: KeptEdit, key: str, text: str) -> None:
        time = clock(text)
        if time is None:
            edit.set_wrong(True)
            self.quiet_row.refuse(_("Write a time of day, for example 19:00."), _("Restore"), edit.restore)
            return
        edit.value = time
        edit.setText(time)
        self.keeper.keep_here(self.quiet_row, **{key: time})

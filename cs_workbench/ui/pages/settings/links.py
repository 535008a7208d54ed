"""Ways on from the settings: every shortcut, what this copy is."""

from __future__ import annotations

import cs_workbench
from cs_workbench.i18n import _, mark
from cs_workbench.ui import actions
from cs_workbench.ui.pages.settings.section import Section
from cs_workbench.ui.widgets.button import Button
from cs_workbench.ui.widgets.keycap import KeyCap
from cs_workbench.ui.widgets.label import Label

_FIRST = ("palette", "log_contact", "filter", "undo")


class ShortcutsSection(Section):
    """The few that are used most, and the page with all."""

    id = "shortcuts"
    title = mark("Shortcuts")
    icon = "keyboard"
    words = "しょーとかっと きーぼーど"

    def build(self) -> None:
        """A row each, then the button."""
        for name in _FIRST:
            one = actions.action(name)
            row = self.row(f"shortcut:{name}", _(one.text).removesuffix("…"), plain="keyboard")
            row.put(*(KeyCap(actions.shown_keys(keys)) for keys in one.shortcuts[:2]))
        row = self.row(
            "shortcuts",
            _("All shortcuts"),
            _("Single letters act outside text fields only."),
            plain="keyboard",
        )
        self.all = Button(_("Show shortcuts"), icon="keyboard", keys=actions.keys_of("keyboard"))
        row.put(self.all)
        self.all.clicked.connect(lambda: self.desk.go("keyboard"))


class AboutSection(Section):
    """The version, and the page with licences."""

    id = "about"
    title = mark("About CS Workbench")
    icon = "info"
    words = "このそふとについて ばーじょん"

    def build(self) -> None:
        """Version and button."""
        row = self.row(
            "about",
            _("Version"),
            _("Files in, files out: this program never connects to anything."),
            plain="licence",
        )
        row.put(Label(cs_workbench.__version__))
        self.all = Button(_("Show versions and licences"), icon="info")
        row.put(self.all)
        self.all.clicked.connect(lambda: self.desk.go("about"))

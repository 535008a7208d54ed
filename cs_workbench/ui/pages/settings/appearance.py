"""Appearance: theme and size of the window on this machine."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer

from cs_workbench.i18n import _, mark
from cs_workbench.ui import actions, session
from cs_workbench.ui.pages.settings.section import Section
from cs_workbench.ui.theme import CHOICES, SCALES
from cs_workbench.ui.widgets.calm_choice import CalmChoice
from cs_workbench.ui.widgets.segmented import Segmented

if TYPE_CHECKING:
    from cs_workbench.services.settings_view import SettingsView

_THEMES = {"system": mark("System"), "light": mark("Light"), "dark": mark("Dark")}


class AppearanceSection(Section):
    """Both change at once; the window is built again for another size."""

    id = "appearance"
    title = mark("Appearance")
    icon = "monitor"
    words = "がいかん"

    def build(self) -> None:
        """Theme and size."""
        row = self.row("theme", _("Theme"), _("System follows your computer’s light and dark."), kana="てーま",
                       plain="dark light mode")  # fmt: skip
        self.theme = Segmented([(one, _(_THEMES[one])) for one in CHOICES], name=_("Theme"))
        row.put(self.theme)
        self.theme.chosen.connect(self._wear)
        hint = _("{larger} and {smaller} do the same anywhere.").format(
            larger=actions.keys_of("larger"), smaller=actions.keys_of("smaller")
        )
        row = self.row("scale", _("Size"), hint, kana="おおきさ もじさいず", plain="zoom scale font")
        self.scale = CalmChoice(name=_("Size"), choices=[(one, f"{one:.0%}") for one in SCALES])
        row.field(self.scale, 120)
        self.scale.picked.connect(self._resize)
        self.desk.wardrobe.changed.connect(self._show_theme)
        self._show_theme()

    def fill(self, view: SettingsView) -> None:
        """What is worn now."""
        del view
        self._show_theme()

    def _show_theme(self) -> None:
        wardrobe = self.desk.wardrobe
        self.theme.set_taken(wardrobe.choice)
        nearest = min(SCALES, key=lambda one: abs(one - wardrobe.scale))
        self.scale.show_value(nearest)

    def _wear(self, choice: str) -> None:
        chosen = next(one for one in CHOICES if one == choice)
        self.desk.wardrobe.choose(chosen)
        self.desk.tasks.write(lambda: session.keep({"theme": chosen}), reading=True)
        self.keeper.kept.emit(False)

    def _resize(self, scale: object) -> None:
        """Once this event is over: the window goes, and this page with it."""
        wardrobe = self.desk.wardrobe
        if isinstance(scale, float):
            self.desk.tasks.write(lambda: session.keep({"scale": scale}), reading=True)
            QTimer.singleShot(0, wardrobe, lambda: wardrobe.resize(scale))

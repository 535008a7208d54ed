"""Which stakeholder roles an account of a tier must have: a button a tier, behind it the roles to tick."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMenu

from cs_workbench import i18n
from cs_workbench.i18n import _
from cs_workbench.services.required_roles import required_of, set_required
from cs_workbench.ui.widgets.button import Button
from cs_workbench.ui.widgets.menu import Menu

if TYPE_CHECKING:
    from cs_workbench.services.settings_view import SettingsView
    from cs_workbench.ui.pages.settings.section import Section


class RequiredRoles:
    """The row of one section."""

    def __init__(self, section: Section) -> None:
        self.section = section
        self.view: SettingsView | None = None
        self.buttons: dict[str, Button] = {}
        self.row = section.row(
            "required_roles", _("Required roles"),
            _("Stakeholder roles an account must have filled, by tier. One that is missing shows on its People tab."),
            kana="ひっすのやくわり", plain="stakeholder coverage tier",
        )  # fmt: skip

    def fill(self, view: SettingsView) -> None:
        """What each tier needs; a tier new since the last look gets its button."""
        self.view = view
        language = i18n.language()
        new = []
        for tier in view.tiers:
            if tier.key not in self.buttons:
                button = Button("", icon="chevron-down")
                button.clicked.connect(partial(self.ask, tier.key))
                self.buttons[tier.key] = button
                new.append(button)
            required = required_of(tier, view.roles)
            names = {one.key: one.label(language) for one in view.roles}
            count = len(required)
            self.buttons[tier.key].setText(f"{tier.label(language)}: {count}" if language != "ja" else
                                           f"{tier.label(language)}（{count}）")  # fmt: skip
            listed = _(", ").join(names[one] for one in required) or _("none")
            self.buttons[tier.key].setToolTip(listed)
            self.buttons[tier.key].setAccessibleDescription(listed)
        if new:
            self.row.put(*new)

    def ask(self, key: str) -> QMenu | None:
        """The roles of the tier with that key, to tick."""
        view = self.view
        tier = next((one for one in view.tiers if one.key == key), None) if view is not None else None
        if view is None or tier is None:
            return None
        button = self.buttons[key]
        menu = Menu(self.section)
        menu.aboutToHide.connect(menu.deleteLater)
        required = required_of(tier, view.roles)
        for role in view.roles:
            action = menu.addAction(role.label(i18n.language()).replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(role.key in required)
            action.triggered.connect(lambda on, role=role.key: self._tick(key, required, role, on))
        menu.popup(button.mapToGlobal(button.rect().bottomLeft()))
        return menu

    def _tick(self, tier: str, required: tuple[str, ...], role: str, on: bool) -> None:
        roles = [one for one in (*required, role) if on or one != role]
        self.section.keeper.keep(self.row, lambda wb: set_required(wb, tier, roles))

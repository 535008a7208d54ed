"""The settings page."""

from cs_workbench.ui.pages.settings.page import SettingsPage

__all__ = ["SettingsPage"]

"""The sections of the settings, in their order, and the other names they are asked for by."""

from __future__ import annotations

from cs_workbench.ui.pages.settings.appearance import AppearanceSection
from cs_workbench.ui.pages.settings.company import CompanySection
from cs_workbench.ui.pages.settings.data import DataSection
from cs_workbench.ui.pages.settings.documents import DocumentsSection
from cs_workbench.ui.pages.settings.health import HealthSection
from cs_workbench.ui.pages.settings.links import AboutSection, ShortcutsSection
from cs_workbench.ui.pages.settings.region import RegionSection
from cs_workbench.ui.pages.settings.reminders import RemindersSection
from cs_workbench.ui.pages.settings.renewals import RenewalsSection
from cs_workbench.ui.pages.settings.section import Section

SECTIONS: tuple[type[Section], ...] = (
    CompanySection,
    RegionSection,
    AppearanceSection,
    HealthSection,
    RenewalsSection,
    DocumentsSection,
    RemindersSection,
    ShortcutsSection,
    DataSection,
    AboutSection,
)
PLACES = {
    "logo": "company", "accent": "company", "rates": "region", "currency": "region", "time_zone": "region",
    "theme": "appearance", "scale": "appearance", "bands": "health", "weights": "health", "cadence": "health",
    "signals": "health", "runway": "renewals", "notice": "renewals", "folder": "documents", "quiet": "reminders",
    "backup": "data", "restore": "data", "check": "data", "passphrase": "data",
}  # fmt: skip
"""Row → section: ``desk.go("settings", section="backup")`` leads to that row."""

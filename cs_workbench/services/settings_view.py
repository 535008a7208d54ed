"""Everything the settings page shows of a portfolio, read in one go."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cs_workbench.services import backups, company, exchange_rates, health_settings, regional, signal_settings
from cs_workbench.services.backups import BackupInfo
from cs_workbench.services.company import Company
from cs_workbench.services.exchange_rates import ExchangeRate
from cs_workbench.services.health_settings import HealthBounds
from cs_workbench.services.portfolio_settings import ListEntry, list_entries, settings
from cs_workbench.services.signal_settings import SignalSettings

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cs_workbench.services.workbench import Workbench


@dataclass(frozen=True, slots=True)
class SettingsView:
    """The settings by key, what is made of them, and what can be chosen (in the language of now)."""

    settings: Mapping[str, Any]
    company: Company
    rates: tuple[ExchangeRate, ...]
    rates_missing: tuple[str, ...]
    bounds: HealthBounds
    signals: SignalSettings
    tiers: tuple[ListEntry, ...]
    roles: tuple[ListEntry, ...]
    backups: tuple[BackupInfo, ...]
    currencies: tuple[tuple[str, str], ...]
    months: tuple[tuple[int, str], ...]
    zones: tuple[str, ...]
    templates: tuple[tuple[str, str], ...]
    usual_folder: str
    encrypted: bool
    read_only: bool

    def value(self, key: str, default: Any = None) -> Any:
        """The setting with that key, or *default*."""
        return self.settings.get(key, default)

    @property
    def own_currency(self) -> str:
        """The currency the portfolio counts in."""
        return str(self.settings.get("currency") or "")


def read(wb: Workbench) -> SettingsView:
    """Read it all, on a pool thread. Raises InvalidValue where a stored scorecard cannot be used."""
    from cs_workbench.services import pack_archive

    reads = wb.reads
    kept = settings(reads)
    rates = exchange_rates.listing(reads)
    own = str(kept.get("currency") or "")
    used = {rate.currency for rate in rates} | ({own} if own else set())
    return SettingsView(
        settings=kept,
        company=company.company_of(kept),
        rates=rates,
        rates_missing=exchange_rates.missing(reads, own, rates),
        bounds=health_settings.bounds(reads),
        signals=signal_settings.settings_of(kept.get(signal_settings.SETTING)),
        tiers=tuple(list_entries(reads, "tier")),
        roles=tuple(list_entries(reads, "role")),
        backups=tuple(backups.list_backups(wb.path)),
        currencies=tuple(regional.currencies(used)),
        months=tuple(regional.months()),
        zones=regional.time_zones(),
        templates=tuple(_templates()),
        usual_folder=pack_archive.default_folder(),
        encrypted=wb.database.raw_key is not None,
        read_only=wb.database.read_only,
    )


def _templates() -> list[tuple[str, str]]:
    """(name, title in the language of now) of every document; one of the user's that cannot be read has its name."""
    from cs_workbench import i18n
    from cs_workbench.errors import UserError
    from cs_workbench.reports import loader

    found = []
    for name in loader.names():
        try:
            titles = loader.load(name).manifest.titles
        except UserError:
            titles = {}
        found.append((name, str(titles.get(i18n.language()) or name)))
    return found

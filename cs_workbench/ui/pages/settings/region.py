"""Language and region: languages, time zone, currency, fiscal year, exchange rates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cs_workbench import i18n
from cs_workbench.i18n import _, mark
from cs_workbench.services import exchange_rates
from cs_workbench.services.portfolio_settings import set_settings
from cs_workbench.ui.pages.settings.rates import RateTable
from cs_workbench.ui.pages.settings.rows import SettingRow
from cs_workbench.ui.pages.settings.section import Section
from cs_workbench.ui.widgets.calm_choice import CalmChoice, SearchChoice
from cs_workbench.ui.widgets.segmented import Segmented

if TYPE_CHECKING:
    from cs_workbench.services.settings_view import SettingsView

LANGUAGES = (("ja", "日本語"), ("en", "English"))
"""Each language by its own name."""


class RegionSection(Section):
    """What figures, dates and words look like, and what one currency is worth in another."""

    id = "region"
    title = mark("Language and region")
    icon = "languages"
    words = "げんごとちいき"

    def build(self) -> None:
        """Rows from the window's language to the rates."""
        self._window_row()
        self._documents_row()
        row = self.row("time_zone", _("Time zone"), _("Where your days begin and end."), kana="じかんたい")
        self.zone = SearchChoice(name=_("Time zone"))
        row.field(self.zone)
        self._keep_choice(row, self.zone, "time_zone", _("Change time zone"))
        self._currency_row()
        hint = _("The month your fiscal year starts in.")
        row = self.row("fiscal_year", _("Fiscal year"), hint, kana="かいけいねんど", plain="month")
        self.month = CalmChoice(name=_("Fiscal year"))
        row.field(self.month, 200)
        self._keep_choice(row, self.month, "fiscal_year_month", _("Change fiscal year"))
        self._rates_row()

    def _window_row(self) -> None:
        row = self.row(
            "language",
            _("Language of the window"),
            _("Changes at once. Documents have their own."),
            kana="ひょうじげんご",
        )
        self.language = Segmented(LANGUAGES, name=_("Language of the window"), taken=i18n.language())
        row.put(self.language)
        self.language.chosen.connect(self._speak)

    def _documents_row(self) -> None:
        row = self.row(
            "document_language",
            _("Document language"),
            _("What new documents start with; each can be made in the other."),
            kana="ぶんしょのげんご",
        )
        self.documents = Segmented(LANGUAGES, name=_("Document language"))
        row.put(self.documents)
        self.documents.chosen.connect(
            lambda language: self.keeper.keep(
                row, lambda wb: set_settings(wb, {"language": language}, name=_("Change document language"))
            )
        )

    def _currency_row(self) -> None:
        self.currency_row = self.row(
            "currency",
            _("Currency"),
            _("Totals are counted in it; exchange rates are converted along."),
            kana="つうか",
        )
        self.currency = SearchChoice(name=_("Currency"))
        self.currency_row.field(self.currency)
        self.currency.picked.connect(self._take_currency)

    def _rates_row(self) -> None:
        self.rates_row = self.row(
            "rates", _("Exchange rates"), "", kana="かわせれーと", plain="currency fx exchange"
        )
        self.rates = RateTable(self.keeper, self.rates_row)
        self.rates_row.put(self.rates)

    def fill(self, view: SettingsView) -> None:
        """What is stored, and what can be chosen."""
        self.language.set_taken(i18n.language())
        self.documents.set_taken(str(view.value("language", "en")))
        self.zone.set_choices([(zone, zone.replace("_", " ")) for zone in view.zones])
        self.zone.show_value(view.value("time_zone", "UTC"))
        self.currency.set_choices(view.currencies)
        self.currency.show_value(view.own_currency)
        self.month.set_choices([(n, _("Starts in {month}").format(month=name)) for n, name in view.months])
        self.month.show_value(view.value("fiscal_year_month", 1))
        self.rates.fill(view)
        if view.rates_missing:
            missing = _("No rate for {currencies}: totals over them cannot be said.")
            self.rates_row.set_hint(
                missing.format(currencies=_(", ").join(view.rates_missing)), "health.yellow.text"
            )
        else:
            self.rates_row.set_hint(_("Totals over several currencies only go through these rates."))

    def _keep_choice(self, row: SettingRow, choice: CalmChoice, key: str, name: str) -> None:
        choice.picked.connect(
            lambda value: self.keeper.keep(row, lambda wb: set_settings(wb, {key: value}, name=name))
        )

    def _take_currency(self, code: object) -> None:
        self.keeper.keep(self.currency_row, lambda wb: exchange_rates.change_currency(wb, str(code)))

    def _speak(self, language: str) -> None:
        self.desk.speak(language)
        self.keeper.kept.emit(False)

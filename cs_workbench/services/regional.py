"""What can be chosen of the world: currencies and time zones, in the language of now."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from cs_workbench import i18n

USUAL = (
    "JPY",
    "USD",
    "EUR",
    "GBP",
    "AUD",
    "CAD",
    "CHF",
    "CNY",
    "HKD",
    "INR",
    "KRW",
    "NZD",
    "SEK",
    "SGD",
    "TWD",
)
_AREAS = ("Africa/", "America/", "Asia/", "Atlantic/", "Australia/", "Europe/", "Indian/", "Pacific/")


def currencies(more: Iterable[str] = ()) -> list[tuple[str, str]]:
    """(code, "JPY – Japanese Yen"): the usual ones first, then *more*, then every other that is money today."""
    from babel import Locale
    from babel.numbers import get_territory_currencies

    names = Locale.parse(i18n.language()).currencies
    codes = list(dict.fromkeys([*USUAL, *sorted(set(more) - set(USUAL))]))
    lands = [str(land) for land in Locale.parse("en").territories]
    today = {
        code for land in lands if len(land) == 2 and land.isalpha() for code in get_territory_currencies(land)
    }
    codes += sorted(today - set(codes))
    return [(code, f"{code} – {names[code]}" if code in names else code) for code in codes]


@cache
def time_zones() -> tuple[str, ...]:
    """Names of time zones by area and city, UTC first."""
    from zoneinfo import available_timezones

    return ("UTC", *sorted(zone for zone in available_timezones() if zone.startswith(_AREAS)))


def months() -> list[tuple[int, str]]:
    """(1, "January") … in the language of now."""
    from babel import Locale

    named = Locale.parse(i18n.language()).months["stand-alone"]["wide"]
    return [(number, str(named[number])) for number in range(1, 13)]

"""Making a new portfolio with the lists, segment and scorecard a CSM starts from."""

from __future__ import annotations

import datetime as dt
import os
import tomllib
from typing import Any

from cs_workbench import paths
from cs_workbench.errors import InvalidValue
from cs_workbench.i18n import LANGUAGES, _
from cs_workbench.services.workbench import Workbench

_EVERYONE = {"en": "All accounts", "ja": "すべての顧客"}
_CURRENCY = {"en": "USD", "ja": "JPY"}


def local_zone() -> str:
    """The time zone of this machine by its IANA name; "UTC" where the machine does not say."""
    from zoneinfo import ZoneInfo

    from babel.localtime import get_localzone

    here = get_localzone()
    try:  # a zone of pytz, which Babel takes where it is installed, calls its name "zone"
        return ZoneInfo(str(getattr(here, "key", None) or getattr(here, "zone", ""))).key
    except (ValueError, OSError, LookupError):
        return "UTC"


def usual_currency(language: str) -> str:
    """The currency a portfolio in *language* starts with (ISO 4217)."""
    return _CURRENCY.get(language, _CURRENCY["en"])


def create(
    path: str,
    *,
    now: dt.datetime,
    language: str,
    time_zone: str = "UTC",
    currency: str | None = None,
    key: str | None = None,
) -> Workbench:
    """Make a portfolio at *path* with the default lists, and open it. ``key`` encrypts it with a passphrase.

    ``language`` ("en" or "ja") is the language of its documents until changed; lists carry both. ``currency`` None
    takes the language's usual one. The file appears whole or not at all. Raises FileProblem where something lies at
    *path* already or it cannot be written, InvalidValue for an unknown language or an empty passphrase.
    """
    from cs_workbench.store.defaults import Defaults
    from cs_workbench.store.schema import create_portfolio

    if language not in LANGUAGES:
        raise InvalidValue(_("There is no language {language}.").format(language=language), code="language")
    if key is not None and not key:
        raise InvalidValue(
            _("The passphrase is empty."), _("Type one, or make the portfolio without."), code="key"
        )
    path = os.path.abspath(path)
    defaults = Defaults(
        settings={
            "language": language,
            "time_zone": time_zone,
            "currency": currency or usual_currency(language),
            "fiscal_year_month": 4 if language == "ja" else 1,
        },
        lists=_read("lists.toml"),
        scorecard=_read("scorecard.toml"),
        segment_name=_EVERYONE[language],
        at=now.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
    )
    create_portfolio(path, key, defaults)
    return Workbench.open(path, key=key)


def _read(name: str) -> dict[str, Any]:
    with open(paths.resources("defaults", name), "rb") as file:
        return tomllib.load(file)

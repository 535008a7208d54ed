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


def create(
    path: str, *, now: dt.datetime, language: str, time_zone: str = "UTC", key: str | None = None
) -> Workbench:
    """Make a portfolio at *path* with the default lists, and open it. ``key`` encrypts it with a passphrase.

    ``language`` ("en" or "ja") is the language of its documents until changed; lists carry both. The file appears
    whole or not at all. Raises FileProblem where something lies at *path* already or it cannot be written,
    InvalidValue for an unknown language or an empty passphrase.
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
            "currency": _CURRENCY[language],
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

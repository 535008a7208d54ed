"""Countries by name: accounts keep a country as it was typed or imported, most often as a code of two letters."""

from __future__ import annotations

from functools import cache

from cs_workbench import i18n

_ALSO = {"UK": "GB", "EL": "GR"}
"""Codes people write that ISO 3166 has otherwise."""


def country_name(text: str) -> str:
    """The country's name in the language of now for its two-letter code; any other text as it is."""
    code = text.strip().upper()
    known = names().get(_ALSO.get(code, code)) if len(code) == 2 else None
    return text if known is None else known[i18n.language() == "ja"]


@cache
def names() -> dict[str, tuple[str, str]]:
    """Code → (English, Japanese). Read from a file once: whoever shows names calls this on a pool thread first."""
    import tomllib

    from cs_workbench.paths import resources

    with open(resources("defaults", "countries.toml"), "rb") as file:
        return {code: (english, japanese) for code, (english, japanese) in tomllib.load(file).items()}

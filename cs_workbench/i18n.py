"""Languages: gettext catalogues for screens, messages and documents. English is the source."""

from __future__ import annotations

import gettext as _gettext
from contextvars import ContextVar
from functools import cache

from cs_workbench import paths

LANGUAGES = ("en", "ja")
_language: ContextVar[str] = ContextVar("language", default="en")


@cache
def catalogue(language: str) -> _gettext.NullTranslations:
    """The catalogue of *language* ("en" or "ja"); English needs no file. Raises ValueError for others."""
    if language not in LANGUAGES:
        raise ValueError(f"unknown language {language!r}")
    if language == "en":
        return _gettext.NullTranslations()
    return _gettext.translation("cs_workbench", paths.resources("locale"), [language])


def set_language(language: str) -> None:
    """Use *language* for messages of this context from now on."""
    catalogue(language)
    _language.set(language)


def language() -> str:
    """The language messages are written in now."""
    return _language.get()


def _(message: str) -> str:
    """Translate *message* into the current language."""
    return catalogue(_language.get()).gettext(message)


def ngettext(singular: str, plural: str, number: int) -> str:
    """Translate a message that counts *number* things."""
    return catalogue(_language.get()).ngettext(singular, plural, number)


def mark(message: str) -> str:
    """Mark *message* for extraction and return it unchanged: for tables of codes, translated when shown."""
    return message

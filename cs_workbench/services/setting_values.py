"""What the portfolio's settings may hold: each value checked where it enters, refused with the reason."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from cs_workbench.errors import InvalidValue
from cs_workbench.i18n import LANGUAGES, _

if TYPE_CHECKING:
    from typing import Any

RENEWAL_APPROVAL_DAYS = "renewal_approval_days"
"""Working days a customer's own approval takes; documents and the renewal runway count back by it."""
RENEWAL_NOTICE_MONTHS = "renewal_notice_months"
"""Notice period proposed for a new contract, in months."""
DOCUMENT_TEMPLATE = "document_template"
DOCUMENT_FORMATS = "document_formats"
DOCUMENT_EDITION = "document_edition"
DOCUMENTS_FOLDER = "documents_folder"
BACKUPS_KEPT = "backups_kept"
"""How many of the newest backups are always kept, beside one a day, week and month."""
FORMATS = ("pdf", "docx", "pptx", "xlsx", "html", "md")
EDITIONS = ("customer", "internal")
LONGEST_TEXT = 200


def checked(key: str, value: object) -> object:
    """*value* as the setting *key* keeps it; None and settings without a rule pass as they are.

    Raises InvalidValue with the reason.
    """
    rule = _RULES.get(key)
    return value if value is None or rule is None else rule(key, value)


def _whole(least: int, most: int) -> Callable[[str, object], object]:
    def check(key: str, value: object) -> object:
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            raise InvalidValue(
                _("This is a whole number from {least} to {most}.").format(least=least, most=most),
                _("The value before is kept."),
                code="number",
                field=key,
            )
        return value

    return check


def _one_of(*known: str) -> Callable[[str, object], object]:
    def check(key: str, value: object) -> object:
        if value not in known:
            raise _unknown(key, value)
        return value

    return check


def _text(key: str, value: object) -> object:
    from cs_workbench.domain.text import seen

    words = " ".join(seen(str(value)).split())
    if len(words) > LONGEST_TEXT:
        raise InvalidValue(
            _("This is longer than {most} characters.").format(most=LONGEST_TEXT),
            _("Shorten it; the value before is kept."),
            code="too_long",
            field=key,
        )
    return words or None


def _zone(key: str, value: object) -> object:
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    try:
        return ZoneInfo(str(value)).key
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise _unknown(key, value) from None


def _currency(key: str, value: object) -> object:
    code = str(value).strip().upper()
    if len(code) != 3 or not code.isascii() or not code.isalpha():
        raise _unknown(key, value)
    return code


def _formats(key: str, value: object) -> object:
    wanted = list(value) if isinstance(value, list | tuple) else []
    if not wanted or any(one not in FORMATS for one in wanted):
        raise InvalidValue(
            _("A document needs at least one format."),
            _("Choose one of {formats}.").format(formats=_(", ").join(FORMATS)),
            code="formats",
            field=key,
        )
    return [one for one in FORMATS if one in wanted]


def _colour(_key: str, value: object) -> object:
    from cs_workbench.services import company

    return company.checked_colour(str(value))


def _unknown(key: str, value: object) -> InvalidValue:
    return InvalidValue(
        _("“{value}” cannot be chosen here.").format(value=str(value)[:40]),
        _("The value before is kept."),
        code="choice",
        field=key,
    )


_RULES: dict[str, Any] = {
    "language": _one_of(*LANGUAGES),
    "time_zone": _zone,
    "currency": _currency,
    "fiscal_year_month": _whole(1, 12),
    "accent": _colour,
    RENEWAL_APPROVAL_DAYS: _whole(1, 120),
    RENEWAL_NOTICE_MONTHS: _whole(0, 24),
    DOCUMENT_FORMATS: _formats,
    DOCUMENT_EDITION: _one_of(*EDITIONS),
    BACKUPS_KEPT: _whole(3, 200),
} | {
    f"{key}{spelling}": _text
    for key in ("company", "own_name")
    for spelling in ("", *(f"_{language}" for language in LANGUAGES))
}

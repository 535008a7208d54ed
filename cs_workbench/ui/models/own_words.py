"""What the values of fields of one's own look like."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal, InvalidOperation

from cs_workbench.i18n import _
from cs_workbench.services.own_fields import OwnField
from cs_workbench.ui import wording


def own_text(field: OwnField) -> str:
    """A canonical text as it is shown: dates and figures as everywhere, what cannot be read as it stands."""
    text = field.value
    if not text:
        return ""
    try:
        if field.type == "date":
            return wording.date(dt.date.fromisoformat(text))
        if field.type in ("number", "money"):
            return f"{Decimal(text):,f}"
    except (ValueError, InvalidOperation):
        return text
    if field.type == "bool":
        return _("Yes") if text == "1" else _("No")
    return text

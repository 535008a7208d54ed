"""Which row is the same as before, when a list is read again in another order: known by what it is about."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from cs_workbench.services.feedback import ThemeLine
from cs_workbench.services.theme_suggestions import Proposed
from cs_workbench.services.voice_cases import CaseRow, Heard


def keys(row: Any) -> tuple[tuple[str, int | None], ...]:
    """What a row is known by, the surest first: a case also by the answer or ticket it was made of."""
    if isinstance(row, CaseRow):
        found = (("case", row.id), ("survey", row.survey_id), ("ticket", row.ticket_id))
        return tuple(one for one in found if one[1] is not None)
    if isinstance(row, Heard):
        return ((row.source, row.id),)
    if isinstance(row, Proposed):
        return keys(row.heard)
    if isinstance(row, ThemeLine):
        return (("theme", row.theme.id if row.theme is not None else None),)
    number = getattr(row, "id", None)
    return () if number is None else (("row", number),)


def find(rows: Sequence[Any], row: Any) -> int:
    """Where *row* stands now; −1 where it is gone."""
    for key in keys(row):
        place = next((n for n, one in enumerate(rows) if key in keys(one)), -1)
        if place >= 0:
            return place
    return -1

"""The meeting a document is for, as plain facts fit for the customer (see facts.py)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Meeting:
    """When it is fixed for (``time`` "10:30", local), where, and who of the customer is asked."""

    on: dt.date | None = None
    time: str = ""
    place: str = ""
    people: tuple[str, ...] = ()

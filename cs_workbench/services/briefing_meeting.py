"""The renewal meeting as it stands in the renewal's own plan, and whether fewer seats may be spoken of."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from cs_workbench.domain.text import fold
from cs_workbench.reports.meeting_facts import Meeting
from cs_workbench.store.queries.briefing_rows import InteractionRow, MeetingRow

_FIT_TAGS = frozenset(
    fold(tag) for tag in ("right-size", "rightsize", "downsize", "適正化", "席数見直し", "席数削減")
)


@dataclass(frozen=True, slots=True)
class Wishes:
    """What only the person who orders a document can say: where the meeting is, whether to offer fewer seats, and
    which value ledger it speaks of (None: the account's newest).
    """

    place: str = ""
    fit: bool = False
    ledger_id: int | None = None


def fixed(rows: Sequence[MeetingRow], end_on: dt.date | None, as_of: dt.date) -> MeetingRow | None:
    """What is fixed for the renewal of the term that ends on *end_on*, else for the next one there is."""
    same = next((row for row in rows if row.term_end == end_on), None)
    return same or next((row for row in rows if row.term_end >= as_of), None)


def meeting(row: MeetingRow | None, zone: ZoneInfo, place: str = "") -> Meeting | None:
    """The meeting in words' parts; None where nothing at all is known of it."""
    people = row.people if row is not None else ()
    at = row.at.astimezone(zone) if row is not None and row.at is not None else None
    if at is None and not place.strip() and not people:
        return None
    return Meeting(
        at.date() if at else None, f"{at.hour}:{at.minute:02}" if at else "", place.strip()[:120], people
    )


def asks_to_fit(log: Sequence[InteractionRow]) -> bool:
    """Whether a contact is tagged as a wish for fewer seats: then the document may answer it."""
    return any(_FIT_TAGS & {fold(tag) for tag in (row.tags or "").split("\n") if tag} for row in log)

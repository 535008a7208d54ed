"""What was understood of a line being written, as chips: channel, day, people, duration, tags, follow-ups."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from cs_workbench.domain import mentions
from cs_workbench.domain.mentions import Known
from cs_workbench.domain.quicklog import QuickLog
from cs_workbench.i18n import _
from cs_workbench.services import signal_words
from cs_workbench.services.account_page import Labels
from cs_workbench.ui.widgets.chip import Tone

CHANNEL_ICONS = {
    "call": "phone",
    "mail": "mail",
    "meeting": "users",
    "visit": "map-pin",
    "note": "sticky-note",
}


class NoteChip(NamedTuple):
    """One chip. Red marks somebody typed with + who fits nobody of the account."""

    text: str
    tone: Tone
    icon: str = ""


def channel_icon(channel: str) -> str:
    """The icon of a channel; the CSM's own channels share one."""
    return CHANNEL_ICONS.get(channel, "message-circle")


def note_chips(
    parsed: QuickLog, known: Sequence[Known], labels: Labels | None, today: dt.date
) -> Iterator[NoteChip]:
    """The chips of one line in a fixed order."""
    label = labels.of("channel", parsed.channel) if labels else parsed.channel
    yield NoteChip(label, "filter", channel_icon(parsed.channel))
    day = parsed.day
    yield NoteChip(_("today") if day in (None, today) else signal_words.short(day or today), "plain", "clock")
    if parsed.account:
        yield NoteChip(f"@{parsed.account}", "yellow", "building-2")
    for mention in parsed.people:
        ids = mentions.match(mention.name, known, whole=mention.explicit)
        person = next((one.name for one in known if ids == (one.id,)), "")
        if person or mention.explicit:
            yield NoteChip(person or mention.name, "plain" if person else "red", "user")
    if parsed.duration_min:
        yield NoteChip(_("{n} min").format(n=parsed.duration_min), "plain")
    for tag in parsed.tags:
        yield NoteChip(f"#{tag}", "plain", "tag")
    for one in parsed.follow_ups:
        due = "" if one.due_on is None else signal_words.short(one.due_on)
        words = _("Follow-up {date}") if one.kind == "task" else _("Promise {date}")
        yield NoteChip(words.format(date=due).rstrip(), "plain", "calendar")

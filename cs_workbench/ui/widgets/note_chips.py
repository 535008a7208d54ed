"""What was understood of a line being written, as chips: channel, day, people, duration, tags, follow-ups."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from cs_workbench.domain import mentions
from cs_workbench.domain.mentions import Known
from cs_workbench.domain.quicklog import Chip, QuickLog
from cs_workbench.domain.text import fold
from cs_workbench.i18n import _, mark
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
_TAG_TONES: dict[str, Tone] = {
    "risk": "red", "churn": "red", "escalation": "red", "りすく": "red", "解約": "red", "くれむ": "red",
    "blocked": "yellow", "concern": "yellow", "懸念": "yellow", "注意": "yellow",
    "upsell": "green", "expansion": "green", "win": "green", "商談": "green", "拡大": "green",
}  # fmt: skip
"""Tags (folded) that say how things stand wear the colour of that band; the word says it, too."""
_FOLLOW_UPS = {
    ("task", False): mark("Follow-up {date}"), ("task", True): mark("Next: {title} {date}"),
    ("promise_ours", False): mark("Promise {date}"), ("promise_ours", True): mark("Promise: {title} {date}"),
    ("promise_theirs", False): mark("Their promise {date}"),
    ("promise_theirs", True): mark("Their promise: {title} {date}"),
}  # fmt: skip


class NoteChip(NamedTuple):
    """One chip. Red marks somebody typed with + who fits nobody of the account. ``place`` is where it stands in the
    text, ``(-1, -1)`` where it does not.
    """

    text: str
    tone: Tone
    icon: str = ""
    place: tuple[int, int] = (-1, -1)


def channel_icon(channel: str) -> str:
    """The icon of a channel; the CSM's own channels share one."""
    return CHANNEL_ICONS.get(channel, "message-circle")


def note_chips(
    parsed: QuickLog, known: Sequence[Known], labels: Labels | None, today: dt.date
) -> Iterator[NoteChip]:
    """The chips of a note in a fixed order."""
    yield _channel(parsed, labels)
    yield _day(parsed, today)
    if parsed.account:
        yield NoteChip(f"@{parsed.account}", "yellow", "building-2")
    yield from _people(parsed, known)
    if parsed.duration_min:
        yield _duration(parsed)
    for tag in parsed.tags:
        yield NoteChip(f"#{tag}", "plain", "tag")
    yield from _follow_ups(parsed)


def line_chips(
    parsed: QuickLog, known: Sequence[Known], labels: Labels, today: dt.date, clock: str
) -> Iterator[NoteChip]:
    """The chips of a quick-log line after its account: each with its place, so that it can be taken out. *clock* is
    the time of day it will be stored with.
    """
    found = [_channel(parsed, labels)]
    if parsed.duration_min:
        found.append(_duration(parsed)._replace(icon="clock"))
    found += _people(parsed, known)
    for tag in parsed.tags:
        found.append(NoteChip(tag, _TAG_TONES.get(fold(tag), "plain"), "tag", _place(parsed, "tag", tag)))
    found += _follow_ups(parsed)
    day = _day(parsed, today)
    found.append(day._replace(text=f"{day.text} {clock}", icon="calendar"))
    for one in found:
        yield one._replace(tone="field") if one.tone in {"plain", "filter"} else one


def _place(parsed: QuickLog, kind: str, value: str = "") -> tuple[int, int]:
    found: Chip | None = next(
        (chip for chip in parsed.chips if chip.kind == kind and value in ("", chip.value)), None
    )
    return (-1, -1) if found is None else (found.start, found.end)


def _channel(parsed: QuickLog, labels: Labels | None) -> NoteChip:
    label = labels.of("channel", parsed.channel) if labels else parsed.channel
    return NoteChip(label, "filter", channel_icon(parsed.channel), _place(parsed, "channel"))


def _day(parsed: QuickLog, today: dt.date) -> NoteChip:
    day = parsed.day
    words = _("today") if day is None or day == today else signal_words.short(day)
    return NoteChip(words, "plain", "clock", _place(parsed, "day"))


def _duration(parsed: QuickLog) -> NoteChip:
    return NoteChip(_("{n} min").format(n=parsed.duration_min), "plain", place=_place(parsed, "duration"))


def _people(parsed: QuickLog, known: Sequence[Known]) -> Iterator[NoteChip]:
    for mention in parsed.people:
        ids = mentions.match(mention.name, known, whole=mention.explicit)
        person = next((one.name for one in known if ids == (one.id,)), "")
        if person or mention.explicit:
            place = _place(parsed, "person", mention.name)
            yield NoteChip(person or mention.name, "plain" if person else "red", "user", place)


def _follow_ups(parsed: QuickLog) -> Iterator[NoteChip]:
    for one in parsed.follow_ups:
        due = "" if one.due_on is None else signal_words.short(one.due_on)
        words = _(_FOLLOW_UPS[one.kind, bool(one.title)])
        place = _place(parsed, "due", one.due_on.isoformat()) if one.due_on else (-1, -1)
        said = words.format(title=one.title, date=due).rstrip()
        yield NoteChip(said, "plain", "calendar", place)

"""One line typed in five seconds → a contact: ``@acme call 20m talked about renewal #risk !2026-12-01``.

Grammar, in English and Japanese, half- or full-width:

* ``@name`` or ``@"two words"`` the account; ``+name`` a participant; ``石井様`` in the text is one too
* at the beginning, in any order: channel (``call``, ``電話`` …), duration (``20m``, ``1時間``), ``in``/``out``,
  the day it happened (``on 11/19``, ``11/19``, ``2026/11/19``, ``yesterday``, ``昨日``); a date in figures is the day
  also right after the account and at the end of the body
* anywhere: ``#tag``; ``!date`` when to follow up
* ``next: …`` (``次: …``) what to do; ``promise: …`` (``約束: …``) ours; ``their promise: …`` (``先方約束: …``) theirs,
  each up to the next such word or the end of the line, with its own ``!date``

Everything else is the body, kept as written.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import Literal

from cs_workbench.domain.quicklog_words import (
    ALSO_CHANNEL,
    CHANNELS,
    DIRECTIONS,
    NARROW,
    NO_DAY_AFTER,
    NOT_PEOPLE,
    SEGMENT_KIND,
    ChipKind,
    Direction,
    direction_of,
)
from cs_workbench.domain.spoken_dates import day_of_contact, in_figures, spoken_date
from cs_workbench.domain.spoken_durations import spoken_minutes

_MARKED = re.compile(
    r'(?<![^\s、。])(?:@(?:"[^"\n]+"|「[^」\n]+」|[^\s@#!+]+)|#[^\s#!@,、。]+|\+[^\s#!@+,、。]+|!(?:\d{1,2} '
    r"(?i:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-zA-Z]*(?: \d{4})?(?![^\s.,;:?)、。])|[^\s#!@、。]+))"
)
_SEGMENT = re.compile(
    r"(?<![^\s。、.,;])(next|todo|次回|次|their promise|theirs|先方約束|先方|our promise|promise|約束)[ ]?:[ ]*",
    re.IGNORECASE,
)
_HONORIFIC = re.compile(r"([一-龠々ヶァ-ヴー]{1,8})(?:様|さま|さん)")
_INFERRED = re.compile(
    r"(電話|メール|打合せ|打ち合わせ|会議|web会議|面談|訪問|チャット|ミーティング"
    r"|オンライン|ズーム|zoom|teams|google meet)(?:で|にて|を|、|:)",
    re.IGNORECASE,
)
_WORD = re.compile(r"\S+")
_PAIR = re.compile(r"\S+ \S+")
_CLOSING = (":", ",", "、")


@dataclass(frozen=True, slots=True)
class Chip:
    """A recognised piece of the line: offsets into the text as typed, and what it was read as."""

    kind: ChipKind
    start: int
    end: int
    value: str


@dataclass(frozen=True, slots=True)
class Problem:
    """A piece that looks meant but cannot be read: code ``bad_date``, ``second_account``, ``empty``; ``day_ahead``
    or ``day_unclear`` for a date in figures that cannot be the day of contact.
    """

    code: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Mention:
    """A participant: ``explicit`` when typed with ``+``, else seen in the text with an honorific."""

    name: str
    explicit: bool


@dataclass(frozen=True, slots=True)
class FollowUp:
    """Something to do: kind as in the task table; an empty title means "follow up on the contact itself"."""

    kind: Literal["task", "promise_ours", "promise_theirs"]
    title: str
    due_on: dt.date | None


@dataclass(frozen=True, slots=True)
class QuickLog:
    """What one line says. ``day`` is None for today; ``chips`` are in text order."""

    text: str
    account: str
    channel: str
    direction: Direction
    duration_min: int | None
    day: dt.date | None
    tags: tuple[str, ...]
    people: tuple[Mention, ...]
    follow_ups: tuple[FollowUp, ...]
    body: str
    chips: tuple[Chip, ...]
    problems: tuple[Problem, ...]


@dataclass(slots=True)
class _Reading:
    """What has been found so far, while one line is read."""

    text: str
    plain: str  # the text, narrow: same length, so offsets are shared
    today: dt.date
    channels: Mapping[str, str]
    chips: list[Chip] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    channel: str = ""
    direction: Direction | None = None
    duration: int | None = None
    day: dt.date | None = None
    dues: dict[int, dt.date] = field(default_factory=dict)  # where the mark stands → date

    def chip(self, kind: ChipKind, start: int, end: int, value: str) -> None:
        self.chips.append(Chip(kind, start, end, value))

    def of(self, kind: ChipKind) -> list[Chip]:
        return [chip for chip in self.chips if chip.kind == kind]


def parse(text: str, today: dt.date, channels: Mapping[str, str] | None = None) -> QuickLog:
    """Read one quick-log line. *channels* adds words (lower case) for a portfolio's own channels.

    Never fails: what is not recognised is body.
    """
    known = {**CHANNELS, **(channels or {})}
    reading = _Reading(text, text.translate(NARROW), today, known)
    _read_marks(reading)
    _read_head(reading)
    segments = _segments(reading)
    _read_loose_day(reading)
    body = _remainder(reading, segments)
    _infer_channel(reading, body)
    channel = reading.channel or "note"
    direction = direction_of(channel, reading.direction, body)
    accounts = reading.of("account")
    return QuickLog(
        text=text,
        account=accounts[0].value if accounts else "",
        channel=channel,
        direction=direction,
        duration_min=reading.duration,
        day=reading.day,
        tags=tuple(dict.fromkeys(chip.value for chip in reading.of("tag"))),
        people=_people(reading),
        follow_ups=_follow_ups(reading, segments),
        body=body,
        chips=tuple(sorted(reading.chips, key=lambda chip: chip.start)),
        problems=tuple(reading.problems),
    )


def _read_marks(reading: _Reading) -> None:
    for found in _MARKED.finditer(reading.plain):
        start, end = found.span()
        mark, word = found[0][0], reading.text[start + 1 : end]
        if mark == "@":
            if reading.of("account"):
                reading.problems.append(Problem("second_account", start, end))
            else:
                reading.chip("account", start, end, word.strip('"「」＂'))
        elif mark == "#" and not word.isdigit():
            reading.chip("tag", start, end, word)
        elif mark == "+":
            _read_plus(reading, start, end, word)
        elif mark == "!":
            _read_due(reading, start, end)


def _read_plus(reading: _Reading, start: int, end: int, word: str) -> None:
    name = re.sub(r"(?<=.)(様|さま|さん|氏)$", "", word)
    if not name[0].isdecimal():
        reading.chip("person", start, end, name)


def _read_due(reading: _Reading, start: int, end: int) -> None:
    word = reading.plain[start + 1 : end].lower()
    # A particle belongs to the date ("!12/1まで"), a closing mark to the sentence ("!12/1.").
    trimmed = re.sub(r"[.,;:?)）]+$", "", word)
    due = spoken_date(re.sub(r"(までに|まで|に)$", "", trimmed), reading.today)
    if due is None:
        if word[:1].isdecimal() or word.startswith("+"):
            reading.problems.append(Problem("bad_date", start, end))
        return
    end -= len(word) - len(trimmed)
    reading.chip("due", start, end, due.isoformat())
    reading.dues[start] = due


def _read_head(reading: _Reading) -> None:
    """Channel, duration, direction and day, as long as nothing else has been said."""
    taken = {chip.start: chip.end for chip in reading.chips}
    at = 0
    while at < len(reading.plain):
        if reading.plain[at].isspace():
            at += 1
        elif at in taken:
            at = taken[at]
        else:
            end = _read_head_word(reading, at)
            if end == at:
                return
            at = end


def _read_head_word(reading: _Reading, at: int) -> int:
    """Take the word at *at* if it belongs to the head; return where it ends, or *at*."""
    found = _WORD.match(reading.plain, at)
    end = found.end() if found else at
    word = reading.plain[at:end].lower()
    if _take_day(reading, at, end, word):
        return reading.chips[-1].end
    if not reading.channel and (name := _channel_word(reading.channels, reading.plain[at:], word)):
        reading.channel = reading.channels.get(name) or ALSO_CHANNEL[name]
        reading.direction = DIRECTIONS.get(name, reading.direction)
        stop = at + len(name)
        while reading.plain[stop : stop + 1] in _CLOSING and stop < end:
            stop += 1
        reading.chip("channel", at, stop, reading.channel)
        return stop
    if reading.duration is None and (minutes := spoken_minutes(word)) is not None:
        reading.duration = minutes
        reading.chip("duration", at, end, str(minutes))
        return end
    if reading.channel and reading.direction is None and word in DIRECTIONS:
        reading.direction = DIRECTIONS[word]
        reading.chip("direction", at, end, reading.direction)
        return end
    return at


def _channel_word(channels: Mapping[str, str], plain: str, word: str) -> str:
    """The channel that *plain* begins with: two words, one, or one that a duration follows at once ("電話20分")."""
    pair = _PAIR.match(plain)
    if pair and (phrase := pair[0].lower().rstrip(":,、")) in channels:
        return phrase
    bare = word.rstrip(":,、")
    if bare in channels or bare in ALSO_CHANNEL:
        return bare
    for name in channels:
        if not name.isascii() and word.startswith(name) and spoken_minutes(word[len(name) :]) is not None:
            return name
    return ""


def _take_day(reading: _Reading, at: int, end: int, word: str) -> bool:
    """``on 11/19``, ``11/19``, ``yesterday``, ``昨日``, ``11/19に``: the day it happened, never one to come."""
    stop, phrase = end, word
    if word == "on" and (after := re.compile(r"\s+(\S+)").match(reading.plain, end)):
        stop, phrase = after.end(), after[1].lower()
    elif word.isascii() and word not in ("yesterday", "today") and not in_figures(word.rstrip(",:")):
        return False
    return _note_day(reading, at, stop, re.sub(r"(に|の|は|、|,|:)$", "", phrase))


def _note_day(reading: _Reading, start: int, end: int, phrase: str) -> bool:
    """Keep *phrase* as the day, or as a problem where it looks like one and cannot be."""
    if reading.day is not None or any(one.start == start for one in reading.problems):
        return False
    day = day_of_contact(phrase, reading.today)
    if isinstance(day, str):
        reading.problems.append(Problem(day, start, end))
    elif day is not None:
        reading.day = day
        reading.chip("day", start, end, day.isoformat())
    return isinstance(day, dt.date)


def _read_loose_day(reading: _Reading) -> None:
    """A date in figures right after the account, or as the last word of the body."""
    words = [found for found in _WORD.finditer(reading.plain) if not _inside(reading, found.start())]
    accounts = {chip.end for chip in reading.of("account")}
    for n, word in enumerate(words):
        said = word[0].rstrip(".,;:。、")
        before = words[n - 1][0].lower() if n else ""
        last = n == len(words) - 1 and before not in NO_DAY_AFTER
        if in_figures(said) and (last or len(reading.plain[: word.start()].rstrip()) in accounts):
            _note_day(reading, word.start(), word.end(), said)


@dataclass(frozen=True, slots=True)
class _Segment:
    """``next: …`` or a promise: where its word begins, where its text begins, where it ends."""

    kind: ChipKind
    start: int
    inner: int
    end: int


def _segments(reading: _Reading) -> list[_Segment]:
    found = [match for match in _SEGMENT.finditer(reading.plain) if not _inside(reading, match.start())]
    segments = []
    for match, after in zip_longest(found, found[1:]):
        line_end = reading.plain.find("\n", match.end())
        end = min(
            after.start() if after else len(reading.plain), line_end if line_end >= 0 else len(reading.plain)
        )
        segment = _Segment(SEGMENT_KIND[match[1].lower()], match.start(), match.end(), end)
        title = _title(reading, segment)
        if not title and not _dues_in(reading, segment):
            reading.problems.append(Problem("empty", match.start(), match.end()))
            continue
        reading.chip(segment.kind, match.start(), end, title)
        segments.append(segment)
    return segments


def _title(reading: _Reading, segment: _Segment) -> str:
    return _cut(reading, segment.inner, segment.end).strip(" 、,")


def _inside(reading: _Reading, at: int) -> bool:
    return any(chip.start <= at < chip.end for chip in reading.chips)


def _dues_in(reading: _Reading, segment: _Segment) -> list[dt.date]:
    return [due for at, due in reading.dues.items() if segment.inner <= at < segment.end]


def _cut(reading: _Reading, start: int, end: int, segments: tuple[_Segment, ...] = ()) -> str:
    """The text from *start* to *end* as written, without chips and *segments*, seams closed with one space."""
    holes = [(chip.start, chip.end) for chip in reading.chips if chip.kind not in SEGMENT_KIND.values()]
    holes += [(segment.start, segment.end) for segment in segments]
    pieces, at = [], start
    for hole_start, hole_end in sorted(holes):
        if hole_start >= at and hole_start < end:
            pieces.append(reading.text[at:hole_start])
            at = hole_end
        elif hole_end > at and hole_start < at:
            at = hole_end
    pieces.append(reading.text[at:end])
    out = pieces[0]
    for piece in pieces[1:]:
        seam = "" if not out or out[-1].isspace() else piece[:1] if piece[:1].isspace() else ""
        out = out + seam + piece.lstrip(" \u3000\t")
    return out.strip()


def _remainder(reading: _Reading, segments: list[_Segment]) -> str:
    return _cut(reading, 0, len(reading.text), tuple(segments))


def _infer_channel(reading: _Reading, body: str) -> None:
    """``電話で更新の件を…``: the channel is said in the sentence, which stays whole."""
    if not reading.channel and (found := _INFERRED.match(body.translate(NARROW).lower())):
        reading.channel = reading.channels[found[1].lower()]


def _people(reading: _Reading) -> tuple[Mention, ...]:
    named = {chip.value: Mention(chip.value, explicit=True) for chip in reading.of("person")}
    for found in _HONORIFIC.finditer(reading.text):
        if found[1] not in NOT_PEOPLE and found[1][-1] not in NOT_PEOPLE and found[1] not in named:
            named[found[1]] = Mention(found[1], explicit=False)
    return tuple(named.values())


def _follow_ups(reading: _Reading, segments: list[_Segment]) -> tuple[FollowUp, ...]:
    """The ``next:`` and promise pieces with their dates; a date outside them goes to the first without one."""
    kinds: dict[ChipKind, Literal["task", "promise_ours", "promise_theirs"]] = {
        "next": "task", "promise": "promise_ours", "their_promise": "promise_theirs",
    }  # fmt: skip
    own = {due for segment in segments for due in _dues_in(reading, segment)}
    loose = [due for at, due in reading.dues.items() if not any(s.inner <= at < s.end for s in segments)]
    found: list[FollowUp] = []
    for segment in sorted(segments, key=lambda one: one.kind != "next"):
        dues = _dues_in(reading, segment) or loose[:1]
        if not _dues_in(reading, segment):
            loose = loose[1:]
        found.append(FollowUp(kinds[segment.kind], _title(reading, segment), dues[0] if dues else None))
    found += [FollowUp("task", "", due) for due in loose if due not in own]
    return tuple(found)

"""What was said and asked at a customer: contacts, tickets, survey answers, tasks, with figures of their own week."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field

from cs_workbench.services.sample.book import WEEKS, Case, Entry, curve
from cs_workbench.services.sample.cast import Member

_FALLBACK = {"procurement": "champion", "decision_maker": "champion", "user": "champion"}
_MOOD = ((0.60, "good"), (0.35, "ok"), (0.0, "weak"))
_TOUCH = {1: 0.7, 2: 1.0, 3: 1.6}  # the higher the tier, the more often
_PRIORITY_HOURS = {"low": 60, "normal": 26, "high": 9, "urgent": 3}


@dataclass(frozen=True, slots=True)
class Told:
    """One contact of the sample."""

    at: dt.datetime
    channel: str
    direction: str
    subject: str
    body: str
    minutes: int | None
    mood: str | None
    shareable: bool
    who: tuple[str, ...]  # keys of the cast
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """One ticket of the sample."""

    opened: dt.datetime
    solved: dt.datetime | None
    subject: str
    body: str
    priority: str
    kind: str
    satisfaction: float | None
    first_reply_min: float
    who: str


@dataclass(frozen=True, slots=True)
class Answered:
    """One survey answer of the sample."""

    kind: str
    on: dt.date
    score: int
    comment: str
    who: str
    shareable: bool = False


@dataclass(frozen=True, slots=True)
class ToDo:
    """One task or promise of the sample."""

    kind: str
    title: str
    due_on: dt.date
    done_on: dt.date | None = None
    shareable: bool = False


@dataclass(slots=True)
class Voice:
    """Puts the words of a case together: placeholders become the names and figures of that week."""

    case: Case
    cast: dict[str, Member]
    names: dict[str, str]  # feature names in the customer's language
    _turns: dict[str, int] = field(default_factory=dict)

    def say(self, text: str, day: dt.date) -> str:
        """*text* with its placeholders filled for *day*."""
        week, before = self.case.week(day), self.case.week(day - dt.timedelta(weeks=12))
        figures: dict[str, object] = {
            "seats": self.case.seats,
            "active": 0,
            "was": 0,
            "feature": "",
            "unused": "",
        }
        if week and before:
            used = sorted(week.features, key=lambda key: (-week.features[key], key))
            rest = [key for key in reversed(self.case.features) if key not in used] or used[::-1]
            figures |= {
                "active": week.active,
                "was": before.active,
                "feature": self.names[used[0] if used else self.case.features[0]],
                "unused": self.names[rest[0]],
            }
        roles = {role: self.person(role).called for role in (*self.cast, *_FALLBACK)}
        return text.format(**figures, **roles)

    def person(self, role: str) -> Member:
        """Who stands for *role*; the champion where nobody does."""
        return self.cast.get(role) or self.cast[_FALLBACK.get(role, "champion")]

    def turn(self, pool: str, size: int) -> int:
        """The next index of *pool*, so that texts take turns instead of repeating."""
        now = self._turns.get(pool, self.case.dice.randrange(size))
        self._turns[pool] = now + 1
        return now % size

    def note(self, note: Entry, day: dt.date) -> Told:
        """A contact made from one note of the texts."""
        channel = note["c"]
        usual = "none" if channel == "note" else "both"
        return Told(
            at=self.case.instant(day),
            channel=channel,
            direction=note.get("d", usual),
            subject=self.say(note["t"], day),
            body=self.say(note["b"], day),
            minutes=note.get("min"),
            mood=note.get("m"),
            shareable=note.get("share", False),
            who=tuple(
                dict.fromkeys(self.person(role).key for role in note.get("who", "").split(",") if role)
            ),
            tags=(note["tag"],) if "tag" in note else (),
        )


def contacts(case: Case, voice: Voice) -> list[Told]:
    """The story's own contacts, the reviews, and the ordinary ones between them, oldest first."""
    told = [
        voice.note(note, case.day(note["w"]))
        for note in case.texts["note"]
        if note["s"] == case.entry["story"]
    ]
    told += [voice.note(case.texts["review"], case.day(ago)) for ago in case.story.get("reviews", ())]
    taken = [one.at.date() for one in told]
    for day in _filler_days(case):
        if all(abs((day - other).days) > 4 for other in taken):
            pool = [note for note in case.texts["filler"] if note["mood"] == _mood(case, day)]
            told.append(voice.note(pool[voice.turn(pool[0]["mood"], len(pool))], day))
    return sorted((one for one in told if one.at.date() >= case.since), key=lambda one: one.at)


def _filler_days(case: Case) -> Iterator[dt.date]:
    early, late = case.story["contact"]
    far, near = case.story.get("quiet", (0, 0))
    ago = float(WEEKS)
    while ago > 0:
        step = (late + (early - late) * ago / WEEKS) * _TOUCH[case.entry["tier"]]
        ago -= step * case.dice.uniform(0.75, 1.25) / 7
        day = case.day(ago)
        if ago > 0 and day >= case.since and not near <= ago < far:
            yield day


def _mood(case: Case, day: dt.date) -> str:
    week = case.week(day)
    share = week.active / case.seats if week else 0.0
    return next(mood for bound, mood in _MOOD if share >= bound)


def tickets(case: Case, voice: Voice) -> list[Asked]:
    """Tickets at the story's rate; the last two weeks may still be open."""
    early, late = case.story["tickets"]
    found: list[Asked] = []
    for ago in range(WEEKS, 0, -1):
        rate = (late + (early - late) * ago / WEEKS) / 4.35
        day = case.day(ago - 0.5)
        if day >= case.since and not (case.gone and day > case.gone) and case.dice.random() < rate:
            text = case.texts["ticket"][voice.turn("ticket", len(case.texts["ticket"]))]
            found.append(_ticket(case, voice, text, day, is_open=ago <= 2))
    if case.told("detractor_unanswered"):
        missing = case.texts["ticket"][5]
        found.append(_ticket(case, voice, missing, case.day(6), is_open=True))
    return sorted(found, key=lambda one: one.opened)


def _ticket(case: Case, voice: Voice, text: Entry, day: dt.date, *, is_open: bool) -> Asked:
    opened = case.instant(day)
    slow = 1.6 if case.story["csat"] <= 2 else 1.0
    hours = _PRIORITY_HOURS[text["p"]] * case.dice.uniform(0.5, 1.8) * slow
    rated = not is_open and case.dice.random() < 0.5
    satisfaction = min(5, max(1, case.story["csat"] + case.dice.choice((-1, 0, 0, 0, 1)))) if rated else None
    return Asked(
        opened=opened,
        solved=None if is_open else opened + dt.timedelta(minutes=round(hours * 60)),
        subject=text["t"],
        body=text["b"],
        priority=text["p"],
        kind=text["k"],
        satisfaction=satisfaction,
        first_reply_min=float(round(case.dice.uniform(18, 200) * slow)),
        who=voice.person("user").key,
    )


def surveys(case: Case, voice: Voice) -> list[Answered]:
    """NPS twice a year from two people, CSAT every quarter; the comment follows the score."""
    found: list[Answered] = []
    for number, ago in enumerate((74, 48, 22, 4)):
        base = case.story["nps"][0 if number < 2 else 1]
        for role in ("champion", "user"):
            if voice.person(role).left_on and ago < 9:
                continue
            score = min(10, max(0, base + case.dice.choice((-1, 0, 0, 1)) - (role == "user")))
            if ago == 4 and role == "user" and case.told("detractor_unanswered"):
                score = 2
            found.append(
                Answered(
                    "nps",
                    case.day(ago),
                    score,
                    _comment(case, voice, score, ago),
                    voice.person(role).key,
                    shareable=score >= 7 or role == "champion",  # who agreed to be quoted
                )
            )
    for ago in (69, 56, 43, 30, 17, 7):
        score = min(5, max(1, case.story["csat"] + case.dice.choice((-1, 0, 0, 0, 1))))
        found.append(Answered("csat", case.day(ago), score, "", voice.person("user").key))
    if "quiet" in case.story and case.story["active"][-1][1] == 0:
        found = [one for one in found if one.on < case.day(case.story["quiet"][0] - 3)]
    unique = {(one.kind, one.on, one.who): one for one in found if one.on >= case.since}
    return sorted(unique.values(), key=lambda one: (one.on, one.kind, one.who))


def _comment(case: Case, voice: Voice, score: int, ago: int) -> str:
    pool = "praise" if score >= 9 else "passive" if score >= 7 else "complaint"
    texts = case.texts[pool]
    if case.told("detractor_unanswered") and score <= 3 and ago == 4:
        return str(texts[1])
    return str(texts[voice.turn(pool, len(texts))])


def tasks(case: Case, voice: Voice) -> list[ToDo]:
    """The story's open tasks and promises."""
    return [
        ToDo(
            one["kind"],
            voice.say(one["t"], case.today),
            case.today + dt.timedelta(days=one["due"]),
            case.today + dt.timedelta(days=one["done"]) if "done" in one else None,
            one.get("share", False),
        )
        for one in case.texts["task"]
        if one["s"] == case.entry["story"]
    ]


def grades(case: Case) -> list[tuple[str, dt.date, float]]:
    """Hand-made grades a month: (metric key, day, value) of checklist, objectives, value and embedding."""
    found: list[tuple[str, dt.date, float]] = []
    for ago in sorted((week for week in case.weeks if week % 4 == 0), reverse=True):
        day = case.weeks[ago].day
        for key, source in (("objectives_on_track", "objectives"), ("value_ratio", "value")):
            if source in case.story and source not in case.entry.get("ungraded", ()):
                found.append((key, day, round(curve(case.story[source], ago), 2)))
        if "embedded" in case.story:
            found.append(("embedded", day, float(round(curve(case.story["embedded"], ago)))))
        months = (day - case.since).days / 30
        found.append(
            ("setup_checklist", day, round(case.story["checklist"] * min(1.0, 0.35 + months * 0.3), 2))
        )
    return found

"""What the sample is made of: the entries and texts of ``resources/sample``, and one customer's case."""

from __future__ import annotations

import datetime as dt
import random
import tomllib
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from cs_workbench import paths

WEEKS = 78
"""How far back the sample goes: eighteen months."""

Entry = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Book:
    """The files of ``resources/sample``."""

    accounts: list[Entry]
    stories: dict[str, Entry]
    texts: dict[str, Entry]  # by language
    people: dict[str, Entry]  # by language
    metrics: Entry
    own: Entry  # who "we" are, by language


def read_book() -> Book:
    """Read the sample's files."""
    return Book(
        accounts=_read("accounts")["account"],
        stories=_read("stories"),
        texts={language: _read(language) for language in ("en", "ja")},
        people=_read("people"),
        metrics=_read("metrics"),
        own=_read("own"),
    )


def _read(name: str) -> Entry:
    with open(paths.resources("sample", f"{name}.toml"), "rb") as file:
        return tomllib.load(file)


@dataclass(frozen=True, slots=True)
class Week:
    """How the product was used in one week. ``features`` are counts by feature key, in use only."""

    ago: int
    day: dt.date
    active: int
    assigned: int
    features: dict[str, int]


@dataclass(frozen=True, slots=True)
class Case:
    """One customer being told: the entry, its story, its texts, and what has been decided so far."""

    number: int
    entry: Entry
    story: Entry
    texts: Entry
    language: str
    today: dt.date
    since: dt.date  # first contract
    gone: dt.date | None  # last day as a customer
    dice: random.Random
    features: tuple[str, ...]  # in the order this customer took them up
    weeks: dict[int, Week]

    @property
    def seats(self) -> int:
        """Contracted seats."""
        return int(self.entry["seats"])

    @property
    def currency(self) -> str:
        """The contract's currency."""
        return str(self.entry.get("currency", "JPY"))

    def told(self, name: str) -> bool:
        """Whether this customer has the story *name*."""
        return bool(self.entry["story"] == name)

    def day(self, weeks_ago: float) -> dt.date:
        """A working day that many weeks ago."""
        day = self.today - dt.timedelta(days=round(weeks_ago * 7))
        return day - dt.timedelta(days=max(0, day.weekday() - 4))

    def instant(self, day: dt.date) -> dt.datetime:
        """Some moment of *day* within the customer's office hours."""
        first = 1 if self.language == "ja" else 14
        moment = dt.time(
            first + self.dice.randrange(7), self.dice.choice((0, 5, 15, 30, 40, 45)), tzinfo=dt.UTC
        )
        return dt.datetime.combine(day, moment)

    def week(self, day: dt.date) -> Week | None:
        """The week of use that *day* falls in, or the nearest one told."""
        if not self.weeks:
            return None
        ago = (self.today - day).days // 7
        return self.weeks[min(self.weeks, key=lambda week: abs(week - ago))]


def curve(points: list[list[float]], weeks_ago: float) -> float:
    """The value of a story's curve, straight between its points and level beyond them."""
    if weeks_ago >= points[0][0]:
        return float(points[0][1])
    for (far, high), (near, low) in pairwise(points):
        if weeks_ago >= near:
            return float(low + (high - low) * (weeks_ago - near) / (far - near))
    return float(points[-1][1])

"""From an entry to a case: the terms of its contracts and the weeks of its use."""

from __future__ import annotations

import datetime as dt
import random

from cs_workbench.services.sample.book import WEEKS, Book, Case, Entry, Week, curve

_DIPS = {"ja": ((1, 1), (5, 4), (8, 14)), "en": ((12, 26), (1, 1))}


def make_case(book: Book, number: int, today: dt.date, seed: int) -> Case:
    """The case of account *number* (from 1). The same arguments give the same case."""
    entry = book.accounts[number - 1]
    dice = random.Random(f"{seed}/{entry['name']}")  # noqa: S311 - invented data, not a secret
    language = entry["language"]
    story = book.stories[entry["story"]]
    first, gone = _since(entry, today), _gone(entry, today)
    features = [feature["key"] for feature in book.metrics["feature"]]
    dice.shuffle(features)
    told_from = max(first, today - dt.timedelta(weeks=WEEKS))
    weeks = _weeks(entry, story, dice, features, today=today, first=told_from, gone=gone)
    return Case(
        number, entry, story, book.texts[language], language, today, first, gone, dice, tuple(features), weeks
    )


def term(entry: Entry, today: dt.date) -> tuple[dt.date, dt.date | None]:
    """First and last day of the present term; the last is unknown where the entry names none."""
    if "end_in" not in entry:
        return today - dt.timedelta(days=entry["since"] * 30), None
    end = today + dt.timedelta(days=entry["end_in"])
    return years_before(end + dt.timedelta(days=1), 1), end


def years_before(day: dt.date, years: int) -> dt.date:
    """The same day some years earlier; 28 February for the 29th."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


def _since(entry: Entry, today: dt.date) -> dt.date:
    start, end = term(entry, today)
    if end is None:
        return start
    years = max(0, round((entry["since"] - (today - start).days / 30.4) / 12))
    return years_before(start, years)


def _gone(entry: Entry, today: dt.date) -> dt.date | None:
    end = term(entry, today)[1]
    return end if end and end < today else None


def _weeks(
    entry: Entry, story: Entry, dice: random.Random, features: list[str],
    *, today: dt.date, first: dt.date, gone: dt.date | None,
) -> dict[int, Week]:  # fmt: skip
    weeks: dict[int, Week] = {}
    assigned = 0.0
    for ago in range(WEEKS - 1, -1, -1):
        day = today - dt.timedelta(days=7 * ago + 1)
        if day < first or (gone and day > gone):
            continue
        share = curve(story["active"], ago)
        active = round(entry["seats"] * min(1.0, max(0.0, share * dice.uniform(0.96, 1.04))))
        # Seats are taken back slowly: what was assigned falls by 4 % a week at most.
        assigned = min(float(entry["seats"]), max(active * 1.06, assigned * 0.96))
        used = features[: round(curve(story["breadth"], ago) * len(features))]
        counts = {
            feature: round(
                active * _appetite(rank) * _dip(entry["language"], day, ago) * dice.uniform(0.9, 1.1)
            )
            for rank, feature in enumerate(used)
        }
        kept = {feature: count for feature, count in counts.items() if count > 0}
        weeks[ago] = Week(ago, day, active, round(assigned), kept)
    return weeks


def _appetite(rank: int) -> float:
    """How often a week a user takes the feature that came as number *rank*."""
    return 9.0 / (1 + rank)


def _dip(language: str, day: dt.date, ago: int) -> float:
    """Less is done around the holidays; the last eight weeks stay free of it, so that trends tell the story."""
    if ago <= 8:
        return 1.0
    return (
        0.55 if any(abs((day - day.replace(month=m, day=d)).days) <= 4 for m, d in _DIPS[language]) else 1.0
    )

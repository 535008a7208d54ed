"""The relationship map as a template of the internal edition may see it: frozen plain dataclasses."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MapPerson:
    """One person at the customer. ``influence`` 1–5, ``sentiment`` −1, 0, 1; None is not known.

    ``roles`` are keys of the list of roles, ``boss`` a name of the same account, ``gaps`` codes: not_in_touch,
    no_sentiment, no_influence, negative, left.
    """

    name: str
    title: str
    roles: tuple[str, ...]
    influence: int | None
    sentiment: int | None
    last_contact: dt.date | None
    boss: str = ""
    left: bool = False
    left_on: dt.date | None = None
    moved_to: str = ""
    gaps: tuple[str, ...] = ()
    ref: str = ""


@dataclass(frozen=True, slots=True)
class RoleCover:
    """A required role: who fills it, and how many of them were in two-way contact in the last 180 days."""

    role: str
    names: tuple[str, ...]
    in_touch: int


@dataclass(frozen=True, slots=True)
class MapGap:
    """Something wanting: ``code`` role_missing, role_not_met, single_thread, nobody, unknown; the role it is about.

    ``text`` and ``action`` are sentences in the language the facts were made in.
    """

    code: str
    role: str
    names: tuple[str, ...]
    text: str
    action: str


@dataclass(frozen=True, slots=True)
class RelationMap:
    """An account's people as of a day. ``threads`` is how many of them we are in touch with."""

    as_of: dt.date
    people: tuple[MapPerson, ...]
    coverage: tuple[RoleCover, ...]
    gaps: tuple[MapGap, ...]
    threads: int

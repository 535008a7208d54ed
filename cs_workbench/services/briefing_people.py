"""The relationship map of a briefing: internal facts, never part of what the customer gets."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from cs_workbench.reports.people_facts import MapGap, MapPerson, RelationMap, RoleCover
from cs_workbench.services import people_words
from cs_workbench.services.stakeholders import MOODS, StakeholderMap, stakeholder_map

if TYPE_CHECKING:
    from cs_workbench.store.queries.people import StakeholderRow
    from cs_workbench.store.reads import Reads


def relations(reads: Reads, account_id: int, as_of: dt.date) -> RelationMap:
    """The people of an account with what is wanting, in the language of now. Raises NotFound."""
    return facts(stakeholder_map(reads, account_id, as_of))


def facts(found: StakeholderMap) -> RelationMap:
    """The same from a map that was read already."""
    return RelationMap(
        found.as_of,
        tuple(_person(found, one) for one in found.people),
        tuple(
            RoleCover(one.role, tuple(found.name(each) for each in one.people), len(one.met))
            for one in found.coverage
        ),
        tuple(
            MapGap(
                one.gap, one.role, tuple(found.name(each) for each in one.people),
                people_words.gap(one, found), people_words.action(one, found),
            )
            for one in found.findings
        ),
        found.threads,
    )  # fmt: skip


def _person(found: StakeholderMap, one: StakeholderRow) -> MapPerson:
    return MapPerson(
        one.name, one.title, one.roles, one.influence, sentiment(one.sentiment), one.last, found.name(one.boss_id),
        one.left, one.left_on, one.moved_to, _gaps(found, one), f"person/{one.id}",
    )  # fmt: skip


def sentiment(mood: str | None) -> int | None:
    """A sentiment as −1, 0 or 1."""
    return MOODS.index(mood) - 1 if mood in MOODS else None


def _gaps(found: StakeholderMap, one: StakeholderRow) -> tuple[str, ...]:
    if one.left:
        return ("left",)
    codes = (
        ("not_in_touch", not found.met(one)), ("no_influence", one.influence is None),
        ("no_sentiment", one.sentiment is None), ("negative", one.sentiment == "negative"),
    )  # fmt: skip
    return tuple(code for code, holds in codes if holds)

"""Who stands on record twice at an account: alike in name, or with the same mail address or number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Literal, TypeAlias

from cs_workbench.domain.matching import FUZZY_FROM
from cs_workbench.store.queries.people import StakeholderRow

Reason: TypeAlias = Literal["mail", "name", "alike"]
_APART = 1 - FUZZY_FROM / 100
"""Letters by which names may differ at that likeness, as a share of both together."""
_SHORTEST = 4
"""Keys shorter than this are compared whole: 田中 and 田口 are two people."""


@dataclass(frozen=True, slots=True)
class Double:
    """Two people who may be one: ``keep`` knows more of them, ``gone`` would go into it."""

    keep: int
    gone: int
    reason: Reason


def doubles(people: Sequence[StakeholderRow]) -> tuple[Double, ...]:
    """Every pair that may be one person, the surest first. A name alike means likeness 90 of 100 or more."""
    found = []
    for one, other in combinations(people, 2):
        reason = _reason(one, other)
        if reason is not None:
            keep, gone = sorted((one, other), key=lambda each: (-_known(each), each.id))
            found.append(Double(keep.id, gone.id, reason))
    return tuple(sorted(found, key=lambda each: (("mail", "name", "alike").index(each.reason), each.keep)))


def _reason(one: StakeholderRow, other: StakeholderRow) -> Reason | None:
    if one.email and one.email == other.email:
        return "mail"
    if one.name_key == other.name_key:
        return "name"
    shorter, longer = sorted((len(one.name_key), len(other.name_key)))
    if shorter < _SHORTEST or longer - shorter > _APART * (longer + shorter):
        return None
    if _figures(one.name_key) != _figures(other.name_key):
        return None
    from rapidfuzz import fuzz

    return "alike" if fuzz.ratio(one.name_key, other.name_key, score_cutoff=FUZZY_FROM) else None


def _figures(key: str) -> str:
    return "".join(filter(str.isdigit, key))


def _known(one: StakeholderRow) -> int:
    """How much is on record: contacts count most, then what is filled in; who left knows less."""
    filled = sum(bool(part) for part in (one.title, one.department, one.email, one.phone, one.influence))
    return one.contacts * 10 + one.open_tasks * 5 + filled + len(one.roles) - 1000 * one.left

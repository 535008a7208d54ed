"""What a column or a name of a figure measures: its key, its part in the scorecard, how a period is summed up."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from cs_workbench.intake.headers import compact, slug, split_words, take_apart
from cs_workbench.intake.kinds import read_words
from cs_workbench.intake.rows import MetricSpec

_TIME_UNITS = ("seconds", "minutes", "hours")


def describe(name: str, feature: str | None = None, *, key: str = "") -> MetricSpec:
    """The metric a column or an event called *name* stands for; *feature* makes it one of a family ("key:feature").

    *key* is its own key where a person gave one. The role is a guess from the words, None where they say nothing.
    """
    key = key or slug(name)
    role = role_of(name) or role_of(key)
    entry: dict[str, Any] = read_words("metrics")["roles"].get(role, {})
    unit = entry.get("unit") or _unit(name)
    aggregation = entry.get("aggregation") or _aggregation(name)
    better = not _says(name, "worse")
    if feature is None:
        return MetricSpec(key, name, key, None, role, unit, aggregation, better)
    role = _role_in_family(name, role, unit, better)
    return MetricSpec(f"{key}:{feature}", f"{name}: {feature}", key, feature, role, unit, aggregation, better)


def role_of(name: str) -> str | None:
    """The scorecard's role of a metric called *name*: by the column lists of ``metrics.toml``, else by a word in it."""
    header = take_apart(name)
    for text in (header.full, header.compact, header.core):
        if role := _columns().get(text):
            return role
    if _says(name, "worse"):
        return None
    return "usage" if _says(name, "usage") else None


def event(name: str) -> MetricSpec:
    """The metric of an event type: something done, so it counts as a feature unless it is a visit or a listed role."""
    found = describe(name)
    if found.role is not None or not found.higher_is_better:
        return found
    return MetricSpec(found.key, name, found.family, None, "feature", "times", "sum", True)


def _role_in_family(name: str, role: str | None, unit: str, better: bool) -> str | None:
    """In a family over features, counts say which features are used; time spent says how much; errors say neither."""
    if not better:
        return None
    if unit in _TIME_UNITS:
        return "usage"
    return "feature" if role in (None, "usage", "feature") and _aggregation(name) == "sum" else role


def _unit(name: str) -> str:
    return next((unit for unit in (*_TIME_UNITS, "ratio") if _says(name, unit)), "")


def _aggregation(name: str) -> str:
    if _says(name, "ratio") or _says(name, "average"):
        return "mean"
    return "last" if _says(name, "stock") else "sum"


def _says(name: str, hint: str) -> bool:
    words = split_words(name)
    text = "".join(words)
    for wanted in read_words("metrics")["hints"][hint]:
        if wanted.isascii() and any(re.fullmatch(rf"{wanted}(s|es)?", word) for word in words):
            return True
        if not wanted.isascii() and compact(wanted) in text:
            return True
    return False


@cache
def _columns() -> dict[str, str]:
    roles = read_words("metrics")["roles"]
    return {compact(column): role for role, entry in roles.items() for column in entry["columns"]}

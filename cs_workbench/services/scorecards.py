"""The scorecards of a portfolio: the packaged default, stored versions, and which accounts each one judges."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from cs_workbench import paths
from cs_workbench.domain.months import whole_months
from cs_workbench.domain.scorecard import Scorecard, ScorecardProblem, scorecard_data, scorecard_from
from cs_workbench.domain.segments import AccountFacts, RuleProblem, Segment, clauses_from, segment_of
from cs_workbench.errors import InvalidValue
from cs_workbench.i18n import _
from cs_workbench.store.queries import health as health_queries
from cs_workbench.store.queries import snapshots as snapshot_queries

if TYPE_CHECKING:
    from cs_workbench.store.change import Change
    from cs_workbench.store.reads import Reads

DEFAULT = "default"


@dataclass(frozen=True, slots=True)
class Assignment:
    """The scorecard an account is judged by, and the account's age in whole months (None: unknown)."""

    account_id: int
    card: Scorecard
    age_months: int | None


@cache
def packaged_default() -> Scorecard:
    """The scorecard every portfolio starts with."""
    import tomllib

    with open(paths.resources("defaults", "scorecard.toml"), "rb") as file:
        return scorecard_from(tomllib.load(file))


def definition(card: Scorecard) -> str:
    """The JSON a scorecard is stored as."""
    return json.dumps(scorecard_data(card), ensure_ascii=False, separators=(",", ":"))


def cards(db: Reads) -> dict[str, Scorecard]:
    """Every scorecard by key in its newest version; the packaged default where none is stored.

    Raises InvalidValue naming the faulty place of a stored definition.
    """
    found = {DEFAULT: packaged_default()}
    for row in snapshot_queries.scorecards(db):
        try:
            found[row.key] = _read(row.definition, row.key, row.version)
        except (ScorecardProblem, ValueError) as problem:
            raise InvalidValue(
                _("The scorecard “{key}” (version {version}) cannot be used: {problem}").format(
                    key=row.key, version=row.version, problem=problem
                ),
                _("Correct or delete this version in the scorecard settings."),
                code="scorecard",
                key=row.key,
            ) from problem
    return found


@lru_cache(maxsize=64)
def _read(text: str, key: str, version: int) -> Scorecard:
    """A stored definition is the same for every account and every look: it is understood once."""
    return scorecard_from(json.loads(text), key=key, version=version)


def install_default(db: Change, now: dt.datetime) -> None:
    """Store the packaged default as version 1 unless a default is stored already."""
    if any(row.key == DEFAULT for row in snapshot_queries.scorecards(db)):
        return
    card = packaged_default()
    at = now.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    snapshot_queries.add_scorecard(db, card.key, card.version, definition(card), at)


def assignments(db: Reads, as_of: dt.date, account_id: int | None = None) -> list[Assignment]:
    """Which scorecard judges each account (or the one) that is not archived at *as_of*: hand-chosen segment, else
    the first segment whose rule holds, else the default.
    """
    known = cards(db)
    ordered = _segments(db)
    facts = health_queries.account_facts(db, as_of, account_id)
    tags, custom, arr = _rule_inputs(db, ordered, as_of)
    found = []
    for account, chosen, tier, stage, industry, country, since in facts:
        age = max(whole_months(dt.date.fromisoformat(since), as_of), 0) if since else None
        segment = None
        if ordered:
            about = AccountFacts(tier, stage, industry, country, arr.get(account), age,
                                 frozenset(tags.get(account, ())), custom.get(account, {}))  # fmt: skip
            segment = segment_of(ordered, about, chosen)
        card = known.get(segment.scorecard_key) if segment else None
        found.append(Assignment(account, card or known[DEFAULT], age))
    return found


def _segments(db: Reads) -> list[Segment]:
    ordered = []
    for segment_id, key, card, rule in health_queries.segments(db):
        try:
            ordered.append(Segment(segment_id, key, card, clauses_from(json.loads(rule))))
        except (RuleProblem, ValueError) as problem:
            raise InvalidValue(
                _("The rule of segment “{key}” cannot be used: {problem}").format(key=key, problem=problem),
                _("Correct the rule in the segment settings."),
                code="segment",
                key=key,
            ) from problem
    return ordered


def _rule_inputs(
    db: Reads, ordered: list[Segment], as_of: dt.date
) -> tuple[Mapping[int, set[str]], Mapping[int, dict[str, str]], Mapping[int, Any]]:
    """Tags, custom values and ARR by account, read only when some rule asks for them."""
    asked = {clause.field for segment in ordered for clause in segment.clauses}
    tags: dict[int, set[str]] = {}
    custom: dict[int, dict[str, str]] = {}
    arr: dict[int, Any] = {}
    if "tag" in asked:
        for account, tag in health_queries.account_tags(db):
            tags.setdefault(account, set()).add(tag)
    if any(field.startswith("custom:") for field in asked):
        for account, key, value in health_queries.account_custom(db):
            custom.setdefault(account, {})[key] = value
    if "arr" in asked:
        from cs_workbench.services.accounts import account_list

        arr = {row.id: row.arr for row in account_list(db, as_of)}
    return tags, custom, arr

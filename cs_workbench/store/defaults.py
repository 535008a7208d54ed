"""Filling a portfolio that is being made: its settings, lists, default segment and scorecard."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sqlite3 import Connection

LISTS = ("stage", "tier", "channel", "role", "churn_reason", "ticket_priority", "metric_role")
"""The lists a portfolio has."""


@dataclass(frozen=True, slots=True)
class Defaults:
    """What a new portfolio starts with.

    ``lists`` maps a list's name to its entries {key, en, ja, …data}; ``scorecard`` is the default scorecard's
    definition with its key and version; ``segment_name`` names the segment that matches all; ``at`` is an ISO instant.
    """

    settings: Mapping[str, object]
    lists: Mapping[str, Sequence[Mapping[str, Any]]]
    scorecard: Mapping[str, Any]
    segment_name: str
    at: str


def fill(connection: Connection, defaults: Defaults) -> None:
    """Write *defaults* into a schema without rows, inside the caller's transaction; no undo step."""
    connection.executemany(
        "insert into setting (key, value) values (?, ?)",
        [(key, json.dumps(value, ensure_ascii=False)) for key, value in defaults.settings.items()],
    )
    connection.executemany(
        "insert into list_item (list, key, label_en, label_ja, position, data) values (?, ?, ?, ?, ?, ?)",
        [
            (name, entry["key"], entry["en"], entry["ja"], position, _data(entry))
            for name in LISTS
            for position, entry in enumerate(defaults.lists[name], start=1)
        ],
    )
    card = defaults.scorecard
    connection.execute(
        "insert into scorecard (key, version, definition, created_at) values (?, ?, ?, ?)",
        (card["key"], card["version"], json.dumps(card, ensure_ascii=False), defaults.at),
    )
    connection.execute(
        "insert into segment (key, name, position, scorecard_key) values ('default', ?, 1, ?)",
        (defaults.segment_name, card["key"]),
    )


def _data(entry: Mapping[str, Any]) -> str:
    return json.dumps({key: value for key, value in entry.items() if key not in {"key", "en", "ja"}})

"""The portfolio's settings and the lists a CSM owns."""

from __future__ import annotations

import json

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from cs_workbench.store.reads import Reads


def setting(db: Reads, key: str, default: Any = None) -> Any:
    """The setting *key*, or *default*."""
    found = db.scalar("select value from setting where key=:key", {"key": key})
    return default if found is None else json.loads(found)


def settings(db: Reads) -> dict[str, Any]:
    """Every setting of the portfolio."""
    return {key: json.loads(value) for key, value in db.all("select key, value from setting order by key")}


class ListEntry:
    """An entry of one of the CSM's lists; ``data`` holds what belongs to it (cadence_days, avoidable, severity …)."""

    __slots__ = ("archived", "data", "id", "key", "label_en", "label_ja", "position")

    def __init__(self, row: tuple[Any, ...]) -> None:
        self.id, self.key, self.label_en, self.label_ja, self.position = row[:5]
        self.data: dict[str, Any] = json.loads(row[5])
        self.archived = bool(row[6])

    def label(self, language: str) -> str:
        """The label in *language*."""
        text: str = self.label_ja if language == "ja" else self.label_en
        return text


def list_entries(db: Reads, name: str, *, archived: bool = False) -> list[ListEntry]:
    """The entries of the list *name* (stage, tier, channel, role …) in their order."""
    rows = db.all(
        "select id, key, label_en, label_ja, position, data, archived from list_item"
        " where list=:name and (:archived or not archived) order by position, id",
        {"name": name, "archived": archived},
    )
    return [ListEntry(row) for row in rows]

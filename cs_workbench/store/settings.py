"""Writing the portfolio's settings and lists, inside a change."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cs_workbench.store.change import Change


def put_setting(db: Change, key: str, value: object) -> None:
    """Keep a setting; None takes it away. ``value`` must be plain (text, number, list, dict)."""
    if value is None:
        db.execute("delete from setting where key=:key", {"key": key})
        return
    db.execute(
        "insert into setting (key, value) values (:key, :value) on conflict (key) do update set value=excluded.value",
        {"key": key, "value": json.dumps(value, ensure_ascii=False)},
    )


def put_list_entry(
    db: Change, name: str, key: str, *, label_en: str, label_ja: str, data: Mapping[str, Any] | None
) -> int:
    """Add an entry at the end of the list *name*, or change the one with that *key*; returns its id."""
    words = {
        "list": name,
        "key": key,
        "en": label_en,
        "ja": label_ja,
        "data": None if data is None else json.dumps(dict(data), ensure_ascii=False),
    }
    db.execute(
        "insert into list_item (list, key, label_en, label_ja, position, data) values (:list, :key, :en, :ja,"
        " (select coalesce(max(position), 0) + 1 from list_item where list=:list), coalesce(:data, '{}'))"
        " on conflict (list, key) do update set label_en=:en, label_ja=:ja, data=coalesce(:data, data), archived=0",
        words,
    )
    return int(db.scalar("select id from list_item where list=:list and key=:key", words))


def archive_list_entry(db: Change, name: str, key: str) -> bool:
    """Take an entry out of choices; whether there was one."""
    return db.execute("update list_item set archived=1 where list=? and key=?", (name, key)) > 0

"""Saved mappings: how the columns of a source were understood last time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cs_workbench.store.reads import Reads

if TYPE_CHECKING:
    from cs_workbench.store.change import Change


def by_header(db: Reads, header_key: str, kind: str | None) -> str | None:
    """The mapping (JSON) last used for a file with this header, of *kind* where one is asked for."""
    sql = (
        "select mapping from saved_mapping where header_key = :key and (:kind is null or kind = :kind)"
        " order by used_at desc, id desc limit 1"
    )
    found = db.scalar(sql, {"key": header_key, "kind": kind})
    return None if found is None else str(found)


def last_used(db: Reads, header_key: str, kind: str | None = None) -> tuple[str, str] | None:
    """(mapping as JSON, instant of its last use) for a file with this header; None where it was never imported."""
    sql = (
        "select mapping, used_at from saved_mapping where header_key = :key and (:kind is null or kind = :kind)"
        " order by used_at desc, id desc limit 1"
    )
    found = db.one(sql, {"key": header_key, "kind": kind})
    return None if found is None else (str(found[0]), str(found[1]))


def by_name(db: Reads, name: str, kind: str | None) -> list[str]:
    """The mappings (JSON) saved under the source *name*, last used first."""
    sql = (
        "select mapping from saved_mapping where source = :name and (:kind is null or kind = :kind)"
        " order by used_at desc, id desc"
    )
    return [str(row[0]) for row in db.all(sql, {"name": name, "kind": kind})]


def save(db: Change, key: tuple[str, str, str], mapping: str, now: str) -> None:
    """Remember the mapping of *key* (source, kind, header key), or that it was used again."""
    db.execute(
        "insert into saved_mapping(source, kind, header_key, mapping, used_at) values (?, ?, ?, ?, ?)"
        " on conflict(source, kind, header_key) do update set mapping = excluded.mapping, used_at = excluded.used_at",
        (*key, mapping, now),
    )

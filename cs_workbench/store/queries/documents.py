"""The archive of documents as its page and its reprints read it."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cs_workbench.store.reads import Reads


@dataclass(frozen=True, slots=True)
class ArchivedPack:
    """One document made, without its facts. ``account`` is "" where the account is gone."""

    id: int
    account_id: int
    account: str
    at: dt.datetime
    template: str
    edition: str
    language: str
    as_of: dt.date
    files: tuple[str, ...]


def archived_packs(db: Reads) -> list[ArchivedPack]:
    """Every document made, the newest first."""
    rows = db.all(
        """select p.id, p.account_id, coalesce(a.name, ''), p.at, p.template, p.edition, p.language, p.as_of, p.files
           from pack_record p left join account a on a.id = p.account_id
           order by p.at desc, p.id desc"""
    )
    return [_pack(row) for row in rows]


def archived_pack(db: Reads, record_id: int) -> tuple[ArchivedPack, str] | None:
    """One document made and its facts as JSON, or None."""
    row = db.one(
        """select p.id, p.account_id, coalesce(a.name, ''), p.at, p.template, p.edition, p.language, p.as_of, p.files,
                  p.facts
           from pack_record p left join account a on a.id = p.account_id where p.id = :id""",
        {"id": record_id},
    )
    return None if row is None else (_pack(row), str(row[9]))


def _pack(row: tuple[object, ...]) -> ArchivedPack:
    return ArchivedPack(
        int(str(row[0])), int(str(row[1])), str(row[2]), dt.datetime.fromisoformat(str(row[3])), str(row[4]),
        str(row[5]), str(row[6]), dt.date.fromisoformat(str(row[7])), tuple(json.loads(str(row[8]))),
    )  # fmt: skip

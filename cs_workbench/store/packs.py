"""The archive of documents that were made, with the facts they were made from."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cs_workbench.store.change import Change
    from cs_workbench.store.reads import Reads


@dataclass(frozen=True, slots=True)
class PackEntry:
    """One document made: for whom, how, and from which facts (JSON). ``files`` are whole paths."""

    account_id: int
    at: dt.datetime
    template: str
    edition: str
    language: str
    as_of: dt.date
    files: tuple[str, ...]
    facts: str


def keep_packs(db: Change, entries: Sequence[PackEntry]) -> None:
    """Archive *entries* and tell the screens that show documents."""
    db.executemany(
        """insert into pack_record (account_id, at, template, edition, language, as_of, files, facts)
           values (?, ?, ?, ?, ?, ?, ?, ?)""",
        [
            (
                one.account_id, one.at.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ"), one.template, one.edition,
                one.language, one.as_of.isoformat(), json.dumps(one.files, ensure_ascii=False), one.facts,
            )
            for one in entries
        ],
    )  # fmt: skip
    db.moved("pack_record")


def packs(db: Reads, account_id: int) -> list[tuple[int, PackEntry]]:
    """The documents made for an account with their ids, the newest first."""
    rows = db.all(
        """select id, account_id, at, template, edition, language, as_of, files, facts from pack_record
           where account_id = :a order by id desc""",
        {"a": account_id},
    )
    return [
        (
            row[0],
            PackEntry(
                row[1], dt.datetime.fromisoformat(row[2]), row[3], row[4], row[5], dt.date.fromisoformat(row[6]),
                tuple(json.loads(row[7])), row[8],
            ),
        )
        for row in rows
    ]  # fmt: skip

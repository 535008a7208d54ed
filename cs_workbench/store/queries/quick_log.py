"""Reads for what the quick log offers: tags in use, accounts spoken to lately, people with their first role."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cs_workbench.store.reads import Reads

_NEWEST = 5_000
_LATELY = 300


def tags(db: Reads) -> list[str]:
    """The tags of the newest contacts, the most used first."""
    rows = db.all(
        f"select tag from (select tag from interaction_tag order by id desc limit {_NEWEST})"
        " group by tag order by count(*) desc, tag"
    )
    return [tag for (tag,) in rows]


def recent_accounts(db: Reads, limit: int) -> list[tuple[int, str]]:
    """(id, name) of the accounts contacts were logged for last, the newest first."""
    return db.all(
        "select a.id, a.name from"
        " (select account_id, max(id) as newest from"
        f" (select account_id, id from interaction order by id desc limit {_LATELY}) group by account_id) x"
        " join account a on a.id = x.account_id"
        " where a.archived_at is null order by x.newest desc limit :limit",
        {"limit": limit},
    )


def roles(db: Reads, account_id: int) -> dict[int, str]:
    """Person → what they are: their first role on record, else their title."""
    rows = db.all(
        "select p.id, coalesce((select r.role from person_role r where r.person_id = p.id order by r.id limit 1), '')"
        " from person p where p.account_id = :account",
        {"account": account_id},
    )
    return {person: role for person, role in rows if role}


def unclear_names(db: Reads, names: Sequence[str]) -> set[str]:
    """Which of *names* do not mean one account: two have it, or it is an id in another system."""
    rows = db.all(
        "select n.value from (select distinct value from json_each(:names)) n"
        " where (select count(*) from account a where a.name = n.value) > 1"
        " or exists (select 1 from account_source s where s.external_id = n.value)",
        {"names": json.dumps(list(names))},
    )
    return {name for (name,) in rows}

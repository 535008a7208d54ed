"""Changes to many accounts at once, in one statement each, inside a change."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from cs_workbench.store.change import Change
    from cs_workbench.store.reads import Reads

Field = Literal["stage", "tier", "owner"]
_CHOSEN = "(select value from json_each(:ids))"
_FIELDS: dict[Field, str] = {
    field: f"update account set {field} = :value, updated_at = :at where id in {_CHOSEN} and {field} is not :value"
    for field in ("stage", "tier", "owner")
}


def other_than(db: Reads, field: Field, ids: Sequence[int], value: str | None) -> int:
    """How many of the accounts have another value in *field*."""
    sql = f"select count(*) from account where id in {_CHOSEN} and {field} is not :value"
    return int(db.scalar(sql, {"ids": json.dumps(list(ids)), "value": value}))


def tagged(db: Reads, ids: Sequence[int], tag: str) -> int:
    """How many of the accounts have the tag."""
    sql = f"select count(*) from account_tag where tag = :tag and account_id in {_CHOSEN}"
    return int(db.scalar(sql, {"ids": json.dumps(list(ids)), "tag": tag}))


def set_field(db: Change, field: Field, ids: Sequence[int], value: str | None, at: str) -> int:
    """Give *field* of the accounts a value; returns how many had another."""
    return db.execute(_FIELDS[field], {"ids": json.dumps(list(ids)), "value": value, "at": at})


def add_tag(db: Change, ids: Sequence[int], tag: str) -> int:
    """Tag the accounts; returns how many had not that tag."""
    return db.execute(
        f"""insert into account_tag (account_id, tag) select a.id, :tag from account a where a.id in {_CHOSEN}
            and not exists (select 1 from account_tag t where t.account_id = a.id and t.tag = :tag)""",
        {"ids": json.dumps(list(ids)), "tag": tag},
    )


def remove_tag(db: Change, ids: Sequence[int], tag: str) -> int:
    """Take a tag off the accounts; returns how many had it."""
    return db.execute(
        f"delete from account_tag where tag = :tag and account_id in {_CHOSEN}",
        {"ids": json.dumps(list(ids)), "tag": tag},
    )

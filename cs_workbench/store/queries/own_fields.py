"""Statements on the fields of one's own that accounts carry, and on what else is known of an account."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from cs_workbench.store.reads import Reads

FieldRow: TypeAlias = tuple[int, str, str, str]
"""A field's id, label and type, and the canonical text of one account ("" for nothing)."""


def fields(db: Reads) -> list[tuple[int, str, str]]:
    """The accounts' own fields in order: (id, label, type)."""
    rows = db.all("select id, label, type from custom_field where entity = 'account' order by position, id")
    return [(row[0], row[1], row[2]) for row in rows]


def of_account(db: Reads, account_id: int) -> list[FieldRow]:
    """Every own field with what it holds for one account."""
    rows = db.all(
        """select f.id, f.label, f.type, coalesce(v.value, '') from custom_field f
           left join account_custom v on v.field_id = f.id and v.account_id = :a
           where f.entity = 'account' order by f.position, f.id""",
        {"a": account_id},
    )
    return [(row[0], row[1], row[2], row[3]) for row in rows]


def about(db: Reads, account_id: int) -> tuple[str, str, tuple[str, ...], str] | None:
    """Industry, country, tags and the remark of an account; None where it is not there."""
    row = db.one(
        """select coalesce(industry, ''), coalesce(country, ''),
                  (select json_group_array(tag) from (select tag from account_tag where account_id = :a order by tag)),
                  note
           from account where id = :a""",
        {"a": account_id},
    )
    return None if row is None else (row[0], row[1], tuple(json.loads(row[2])), row[3])


def values(db: Reads) -> list[tuple[int, int, str]]:
    """Every own value of every account: (account, field, canonical text)."""
    rows = db.all("select account_id, field_id, value from account_custom")
    return [(row[0], row[1], row[2]) for row in rows]

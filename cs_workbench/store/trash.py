"""The trash: what a deletion took with it, read off the journal, and how it comes back."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cs_workbench.errors import NotFound, PortfolioProblem
from cs_workbench.i18n import _
from cs_workbench.store import search
from cs_workbench.store.connection import DriverError
from cs_workbench.store.journal import Shape
from cs_workbench.store.queries.terms import called

if TYPE_CHECKING:
    from cs_workbench.store.change import Change
    from cs_workbench.store.reads import Reads

LABELS = {
    "account": "name",
    "person": "name",
    "contract": f"coalesce({called('contract')}, '')",
    "interaction": "subject",
    "task": "title",
    "value_ledger": "name",
}
"""What can be thrown away, and the text it is listed by."""


@dataclass(frozen=True, slots=True)
class Discarded:
    """One thing in the trash; ``deleted_at`` is the UTC instant as ISO text."""

    id: int
    entity: str
    entity_id: int
    label: str
    deleted_at: str


def discard(db: Change, entity: str, entity_id: int, *, at: str) -> int:
    """Delete a record and all that goes with it, keep the rows in the trash, and return the trash id.

    Must be all its change does. Raises NotFound, ValueError for an entity that has no trash.
    """
    found = db.one(f"select {LABELS[entity]} from {entity} where id=?", (entity_id,))
    if found is None:
        raise NotFound(_("It is not there any more."), _("Look at the list again."), candidates=[])
    db.execute(f"delete from {entity} where id=?", (entity_id,))
    rows = json.dumps(db.gone(), ensure_ascii=False, separators=(",", ":"))
    return db.lastrowid(
        "insert into trash (entity, entity_id, label, deleted_at, rows) values (?, ?, ?, ?, ?)",
        (entity, entity_id, found[0], at, rows),
    )


def listing(db: Reads) -> list[Discarded]:
    """What lies in the trash, newest first."""
    return [
        Discarded(*row)
        for row in db.all("select id, entity, entity_id, label, deleted_at from trash order by id desc")
    ]


@dataclass(frozen=True, slots=True)
class Content:
    """What lies with one thing in the trash: how many rows, and the account it belonged to (None: it is one)."""

    rows: int
    account_id: int | None


def contents(db: Reads) -> dict[int, Content]:
    """What went with each thing, by its trash id."""
    rows = db.all(
        """select t.id,
               (select coalesce(sum(json_array_length(part.value, '$.rows')), 0)
                  from json_each(t.rows, '$.rows') part),
               case when t.entity <> 'account' then
                   (select json_extract(one.value, '$[' || column.key || ']')
                      from json_each(t.rows, '$.rows.' || t.entity || '.columns') column,
                           json_each(t.rows, '$.rows.' || t.entity || '.rows') one
                     where column.value = 'account_id' and json_extract(one.value, '$[0]') = t.entity_id)
               end
           from trash t"""
    )
    return {row[0]: Content(int(row[1]), row[2]) for row in rows}


def account_names(db: Reads, ids: Sequence[int]) -> dict[int, str]:
    """Names of the accounts among *ids* that are there, or in the trash themselves."""
    wanted = json.dumps(list(ids))
    rows = db.all(
        """select entity_id, label from trash where entity = 'account'
               and entity_id in (select value from json_each(:ids))
           union all
           select id, name from account where id in (select value from json_each(:ids))""",
        {"ids": wanted},
    )
    return dict(rows)


def entity_of(db: Reads, trash_id: int) -> str:
    """What kind of thing lies there, "" where nothing does."""
    return str(db.scalar("select entity from trash where id=?", (trash_id,)) or "")


def expire(db: Change, before: str) -> int:
    """Let go of what was deleted before the UTC instant *before* (ISO text); returns how many things that were."""
    return db.execute("delete from trash where deleted_at < ?", (before,))


def put_back(db: Change, trash_id: int) -> Discarded:
    """Bring a record back with its rows and with the links other records had to it.

    Rows that belong to something gone meanwhile stay away. Raises NotFound, and PortfolioProblem where the record's
    own account is gone (code ``parent_gone``) or an id of it is in use again (code ``in_use``).
    """
    found = db.one("select id, entity, entity_id, label, deleted_at, rows from trash where id=?", (trash_id,))
    if found is None:
        raise NotFound(_("It is not in the trash any more."), _("Look at the trash again."), candidates=[])
    thing = Discarded(*found[:5])
    kept: dict[str, Any] = json.loads(found[5])
    db.execute("pragma defer_foreign_keys=on")
    for table, rows in kept["rows"].items():
        _insert(db, thing, table, rows["columns"], rows["rows"])
    for table, rows in kept["rows"].items():
        _settle_references(db, table, rows)
    if db.one(f"select 1 from {thing.entity} where id=?", (thing.entity_id,)) is None:
        raise PortfolioProblem(
            _("{label} belongs to an account that is not there.").format(label=thing.label),
            _("Nothing was changed. Restore the account first."),
            code="parent_gone",
        )
    for link in kept["links"]:
        _link(db, link)
    db.execute("delete from trash where id=?", (trash_id,))
    return thing


def empty(db: Change) -> int:
    """Delete everything in the trash for good, with its traces in audit, history and search; returns how many.

    The undo history goes as a whole: its images are the only other place the rows live.
    """
    db.execute(
        "delete from audit where exists (select 1 from trash t"
        " where t.entity=audit.entity and t.entity_id=audit.entity_id)"
    )
    count = db.execute("delete from trash")
    db.forget_history()
    search.scrub(db.connection)
    return count


def _insert(
    db: Change, thing: Discarded, table: str, columns: Sequence[str], rows: Sequence[Sequence[object]]
) -> None:
    shape = Shape(db.connection, table)
    known = [place for place, column in enumerate(columns) if column in shape.columns]
    names = ", ".join(f'"{columns[place]}"' for place in known)
    marks = ", ".join("?" * len(known))
    try:
        db.executemany(
            f'insert into "{table}" ({names}) values ({marks})',
            [[row[place] for place in known] for row in rows],
        )
    except DriverError as error:
        if not str(getattr(error, "sqlite_errorname", "")).startswith("SQLITE_CONSTRAINT"):
            raise
        raise PortfolioProblem(
            _("{label} cannot come back: something of it was entered or imported again.").format(
                label=thing.label
            ),
            _("Nothing was changed. Delete the newer record first, or keep it instead."),
            code="in_use",
            table=table,
        ) from error


def _settle_references(db: Change, table: str, rows: Mapping[str, Any]) -> None:
    """Let go of what is gone: a reference that may be empty is emptied, a row that must have it stays away."""
    shape = Shape(db.connection, table)
    keys = json.dumps([[row[rows["columns"].index(column)] for column in shape.key] for row in rows["rows"]])
    listed = ", ".join(f"json_extract(value, '$[{place}]')" for place in range(len(shape.key)))
    among = f"({shape.key_sql()}) in (select {listed} from json_each(:keys))"
    for reference in db.all(f'pragma foreign_key_list("{table}")'):
        parent, column, target, on_delete = reference[2], reference[3], reference[4], reference[6]
        lost = (
            f'{among} and "{column}" is not null'
            f' and not exists (select 1 from "{parent}" p where p."{target}"="{table}"."{column}")'
        )
        if on_delete == "SET NULL":
            db.execute(f'update "{table}" set "{column}"=null where {lost}', {"keys": keys})
        else:
            db.execute(f'delete from "{table}" where {lost}', {"keys": keys})


def _link(db: Change, link: Mapping[str, Any]) -> None:
    where = " and ".join(f'"{column}"=?' for column in link["key"])
    db.execute(
        f'update "{link["table"]}" set "{link["column"]}"=? where {where} and "{link["column"]}" is null',
        (link["old"], *link["key"].values()),
    )

"""Who changed which field that matters, read off the journal's images when a step ends; outlives the history."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from sqlite3 import Connection

WATCHED = {
    "account": ("name", "stage", "tier", "owner", "archived_at"),
    "person": ("name", "status", "account_id"),
    "contract": (
        "arr",
        "mrr",
        "amount",
        "currency",
        "end_on",
        "notice_days",
        "notice_months",
        "status",
        "auto_renew",
    ),
    "task": ("done_on",),
}
"""Fields whose changes are kept, by table."""

MONEY = frozenset(("arr", "mrr", "amount"))
_HEAD = "insert into audit (at, step, entity, entity_id, field, old, new) select s.at, s.name, "
_FIELD = (
    "'{table}', t.id, '{field}', {old}, {new}"
    " from j_{table} j join {table} t on t.id=j.id, step s"
    ' where j.j_step=?1 and s.id=?1 and j.j_had=1 and j."{field}" is not t."{field}"'
)
_ROLES = (
    _HEAD + "'person', j.person_id, 'role', j.role, null from j_person_role j, step s"
    " where j.j_step=?1 and s.id=?1 and j.j_had=1"
    " and not exists (select 1 from person_role r where r.person_id=j.person_id and r.role=j.role)"
    " and exists (select 1 from person p where p.id=j.person_id)",
    _HEAD
    + "'person', r.person_id, 'role', null, r.role from j_person_role j join person_role r on r.id=j.id, step s"
    " where j.j_step=?1 and s.id=?1 and not exists (select 1 from j_person_role o"
    " where o.j_step=?1 and o.j_had=1 and o.person_id=r.person_id and o.role=r.role)"
    " and not exists (select 1 from j_person p where p.j_step=?1 and p.id=r.person_id and p.j_had=0)",
)


def derive(connection: Connection, step: int, kinds: Iterable[str]) -> None:
    """Write an audit row for each watched field of an existing row that *step* changed. Amounts as decimal text."""
    for table in kinds:
        for field in WATCHED.get(table, ()):
            old, new = _text("j", field), _text("t", field)
            connection.execute(_HEAD + _FIELD.format(table=table, field=field, old=old, new=new), (step,))
        if table == "person_role":
            for statement in _ROLES:
                connection.execute(statement, (step,))


def _text(row: str, field: str) -> str:
    column = f'{row}."{field}"'
    if field not in MONEY:
        return f"cast({column} as text)"
    digits = f"printf('%s%d.%04d', iif({column}<0, '-', ''), abs({column})/10000, abs({column})%10000)"
    return f"iif({column} is null, null, rtrim(rtrim({digits}, '0'), '.'))"

"""Writing people beyond one row: everything that points at one person made to point at another."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cs_workbench.store.change import Change
    from cs_workbench.store.reads import Reads

_POINTERS = """select m.name, f."from" from sqlite_schema m join pragma_foreign_key_list(m.name) f
    where m.type = 'table' and f."table" = 'person' and m.name not glob 'j_*' order by 1, 2"""


def pointers(db: Reads) -> list[tuple[str, str]]:
    """Every table and column that points at a person, whatever revision the file is of."""
    return [(row[0], row[1]) for row in db.all(_POINTERS)]


def repoint(db: Change, gone: int, keep: int) -> None:
    """Let everything that points at *gone* point at *keep*, and delete *gone*.

    What *keep* has already (a role, a meeting both took part in, an own field) stays as it is and is not doubled.
    """
    for table, column in pointers(db):
        db.execute(
            f'update or ignore "{table}" set "{column}" = :keep where "{column}" = :gone',
            {"keep": keep, "gone": gone},
        )
    db.execute(
        "update person set reports_to_id = null where id = :keep and reports_to_id = :keep", {"keep": keep}
    )
    db.execute("delete from person where id = :gone", {"gone": gone})

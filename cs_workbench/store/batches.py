"""Readings of one import, undone and redone by their batch: a million rows as a few set statements.

The import itself writes ``reading`` and, for every value it replaces, ``reading_before``.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from sqlite3 import Connection

_KEY = "account_id, metric_id, day"


def withdraw(connection: Connection, batch: int) -> None:
    """Move the batch's readings to ``reading_undone`` and bring back the values it had replaced."""
    connection.execute(
        f"insert into reading_undone (by_batch, {_KEY}, value)"
        f" select ?1, {_KEY}, value from reading where batch_id=?1 order by {_KEY}",
        (batch,),
    )
    connection.execute("delete from reading where batch_id=?", (batch,))
    connection.execute(
        f"insert into reading ({_KEY}, value, batch_id)"
        f" select {_KEY}, value, batch_id from reading_before where by_batch=? order by {_KEY}",
        (batch,),
    )
    connection.execute("delete from reading_before where by_batch=?", (batch,))


def put_again(connection: Connection, batch: int) -> None:
    """Put the withdrawn readings of the batch in again, keeping anew what they replace."""
    connection.execute(
        "insert into reading_before (by_batch, account_id, metric_id, day, value, batch_id)"
        " select u.by_batch, r.account_id, r.metric_id, r.day, r.value, r.batch_id"
        " from reading_undone u join reading r using (account_id, metric_id, day) where u.by_batch=?",
        (batch,),
    )
    connection.execute(
        f"insert into reading ({_KEY}, value, batch_id)"
        f" select {_KEY}, value, by_batch from reading_undone where by_batch=? order by {_KEY}"
        f" on conflict ({_KEY}) do update set value=excluded.value, batch_id=excluded.batch_id",
        (batch,),
    )
    connection.execute("delete from reading_undone where by_batch=?", (batch,))


def kept(connection: Connection, batch: int) -> int:
    """How many rows are kept for the batch's way back or forth."""
    counted: int = connection.execute(
        "select (select count(*) from reading_before where by_batch=?1)"
        " + (select count(*) from reading_undone where by_batch=?1)",
        (batch,),
    ).fetchone()[0]
    return counted


def forget(connection: Connection, batch: int, side: str) -> None:
    """Drop what was kept for undoing (side ``undo``) or redoing (``redo``) the batch."""
    table = "reading_before" if side == "undo" else "reading_undone"
    connection.execute(f"delete from {table} where by_batch=?", (batch,))

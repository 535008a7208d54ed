"""Drafts as they are stored."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from cs_workbench.store.change import Change
    from cs_workbench.store.reads import Reads


def draft(db: Reads, key: str) -> str:
    """The body kept under *key*; "" where there is none."""
    return str(db.scalar("select body from draft where key = :key", {"key": key}) or "")


def drafts(db: Reads) -> list[tuple[str, str, str]]:
    """(key, body, instant) of every draft, the newest first."""
    return db.all("select key, body, updated_at from draft order by updated_at desc, key")


def put_draft(db: Change, key: str, body: str, at: str) -> None:
    """Keep *body* under *key* as of the instant *at*; an empty one takes the draft away.

    Screens are not told: no list shows drafts, and one is kept at every second of typing.
    """
    if body:
        db.execute(
            """insert into draft (key, body, updated_at) values (:key, :body, :at)
               on conflict (key) do update set body = excluded.body, updated_at = excluded.updated_at""",
            {"key": key, "body": body, "at": at},
        )
    else:
        db.execute("delete from draft where key = :key", {"key": key})

"""What is written in success plans and in what customers told us, as the search reads it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from cs_workbench.store.reads import Reads

SaidKind = Literal["plan", "voice", "feedback"]


@dataclass(frozen=True, slots=True)
class SaidRow:
    """One text. ``id`` is the plan's for whatever stands in it; ``day`` an ISO date or "", ``more`` stays below."""

    kind: SaidKind
    id: int
    account_id: int
    account_name: str
    day: str
    text: str
    more: str


_SOURCES = (
    "select 'plan', p.id, p.account_id, coalesce(p.ends_on, ''), p.name, p.purpose from success_plan p",
    "select 'plan', p.id, p.account_id, coalesce(o.due_on, ''), o.title, trim(o.measure || ' ' || o.note)"
    " from objective o join success_plan p on p.id = o.plan_id",
    "select 'plan', p.id, p.account_id, coalesce(i.due_on, ''), i.title, i.note"
    " from plan_item i join success_plan p on p.id = i.plan_id",
    "select 'plan', p.id, p.account_id, '', r.title, r.response"
    " from plan_risk r join success_plan p on p.id = r.plan_id",
    "select 'voice', c.id, c.account_id, c.said_on, c.said, trim(c.action || ' ' || c.note) from voice_case c",
    "select 'feedback', f.id, f.account_id, f.said_on, f.said, coalesce(t.name, '')"
    " from feedback f left join theme t on t.id = f.theme_id",
)


def said(db: Reads, kinds: Sequence[SaidKind], account_id: int | None) -> list[SaidRow]:
    """Every text of *kinds* (of one account only), in one statement. Some thousands: people write them by hand, so
    that reading them all costs less than an index over six tables would.
    """
    wanted = [source for source in _SOURCES if source.split("'", 2)[1] in kinds]
    if not wanted:
        return []
    within = "" if account_id is None else " where s.account_id = :account"
    rows = db.all(
        f"with s(kind, id, account_id, day, text, more) as ({' union all '.join(wanted)})"
        " select s.kind, s.id, s.account_id, a.name, s.day, s.text, s.more"
        f" from s join account a on a.id = s.account_id{within}",
        {} if account_id is None else {"account": account_id},
    )
    return [SaidRow(*row) for row in rows]

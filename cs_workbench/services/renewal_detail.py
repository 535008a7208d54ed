"""One renewal opened: who could come, what is complained about, what is promised; read when a row is chosen."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cs_workbench.services import renewal_acts
from cs_workbench.store.once import Once
from cs_workbench.store.queries import account_page, snapshots
from cs_workbench.store.queries import renewals as queries
from cs_workbench.store.queries.account_page import PersonRow, TaskRow
from cs_workbench.store.queries.renewals import RenewalCallRow
from cs_workbench.store.queries.settings import settings

if TYPE_CHECKING:
    from cs_workbench.services.renewals import RenewalRow
    from cs_workbench.store.reads import Reads

DECIDERS = ("decision_maker", "economic_buyer")
SILENT_DAYS = 60


@dataclass(frozen=True, slots=True)
class Complaint:
    """Something the customer is unhappy about: an open ticket or a low answer (``kind`` ticket, nps, csat)."""

    kind: str
    on: dt.date
    words: str


@dataclass(frozen=True, slots=True)
class Detail:
    """What the pane shows of a renewal beside its row.

    ``people`` are those still there, the most influential first; ``asked`` who is asked to the meeting; ``measured``
    of ``measures`` inputs of the score are known as of ``scored_on``; ``names`` are our name and company by language.
    """

    row: RenewalRow
    today: dt.date
    people: tuple[PersonRow, ...]
    asked: frozenset[int]
    complaints: tuple[Complaint, ...]
    promises: tuple[TaskRow, ...]
    measured: int
    measures: int
    scored_on: dt.date | None
    history: tuple[RenewalCallRow, ...]
    names: dict[str, tuple[str, str]]

    @property
    def missing_deciders(self) -> tuple[PersonRow, ...]:
        """Those who decide and are not asked to the meeting."""
        return tuple(one for one in self.deciders if one.id not in self.asked)

    @property
    def deciders(self) -> tuple[PersonRow, ...]:
        """Those known to decide."""
        return tuple(one for one in self.people if any(role in DECIDERS for role in one.roles))

    @property
    def contact(self) -> PersonRow | None:
        """Whom to write to: the champion, else somebody who decides, else the most influential with an address."""
        reachable = [one for one in self.people if one.email] or list(self.people)
        for roles in (("champion",), DECIDERS):
            for one in reachable:
                if any(role in roles for role in one.roles):
                    return one
        return reachable[0] if reachable else None


def load(reads: Reads, row: RenewalRow, today: dt.date) -> Detail:
    """Read it; a constant number of statements."""
    db = Once(reads)
    account = row.account_id
    people = account_page.people(db, account, today)
    measured, measures, scored_on = _measured(snapshots.latest_detail(db, account, today))
    found = settings(db)
    return Detail(
        row=row,
        today=today,
        people=tuple(one for one in people if one.status != "left"),
        asked=queries.attendees(db, *row.key),
        complaints=tuple(
            Complaint(kind, dt.date.fromisoformat(day), words)
            for kind, day, words in queries.open_complaints(db, account, today)
        ),
        promises=tuple(
            one
            for one in account_page.tasks(db, account, today)
            if one.done_on is None and one.kind == "promise_ours"
        ),
        measured=measured,
        measures=measures,
        scored_on=scored_on,
        history=tuple(renewal_acts.history(db, row.key)),
        names={
            language: (
                str(found.get(f"own_name_{language}") or found.get("own_name") or ""),
                str(found.get(f"company_{language}") or found.get("company") or ""),
            )
            for language in ("en", "ja")
        },
    )


def variant(detail: Detail) -> str:
    """Which first-touch mail fits: new_contact, silent, or the band (not measured: yellow)."""
    contact = detail.contact
    spoken = [one.last_two_way for one in detail.people if one.last_two_way]
    if contact is not None and contact.last_two_way is None and spoken:
        return "new_contact"
    newest = max((dt.datetime.fromisoformat(text).date() for text in spoken), default=None)
    if newest is None or (detail.today - newest).days > SILENT_DAYS:
        return "silent"
    return detail.row.band if detail.row.band in ("green", "yellow", "red") else "yellow"


def _measured(detail: str | None) -> tuple[int, int, dt.date | None]:
    if detail is None:
        return 0, 0, None
    tree = json.loads(detail)
    measures = tree.get("measures", [])
    known = sum(one.get("points") is not None for one in measures)
    return known, len(measures), dt.date.fromisoformat(tree["as_of"])

"""The quadrant as a screen shows it: every account's size in one currency, corners summed, one playbook for many."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from cs_workbench.domain.money import Amount, Rate, total
from cs_workbench.domain.quadrant import Corner
from cs_workbench.errors import InvalidValue, NotFound
from cs_workbench.i18n import _, ngettext
from cs_workbench.services import playbooks, quadrant
from cs_workbench.services.quadrant import Placed
from cs_workbench.store import rates as rate_queries
from cs_workbench.store.queries import contacts as contact_queries
from cs_workbench.store.queries import voice_loops

if TYPE_CHECKING:
    from cs_workbench.services.workbench import Workbench
    from cs_workbench.store.reads import Reads

SUGGESTED: dict[Corner, str] = {
    "advocate": "expansion", "happy_not_succeeding": "adoption_push", "succeeding_not_happy": "detractor",
    "at_risk": "risk_save",
}  # fmt: skip
"""Corner → the playbook offered first."""


@dataclass(frozen=True, slots=True)
class Board:
    """Every account with where it stands, largest first; ``worth`` is its ARR in ``currency``, None where unknown."""

    placed: tuple[Placed, ...]
    worth: Mapping[int, Decimal | None]
    currency: str
    as_of: dt.date
    since: dt.date | None

    def inside(self, corner: Corner) -> tuple[Placed, ...]:
        """The accounts of a corner, largest first."""
        return tuple(one for one in self.placed if one.corner == corner)

    @property
    def apart(self) -> tuple[Placed, ...]:
        """Those that lack a measure."""
        return tuple(one for one in self.placed if one.corner is None)

    def value(self, corner: Corner) -> Decimal | None:
        """ARR of a corner; None where no account's is known."""
        known = [worth for one in self.inside(corner) if (worth := self.worth[one.account_id]) is not None]
        return sum(known, Decimal(0)) if known else None


@dataclass(frozen=True, slots=True)
class StartedMany:
    """What was started for how many accounts, and for how many it was under way already."""

    title: str
    started: int
    skipped: int


def board(reads: Reads, as_of: dt.date, since: dt.date | None = None) -> Board:
    """Where every account stands, and stood on *since*; amounts go through the entered rates."""
    placed = quadrant.place(reads, as_of, since)
    own = voice_loops.own_currency(reads)
    rates = [
        Rate(one.currency, dt.date.fromisoformat(one.on_date), Decimal(one.rate))
        for one in rate_queries.rates(reads)
    ]
    zero = Amount(Decimal(0), own)
    worth = {
        one.account_id: None if one.arr is None
        else one.arr if one.currency in {own, None, ""}
        else total((zero, Amount(one.arr, str(one.currency))), own, rates, as_of).value
        for one in placed
    }  # fmt: skip
    ordered = sorted(placed, key=lambda one: (-(worth[one.account_id] or 0), one.account_id))
    return Board(tuple(ordered), worth, own, as_of, since)


def start_playbook(
    wb: Workbench, account_ids: Sequence[int], key: str, *, today: dt.date, now: dt.datetime, language: str
) -> StartedMany:
    """Start one playbook for several accounts as one undoable change; where it is under way it is left alone.

    Raises NotFound for the playbook, InvalidValue where it is under way for all of them.
    """
    playbook = next((one for one in playbooks.playbooks(language) if one.key == key), None)
    if playbook is None:
        raise NotFound(_("There is no playbook “{name}”.").format(name=key), candidates=[])
    free = [one for one in account_ids if not playbooks.under_way(wb.reads, one, key)]
    if not free:
        raise InvalidValue(
            _("“{playbook}” is under way for all of them.").format(playbook=playbook.title),
            _("Choose another playbook. Nothing was added."),
            code="under_way",
        )
    name = ngettext("Start playbook for {n} account", "Start playbook for {n} accounts", len(free))
    with wb.change(name.format(n=len(free))) as db:
        for account_id in free:
            known = contact_queries.account_for_tasks(db, account_id)
            if known is not None:
                db.session.add_all(
                    playbooks.tasks_of(playbook, account_id, known.owner, today=today, now=now)
                )
    return StartedMany(playbook.title, len(free), len(account_ids) - len(free))

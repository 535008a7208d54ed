"""Personas: kinds of customers that share one definition of success, and how much of the revenue they cover."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from cs_workbench.domain.success_map import Advice, advice
from cs_workbench.domain.text import fold, name_of, seen
from cs_workbench.errors import InvalidValue, NotFound
from cs_workbench.i18n import _, ngettext
from cs_workbench.services import account_table
from cs_workbench.store.queries import success as queries

if TYPE_CHECKING:
    from cs_workbench.services.account_table import AccountTable
    from cs_workbench.services.workbench import Workbench
    from cs_workbench.store.change import Change
    from cs_workbench.store.reads import Reads
    from cs_workbench.store.tables import Persona


@dataclass(frozen=True, slots=True)
class Free:
    """An account without a persona; ``arr`` in the portfolio's currency."""

    id: int
    name: str
    arr: Decimal | None


@dataclass(frozen=True, slots=True)
class PersonaLine:
    """A persona with what it covers: ``share`` is its part of all revenue (None: there is none to share)."""

    id: int
    name: str
    definition: str
    archived: bool
    map_id: int | None
    version: int | None
    made_on: dt.date | None
    accounts: int
    arr: Decimal
    share: float | None


@dataclass(frozen=True, slots=True)
class Coverage:
    """All personas, what those in use cover together, the accounts they leave out, and the rule of thumb on it."""

    personas: tuple[PersonaLine, ...]
    covered: float | None
    without: tuple[Free, ...]
    currency: str
    advice: Advice

    @property
    def used(self) -> tuple[PersonaLine, ...]:
        """Those not archived."""
        return tuple(one for one in self.personas if not one.archived)


def coverage(reads: Reads, today: dt.date, table: AccountTable | None = None) -> Coverage:
    """What personas cover on a day; customers who left count on neither side. A constant number of statements."""
    table = table or account_table.first(reads, today, contacts=False)
    places = queries.places(reads)
    rows = queries.personas(reads)
    used = {row.id for row in rows if not row.archived}
    live = [line for line in table.lines if not line.gone]
    whole = sum((line.arr or Decimal(0) for line in live), Decimal(0))
    sums: dict[int, Decimal] = {}
    counts: dict[int, int] = {}
    without = []
    for line in live:
        place = places.get(line.id)
        if place is None or place.persona_id not in used:
            without.append(Free(line.id, line.name, line.arr))
            continue
        sums[place.persona_id] = sums.get(place.persona_id, Decimal(0)) + (line.arr or Decimal(0))
        counts[place.persona_id] = counts.get(place.persona_id, 0) + 1

    def line_of(row: queries.PersonaRow) -> PersonaLine:
        arr = sums.get(row.id, Decimal(0))
        return PersonaLine(row.id, row.name, row.definition, row.archived, row.map_id, row.version, row.made_on,
                           counts.get(row.id, 0), arr, float(arr / whole) if whole else None)  # fmt: skip

    covered = float(sum(sums.values(), Decimal(0)) / whole) if whole else None
    without.sort(key=lambda one: -(one.arr or Decimal(0)))
    lines = tuple(line_of(row) for row in rows)
    return Coverage(lines, covered, tuple(without), table.currency, advice(len(used), covered))


def add(wb: Workbench, name: str, definition: str = "") -> int:
    """Add a persona as the last one; returns its id. Raises InvalidValue without a name, or for one that is taken."""
    from cs_workbench.store.tables import Persona

    words = named(wb.reads, name, None)
    with wb.change(_("Add persona")) as db:
        row = Persona(name=words, definition=seen(definition).strip(), position=queries.next_position(db))
        db.session.add(row)
        db.session.flush()
        return row.id


def edit(wb: Workbench, persona_id: int, *, name: str, definition: str) -> bool:
    """Keep name and definition; returns whether anything was another. Raises InvalidValue, NotFound."""
    words, says = named(wb.reads, name, persona_id), seen(definition).strip()
    found = next((one for one in queries.personas(wb.reads) if one.id == persona_id), None)
    if found is not None and (found.name, found.definition) == (words, says):
        return False
    with wb.change(_("Edit persona")) as db:
        row = kept(db, persona_id)
        row.name, row.definition = words, says
    return True


def move(wb: Workbench, persona_id: int, by: int) -> bool:
    """Move a persona *by* places among those in use; returns whether it could. Raises NotFound."""
    order = [one.id for one in queries.personas(wb.reads) if not one.archived]
    if persona_id not in order:
        raise _missing(persona_id)
    place = order.index(persona_id)
    target = min(max(place + by, 0), len(order) - 1)
    if target == place:
        return False
    order.insert(target, order.pop(place))
    with wb.change(_("Move persona")) as db:
        for position, one in enumerate(order):
            kept(db, one).position = position
    return True


def archive(wb: Workbench, persona_id: int, *, now: dt.datetime) -> bool:
    """Take a persona out of use; its map and accounts stay with it. Returns whether it was in use. Raises NotFound."""
    return _put_away(wb, persona_id, now)


def unarchive(wb: Workbench, persona_id: int) -> bool:
    """Bring a persona back; returns whether it was archived. Raises NotFound."""
    return _put_away(wb, persona_id, None)


def remove(wb: Workbench, persona_id: int) -> None:
    """Delete a persona with its maps; its accounts then have none. Raises NotFound."""
    with wb.change(_("Delete persona")) as db:
        db.session.delete(kept(db, persona_id))


def give(
    wb: Workbench, account_ids: Collection[int], persona_id: int | None, *, step_id: int | None = None, today: dt.date
) -> int:  # fmt: skip
    """Give accounts a persona (None takes it away) and put them on a step of its map: the first unless *step_id*
    names another. Accounts that have it already stay where they are. Returns how many changed. Raises NotFound.
    """
    from cs_workbench.store.tables import MapMove, MapPlace

    places = queries.places(wb.reads)
    moved = [one for one in dict.fromkeys(account_ids) if _persona_of(places, one) != persona_id]
    row = next((one for one in queries.personas(wb.reads) if one.id == persona_id), None)
    if persona_id is not None and row is None:
        raise _missing(persona_id)
    steps = queries.steps(wb.reads, row.map_id) if row is not None and row.map_id is not None else ()
    step = next((one for one in steps if one.id == step_id), steps[0] if steps else None)
    if not moved:
        return 0
    name = _("Give persona") if persona_id is not None else _("Take persona away")
    with wb.change(name) as db:
        _check_accounts(db, moved)
        for account in moved:
            place = db.session.query(MapPlace).filter_by(account_id=account).one_or_none()
            before = _step_name(db, place)
            if persona_id is None:
                db.session.delete(place)
            else:
                if place is None:
                    place = MapPlace(account_id=account)
                    db.session.add(place)
                place.persona_id, place.step_id = persona_id, step.id if step else None
                place.wanted_step_id = place.wanted_by = None
                place.entered_on = today if step else None
            after = step.name if step is not None and persona_id is not None else None
            if (before, after) != (None, None):
                db.session.add(MapMove(account_id=account, from_step=before, to_step=after, moved_on=today))
    return len(moved)


def named(reads: Reads, name: str, persona_id: int | None) -> str:
    """A persona's name as it is stored. Raises InvalidValue without one, or where another persona bears it."""
    words = name_of(name)
    if not words:
        raise InvalidValue(_("A persona needs a name."), _("Say whose success it is."), field="name")
    if any(fold(one.name) == fold(words) and one.id != persona_id for one in queries.personas(reads)):
        raise InvalidValue(
            _("There is a persona “{name}” already.").format(name=words),
            _("Choose another name."),
            field="name",
        )
    return words


def kept(db: Change, persona_id: int) -> Persona:
    """The persona inside a change. Raises NotFound."""
    from cs_workbench.store.tables import Persona

    row = db.session.get(Persona, persona_id)
    if row is None:
        raise _missing(persona_id)
    return row


def told(count: int) -> str:
    """How many accounts a step touched."""
    return ngettext("{n} account", "{n} accounts", count).format(n=count)


def _put_away(wb: Workbench, persona_id: int, at: dt.datetime | None) -> bool:
    found = next((one for one in queries.personas(wb.reads) if one.id == persona_id), None)
    if found is not None and found.archived == (at is not None):
        return False
    with wb.change(_("Bring persona back") if at is None else _("Archive persona")) as db:
        kept(db, persona_id).archived_at = at
    return True


def _persona_of(places: dict[int, queries.PlaceRow], account_id: int) -> int | None:
    place = places.get(account_id)
    return None if place is None else place.persona_id


def _step_name(db: Change, place: object) -> str | None:
    from cs_workbench.store.tables import MapStep

    step_id = getattr(place, "step_id", None)
    step = None if step_id is None else db.session.get(MapStep, step_id)
    return None if step is None else step.name


def _check_accounts(db: Change, account_ids: Collection[int]) -> None:
    from cs_workbench.store.tables import Account

    for account in account_ids:
        if db.session.get(Account, account) is None:
            raise NotFound(_("There is no account {id}.").format(id=account), id=account)


def _missing(persona_id: int | None) -> NotFound:
    return NotFound(
        _("The persona is not there any more."),
        _("It may have been deleted; Undo brings it back."),
        id=persona_id,
    )

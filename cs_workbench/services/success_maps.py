"""Writing success maps: a new version from steps drawn up, and accounts that move over its steps."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, cast

from cs_workbench.domain.success_map import (
    PER_SEAT,
    SHARE_ROLES,
    STUCK_DAYS,
    ExitKind,
    Flaw,
    Means,
    MeansKind,
    Step,
    carried,
    flaw,
)
from cs_workbench.domain.text import name_of, seen
from cs_workbench.errors import InvalidValue, NotFound
from cs_workbench.i18n import _, mark
from cs_workbench.services import personas
from cs_workbench.store.queries import success as queries
from cs_workbench.store.queries.success import MapRow, MoveRow

if TYPE_CHECKING:
    from cs_workbench.services.workbench import Workbench
    from cs_workbench.store.change import Change
    from cs_workbench.store.reads import Reads
    from cs_workbench.store.tables import MapPlace

__all__ = [
    "EXITS",
    "KINDS",
    "MapRead",
    "MapRow",
    "MoveRow",
    "choices",
    "history",
    "move",
    "read",
    "save",
    "want",
]

EXITS: dict[ExitKind, str] = {
    "confirmed": mark("Confirmed by you"),
    "metric": mark("A metric reaches a value"),
    "objectives": mark("Objectives of the plan reached"),
}
"""How a step's exit criterion is judged, in words."""
KINDS: dict[MeansKind, str] = {
    "training": mark("Training"), "community": mark("Community"), "enablement": mark("Enablement"),
    "template": mark("Template"),
}  # fmt: skip
"""Success means, in words."""
_FLAWS: dict[Flaw, tuple[str, str]] = {
    "no_steps": (mark("A map needs at least one step."), mark("Add the first step.")),
    "no_name": (mark("A step needs a name."), mark("Say what is reached at its end.")),
    "same_name": (mark("Two steps bear the same name."), mark("Give each its own.")),
    "no_metric": (mark("No metric is chosen."), mark("Choose one, or let the exit be confirmed by you.")),
    "no_bound": (mark("It is not said what value is enough."), mark("Type the least value that counts.")),
    "share": (mark("A share lies above 0 % and at most at 100 %."), mark("Type a percentage such as 60.")),
    "days": (mark("Usual days are a whole number from 1 to 3,650."),
             mark("Leave it empty for {days} days.")),
    "no_means_title": (mark("A success means needs a title."), mark("Name it, or take it out.")),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class MapRead:
    """A version of a map to be read or drawn up anew; ``people`` counts the accounts on each step's place."""

    persona_id: int
    persona: str
    version: int
    made_on: dt.date
    retired_on: dt.date | None
    steps: tuple[Step, ...]
    people: tuple[int, ...]
    versions: tuple[MapRow, ...]


def read(reads: Reads, persona_id: int, map_id: int | None = None) -> MapRead | None:
    """A version of a persona's map, the one in use unless *map_id* names another; None where it has none.

    Raises NotFound for the persona or that version.
    """
    persona = next((one for one in queries.personas(reads) if one.id == persona_id), None)
    if persona is None:
        raise NotFound(_("The persona is not there any more."), id=persona_id)
    wanted = persona.map_id if map_id is None else map_id
    if wanted is None:
        return None
    row = queries.map_of(reads, wanted)
    if row is None or row.persona_id != persona_id:
        raise NotFound(_("This version of the map is not there any more."), id=wanted)
    on_step: dict[int | None, int] = {}
    for place in queries.places(reads).values():
        on_step[place.step_id] = on_step.get(place.step_id, 0) + 1
    steps = queries.steps(reads, row.id)
    return MapRead(persona_id, persona.name, row.version, row.made_on, row.retired_on,
                   tuple(step_of(one) for one in steps), tuple(on_step.get(one.id, 0) for one in steps),
                   tuple(queries.maps(reads, persona_id)))  # fmt: skip


def save(wb: Workbench, persona_id: int, steps: Sequence[Step], *, today: dt.date) -> int:
    """Keep *steps* as a new version in use from *today*; the old one stays readable. Returns the map's id.

    Accounts go along: to the step that came from theirs, else to the one of its name, else to no step. Nothing is
    written where nothing is another. Raises InvalidValue with the place of the step, NotFound for the persona.
    """
    drawn = [_cleaned(one) for one in steps]
    check(drawn)
    before = read(wb.reads, persona_id)
    if before is not None and _same(before.steps, drawn):
        return next(one.id for one in before.versions if one.retired_on is None)
    with wb.change(_("Save success map")) as db:
        personas.kept(db, persona_id)
        return draw(db, persona_id, drawn, today=today)


def draw(db: Change, persona_id: int, steps: Sequence[Step], *, today: dt.date) -> int:
    """Write a new version inside a change, retire the one before and let the accounts go along; returns its id."""
    from cs_workbench.store.tables import SuccessMap

    old = db.session.query(SuccessMap).filter_by(persona_id=persona_id).all()
    in_use = next((one for one in old if one.retired_on is None), None)
    if in_use is not None:
        in_use.retired_on = today
    version = max((one.version for one in old), default=0) + 1
    row = SuccessMap(persona_id=persona_id, version=version, made_on=today)
    db.session.add(row)
    db.session.flush()
    made = [(_write_step(db, row.id, place, one), one.name, one.origin) for place, one in enumerate(steps)]
    _carry(db, persona_id, None if in_use is None else in_use.id, made, today)
    return row.id


def move(wb: Workbench, account_id: int, step_id: int | None, *, today: dt.date) -> bool:
    """Put an account on another step of its persona's map, on record; returns whether it stood elsewhere.

    An exit criterion that is not met never forbids it. A wanted step that is reached is wanted no longer. Raises
    NotFound for an account without a persona, InvalidValue for a step of another map.
    """
    from cs_workbench.store.tables import MapMove

    place = _place(wb.reads, account_id)
    if place.step_id == step_id:
        return False
    names = _step_names(wb.reads, place.persona_id, (place.step_id, step_id))
    with wb.change(_("Move on the success map")) as db:
        row = _row(db, account_id)
        row.step_id, row.entered_on = step_id, today if step_id is not None else None
        if step_id is not None and row.wanted_step_id == step_id:
            row.wanted_step_id = row.wanted_by = None
        db.session.add(MapMove(account_id=account_id, from_step=names[0], to_step=names[1], moved_on=today))
    return True


def want(wb: Workbench, account_id: int, step_id: int | None, by: dt.date | None = None) -> bool:
    """Say which step an account wants to reach (B) and by when; None takes it back. Returns whether it was another.

    Raises NotFound for an account without a persona, InvalidValue for a step of another map.
    """
    place = _place(wb.reads, account_id)
    by = by if step_id is not None else None
    if (place.wanted_step_id, place.wanted_by) == (step_id, by):
        return False
    _step_names(wb.reads, place.persona_id, (step_id,))
    with wb.change(_("Set wanted step")) as db:
        row = _row(db, account_id)
        row.wanted_step_id, row.wanted_by = step_id, by
    return True


def history(reads: Reads, account_id: int) -> tuple[MoveRow, ...]:
    """The moves of an account, newest first."""
    return tuple(queries.moves(reads, account_id))


def choices(reads: Reads) -> tuple[tuple[str, str], ...]:
    """(measure, words) an exit criterion can rest on: every metric, and those of use also per contracted seat."""
    return measures(queries.metrics(reads))


def shares(reads: Reads) -> frozenset[str]:
    """Those metrics whose readings are shares of one: their bound is written as a percentage."""
    return frozenset(key for key, _name, role in queries.metrics(reads) if role in SHARE_ROLES)


def measures(metrics: Iterable[tuple[str, str, str]]) -> tuple[tuple[str, str], ...]:
    """(measure, words) from the (key, name, role) of metrics."""
    found = []
    for key, name, role in metrics:
        found.append((key, name))
        if role in {"active_users", "seats_used"}:
            found.append((f"{key}{PER_SEAT}", _("{metric} ÷ contracted seats").format(metric=name)))
    return tuple(found)


def check(steps: Sequence[Step]) -> None:
    """Raise InvalidValue for the first thing wrong with a map; ``where`` holds the step's place and the flaw."""
    found = flaw(steps)
    if found is not None:
        what, place = found
        sentence, remedy = (_(one).format(days=STUCK_DAYS) for one in _FLAWS[what])
        raise InvalidValue(sentence, remedy, code=what, step=place)


def step_of(row: queries.StepRow) -> Step:
    """A step as kept, as it is drawn up again."""
    return Step(
        row.name, row.exit_text, cast("ExitKind", row.exit_kind), row.exit_metric, row.exit_at_least, row.usual_days,
        tuple(Means(cast("MeansKind", one.kind), one.title, one.detail) for one in row.means), row.id,
    )  # fmt: skip


def _cleaned(step: Step) -> Step:
    """The step as it is stored: figures only where its exit rests on them."""
    metric = step.exit_kind == "metric"
    return replace(
        step, name=name_of(step.name), exit_text=seen(step.exit_text).strip(),
        exit_metric=seen(step.exit_metric).strip() if metric else "",
        at_least=None if step.exit_kind == "confirmed" else step.at_least,
        means=tuple(Means(one.kind, name_of(one.title), seen(one.detail).strip()) for one in step.means),
    )  # fmt: skip


def _same(before: Sequence[Step], after: Sequence[Step]) -> bool:
    bare = [replace(one, origin=None) for one in after]
    return [replace(one, origin=None) for one in before] == bare


def _write_step(db: Change, map_id: int, place: int, step: Step) -> int:
    from cs_workbench.store.tables import MapStep, SuccessMeans

    row = MapStep(
        map_id=map_id, position=place, name=step.name, exit_text=step.exit_text, exit_kind=step.exit_kind,
        exit_metric=step.exit_metric or None, exit_at_least=step.at_least, usual_days=step.usual_days,
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    db.session.add_all(
        SuccessMeans(step_id=row.id, kind=one.kind, title=one.title, detail=one.detail, position=number)
        for number, one in enumerate(step.means)
    )
    return row.id


def _carry(
    db: Change, persona_id: int, old: int | None, made: Sequence[tuple[int, str, int | None]], today: dt.date
) -> None:
    """Let the persona's accounts stand on the new version; those who had no map before begin on its first step."""
    from cs_workbench.store.tables import MapMove, MapPlace

    names = {one.id: one.name for one in queries.steps(db, old)} if old is not None else {}
    goes: dict[int | None, int | None] = {}
    goes.update(carried(names, made).items())
    for row in db.session.query(MapPlace).filter_by(persona_id=persona_id).all():
        if not names:
            row.step_id, row.entered_on = made[0][0], today
            db.session.add(
                MapMove(account_id=row.account_id, from_step=None, to_step=made[0][1], moved_on=today)
            )
            continue
        before, row.step_id = row.step_id, goes.get(row.step_id)
        row.wanted_step_id = goes.get(row.wanted_step_id)
        if row.wanted_step_id is None:
            row.wanted_by = None
        if before is not None and row.step_id is None:
            row.entered_on = None
            gone = names.get(before)
            db.session.add(MapMove(account_id=row.account_id, from_step=gone, to_step=None, moved_on=today))


def _place(reads: Reads, account_id: int) -> queries.PlaceRow:
    place = queries.places(reads).get(account_id)
    if place is None:
        raise NotFound(
            _("The account has no persona, so it stands on no map."),
            _("Give it a persona first."),
            id=account_id,
        )
    return place


def _row(db: Change, account_id: int) -> MapPlace:
    from cs_workbench.store.tables import MapPlace

    return db.session.query(MapPlace).filter_by(account_id=account_id).one()


def _step_names(reads: Reads, persona_id: int, step_ids: Sequence[int | None]) -> list[str | None]:
    """Names of steps of the map in use, None for no step. Raises InvalidValue for a step that is not on it."""
    map_id = next((one.map_id for one in queries.personas(reads) if one.id == persona_id), None)
    names = {one.id: one.name for one in queries.steps(reads, map_id)} if map_id is not None else {}
    if any(one is not None and one not in names for one in step_ids):
        raise InvalidValue(
            _("This step is not on the map in use."),
            _("Look at the map again; it has a new version."),
            field="step",
        )
    return [None if one is None else names[one] for one in step_ids]

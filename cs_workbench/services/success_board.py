"""The board of a success map: every account of a persona as a card on its step, with what to do next.

A constant number of statements, however many accounts there are.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from cs_workbench.domain.objective import Goal, extent
from cs_workbench.domain.success_map import (
    PER_SEAT,
    Exit,
    Means,
    Step,
    days_on,
    exit_of,
    is_stuck,
    next_means,
)
from cs_workbench.services import account_table, personas, plan_share
from cs_workbench.services.personas import Coverage, PersonaLine
from cs_workbench.services.success_maps import measures, step_of
from cs_workbench.store.queries import success as queries

if TYPE_CHECKING:
    from cs_workbench.services.account_table import AccountLine
    from cs_workbench.store.reads import Reads


@dataclass(frozen=True, slots=True)
class Card:
    """An account on the board. ``step`` and ``wanted`` are places of lanes (None: no step, nothing wanted).

    ``called`` says that the band is the CSM's call; ``means`` is what to use next (None: all were), ``used`` what was.
    """

    account_id: int
    name: str
    arr: Decimal | None
    band: str
    score: float | None
    called: bool
    stale: bool
    step: int | None
    wanted: int | None
    wanted_by: dt.date | None
    entered_on: dt.date | None
    days: int | None
    stuck: bool
    means: Means | None
    used: frozenset[str]
    exit: Exit | None


@dataclass(frozen=True, slots=True)
class Lane:
    """A step with its accounts: those longest on it first. ``step`` is None for accounts on no step."""

    step_id: int | None
    number: int
    step: Step | None
    cards: tuple[Card, ...]
    arr: Decimal


@dataclass(frozen=True, slots=True)
class Board:
    """A persona's map with its accounts; ``persona`` is None where there is no persona at all."""

    today: dt.date
    coverage: Coverage
    persona: PersonaLine | None
    lanes: tuple[Lane, ...]
    own_days: bool
    measures: Mapping[str, str] = field(default_factory=dict)
    """What exits rest on, in words."""

    @property
    def cards(self) -> tuple[Card, ...]:
        """All cards, lane by lane."""
        return tuple(card for lane in self.lanes for card in lane.cards)

    @property
    def stuck(self) -> int:
        """How many are on their step for longer than usual."""
        return sum(card.stuck for card in self.cards)

    @property
    def currency(self) -> str:
        """The currency of every amount."""
        return self.coverage.currency


def load(reads: Reads, today: dt.date, persona_id: int | None = None) -> Board:
    """The board of a persona, the first in use unless *persona_id* names another that is there."""
    table = account_table.first(reads, today, contacts=False)
    coverage = personas.coverage(reads, today, table)
    used = coverage.used
    persona = next((one for one in coverage.personas if one.id == persona_id), used[0] if used else None)
    if persona is None or persona.map_id is None:
        return Board(today, coverage, persona, (), own_days=False)
    rows = queries.steps(reads, persona.map_id)
    steps = [step_of(row) for row in rows]
    maker = _Maker(reads, today, persona.id, steps, {row.id: place for place, row in enumerate(rows)})
    cards: dict[int | None, list[Card]] = defaultdict(list)
    for line in table.lines:
        place = maker.places.get(line.id)
        if place is not None and place.persona_id == persona.id and not line.gone:
            card = maker.card(line, place)
            cards[card.step].append(card)
    lanes = [
        _lane(row.id, place + 1, step, cards[place])
        for place, (row, step) in enumerate(zip(rows, steps, strict=True))
    ]
    if cards[None]:
        lanes.append(_lane(None, 0, None, cards[None]))
    own_days = any(step.usual_days is not None for step in steps)
    return Board(
        today, coverage, persona, tuple(lanes), own_days=own_days, measures=dict(measures(maker.metrics))
    )


def shifted(board: Board, account_id: int, place: int) -> Board:
    """The board as it will be once the account is on the lane at *place*; its exit is not judged yet."""
    card = next((one for one in board.cards if one.account_id == account_id), None)
    target = board.lanes[place]
    if card is None or card in target.cards:
        return board
    on_step = target.step is not None
    moved = replace(
        card, step=place if on_step else None, wanted=None if card.wanted == place else card.wanted,
        entered_on=board.today if on_step else None, days=0 if on_step else None, stuck=False,
        means=next_means(target.step, card.used) if target.step is not None else None, exit=None,
    )  # fmt: skip
    lanes = []
    for at, lane in enumerate(board.lanes):
        cards = [one for one in lane.cards if one is not card] + ([moved] if at == place else [])
        lanes.append(_lane(lane.step_id, lane.number, lane.step, cards))
    return replace(board, lanes=tuple(lanes))


def _lane(step_id: int | None, number: int, step: Step | None, cards: list[Card]) -> Lane:
    cards.sort(key=lambda one: (-(one.days or 0), one.name))
    return Lane(
        step_id, number, step, tuple(cards), sum((one.arr or Decimal(0) for one in cards), Decimal(0))
    )


class _Maker:
    """Makes cards: what is read once for all of them."""

    def __init__(
        self, reads: Reads, today: dt.date, persona_id: int, steps: list[Step], order: dict[int, int]
    ) -> None:
        self.today, self.steps, self.order = today, steps, order
        self.places = queries.places(reads)
        self.used = queries.used_means(reads, persona_id)
        keys = {one.exit_metric.removesuffix(PER_SEAT) for one in steps if one.exit_kind == "metric"}
        self.values = queries.metric_values(reads, persona_id, keys, today)
        self.metrics = queries.metrics(reads) if keys else []
        self.roles = {key: role for key, _name, role in self.metrics}
        self.reached = _reached(reads, today) if any(one.exit_kind == "objectives" for one in steps) else {}

    def card(self, line: AccountLine, place: queries.PlaceRow) -> Card:
        """The card of one account."""
        at = self.order.get(place.step_id) if place.step_id is not None else None
        step = None if at is None else self.steps[at]
        days = days_on(place.entered_on, self.today)
        last = at is not None and at == len(self.steps) - 1
        used = self.used.get(line.id, frozenset())
        return Card(
            line.id, line.name, line.arr, line.band, line.score, line.called is not None, line.stale, at,
            None if place.wanted_step_id is None else self.order.get(place.wanted_step_id), place.wanted_by,
            place.entered_on, days,
            step is not None and is_stuck(days, step.usual_days, last=last),
            None if step is None else next_means(step, used), used,
            None if step is None else exit_of(step, self._value(line, step), self.roles.get(step.exit_metric, "")),
        )  # fmt: skip

    def _value(self, line: AccountLine, step: Step) -> float | None:
        if step.exit_kind == "objectives":
            return self.reached.get(line.id)
        value = self.values.get((line.id, step.exit_metric.removesuffix(PER_SEAT)))
        if value is None or not step.exit_metric.endswith(PER_SEAT):
            return value
        return value / line.seats if line.seats else None


def _reached(reads: Reads, today: dt.date) -> dict[int, float]:
    """Share of the objectives of active plans reached: those settled by hand, and those whose figures got there."""
    found: dict[int, list[bool]] = defaultdict(list)
    for account, baseline, target, direction, _starts, _due, status, value, _day in plan_share.tracked(
        reads, today
    ):
        if status == "dropped":
            continue
        got_there = extent(Goal(baseline, target, direction), value, status) == 1.0
        found[account].append(got_there and status != "missed")
    return {account: sum(one) / len(one) for account, one in found.items()}

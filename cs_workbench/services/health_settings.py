"""Bounds of the bands and weights of the axes: each edit is a new version of the default scorecard."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from cs_workbench.domain.scorecard import Axis, Scorecard
from cs_workbench.errors import InvalidValue
from cs_workbench.i18n import _
from cs_workbench.services import scorecards
from cs_workbench.store.queries import snapshots as stored

if TYPE_CHECKING:
    from cs_workbench.services.workbench import Workbench
    from cs_workbench.store.reads import Reads


@dataclass(frozen=True, slots=True)
class HealthBounds:
    """The default scorecard as the settings show it: lowest scores of the bands, weights by axis, its version.

    ``changed`` tells whether any of it differs from the packaged default.
    """

    green: float
    yellow: float
    weights: Mapping[str, float]
    version: int
    changed: bool

    def share(self, axis: str) -> float:
        """The axis's part of the whole score, 0–1."""
        whole = sum(self.weights.values())
        return self.weights[axis] / whole if whole else 0.0


def bounds(reads: Reads) -> HealthBounds:
    """The default scorecard's newest version. Raises InvalidValue where a stored one cannot be used."""
    card, ours = scorecards.cards(reads)[scorecards.DEFAULT], scorecards.packaged_default()
    return HealthBounds(card.green, card.yellow, _weights(card), card.version, _said(card) != _said(ours))


def set_bands(wb: Workbench, green: float, yellow: float, *, now: dt.datetime) -> None:
    """Green from *green*, yellow from *yellow* points on: a new version, one undo step. Raises InvalidValue."""
    if not 0 < yellow < green <= 100:
        raise InvalidValue(
            _("Green starts above yellow, and both between 1 and 100."),
            _("The bounds before are kept."),
            code="bands",
            field="green",
        )
    _renew(wb, _("Change bands"), now, lambda card: replace(card, green=green, yellow=yellow))


def set_weight(wb: Workbench, axis: str, weight: float, *, now: dt.datetime) -> None:
    """Weigh an axis: a new version, one undo step. Raises InvalidValue where nothing would weigh anything."""

    def weighed(card: Scorecard) -> Scorecard:
        axes = tuple(Axis(one.key, weight if one.key == axis else one.weight) for one in card.axes)
        if not 0 <= weight <= 100 or not any(one.weight for one in axes):
            raise InvalidValue(
                _("A weight is 0 to 100, and one axis at least has one."),
                _("The weight before is kept."),
                code="weight",
                field=axis,
            )
        return replace(card, axes=axes)

    _renew(wb, _("Change weights"), now, weighed)


def restore(wb: Workbench, *, now: dt.datetime) -> None:
    """Bands and weights as they came: a new version, one undo step."""
    ours = scorecards.packaged_default()
    weights = _weights(ours)

    def restored(card: Scorecard) -> Scorecard:
        axes = tuple(Axis(one.key, weights.get(one.key, one.weight)) for one in card.axes)
        return replace(card, green=ours.green, yellow=ours.yellow, axes=axes)

    _renew(wb, _("Restore bands and weights"), now, restored)


def _renew(wb: Workbench, name: str, now: dt.datetime, change: Callable[[Scorecard], Scorecard]) -> None:
    at = now.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    with wb.change(name) as db:
        scorecards.install_default(db, now)
        before = scorecards.cards(db)[scorecards.DEFAULT]
        card = change(before)
        if card != before:
            card = replace(card, version=before.version + 1)
            stored.add_scorecard(db, card.key, card.version, scorecards.definition(card), at)


def _weights(card: Scorecard) -> dict[str, float]:
    return {axis.key: axis.weight for axis in card.axes}


def _said(card: Scorecard) -> tuple[object, ...]:
    return card.green, card.yellow, tuple(sorted(_weights(card).items()))

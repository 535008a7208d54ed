"""What a chart shows, free of any look: plain figures, named series, dated events and labelled bounds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

Tone: TypeAlias = Literal["none", "green", "yellow", "red", "info"]
Role: TypeAlias = Literal["subject", "context", "cost", "limit"]
Kind: TypeAlias = Literal["line", "bar", "hbar"]


@dataclass(frozen=True, slots=True)
class Series:
    """One line or set of bars; None is a gap, never zero. ``role``: subject, context, cost, limit."""

    name: str
    values: tuple[float | None, ...]
    role: Role = "subject"


@dataclass(frozen=True, slots=True)
class Event:
    """A dated remark on a chart: position among the categories, and its label."""

    at: int
    label: str


@dataclass(frozen=True, slots=True)
class Bound:
    """A labelled threshold on the value axis."""

    value: float
    label: str
    tone: Tone = "none"


@dataclass(frozen=True, slots=True)
class ChartData:
    """What a chart shows. ``labels`` are the printed values of the subject, if not plain numbers.

    kind: line, bar (vertical), hbar (horizontal). ``highlight`` is the index drawn in full colour, the others
    muted. ``tones`` give single bars their band, always beside a shape. ``stacked`` puts the series of vertical bars
    on one another, as parts of a whole, the last one at the foot.
    """

    kind: Kind
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    unit: str = ""
    labels: tuple[str, ...] = ()
    highlight: int | None = None
    events: tuple[Event, ...] = ()
    bounds: tuple[Bound, ...] = ()
    tones: tuple[Tone, ...] = ()
    stacked: bool = False

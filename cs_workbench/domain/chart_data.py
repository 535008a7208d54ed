"""What a chart shows, free of any look: plain figures, named series, dated events and labelled bounds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

Tone: TypeAlias = Literal["none", "green", "yellow", "red", "info"]
Role: TypeAlias = Literal["subject", "context", "cost", "limit"]
Kind: TypeAlias = Literal["line", "bar", "hbar", "waterfall", "tornado"]


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
    """What a chart shows. ``labels`` are the printed values of the subject, if not plain numbers; where a value is
    None they say why, in place of "not measured".

    kind: line, bar (vertical), hbar (horizontal), waterfall, tornado. ``highlight`` is the index drawn in full colour,
    the others muted. ``tones`` give single bars their band, always beside a shape. ``stacked`` puts the series of
    vertical bars on one another, as parts of a whole, the last one at the foot.

    A waterfall has one series of signed amounts: those at ``totals`` stand on zero, the others on what came before;
    ``roles`` colour single bars. A tornado has two series, an input at its worse and at its better end, and one bound:
    the figure both are measured from.
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
    totals: tuple[int, ...] = ()
    roles: tuple[Role, ...] = ()


def spans(data: ChartData) -> tuple[tuple[float, float] | None, ...]:
    """From where to where each bar of a waterfall reaches, in the direction it goes; None where nothing is known.

    A bar that is not known leaves the level as it was, so that what follows still stands on something known.
    """
    level = 0.0
    found: list[tuple[float, float] | None] = []
    for index, value in enumerate(data.series[0].values if data.series else ()):
        if value is None:
            found.append(None)
            continue
        start = 0.0 if index in data.totals else level
        level = start + value
        found.append((start, level))
    return tuple(found)


def why_missing(data: ChartData, index: int, missing: str) -> str:
    """What stands where a value of the subject is None: its own label, else *missing*."""
    return (data.labels[index] if index < len(data.labels) else "") or missing


def base_of(data: ChartData) -> float:
    """The figure a tornado's bars are measured from; zero where none is given."""
    return data.bounds[0].value if data.bounds else 0.0

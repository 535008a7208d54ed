"""What a scorecard says: axes, measures with their anchors, bands. Read from TOML or JSON data, checked, frozen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, Literal, TypeAlias, get_args

from cs_workbench.domain.health import AXES, Band, Direction

MissingPolicy: TypeAlias = Literal["exclude", "zero", "carry"]
AxisCap: TypeAlias = Literal["none", "not_green", "worst"]
Unit: TypeAlias = Literal["ratio", "days", "count", "yesno", "times", "grade", "change"]
Aggregation: TypeAlias = Literal["last", "sum", "mean", "max"]

SOURCES = frozenset({
    "seats_used", "last_contact", "decision_maker_met", "mails_and_events", "open_severe_tickets", "active_users",
    "features_used", "usage_trend", "role_latest", "metric", "survey",
})  # fmt: skip
"""Where a value can come from. The first eight are computed; ``role_latest`` reads the newest value of a metric
role, ``metric`` one metric by key over a window, ``survey`` the mean score of a survey kind over a window."""

LEAST_COVERAGE = 0.10
"""The share of its weight (0–1) that must be measured where a scorecard does not say another."""

_SUBJECT_NEEDED = frozenset({"role_latest", "metric", "survey"})


class ScorecardProblem(ValueError):
    """A scorecard definition that cannot be used. ``code`` is stable, ``where`` the path to the faulty value."""

    def __init__(self, code: str, where: str, value: object = None) -> None:
        super().__init__(f"{where}: {code} ({value!r})")
        self.code = code
        self.where = where
        self.value = value


@dataclass(frozen=True, slots=True)
class Anchors:
    """Four values of a measure: worst earns 0 points, yellow 40, green 70, best 100; linear between, clamped.

    Neighbours may coincide: the better points then hold from that value on. So a green bound that is also the
    best value earns 100, since nothing better can be reached.
    """

    worst: float
    yellow: float
    green: float
    best: float

    @property
    def direction(self) -> Direction:
        """ "up" where more is better."""
        return "up" if self.best >= self.worst else "down"


@dataclass(frozen=True, slots=True)
class AgeBand:
    """Other anchors for accounts that are at least ``from_month`` whole months old."""

    from_month: int
    anchors: Anchors


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure of a scorecard. ``weight`` counts within its axis.

    ``validity_days`` is how old its newest record may be (None: never stale); ``missing`` what happens without a
    usable value: left out and the rest rescaled, 0 points, or a stale value carried ``carry_days`` further.
    ``window_days`` is the span a computed value looks back over; ``subject`` the role, metric or survey kind.
    """

    key: str
    axis: str
    source: str
    unit: Unit
    anchors: Anchors
    weight: float = 1.0
    validity_days: int | None = None
    missing: MissingPolicy = "exclude"
    carry_days: int = 0
    window_days: int = 28
    subject: str = ""
    aggregation: Aggregation = "last"
    label: str = ""
    by_age: tuple[AgeBand, ...] = ()

    def anchors_at(self, age_months: int | None) -> Anchors:
        """The anchors for an account of that age; the general ones when the age is unknown or not covered."""
        chosen = self.anchors
        if age_months is not None:
            for band in self.by_age:
                if age_months >= band.from_month:
                    chosen = band.anchors
        return chosen


@dataclass(frozen=True, slots=True)
class Axis:
    """One axis and its weight in the whole score."""

    key: str
    weight: float


@dataclass(frozen=True, slots=True)
class Scorecard:
    """A whole scorecard. ``green`` and ``yellow`` are the lowest scores of their bands (inclusive).

    Where the measures that take part carry less than ``least_coverage`` of the weight (0–1), there is no score:
    one measure alone says little of a customer.
    """

    key: str
    version: int
    axes: tuple[Axis, ...]
    measures: tuple[Measure, ...]
    green: float = 70.0
    yellow: float = 40.0
    axis_cap: AxisCap = "none"
    name: str = field(default="")
    least_coverage: float = LEAST_COVERAGE

    def band(self, points: float | None) -> Band:
        """The band of a score or of points, bounds inclusive."""
        if points is None:
            return "none"
        return "green" if points >= self.green else "yellow" if points >= self.yellow else "red"

    def capped(self, band: Band, axis_bands: Sequence[Band]) -> Band:
        """The band after the worst axis had its say: "not_green" keeps a score with a red axis at yellow or below,
        "worst" never shows a better band than the worst axis."""
        rank: dict[Band, int] = {"none": 3, "green": 2, "yellow": 1, "red": 0}
        worst: Band = min(axis_bands, key=lambda band: rank[band], default="none")
        if self.axis_cap == "worst" and rank[worst] < rank[band]:
            return worst
        if self.axis_cap == "not_green" and worst == "red" and band == "green":
            return "yellow"
        return band


def scorecard_from(data: Mapping[str, Any], *, key: str = "", version: int = 0) -> Scorecard:
    """Check plain data (TOML or JSON shaped) and freeze it; *key* and *version* override those in the data.

    Raises ScorecardProblem naming the path of the first value that is missing, unknown or out of order.
    """
    axes = tuple(
        Axis(
            _one_of(entry, "key", AXES, f"axis[{n}]"),
            _number(entry, "weight", f"axis[{n}]", default=25.0, least=0.0),
        )
        for n, entry in enumerate(_tables(data, "axis"))
    )
    if not axes:
        raise ScorecardProblem("no_axes", "axis")
    keys = {axis.key for axis in axes}
    if len(keys) != len(axes):
        raise ScorecardProblem("doubled", "axis", [axis.key for axis in axes])
    measures = tuple(
        _measure(entry, keys, f"measure[{n}]") for n, entry in enumerate(_tables(data, "measure"))
    )
    names = [measure.key for measure in measures]
    if not measures or len(set(names)) != len(names):
        raise ScorecardProblem("doubled" if measures else "no_measures", "measure", names)
    if not any(axis.weight and any(m.axis == axis.key and m.weight for m in measures) for axis in axes):
        raise ScorecardProblem("no_weight", "measure")
    green, yellow, least = _bounds(data)
    cap = _one_of(data, "axis_cap", get_args(AxisCap), "", default="none")
    return Scorecard(
        key=key or _text(data, "key", ""),
        version=version or int(_number(data, "version", "", default=1, least=1)),
        axes=axes, measures=measures, green=green, yellow=yellow, axis_cap=cap,
        name=_text(data, "name", "", default=""), least_coverage=least,
    )  # fmt: skip


def _bounds(data: Mapping[str, Any]) -> tuple[float, float, float]:
    """The lowest green and yellow scores and the least coverage."""
    green = _number(data, "green", "", default=70.0, least=0.0)
    yellow = _number(data, "yellow", "", default=40.0, least=0.0)
    if not yellow <= green <= 100:
        raise ScorecardProblem("bands_out_of_order", "green", green)
    least = _number(data, "least_coverage", "", default=LEAST_COVERAGE, least=0.0)
    if least > 1:
        raise ScorecardProblem("too_large", "least_coverage", least)
    return green, yellow, least


def scorecard_data(card: Scorecard) -> dict[str, Any]:
    """The plain data of a scorecard, as ``scorecard_from`` reads it."""
    return {
        "key": card.key, "version": card.version, "name": card.name,
        "green": card.green, "yellow": card.yellow, "axis_cap": card.axis_cap,
        "least_coverage": card.least_coverage,
        "axis": [{"key": axis.key, "weight": axis.weight} for axis in card.axes],
        "measure": [_measure_data(measure) for measure in card.measures],
    }  # fmt: skip


def _measure_data(measure: Measure) -> dict[str, Any]:
    plain = {name: getattr(measure, name) for name in ("key", "axis", "source", "unit", "weight", "validity_days",
             "missing", "carry_days", "window_days", "subject", "aggregation", "label")}  # fmt: skip
    plain |= _anchor_data(measure.anchors)
    plain["by_age"] = [
        {"from_month": band.from_month} | _anchor_data(band.anchors) for band in measure.by_age
    ]
    return {name: value for name, value in plain.items() if value not in (None, "", [])}


def _anchor_data(anchors: Anchors) -> dict[str, Any]:
    return {"worst": anchors.worst, "yellow": anchors.yellow, "green": anchors.green, "best": anchors.best}


def _measure(entry: Mapping[str, Any], axes: set[str], where: str) -> Measure:
    known = {*Measure.__dataclass_fields__, "worst", "yellow", "green", "best"} - {"anchors"}
    for name in entry:
        if name not in known:
            raise ScorecardProblem("unknown_field", f"{where}.{name}", name)
    source = _one_of(entry, "source", sorted(SOURCES), where)
    subject = _text(entry, "subject", where, default="")
    if source in _SUBJECT_NEEDED and not subject:
        raise ScorecardProblem("missing", f"{where}.subject")
    validity = entry.get("validity_days")
    return Measure(
        key=_text(entry, "key", where),
        axis=_one_of(entry, "axis", sorted(axes), where),
        source=source,
        unit=_one_of(entry, "unit", get_args(Unit), where),
        anchors=_anchors(entry, where),
        weight=_number(entry, "weight", where, default=1.0, least=0.0),
        validity_days=None if validity is None else int(_number(entry, "validity_days", where, least=0)),
        missing=_one_of(entry, "missing", get_args(MissingPolicy), where, default="exclude"),
        carry_days=int(_number(entry, "carry_days", where, default=0, least=0)),
        window_days=int(_number(entry, "window_days", where, default=28, least=1)),
        subject=subject,
        aggregation=_one_of(entry, "aggregation", get_args(Aggregation), where, default="last"),
        label=_text(entry, "label", where, default=""),
        by_age=_age_bands(entry, where),
    )


def _age_bands(entry: Mapping[str, Any], where: str) -> tuple[AgeBand, ...]:
    bands = tuple(
        AgeBand(
            int(_number(one, "from_month", f"{where}.by_age[{n}]", least=0)),
            _anchors(one, f"{where}.by_age[{n}]"),
        )
        for n, one in enumerate(_tables(entry, "by_age", where))
    )
    for before, after in pairwise(bands):
        if after.from_month <= before.from_month:
            raise ScorecardProblem("ages_out_of_order", f"{where}.by_age", after.from_month)
    return bands


def _anchors(entry: Mapping[str, Any], where: str) -> Anchors:
    values = [_number(entry, name, where) for name in ("worst", "yellow", "green", "best")]
    if values[0] == values[3] or (values != sorted(values) and values != sorted(values, reverse=True)):
        raise ScorecardProblem("anchors_out_of_order", where, values)
    return Anchors(*values)


def _path(where: str, name: str) -> str:
    return f"{where}.{name}" if where else name


def _tables(data: Mapping[str, Any], name: str, where: str = "") -> Sequence[Mapping[str, Any]]:
    tables = data.get(name, [])
    if not isinstance(tables, list) or not all(isinstance(one, Mapping) for one in tables):
        raise ScorecardProblem("not_a_list", _path(where, name), tables)
    return tables


def _text(data: Mapping[str, Any], name: str, where: str, *, default: str | None = None) -> str:
    value = data.get(name, default)
    if value is None:
        raise ScorecardProblem("missing", _path(where, name))
    if not isinstance(value, str) or (default is None and not value):
        raise ScorecardProblem("not_text", _path(where, name), value)
    return value


def _one_of(
    data: Mapping[str, Any], name: str, allowed: Sequence[str], where: str, *, default: str | None = None
) -> Any:
    value = _text(data, name, where, default=default)
    if value not in allowed:
        raise ScorecardProblem("not_allowed", _path(where, name), value)
    return value


def _number(
    data: Mapping[str, Any],
    name: str,
    where: str,
    *,
    default: float | None = None,
    least: float | None = None,
) -> float:
    value = data.get(name, default)
    if value is None:
        raise ScorecardProblem("missing", _path(where, name))
    finite = isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 1e15
    if not finite or (least is not None and value < least):
        raise ScorecardProblem("not_a_number" if not finite else "too_small", _path(where, name), value)
    return float(value)

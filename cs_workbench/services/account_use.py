"""The Use tab as a reading: one chart a metric over 13 months, with what happened on it, and the rows behind it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cs_workbench.domain.chart_data import ChartData, Event, Series
from cs_workbench.domain.months import add_months, month_length
from cs_workbench.domain.renewal import runs_at
from cs_workbench.i18n import _, mark, ngettext
from cs_workbench.store.once import Once
from cs_workbench.store.queries import account_page as queries
from cs_workbench.store.queries import account_timeline
from cs_workbench.store.queries import contracts as contract_queries
from cs_workbench.store.queries.local_days import EPOCH

if TYPE_CHECKING:
    from cs_workbench.store.queries.account_timeline import Happening
    from cs_workbench.store.queries.briefing_rows import MonthRow
    from cs_workbench.store.queries.contracts import ContractRow
    from cs_workbench.store.reads import Reads

MONTHS = 13
_MOST_EVENTS = 6
_ORDER = ("active_users", "seats_used", "usage", "feature", "mail_opens", "events_attended")
_LEVELS = frozenset(("active_users", "seats_used"))
_COUNTED = frozenset(("active_users", "usage", "feature", "mail_opens", "events_attended"))
_FELL = 0.1
_UNNAMED = frozenset(("use", "usage", "uses", ""))
"""Names that say no more than the role does: then our own word stands, in the language of the window."""
_EVENTS = {
    "new": mark("Contract begins"),
    "expansion": mark("Expansion"),
    "contraction": mark("Contraction"),
    "renewal": mark("Renewal"),
    "churn": mark("Churn"),
    "reactivation": mark("Reactivation"),
}
_NOTED = frozenset(("meeting", "visit"))


@dataclass(frozen=True, slots=True)
class Line:
    """One metric by month: None is a month without readings. ``until`` is the day of its newest reading; ``sums``
    says that a month is a sum of its days, so that an unfinished one cannot be compared.
    """

    key: str
    name: str
    role: str
    unit: str
    values: tuple[float | None, ...]
    until: dt.date
    sums: bool = False

    @property
    def so_far(self) -> float | None:
        """What the unfinished month adds up to; None where the last month can be compared."""
        whole = self.until.day == month_length(self.until.year, self.until.month)
        return self.values[-1] if self.sums and not whole else None

    @property
    def comparable(self) -> tuple[float, ...]:
        """The values that may be compared with one another, oldest first."""
        values = self.values if self.so_far is None else self.values[:-1]
        return tuple(value for value in values if value is not None)


@dataclass(frozen=True, slots=True)
class Feature:
    """Use of one feature in the newest month with readings of features."""

    name: str
    now: float


@dataclass(frozen=True, slots=True)
class Use:
    """What the tab shows. ``seats`` is the contracted number by month, ``events`` (month index, words)."""

    months: tuple[dt.date, ...]
    lines: tuple[Line, ...]
    features: tuple[Feature, ...]
    seats: tuple[float | None, ...]
    events: tuple[tuple[int, str], ...]
    until: dt.date | None


def load(reads: Reads, account_id: int, today: dt.date) -> Use:
    """Readings of the 13 months up to today, contracts and the events of that time."""
    db = Once(reads)
    first = add_months(today.replace(day=1), 1 - MONTHS).replace(day=1)
    months = tuple(add_months(first, at).replace(day=1) for at in range(MONTHS))
    rows = queries.readings(db, account_id, first.toordinal() - EPOCH, today.toordinal() - EPOCH)
    lines = tuple(sorted(_lines(rows, months), key=_rank))
    contracts = contract_queries.contracts(db, account_id)
    happened = account_timeline.happenings(db, account_id, today)
    return Use(
        months,
        lines,
        _features(rows),
        _seats(contracts, months),
        _events(happened, months),
        max((line.until for line in lines), default=None),
    )


def chart(use: Use, line: Line, months_shown: Sequence[str]) -> ChartData:
    """The chart of one metric: its line, the contracted seats where it counts people, events as verticals. A month
    that is not over cannot be compared and is left out.
    """
    shown = len(use.months) if line.so_far is None else len(use.months) - 1
    series = [Series(name(line), line.values[:shown])]
    if line.role in _LEVELS and any(use.seats):
        series.append(Series(_("seats contracted"), use.seats[:shown], "limit"))
    events = tuple(Event(at, words) for at, words in use.events if at < shown)
    return ChartData("line", tuple(months_shown[:shown]), tuple(series), unit=line.unit, events=events)


def feature_chart(use: Use) -> ChartData:
    """The most used features of the last month as bars."""
    shown = use.features[:8]
    return ChartData(
        "hbar", tuple(one.name for one in shown), (Series(_("uses"), tuple(one.now for one in shown)),)
    )


def name(line: Line) -> str:
    """What the metric is called on screen."""
    words = {"active_users": _("Active users"), "seats_used": _("Seats used")}
    if line.name.strip().lower() in _UNNAMED:
        words["usage"] = words["feature"] = _("Uses")
    return words.get(line.role, line.name)


def message(line: Line) -> str:
    """What the line says in one sentence: the title of its chart."""
    known = line.comparable
    called = name(line)
    if len(known) < 2:
        return called
    first, last, peak = known[0], known[-1], max(known)
    if last == 0 and peak and line.role in _COUNTED:
        return _("{metric} fell from {peak} to {last}").format(
            metric=called, peak=number(peak), last=number(last)
        )
    if last < peak * (1 - _FELL) and peak > first * (1 + _FELL):
        return _("{metric} fell from {peak} to {last}").format(
            metric=called, peak=number(peak), last=number(last)
        )
    if last < first * (1 - _FELL):
        return _("{metric} fell from {first} to {last}").format(
            metric=called, first=number(first), last=number(last)
        )
    if last > first * (1 + _FELL):
        return _("{metric} grew from {first} to {last}").format(
            metric=called, first=number(first), last=number(last)
        )
    return _("{metric} holds at {last}").format(metric=called, last=number(last))


def feature_message(use: Use) -> str:
    """How many features are in use: the title of the bars."""
    used = sum(one.now > 0 for one in use.features)
    return ngettext(
        "{used} of {all} feature is in use", "{used} of {all} features are in use", len(use.features)
    ).format(used=used, all=len(use.features))


def number(value: float) -> str:
    """A figure as charts and tables print it."""
    return f"{value:,.0f}" if value == int(value) or abs(value) >= 100 else f"{value:,.1f}"


def _lines(rows: Sequence[MonthRow], months: Sequence[dt.date]) -> Iterable[Line]:
    """One line a metric; features of a family add up to one, for a metric each would be a wall of charts."""
    groups: dict[tuple[str, str], list[MonthRow]] = {}
    for row in rows:
        whole = ("family", row.family) if row.feature else ("metric", str(row.metric_id))
        groups.setdefault(whole, []).append(row)
    keys = [month.isoformat()[:7] for month in months]
    for (kind, key), found in groups.items():
        sums: dict[str, float] = {}
        for row in found:
            sums[row.month] = sums.get(row.month, 0.0) + _value(row)
        began = min(sums)
        level = found[0].role in _LEVELS or found[0].aggregation != "sum"
        values = tuple(sums.get(one, None if level or one < began else 0.0) for one in keys)
        until = dt.date.fromordinal(max(row.last_day for row in found) + EPOCH)
        called = found[0].name if kind == "metric" else _readable(key)
        yield Line(f"{kind}:{key}", called, found[0].role or "", found[0].unit, values, until, not level)


def _readable(key: str) -> str:
    words = key.replace("_", " ").strip()
    return words[:1].upper() + words[1:]


def _value(row: MonthRow) -> float:
    """The month's value by the metric's own way of adding up."""
    if row.aggregation == "last":
        return row.last
    if row.aggregation == "mean":
        return row.total / row.count
    return row.largest if row.aggregation == "max" or row.role in _LEVELS else row.total


def _rank(line: Line) -> tuple[int, str]:
    return (_ORDER.index(line.role) if line.role in _ORDER else len(_ORDER), line.name)


def _features(rows: Sequence[MonthRow]) -> tuple[Feature, ...]:
    last = max((row.month for row in rows if row.feature), default="")
    used: dict[str, float] = {}
    for row in rows:
        if row.feature:
            called = row.name if row.name and ":" not in row.name else _readable(row.feature)
            used[called] = used.get(called, 0.0) + (row.total if row.month == last else 0.0)
    return tuple(sorted((Feature(*one) for one in used.items()), key=lambda one: (-one.now, one.name)))


def _seats(contracts: Sequence[ContractRow], months: Sequence[dt.date]) -> tuple[float | None, ...]:
    found: list[float | None] = []
    for month in months:
        day = month.replace(day=month_length(month.year, month.month))
        held = [
            one.seats for one in contracts if one.seats and not one.term.is_trial and runs_at(one.term, day)
        ]
        found.append(float(sum(held)) if held else None)
    return tuple(found)


def _events(happened: Sequence[Happening], months: Sequence[dt.date]) -> tuple[tuple[int, str], ...]:
    """Contract events, and the newest meetings where room is left; one a month."""
    place = {month.isoformat()[:7]: at for at, month in enumerate(months)}
    found: dict[int, str] = {}
    for row in happened:
        if row.kind == "event" and row.at[:7] in place:
            found.setdefault(place[row.at[:7]], _(_EVENTS.get(row.what, row.what)))
    for row in happened:
        if len(found) >= _MOST_EVENTS:
            break
        at = place.get(row.at[:7])
        if row.kind == "interaction" and row.what in _NOTED and at is not None and at not in found:
            found[at] = (row.title or _("Meeting"))[:24]
    return tuple(sorted(found.items()))

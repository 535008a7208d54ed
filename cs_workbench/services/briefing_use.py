"""Readings to what a briefing says of use: a line of 13 months, its limit, what happened, features."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from statistics import median

from cs_workbench.domain.months import add_months, month_length
from cs_workbench.reports.facts import Feature, Figure, Line, Mark, Use
from cs_workbench.services.briefing_terms import term_of
from cs_workbench.store.queries.briefing_rows import (
    ContractRow,
    EventRow,
    FeatureRow,
    InteractionRow,
    MonthRow,
)

MONTHS = 13
_ROLES = ("active_users", "seats_used", "usage", "feature")
_UNITS = {"active_users": "people", "seats_used": "seats", "usage": "uses", "feature": "uses"}
_MOST_MARKS = 4
_TREND = 3  # months a trend needs
_JAPANESE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
_CODE = re.compile(r"[a-z0-9]+(_[a-z0-9]+)*")
_CHANGE = 0.1
_FALL = 0.15
_AVERAGED = 3  # months of a count that stand for its beginning and its end: single months are noise
_AVERAGE_CHANGE = Decimal("0.25")


def window(until: dt.date) -> tuple[dt.date, ...]:
    """The first days of the 13 months that end with the month of *until*."""
    first = until.replace(day=1)
    return tuple(add_months(first, at - MONTHS + 1).replace(day=1) for at in range(MONTHS))


def last_full_month(until: dt.date) -> dt.date:
    """The end of the last month that *until* completes."""
    return (
        until
        if until.day == month_length(until.year, until.month)
        else until.replace(day=1) - dt.timedelta(days=1)
    )


def use(
    rows: Sequence[MonthRow], features: Sequence[FeatureRow], contracts: Sequence[ContractRow],
    events: Sequence[EventRow], log: Sequence[InteractionRow],
    *, until: dt.date, available: int, language: str = "en",
) -> Use | None:  # fmt: skip
    """How the account uses the product in the 13 months up to *until*; None where nothing was ever read."""
    line = _line(rows, until)
    if line is None:
        return None
    measured = [at for at, value in enumerate(line.values) if value is not None]
    level = line.code in {"active_users", "seats_used"}
    limit = _seats(contracts, line.months) if level else ()
    averaged = not level and len(measured) >= 2 * _AVERAGED
    first, last = _figure(line, measured[0]), _figure(line, measured[-1])
    if averaged:
        first, last = _mean(line, measured[:_AVERAGED]), _mean(line, measured[-_AVERAGED:])
    peak_at = max(measured, key=lambda at: (line.values[at] or 0.0, at))
    total = sum(row.now for row in features)
    known = tuple(
        Feature(
            _called(row, language),
            row.now / total if total else None,
            _decimal(row.now),
            _decimal(row.before),
            f"metric/{row.metric_id}",
        )
        for row in features
    )
    return Use(
        line, limit, _marks(line.months, events, log, contracts), first, _figure(line, peak_at), last,
        _averaged_trend(first, last) if averaged else _trend(line, measured, peak_at),
        _utilisation(last, limit), known if total else (),
        sum(row.now > 0 for row in features) if total else 0, max(available, len(features)) if total else 0,
        until - dt.timedelta(days=89), (), len(measured), *_swings(line, measured),
        _idle(last, limit), averaged,
    )  # fmt: skip


def _line(rows: Sequence[MonthRow], until: dt.date) -> Line | None:
    """The line of the first role with enough months for a trend, else of the first with any."""
    lines = [line for role in _roles(rows) if (line := _line_of(role, rows, until)) is not None]
    long = (line for line in lines if sum(value is not None for value in line.values) >= _TREND)
    return next(long, lines[0] if lines else None)


def _line_of(role: str, rows: Sequence[MonthRow], until: dt.date) -> Line | None:
    chosen = [row for row in rows if row.role == role]
    if role == "usage":
        chosen = _one_measure(chosen)
    elif role == "feature":
        family = max(
            {row.family for row in chosen}, key=lambda name: sum(r.total for r in chosen if r.family == name)
        )
        chosen = [row for row in chosen if row.family == family]
    level = role in {"active_users", "seats_used"}
    last = until if level else last_full_month(until)
    months = window(last)
    values = _values(chosen, months, level)
    if not any(value is not None for value in values):
        return None
    code = "usage" if role == "feature" else role
    ref = f"metric/{chosen[0].metric_id}"
    return Line(readable(chosen[0].name), months, values, _UNITS[role], last, code, ref)


def _roles(rows: Sequence[MonthRow]) -> Iterator[str]:
    """What a line may show: people, else seats, else use as a whole, else the sum over features."""
    present = {row.role for row in rows}
    whole = any(row.role == "usage" and not row.feature for row in rows)
    if "usage" in present and "feature" in present and not whole:
        present.discard("usage")
    return (role for role in _ROLES if role in present)


def _one_measure(rows: list[MonthRow]) -> list[MonthRow]:
    """Usage in one unit: the family with most readings, and of it the whole rather than its features."""
    by_family: dict[str, int] = {}
    for row in rows:
        by_family[row.family] = by_family.get(row.family, 0) + row.count
    family = max(by_family, key=lambda name: (by_family[name], name))
    chosen = [row for row in rows if row.family == family]
    whole = [row for row in chosen if not row.feature]
    return whole or chosen


def _values(rows: Sequence[MonthRow], months: Sequence[dt.date], level: bool) -> tuple[float | None, ...]:
    """By month. A level nobody read is a gap; of a count that runs, a month without rows is a true zero."""
    sums: dict[str, float] = {}
    for row in rows:
        value = _read(row) if level else row.total
        sums[row.month] = max(sums.get(row.month, 0.0), value) if level else sums.get(row.month, 0.0) + value
    began = min(sums, default="")
    keys = [month.isoformat()[:7] for month in months]
    if level:
        return tuple(sums.get(key) for key in keys)
    return tuple(sums.get(key, 0.0) if key >= began else None for key in keys)


def _read(row: MonthRow) -> float:
    match row.aggregation:
        case "last":
            return row.last
        case "mean":
            return row.total / row.count
    return row.largest


def _decimal(value: float) -> Decimal:
    return Decimal(str(round(value, 4)))


def _figure(line: Line, at: int) -> Figure:
    value = line.values[at]
    now = None if value is None else _decimal(round(value, 1))
    return Figure("month", now, unit=line.unit, since=line.months[at], ref=line.ref)


def _swings(line: Line, measured: Sequence[int]) -> tuple[Figure, Figure | None, Figure | None, Figure]:
    """The lowest month, the greatest fall and rise from one month to the next, and the median."""
    values = {at: line.values[at] or 0.0 for at in measured}
    steps = {at: values[at] - values[at - 1] for at in measured if at - 1 in values}
    deepest = min(steps, key=lambda at: (steps[at], at), default=None)
    highest = max(steps, key=lambda at: (steps[at], -at), default=None)
    usual = Decimal(str(round(median(values.values()), 1 if max(values.values()) < 10 else 0)))
    return (
        _figure(line, min(values, key=lambda at: (values[at], -at))),
        _moved(line, deepest) if deepest is not None and steps[deepest] < 0 else None,
        _moved(line, highest) if highest is not None and steps[highest] > 0 else None,
        Figure("usual", usual, unit=line.unit, ref=line.ref),
    )


def _mean(line: Line, months: Sequence[int]) -> Figure:
    """The average of those months of a count, dated by the first and the last of them."""
    values = [line.values[at] or 0.0 for at in months]
    mean = sum(values) / len(values)
    now = Decimal(str(round(mean, 1 if mean < 10 else 0)))
    return Figure(
        "month",
        now,
        unit=line.unit,
        since=line.months[months[0]],
        until=line.months[months[-1]],
        ref=line.ref,
    )


def _averaged_trend(first: Figure, last: Figure) -> str:
    before, now = first.now or Decimal(0), last.now or Decimal(0)
    if now == 0:
        return "zero"
    if now >= before * (1 + _AVERAGE_CHANGE):
        return "up"
    return "down" if now <= before * (1 - _AVERAGE_CHANGE) else "steady"


def _moved(line: Line, at: int) -> Figure:
    return replace(_figure(line, at), before=_figure(line, at - 1).now)


def _idle(last: Figure, limit: Sequence[float | None]) -> Decimal | None:
    seats = limit[-1] if limit else None
    return _decimal(seats) - last.now if seats and last.now is not None and last.now <= seats else None


def _seats(contracts: Sequence[ContractRow], months: Sequence[dt.date]) -> tuple[float | None, ...]:
    values: list[float | None] = []
    for month in months:
        day = month.replace(day=month_length(month.year, month.month))
        seats = [
            row.seats
            for row in contracts
            if row.seats and not row.is_trial and row.start_on and row.start_on <= day and _held(row, day)
        ]
        values.append(float(sum(seats)) if seats else None)
    return tuple(values)


def _held(row: ContractRow, day: dt.date) -> bool:
    from cs_workbench.domain.renewal import runs_at

    return runs_at(term_of(row), day)


def _utilisation(last: Figure, limit: Sequence[float | None]) -> Figure | None:
    seats = limit[-1] if limit else None
    if not seats or last.now is None:
        return None
    return Figure("utilisation", last.now / _decimal(seats), kind="pct", ref=last.ref)


def _trend(line: Line, measured: Sequence[int], peak_at: int) -> str:
    values = [line.values[at] or 0.0 for at in measured]
    if len(values) < _TREND:
        return "unknown"
    if values[-1] == 0:
        return "zero"
    first, last, peak = values[0], values[-1], line.values[peak_at] or 0.0
    fell = last < peak * (1 - _FALL) and 2 <= measured.index(peak_at) < len(measured) - 1
    if fell and peak > first * (1 + _CHANGE):
        return "turned"
    if last >= first * (1 + _CHANGE):
        return "up"
    return "down" if last <= first * (1 - _CHANGE) else "steady"


def _marks(
    months: Sequence[dt.date],
    events: Sequence[EventRow],
    log: Sequence[InteractionRow],
    contracts: Sequence[ContractRow],
) -> tuple[Mark, ...]:
    """What happened: changes of the contract, and meetings that may be shown, at most four, oldest first."""
    index: Mapping[str, int] = {month.isoformat()[:7]: at for at, month in enumerate(months)}
    first_start = min((row.start_on for row in contracts if row.start_on), default=None)
    found = [
        Mark(index[event.on.isoformat()[:7]], event.kind, ref=f"contract_event/{event.id}")
        for event in events
        if event.on.isoformat()[:7] in index and event.kind != "new"
    ]
    if first_start and first_start.isoformat()[:7] in index:
        found.append(Mark(index[first_start.isoformat()[:7]], "new"))
    room = _MOST_MARKS - min(len(found), _MOST_MARKS)
    meetings = [
        row for row in log if row.shareable and row.subject and row.channel in {"meeting", "visit", "event"}
    ]
    for row in meetings[:room]:
        if row.at[:7] in index:
            found.append(
                Mark(index[row.at[:7]], "contact", text=_short(row.subject), ref=f"interaction/{row.id}")
            )
    return tuple(sorted(found, key=lambda mark: mark.at)[-_MOST_MARKS:])


def _short(text: str, length: int = 28) -> str:
    """*text* for a label on the chart; a full-width character counts twice."""
    room = length
    for kept, character in enumerate(text):
        room -= 2 if unicodedata.east_asian_width(character) in "WF" else 1
        if room < 0:
            return text[: kept - 1].rstrip() + "…"
    return text


def _called(row: FeatureRow, language: str) -> str:
    """A feature's name for people; in English, where the portfolio's name is Japanese, its key in words."""
    foreign = language == "en" and _JAPANESE.search(row.name) and _CODE.fullmatch(row.feature)
    return readable(row.feature if foreign or not row.name else row.name)


def readable(name: str) -> str:
    """A name out of a data file in words: "audit_log" → "Audit log"; what is written for people stays."""
    if not _CODE.fullmatch(name):
        return name
    words = name.replace("_", " ").strip()
    if len(words) <= 3:  # an abbreviation: "api"
        return words.upper()
    return words[:1].upper() + words[1:]

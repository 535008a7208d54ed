"""Tickets and surveys to what a briefing says of service and satisfaction."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from statistics import median
from zoneinfo import ZoneInfo

from cs_workbench.domain import loops
from cs_workbench.reports.facts import Comment, Enquiry, Figure, Severity, Support, Survey, Voice
from cs_workbench.services.briefing_use import MONTHS, window
from cs_workbench.store.queries.briefing_rows import SurveyRow, TaskRow, TicketRow

_CLOSED = frozenset({"done", "no_action"})
_SEVERE = frozenset({"high", "urgent"})
_RANK = {"urgent": 0, "high": 1, "normal": 2, "medium": 2, "low": 3}
_BOUNDS = {"nps": (9, 7), "csat": (4, 3), "ces": (5, 4), "success": (4, 3)}


def local_day(at: str, zone: ZoneInfo) -> dt.date:
    """The calendar day of a stored instant where the CSM works."""
    return dt.datetime.fromisoformat(at).astimezone(zone).date()


def support(
    rows: Sequence[TicketRow], tasks: Sequence[TaskRow], until: dt.date, as_of: dt.date, zone: ZoneInfo,
    *, known_from: dt.date | None = None,
) -> Support | None:  # fmt: skip
    """Service in the 13 months up to *until* (how far ticket data reach); None for an account without any ticket.

    The number of enquiries is set against the 13 months before only where data of them are whole (*known_from*).
    """
    if not rows:
        return None
    months = window(until)
    dated = [(local_day(row.opened_at, zone), row) for row in rows]
    start, earlier = months[0], window(months[0] - dt.timedelta(days=1))[0]
    now = [(day, row) for day, row in dated if day >= start]
    before = [row for day, row in dated if earlier <= day < start]
    waiting = [(day, row) for day, row in dated if _open_at(row, as_of)]
    current = [row for _day, row in now]
    whole = known_from is not None and known_from <= earlier
    return Support(
        months, _severities(now, months), _count("tickets", len(now), len(before) if whole else None, start),
        None, _enquiries(waiting, tasks, as_of), len(waiting), sum(row.priority in _SEVERE for _, row in waiting),
        sum(row.priority in _SEVERE for row in current), _hours("first_reply", current, before, "first_reply_min"),
        _hours("resolution", current, before, "resolution_min"), _satisfaction(current),
        tuple(Counter(row.kind for row in current if row.kind).most_common(4)), until, not now,
        dated[0][0], max(((as_of - day).days for day, _row in waiting), default=0),
    )  # fmt: skip


def _open_at(row: TicketRow, as_of: dt.date) -> bool:
    if row.solved_at is not None:
        return row.solved_at[:10] > as_of.isoformat()
    return row.status not in _CLOSED


def _severities(now: Sequence[tuple[dt.date, TicketRow]], months: Sequence[dt.date]) -> tuple[Severity, ...]:
    index = {(month.year, month.month): at for at, month in enumerate(months)}
    counts: dict[str, list[int]] = {}
    for day, row in now:
        at = index.get((day.year, day.month))
        if at is not None:
            counts.setdefault(row.priority or "", [0] * MONTHS)[at] += 1
    return tuple(
        Severity(key, tuple(counts[key])) for key in sorted(counts, key=lambda key: (_RANK.get(key, 9), key))
    )


def _count(code: str, now: int, before: int | None, since: dt.date) -> Figure:
    return compared(
        Figure(
            code, Decimal(now), None if before is None else Decimal(before), unit="tickets", since=since,
            count=now, count_before=before,
        )
    )  # fmt: skip


def _enquiries(
    waiting: Sequence[tuple[dt.date, TicketRow]], tasks: Sequence[TaskRow], as_of: dt.date
) -> tuple[Enquiry, ...]:
    """Open tickets, the gravest and oldest first; a shareable promise whose title names the ticket gives the date."""
    promised = [
        task for task in tasks if task.shareable and task.kind == "promise_ours" and task.done_on is None
    ]
    ordered = sorted(waiting, key=lambda one: (_RANK.get(one[1].priority or "", 9), one[0]))
    made = []
    for day, row in ordered[:20]:
        promise = next((task for task in promised if row.number and row.number in task.title), None)
        owner = row.assignee or (promise.owner if promise else "") or ""
        made.append(
            Enquiry(
                row.subject or row.number or "", row.priority or "", day, owner, promise.due_on if promise else None,
                (as_of - day).days, row.escalated, row.number or "", f"ticket/{row.id}",
            )
        )  # fmt: skip
    return tuple(made)


def _hours(code: str, now: Sequence[TicketRow], before: Sequence[TicketRow], field: str) -> Figure | None:
    values = [value for row in now if (value := getattr(row, field)) is not None]
    if not values:
        return None
    earlier = [value for row in before if (value := getattr(row, field)) is not None]
    return compared(
        Figure(
            code, _in_hours(median(values)), _in_hours(median(earlier)) if earlier else None, "hours", "hours",
            count=len(values), count_before=len(earlier) if earlier else None,
        )
    )  # fmt: skip


_FEW = 5  # records a figure needs before it is set against another


def compared(figure: Figure) -> Figure:
    """*figure* with what may be made of its two sides: whether they print alike, and whether either is too thin."""
    if figure.now is None or figure.before is None:
        return figure
    counts = [count for count in (figure.count, figure.count_before) if count is not None]
    return replace(
        figure, same=_printed(figure, figure.now) == _printed(figure, figure.before),
        few=min(counts, default=_FEW) < _FEW,
    )  # fmt: skip


def _printed(figure: Figure, value: Decimal) -> Decimal:
    """*value* as exact as it is printed; see reports/figure_filters.py."""
    if figure.kind == "pct":
        return round(value, 2)
    return round(value, 1 if value < 10 else 0) if figure.kind == "hours" else value


def _in_hours(minutes: float) -> Decimal:
    return Decimal(str(round(minutes / 60, 2)))


def _satisfaction(rows: Sequence[TicketRow]) -> Figure | None:
    values = [row.satisfaction for row in rows if row.satisfaction is not None]
    if not values:
        return None
    return Figure("satisfaction", Decimal(str(round(sum(values) / len(values), 1))), count=len(values))


def voice(rows: Sequence[SurveyRow], as_of: dt.date) -> Voice | None:
    """Surveys of the last 12 months against the 12 before, and the comments that may be shown; None without any."""
    year_ago = as_of - dt.timedelta(days=365)
    surveys = []
    for kind in ("nps", "csat", "ces", "success"):
        now = [
            row for row in rows if row.kind == kind and row.score is not None and row.answered_on > year_ago
        ]
        before = [
            row for row in rows if row.kind == kind and row.score is not None and row.answered_on <= year_ago
        ]
        if now:
            surveys.append(_survey(kind, now, before))
    comments = _criticism_first([row for row in rows if row.shareable and row.comment.strip()])[:8]
    return Voice(tuple(surveys), tuple(map(comment, comments))) if surveys or comments else None


def _criticism_first(rows: Sequence[SurveyRow]) -> list[SurveyRow]:
    """The newest critical comment, the newest of the others, then the rest as they come: neither side is left out."""
    hard = [row for row in rows if loops.proposes(row.kind, row.score)]
    kind = [row for row in rows if row not in hard]
    first = [*hard[:1], *kind[:1]]
    return first + [row for row in rows if row not in first]


def comment(row: SurveyRow) -> Comment:
    """A survey comment with who said it and what they answered."""
    answer = None if row.score is None else Decimal(str(row.score))
    return Comment(
        row.comment.strip(), row.person or "", row.answered_on, row.kind, answer, f"survey/{row.id}"
    )


def _survey(kind: str, now: Sequence[SurveyRow], before: Sequence[SurveyRow]) -> Survey:
    high, middle = _BOUNDS[kind]
    scores = [row.score or 0.0 for row in now]
    figure = compared(
        Figure(
            kind, _value(kind, scores), _value(kind, [row.score or 0.0 for row in before]) if before else None,
            "pct" if kind == "csat" else "num", count=len(now), count_before=len(before) if before else None,
        )
    )  # fmt: skip
    top = sum(score >= high for score in scores)
    centre = sum(middle <= score < high for score in scores)
    return Survey(
        kind, figure, len(now), top, centre, len(scores) - top - centre, max(row.answered_on for row in now)
    )


def _value(kind: str, scores: Sequence[float]) -> Decimal:
    """NPS = share of 9–10 less share of 0–6, in points; CSAT = share of 4–5; CES and success their mean."""
    count = len(scores)
    if kind == "nps":
        promoters, critics = sum(s >= 9 for s in scores), sum(s <= 6 for s in scores)
        return Decimal(round(100 * (promoters - critics) / count))
    if kind == "csat":
        return Decimal(str(round(sum(s >= 4 for s in scores) / count, 4)))
    return Decimal(str(round(sum(scores) / count, 1)))

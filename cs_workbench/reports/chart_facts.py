"""Charts by name: facts to chart data, worded by the template (use, cover, features, support, objectives, value …)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from cs_workbench.domain.chart_data import Bound, ChartData, Event, Series, Tone
from cs_workbench.reports import figures
from cs_workbench.reports.action_plan_facts import Step
from cs_workbench.reports.blocks import Milestone, Src
from cs_workbench.reports.facts import Briefing, Support, Use
from cs_workbench.reports.internal_facts import Internal
from cs_workbench.reports.plan_facts import SuccessPlan
from cs_workbench.reports.tree import SourceError
from cs_workbench.reports.value_charts import tornado, waterfall

_MOST_FEATURES = 8
_LEAD = dt.timedelta(days=30)  # how long before its first date a plan's line begins


@dataclass(frozen=True, slots=True)
class ChartWords:
    """A template's words for a chart: names of subject and limit, unit, and the list inside the directive."""

    language: str
    series: str
    limit: str
    unit: str
    items: tuple[str, ...]
    src: Src


def chart_data(context: Mapping[str, Briefing | Internal], name: str, words: ChartWords) -> ChartData:
    """The chart called *name*. Raises SourceError for an unknown name or one without data."""
    facts = context["facts"]
    if isinstance(facts, Briefing):
        if name == "cover" and facts.use:
            return _cover(facts.use, words)
        if name == "use" and facts.use:
            return _use(facts.use, words)
        if name == "features" and facts.use and facts.use.features:
            return _features(facts.use, words)
        if name == "support" and facts.support:
            return _support(facts.support, words)
        if name == "objectives" and facts.success and facts.success.objectives:
            return _objectives(facts.success, words)
        if name == "value" and facts.value:
            return waterfall(facts.value, words.language, words.series, words.items)
        if name == "sensitivity" and facts.value and facts.value.swings:
            return tornado(facts.value, words.language, words.limit, words.series)
    raise SourceError(f"there is no data for a chart called “{name}”", words.src)


def _printed(values: tuple[float | None, ...], language: str) -> tuple[str, ...]:
    return tuple(
        "" if value is None else figures.number(Decimal(str(round(value, 1))), language) for value in values
    )


def _cover(use: Use, words: ChartWords) -> ChartData:
    months = tuple(figures.day(month, words.language, "monyear") for month in use.line.months)
    return ChartData(
        "bar", months, (Series(words.series, use.line.values),), words.unit,
        _printed(use.line.values, words.language), highlight=len(months) - 1,
    )  # fmt: skip


def _use(use: Use, words: ChartWords) -> ChartData:
    series = [Series(words.series, use.line.values)]
    if any(value is not None for value in use.limit):
        series.append(Series(words.limit, use.limit, "limit"))
    months = tuple(figures.day(month, words.language, "mon") for month in use.line.months)
    events = tuple(Event(mark.at, label) for mark, label in zip(use.marks, words.items, strict=False))
    return ChartData(
        "line", months, tuple(series), words.unit, _printed(use.line.values, words.language), events=events
    )  # fmt: skip


def _features(use: Use, words: ChartWords) -> ChartData:
    shown = [item for item in use.features if item.share is None or item.share > 0][:_MOST_FEATURES]
    shares = tuple(None if item.share is None else item.share * 100 for item in shown)
    labels = tuple(
        "" if value is None else figures.number(Decimal(str(round(value))), words.language) + "%"
        for value in shares
    )
    return ChartData("hbar", tuple(item.name for item in shown), (Series(words.series, shares),), "%", labels)


def _support(support: Support, words: ChartWords) -> ChartData:
    months = tuple(figures.day(month, words.language, "mon") for month in support.months)
    high = tuple(
        float(sum(item.counts[at] for item in support.severities if item.priority in {"high", "urgent"}))
        for at in range(len(months))
    )
    rest = tuple(
        float(sum(item.counts[at] for item in support.severities if item.priority not in {"high", "urgent"}))
        for at in range(len(months))
    )
    if not any(high):
        return ChartData("bar", months, (Series(words.series, rest),), words.unit)
    series = (
        Series(f"{words.series} {int(sum(rest))}", rest),
        Series(f"{words.limit} {int(sum(high))}", high, "cost"),
    )
    return ChartData("bar", months, series, words.unit, stacked=True)


_TONES: dict[str, Tone] = {
    "reached": "green", "on_track": "green", "behind": "yellow", "missed": "red", "overdue": "red",
}  # fmt: skip


def _objectives(plan: SuccessPlan, words: ChartWords) -> ChartData:
    """Bullet bars: how much of the way from baseline (0) to target (100%) each objective has gone. What is measured
    but has no baseline has no way: its dashed bar says the directive's first item.
    """
    no_way = words.items[0] if words.items else ""
    shown = [one for one in plan.objectives if one.standing != "dropped"]
    shares = tuple(None if one.share is None else one.share * 100 for one in shown)
    labels = tuple(
        figures.number(Decimal(str(round(value))), words.language) + "%"
        if value is not None
        else no_way
        if one.now is not None and one.baseline is None
        else ""
        for one, value in zip(shown, shares, strict=True)
    )
    return ChartData(
        "hbar", tuple(one.title for one in shown), (Series(words.series, shares),), "%", labels,
        bounds=(Bound(100, words.limit),), tones=tuple(_TONES.get(one.standing, "none") for one in shown),
    )  # fmt: skip


Span = tuple[float, float]


def timeline(
    context: Mapping[str, Briefing | Internal], labels: list[str], language: str, src: Src
) -> tuple[tuple[Milestone, ...], tuple[tuple[float, str], ...], Span | None]:
    """The line of dates above the action plan: its milestones worded by *labels* in the order of the dated steps
    of the plan that are decisive, deadlines or the ends; month ticks; and the span of the approval.
    """
    facts = context["facts"]
    if not isinstance(facts, Briefing):
        raise SourceError("there is no plan to draw", src)
    steps = [step for step in facts.plan.steps if step.on]
    dates = [step.on for step in steps if step.on]
    if not dates:
        return (), (), None
    begun, last = min(dates), max(dates)
    first = min(begun, max(facts.as_of, begun - _LEAD))
    days = max(1, (last - first).days)

    def at(when: dt.date) -> float:
        return round((when - first).days / days, 4)

    shown = [step for step in milestones(facts) if step.on]
    points = tuple(
        Milestone(at(step.on), label, _role(step), step.decisive)
        for step, label in zip(shown, labels, strict=False)
        if step.on
    )
    starts = {step.code: step.on for step in steps}
    opened, done = starts.get("approval_start"), starts.get("approval_done")
    span = (at(opened), at(done)) if opened and done else None
    return points, tuple((at(month), label) for month, label in _ticks(first, last, language)), span


def milestones(facts: Briefing) -> tuple[Step, ...]:
    """The steps of the plan that the line of dates names, earliest first."""
    named = {"meeting", "approval_start", "notice", "end", "start"}
    return tuple(step for step in reversed(facts.plan.steps) if step.code in named and step.on)


def _role(step: Step) -> Literal["plain", "accent", "deadline"]:
    if step.deadline:
        return "deadline"
    return "accent" if step.decisive else "plain"


def _ticks(first: dt.date, last: dt.date, language: str) -> list[tuple[dt.date, str]]:
    months: list[dt.date] = []
    month = first.replace(day=1)
    while month <= last:
        if month >= first:
            months.append(month)
        month = (month.replace(day=28) + dt.timedelta(days=4)).replace(day=1)
    step = 1 + len(months) // 8
    return [
        (when, figures.day(when, language, "monyear" if number == 0 or when.month == 1 else "mon"))
        for number, when in enumerate(months[::step])
    ]

"""A score in the printed lines of the glass box."""

from __future__ import annotations

import datetime as dt

from cs_workbench.domain.health import AxisScore, MeasureScore, Score
from cs_workbench.i18n import _
from cs_workbench.services import health_words, signal_words
from cs_workbench.ui.widgets.glass_box import BoxRow

TABS = {
    "seats_used": "use", "setup_checklist": "use", "last_contact": "timeline", "decision_maker_met": "people",
    "mails_and_events": "use", "open_severe_tickets": "timeline", "active_users": "use", "features_used": "use",
    "usage_trend": "use",
}  # fmt: skip
"""Where the records behind a measure stand."""


def rows(score: Score, today: dt.date) -> list[BoxRow]:
    """Head, each axis with its measures, the sum."""
    total = "–" if score.score is None else f"{score.score:.1f}"
    title = _("How the score comes about")
    if score.score is not None:
        title = _("How {score} comes about").format(score=total)
    found = [
        BoxRow(
            "head", title, value=_("Figure"), as_of=_("As of"),
            bounds=_("Green / yellow from"), points=_("Points"), weight=_("Weight"), adds=_("Adds"),
        )
    ]  # fmt: skip
    for axis in score.axes:
        found.append(_axis(axis))
        found += [_measure(one, today) for one in score.measures if one.axis == axis.key]
    found.append(BoxRow("sum", _("Overall"), weight="100%" if score.score is not None else "", adds=total))
    return found


def _axis(axis: AxisScore) -> BoxRow:
    left_out = axis.points is None
    return BoxRow(
        "axis", health_words.axis(axis.key), band=axis.band, points=health_words.points(axis.points),
        weight="" if left_out else f"× {axis.weight:.0%}", adds="–" if left_out else f"{axis.contribution:.1f}",
        bounds=_("not measured · left out, the rest rescaled") if left_out else "",
    )  # fmt: skip


def _measure(one: MeasureScore, today: dt.date) -> BoxRow:
    name = health_words.measure(one.key, one.label)
    if one.value is None or one.points is None:
        value = _("not measured") if one.value is None else health_words.value(one)
        return BoxRow(
            "missing", name, one.key, value=value, as_of=_day(one.as_of, today), points="–",
            bounds=health_words.why_missing(one), stale=one.stale,
        )  # fmt: skip
    return BoxRow(
        "measure", name, one.key, one.band, health_words.value(one), _day(one.as_of, today),
        health_words.bounds(one), health_words.points(one.points), stale=one.stale,
        bar=(one.value, one.green, one.yellow, one.worst, one.best),
    )  # fmt: skip


def _day(day: dt.date | None, today: dt.date) -> str:
    if day is None:
        return ""
    if day == today:
        return _("today")
    return signal_words.short(day) if (today - day).days < 365 else f"{day.year}/{day.month}"

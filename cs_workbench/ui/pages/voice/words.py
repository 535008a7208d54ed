"""What the Voice page says: figures with their count, where a case stands, what a theme is worth."""

from __future__ import annotations

import datetime as dt

from cs_workbench.domain import loops
from cs_workbench.domain.surveys import Result
from cs_workbench.i18n import _, mark, ngettext
from cs_workbench.services import feedback, voice_cases
from cs_workbench.services.feedback import ThemeLine
from cs_workbench.services.voice import Voice
from cs_workbench.services.voice_cases import CaseRow, Heard, Loops
from cs_workbench.ui import wording

FEW = 5
"""Fewer answers than this are said to be few."""
SOURCES = {
    "nps": mark("NPS"), "csat": mark("CSAT"), "ces": mark("CES"), "success": mark("Success"), "ticket": mark("Ticket"),
    "": mark("Told us"),
}  # fmt: skip
SIDES = {
    "nps": (mark("promoters"), mark("passives"), mark("detractors")),
    "csat": (mark("satisfied"), mark("neutral"), mark("dissatisfied")),
    "ces": (mark("easy"), mark("neutral"), mark("hard")),
    "success": (mark("reached it"), mark("partly"), mark("did not")),
}
DEFINITIONS = {
    "nps": mark("NPS: share of 9–10 less share of 0–6; 0 counts as a detractor."),
    "csat": mark("CSAT: share of answers 4 and 5 of 5."),
    "ces": mark("CES: mean of answers from 1 (hard) to 7 (easy)."),
    "success": mark("Success question: mean of answers from 1 to 5."),
}


def figure(result: Result) -> str:
    """The figure as it is usually written: +12, 81%, 5.3; – for none."""
    if result.value is None:
        return "–"
    if result.kind == "nps":
        return f"{result.value:+.0f}".replace("-", wording.MINUS) if round(result.value) else "0"
    return f"{result.value:.0%}" if result.kind == "csat" else f"{result.value:.1f}"


def counted(result: Result) -> str:
    """How many answers a figure rests on, and that they are few where they are."""
    words = ngettext("n = {n} answer", "n = {n} answers", result.answers).format(n=f"{result.answers:,}")
    if 0 < result.answers < FEW:
        return _("{n}: too few to conclude from").format(n=words)
    return words


def headline(found: Voice) -> str:
    """The figure with its count: the chart's message."""
    name = _(SOURCES[found.kind])
    if not found.answers:
        return _("{survey}: nobody answered in this time").format(survey=name)
    said = _("{survey} {figure} ({answers})")
    return said.format(survey=name, figure=figure(found.result), answers=counted(found.result))


def is_sure(result: Result) -> bool:
    """Whether a figure rests on answers enough to be joined with others and written out."""
    return result.answers >= FEW


def message(found: Voice) -> str:
    """What the trend says: the last month with answers enough, and how it moved since the first of them."""
    sure = [one for one in found.months if is_sure(one.result)]
    if len(sure) < 2:
        return headline(found)
    first, last = sure[0], sure[-1]
    moved = round(100 * _point(last.result)) - round(100 * _point(first.result))
    said = {
        "name": _(SOURCES[found.kind]), "figure": figure(last.result), "now": _month(last.first),
        "since": _month(first.first), "change": f"{abs(moved) / 100:.1f}",
    }  # fmt: skip
    points = round(abs(moved) / 100)
    if found.kind in {"nps", "csat"}:
        said["change"] = ngettext("{n} point", "{n} points", points).format(n=points)
        moved = points if moved > 0 else -points
    if moved > 0:
        return _("{name} {figure} in {now}, {change} up since {since}").format(**said)
    if moved < 0:
        return _("{name} {figure} in {now}, {change} down since {since}").format(**said)
    return _("{name} {figure} in {now}, as in {since}").format(**said)


def _point(result: Result) -> float:
    """The figure in the unit it is written in."""
    value = result.value or 0.0
    return 100 * value if result.kind == "csat" else value


def _month(first: dt.date) -> str:
    return _("{month}/{year}").format(month=first.month, year=first.year)


def side(found_kind: str, place: int, count: int) -> str:
    """How many stand on a side (0–2), in the order of the language: 33 promoters."""
    return _("{count} {side}").format(count=f"{count:,}", side=_(SIDES[found_kind][place]))


def about(found: Voice) -> str:
    """What the figure is, on how many answers it rests, and the days; who stands on which side is said below it."""
    parts = [_(DEFINITIONS[found.kind]).rstrip(".。"), counted(found.result)]
    parts.append(
        _("{since} to {until}").format(since=wording.date(found.since), until=wording.date(found.until))
    )
    return _(" · ").join(parts)


def rate(found: Voice) -> str:
    """How many of those asked answered, or what to do to know it."""
    if found.rate is None:
        return _("Response rate not known: enter how many were asked")
    return _("Response rate {rate}").format(rate=f"{found.rate:.0%}")


def score(kind: str, value: float | None) -> str:
    """An answer: NPS 3, Ticket 1; the kind alone where it was not rated."""
    name = _(SOURCES.get(kind, kind))
    return name if value is None else f"{name} {value:g}"


def state(row: CaseRow | Heard, today: dt.date) -> str:
    """Suggested, overdue, or the status."""
    if isinstance(row, Heard):
        return _("Suggested")
    if voice_cases.is_overdue(row, today):
        days = (today - loops.due(row.said_on, row.promised_on)).days
        return ngettext("{n} day late", "{n} days late", days).format(n=days)
    return _(voice_cases.STATUSES[row.status])


def band(row: CaseRow | Heard, today: dt.date) -> str:
    """The shape a case wears."""
    if isinstance(row, Heard):
        return "none"
    if voice_cases.is_overdue(row, today):
        return "red"
    return {"done": "green", "open": "yellow", "hold": "yellow"}.get(row.status, "none")


def closing(found: Loops) -> str:
    """How well loops are closed, over twelve months."""
    closed = found.closing
    parts = []
    if closed.rate is not None:
        parts.append(
            _("{closed} of {cases} loops closed in 12 months ({rate})").format(
                closed=closed.closed, cases=closed.cases, rate=f"{closed.rate:.0%}"
            )
        )
    if closed.median_days is not None:
        parts.append(_("median {days} days until told back").format(days=f"{closed.median_days:g}"))
    late = len(found.overdue)
    if late:
        parts.append(ngettext("{n} overdue", "{n} overdue", late).format(n=late))
    if found.suggested:
        parts.append(
            ngettext("{n} suggested", "{n} suggested", len(found.suggested)).format(n=len(found.suggested))
        )
    return _(" · ").join(parts) or _("No complaint and no detractor waits.")


def theme_name(line: ThemeLine) -> str:
    """The theme's name; what has none says so."""
    return line.theme.name if line.theme is not None else _("No theme")


def theme_state(line: ThemeLine) -> str:
    """The status of a theme."""
    return _(feedback.STATUSES[line.theme.status]) if line.theme is not None else ""


def arr(line: ThemeLine) -> str:
    """The revenue behind a theme; ≥ where an account's is not known."""
    if not line.accounts:
        return ""
    amount = wording.money(line.revenue.amount, line.revenue.currency) or "–"
    return f"≥ {amount}" if line.revenue.unknown and line.revenue.amount is not None else amount

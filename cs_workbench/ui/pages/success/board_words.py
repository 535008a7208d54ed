"""The board in words: where an account stands, what its step's exit asks, what a card says aloud."""

from __future__ import annotations

import datetime as dt

from cs_workbench.domain.success_map import Exit
from cs_workbench.i18n import _, language, ngettext
from cs_workbench.services.success_board import Board, Card, Lane
from cs_workbench.services.success_maps import KINDS
from cs_workbench.ui import wording
from cs_workbench.ui.widgets.badge import badge_name, band_of


def percent(share: float | None) -> str:
    """A share as a whole percentage; – where there is none."""
    return "–" if share is None else f"{share * 100:.0f}%"


def figure(value: float | None, *, share: bool) -> str:
    """A measured value as it is shown beside its bound."""
    return percent(value) if share or value is None else f"{value:,.10g}"


def step(lane: Lane) -> str:
    """A step with its number: "3 Templates are the standard"."""
    return f"{lane.number} {lane.step.name}" if lane.step is not None else _("On no step")


def days(count: int | None) -> str:
    """Time on the step."""
    return "" if count is None else _("{n} d").format(n=count)


def short_day(day: dt.date | None, today: dt.date) -> str:
    """A day; in Japanese without its year where that is this year."""
    if day is None or language() != "ja" or day.year != today.year:
        return wording.date(day)
    return f"{day.month}/{day.day}"


def wanted_by(day: dt.date | None, today: dt.date) -> str:
    """By when a step is wanted; a day that has gone by with its year, and by how much."""
    if day is None or day >= today:
        return short_day(day, today)
    late = (today - day).days
    return ngettext("{date}, {n} day late", "{date}, {n} days late", late).format(
        date=wording.date(day), n=late
    )


def measure(lane: Lane, board: Board) -> str:
    """What a step's exit rests on."""
    if lane.step is None or lane.step.exit_kind == "confirmed":
        return ""
    if lane.step.exit_kind == "objectives":
        return _("objectives reached")
    return board.measures.get(lane.step.exit_metric, lane.step.exit_metric)


def exit_words(found: Exit | None, text: str, rests_on: str = "") -> str:
    """Whether a step's exit is met, with what it *rests_on*, or what is to be confirmed; "" where nothing is asked."""
    if found is None:
        return ""
    if found.kind == "confirmed":
        return _("To confirm: {text}").format(text=text) if text else ""
    if found.met is None:
        return _("Exit not measured: {text}").format(text=text or figure(found.at_least, share=found.share))
    value, bound = figure(found.value, share=found.share), figure(found.at_least, share=found.share)
    words = (
        _("Exit met: {measure} {value} of {bound}")
        if found.met
        else _("Exit not met: {measure} {value} of {bound}")
    )
    return words.format(measure=rests_on, value=value, bound=bound)


def tone(found: Exit | None) -> str:
    """The band whose shape and ink go with an exit."""
    if found is None or found.met is None:
        return "none"
    return "green" if found.met else "yellow"


def means(card: Card) -> str:
    """What to use next, or that all was used."""
    if card.means is not None:
        return card.means.title
    return _("Check the exit") if card.exit is not None else ""


def aloud(card: Card, board: Board) -> str:
    """A card for those who cannot see it."""
    lane = next(one for one in board.lanes if card in one.cards)
    parts = [
        card.name,
        step(lane),
        badge_name(band_of(card.band), card.score, override=card.called, stale=card.stale),
    ]
    parts.append(wording.money(card.arr, board.currency))
    if card.days is not None:
        on_it = ngettext("{n} day on this step", "{n} days on this step", card.days).format(n=card.days)
        parts.append(_("{time}, stuck").format(time=on_it) if card.stuck else on_it)
    if card.wanted is not None:
        parts.append(_("wants {step}").format(step=step(board.lanes[card.wanted])))
    if card.means is not None:
        parts.append(
            _("next: {means} ({kind})").format(means=card.means.title, kind=_(KINDS[card.means.kind]))
        )
    return _(", ").join(part for part in parts if part)


def fact(board: Board) -> str:
    """What the persona covers of all revenue, and all personas together."""
    if board.persona is None or board.coverage.covered is None:
        return ""
    used = len(board.coverage.used)
    own = _("This persona covers {share} of ARR").format(share=percent(board.persona.share))
    if used < 2:
        return own
    together = _("all {n} personas together {share}").format(n=used, share=percent(board.coverage.covered))
    return _(", ").join((own, together))


def stuck(board: Board) -> str:
    """How many are on their step for too long, "" for none."""
    count = board.stuck
    if not count:
        return ""
    if board.own_days:
        return ngettext("{n} longer than usual", "{n} longer than usual", count).format(n=count)
    return ngettext("{n} over 60 days", "{n} over 60 days", count).format(n=count)

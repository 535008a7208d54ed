"""What the quadrant says: its finding, its corners, what an account lacks, its rows as a table."""

from __future__ import annotations

import datetime as dt

from cs_workbench.domain.quadrant import Corner, Point
from cs_workbench.i18n import _, mark, ngettext
from cs_workbench.services.quadrant import CORNERS, MOVES, Placed
from cs_workbench.services.quadrant_board import Board
from cs_workbench.services.signal_words import short
from cs_workbench.ui import wording
from cs_workbench.ui.models.fact_model import Column

ORDER: tuple[Corner, ...] = ("happy_not_succeeding", "advocate", "at_risk", "succeeding_not_happy")
"""Keys 1–4: as they are read on the screen."""
_FIRST: tuple[Corner, ...] = ("happy_not_succeeding", "at_risk", "succeeding_not_happy", "advocate")
WHY: dict[Corner, str] = {
    "happy_not_succeeding": mark(
        "They like you and may still leave: too little of what was agreed has happened."
    ),
    "advocate": mark("They reach what was agreed and like working with you: let others hear of it."),
    "succeeding_not_happy": mark(
        "They depend on you and grumble: mend what annoys and tell them that you did."
    ),
    "at_risk": mark("Neither success nor liking: one outcome, one date, both sponsors, or a good parting."),
}
MISSING = {
    "no_success": mark("no objective measured"), "no_satisfaction": mark("no survey"),
    "neither": mark("no survey, no objective measured"),
}  # fmt: skip


def finding(board: Board) -> str:
    """The finding as a sentence: who may leave quietly, else what comes nearest."""
    corner = next((one for one in _FIRST if board.inside(one)), None)
    if corner is None:
        return _("No account has both measures yet")
    count = len(board.inside(corner))
    words = {
        "happy_not_succeeding": ngettext("{n} account is happy but not succeeding: {arr} could leave quietly",
                                         "{n} accounts are happy but not succeeding: {arr} could leave quietly", count),
        "at_risk": ngettext("{n} account is neither succeeding nor happy: {arr} needs a rescue",
                            "{n} accounts are neither succeeding nor happy: {arr} needs a rescue", count),
        "succeeding_not_happy": ngettext("{n} account succeeds and grumbles: {arr} hangs on an irritant",
                                         "{n} accounts succeed and grumble: {arr} hangs on an irritant", count),
        "advocate": ngettext("{n} account thrives: {arr} could recommend you",
                             "{n} accounts thrive: {arr} could recommend you", count),
    }[corner]  # fmt: skip
    return words.format(n=count, arr=wording.money(board.value(corner), board.currency) or _("ARR unknown"))


def definition(board: Board) -> str:
    """What the axes, the area and the tail mean, and the day."""
    parts = [
        _(
            "Across: share of agreed outcomes reached. Up: satisfaction, mean of the answers of 180 days. Area: ARR."
        )
    ]
    if board.since is not None:
        parts.append(_("Tail: since {date}.").format(date=wording.date(board.since)))
    parts.append(_("As of {date}").format(date=wording.date(board.as_of)))
    return " ".join(parts)


def fact(board: Board) -> str:
    """How many are placed, how many stand apart."""
    apart = len(board.apart)
    placed = len(board.placed) - apart
    words = ngettext("{n} account placed", "{n} accounts placed", placed).format(n=f"{placed:,}")
    return _("{placed}, {n} apart").format(placed=words, n=f"{apart:,}") if apart else words


def measures(point: Point) -> str:
    """Success and satisfaction as figures."""
    return _("success {success}, satisfaction {satisfaction}").format(
        success=percent(point.success), satisfaction=hundred(point.satisfaction)
    )


def both(point: Point) -> str:
    """Success and satisfaction in the second line of a row."""
    return _("success {success} · satisfaction {satisfaction}").format(
        success=percent(point.success), satisfaction=hundred(point.satisfaction)
    )


def percent(share: float | None) -> str:
    """Success: 48%, or – where not measured."""
    return "–" if share is None else f"{share:.0%}"


def hundred(share: float | None) -> str:
    """Satisfaction: 74 of 100, or – where not measured."""
    return "–" if share is None else f"{100 * share:.0f}"


def spoken(one: Placed, board: Board) -> str:
    """An account in one line, for the tool tip and those who listen."""
    parts = [one.name, measures(one.now)]
    if board.worth[one.account_id] is not None:
        parts.append(wording.money(board.worth[one.account_id], board.currency))
    if one.before is not None and one.before.unplaced is None and board.since is not None:
        parts.append(_("{date}: {measures}").format(date=short(board.since), measures=measures(one.before)))
    parts.append(_(CORNERS[one.corner]) if one.corner else lacks(one))
    return _(" · ").join(parts)


def lacks(one: Placed) -> str:
    """What an account apart is missing."""
    which = one.now.unplaced or "neither"
    return _(MISSING[which])


def since_words(since: dt.date | None) -> str:
    """The button of the chooser."""
    return _("No tail") if since is None else _("Since {date}").format(date=short(since))


def columns(board: Board) -> tuple[Column, ...]:
    """The table twin: every account with its two measures, then and now."""

    def place(one: Placed) -> str:
        return _(CORNERS[one.corner]) if one.corner else lacks(one)

    def arr(one: Placed) -> str:
        return wording.money(board.worth[one.account_id], board.currency) or "–"

    def quiet(_one: Placed) -> tuple[str, str]:
        return "body", "text.secondary"

    found = [
        Column("account", mark("Account"), lambda one: one.name),
        Column("corner", mark("Corner"), place, 210, style=quiet),
        Column("success", mark("Success"), lambda one: percent(one.now.success), 90, right=True),
        Column("happy", mark("Satisfaction"), lambda one: hundred(one.now.satisfaction), 110, right=True),
        Column("arr", mark("ARR"), arr, 96, right=True),
    ]
    if board.since is not None:
        found += [
            Column("before", mark("Success before"), lambda one: percent(_before(one).success), 120,
                   right=True, drop=1, style=quiet),
            Column("happy_before", mark("Satisfaction before"), lambda one: hundred(_before(one).satisfaction), 140,
                   right=True, drop=2, style=quiet),
        ]  # fmt: skip
    return tuple(found)


def move(corner: Corner) -> str:
    """The suggested move of a corner."""
    return _(MOVES[corner])


def _before(one: Placed) -> Point:
    return one.before or Point(None, None)

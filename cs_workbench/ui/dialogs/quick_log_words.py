"""The reading of a quick-log line in words: its chips, its offers, and what is wrong with it."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from cs_workbench.i18n import _, mark
from cs_workbench.ui import wording
from cs_workbench.ui.dialogs.quick_log_parts import PREFILLED
from cs_workbench.ui.widgets.completion import Suggestion
from cs_workbench.ui.widgets.note_chips import NoteChip, channel_icon, line_chips

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cs_workbench.services.quick_log import Look, Offer

_PROBLEMS = {
    "bad_date": mark("“{text}” is no date."),
    "day_ahead": mark("“{text}” is still to come. Write !{text} to follow up on that day."),
    "day_unclear": mark("The year of “{text}” is not clear. Write it with the year."),
    "second_account": mark("“{text}” names a second account. Log it once for each."),
    "empty": mark("Nothing stands after “{text}”."),
}
_ICONS = {"account": "building-2", "person": "user", "tag": "tag", "due": "calendar"}


def chips_of(look: Look, today: dt.date, clock: str) -> Iterator[NoteChip]:
    """The chips of the line, the account first. *clock* is the local time it will be stored with."""
    if look.account is not None:
        typed = next(((one.start, one.end) for one in look.parsed.chips if one.kind == "account"), PREFILLED)
        yield NoteChip(look.account.name, "filter", "building-2", typed)
    elif look.parsed.account:
        chip = next(one for one in look.parsed.chips if one.kind == "account")
        yield NoteChip(f"@{look.parsed.account}", "yellow", "building-2", (chip.start, chip.end))
    if look.text.strip():
        yield from line_chips(look.parsed, look.known, look.words.labels, today, clock)


def suggestion_of(offer: Offer, look: Look) -> Suggestion:
    """An offer as a line: what it is and, at the right, a fact that tells it from others."""
    if offer.kind == "due":
        return Suggestion(
            _("Follow up: {date}").format(date=offer.text), wording.date(offer.due), "calendar", (), offer
        )
    icon = _ICONS.get(offer.kind, "")
    if offer.kind == "channel":
        key = look.words.channels.get(offer.text.lower(), "")
        return Suggestion(offer.text, "", channel_icon(key), offer.spans, offer)
    if offer.kind == "person" and offer.start == offer.end:
        return Suggestion(_("With {person}").format(person=offer.text), offer.second, icon, (), offer)
    return Suggestion(offer.text, offer.second, icon, offer.spans, offer)


def said_of(look: Look, *, refused: bool = False) -> str:
    """What is wrong with the line, one sentence; "" where nothing is. While it is typed, an account that is not named
    yet, or not in full, is not wrong; once saving was *refused* it is.
    """
    if look.several and (refused or not look.naming):
        return _("“{text}” fits several accounts.").format(text=_short(look.parsed.account))
    if look.unknown and (refused or not look.naming):
        return _("No account is called “{text}”.").format(text=_short(look.unknown))
    if refused and look.account is None:
        return _("The line names no account.")
    for problem in look.parsed.problems:
        text = look.text[problem.start : problem.end].strip().lstrip("!！")
        return _(_PROBLEMS[problem.code]).format(text=_short(text)) if problem.code in _PROBLEMS else ""
    return ""


def _short(text: str) -> str:
    return text if len(text) <= 40 else text[:39] + "…"

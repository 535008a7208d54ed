"""Records of the timeline in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from decimal import Decimal

from cs_workbench import i18n
from cs_workbench.i18n import _, mark
from cs_workbench.services.account_page import Labels
from cs_workbench.services.account_tabs import Entry, Kind
from cs_workbench.ui import wording
from cs_workbench.ui.widgets.badge import BAND_NAMES, band_of
from cs_workbench.ui.widgets.chip import Tone
from cs_workbench.ui.widgets.timeline_row import Month, TimelineRow

KIND_NAMES: dict[Kind, str] = {
    "meeting": mark("Meetings"),
    "call": mark("Calls"),
    "mail": mark("Mails"),
    "contact": mark("Notes and others"),
    "ticket": mark("Tickets"),
    "survey": mark("Surveys"),
    "change": mark("Changes"),
}
_ICONS: dict[Kind, str] = {
    "meeting": "users", "call": "phone", "mail": "mail", "contact": "message-circle", "ticket": "ticket",
    "survey": "star", "change": "git-commit-horizontal",
}  # fmt: skip
_EVENTS = {
    "new": mark("Contract begins"),
    "expansion": mark("Expansion"),
    "contraction": mark("Contraction"),
    "renewal": mark("Renewal"),
    "churn": mark("Churn"),
    "reactivation": mark("Reactivation"),
}
_FIELDS = {
    "account.name": mark("Name"), "account.stage": mark("Stage"), "account.tier": mark("Tier"),
    "account.owner": mark("Owner"), "account.archived_at": mark("Archived"), "person.name": mark("Name of a person"),
    "person.status": mark("Status of a person"), "person.account_id": mark("A person's account"),
    "person.role": mark("Role of a person"), "contract.arr": mark("Yearly value"),
    "contract.mrr": mark("Monthly value"), "contract.amount": mark("Amount"), "contract.currency": mark("Currency"),
    "contract.end_on": mark("End of the contract"), "contract.notice_days": mark("Notice, days"),
    "contract.notice_months": mark("Notice, months"), "contract.status": mark("Status of the contract"),
    "contract.auto_renew": mark("Renews itself"),
}  # fmt: skip
_LISTS = {"account.stage": "stage", "account.tier": "tier", "person.role": "role"}
_DIRECTIONS = {"in": mark("received"), "out": mark("sent")}
_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
           "November", "December")  # fmt: skip
_RISKS = frozenset(("risk", "リスク", "churn", "解約"))
_GAINS = frozenset(("value", "価値", "win", "成果"))


def lines(entries: Sequence[Entry], labels: Labels) -> list[Month | TimelineRow]:
    """Rows with a heading above each month."""
    found: list[Month | TimelineRow] = []
    month: tuple[int, int] | None = None
    for one in entries:
        if (one.day.year, one.day.month) != month:
            month = (one.day.year, one.day.month)
            found.append(Month(month_words(one.day)))
        found.append(row(one, labels))
    return found


def month_words(day: dt.date) -> str:
    """A month: "November 2026", "2026年11月"."""
    if i18n.language() == "ja":
        return f"{day.year}年{day.month}月"
    return f"{_MONTHS[day.month - 1]} {day.year}"


def row(one: Entry, labels: Labels) -> TimelineRow:
    """One record."""
    if one.record == "interaction":
        return _interaction(one, labels)
    if one.record == "ticket":
        return _ticket(one, labels)
    if one.record == "survey":
        score = "" if one.figure is None else f"{one.what.upper()} {one.figure:g}"
        return _made(one, _("Survey"), (*one.people, score), f"“{one.text}”" if one.text else "")
    return _change(one, labels)


def _interaction(one: Entry, labels: Labels) -> TimelineRow:
    minutes = _("{n} min").format(n=f"{one.figure:.0f}") if one.figure else ""
    way = _(_DIRECTIONS[one.state]) if one.state in _DIRECTIONS else ""
    text = one.text if not one.title or one.text.startswith(one.title) else f"{one.title}\n{one.text}".strip()
    chips = tuple((f"#{tag}", _tone(tag)) for tag in one.tags)
    title = labels.of("channel", one.what) or one.what
    return _made(one, title, (*one.people, minutes, way), text, chips)


def _ticket(one: Entry, labels: Labels) -> TimelineRow:
    title = _("Ticket {number}").format(number=one.title).rstrip()
    solved = _("solved") if one.state else _("not solved")
    chips: tuple[tuple[str, Tone], ...] = tuple(
        (_("with {name}").format(name=name), "yellow") for name in one.tags
    )
    return _made(
        one,
        title,
        (labels.of("ticket_priority", one.what), solved, *one.people),
        one.text,
        () if one.state else chips,
    )


def _change(one: Entry, labels: Labels) -> TimelineRow:
    if one.record == "health":
        band, before = (_(BAND_NAMES[band_of(word)]) for word in (one.what, one.title))
        score = "–" if one.figure is None else f"{one.figure:.1f}"
        return _made(one, _("Change"), (_("Health {score}").format(score=score),), f"{before} → {band}")
    if one.record == "event":
        amount = None if one.figure is None else Decimal(int(one.figure)).scaleb(-4)
        about = (_(_EVENTS.get(one.what, one.what)), wording.money(amount, one.title))
        reason = labels.of("churn_reason", one.state)
        return _made(one, _("Contract"), about, "\n".join(part for part in (reason, one.text) if part))
    known = _LISTS.get(one.what)
    old, new = ((labels.of(known, word) if known else word) or "–" for word in (one.state, one.text))
    return _made(one, _("Change"), (_(_FIELDS.get(one.what, one.what)),), f"{old} → {new}")


def _made(
    one: Entry, title: str, about: Iterable[str], text: str, chips: tuple[tuple[str, Tone], ...] = ()
) -> TimelineRow:
    between = _(" · ")
    words = between.join(part for part in about if part)
    icon = "sticky-note" if one.what == "note" else _ICONS[one.kind]
    return TimelineRow(str(one.day.day), icon, title, words, text.strip(), chips, one)


def _tone(tag: str) -> Tone:
    folded = tag.casefold()
    return "red" if folded in _RISKS else "green" if folded in _GAINS else "plain"

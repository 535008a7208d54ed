"""The codes of signals in words of the current language: verb phrase, reason, evidence, verb, due date, factors."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from cs_workbench import i18n
from cs_workbench.i18n import _, mark, ngettext

if TYPE_CHECKING:
    from cs_workbench.domain.signal_ranking import Rank
    from cs_workbench.domain.signals import Evidence, Signal

MINUS = "−"
_NEAR = 183
_QUOTED = ("subject", "comment")
"""What stands between quotes, before a stop of the sentence's own."""
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

TITLES = {
    "renewal_180": mark("Check readiness for the renewal"),
    "renewal_120": mark("Gather the facts for the renewal"),
    "renewal_90": mark("Open the renewal talk"),
    "renewal_60": mark("Bring the value case"),
    "renewal_30": mark("Send the renewal proposal"),
    "notice_close": mark("Settle the renewal"),
    "band_dropped": mark("Ask why health turned {band}"),
    "score_fell": mark("Ask why health fell by {points}"),
    "axis_red": mark("Look into {axes}"),
    "usage_zero": mark("Ask why use stopped"),
    "usage_fell": mark("Ask why usage fell {fall}"),
    "usage_rose": mark("Ask what usage grew for"),
    "seats_low": mark("Put idle seats to use"),
    "seats_full": mark("Offer more seats"),
    "touch_debt": mark("Talk again after {days} days"),
    "never_talked": mark("Talk for the first time"),
    "champion_left": mark("Find a new champion"),
    "single_threaded": mark("Find a second contact"),
    "decision_maker": mark("Meet the decision maker"),
    "severe_ticket": mark("Push a ticket open for {days} days"),
    "ticket_spike": mark("Ask about {count} new tickets"),
    "bad_answer": mark("Answer a survey score of {score}"),
    "loop_overdue": mark("Close a loop {days} days late"),
    "onboarding_late": mark("Decide how onboarding ends"),
    "promise": mark("Keep a promise: {title}"),
    "their_promise": mark("Ask about their promise: {title}"),
    "task": "{title}",
    "missing_data": mark("Add {gaps}"),
    "no_value": mark("Prove value before the renewal"),
}
"""What to do, verb first."""

REASONS = {
    "contract_end": mark("D{left}: the term ends on {deadline}."),
    "notice_deadline": mark("D{left}: notice until {deadline}."),
    "notice_passed": mark("The notice deadline, {notice}, has passed. The term ends on {deadline}."),
    "band_dropped": mark("Health {score}, was {before} on {before_on}."),
    "score_fell": mark("Health {score}, was {before} on {before_on}."),
    "axis_red": mark("Turned red since {before_on}. Health {score}."),
    "usage_zero": mark("No use for {days} days, last on {last}."),
    "usage_fell": mark("{window} days against the {window} before."),
    "usage_rose": mark("Up {rise} in {window} days. Health is green."),
    "seats_low": mark("{share} of {seats} seats used after {months} months."),
    "seats_full": mark("{share} of {seats} seats used."),
    "touch_debt": mark("Cadence is {cadence} days. Last on {last}."),
    "never_talked": mark("No two-way contact since {last}; cadence is {cadence} days."),
    "champion_left": mark("{person} left on {on}; contacts remaining: {active}."),
    "champion_left_undated": mark("{person} left; contacts remaining: {active}."),
    "single_threaded": mark("{person} is the only contact."),
    "decision_maker": mark("No meeting with {person} is on record."),
    "severe_ticket": mark("High severity: “{subject}”."),
    "severe_ticket_plain": mark("A ticket of high severity, without a subject."),
    "ticket_spike": mark("In {days} days; usual are {usual}."),
    "bad_answer": mark("{person} on {on}: “{comment}”"),
    "bad_answer_plain": mark("{survey} answered on {on}, not yet answered by us."),
    "loop_overdue": mark("Said on {on}, answer due {due}: “{comment}”"),
    "loop_overdue_plain": mark("Said on {on}; they were to hear from us by {due}."),
    "onboarding_late": mark("Should have ended on {end}, {days} days ago."),
    "promise": mark("Promised on {made}."),
    "promise_to": mark("Promised to {person} on {made}."),
    "their_promise": mark("Was due on {due}."),
    "their_promise_of": mark("{person}, was due on {due}."),
    "task": mark("Task from {made}."),
    "no_value": mark("No proven value, {days} days to the notice deadline."),
    "no_value_end": mark("No proven value, {days} days to the end of the term."),
    "no_value_late": mark(
        "Was due by {meant}, {lead} days before the notice deadline; {days} days are left."
    ),
    "no_value_end_late": mark(
        "Was due by {meant}, {lead} days before the end of the term; {days} days are left."
    ),
    "missing_data": mark("Forecasts and reminders leave this account out."),
    "missing_amount": mark("Forecasts leave this account out."),
    "missing_notice": mark("Until it is entered, the end of the term counts."),
}
"""Why, as a fact."""

EVIDENCE = {
    "contract_end": mark("Term ends {deadline}"),
    "notice_deadline": mark("Notice until {deadline}"),
    "notice_passed": mark("Notice deadline {notice} passed"),
    "prove_by": mark("Proof was due by {meant}, {lead} days before"),
    "no_contract": mark("No running contract"),
    "no_renewal_date": mark("No renewal date"),
    "no_amount": mark("No amount"),
    "no_notice_period": mark("No notice period"),
    "onboarding_end": mark("Customer since {since}"),
    "onboarding_run": mark("Onboarding since {since}"),
    "promise": mark("Due {due}"),
    "their_promise": mark("Due {due}"),
    "task": mark("Due {due}"),
    "score_now": mark("Health {score} now"),
    "score_before": mark("Health {before} on {before_on}"),
    "usage_zero_readings": mark("Last use {last}"),
    "usage_fell_readings": mark("Usage {now}, before {earlier}"),
    "usage_rose_readings": mark("Usage {now}, before {earlier}"),
    "seats": mark("{used} of {seats} seats"),
    "touch_debt_last": mark("Last two-way contact {last}"),
    "never_talked_last": mark("No two-way contact on record"),
    "person_left": mark("{person} left"),
    "contacts_left": mark("Contacts remaining: {active}"),
    "only_contact": mark("Only contact: {person}"),
    "never_met": mark("Never met: {person}"),
    "ticket": mark("Ticket opened {opened}"),
    "ticket_count": mark("{count} tickets in {days} days"),
    "survey": mark("{survey} {score} on {on}"),
    "loop_overdue": mark("Answer due {due}"),
}
"""The records behind it, a line each; a code of TITLES is a signal that was folded in."""

_FOLDED = {
    "touch_debt": mark("No two-way contact for {days} days"),
    "score_fell": mark("Health fell by {points}"),
    "band_dropped": mark("Health turned {band}"),
    "axis_red": mark("Red now: {axes}"),
    "usage_fell": mark("Usage fell {fall}"),
    "usage_rose": mark("Usage rose {rise}"),
    "seats_low": mark("{share} of seats used"),
    "single_threaded": mark("Only contact: {person}"),
    "decision_maker": mark("Never met: {person}"),
    "never_talked": mark("No two-way contact on record"),
    "ticket_spike": mark("{count} tickets in {days} days"),
}

VERBS = {
    "log_contact": mark("Log contact"),
    "open_account": mark("Open account"),
    "prepare_pack": mark("Prepare pack"),
    "mark_done": mark("Mark done"),
    "fill_in": mark("Fill in"),
    "open_value": mark("Open ledger"),
    "open_loop": mark("Open loop"),
}
EFFORTS = {
    "quarter": mark("a quarter of an hour"),
    "hour": mark("an hour"),
    "half_day": mark("half a day"),
    "day": mark("a day"),
}
_GAPS = {
    "contract": mark("the contract"),
    "renewal_date": mark("the renewal date"),
    "amount": mark("the contract amount"),
    "notice_period": mark("the notice period"),
}
_BARE_GAPS = {
    "contract": mark("Contract"),
    "renewal_date": mark("Renewal date"),
    "amount": mark("Contract amount"),
    "notice_period": mark("Notice period"),
}
_PRIORITIES = {
    "high": mark("high priority"),
    "medium": mark("medium priority"),
    "low": mark("low priority"),
}
_BANDS = {"green": mark("green"), "yellow": mark("yellow"), "red": mark("red"), "none": mark("no score")}
_AXES = {
    "deployment": mark("Deployment"),
    "engagement": mark("Engagement"),
    "adoption": mark("Adoption"),
    "roi": mark("ROI"),
}
_SURVEYS = {"nps": "NPS", "csat": "CSAT"}


def title(signal: Signal) -> str:
    """What to do: "Ask why usage fell 31%"."""
    template = TITLES.get(signal.code)
    text = (
        _("Prepare the renewal") if template is None else _(template) if template != "{title}" else template
    )
    return text.format(**_said(signal.params))


def reason(signal: Signal, today: dt.date | None = None, *, whole: bool = True) -> str:
    """Why: one sentence with the fact; *whole*, with what was folded in. Days far from *today* name their year."""
    params = _dated(signal.params, today)
    code = str(params.get("by", signal.code))
    if code == "champion_left" and params.get("on") is None:
        code = "champion_left_undated"
    elif code == "bad_answer" and not (params["comment"] and params["person"]):
        code = "bad_answer_plain"
    elif code == "loop_overdue" and not str(params["comment"] or "").strip():
        code = "loop_overdue_plain"
    elif code == "severe_ticket" and not str(params["subject"] or "").strip():
        code = "severe_ticket_plain"
    elif code == "missing_data":
        code = _missing(params["gaps"])
    elif code == "no_value":
        code += ("_end" if params.get("until") == "contract_end" else "") + (
            "_late" if params.get("late") else ""
        )
    elif code in ("promise", "their_promise") and params["person"]:
        code += "_to" if code == "promise" else "_of"
    text = _(REASONS[code]).format(**_said(params))
    more = [_folded_words(one, today) for one in signal.evidence if whole and one.kind == "signal"]
    return sentences([text, *(_("{fact}.").format(fact=one) for one in more)])


def _missing(gaps: Collection[str]) -> str:
    """What follows of what is not entered: without a notice period the end of the term still counts."""
    if set(gaps) == {"notice_period"}:
        return "missing_notice"
    return "missing_amount" if set(gaps) <= {"amount", "notice_period"} else "missing_data"


def evidence(one: Evidence, today: dt.date | None = None) -> str:
    """One record in words."""
    if one.kind == "signal":
        return _folded_words(one, today)
    return _(EVIDENCE[one.code]).format(**_said(_dated(one.params, today)))


def gaps(signal: Signal) -> str:
    """What of a contract is not entered, as a noun: "notice period and contract amount"."""
    return _(" and ").join(_(_BARE_GAPS[gap]) for gap in signal.params["gaps"])


def verb(signal: Signal) -> str:
    """The one button: "Log contact"."""
    return _(VERBS[signal.verb])


def due(signal: Signal, today: dt.date) -> str:
    """When: "3 d late", "Today", "26 Nov", or "Any day" where no date presses."""
    if signal.due is None:
        return _("Any day")
    late = (today - signal.due).days
    if late > 0:
        return _("{days} d late").format(days=late)
    return _("Today") if late == 0 else short(signal.due)


def due_whole(signal: Signal, today: dt.date) -> str:
    """The same with the day that went by: "due 16 Oct, 37 d late"."""
    words = due(signal, today)
    if signal.due is None or signal.due >= today:
        return words
    return _("due {date}, {late}").format(date=short(signal.due, today), late=words)


def urgency(signal: Signal, rank: Rank, today: dt.date) -> str:
    """What made the urgency factor: "3 days late, D−37"."""
    parts = [_(_PRIORITIES[signal.priority])]
    if rank.late is not None and rank.late > 0 and not signal.advised:
        parts = [ngettext("{n} day late", "{n} days late", rank.late).format(n=rank.late)]
    elif signal.due is not None and signal.due >= today:
        parts.append(
            _("due today") if signal.due == today else _("due {date}").format(date=short(signal.due))
        )
    if rank.left is not None:
        parts.append(_left(rank.left))
    if rank.called_red:
        parts.append(_("red by your own call"))
    return _(", ").join(parts)


def touch(rank: Rank) -> str:
    """What made the touch factor: "41 of 30 days"."""
    if rank.quiet is None:
        return _("no contact recorded")
    return _("{days} of {cadence} days").format(days=rank.quiet, cadence=rank.cadence)


def effort(signal: Signal) -> str:
    """What made the effort: "half a day"."""
    return _(EFFORTS[signal.effort])


def short(day: dt.date, today: dt.date | None = None) -> str:
    """A day of this year or near it: "24 Nov", "11/24"; more than half a year from *today* with its year."""
    far = today is not None and abs((day - today).days) > _NEAR
    if i18n.language() == "ja":
        return f"{day.year}/{day.month}/{day.day}" if far else f"{day.month}/{day.day}"
    return f"{day.day} {_MONTHS[day.month - 1]}" + (f" {day.year}" if far else "")


def sentences(parts: Iterable[str]) -> str:
    """Sentences one after the other: with a space between them, in Japanese without."""
    return ("" if i18n.language() == "ja" else " ").join(part for part in parts if part)


def _dated(params: Mapping[str, Any], today: dt.date | None) -> Mapping[str, Any]:
    """The parameters with days far from *today* already written out, with their year."""
    if today is None:
        return params
    return {
        name: short(value, today) if isinstance(value, dt.date) else value for name, value in params.items()
    }


def _folded_words(one: Evidence, today: dt.date | None) -> str:
    template = _FOLDED.get(one.code)
    said = _said(_dated(one.params, today))
    return _(template).format(**said) if template else _(TITLES[one.code]).format(**said)


def _left(days: int) -> str:
    return f"D{MINUS}{days}" if days >= 0 else f"D+{-days}"


def _said(params: Mapping[str, Any]) -> dict[str, str]:
    """The parameters of a code as text; some say several things."""
    said = {name: _plain(value) for name, value in params.items()}
    said |= {name: said[name].strip().rstrip("。．.") for name in _QUOTED if name in said}
    said |= {name: str(say(params)) for name, (needed, say) in _DERIVED.items() if needed in params}
    return said


def _plain(value: Any) -> str:
    if isinstance(value, dt.date):
        return short(value)
    if isinstance(value, float):
        return f"{value:,.0f}" if value.is_integer() or abs(value) >= 10 else f"{value:,.1f}"
    return "–" if value is None else str(value)


def _lost(before: float | None, now: float | None) -> str:
    return f"{(before or 0.0) - (now or 0.0):.0f}"


def _percent(share: float) -> str:
    return f"{abs(share) * 100:.0f}%"


_DERIVED: dict[str, tuple[str, Callable[[Mapping[str, Any]], str]]] = {
    "left": ("deadline", lambda params: _left(params["days"])[1:]),
    "points": ("before_band", lambda params: _lost(params["before"], params["score"])),
    "band": ("band", lambda params: _(_BANDS[params["band"]])),
    "axes": ("axes", lambda params: _(", ").join(_(_AXES.get(one, one)) for one in params["axes"])),
    "fall": ("change", lambda params: _percent(params["change"])),
    "rise": ("change", lambda params: _percent(params["change"])),
    "share": ("share", lambda params: _percent(params["share"])),
    "earlier": ("feed", lambda params: _plain(params["before"])),
    "gaps": ("gaps", lambda params: _(" and ").join(_(_GAPS[gap]) for gap in params["gaps"])),
    "survey": ("survey", lambda params: _SURVEYS.get(params["survey"], params["survey"])),
}

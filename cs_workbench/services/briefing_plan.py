"""The mutual action plan: dated steps planned backwards, with the promises that fall before the decision."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from cs_workbench.domain import working_days
from cs_workbench.domain.months import add_months
from cs_workbench.reports.action_plan_facts import Plan, Step
from cs_workbench.reports.facts import Customer, Promise, Terms
from cs_workbench.services.briefing_terms import Dates, meeting_fixed, planned

_MOST_PROMISES = 4


def action_plan(
    terms: Terms,
    customer: Customer,
    ours: str,
    promises: Sequence[Promise],
    *,
    approval: tuple[int, bool],
    as_of: dt.date,
    met_on: dt.date | None = None,
) -> tuple[Terms, Plan]:
    """*terms* with its situation settled ("late" when approval no longer fits), and the plan, latest step first.

    ``approval`` is how many working days the customer's approval takes and whether they said so; ``met_on`` the day
    the meeting is fixed for. When it is late, what is asked for is the decision itself, and ``decide_by`` its day.
    """
    plan, days = planned(terms, approval[0], approval[1], as_of)
    if terms.situation == "leaving":
        end = Step("end", terms.end_on, theirs=customer.contact, ours=ours, deadline=True, ref=terms.ref)
        steps = [end, *_promised(promises, (customer.contact, ours), as_of)]
        return terms, replace(
            plan, steps=tuple(sorted(steps, key=lambda step: step.on or as_of, reverse=True))
        )
    if days is None:
        return terms, replace(plan, steps=_undated(customer, ours))
    if met_on is not None and met_on >= as_of:
        days = meeting_fixed(days, met_on, approval[0])
    if days.late and terms.situation == "open":
        terms = replace(terms, situation="late")
        plan = replace(
            plan,
            decide_by=min(days.approval_done, plan.anchor or days.approval_done),
            approval_room=working_days.between(days.approval_start, days.approval_done),
        )
    steps = _dated(terms, customer, ours, days) + _promised(promises, (customer.contact, ours), as_of)
    ordered = sorted(steps, key=lambda step: (step.on or as_of, _RANK.get(step.code, 0)), reverse=True)
    return terms, replace(plan, steps=tuple(ordered))


_RANK = {
    "promise": 0,
    "meeting": 1,
    "approval_start": 2,
    "approval_done": 3,
    "notice": 4,
    "signed": 5,
    "end": 6,
    "start": 7,
}


def _dated(terms: Terms, customer: Customer, ours: str, days: Dates) -> list[Step]:
    signer, contact = customer.signer or customer.contact, customer.contact
    steps = [
        Step("meeting", days.meeting, theirs=contact, ours=ours),
        Step(
            "approval_start",
            days.approval_start,
            theirs=contact,
            ours=ours,
            decisive=not days.late,
            late=days.late,
        ),
        Step("approval_done", days.approval_done, theirs=signer, ours=ours, decisive=days.late),
    ]
    if terms.notice_on and terms.situation in {"open", "late"}:
        steps.append(Step("notice", terms.notice_on, theirs=contact, ours=ours, deadline=True, ref=terms.ref))
    if terms.end_on is None or terms.next_start is None:
        return steps
    signed = working_days.on_or_before(add_months(terms.end_on, -1))
    if signed <= days.approval_done:
        signed = working_days.on_or_before(terms.end_on)
    if signed > days.approval_done:
        steps.append(Step("signed", signed, theirs=signer, ours=ours))
    if terms.notice_on is None or terms.situation not in {"open", "late"}:
        steps.append(Step("end", terms.end_on, theirs=contact, ours=ours, deadline=True, ref=terms.ref))
    steps.append(Step("start", terms.next_start, theirs=signer, ours=ours, ref=terms.ref))
    return steps


def _promised(promises: Sequence[Promise], names: tuple[str, str], as_of: dt.date) -> list[Step]:
    """The next promises as steps, with the one who made each and the usual name on the other side (theirs, ours)."""
    waiting = [one for one in promises if one.state != "done" and one.due is not None][:_MOST_PROMISES]
    return [
        Step(
            "promise", max(one.due or as_of, as_of), one.title, ours=one.owner if one.side == "ours" else names[1],
            theirs=one.owner if one.side == "theirs" else names[0], late=one.state == "late", ref=one.ref,
        )
        for one in waiting
    ]  # fmt: skip


def _undated(customer: Customer, ours: str) -> tuple[Step, ...]:
    codes = ("start", "signed", "approval_start", "meeting", "goal", "dates", "questions")
    return tuple(
        Step(code, None, theirs=customer.contact, ours=ours, decisive=code == "approval_start")
        for code in codes
    )

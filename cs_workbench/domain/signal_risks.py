"""The rules of health, use, people and voice: what moved for the worse, and where more is possible."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from cs_workbench.domain import working_days
from cs_workbench.domain.months import whole_months
from cs_workbench.domain.signal_facts import (
    Customer,
    Facts,
    HealthFact,
    LoopFact,
    PeopleFact,
    UsageFact,
)
from cs_workbench.domain.signals import Evidence, Rule, RuleBook, Signal

_DAY = dt.timedelta(days=1)
_ORDER = {"green": 0, "yellow": 1, "red": 2}


def _due(rule: Rule, fact: dt.date) -> dt.date:
    return working_days.on_or_after(fact + (rule.answer or 0) * _DAY)


def _live(facts: Facts, account_id: int) -> Customer | None:
    customer = facts.customers.get(account_id)
    return None if customer is None or customer.gone else customer


def health(facts: Facts, book: RuleBook) -> Iterator[Signal]:
    """Bands that dropped, scores that fell, axes that turned red."""
    for fact in facts.health:
        if _live(facts, fact.account_id) is None:
            continue
        params = {
            "score": fact.score,
            "band": fact.band,
            "before": fact.before_score,
            "before_band": fact.before_band,
            "before_on": fact.before_on,
            "axes": fact.red_axes,
        }
        evidence = (
            Evidence("snapshot", fact.id, "score_now", params),
            Evidence("snapshot", fact.before_id, "score_before", params),
        )
        for name in _moved(fact, book):
            yield book[name].raised(
                fact.account_id,
                fact.turned_on.isoformat(),
                name,
                params=params,
                due=_due(book[name], fact.turned_on),
                evidence=evidence,
            )


def _moved(fact: HealthFact, book: RuleBook) -> Iterator[str]:
    dropped = _ORDER.get(fact.band, -1) > _ORDER.get(fact.before_band, 9)
    fell = 0.0 if fact.score is None or fact.before_score is None else fact.before_score - fact.score
    told = {
        "band_dropped": dropped,
        "score_fell": fell >= book["score_fell"]["points"] and not (dropped and book["band_dropped"].on),
        "axis_red": bool(fact.red_axes),
    }
    return (name for name, holds in told.items() if holds and book[name].on)


def usage(facts: Facts, book: RuleBook) -> Iterator[Signal]:
    """Use that stopped, fell or rose, each against the account's own earlier use."""
    for fact in facts.usage:
        customer = _live(facts, fact.account_id)
        name = None if customer is None else _turn(fact, book)
        if customer is None or name is None or (name == "usage_rose" and customer.band != "green"):
            continue
        rule = book[name]
        change = (fact.now - fact.before) / fact.before if fact.before else -1.0
        last = fact.last or fact.feed
        params = {"change": change, "now": fact.now, "before": fact.before, "feed": fact.feed, "last": last,
                  "days": (fact.feed - last).days, "window": book["usage_fell"].days("window")}  # fmt: skip
        yield rule.raised(
            fact.account_id,
            last.isoformat() if name == "usage_zero" else f"{fact.feed:%Y-%m}",
            name,
            params=params,
            due=None if rule.answer is None else _due(rule, fact.feed),
            evidence=(Evidence("reading", 0, f"{name}_readings", params, "use"),),
        )


def _turn(fact: UsageFact, book: RuleBook) -> str | None:
    told = {
        "usage_zero": fact.lately == 0 and fact.last is not None,
        "usage_fell": fact.before > 0 and fact.now <= fact.before * (1 - book["usage_fell"]["share"]),
        "usage_rose": fact.before > 0 and fact.now >= fact.before * (1 + book["usage_rose"]["share"]),
    }
    return next((name for name, holds in told.items() if holds and book[name].on), None)


def seats(facts: Facts, book: RuleBook, today: dt.date) -> Iterator[Signal]:
    """Seats nearly all taken (more may be wanted), or half of them idle after some months (fewer may be wanted)."""
    full, low = book["seats_full"], book["seats_low"]
    for fact in facts.seats:
        customer = _live(facts, fact.account_id)
        if customer is None or not fact.seats:
            continue
        share = fact.used / fact.seats
        age = None if customer.since is None else whole_months(customer.since, today)
        params = {"share": share, "used": fact.used, "seats": fact.seats, "on": fact.on, "months": age}
        rule = None
        if full.on and share >= full["share"]:
            rule = full
        elif low.on and share <= low["share"] and age is not None and age >= low["months"]:
            rule = low
        if rule is not None:
            evidence = (Evidence("reading", 0, "seats", params, "use"),)
            yield rule.raised(fact.account_id, f"{fact.seats:g}", rule.name, params=params, evidence=evidence)


def touch_debt(facts: Facts, book: RuleBook, today: dt.date) -> Iterator[Signal]:
    """Accounts nobody has spoken with for longer than their tier's cadence; never, where contacts are recorded."""
    rule = book["touch_debt"]
    if not facts.talked or not rule.on:
        return
    for customer in facts.customers.values():
        fact = facts.touches.get(customer.id)
        last = fact.on if fact is not None else _silent_since(customer, facts)
        if customer.gone or last is None or (today - last).days <= customer.cadence:
            continue
        days = (today - last).days
        params = {"days": days, "cadence": customer.cadence, "tier": customer.tier, "last": last}
        code = "touch_debt" if fact is not None else "never_talked"
        yield rule.raised(
            customer.id,
            last.isoformat(),
            code,
            params=params,
            due=_due(rule, last + customer.cadence * _DAY),
            evidence=(Evidence("contact", 0, f"{code}_last", params, "timeline"),),
        )


def _silent_since(customer: Customer, facts: Facts) -> dt.date | None:
    """From when on the silence of somebody never spoken with counts: as a customer, with records at all, and here."""
    known = [day for day in (customer.since, facts.talked_from, customer.known) if day is not None]
    return max(known) if customer.since is not None else None


def people(facts: Facts, book: RuleBook, today: dt.date) -> Iterator[Signal]:
    """A champion who left, a single thread, a decision maker nobody has met."""
    for fact in facts.people:
        customer = _live(facts, fact.account_id)
        if customer is not None:
            yield from _left(fact, book["champion_left"], today)
            yield from _single(fact, book["single_threaded"])
            if facts.attended:
                yield from _never_met(fact, customer, book["decision_maker"], today)


def _left(fact: PeopleFact, rule: Rule, today: dt.date) -> Iterator[Signal]:
    recent = fact.left_on is None or 0 <= (today - fact.left_on).days <= rule["window"]
    if not rule.on or not fact.left_id or fact.champions or not recent:
        return
    params = {"person": fact.left_name, "on": fact.left_on, "active": fact.active}
    yield rule.raised(
        fact.account_id,
        str(fact.left_id),
        "champion_left",
        params=params,
        due=None if fact.left_on is None else _due(rule, fact.left_on),
        evidence=(
            Evidence("person", fact.left_id, "person_left", params, "people"),
            Evidence("person", fact.only_id, "contacts_left", params, "people"),
        ),
    )


def _single(fact: PeopleFact, rule: Rule) -> Iterator[Signal]:
    if rule.on and fact.active == 1:
        params = {"person": fact.only_name}
        evidence = (Evidence("person", fact.only_id, "only_contact", params, "people"),)
        yield rule.raised(
            fact.account_id, str(fact.only_id), "single_threaded", params=params, evidence=evidence
        )


def _never_met(fact: PeopleFact, customer: Customer, rule: Rule, today: dt.date) -> Iterator[Signal]:
    young = customer.since is None or whole_months(customer.since, today) < rule["months"]
    if rule.on and fact.decision_makers and not fact.met and not young:
        params = {"person": fact.decision_maker}
        evidence = (Evidence("person", 0, "never_met", params, "people"),)
        yield rule.raised(fact.account_id, "", "decision_maker", params=params, evidence=evidence)


def tickets(facts: Facts, book: RuleBook, today: dt.date) -> Iterator[Signal]:
    """High-severity tickets open for too long, and more tickets than usual."""
    severe, spike = book["severe_ticket"], book["ticket_spike"]
    for fact in facts.tickets:
        days = (today - fact.opened_on).days
        if severe.on and _live(facts, fact.account_id) and days > (severe.answer or 0):
            params = {"subject": fact.subject, "opened": fact.opened_on, "days": days, "count": fact.number}
            yield severe.raised(
                fact.account_id,
                str(fact.id),
                "severe_ticket",
                params=params,
                due=_due(severe, fact.opened_on),
                evidence=(Evidence("ticket", fact.id, "ticket", params, "timeline"),),
            )
    usual = spike["window"] / spike["before"]
    for count in facts.ticket_counts:
        expected = count.before * usual
        many = count.now >= spike["least"] and count.now >= expected * spike["times"]
        if spike.on and many and _live(facts, count.account_id):
            params = {"count": count.now, "usual": expected, "days": spike.days("window")}
            yield spike.raised(
                count.account_id,
                f"{today:%G-%V}",
                "ticket_spike",
                params=params,
                due=_due(spike, today),
                evidence=(Evidence("ticket", 0, "ticket_count", params, "timeline"),),
            )


def answers(facts: Facts, book: RuleBook) -> Iterator[Signal]:
    """Detractors and low satisfaction that nobody has answered yet; due 48 hours after the answer, or when promised."""
    rule = book["bad_answer"]
    seen: set[int] = set()
    for fact in sorted(facts.answers, key=lambda one: one.on, reverse=True):
        if not rule.on or fact.account_id in seen or _live(facts, fact.account_id) is None:
            continue
        seen.add(fact.account_id)
        params = {"survey": fact.kind, "score": fact.score, "person": fact.person, "comment": fact.comment,
                  "on": fact.on}  # fmt: skip
        yield rule.raised(
            fact.account_id,
            str(fact.id),
            "bad_answer",
            params=params,
            due=fact.promised_on or fact.on + (rule.answer or 0) * _DAY,
            evidence=(Evidence("survey", fact.id, "survey", params, "timeline"),),
        )


def loops(facts: Facts, book: RuleBook, today: dt.date) -> Iterator[Signal]:
    """Complaints and detractors past the day they were to be answered by: one an account, the latest one first."""
    rule = book["loop_overdue"]
    if not rule.on:
        return
    held: dict[int, list[LoopFact]] = {}
    for fact in facts.loops:
        if fact.due < today and _live(facts, fact.account_id) is not None:
            held.setdefault(fact.account_id, []).append(fact)
    for account, late in held.items():
        first = min(late, key=lambda one: (one.due, one.id))
        params = {"comment": first.said, "person": first.person, "on": first.on, "due": first.due,
                  "days": (today - first.due).days, "count": len(late)}  # fmt: skip
        yield rule.raised(
            account,
            str(first.id),
            "loop_overdue",
            params=params,
            due=first.due,
            evidence=(Evidence("case", first.id, "loop_overdue", params, "timeline"),),
        )

"""The rules of the contract and the calendar: renewals, missing data, onboarding, tasks and promises."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from cs_workbench.domain import signal_risks, working_days
from cs_workbench.domain.months import add_months
from cs_workbench.domain.renewal import Renewal, renewal, runs_at
from cs_workbench.domain.signal_facts import ContractFact, Customer, Facts, OnboardingFact
from cs_workbench.domain.signals import Evidence, Rule, RuleBook, Signal, Step, folded

_DAY = dt.timedelta(days=1)
_GRACE = dt.timedelta(days=7)
_FAR = 90


@dataclass(frozen=True, slots=True)
class Terms:
    """What an account has under contract: running paid contracts with their renewals, earliest first."""

    running: tuple[tuple[ContractFact, Renewal], ...] = ()

    @property
    def next(self) -> tuple[ContractFact, Renewal] | None:
        """The contract whose deadline comes first, if any has one."""
        found = [one for one in self.running if one[1].deadline is not None]
        return found[0] if found else None


def terms_by_account(facts: Facts, today: dt.date) -> dict[int, Terms]:
    """The running paid contracts of every account that has any, by account."""
    found: dict[int, list[tuple[ContractFact, Renewal]]] = {}
    for contract in facts.contracts:
        if not contract.term.is_trial and runs_at(contract.term, today):
            found.setdefault(contract.account_id, []).append((contract, renewal(contract.term, today)))
    return {
        account: Terms(
            tuple(sorted(rows, key=lambda row: (deadline(row[1], today) or dt.date.max, row[0].id)))
        )
        for account, rows in found.items()
    }


def deadline(one: Renewal, today: dt.date) -> dt.date | None:
    """The date a renewal is counted back from: the last day to give notice, or the end once that has passed."""
    if one.notice_on is not None and one.notice_on >= today:
        return one.deadline
    return one.renews_on


def renewals(facts: Facts, terms: dict[int, Terms], book: RuleBook, today: dt.date) -> Iterator[Signal]:
    """Renewals that have entered a step of the runway, and deadlines that are close. One an account."""
    for account, held in terms.items():
        customer, first = facts.customers.get(account), held.next
        if customer is None or customer.gone or first is None:
            continue
        contract, one = first
        by = deadline(one, today)
        passed = one.notice_on is not None and one.notice_on < today
        if by is None or (passed and contract.term.renews):
            continue  # the notice date went by: it renews by itself
        more = _facts(contract, one, by, today)
        if passed and one.notice_on is not None:
            more = _after_notice(more, one.notice_on)
        signal = _close(customer, more, book, today) or _entered(customer, more, book)
        if signal is not None:
            yield signal


def _facts(contract: ContractFact, one: Renewal, by: dt.date, today: dt.date) -> dict[str, Any]:
    """What every signal about a renewal says, and what it is known from."""
    kind = "notice_deadline" if one.notice_on == by else "contract_end"
    params = {
        "deadline": by,
        "days": (by - today).days,
        "renews": one.renews_on,
        "contract": contract.name,
        "by": kind,
    }
    return {
        "params": params,
        "deadline": by,
        "value": contract.value,
        "currency": contract.currency,
        "evidence": (Evidence("contract", contract.id, kind, params, "contracts"),),
    }


def _after_notice(more: dict[str, Any], notice: dt.date) -> dict[str, Any]:
    """*more* of a contract whose day to give notice went by with nothing settled: it is said, and known from there."""
    params = more["params"] | {"notice": notice, "by": "notice_passed"}
    told = Evidence("contract", more["evidence"][0].id, "notice_passed", params, "contracts")
    return more | {"params": params, "evidence": (told, *more["evidence"])}


def _close(customer: Customer, more: dict[str, Any], book: RuleBook, today: dt.date) -> Signal | None:
    """The deadline is near; or the day to give notice is as little behind, which presses from that day on."""
    rule, by, notice = book["notice_close"], more["deadline"], more["params"].get("notice")
    missed = notice is not None and (today - notice).days <= rule["within"]
    if not rule.on or (not missed and more["params"]["days"] > rule["within"]):
        return None
    due = notice if missed else by
    subject = f"{more['evidence'][0].id}/{due.isoformat()}{'/passed' if missed else ''}"
    return rule.raised(customer.id, subject, "notice_close", due=due, **more)


def _entered(customer: Customer, more: dict[str, Any], book: RuleBook) -> Signal | None:
    rule, by = book["renewal"], more["deadline"]
    step = _step(rule, customer.tier, more["params"]["days"])
    if step is None or not rule.on:
        return None
    due = _step_due(rule, step, customer, by)
    subject = f"{more['evidence'][0].id}/{by.isoformat()}/{step.day}"
    more |= {"due": due, "verb": step.verb, "effort": step.effort}
    return rule.raised(customer.id, subject, f"renewal_{step.day}", **more)


def _step(rule: Rule, tier: str | None, left: int) -> Step | None:
    """The last step entered; a step for some tiers only is left out for the others."""
    entered = [step for step in rule.steps if left <= step.day and (not step.tiers or tier in step.tiers)]
    return entered[-1] if entered else None


def _step_due(rule: Rule, step: Step, customer: Customer, by: dt.date) -> dt.date:
    """By when a step is to be done. Of steps that open more than 90 days ahead, a green account has until the next."""
    due = working_days.on_or_before(by - step.due * _DAY)
    if customer.band == "green" and step.day > _FAR:
        next_day = max((one.day for one in rule.steps if one.day < step.day), default=step.due)
        due = working_days.on_or_after(by - next_day * _DAY)
    return _within_reach(due, customer, by)


def _within_reach(due: dt.date, customer: Customer, by: dt.date) -> dt.date:
    """What was due before the account came into the portfolio is due a week after it came, by *by* at the latest."""
    if customer.known is None or due >= customer.known:
        return due
    return max(due, min(working_days.on_or_after(customer.known + _GRACE), by))


def unproven(facts: Facts, terms: dict[int, Terms], book: RuleBook, today: dt.date) -> Iterator[Signal]:
    """Accounts without a proven line of value before their next renewal, once ledgers are kept at all."""
    rule = book["no_value"]
    if not rule.on or facts.proven is None:
        return
    for account, held in terms.items():
        customer, first = facts.customers.get(account), held.next
        if customer is None or customer.gone or first is None or account in facts.proven:
            continue
        contract, one = first
        by = deadline(one, today)
        if by is None or not 0 <= (by - today).days <= rule["within"]:
            continue
        more = _facts(contract, one, by, today)
        more["params"]["until"] = more["params"].pop("by")  # the reason is the value's, not the deadline's
        due = _within_reach(working_days.on_or_before(by - rule.days("due_before") * _DAY), customer, by)
        more["params"] |= {"meant": due, "lead": (by - due).days, "late": due < today}
        if due < today:  # late against what is said, as no record holds the date
            more["evidence"] += (Evidence("contract", contract.id, "prove_by", more["params"], "contracts"),)
        yield rule.raised(
            account, f"{contract.id}/{by.isoformat()}", "no_value", due=due, advised=True, **more
        )


def missing_data(facts: Facts, terms: dict[int, Terms], book: RuleBook, today: dt.date) -> Iterator[Signal]:
    """Accounts without a contract, a renewal date or an amount; or without a notice period where that soon matters."""
    rule = book["missing_data"]
    for customer in facts.customers.values():
        if customer.gone or not rule.on:
            continue
        held = terms.get(customer.id, Terms()).running
        gaps = _gaps(held, rule, today)
        if gaps:
            near = [one.days_left for _contract, one in held if one.days_left is not None]
            soon = bool(near) and min(near) <= rule["notice_within"]
            record = held[0][0].id if held else 0
            yield rule.raised(
                customer.id,
                "+".join(gaps),
                "missing_data",
                params={"gaps": gaps},
                priority="medium" if soon else rule.priority,
                evidence=tuple(Evidence("contract", record, f"no_{gap}", {}, "contracts") for gap in gaps),
            )


def _gaps(held: Sequence[tuple[ContractFact, Renewal]], rule: Rule, today: dt.date) -> tuple[str, ...]:
    if not held:
        return ("contract",)
    gaps = []
    if all(one.renews_on is None for _contract, one in held):
        gaps.append("renewal_date")
    if all(contract.value is None for contract, _one in held):
        gaps.append("amount")
    horizon = today + rule.days("notice_within") * _DAY
    for _contract, one in held:
        if one.renews_on is not None and one.notice_on is None and one.renews_on <= horizon:
            gaps.append("notice_period")
            break
    return tuple(gaps)


def onboarding(facts: Facts, book: RuleBook, today: dt.date) -> Iterator[Signal]:
    """Onboardings past their end: the one that is open, or without any on record the months of the first stage."""
    rule = book["onboarding_late"]
    if not rule.on:
        return
    for customer in facts.customers.values():
        run = facts.onboardings.get(customer.id)
        begun = None if customer.gone else _of_the_stage(customer, rule) if run is None else _of_the_run(run)
        if begun is None or begun[1] >= today:
            continue
        since, end, evidence = begun
        params = {"since": since, "end": end, "days": (today - end).days}
        yield rule.raised(
            customer.id,
            end.isoformat(),
            "onboarding_late",
            params=params,
            due=working_days.on_or_after(end + (rule.answer or 0) * _DAY),
            evidence=(evidence._replace(params=params),),
        )


def _of_the_run(run: OnboardingFact) -> tuple[dt.date, dt.date, Evidence] | None:
    """(begin, end, record) of an onboarding that is open; a finished one asks for no decision."""
    if run.finished:
        return None
    return run.started_on, run.end, Evidence("onboarding", run.id, "onboarding_run", {}, "overview")


def _of_the_stage(customer: Customer, rule: Rule) -> tuple[dt.date, dt.date, Evidence] | None:
    """The same for an account in the first stage, counted in months from its first day as a customer."""
    if customer.stage != "onboarding" or customer.since is None:
        return None
    end = add_months(customer.since, customer.stage_months or rule.days("months"))
    return customer.since, end, Evidence("account", customer.id, "onboarding_end", {}, "overview")


_TASK_RULES = {"task": "task", "promise_ours": "promise", "promise_theirs": "their_promise"}


def tasks(facts: Facts, book: RuleBook, today: dt.date) -> Iterator[Signal]:
    """Tasks and promises that are late, due or nearly due: each is one of its own."""
    for task in facts.tasks:
        rule = book[_TASK_RULES[task.kind]]
        if (
            not rule.on
            or (task.due_on - today).days > rule["ahead"]
            or task.account_id not in facts.customers
        ):
            continue
        params = {"title": task.title, "person": task.person, "made": task.made_on, "due": task.due_on}
        yield rule.raised(
            task.account_id,
            str(task.id),
            rule.name,
            params=params,
            due=task.due_on,
            record_id=task.id,
            evidence=(Evidence("task", task.id, rule.name, params, "tasks"),),
        )


def values_by_account(terms: dict[int, Terms]) -> dict[int, list[tuple[str, Decimal]]]:
    """The yearly value of every account under contract as (currency, amount) pairs; none where no amount is known."""
    found: dict[int, list[tuple[str, Decimal]]] = {}
    for account, held in terms.items():
        amounts = [(one.currency, one.value) for one, _renewal in held.running if one.value is not None]
        if amounts:
            found[account] = amounts
    return found


def find(facts: Facts, terms: dict[int, Terms], book: RuleBook, today: dt.date) -> list[Signal]:
    """Every signal of *facts* as of *today*, one for each account and story; in no particular order."""
    return folded(
        [
            *renewals(facts, terms, book, today),
            *unproven(facts, terms, book, today),
            *missing_data(facts, terms, book, today),
            *onboarding(facts, book, today),
            *tasks(facts, book, today),
            *signal_risks.health(facts, book),
            *signal_risks.usage(facts, book),
            *signal_risks.seats(facts, book, today),
            *signal_risks.touch_debt(facts, book, today),
            *signal_risks.people(facts, book, today),
            *signal_risks.tickets(facts, book, today),
            *signal_risks.answers(facts, book),
            *signal_risks.loops(facts, book, today),
        ]
    )

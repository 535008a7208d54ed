"""Facts of a renewal briefing, gathered from the portfolio once and split by the edition wall.

``gather`` reads everything; what may stand before the customer goes into ``Briefing``, the rest into ``Internal``.
The secrets the leak scan looks for come from the same rows, not from the facts, so that the two walls fail apart.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from cs_workbench.errors import NotFound
from cs_workbench.i18n import _
from cs_workbench.reports.edition import Gathered
from cs_workbench.reports.facts import Briefing, Contact, Customer, Goal, Promise, Sender, Source, Use
from cs_workbench.services import (
    briefing_internal,
    briefing_meeting,
    briefing_plan,
    briefing_support,
    briefing_terms,
    briefing_use,
    briefing_voice,
    plan_facts,
    plan_reading,
    value_exports,
)
from cs_workbench.services.briefing_executive import executive
from cs_workbench.services.briefing_headline import headline, key_figures
from cs_workbench.services.briefing_meeting import Wishes
from cs_workbench.services.own_spelling import OwnSpelling
from cs_workbench.store.queries import briefing as queries
from cs_workbench.store.queries import briefing_rows as table

if TYPE_CHECKING:
    from cs_workbench.domain.health import Score
    from cs_workbench.reports.internal_facts import Internal
    from cs_workbench.reports.people_facts import RelationMap
    from cs_workbench.reports.value_facts import ValueNote
    from cs_workbench.reports.voice_facts import InternalLoop, Loop
    from cs_workbench.services.plan_reading import PlanView
    from cs_workbench.services.value_reading import LedgerView
    from cs_workbench.store.queries.briefing import Portfolio
    from cs_workbench.store.queries.briefing_rows import InteractionRow, PersonRow, TaskRow
    from cs_workbench.store.reads import Reads

APPROVAL_DAYS = 10
_GOAL_TAGS = frozenset({"goal", "目標", "ゴール"})
_DECIDERS = ("decision_maker", "economic_buyer", "executive_sponsor")
_CONTACTS = ("champion", "user", "technical_owner", "influencer", "procurement")
_MOST_CONTACTS = 20


@dataclass(frozen=True, slots=True)
class Rows:
    """Everything read of one account."""

    account: table.AccountRow
    contracts: list[table.ContractRow]
    events: list[table.EventRow]
    opportunities: list[table.OpportunityRow]
    people: list[table.PersonRow]
    interactions: list[table.InteractionRow]
    tasks: list[table.TaskRow]
    tickets: list[table.TicketRow]
    surveys: list[table.SurveyRow]
    months: list[table.MonthRow]
    features: list[table.FeatureRow]
    success: PlanView | None = None
    meetings: tuple[table.MeetingRow, ...] = ()
    value: LedgerView | None = None
    loop: tuple[Loop, InternalLoop] | None = None


def read(
    db: Reads, account_id: int, as_of: dt.date, shared: Portfolio, *, ledger_id: int | None = None
) -> Rows:
    """The rows of one account at *as_of*, with a value ledger (its newest). Raises NotFound for an unknown id."""
    found = queries.account(db, account_id)
    if found is None:
        raise NotFound(
            _("There is no account {id}.").format(id=account_id),
            _("List the accounts to see their numbers."),
            id=account_id,
        )
    given = queries.params(account_id, as_of, str(shared.settings.get("time_zone") or "UTC"))
    until = shared.use_until or as_of
    first = briefing_use.window(until)[0].replace(day=1)
    first = min(first, briefing_use.window(briefing_use.last_full_month(until))[0])
    return Rows(
        found, queries.contracts(db, given), queries.events(db, given), queries.opportunities(db, given),
        queries.people(db, given), queries.interactions(db, given), queries.tasks(db, given),
        queries.tickets(db, given), queries.surveys(db, given), queries.months(db, account_id, first, as_of),
        queries.features(db, account_id, until), plan_reading.first_view(db, account_id, as_of),
        tuple(queries.meetings(db, account_id)), value_exports.chosen(db, account_id, ledger_id, as_of),
        briefing_voice.loop(db, account_id, as_of),
    )  # fmt: skip


def gather(
    rows: Rows, as_of: dt.date, shared: Portfolio, language: str, *, score: Score | None, wishes: Wishes | None = None,
    relations: RelationMap | None = None,
) -> Gathered:  # fmt: skip
    """All facts of the account behind *rows*; *score* and *relations* are for the internal part."""
    zone, own = zone_of(shared.settings), OwnSpelling.of(shared.settings, language)
    rows = replace(rows, tasks=own.tasks(rows.tasks), loop=own.loop(rows.loop))
    sender = _sender(rows, shared, language)
    promises = _promises(rows.tasks, as_of)
    shown = tuple(promise for promise, shareable in promises if shareable)
    customer = _customer(rows)
    agreed = briefing_terms.terms(rows.contracts, rows.events, as_of, rows.account.left_on)
    fixed = briefing_meeting.fixed(rows.meetings, agreed.end_on, as_of)
    wishes = wishes or Wishes()
    meeting = briefing_meeting.meeting(fixed, zone, wishes.place)
    terms, plan = briefing_plan.action_plan(
        agreed, customer, sender.person, shown, approval=_approval(fixed, shared), as_of=as_of,
        met_on=meeting.on if meeting else None,
    )  # fmt: skip
    use = briefing_use.use(
        rows.months, rows.features, rows.contracts, rows.events, rows.interactions,
        until=_use_until(rows, shared, as_of), available=shared.features, language=language,
    )  # fmt: skip
    support = briefing_support.support(
        rows.tickets, rows.tasks, shared.tickets_until or as_of, as_of, zone,
        known_from=_tickets_known_from(customer, shared),
    )  # fmt: skip
    voice = briefing_support.voice(rows.surveys, as_of)
    orders = briefing_terms.openings(rows.opportunities, as_of)
    briefing = Briefing(
        as_of, customer, sender, headline(terms, plan, use, support, orders),
        key_figures(terms, use, support, voice, orders), terms, plan, use, support, voice,
        _goal(rows.interactions, zone), _contacts(rows.interactions, zone), shown, orders, _sources(rows, use, zone),
    )  # fmt: skip
    fit = wishes.fit or briefing_meeting.asks_to_fit(rows.interactions)
    briefing, remarks = _completed(replace(briefing, meeting=meeting, fit=fit), rows, own, language)
    ours = _ours(rows, briefing, promises, score, zone)
    return Gathered(
        briefing, replace(ours, value=remarks, relations=relations, loop=rows.loop and rows.loop[1])
    )


def _ours(
    rows: Rows,
    briefing: Briefing,
    promises: Sequence[tuple[Promise, bool]],
    score: Score | None,
    zone: ZoneInfo,
) -> Internal:
    held = tuple(promise for promise, shareable in promises if not shareable and promise.state != "done")
    inner = briefing_internal.InternalRows(
        rows.account, rows.people, rows.interactions, rows.surveys, rows.opportunities, held, score
    )
    return briefing_internal.internal(inner, briefing, zone)


def _completed(
    briefing: Briefing, rows: Rows, own: OwnSpelling, language: str
) -> tuple[Briefing, tuple[ValueNote, ...]]:
    """*briefing* with the plan, the ledger, the closed loops and what follows from all of it; the ledger's notes."""
    case, remarks = value_exports.case_of(
        rows.value, briefing.customer.name, briefing.sender.company, language
    )
    briefing = replace(
        briefing, success=own.plan(plan_facts.success(rows.success)), value=case,
        loop=rows.loop[0] if rows.loop else None, value_confirmed=case is not None and bool(case.lines),
    )  # fmt: skip
    return replace(briefing, gaps=_gaps(briefing), executive=executive(briefing)), remarks


def _sender(rows: Rows, shared: Portfolio, language: str) -> Sender:
    own = _text(shared.settings, "own_name", language)
    return Sender(_text(shared.settings, "company", language), own or rows.account.owner or "")


def _approval(fixed: table.MeetingRow | None, shared: Portfolio) -> tuple[int, bool]:
    """How many working days the customer's approval takes, and whether somebody said so: here, else in Settings."""
    own = fixed.approval_days if fixed is not None else None
    usual = shared.settings.get("renewal_approval_days")
    days = own or (usual if isinstance(usual, int) and usual > 0 else None)
    return days or APPROVAL_DAYS, days is not None


def zone_of(settings: dict[str, Any]) -> ZoneInfo:
    """The portfolio's time zone; UTC where it names none that is known."""
    try:
        return ZoneInfo(str(settings.get("time_zone") or "UTC"))
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")


def _text(settings: dict[str, Any], key: str, language: str) -> str:
    """A setting that may have a spelling for each language ("company_ja" before "company")."""
    return str(settings.get(f"{key}_{language}") or settings.get(key) or "")


def _use_until(rows: Rows, shared: Portfolio, as_of: dt.date) -> dt.date:
    """How far use data reach: a level by the account's own newest reading, a count by the newest of anyone."""
    levels = [row for row in rows.months if row.role in {"active_users", "seats_used"} and row.last_day]
    if levels:
        return dt.date(1970, 1, 1) + dt.timedelta(days=max(row.last_day for row in levels))
    return shared.use_until or as_of


def _tickets_known_from(customer: Customer, shared: Portfolio) -> dt.date | None:
    """From when on the number of this account's enquiries is whole: the first ticket of anyone, or its own start."""
    known = [day for day in (shared.tickets_from, customer.since) if day is not None]
    return max(known) if shared.tickets_from is not None else None


def _customer(rows: Rows) -> Customer:
    active = [person for person in rows.people if not person.left]
    signer = _first(active, _DECIDERS)
    contact = _first(active, _CONTACTS) or signer or (active[0] if active else None)
    since = rows.account.customer_since or min(
        (row.start_on for row in rows.contracts if row.start_on), default=None
    )
    return Customer(
        rows.account.id, rows.account.name, since, rows.account.industry or "", contact.name if contact else "",
        (contact.title or "") if contact else "", signer.name if signer else "",
    )  # fmt: skip


def _first(people: Sequence[PersonRow], roles: Sequence[str]) -> PersonRow | None:
    for role in roles:
        for person in people:
            if role in (person.roles or "").split(","):
                return person
    return None


def _promises(tasks: Sequence[TaskRow], as_of: dt.date) -> list[tuple[Promise, bool]]:
    made = []
    for task in tasks:
        if task.kind not in {"promise_ours", "promise_theirs"}:
            continue
        state = "done" if task.done_on else "late" if task.due_on and task.due_on < as_of else "open"
        ours = task.kind == "promise_ours"
        owner = (task.owner if ours else task.person or task.owner) or ""
        promise = Promise(
            task.title,
            "ours" if ours else "theirs",
            owner,
            task.due_on,
            task.done_on,
            state,
            f"task/{task.id}",
        )
        made.append((promise, task.shareable))
    return made


def _goal(log: Sequence[InteractionRow], zone: ZoneInfo) -> Goal | None:
    for row in log:
        if row.shareable and _GOAL_TAGS & set((row.tags or "").split("\n")):
            words = " ".join((row.body or row.subject).split())
            by = (row.people or "").split("\n")[0]
            return Goal(words[:160], by, briefing_support.local_day(row.at, zone), f"interaction/{row.id}")
    return None


def _contacts(log: Sequence[InteractionRow], zone: ZoneInfo) -> tuple[Contact, ...]:
    shown = [row for row in log if row.shareable and row.channel != "note"][:_MOST_CONTACTS]
    return tuple(
        Contact(
            briefing_support.local_day(row.at, zone), row.channel, row.subject,
            tuple(row.people.split("\n")) if row.people else (), row.duration_min, f"interaction/{row.id}",
        )
        for row in shown
    )  # fmt: skip


def _sources(rows: Rows, use: Use | None, zone: ZoneInfo) -> tuple[Source, ...]:
    found = []
    if rows.contracts:
        found.append(Source("contracts", None, len(rows.contracts)))
    if use:
        found.append(Source("usage", use.line.until, sum(row.count for row in rows.months)))
    if rows.tickets:
        found.append(
            Source("tickets", briefing_support.local_day(rows.tickets[0].opened_at, zone), len(rows.tickets))
        )
    if rows.surveys:
        found.append(Source("surveys", rows.surveys[0].answered_on, len(rows.surveys)))
    shown = [
        row for row in rows.interactions if row.shareable
    ]  # how often we wrote each other notes is ours alone
    if shown:
        found.append(Source("interactions", briefing_support.local_day(shown[0].at, zone), len(shown)))
    won = sum(
        row.outcome == "won" for row in rows.opportunities
    )  # how many we lost or hope for is ours alone
    if won:
        found.append(Source("opportunities", None, won))
    return tuple(found)


def _gaps(briefing: Briefing) -> tuple[str, ...]:
    """What is not known, in the order it is asked about."""
    terms, use, support, voice = briefing.terms, briefing.use, briefing.support, briefing.voice
    return tuple(
        code
        for code, missing in (
            ("goal", briefing.goal is None),
            ("contract", not terms.agreements),
            (
                "end_date",
                bool(terms.agreements) and (terms.end_on is None or terms.assumed) and terms.situation != "rolling",
            ),
            ("notice", terms.end_on is not None
                and not terms.assumed
                and terms.notice_on is None
                and terms.situation == "open"),
            ("use", use is None), ("support", support is None),
            ("voice", voice is None or not voice.surveys), ("contacts", not briefing.contacts),
            ("value", not briefing.value_confirmed),
        )
        if missing
    )  # fmt: skip

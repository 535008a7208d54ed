"""Today: what needs somebody, why, and in which order; as one reading of the portfolio."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from cs_workbench import paths
from cs_workbench.domain import loops, signal_rules
from cs_workbench.domain import signal_ranking as ranking
from cs_workbench.domain.money import Amount, Rate, Total, total
from cs_workbench.domain.renewals_due import dues
from cs_workbench.domain.signal_facts import Facts, LoopFact
from cs_workbench.domain.signal_ranking import Group, Rank, Stake
from cs_workbench.domain.signals import RuleBook, RuleProblem, Signal, rule_book
from cs_workbench.errors import InvalidValue
from cs_workbench.i18n import _
from cs_workbench.services import health_calls, today_rows, voice_cases
from cs_workbench.services.signal_memory import SETTING, Memory, Snooze, memory_from
from cs_workbench.store.queries import account_list, settings, voice_loops
from cs_workbench.store.queries import signals as queries
from cs_workbench.store.queries import value as value_queries

if TYPE_CHECKING:
    from cs_workbench.store.queries.health_calls import HealthCallRow
    from cs_workbench.store.reads import Reads

RULES_SETTING = "signal_rules"
RENEWS_WITHIN = 90
GROUPS: tuple[Group, ...] = ("now", "week", "later")


@dataclass(frozen=True, slots=True)
class Item:
    """One line of Today: the signal, its place (from 1) and the arithmetic of it, and the account's name and health.

    ``band`` is final; ``called`` says that it is the CSM's own call in force. ``more`` are the account's other
    reasons, in order; where the line stands for ``several`` accounts, the same of the others.
    """

    signal: Signal
    rank: Rank
    group: Group
    number: int
    account: str
    score: float | None
    band: str
    called: bool = False
    more: tuple[Item, ...] = ()
    several: bool = False

    @property
    def reasons(self) -> tuple[Item, ...]:
        """Every reason behind the line, its own first."""
        return (replace(self, more=(), several=False), *self.more) if self.more else (self,)

    @property
    def parts(self) -> tuple[Item, ...]:
        """What one answer settles: the line itself, or the same of each of several accounts."""
        return self.reasons if self.several else (self,)


@dataclass(frozen=True, slots=True)
class Snoozed:
    """A signal out of sight, and until when."""

    item: Item
    snooze: Snooze


@dataclass(frozen=True, slots=True)
class Meeting:
    """A conversation of the day, ``at`` as an aware instant."""

    id: int
    account_id: int
    account: str
    at: dt.datetime
    subject: str


@dataclass(frozen=True, slots=True)
class DayFigures:
    """What was done today: signals answered and tasks completed, contacts logged, promises kept, value moved a step."""

    done: int
    contacts: int
    promises: int
    moved: Total


@dataclass(frozen=True, slots=True)
class Board:
    """Everything the Today page shows. ``items`` are its lines, one an account (see ``today_rows``); ``renewing`` has
    its renewal deadline within 90 days; ``accounts`` is how many there are.
    """

    today: dt.date
    items: tuple[Item, ...]
    snoozed: tuple[Snoozed, ...]
    meetings: tuple[Meeting, ...]
    figures: DayFigures
    renewing: Total
    accounts: int

    def of(self, group: Group) -> tuple[Item, ...]:
        """The lines of one group, in order."""
        return tuple(item for item in self.items if item.group == group)

    @property
    def reasons(self) -> tuple[Item, ...]:
        """Every reason by itself, those of one line together."""
        return tuple(one for item in self.items for one in item.reasons)

    @property
    def pressing(self) -> int:
        """How many need somebody now or this week: what the rail counts."""
        return sum(item.group != "later" for item in self.items)


def board(reads: Reads, now: dt.datetime) -> Board:
    """Today as of *now*, an aware instant in the zone the person sits in; its date is today.

    Raises InvalidValue where the portfolio's own signal rules cannot be used.
    """
    today = now.date()
    kept = settings.settings(reads)
    book = book_of(kept.get(RULES_SETTING))
    memory = memory_from(kept.get(SETTING))
    facts = gather(reads, book, today)
    terms = signal_rules.terms_by_account(facts, today)
    purse = _Purse(reads, today, signal_rules.values_by_account(terms))
    found = [
        one for one in signal_rules.find(facts, terms, book, today) if not memory.settled(one, book, today)
    ]
    items = _ordered(facts, purse, found, health_calls.in_force(reads, today), today)
    asleep = (
        [
            Snoozed(item, snooze)
            for item in items
            if (snooze := memory.snoozed(item.signal, today)) is not None
        ]
        if memory.snoozes
        else []
    )
    hidden = {one.item.signal.key for one in asleep}
    awake = [item for item in items if item.signal.key not in hidden] if hidden else items
    meetings, contacts = _day(reads, now)
    return Board(
        today,
        today_rows.numbered(today_rows.folded(awake)),
        tuple(sorted(asleep, key=lambda one: one.snooze.until)),
        meetings,
        _figures(reads, memory, purse, today, contacts),
        purse.total(_renewing(facts, today)),
        len(facts.customers),
    )


def pressing(reads: Reads, today: dt.date) -> int:
    """How many things need somebody now or this week: the count beside the page's name."""
    return board(reads, dt.datetime.combine(today, dt.time(12), tzinfo=dt.UTC)).pressing


def book_of(changes: object) -> RuleBook:
    """The packaged rules with the portfolio's own *changes* over them. Raises InvalidValue naming the faulty place."""
    with open(paths.resources("defaults", "signals.toml"), "rb") as file:
        packaged = tomllib.load(file)
    try:
        return rule_book(packaged, changes if isinstance(changes, dict) else None)
    except RuleProblem as problem:
        raise InvalidValue(
            _("The signal rule {where} cannot be used: {code}").format(
                where=problem.where, code=problem.code
            ),
            _("Take the change back in the settings; the packaged rule then holds again."),
            code="signal_rule",
            field=problem.where,
        ) from problem


def gather(reads: Reads, book: RuleBook, today: dt.date) -> Facts:
    """What the rules look at: one aggregate a rule, whatever the number of accounts."""
    talked_from, attended = queries.recorded(reads)
    spike, answer = book["ticket_spike"], book["bad_answer"]
    return Facts(
        queries.customers(reads, today, book.default_cadence),
        queries.contracts(reads, today),
        queries.health(reads, today, book["band_dropped"].days("window"), book["score_fell"]["points"]),
        queries.usage(reads, today, book["usage_fell"].days("window"), book["usage_zero"].days("days")),
        queries.seats(reads, today),
        queries.touches(reads, today),
        queries.people(reads, today),
        queries.tickets(reads, today),
        queries.ticket_counts(
            reads, today, window=spike.days("window"), before=spike.days("before"), least=spike.days("least")
        ),
        queries.answers(reads, today, window=answer.days("window"), nps=answer["nps"], csat=answer["csat"]),
        queries.tasks(
            reads, today, max(book[name].days("ahead") for name in ("task", "promise", "their_promise"))
        ),
        talked_from is not None,
        attended,
        talked_from,
        value_queries.proven(reads),
        onboardings=queries.onboardings(reads, today),
        loops=_late_loops(reads, today),
    )


def _late_loops(reads: Reads, today: dt.date) -> list[LoopFact]:
    return [
        LoopFact(one.account_id, one.id, one.said, one.person, one.said_on, loops.due(one.said_on, one.promised_on))
        for one in voice_loops.cases(reads, until=today)
        if voice_cases.is_overdue(one, today)
    ]  # fmt: skip


class _Purse:
    """Money of the portfolio in its own currency, through the rates the CSM entered; where every account is in one
    other currency that no rate leads from, in that one: they are weighed against each other all the same.
    """

    def __init__(self, reads: Reads, today: dt.date, values: dict[int, list[tuple[str, Decimal]]]) -> None:
        own, *rates = account_list.rates(reads, {"t": today.isoformat()})
        self.own = str(own[0])
        self._rates = [Rate(code, dt.date.fromisoformat(day), Decimal(rate)) for code, rate, day in rates]
        self._today = today
        self._values = values
        codes = {code or self.own for held in values.values() for code, _value in held}
        known = {self.own, *(one.currency for one in self._rates if one.on_date <= today)}
        if len(codes) == 1 and not codes & known:
            self.own = codes.pop()
        stated = [one for one in map(self._of, values.values()) if one is not None]
        self._stand_in = ranking.stand_in(stated)

    def total(self, amounts: Iterable[tuple[str, Decimal]]) -> Total:
        """The sum of (currency, amount) pairs; without a needed rate only its parts."""
        summed = [Amount(value, code or self.own) for code, value in amounts]
        foreign = any(one.currency != self.own for one in summed)
        if foreign and self.own and len({one.currency for one in summed}) == 1:
            summed.append(Amount(Decimal(0), self.own))  # so that a single foreign currency is converted, too
        return total(summed, self.own, self._rates, self._today)

    def stake(self, signal: Signal) -> Stake:
        """What is at stake: the signal's own value, else all the account is worth a year, else the median."""
        held = self._values.get(signal.account_id, [])
        if signal.value is not None:
            held = [(signal.currency, signal.value)]
        if not held:
            return Stake(self._stand_in, self.own, "not_known")
        codes = {code or self.own for code, _value in held}
        own = sum((value for _code, value in held), Decimal(0)) if len(codes) == 1 else None
        code = codes.pop() if own is not None else ""
        value = self._of(held)
        if value is None:
            return Stake(self._stand_in, self.own, "no_rate", own, code)
        return Stake(value, self.own, "stated" if code == self.own else "converted", own, code)

    def _of(self, held: list[tuple[str, Decimal]]) -> Decimal | None:
        if len(held) == 1 and (held[0][0] or self.own) == self.own:
            return held[0][1]
        return self.total(held).value


def _ordered(
    facts: Facts, purse: _Purse, found: list[Signal], calls: Mapping[int, HealthCallRow], today: dt.date
) -> list[Item]:
    placed: list[tuple[int, float, str, int, Item]] = []
    for signal in found:
        customer = facts.customers[signal.account_id]
        touch = facts.touches.get(signal.account_id)
        quiet = None if touch is None else touch.days
        call = calls.get(customer.id)
        band = health_calls.final_band(customer.band, call)
        red = call is not None and band == "red"
        place = ranking.rank(signal, purse.stake(signal), quiet, customer.cadence, today, called_red=red)
        group = ranking.group(signal, today)
        item = Item(signal, place, group, 0, customer.name, customer.score, band, called=call is not None)
        placed.append((GROUPS.index(group), -place.score, signal.key, len(placed), item))
    placed.sort()
    return [one[-1] for one in placed]


def _renewing(facts: Facts, today: dt.date) -> Iterable[tuple[str, Decimal]]:
    """What the Renewals page counts as near: the deadline, not the end of the term, within the days."""
    last = today + dt.timedelta(days=RENEWS_WITHIN)
    for one in dues(facts.contracts, facts.customers, today):
        if one.deadline <= last:
            yield from ((part.currency, part.value) for part in one.parts if part.value is not None)


def _day(reads: Reads, now: dt.datetime) -> tuple[tuple[Meeting, ...], int]:
    """The day's meetings still to come, and how many contacts were logged so far."""
    start = now.replace(hour=0, minute=0, second=0, microsecond=0)
    rows = queries.contacts_of_day(reads, start, start + dt.timedelta(days=1))
    meetings = []
    logged = 0
    for record, account, name, at, subject, _channel, meets in rows:
        instant = dt.datetime.fromisoformat(at)
        logged += instant <= now
        if meets and instant > now:
            meetings.append(Meeting(record, account, name, instant, subject))
    return tuple(meetings), logged


def _figures(reads: Reads, memory: Memory, purse: _Purse, today: dt.date, contacts: int) -> DayFigures:
    completed = queries.done_on(reads, today)
    answered = [one for one in memory.answers.values() if one.on == today]
    moved = [
        (one.currency, one.value)
        for one in answered
        if one.value is not None and one.rule in ("renewal", "notice_close")
    ]
    return DayFigures(
        len(answered) + sum(completed.values()),
        contacts,
        completed.get("promise_ours", 0),
        purse.total(moved),
    )

"""Fills an empty portfolio with the sample, as one change."""

from __future__ import annotations

import datetime as dt
from collections.abc import Generator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cs_workbench.domain.text import fold, name_key
from cs_workbench.errors import InvalidValue
from cs_workbench.i18n import _
from cs_workbench.services.portfolio_files import SAMPLE_MARK
from cs_workbench.services.sample import (
    contracts,
    lifecycle,
    loops,
    plans,
    renewals,
    success,
    telling,
    values,
)
from cs_workbench.services.sample import people as sample_people
from cs_workbench.services.sample.book import Book, Case, Entry, read_book
from cs_workbench.services.sample.cases import make_case
from cs_workbench.services.sample.cast import Member, cast
from cs_workbench.store.queries.account_list import has_accounts

if TYPE_CHECKING:
    from cs_workbench.services.workbench import Workbench
    from cs_workbench.store.change import Change
    from cs_workbench.store.tables import Account

SOURCE = "sample"
MARK = SAMPLE_MARK
_EPOCH = dt.date(1970, 1, 1)
_BEFORE = dt.timedelta(days=90)  # tasks were written down before today
_TIERS = {1: "A", 2: "B", 3: "C"}


@dataclass(frozen=True, slots=True)
class Sample:
    """How much the sample holds."""

    accounts: int
    people: int
    interactions: int
    tickets: int
    surveys: int
    readings: int


def create(wb: Workbench, *, today: dt.date, language: str, seed: int = 2024) -> Sample:
    """Fill the empty portfolio *wb* with thirty invented customers; the same date and seed give the same data.

    *language* ("en" or "ja") is that of products and metric names; each customer's texts are in their own. Raises
    InvalidValue when the portfolio already has accounts.
    """
    filling = steps(wb, today=today, language=language, seed=seed)
    while True:
        try:
            next(filling)
        except StopIteration as end:
            made: Sample = end.value
            return made


def steps(
    wb: Workbench, *, today: dt.date, language: str, seed: int = 2024
) -> Generator[tuple[int, int], None, Sample]:
    """As ``create``, yielding (done, total) customers; closed before its end it leaves the portfolio empty."""
    if has_accounts(wb.reads):
        raise InvalidValue(
            _("The sample needs an empty portfolio; this one already has accounts."),
            _("Make a new portfolio for it."),
            code="not_empty",
        )
    book = read_book()
    now = dt.datetime.combine(today, dt.time(0), tzinfo=dt.UTC)
    total = len(book.accounts)
    with wb.change(_("Create sample portfolio")) as db:
        writer = _Writer(db, book, now, language)
        writer.begin()
        for number in range(1, total + 1):
            yield number - 1, total
            writer.account(make_case(book, number, today, seed))
        yield total, total
        made = writer.end()
        db.forget_history()  # the sample is how this portfolio begins: Undo must not take all of it away
        return made


class _Writer:
    """Writes case after case; what belongs to no single account is written at the beginning and the end."""

    def __init__(self, db: Change, book: Book, now: dt.datetime, language: str) -> None:
        self.db, self.book, self.now, self.language = db, book, now, language
        self.stamp: dict[str, Any] = {"created_at": now, "updated_at": now}
        self.metrics: dict[str, int] = {}
        self.batch = 0
        self.readings: list[dict[str, Any]] = []
        self.stories: dict[int, str] = {}
        self.languages: dict[int, str] = {}
        self.counts = dict.fromkeys(("accounts", "people", "interactions", "tickets", "surveys"), 0)

    def begin(self) -> None:
        """Who we are, metrics, products, rates, and the batch that owns the readings."""
        from cs_workbench.store.tables import ImportBatch, Metric

        _introduce(self.db, self.book.own, self.language)
        rows = [
            Metric(
                key=one["key"], name=one[self.language], family=one["key"], role=one["role"], aggregation=how
            )
            for group, how in (("level", "last"), ("monthly", "last"), ("count", "sum"))
            for one in self.book.metrics[group]
        ]
        rows += [
            Metric(
                key=f"use_{one['key']}",
                name=one[self.language],
                family="use",
                feature=one["key"],
                role="feature",
                aggregation="sum",
            )
            for one in self.book.metrics["feature"]
        ]
        batch = ImportBatch(
            at=self.now, file_name=SOURCE, sha256="", source=SOURCE, kind="readings", mapping="{}",
            rows=0, created=0, updated=0, unchanged=0, rejected=0,
        )  # fmt: skip
        self.db.session.add_all([*rows, batch])
        contracts.add_products_and_rates(self.db, self.now.date())
        self.db.session.flush()
        self.metrics = {row.key: row.id for row in rows}
        self.batch = batch.id
        self.db.batch(batch.id)

    def account(self, case: Case) -> None:
        """One customer with everything about them."""
        members = cast(case, self.book.people[case.language])
        names = {one["key"]: one[case.language] for one in self.book.metrics["feature"]}
        voice = telling.Voice(case, members, names)
        row = self._account_row(case)
        self.stories[row.id] = str(case.entry["story"])
        self.languages[row.id] = case.language
        people = self._people(case, row, members)
        contracts.add_contracts(self.db, case, row.id, self.now)
        self._contacts(case, voice, row.id, people)
        self._tickets(case, voice, row.id, people)
        self._surveys(case, voice, row.id, people)
        self._tasks(case, voice, row.id, people)
        self._readings(case, row.id)
        self.counts["accounts"] += 1

    def end(self) -> Sample:
        """The readings, all at once, and the count of everything."""
        from cs_workbench.store.tables import ImportBatch, Reading

        self.db.session.flush()
        self.readings.sort(key=lambda one: (one["account_id"], one["metric_id"], one["day"]))
        self.db.session.bulk_insert_mappings(Reading.__mapper__, self.readings)
        _later(self)
        batch = self.db.session.get_one(ImportBatch, self.batch)
        batch.rows = batch.created = len(self.readings)
        return Sample(**self.counts, readings=len(self.readings))

    def _account_row(self, case: Case) -> Account:
        from cs_workbench.store.tables import Account, AccountDomain, AccountSource

        entry = case.entry
        row = Account(
            name=entry["name"],
            reading=entry.get("reading", ""),
            name_key=name_key(entry["name"]),
            tier=_TIERS[entry["tier"]],
            stage=case.story["stage"],
            owner=self.book.own["own_name"][self.language],
            industry=entry["industry"],
            country=entry.get("country", "JP"),
            website=f"https://www.{entry['domain']}",
            employees=entry["employees"],
            currency=case.currency,
            customer_since=case.since,
            churned_on=case.gone,
            **self.stamp | {"created_at": _known_from(case, self.now)},
        )
        self.db.session.add(row)
        self.db.session.flush()
        self.db.session.add_all(
            (
                AccountDomain(account_id=row.id, domain=entry["domain"]),
                AccountSource(account_id=row.id, source=SOURCE, external_id=f"S-{case.number:03}"),
            )
        )
        return row

    def _people(self, case: Case, account: Account, members: dict[str, Member]) -> dict[str, int]:
        from cs_workbench.store.tables import Person, PersonRole

        rows = {
            key: Person(
                account_id=account.id,
                name=one.name,
                reading=one.reading,
                name_key=name_key(one.name),
                title=one.title,
                department=one.department or None,
                email=one.email,
                influence=one.influence,
                sentiment=one.sentiment,
                status="left" if one.left_on else "active",
                left_on=one.left_on,
                **self.stamp,
            )
            for key, one in members.items()
        }
        self.db.session.add_all(rows.values())
        self.db.session.flush()
        self.db.session.add_all(
            PersonRole(person_id=rows[key].id, role=role)
            for key, one in members.items()
            for role in one.roles
        )
        self.counts["people"] += len(rows)
        return {key: row.id for key, row in rows.items()}

    def _contacts(self, case: Case, voice: telling.Voice, account_id: int, people: dict[str, int]) -> None:
        from cs_workbench.store.tables import Interaction, InteractionPerson, InteractionTag

        told = telling.contacts(case, voice)
        rows = [
            Interaction(
                account_id=account_id, at=one.at, channel=one.channel, direction=one.direction, subject=one.subject,
                body=one.body, folded=fold(f"{one.subject} {one.body}"), duration_min=one.minutes,
                sentiment=one.mood, shareable=one.shareable, created_at=one.at, updated_at=one.at,
            )
            for one in told
        ]  # fmt: skip
        self.db.session.add_all(rows)
        self.db.session.flush()
        self.db.session.add_all(
            InteractionPerson(interaction_id=row.id, person_id=people[key])
            for row, one in zip(rows, told, strict=True)
            for key in one.who
        )
        self.db.session.add_all(
            InteractionTag(interaction_id=row.id, tag=tag)
            for row, one in zip(rows, told, strict=True)
            for tag in one.tags
        )
        self.counts["interactions"] += len(rows)

    def _tickets(self, case: Case, voice: telling.Voice, account_id: int, people: dict[str, int]) -> None:
        from cs_workbench.store.tables import Ticket

        asked = telling.tickets(case, voice)
        desk = self.book.own["support"][case.language]
        self.db.session.add_all(
            Ticket(
                account_id=account_id,
                person_id=people[one.who],
                source=SOURCE,
                external_id=f"T-{case.number:03}-{number:03}",
                subject=one.subject,
                body=one.body,
                folded=fold(f"{one.subject} {one.body}"),
                status="done" if one.solved else "open",
                priority=one.priority,
                kind=one.kind,
                assignee=desk[number % len(desk)],
                channel="mail",
                opened_at=one.opened,
                solved_at=one.solved,
                first_reply_min=one.first_reply_min,
                resolution_min=(one.solved - one.opened).total_seconds() / 60 if one.solved else None,
                satisfaction=one.satisfaction,
                escalated=one.priority == "urgent",
            )
            for number, one in enumerate(asked, 1)
        )
        self.counts["tickets"] += len(asked)

    def _surveys(self, case: Case, voice: telling.Voice, account_id: int, people: dict[str, int]) -> None:
        from cs_workbench.store.tables import Survey

        answered = telling.surveys(case, voice)
        self.db.session.add_all(
            Survey(
                account_id=account_id,
                person_id=people[one.who],
                source=SOURCE,
                external_id=f"V-{case.number:03}-{number:03}",
                kind=one.kind,
                score=float(one.score),
                comment=one.comment,
                shareable=one.shareable,
                answered_on=one.on,
            )
            for number, one in enumerate(answered, 1)
        )
        self.counts["surveys"] += len(answered)

    def _tasks(self, case: Case, voice: telling.Voice, account_id: int, people: dict[str, int]) -> None:
        from cs_workbench.store.tables import Task

        self.db.session.add_all(
            Task(
                account_id=account_id,
                kind=one.kind,
                title=one.title,
                due_on=one.due_on,
                done_on=one.done_on,
                owner=None if one.kind == "promise_theirs" else self.book.own["own_name"][self.language],
                person_id=people[voice.person("champion").key] if one.kind == "promise_theirs" else None,
                shareable=one.shareable,
                created_at=self.now - _BEFORE,
            )
            for one in telling.tasks(case, voice)
        )

    def _readings(self, case: Case, account_id: int) -> None:
        for week in case.weeks.values():
            values: Entry = {"active_users": week.active, "seats_used": week.assigned}
            values["mail_opens"] = case.dice.randrange(0, 1 + round(6 * week.active / case.seats + 0.4))
            values |= {f"use_{feature}": count for feature, count in week.features.items()}
            for key, value in values.items():
                self._reading(account_id, key, week.day, float(value))
        for key, day, value in telling.grades(case):
            self._reading(account_id, key, day, value)

    def _reading(self, account_id: int, key: str, day: dt.date, value: float) -> None:
        self.readings.append(
            {
                "account_id": account_id,
                "metric_id": self.metrics[key],
                "day": (day - _EPOCH).days,
                "value": value,
                "batch_id": self.batch,
            }
        )


def _introduce(db: Change, own: Entry, language: str) -> None:
    """Keep who we are: under its own key in the portfolio's language, and in each language for its documents."""
    from cs_workbench.store.settings import put_setting

    put_setting(db, MARK, True)
    for key in ("company", "own_name"):
        put_setting(db, key, own[key][language])
        for spelling, name in own[key].items():
            put_setting(db, f"{key}_{spelling}", name)


def _later(writer: _Writer) -> None:
    """What hangs on accounts and people that are all there."""
    renewals.add_renewals(writer.db, writer.stories, writer.now)
    values.add_values(writer.db, writer.stories, writer.now)
    plans.add_plans(
        writer.db, writer.stories, writer.languages, writer.now, writer.book.own["own_name"][writer.language]
    )
    success.add_success(writer.db, writer.stories, writer.now, writer.language)
    lifecycle.add_lifecycle(writer.db, writer.stories, writer.now, writer.language)
    loops.add_loops(writer.db, writer.languages, writer.now, writer.language)
    writer.counts["people"] += sample_people.add_people(
        writer.db, writer.stories, writer.languages, writer.now
    )


def _known_from(case: Case, now: dt.datetime) -> dt.datetime:
    """The account was looked after since its first day: what was due meanwhile is late by now."""
    since = dt.datetime.combine(case.since or now.date(), dt.time(), tzinfo=dt.UTC)
    return min(since, now)

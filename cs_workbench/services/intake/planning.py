"""The course of an import up to the write: read every file, then tie the rows together, then compare.

Files are read in the order given; rows are tied together in the order their references need.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Any

from cs_workbench.errors import IntakeProblem
from cs_workbench.i18n import _
from cs_workbench.intake.problems import sentence
from cs_workbench.intake.records import read_records
from cs_workbench.intake.rows import Record
from cs_workbench.intake.verdict import KIND_NAMES
from cs_workbench.services.intake import checks, plan_accounts, plan_contracts, plan_events, plan_people
from cs_workbench.services.intake.apply import ORDER, CustomNeeded
from cs_workbench.services.intake.context import (
    KNOWN_ACCOUNT,
    Context,
    RowRejected,
    Values,
    account_of,
    listed,
)
from cs_workbench.services.intake.freight import dump, load
from cs_workbench.services.intake.incoming import Incoming
from cs_workbench.services.intake.ledger import At
from cs_workbench.services.intake.plan_account_beside import AccountsBeside
from cs_workbench.services.intake.plan_last_contacts import LastContacts
from cs_workbench.services.intake.plan_readings import ReadingPlan, plan_readings
from cs_workbench.services.intake.usage import Figure, Usage
from cs_workbench.store.intake import lookups
from cs_workbench.store.reads import Reads

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from cs_workbench.services.intake.service import Watch

KINDS_IN_ORDER = (
    "products",
    "accounts",
    "people",
    "contracts",
    "churn",
    "opportunities",
    "interactions",
    "tickets",
    "surveys",
)
PIECE = 5_000
MOST_KNOWN = 200_000
"""Rows of a file whose every row stays in memory to be found again; about 4 KB each."""
_STAY_KNOWN = frozenset(("accounts", "people", "contracts", "products"))
_CUSTOM_OF = {"account": "accounts", "person": "people", "contract": "contracts"}

RowPlan = Callable[[Context, At, Values], None]
LaterPlan = Callable[[Context, At, int, str], None]
_EVENTS: dict[str, RowPlan] = {
    "products": plan_accounts.plan_product,
    "churn": plan_events.plan_contract_event,
    "opportunities": plan_events.plan_opportunity,
    "interactions": plan_events.plan_interaction,
    "tickets": plan_events.plan_ticket,
    "surveys": plan_events.plan_survey,
}


def _too_many(entry: Incoming) -> IntakeProblem:
    return IntakeProblem(
        _("“{name}” has more than {limit} rows of {kind}.").format(
            name=entry.table.name, limit=f"{MOST_KNOWN:,}", kind=_(KIND_NAMES[entry.mapping.kind])
        ),
        _("Split the file and import the parts one after the other. Nothing was changed."),
        code="too_many_rows",
        file=entry.table.path,
    )


class Planning:
    """Turns tables into planned writes. One import, one use; ``seen`` is the portfolio's newest step before it."""

    def __init__(self, context: Context, db: Reads, zone: ZoneInfo, watch: Watch, *, seen: int) -> None:
        self.context = context
        self.seen = seen
        self._db = db
        self._zone = zone
        self._watch = watch
        moment = dt.datetime.fromisoformat(context.now)
        self._usage = Usage(context, moment.astimezone(zone).date())
        self._last_contacts = LastContacts(context, zone)
        self._accounts_beside = AccountsBeside(context)
        self._custom: dict[tuple[str, str], CustomNeeded] = {}
        self._last_rows: dict[int, int] = {}
        self._first_of: dict[str, int] = {}
        self._later: list[tuple[LaterPlan, At, int, str]] = []
        self.readings = ReadingPlan([])

    # -- reading

    def read(self, entry: Incoming) -> None:
        """Read one table into the stage, row problems and all."""
        batch = self.context.ledger.open_batch()
        kind = entry.mapping.kind
        self.context.files.append(entry.table.name)
        self.context.sources.append(entry.mapping.source)
        self._first_of.setdefault(kind, batch.number)
        for spec in entry.mapping.custom_fields():
            needed = CustomNeeded(spec.entity, spec.label, spec.type)
            self._custom.setdefault((spec.entity, spec.label), needed)
        if kind == "readings":
            last = self._usage.read(entry, batch, self._watch)
        else:
            last = self._read_records(entry, batch.number)
        self._last_rows[batch.number] = last

    def _read_records(self, entry: Incoming, number: int) -> int:
        batch, last = self.context.batch(number), 0
        label = _("Reading {file}").format(file=entry.table.name)
        for piece in lookups.pieces(read_records(entry.table, entry.mapping, zone=self._zone), PIECE):
            records: list[Record] = piece
            self.context.stage.add_records(entry.mapping.kind, number, self._good(records, number))
            batch.rows += len(records)
            last = max(last, records[-1].row)
            if batch.rows > MOST_KNOWN and entry.mapping.kind in _STAY_KNOWN:
                raise _too_many(entry)
            self._watch(batch.rows, 0, label)
        return last

    def _good(self, records: Iterable[Record], number: int) -> Iterator[tuple[int, dict[str, Any]]]:
        batch = self.context.batch(number)
        for record in records:
            if record.problem is not None:
                problem = record.problem
                batch.reject(record.row, problem.code, sentence(problem), column=problem.column)
            else:
                also = [[other.kind, dump(other.values)] for other in record.also]
                yield record.row, {"values": dump(record.values), "custom": record.custom, "also": also}

    # -- tying together

    def resolve(self) -> None:
        """Find whose every row is, in the order references need, and plan what it writes."""
        for kind in KINDS_IN_ORDER:
            for count, (batch, row, body) in enumerate(self.context.stage.records(kind)):
                if count % PIECE == 0:
                    self._watch(count, 0, _("Matching"))
                try:
                    self._plan_row(kind, At(batch, row), body)
                except RowRejected as refused:
                    self.context.batch(batch).reject(row, refused.code, refused.reason, about=refused.about)
            if kind in ("accounts", "people"):
                self._tie_within()
        self._last_contacts.plan(self._db)
        self._accounts_beside.plan(self._db)
        self._usage.resolve()
        checks.outside_terms(self.context, self._usage)
        checks.churn_contradictions(
            self.context, self._db, self._first_of.get("accounts"), self._first_of.get("churn")
        )

    def _plan_row(self, kind: str, at: At, body: dict[str, Any]) -> None:
        context, values = self.context, load(body["values"])
        account: int | None = None
        if kind in _EVENTS:
            _EVENTS[kind](context, at, values)
        elif kind == "people":
            person = plan_people.plan_person(context, at, values, body["custom"])
            account = context.directory.people.account_of[person]
            self._keep_for_later(plan_people.plan_superior, at, person, values.get("reports_to_ref"))
        elif kind == "accounts":
            account = plan_accounts.plan_account(context, at, values, body["custom"])
            self._keep_for_later(plan_accounts.plan_parent, at, account, values.get("parent_ref"))
            self._last_contacts.note(at, account, values)
            mail = next(iter(listed(values.get("contact_mail"))), "")
            contact = partial(plan_people.plan_contact, mail=mail.strip().lower())
            self._keep_for_later(contact, at, account, values.get("contact") or mail)
        else:
            account, contract = plan_contracts.plan_contract(context, at, values, body["custom"])
            self._accounts_beside.note(at, account, values, is_contract=contract is not None)
        if body["also"]:
            owner = account_of(context, at, values) if account is None else account
            self._plan_beside(at, owner, body)

    def _plan_beside(self, at: At, account: int | None, body: dict[str, Any]) -> None:
        """Plan the further things a row tells of: contracts, figures, survey answers, events of its account."""
        if account is None:
            return
        for kind, packed in body["also"]:
            values = {**load(packed), KNOWN_ACCOUNT: account}
            if kind == "contracts":
                plan_contracts.plan_contract(self.context, at, values, {})
            elif kind == "readings":
                figure = Figure(values["metric"], float(values["value"]), values.get("day"))
                self._usage.beside(at, account, figure)
            else:
                self._plan_event_beside(kind, at, values, body["values"].get("external_id"))

    def _plan_event_beside(self, kind: str, at: At, values: dict[str, Any], key: str | None) -> None:
        """Something that happened, told in a row about something else: its id is the row's with what it is."""
        if key and not values.get("external_id"):
            values["external_id"] = f"{key}:{values.get('kind') or kind}"
        try:
            _EVENTS[kind](self.context, at, values)
        except RowRejected as refused:
            self.context.batch(at.batch).warn("beside_left_out", refused.reason)

    def _keep_for_later(self, plan: LaterPlan, at: At, record: int, ref: str | None) -> None:
        if ref:
            self._later.append((plan, at, record, ref))

    def _tie_within(self) -> None:
        """References among records of one kind wait until all of them are known."""
        for plan, at, record, ref in self._later:
            plan(self.context, at, record, ref)
        self._later.clear()

    # -- comparing

    def settle(self) -> None:
        """Decide for every planned row and every reading: create, update or leave."""
        fields = lookups.custom_fields(self._db)
        for table in ORDER:
            custom = lookups.custom_values(self._db, table) if table in _CUSTOM_OF else {}
            labels = {label: number for (entity, label), number in fields.items() if entity == table}
            self._watch(0, 0, _("Comparing"))
            self.context.ledger.settle(
                self._db, table, custom, labels, lambda done: self._watch(done, 0, _("Comparing"))
            )
        pieces = self._usage.pile.in_order(self._usage.account_of)
        self.readings = plan_readings(self._db, pieces, self._usage.metrics, self._last_rows)
        for batch, ranks in self.readings.ranks.items():
            if batch not in self._usage.batches:
                self.context.stage.touch(batch, ((row, rank) for row, rank in enumerate(ranks) if rank))
            if merged := self.readings.merged.get(batch):
                self.context.batch(batch).warn("merged_rows", count=merged)

    def outcomes(self) -> dict[tuple[int, int], int]:
        """How many rows of every file were created (3), updated (2) or left as they were (1), by (file, what)."""
        counts = self.context.stage.outcomes()
        for batch in self._usage.batches:
            counts |= {(batch, rank): self.readings.ranks[batch].count(rank) for rank in (1, 2, 3)}
        return counts

    def account_rows(self, batch: int) -> int:
        """How many rows of a file of contracts change an account and make no contract."""
        rows = self._accounts_beside.rows.get(batch)
        ranks = self.context.stage.ranks(batch) if rows else ()
        return len({row for row, rank in ranks if rank > 1 and rows and row in rows})

    def changes(self) -> bool:
        """Whether there is anything to write."""
        return self.context.stage.any_writes() or bool(self.readings.created or self.readings.updated)

    def custom_needed(self) -> list[CustomNeeded]:
        """The custom fields the files bring."""
        return list(self._custom.values())

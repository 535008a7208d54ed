"""Value ledgers as they are kept: lines with inputs and evidence, costs, and the metrics that inputs follow."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Literal

from cs_workbench.store.queries.local_days import EPOCH
from cs_workbench.store.queries.terms import called

if TYPE_CHECKING:
    from cs_workbench.store.change import Change
    from cs_workbench.store.reads import Reads


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """A ledger's head. ``rate`` is the yearly discount as a share, ``made_at`` the instant it was begun."""

    id: int
    account_id: int
    name: str
    currency: str
    starts_on: dt.date
    years: int
    rate: Decimal
    made_at: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class InputRow:
    """A figure of a line. ``followed`` is the newest reading of the metric it follows, with its day; ``weeks`` the
    mean of each week in which it was read before the day asked for, from five weeks before the ledger on, by the first
    day it was read on, counted from the ledger's (0, 1, …). A reading below 0 or from 10^15 on is none: ``refused_on``
    is the day of the last of them.
    """

    id: int
    line_id: int
    name: str
    label: str
    value: Decimal | None
    unit: str
    low: Decimal | None
    high: Decimal | None
    source: str
    as_of: dt.date | None
    metric_id: int | None
    metric: str
    followed: Decimal | None
    followed_on: dt.date | None
    metric_name: str = ""
    metric_role: str = ""
    weeks: Mapping[int, Decimal] = field(default_factory=dict)
    refused_on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """What proves a line; ``person`` is the name of who said it, "" where nobody is named."""

    id: int
    line_id: int
    kind: str
    text: str
    on_date: dt.date | None
    person: str


@dataclass(frozen=True, slots=True)
class LineRow:
    """A benefit as kept, its figures as text. ``met``: a contact with who agreed is on record, or nobody is named."""

    id: int
    title: str
    category: str
    mechanism: str
    formula: str
    attribution: str
    ramp: str
    confidence: str
    logic: str
    fact: str
    agreed_on: dt.date | None
    agreed_by: str
    baseline: str
    ask: str
    note: str
    missing: str = ""
    logic_on: dt.date | None = None
    logic_by: str = ""
    fact_on: dt.date | None = None
    fact_by: str = ""
    ask_id: int | None = None
    ask_name: str = ""
    met: bool = True


@dataclass(frozen=True, slots=True)
class CostRow:
    """A cost as kept; ``yearly`` and ``ends_on`` are the contract's where it follows one."""

    id: int
    kind: str
    title: str
    amounts: str
    confidence: str
    source: str
    contract_id: int | None
    yearly: Decimal | None
    currency: str | None
    contract: str = ""
    starts_on: dt.date | None = None
    ends_on: dt.date | None = None
    status: str = ""


LINES = """select l.ledger_id, l.id, l.title, l.category, l.mechanism, l.formula, l.attribution, l.ramp,
           l.confidence, l.logic, l.fact, l.agreed_on, coalesce(p.name, ''), l.baseline, l.ask, l.note,
           l.missing, l.logic_on, coalesce(a.name, ''), l.fact_on, coalesce(b.name, ''), l.ask_id,
           coalesce(q.name, ''), l.agreed_by_id is null or exists (
               select 1 from interaction_person t where t.person_id = l.agreed_by_id)
       from value_line l left join person p on p.id = l.agreed_by_id
           left join person a on a.id = l.logic_by_id left join person b on b.id = l.fact_by_id
           left join person q on q.id = l.ask_id
       where l.ledger_id in ({ledgers}) order by l.ledger_id, l.position, l.id"""
INPUTS = """select i.id, i.line_id, i.name, i.label, i.value, i.unit, i.low, i.high, i.source, i.as_of,
           i.metric_id, coalesce(m.key, ''),
           (select r.value from reading r where r.account_id = g.account_id and r.metric_id = i.metric_id
               and r.value >= 0 and r.value < 1e15 and r.day <= :day order by r.day desc limit 1),
           (select max(r.day) from reading r where r.account_id = g.account_id
               and r.metric_id = i.metric_id and r.value >= 0 and r.value < 1e15 and r.day <= :day),
           coalesce(m.name, ''), coalesce(m.role, ''),
           case when i.metric_id is not null then (select json_group_array(json_array(w.at, w.mean)) from (
               select min(r.day) - s.first as at, avg(r.value) as mean
               from (select cast(julianday(g.starts_on) - 2440587.5 as integer) as first) s, reading r
               where r.account_id = g.account_id and r.metric_id = i.metric_id and r.value >= 0
                   and r.value < 1e15 and r.day >= s.first - 35 and r.day < :day
               group by (r.day - s.first + 35) / 7) w) end,
           (select max(r.day) from reading r where r.account_id = g.account_id and r.metric_id = i.metric_id
               and (r.value < 0 or r.value >= 1e15) and r.day <= :day
               and r.day >= min(:day - 60, julianday(g.starts_on) - 2440587.5))
       from value_input i join value_line l on l.id = i.line_id join value_ledger g on g.id = l.ledger_id
       left join metric m on m.id = i.metric_id
       where g.id in ({ledgers}) order by i.line_id, i.position, i.id"""
EVIDENCE = """select e.id, e.line_id, e.kind, e.text, e.on_date, coalesce(p.name, '')
       from value_evidence e join value_line l on l.id = e.line_id left join person p on p.id = e.person_id
       where l.ledger_id in ({ledgers}) order by e.line_id, e.id"""
COSTS = f"""select c.ledger_id, c.id, c.kind, c.title, c.amounts, c.confidence, c.source, c.contract_id,
           coalesce(k.arr, k.mrr * 12), k.currency, coalesce({called("k")}, ''),
           k.start_on, k.end_on, case when k.is_trial then 'trial' else coalesce(k.status, '') end
       from value_cost c left join contract k on k.id = c.contract_id
       where c.ledger_id in ({{ledgers}}) order by c.ledger_id, c.position, c.id"""


def ledgers(db: Reads, account_id: int | None = None) -> tuple[LedgerRow, ...]:
    """The ledgers of one account, or of all, newest first."""
    rows = db.all(
        """select id, account_id, name, currency, starts_on, years, rate, created_at from value_ledger
           where (:account is null or account_id = :account) order by account_id, starts_on desc, id desc""",
        {"account": account_id},
    )
    return tuple(head_from(row) for row in rows)


def ledger(db: Reads, ledger_id: int) -> LedgerRow | None:
    """One ledger's head; None where it is gone."""
    row = db.one(
        "select id, account_id, name, currency, starts_on, years, rate, created_at from value_ledger where id=:id",
        {"id": ledger_id},
    )
    return None if row is None else head_from(row)


def lines(db: Reads, ledger_ids: Iterable[int]) -> dict[int, tuple[LineRow, ...]]:
    """The lines of some ledgers in order, by ledger."""
    return lines_from(db.all(LINES.format(ledgers=_listed(ledger_ids))))


def lines_from(rows: Iterable[Sequence[Any]]) -> dict[int, tuple[LineRow, ...]]:
    """What LINES gave."""
    found: dict[int, list[LineRow]] = {}
    for row in rows:
        graded = (row[16], _day(row[17]), row[18], _day(row[19]), *row[20:23], bool(row[23]))
        found.setdefault(row[0], []).append(LineRow(*(*row[1:11], _day(row[11]), *row[12:16], *graded)))
    return {key: tuple(made) for key, made in found.items()}


def inputs(db: Reads, ledger_ids: Iterable[int], as_of: dt.date) -> dict[int, tuple[InputRow, ...]]:
    """The inputs of all lines of some ledgers, by line; metrics as read last on or before *as_of*."""
    params = {"day": as_of.toordinal() - EPOCH}
    return inputs_from(db.all(INPUTS.format(ledgers=_listed(ledger_ids)), params))


def inputs_from(rows: Iterable[Sequence[Any]]) -> dict[int, tuple[InputRow, ...]]:
    """What INPUTS gave."""
    found: dict[int, list[InputRow]] = {}
    for row in rows:
        followed = None if row[12] is None else Decimal(repr(row[12]))
        on = None if row[13] is None else dt.date.fromordinal(EPOCH + row[13])
        low_high = (_number(row[6]), _number(row[7]))
        kept = (*row[:4], _number(row[4]), row[5], *low_high, row[8], _day(row[9]), row[10], row[11])
        no = None if row[17] is None else dt.date.fromordinal(EPOCH + row[17])
        made = InputRow(*(*kept, followed, on, row[14], row[15], _weeks(row[16]), no))
        found.setdefault(row[1], []).append(made)
    return {key: tuple(made) for key, made in found.items()}


def evidence(db: Reads, ledger_ids: Iterable[int]) -> dict[int, tuple[EvidenceRow, ...]]:
    """What proves the lines of some ledgers, by line."""
    return evidence_from(db.all(EVIDENCE.format(ledgers=_listed(ledger_ids))))


def evidence_from(rows: Iterable[Sequence[Any]]) -> dict[int, tuple[EvidenceRow, ...]]:
    """What EVIDENCE gave."""
    found: dict[int, list[EvidenceRow]] = {}
    for row in rows:
        found.setdefault(row[1], []).append(EvidenceRow(*(*row[:4], _day(row[4]), row[5])))
    return {key: tuple(made) for key, made in found.items()}


def costs(db: Reads, ledger_ids: Iterable[int]) -> dict[int, tuple[CostRow, ...]]:
    """The costs of some ledgers in order, by ledger, with the yearly amount of the contract each follows."""
    return costs_from(db.all(COSTS.format(ledgers=_listed(ledger_ids))))


def costs_from(rows: Iterable[Sequence[Any]]) -> dict[int, tuple[CostRow, ...]]:
    """What COSTS gave."""
    found: dict[int, list[CostRow]] = {}
    for row in rows:
        yearly = None if row[8] is None else Decimal(row[8]).scaleb(-4)
        found.setdefault(row[0], []).append(
            CostRow(*(*row[1:8], yearly, *row[9:11], _day(row[11]), _day(row[12]), row[13]))
        )
    return {key: tuple(made) for key, made in found.items()}


def paying_contracts(db: Reads, account_id: int) -> list[tuple[int, str]]:
    """Running contracts with an amount: id and title ("" where it has none)."""
    return db.all(
        """select id, coalesce(name, plan, '') from contract
           where account_id=:a and status='active' and coalesce(arr, mrr) is not null order by id""",
        {"a": account_id},
    )


def largest_contract(db: Reads, account_id: int) -> tuple[str, str, Decimal] | None:
    """The account's country, and currency and yearly amount of its largest running contract; None without one."""
    row = db.one(
        """select coalesce(a.country, ''), c.currency, c.arr from account a join contract c on c.account_id = a.id
           where a.id=:a and c.status='active' and c.arr is not null order by c.arr desc limit 1""",
        {"a": account_id},
    )
    return None if row is None else (str(row[0]), str(row[1]), Decimal(row[2]).scaleb(-4))


def newest_reading(db: Reads, account_id: int, metric_id: int | None) -> Decimal | None:
    """The account's newest reading of a metric; None without one."""
    found = db.scalar(
        "select value from reading where account_id=:a and metric_id=:m order by day desc limit 1",
        {"a": account_id, "m": metric_id},
    )
    return None if found is None else Decimal(str(found))


def scale_readings(db: Change, account_id: int, metric_id: int | None, factor: float) -> None:
    """Multiply an account's readings of a metric by *factor*, to two places."""
    db.execute(
        "update reading set value = round(value * :f, 2) where account_id=:a and metric_id=:m",
        {"a": account_id, "m": metric_id, "f": factor},
    )


def contract_currency(db: Reads, account_id: int) -> str:
    """The currency most of the account's running contracts are in; "" where none says."""
    return str(
        db.scalar(
            """select currency from contract
               where account_id=:a and status='active' and coalesce(arr, mrr) is not null and currency <> ''
               group by currency order by sum(coalesce(arr, mrr * 12)) desc, currency limit 1""",
            {"a": account_id},
        )
        or ""
    )


def followed_contracts(db: Reads, ledger_id: int) -> frozenset[int]:
    """The contracts a ledger's costs follow already."""
    return frozenset(
        number
        for (number,) in db.all(
            "select contract_id from value_cost where ledger_id=:l and contract_id is not null",
            {"l": ledger_id},
        )
    )


def input_names(db: Reads, line_id: int) -> frozenset[str]:
    """Names of the inputs a line has."""
    return frozenset(
        name for (name,) in db.all("select name from value_input where line_id=:l", {"l": line_id})
    )


def next_position(
    db: Reads, table: Literal["value_line", "value_input", "value_cost"], parent_id: int
) -> int:
    """The position after the last one under a ledger (lines, costs) or a line (inputs)."""
    parent = "line_id" if table == "value_input" else "ledger_id"
    return int(
        db.scalar(f"select coalesce(max(position), -1) + 1 from {table} where {parent}=:p", {"p": parent_id})
    )


def metric_of_role(db: Reads, account_id: int, role: str) -> int | None:
    """The metric of that role which the account was read by last."""
    found: int | None = db.scalar(
        """select m.id from metric m join reading r on r.metric_id = m.id and r.account_id = :a
           where m.role = :r order by r.day desc limit 1""",
        {"a": account_id, "r": role},
    )
    return found


def metrics_read(db: Reads, account_id: int) -> tuple[tuple[int, str, str, str], ...]:
    """The metrics the account was ever read by, by name: id, name, unit and role ("" where it has none)."""
    rows = db.all(
        """select m.id, m.name, m.unit, coalesce(m.role, '') from metric m
           where exists (select 1 from reading r where r.account_id=:a and r.metric_id=m.id) order by m.name""",
        {"a": account_id},
    )
    return tuple((int(row[0]), str(row[1]), str(row[2]), str(row[3])) for row in rows)


def roles(db: Reads, account_id: int) -> dict[int, tuple[str, ...]]:
    """The stakeholder roles of everybody still at the account, by person."""
    found: dict[int, list[str]] = {}
    for person, role in db.all(
        """select p.id, r.role from person p join person_role r on r.person_id = p.id
           where p.account_id=:a and p.status='active' order by p.id, r.role""",
        {"a": account_id},
    ):
        found.setdefault(int(person), []).append(str(role))
    return {person: tuple(held) for person, held in found.items()}


def proven(db: Reads) -> frozenset[int] | None:
    """Accounts with a line that counts: agreed, or accepted and proved, with a figure for each input; None while no
    ledger is kept.
    """
    rows = db.all(
        """select g.account_id, max(
               l.id is not null and l.formula <> '' and l.logic <> 'rejected'
               and (l.agreed_on is not null or (l.logic = 'accepted' and l.fact = 'proved'))
               and not exists (select 1 from value_input i
                               where i.line_id = l.id and i.value is null and i.metric_id is null))
           from value_ledger g left join value_line l on l.ledger_id = g.id group by g.account_id"""
    )
    return frozenset(int(account) for account, counts in rows if counts) if rows else None


def account_of_line(db: Reads, line_id: int) -> int | None:
    """Whose ledger a line stands in."""
    found: int | None = db.scalar(
        "select g.account_id from value_line l join value_ledger g on g.id = l.ledger_id where l.id=:l",
        {"l": line_id},
    )
    return found


def head_from(row: Sequence[Any]) -> LedgerRow:
    """A row of value_ledger: id, account, name, currency, first day, years, rate, when it was begun."""
    made_at = dt.datetime.fromisoformat(row[7])
    return LedgerRow(*(*row[:4], dt.date.fromisoformat(row[4]), int(row[5]), Decimal(row[6]), made_at))


def _listed(ids: Iterable[int]) -> str:
    return ", ".join(str(int(one)) for one in ids) or "null"


def _number(text: str | None) -> Decimal | None:
    return None if text is None or text == "" else Decimal(text)


def _weeks(text: str | None) -> dict[int, Decimal]:
    return {int(at): Decimal(repr(mean)) for at, mean in json.loads(text or "[]")}


def _day(text: str | None) -> dt.date | None:
    return None if text is None else dt.date.fromisoformat(text)

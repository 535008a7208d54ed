"""The newest ledger of each account with everything that belongs to it, in one statement."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from cs_workbench.store.queries import value, value_beside
from cs_workbench.store.queries.local_days import EPOCH

if TYPE_CHECKING:
    from cs_workbench.store.queries.value import CostRow, EvidenceRow, InputRow, LedgerRow, LineRow
    from cs_workbench.store.queries.value_beside import RatioReading, Signed
    from cs_workbench.store.reads import Reads


@dataclass(frozen=True, slots=True)
class Kept:
    """Ledgers as they are kept: lines, evidence and costs by ledger or line, contracts and readings by account."""

    heads: tuple[LedgerRow, ...]
    lines: dict[int, tuple[LineRow, ...]] = field(default_factory=dict)
    inputs: dict[int, tuple[InputRow, ...]] = field(default_factory=dict)
    evidence: dict[int, tuple[EvidenceRow, ...]] = field(default_factory=dict)
    costs: dict[int, tuple[CostRow, ...]] = field(default_factory=dict)
    signed: dict[int, Signed] = field(default_factory=dict)
    readings: dict[int, RatioReading] = field(default_factory=dict)


def kept(db: Reads, heads: tuple[LedgerRow, ...], as_of: dt.date) -> Kept:
    """What belongs to some ledgers; six statements."""
    ids, accounts = [head.id for head in heads], {head.account_id for head in heads}
    return Kept(
        heads, value.lines(db, ids), value.inputs(db, ids, as_of), value.evidence(db, ids), value.costs(db, ids),
        value_beside.contract_terms(db, accounts, as_of), value_beside.ratio_readings(db, accounts, as_of),
    )  # fmt: skip


_NEWEST = """select id, account_id, name, currency, starts_on, years, rate, created_at from (
       select *, row_number() over (partition by account_id order by starts_on desc, id desc) as place
       from value_ledger
       where (:account is null or account_id = :account) and substr(created_at, 1, 10) <= :known)
   where place = 1 order by account_id"""

_PARTS = (
    ("select * from newest", 8), (value.LINES, 24), (value.INPUTS, 18), (value.EVIDENCE, 6), (value.COSTS, 14),
    (value_beside.TERMS, 12), (value_beside.RATIOS, 3),
)  # fmt: skip
"""What is read, and how many columns each has."""


def newest(db: Reads, as_of: dt.date, account_id: int | None = None) -> Kept:
    """The newest ledgers made by *as_of*, of one account or all, with what belongs to them."""
    row = db.one(
        f"with newest as materialized ({_NEWEST}) select {', '.join(_listed(*part) for part in _PARTS)}",
        {"account": account_id, "known": as_of.isoformat(), "day": as_of.toordinal() - EPOCH},
    )
    heads, lines, inputs, evidence, costs, terms, readings = (json.loads(text) for text in row or ())
    return Kept(
        tuple(value.head_from(one) for one in heads), value.lines_from(lines), value.inputs_from(inputs),
        value.evidence_from(evidence), value.costs_from(costs), value_beside.terms_from(terms),
        value_beside.ratios_from(readings),
    )  # fmt: skip


def _listed(sql: str, width: int) -> str:
    """The rows of *sql* as one JSON value, in their order."""
    asked = sql.format(ledgers="select id from newest", accounts="select account_id from newest")
    columns = ", ".join(f"c{number}" for number in range(width))
    return f"(with part ({columns}) as ({asked}) select json_group_array(json_array({columns})) from part)"

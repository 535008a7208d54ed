"""Value ledgers for tests: put into the tables as they are, with figures that can be worked by hand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cs_workbench.services.workbench import Workbench

NOW = dt.datetime(2026, 11, 24, 1, 42, tzinfo=dt.UTC)
Figures = tuple[tuple[str, str, str, str, str | None, str | None], ...]
"""(name, label, value, unit, low, high)"""
TIME: Figures = (
    ("users", "Active users", "58", "people", "50", "70"),
    ("hours", "Hours a week", "1.5", "hours/week/person", "1", "2"),
    ("weeks", "Working weeks", "48", "weeks/year", None, None),
    ("price", "Cost of an hour", "3400", "JPY/hour", None, None),
    ("capture", "Time really saved", "0.5", "%", "0.3", "0.7"),
)
ERRORS: Figures = (
    ("before", "Rework before", "46", "pieces/month", None, None),
    ("now", "Rework now", "19", "pieces/month", "15", "25"),
    ("months", "Months", "12", "months/year", None, None),
    ("each", "Cost of one", "8000", "JPY/piece", None, None),
)
TOOLS: Figures = (
    ("months", "Months", "12", "months/year", None, None),
    ("fee", "Fee", "80000", "JPY/month", None, None),
)


@dataclass(frozen=True, slots=True)
class LineSpec:
    """A benefit to be put in."""

    title: str
    formula: str
    figures: Figures
    confidence: str = "measured"
    logic: str = "accepted"
    fact: str = "proved"
    agreed: dt.date | None = dt.date(2026, 10, 14)
    attribution: str = "1"
    mechanism: str = ""
    note: str = ""
    missing: str = ""
    ask: str = ""
    evidence: Sequence[tuple[str, str, dt.date | None]] = ()
    source: str = "Usage data"


@dataclass(frozen=True, slots=True)
class CostSpec:
    """A cost to be put in."""

    title: str
    kind: str
    amounts: str
    confidence: str = "measured"
    source: str = ""


TIME_SAVED = LineSpec(
    "Inspection reports take less time", "users * hours * weeks * price * capture", TIME,
    mechanism="Users finish a report faster; half of the time goes into other work.",
    evidence=(
        ("file", "usage.csv, November", dt.date(2026, 11, 23)),
        ("person", "Talk with K. Ishii", dt.date(2026, 10, 14)),
    ),
)  # fmt: skip
LESS_REWORK = LineSpec(
    "Less rework on line 1", "(before - now) * months * each", ERRORS, "confirmed",
    mechanism="Defects are found at the line and not at the end of it.", source="Quality log",
    evidence=(("record", "ticket/812", dt.date(2026, 9, 2)),),
)  # fmt: skip
NO_SERVER = LineSpec("File server licence ended", "months * fee", TOOLS, source="Invoice 0932", agreed=None)
QUOTES = LineSpec(
    "Faster quotes win orders", "extra * margin",
    (("extra", "Extra revenue", "18000000", "JPY/year", None, None), ("margin", "Margin", "0.32", "%", None, None)),
    "estimate", "accepted", "open", None, attribution="0.25", note="Keep our margin of 61% to ourselves",
    missing="Orders won by speed", ask="Which orders came in because the quote was there first?",
)  # fmt: skip
COSTS = (
    CostSpec("Subscription", "subscription", "0 6500000 6500000 6500000", source="Contract 2024-118"),
    CostSpec("Training and set-up", "training", "420000"),
    CostSpec("Your internal hours", "internal", "306000 0 0 0", "estimate", "90 h × ¥3,400"),
)
RICH = (TIME_SAVED, LESS_REWORK, NO_SERVER, QUOTES)


@dataclass(frozen=True, slots=True)
class LedgerSpec:
    """A whole ledger to be put in."""

    name: str = "2026"
    lines: Sequence[LineSpec] = RICH
    costs: Sequence[CostSpec] = COSTS
    currency: str = "JPY"
    years: int = 3
    starts_on: dt.date = dt.date(2026, 4, 1)
    person_id: int | None = None
    begun: dt.datetime = dt.datetime(2026, 10, 1, 1, 42, tzinfo=dt.UTC)


def add_ledger(wb: Workbench, account_id: int, spec: LedgerSpec | None = None) -> int:
    """Put a ledger in as one step; returns its id."""
    from cs_workbench.store.tables import ValueCost, ValueLedger

    wanted = spec or LedgerSpec()
    with wb.change("fill ledger") as db:
        head = ValueLedger(
            account_id=account_id, name=wanted.name, currency=wanted.currency, starts_on=wanted.starts_on,
            years=wanted.years, created_at=wanted.begun, updated_at=NOW,
        )  # fmt: skip
        db.session.add(head)
        db.session.flush()
        for place, line in enumerate(wanted.lines):
            _add_line(db, head.id, place, line, wanted.person_id)
        for place, cost in enumerate(wanted.costs):
            db.session.add(
                ValueCost(
                    ledger_id=head.id, position=place, kind=cost.kind, title=cost.title, amounts=cost.amounts,
                    confidence=cost.confidence, source=cost.source,
                )
            )  # fmt: skip
        db.session.flush()
        return head.id


def _add_line(db: Any, ledger_id: int, place: int, line: LineSpec, person_id: int | None) -> None:
    from cs_workbench.store.tables import ValueEvidence, ValueInput, ValueLine

    row = ValueLine(
        ledger_id=ledger_id, position=place, title=line.title, category="cost", mechanism=line.mechanism,
        formula=line.formula, attribution=line.attribution, confidence=line.confidence, logic=line.logic,
        fact=line.fact, agreed_on=line.agreed, agreed_by_id=person_id if line.agreed else None, note=line.note,
        missing=line.missing, ask=line.ask,
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    for at, (name, label, value, unit, low, high) in enumerate(line.figures):
        db.session.add(
            ValueInput(
                line_id=row.id, position=at, name=name, label=label, value=value, unit=unit, low=low, high=high,
                source=line.source, as_of=dt.date(2026, 11, 18),
            )
        )  # fmt: skip
    for kind, text, on in line.evidence:
        db.session.add(ValueEvidence(line_id=row.id, kind=kind, text=text, on_date=on))
    db.session.flush()


def present(amounts: Sequence[str], rate: str = "0.10") -> Decimal:
    """The present value of amounts at the start and in each year, worked plainly."""
    growth = Decimal(1) + Decimal(rate)
    return sum((Decimal(amount) / growth**year for year, amount in enumerate(amounts)), Decimal(0))

"""Reading value ledgers: what is kept becomes a ledger of the domain, computed, with the age of every figure."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Literal, TypeAlias, cast

from cs_workbench.domain import value_ledger as rules
from cs_workbench.domain.formula import FormulaFault
from cs_workbench.domain.units import UnitFault, in_currency, parse_unit
from cs_workbench.domain.value_ledger import Benefit, Cost, Evidence, Input, Ledger, LineFault, Outcome
from cs_workbench.errors import NotFound
from cs_workbench.i18n import _
from cs_workbench.services.value_figures import day, shown
from cs_workbench.services.value_rates import Rates, foreign
from cs_workbench.store.queries import value as queries

if TYPE_CHECKING:
    from cs_workbench.store.queries.value import CostRow, InputRow, LedgerRow, LineRow
    from cs_workbench.store.reads import Reads

Fault: TypeAlias = FormulaFault | UnitFault | LineFault
MissingCode: TypeAlias = Literal["value", "input", "cost", "currency"]


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why a line or cost is left out of the sums: a fault, or a figure that is not known (``missing``)."""

    fault: Fault | None = None
    missing: MissingCode | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class LedgerView:
    """A ledger as kept and as computed. ``troubles`` are by line id, ``cost_troubles`` by cost id: left out, said.

    ``outcome`` is computed from what is whole; ``overlaps`` maps an input to the lines that share it.
    """

    head: LedgerRow
    as_of: dt.date
    ledger: Ledger
    outcome: Outcome
    lines: tuple[LineRow, ...]
    inputs: dict[int, tuple[InputRow, ...]]
    evidence: dict[int, tuple[queries.EvidenceRow, ...]]
    costs: tuple[CostRow, ...]
    troubles: dict[int, Trouble]
    cost_troubles: dict[int, Trouble]
    overlaps: dict[str, tuple[int, ...]]


def ledger_view(reads: Reads, ledger_id: int, as_of: dt.date) -> LedgerView:
    """One ledger, five statements; two more where an amount is in another currency. Raises NotFound."""
    head = queries.ledger(reads, ledger_id)
    if head is None:
        raise NotFound(
            _("This ledger is not there any more."), _("Look at the account again."), candidates=[]
        )
    return _views(reads, (head,), as_of)[0]


def account_views(reads: Reads, account_id: int, as_of: dt.date) -> tuple[LedgerView, ...]:
    """The ledgers of an account, newest first; five statements however many there are."""
    return _views(reads, queries.ledgers(reads, account_id), as_of)


def portfolio_views(reads: Reads, as_of: dt.date) -> tuple[LedgerView, ...]:
    """The newest ledger of every account; five statements."""
    newest: dict[int, LedgerRow] = {}
    for head in queries.ledgers(reads):
        newest.setdefault(head.account_id, head)
    return _views(reads, tuple(newest.values()), as_of)


def _views(reads: Reads, heads: tuple[LedgerRow, ...], as_of: dt.date) -> tuple[LedgerView, ...]:
    ids = [head.id for head in heads]
    lines = queries.lines(reads, ids)
    inputs = queries.inputs(reads, ids, as_of)
    evidence = queries.evidence(reads, ids)
    costs = queries.costs(reads, ids)
    found, rates = [], Rates(reads, as_of)
    for head in heads:
        own = lines.get(head.id, ())
        kept = {line.id: inputs.get(line.id, ()) for line in own}
        proofs = {line.id: evidence.get(line.id, ()) for line in own}
        found.append(_view(head, as_of, own, kept, proofs, costs.get(head.id, ()), rates))
    return tuple(found)


def _view(  # noqa: PLR0917 - the parts of one ledger, gathered in one place above
    head: LedgerRow,
    as_of: dt.date,
    lines: tuple[LineRow, ...],
    inputs: dict[int, tuple[InputRow, ...]],
    evidence: dict[int, tuple[queries.EvidenceRow, ...]],
    costs: tuple[CostRow, ...],
    rates: Rates,
) -> LedgerView:
    troubles: dict[int, Trouble] = {}
    cost_troubles: dict[int, Trouble] = {}
    benefits: list[Benefit] = []
    empty = Ledger(head.currency, head.years, (), (), head.rate)
    for line in lines:
        made = benefit(line, inputs[line.id], evidence[line.id], currency=head.currency, rates=rates)
        trouble = made if isinstance(made, Trouble) else _tried(made, empty)
        if trouble is not None:
            troubles[line.id] = trouble
        elif isinstance(made, Benefit):
            benefits.append(made)
    spent: list[Cost] = []
    for row in costs:
        cost = _cost(row, head, as_of, rates)
        if isinstance(cost, Trouble):
            cost_troubles[row.id] = cost
        else:
            spent.append(cost)
    whole = Ledger(head.currency, head.years, tuple(benefits), tuple(spent), head.rate)
    shared = {key: tuple(int(one) for one in ids) for key, ids in rules.shared_inputs(whole.benefits).items()}
    return LedgerView(
        head, as_of, whole, rules.compute(whole), lines, inputs, evidence, costs, troubles, cost_troubles, shared
    )  # fmt: skip


def benefit(
    line: LineRow,
    inputs: tuple[InputRow, ...],
    evidence: tuple[queries.EvidenceRow, ...],
    *,
    currency: str = "",
    rates: Rates | None = None,
) -> Benefit | Trouble:
    """A kept line as a benefit of the domain, or what is not known of it.

    With *rates*, inputs in another currency are told in *currency*, and their source says through which rate.
    """
    given = _inputs(inputs, currency, rates)
    if isinstance(given, Trouble):
        return given
    made = Benefit(
        str(line.id),
        line.title,
        cast("rules.Category", line.category),
        line.formula,
        given,
        line.mechanism,
        Decimal(line.attribution),
        tuple(Decimal(share) for share in line.ramp.split()),
        cast("rules.Confidence", line.confidence),
        cast("rules.Logic", line.logic),
        cast("rules.Fact", line.fact),
        line.agreed_on is not None,
        tuple(
            Evidence(cast("Literal['file', 'record', 'person']", row.kind), row.text, row.on_date)
            for row in evidence
        ),
    )
    try:
        lacking = rules.missing_inputs(made)
    except FormulaFault as fault:
        return Trouble(fault=fault)
    return Trouble(missing="input", words=lacking[0]) if lacking else made


def _inputs(rows: tuple[InputRow, ...], currency: str, rates: Rates | None) -> tuple[Input, ...] | Trouble:
    """The figures of a line in the ledger's currency, or the first that is not known."""
    given = []
    for row in rows:
        read = _input(row)
        if isinstance(read, Input) and rates is not None:
            read = _told(read, currency, rates)
        if isinstance(read, Trouble):
            return read
        given.append(read)
    return tuple(given)


def _input(row: InputRow) -> Input | Trouble:
    """An input as typed, or as its metric was read last."""
    follows = row.metric_id is not None
    value = row.followed if follows else row.value
    if value is None:
        return Trouble(missing="value", words=row.label or row.name)
    source = row.metric if follows else row.source
    on = row.followed_on if follows else row.as_of
    return Input(row.name, value, row.unit, row.low, row.high, source, on, row.metric)


def _told(given: Input, currency: str, rates: Rates) -> Input | Trouble:
    """An input in the ledger's currency."""
    other = foreign(given.unit, currency)
    if not other:
        return given
    worth = rates.worth(other, currency)
    if worth is None:
        return Trouble(missing="currency", words=other)
    factor = worth.factor ** dict(parse_unit(given.unit).powers)[other]
    value, low, high = (None if one is None else one * factor for one in (given.value, given.low, given.high))
    rate = _("{figure} {currency} at {rate}").format(
        figure=shown(given.value), currency=other, rate=shown(worth.factor)
    )
    source = _(", ").join(part for part in (given.source, rate) if part)
    unit = in_currency(given.unit, currency)
    return replace(given, value=value or Decimal(0), low=low, high=high, unit=unit, source=source)


def _tried(made: Benefit, ledger: Ledger) -> Trouble | None:
    try:
        rules.line(made, ledger)
    except (FormulaFault, UnitFault, LineFault) as fault:
        return Trouble(fault=fault)
    return None


def _cost(row: CostRow, head: LedgerRow, as_of: dt.date, rates: Rates) -> Cost | Trouble:
    amounts = tuple(Decimal(amount) for amount in row.amounts.split())
    source = row.source
    if row.contract_id is not None:
        if row.yearly is None:
            return Trouble(missing="cost", words=row.title)
        worth = rates.worth(row.currency or head.currency, head.currency)
        if worth is None:
            return Trouble(missing="currency", words=row.currency or "")
        amounts = (Decimal(0), *[row.yearly * worth.factor] * head.years)
        source = contract_words(row, head.currency, as_of, rates)
    if not amounts:
        return Trouble(missing="cost", words=row.title)
    return Cost(
        str(row.id),
        row.title,
        cast("rules.CostKind", row.kind),
        amounts,
        cast("rules.Confidence", row.confidence),
        source,
    )


def contract_words(row: CostRow, currency: str, as_of: dt.date, rates: Rates) -> str:
    """What was pulled from a contract, and as of when: "SO-00101, JPY 1,200,000 a year, as of 24 Nov 2026"."""
    parts = [row.contract] if row.contract and row.contract != row.title else []
    amount = _("{currency} {amount} a year").format(
        currency=row.currency or currency, amount=shown(row.yearly)
    )
    parts.append(amount.strip())
    worth = rates.worth(row.currency or currency, currency)
    if worth is not None and worth.on is not None:
        parts.append(_("at {rate} of {day}").format(rate=shown(worth.factor), day=day(worth.on)))
    if row.ends_on is not None and row.ends_on < as_of:
        parts.append(_("ended {day}").format(day=day(row.ends_on)))
    parts.append(_("contract as of {day}").format(day=day(as_of)))
    return _(", ").join(parts)

"""Reading value ledgers: what is kept becomes a ledger of the domain, computed, with the age of every figure."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Literal, cast

from cs_workbench.domain import value_ledger as rules
from cs_workbench.domain.formula import FormulaFault
from cs_workbench.domain.ledger_checks import share_fault
from cs_workbench.domain.units import UnitFault, in_currency
from cs_workbench.domain.value_ledger import USUAL_RATE, Benefit, Evidence, Input, Ledger, LineFault, Outcome
from cs_workbench.errors import NotFound
from cs_workbench.i18n import _
from cs_workbench.services import value_costs, value_past
from cs_workbench.services.value_costs import Spent, Trouble
from cs_workbench.services.value_past import Means
from cs_workbench.services.value_rates import Rates, Worth, foreign, rated
from cs_workbench.store.queries import value as queries
from cs_workbench.store.queries import value_beside as beside
from cs_workbench.store.queries import value_newest as everything

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from cs_workbench.domain.value_ledger import Cost
    from cs_workbench.store.queries.value import CostRow, InputRow, LedgerRow, LineRow
    from cs_workbench.store.queries.value_newest import Kept
    from cs_workbench.store.reads import Reads


@dataclass(frozen=True, slots=True)
class LedgerView:
    """A ledger as kept and as computed. ``troubles`` are by line id, those of costs by cost id: left out, said.

    ``outcome`` is computed from what is whole; it has no result while a cost is not known: less cost would only look
    like a better return. ``overlaps`` maps an input to the lines that share it. ``worths`` are what the currencies
    in use are worth: sources are worded again from them in a document's language (:func:`worded`). ``imported`` is
    what a reading says of value ÷ cost, beside an account's newest ledger; ``means`` what past days count.
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
    overlaps: dict[str, tuple[int, ...]]
    worths: dict[str, Worth | None] = field(default_factory=dict)
    spent: Spent = field(default_factory=Spent)
    imported: beside.RatioReading | None = None
    means: Means = field(default_factory=dict)

    @property
    def cost_troubles(self) -> Mapping[int, Trouble]:
        """Why a cost is left out, by its id."""
        return self.spent.troubles


def ledger_view(reads: Reads, ledger_id: int, as_of: dt.date) -> LedgerView:
    """One ledger, seven statements; two more where an amount is in another currency. Raises NotFound."""
    head = queries.ledger(reads, ledger_id)
    if head is None:
        raise NotFound(
            _("This ledger is not there any more."), _("Look at the account again."), candidates=[]
        )
    return _views(reads, (head,), as_of)[0]


def account_views(reads: Reads, account_id: int, as_of: dt.date) -> tuple[LedgerView, ...]:
    """The ledgers of an account, newest first; seven statements however many there are."""
    return _views(reads, queries.ledgers(reads, account_id), as_of)


def portfolio_views(reads: Reads, as_of: dt.date) -> tuple[LedgerView, ...]:
    """The newest ledger of every account; seven statements."""
    return _views(reads, _newest(queries.ledgers(reads)), as_of)


def newest_views(reads: Reads, as_of: dt.date, account_id: int | None = None) -> tuple[LedgerView, ...]:
    """The same of the ledgers that were made by *as_of*, of one account or all; one statement, and two more where an
    amount is in another currency.
    """
    return _computed(reads, everything.newest(reads, as_of, account_id), as_of)


def _newest(heads: Sequence[LedgerRow]) -> tuple[LedgerRow, ...]:
    newest: dict[int, LedgerRow] = {}
    for head in heads:
        newest.setdefault(head.account_id, head)
    return tuple(newest.values())


def _views(reads: Reads, heads: tuple[LedgerRow, ...], as_of: dt.date) -> tuple[LedgerView, ...]:
    return _computed(reads, everything.kept(reads, heads, as_of), as_of)


def _computed(reads: Reads, kept: Kept, as_of: dt.date) -> tuple[LedgerView, ...]:
    read = dict(kept.readings)
    found, rates = [], Rates(reads, as_of)
    for head in kept.heads:
        own = kept.lines.get(head.id, ())
        inputs = {line.id: kept.inputs.get(line.id, ()) for line in own}
        proofs = {line.id: kept.evidence.get(line.id, ()) for line in own}
        rows = kept.costs.get(head.id, ())
        signed = kept.signed.get(head.account_id, beside.Signed())
        try:
            spent = value_costs.spent(head, rows, signed, as_of, rates)
            made = _view(head, as_of, own, inputs, proofs, rows, spent, rates)
        except (ArithmeticError, ValueError):  # what one ledger holds must not stop the others
            made = _unread(head, as_of, own, inputs, proofs, rows)
        found.append(replace(made, imported=read.pop(head.account_id, None)))
    return tuple(found)


def _unread(  # noqa: PLR0917 - the same parts as a view that can be computed
    head: LedgerRow,
    as_of: dt.date,
    lines: tuple[LineRow, ...],
    inputs: dict[int, tuple[InputRow, ...]],
    evidence: dict[int, tuple[queries.EvidenceRow, ...]],
    costs: tuple[CostRow, ...],
) -> LedgerView:
    """A ledger that cannot be computed: every line and cost is left out and says so."""
    empty = Ledger(head.currency, head.years, (), (), USUAL_RATE)
    faults = {
        table: {row.id: Trouble(fault=LineFault("not_computed", row.title)) for row in rows}
        for table, rows in (("lines", lines), ("costs", costs))
    }
    return LedgerView(
        head, as_of, empty, rules.compute(empty), lines, inputs, evidence, costs, faults["lines"], {},
        spent=Spent(troubles=faults["costs"]),
    )  # fmt: skip


def _view(  # noqa: PLR0917 - the parts of one ledger, gathered in one place above
    head: LedgerRow,
    as_of: dt.date,
    lines: tuple[LineRow, ...],
    inputs: dict[int, tuple[InputRow, ...]],
    evidence: dict[int, tuple[queries.EvidenceRow, ...]],
    costs: tuple[CostRow, ...],
    spent: Spent,
    rates: Rates,
) -> LedgerView:
    troubles: dict[int, Trouble] = {}
    benefits: list[Benefit] = []
    empty = Ledger(head.currency, head.years, (), (), head.rate)
    for line in lines:
        then = known(line, as_of)
        proofs = proved(evidence[line.id], as_of)
        made = benefit(then, inputs[line.id], proofs, currency=head.currency, rates=rates)
        trouble = made if isinstance(made, Trouble) else _tried(made, empty)
        if trouble is not None:
            troubles[line.id] = trouble
        elif isinstance(made, Benefit):
            benefits.append(made)
    bare = Ledger(head.currency, head.years, (), spent.costs, head.rate, spent.covered, spent.under)
    means = value_past.means(head, as_of, inputs, spent.gaps)
    levelled = value_past.levelled(benefits, bare, means, (head, as_of, spent.gaps, rates), inputs)
    whole = replace(bare, benefits=levelled)
    shared = {key: tuple(int(one) for one in ids) for key, ids in rules.shared_inputs(whole.benefits).items()}
    outcome = rules.compute(whole)
    if spent.troubles:
        outcome = replace(outcome, result=None)
    if spent.over(as_of):
        outcome = replace(outcome, delay=Decimal(0))
    return LedgerView(
        head, as_of, whole, outcome, lines, inputs, evidence, costs, troubles, shared,
        _worths(head, inputs, spent, rates), spent, means=means,
    )  # fmt: skip


def _worths(
    head: LedgerRow, inputs: Mapping[int, Sequence[InputRow]], spent: Spent, rates: Rates
) -> dict[str, Worth | None]:
    """Every currency of a ledger's costs and inputs, in its own."""
    used = {one.term.currency or head.currency for found in spent.stretches.values() for one in found}
    used |= {foreign(row.unit, head.currency) for rows in inputs.values() for row in rows} - {""}
    return {code: rates.worth(code, head.currency) for code in sorted(used)}


def worded(view: LedgerView) -> LedgerView:
    """The same ledger with its sources in the language that is set now: a document's is not the screen's."""
    rows = {(str(line), row.name): row for line, given in view.inputs.items() for row in given}
    benefits = {
        one.id: replace(
            one,
            inputs=tuple(replace(each, source=_source(rows[one.id, each.name], view)) for each in one.inputs),
        )
        for one in view.ledger.benefits
    }
    kept = {str(row.id): row for row in view.costs}
    costs = tuple(
        _worded_cost(one, kept[one.id.rstrip(value_costs.ASSUMED)], view) for one in view.ledger.costs
    )
    ledger = replace(view.ledger, benefits=tuple(benefits.values()), costs=costs)
    outcome = view.outcome
    proven, potential = (
        tuple(replace(one, benefit=benefits[one.benefit.id]) for one in lines)
        for lines in (outcome.proven, outcome.potential)
    )
    return replace(view, ledger=ledger, outcome=replace(outcome, proven=proven, potential=potential))


def _source(row: InputRow, view: LedgerView) -> str:
    source = row.source if row.metric_id is None else metric_words(row)
    other = foreign(row.unit, view.head.currency)
    worth, read = view.worths.get(other), _input(row)
    if not other or worth is None or isinstance(read, Trouble):
        return source
    return rated(source, read.value, other, worth)


def _worded_cost(cost: Cost, row: CostRow, view: LedgerView) -> Cost:
    if row.contract_id is None:
        return cost
    found, currency, assumed = view.spent.stretches[row.id], view.head.currency, cost.assumed
    said = value_costs.source(row, found, currency, view.worths, view.as_of, assumed=assumed)
    named = value_costs.prices(row, found, currency, view.worths, assumed=assumed)
    return replace(cost, title=value_costs.title(row, assumed=assumed), source=said, prices=named)


def metric_words(row: InputRow) -> str:
    """What a metric is called as a source: the usual ones in the language that is set, others by their name."""
    usual = {"active_users": _("Usage data: active users"), "seats_used": _("Usage data: seats in use")}
    return usual.get(row.metric_role) or row.metric_name or row.metric


def known(line: LineRow, as_of: dt.date) -> LineRow:
    """A line as it stood on a day: what was agreed, accepted or proved after it is open."""
    if line.agreed_on is not None and line.agreed_on > as_of:
        line = replace(line, agreed_on=None, agreed_by="")
    if line.logic_on is not None and line.logic_on > as_of:
        line = replace(line, logic="open", logic_on=None, logic_by="")
    if line.fact_on is not None and line.fact_on > as_of:
        line = replace(line, fact="open", fact_on=None, fact_by="")
    return line


def proved(rows: Sequence[queries.EvidenceRow], as_of: dt.date) -> tuple[queries.EvidenceRow, ...]:
    """The evidence there was on a day."""
    return tuple(row for row in rows if row.on_date is None or row.on_date <= as_of)


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
    source = metric_words(row) if follows else row.source
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
    factor = rates.factor(given.unit, currency)
    value, low, high = (None if one is None else one * factor for one in (given.value, given.low, given.high))
    source = rated(given.source, given.value, other, worth)
    unit = in_currency(given.unit, currency)
    return replace(given, value=value or Decimal(0), low=low, high=high, unit=unit, source=source)


def _tried(made: Benefit, ledger: Ledger) -> Trouble | None:
    try:
        rules.line(made, ledger)
    except (FormulaFault, UnitFault, LineFault) as fault:
        return Trouble(fault=fault)
    above = share_fault(made)
    return None if above is None else Trouble(fault=above)

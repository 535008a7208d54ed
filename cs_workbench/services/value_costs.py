"""What a kept ledger costs: amounts that were typed, and contracts at their price for as long as each runs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Literal, TypeAlias, cast

from cs_workbench.domain import contract_terms
from cs_workbench.domain import value_ledger as rules
from cs_workbench.domain.contract_terms import Stretch, Term
from cs_workbench.domain.formula import FormulaFault
from cs_workbench.domain.units import UnitFault
from cs_workbench.domain.value_ledger import Cost, LineFault, Price
from cs_workbench.i18n import _
from cs_workbench.services.value_figures import day, price, shown

if TYPE_CHECKING:
    from cs_workbench.domain.cash_flow import Spans
    from cs_workbench.services.value_rates import Rates, Worth
    from cs_workbench.store.queries.value import CostRow, LedgerRow
    from cs_workbench.store.queries.value_beside import Signed

Fault: TypeAlias = FormulaFault | UnitFault | LineFault
MissingCode: TypeAlias = Literal["value", "input", "cost", "currency"]
Gap: TypeAlias = tuple[dt.date, dt.date]
_DAY = dt.timedelta(days=1)
ASSUMED = "+"
"""After the id of a cost: the part of it that nobody has signed, beyond the end of its contract."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why a line or cost is left out of the sums: a fault, or a figure that is not known (``missing``). ``on``: the
    first day of the contract it is about.
    """

    fault: Fault | None = None
    missing: MissingCode | None = None
    words: str = ""
    on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Spent:
    """The costs of a ledger: computed, in trouble (by cost id), and the contracts behind them.

    ``stretches`` are by cost id. ``gaps`` are the days under no contract, ``covered`` the share of each year under
    one (empty: all of it), ``under`` from when to when there is one; none of them where the customer has left.
    ``unsigned`` are the days of ``gaps`` without a contract. ``ended`` is the last day of the last contract, None
    without one or without an end. ``ends`` is the ledger's last day. ``left`` is the customer's last day, None while it
    is one; ``dated`` as :class:`Signed` has it. ``void`` are contracts that never ran, ``undated`` those that are over
    without a last day on record, ``lapsed`` active ones that have ended beside one that goes on.
    """

    costs: tuple[Cost, ...] = ()
    troubles: Mapping[int, Trouble] = field(default_factory=dict)
    stretches: Mapping[int, tuple[Stretch, ...]] = field(default_factory=dict)
    gaps: tuple[Gap, ...] = ()
    covered: tuple[Decimal, ...] = ()
    under: tuple[Spans, ...] = ()
    ended: dt.date | None = None
    ends: dt.date = dt.date.max
    unsigned: tuple[Gap, ...] = ()
    left: dt.date | None = None
    dated: bool = True
    void: tuple[Term, ...] = ()
    undated: tuple[Term, ...] = ()
    lapsed: tuple[Term, ...] = ()

    def over(self, as_of: dt.date) -> bool:
        """Whether no day from *as_of* on is under contract: nothing is lost by waiting, and nothing gained a year."""
        return (self.left is not None and self.left <= as_of) or any(
            first <= as_of and last >= self.ends for first, last in self.gaps
        )


def spent(head: LedgerRow, rows: Sequence[CostRow], signed: Signed, as_of: dt.date, rates: Rates) -> Spent:
    """What a ledger costs as of a day; *signed* are the contracts of its account."""
    terms = signed.terms
    bounds = contract_terms.years_of(head.starts_on, head.years)
    followed = [row.contract_id for row in rows if row.contract_id is not None]
    places = contract_terms.arranged(followed, terms)
    behind = {
        row.id: contract_terms.stretches(places.get(row.contract_id, ()), bounds[0], bounds[-1])
        for row in rows
        if row.contract_id is not None
    }
    worths = {
        code: rates.worth(code, head.currency)
        for code in {one.term.currency or head.currency for found in behind.values() for one in found}
    }
    costs, troubles = _told(rows, behind, head, bounds, worths, as_of)
    every = [one for found in behind.values() for one in found]
    last = bounds[-1] - _DAY
    unsigned = contract_terms.gaps(every, bounds[0], bounds[-1]) if behind else ()
    gone = bounds[-1] if signed.left is None else max(signed.left + _DAY, bounds[0])
    gaps = contract_terms.with_tail(unsigned, gone, last)
    covered = contract_terms.shares(gaps, bounds) if gaps else ()
    typed = {str(row.id) for row in rows if row.id not in behind}
    costs = [rules.under_contract(one, covered) if one.id in typed else one for one in costs]
    under = contract_terms.spans(gaps, bounds) if gaps else ()
    void = (one for one in terms if one.void and one.begin <= last and (one.ends_on or last) >= bounds[0])
    undated = {
        one.term.id: one.term for one in every if one.first < one.end == one.term.paid_until < one.term.stop
    }
    lapsed = [one.term for found in places.values() for one in found if one.stopped]
    return Spent(
        tuple(costs), troubles, behind, gaps, covered, under, _ended(terms), last, unsigned, signed.left, signed.dated,
        tuple(void), tuple(undated.values()), tuple({one.id: one for one in lapsed}.values()),
    )  # fmt: skip


def _told(  # noqa: PLR0917 - the parts of the costs, from one place
    rows: Sequence[CostRow], behind: Mapping[int, tuple[Stretch, ...]], head: LedgerRow, bounds: Sequence[dt.date],
    worths: Mapping[str, Worth | None], as_of: dt.date,
) -> tuple[list[Cost], dict[int, Trouble]]:  # fmt: skip
    """The costs that are known, and why the others are not."""
    costs: list[Cost] = []
    troubles: dict[int, Trouble] = {}
    for row in rows:
        made = (
            _typed(row)
            if row.id not in behind
            else _contract(row, behind[row.id], head, bounds, worths, as_of)
        )
        if isinstance(made, Trouble):
            troubles[row.id] = made
        else:
            costs += made
    return costs, troubles


def _ended(terms: Sequence[Term]) -> dt.date | None:
    days = [one.ends_on or one.over for one in terms if not one.void]
    return max((one for one in days if one is not None), default=None) if None not in days else None


def _typed(row: CostRow) -> list[Cost] | Trouble:
    amounts = tuple(Decimal(amount) for amount in row.amounts.split())
    if any(amount < 0 for amount in amounts):
        return Trouble(fault=LineFault("negative_input", row.title))
    return [_cost(row, amounts, row.source)] if amounts else Trouble(missing="cost", words=row.title)


def _contract(  # noqa: PLR0917 - the parts of one cost, from one place
    row: CostRow, found: Sequence[Stretch], head: LedgerRow, bounds: Sequence[dt.date],
    worths: Mapping[str, Worth | None], as_of: dt.date,
) -> list[Cost] | Trouble:  # fmt: skip
    """A cost that follows a contract: what is signed, and apart from it what is assumed to go on."""
    factors: dict[str, Decimal] = {}
    if row.yearly is None:
        return Trouble(missing="cost", words=row.title)
    for one in found:
        if one.first >= one.end:
            continue
        if one.term.yearly is None:
            return Trouble(missing="cost", words=called(one.term))
        if one.term.yearly < 0:
            return Trouble(fault=LineFault("negative_term", called(one.term)), on=one.term.starts_on)
        worth = worths.get(one.term.currency or head.currency)
        if worth is None:
            return Trouble(missing="currency", words=one.term.currency)
        factors[one.term.currency] = worth.factor
    made = []
    for assumed in (False, True):
        part = [one for one in found if one.assumed is assumed]
        if part or (not assumed and not found):
            amounts = (Decimal(0), *contract_terms.amounts(part, bounds, factors))
            said = source(row, found, head.currency, worths, as_of, assumed=assumed)
            made.append(
                _cost(
                    row,
                    amounts,
                    said,
                    assumed=assumed,
                    prices=prices(row, found, head.currency, worths, assumed=assumed),
                )
            )
    return made


def _cost(
    row: CostRow, amounts: tuple[Decimal, ...], said: str, *, assumed: bool = False, prices: tuple[Price, ...] = ()
) -> Cost:  # fmt: skip
    confidence = cast("rules.Confidence", row.confidence)
    if assumed and rules.RISK[confidence] < rules.RISK["estimate"]:
        confidence = "estimate"
    key = f"{row.id}{ASSUMED}" if assumed else str(row.id)
    kind = cast("rules.CostKind", row.kind)
    return Cost(key, title(row, assumed=assumed), kind, amounts, confidence, said, assumed, prices)


def title(row: CostRow, *, assumed: bool) -> str:
    """What a cost is called in the language that is set; its unsigned part says so."""
    return _("{title}, renewal assumed").format(title=row.title) if assumed else row.title


def source(
    row: CostRow, found: Sequence[Stretch], currency: str, worths: Mapping[str, Worth | None], as_of: dt.date,
    *, assumed: bool = False,
) -> str:  # fmt: skip
    """What was pulled from contracts, and as of when: "JPY 1,200,000 a year, contract as of 24 Nov 2026"."""
    part = [one for one in found if one.assumed is assumed]
    if assumed:
        words = _("assumed: same price from {day}, not signed yet")
        said = [(called(one.term) if len(part) > 1 else "", words.format(day=day(one.first))) for one in part]
        return _("; ").join(_(", ").join(filter(None, each)) for each in said)
    told = [_stretch(row, one, currency, worths, as_of, alone=len(part) == 1) for one in part]
    told = told or [_("no contract in these years")]
    return _(", ").join((_("; ").join(told), _("contract as of {day}").format(day=day(as_of))))


def prices(
    row: CostRow,
    found: Sequence[Stretch],
    currency: str,
    worths: Mapping[str, Worth | None],
    *,
    assumed: bool,
) -> tuple[Price, ...]:
    """What the contracts that are paid for cost a year, for a row of a document."""
    part, made = [one for one in found if one.assumed is assumed], []
    for one in part:
        term = one.term
        if one.first >= one.end or term.yearly is None:
            continue
        until = one.end - _DAY if one.follower is not None else term.ends_on or term.over
        name = "" if len(part) == 1 and term.name in {row.title, ""} else called(term)
        made.append(
            Price(
                name, round(term.yearly, 2), term.currency or currency, None if one.assumed else until,
                one.beside is not None, _rate(worths.get(term.currency or currency)),
            )
        )  # fmt: skip
    return tuple(made)


def _rate(worth: Worth | None) -> str:
    if worth is None or worth.on is None:
        return ""
    return _("at {rate} of {day}").format(rate=shown(worth.factor), day=day(worth.on))


def _stretch(
    row: CostRow,
    one: Stretch,
    currency: str,
    worths: Mapping[str, Worth | None],
    as_of: dt.date,
    *,
    alone: bool,
) -> str:
    term = one.term
    parts = [] if alone and term.name in {row.title, ""} else [called(term)]
    if term.yearly is not None:
        parts.append(
            _("{amount} a year").format(amount=price(round(term.yearly, 2), term.currency or currency))
        )
    rate = _rate(worths.get(term.currency or currency))
    return _(", ").join((*parts, *filter(None, (rate,)), *_run(one, as_of)))


def _run(one: Stretch, as_of: dt.date) -> list[str]:
    """How long a contract is paid, who takes over from it, and what it is paid beside."""
    term, parts = one.term, []
    if term.stop <= term.begin:
        return [_("not counted: it ends before it begins")]
    if one.first >= one.end and one.follower is None:
        return [_("not counted: it is over, and its days are not known")]
    if one.follower is not None:
        other = called(one.follower)
        if one.first >= one.end:
            return [_("not counted: replaced by {contract}").format(contract=other)]
        last = day(one.end - _DAY)
        parts.append(_("until {day}, then followed by {contract}").format(day=last, contract=other))
    elif (end := term.ends_on or term.over) is not None:
        words = _("ended {day}") if end < as_of else _("until {day}")
        parts.append(words.format(day=day(end)))
    if one.beside is not None:
        parts.append(_("beside {contract}").format(contract=called(one.beside)))
    return parts


def called(term: Term) -> str:
    """What a contract is called: its name or number; one without either by its first day."""
    if term.name or term.starts_on is None:
        return term.name or _("a contract without a number")
    return _("contract from {day}").format(day=day(term.starts_on))

"""A value ledger as facts for documents: lines, costs, headline, sensitivity; what stays with us apart."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from cs_workbench.domain import sensitivity
from cs_workbench.domain.cash_flow import NEARLY, ONE, ZERO, break_even, present_value
from cs_workbench.domain.ledger_checks import twice
from cs_workbench.domain.sensitivity import Moving, Swing
from cs_workbench.domain.units import is_share
from cs_workbench.domain.value_ledger import RISK, Input, shared_inputs
from cs_workbench.i18n import _
from cs_workbench.reports.value_facts import (
    ValueCase,
    ValueCost,
    ValueGap,
    ValueLine,
    ValueNote,
    ValuePrice,
    ValueProof,
    ValueSource,
    ValueSwing,
    ValueYear,
)
from cs_workbench.services import value_figures, value_notices

if TYPE_CHECKING:
    from cs_workbench.domain.value_ledger import Cost, Ledger, Line
    from cs_workbench.reports.roi.facts import LineWords, RoiFacts
    from cs_workbench.services.value_reading import LedgerView

MOST_SWINGS = 5
_TITLE, _TEXT, _NAME = 90, 160, 25  # characters on paper; the workbook has them whole
_SCALES = {"en": ((10**10, 10**9), (10**7, 10**6), (10**4, 10**3)), "ja": ((10**11, 10**8), (10**6, 10**4))}
"""From which amount on charts divide by what: B, M and K; 億 and 万."""
_NOTHING = Decimal("0.000001")
_FINEST = 6


def value_case(
    facts: RoiFacts, ledger_id: int | None = None, missing: tuple[ValueGap, ...] = ()
) -> ValueCase:
    """*facts* as a template wants them, in their language (which must be set). A kept ledger names its records;
    *missing* are lines that would count and cannot be computed.
    """
    ledger, outcome = facts.ledger, facts.outcome
    kept = ledger_id is not None
    gross = present_value(outcome.gross, ledger.rate)
    present = present_value(outcome.benefits, ledger.rate)
    cost = present_value(outcome.costs, ledger.rate)
    moved = () if facts.unknown_costs else sensitivity.tornado(ledger)
    moving = sensitivity.Moving(ledger)
    result = outcome.result
    equal = result is not None and bool(outcome.proven) and abs(present - cost) < cost * NEARLY
    return ValueCase(
        _short(facts.name or facts.title, _TITLE), ledger.currency, ledger.years, ledger.rate, facts.starts_on,
        facts.as_of,
        _lines(outcome.proven, facts, kept), _lines(outcome.potential, facts, kept),
        tuple(_cost(one, ledger, kept) for one in ledger.costs), gross, present, cost, present - cost,
        outcome.delay * 12, outcome.delay,
        roi=result.roi if result else None, ratio=result.bcr if result else None,
        payback=result.payback if result else None,
        enough=break_even(cost, present) if result and present > 0 else None,
        unknown_costs=tuple(ValueGap(_short(title, _TITLE), why) for title, why in facts.unknown_costs),
        low=sensitivity.npv(sensitivity.case(ledger, "low", moved)) if moved else None,
        high=sensitivity.npv(sensitivity.case(ledger, "high", moved)) if moved else None,
        swings=tuple(_swing(one, facts, moving) for one in moved[:MOST_SWINGS]),
        turning=tuple(
            _swing(one, facts, moving) for one in moved if min(one.npv_low, one.npv_high) < 0 <= present - cost
        ),
        nearly=_nearly(moved, facts, cost), flow=_flow(facts),
        equal=equal,
        shared=_shared(facts), twice=_twice(facts), unconfirmed=sum(not one.benefit.agreed for one in outcome.proven),
        left_out=len(facts.left_out), scale=_scale(facts, max(gross, cost, abs(present - cost))),
        ref=f"value_ledger/{ledger_id}" if kept else "", ends_on=facts.ends_on, so_far=facts.so_far, past=facts.past,
        gaps=facts.gaps, unread=facts.unread, left=facts.left, left_dated=facts.left_dated, replaced=facts.replaced,
        assumed_from=facts.assumed_from, sources=_origins(facts), missing=missing,
        outside=_outside(facts),
    )  # fmt: skip


def notes(view: LedgerView, why: Sequence[tuple[int, str]]) -> tuple[ValueNote, ...]:
    """What the customer does not see of a ledger: notes, what is missing, whom to ask, why a line is left out."""
    reasons = dict(why)
    found = (
        ValueNote(
            _short(line.title, _TITLE), _short(line.note, _TEXT), _short(line.missing, _TEXT), _short(line.ask, _TEXT),
            line.ask_name, reasons.get(line.id, ""), f"value_line/{line.id}",
        )
        for line in view.lines
    )  # fmt: skip
    whole = (ValueNote(_short(view.head.name, _TITLE), one) for one in value_notices.sentences(view))
    return (*whole, *(one for one in found if one.note or one.missing or one.ask or one.left_out))


def _short(text: str, most: int) -> str:
    """One line of at most *most* characters."""
    words = " ".join(text.split())
    return words if len(words) <= most else words[: most - 1].rstrip() + "…"


def _lines(lines: Sequence[Line], facts: RoiFacts, kept: bool) -> tuple[ValueLine, ...]:
    made = (_line(one, facts.words[one.benefit.id], kept) for one in lines)
    return tuple(sorted(made, key=lambda one: -one.present))


def _line(one: Line, words: LineWords, kept: bool) -> ValueLine:
    benefit = one.benefit
    given = {each.name: each for each in benefit.inputs}
    sums = value_figures.with_figures(benefit.formula, given, _past_means(one))
    if benefit.attribution != ONE:
        bracketed = f"({sums})" if set(sums) & set("+−") else sums
        sums = f"{bracketed} × {value_figures.shares(benefit.attribution)}"
    days = [each.as_of for each in benefit.inputs if each.as_of is not None]
    return ValueLine(
        _short(benefit.title, _TITLE), one.yearly, RISK[benefit.confidence], one.present, _short(sums, _TEXT),
        _short(benefit.mechanism, _TEXT), benefit.category, benefit.confidence, benefit.logic, benefit.fact,
        benefit.agreed, _short(words.agreed_by, 60), words.agreed_on, benefit.attribution,
        _short(words.baseline, _TEXT), _sources(benefit.inputs), min(days, default=None),
        tuple(ValueProof(_short(text, 80), on, kind) for kind, text, on in words.evidence),
        f"value_line/{benefit.id}" if kept else "", words.logic_by, words.fact_by,
        any(amount != one.yearly for amount in one.flow[1:]),
    )  # fmt: skip


def _past_means(one: Line) -> dict[str, str]:
    """The means that past days count, by input, in words; none where they are today's figure."""
    found: dict[str, dict[Decimal, None]] = {}
    for past in one.benefit.past:
        for name, mean in past.means if past is not None else ():
            found.setdefault(name, {})[mean] = None
    now = {each.name: each for each in one.benefit.inputs}
    return {
        name: _("past days {means}").format(
            means=_(", ").join(value_figures.mean(value, now[name].unit) for value in means)
        )
        for name, means in found.items()
        if set(means) != {now[name].value}
    }


def _origins(facts: RoiFacts) -> tuple[ValueSource, ...]:
    """Every input of the counted lines under its source and day, each once."""
    found: dict[tuple[str, dt.date | None], dict[str, None]] = {}
    for line in facts.outcome.proven:
        labels = facts.words[line.benefit.id].labels
        for one in line.benefit.inputs:
            said = (
                f"{_short(labels.get(one.name, one.name), 60)} {value_figures.quantity(one.value, one.unit)}"
            )
            found.setdefault((_short(one.source, 80), one.as_of), {})[said] = None
    return tuple(ValueSource(source, on, tuple(figures)) for (source, on), figures in found.items())


def _outside(facts: RoiFacts) -> tuple[str, ...]:
    """What the inputs of counted lines are called whose figure lies beside its bounds, each once."""
    found: dict[str, None] = {}
    for line in facts.outcome.proven:
        labels = facts.words[line.benefit.id].labels
        for one in line.benefit.inputs:
            below, above = (
                one.low is not None and one.value < one.low,
                one.high is not None and one.value > one.high,
            )
            if below or above:
                found[_short(labels.get(one.name, one.name), 60)] = None
    return tuple(found)


def _sources(inputs: Sequence[Input]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_short(one.source, 60) for one in inputs if one.source.strip()))


def _cost(one: Cost, ledger: Ledger, kept: bool) -> ValueCost:
    amounts = [*one.amounts[: ledger.years + 1], *[ZERO] * (ledger.years + 1 - len(one.amounts))]
    factor = ONE + RISK[one.confidence]
    return ValueCost(
        _short(one.title, _TITLE), one.kind, amounts[0], sum(amounts[1:], ZERO) / max(ledger.years, 1),
        RISK[one.confidence], present_value([value * factor for value in amounts], ledger.rate), one.confidence,
        _short(one.source, _TEXT), f"value_cost/{one.id.rstrip('+')}" if kept else "", len(set(amounts[1:])) > 1,
        one.assumed,
        tuple(ValuePrice(_short(price.name, _NAME), price.year, price.currency, price.until, price.beside, price.note)
              for price in one.prices),
        bool(one.whole),
    )  # fmt: skip


def _swing(one: Swing, facts: RoiFacts, moving: Moving) -> ValueSwing:
    benefit = next(each for each in facts.ledger.benefits if each.id == one.benefit_id)
    given = next(each for each in benefit.inputs if each.name == one.name)
    label = facts.words[one.benefit_id].labels.get(one.name, one.name)
    low, high = (value_figures.figure(end, given.unit) for end in (one.low, one.high))
    worse, better = sorted((one.npv_low, one.npv_high))
    even = _even(facts.ledger, one, moving)
    return ValueSwing(
        _short(label, 60), f"{low}–{high}", worse, better, value_figures.figure(given.value, given.unit),
        _reached(even, given),
    )  # fmt: skip


def _nearly(moved: Sequence[Swing], facts: RoiFacts, cost: Decimal) -> str:
    """What the bounded input is called that leaves next to nothing at its worse end."""
    for one in moved:
        if 0 <= min(one.npv_low, one.npv_high) < cost * NEARLY:
            return _short(facts.words[one.benefit_id].labels.get(one.name, one.name), 60)
    return ""


def _rounded(value: Decimal, given: Input) -> str:
    """A break-even as it is read: three figures of it, whole percents; more where it would read like the figure."""
    share = given.unit.strip() == "%"
    places = 2 if share else 0 if value >= 100 else 1 if value >= 10 else 2
    while round(value, places) == given.value != value and places < _FINEST:
        places += 1
    return value_figures.figure(round(value, places), given.unit)


def _even(ledger: Ledger, one: Swing, moving: Moving) -> Decimal | None:
    """Where the net is zero. Most formulas are straight in one input: two ends tell, and the third point is tried."""
    if one.high != one.low and one.npv_high != one.npv_low:
        slope = (one.npv_high - one.npv_low) / (one.high - one.low)
        found = one.low - one.npv_low / slope
        if found >= 0:
            try:
                left = moving.npv(one.benefit_id, one.name, found)
            except ValueError:  # a division by the input
                left = ONE
            if abs(left) <= _NOTHING:
                return found
    return sensitivity.break_even(ledger, one.benefit_id, one.name)


def _reached(even: Decimal | None, given: Input) -> str:
    """A break-even as it is read; "" where there is none, or where a share would have to be above one."""
    return "" if even is None or (is_share(given.unit) and even > 1) else _rounded(even, given)


def _flow(facts: RoiFacts) -> tuple[ValueYear, ...]:
    years, total = [], ZERO
    for number, (gained, spent) in enumerate(zip(facts.outcome.benefits, facts.outcome.costs, strict=True)):
        total += gained - spent
        years.append(ValueYear(number, gained, spent, total))
    return tuple(years)


def _twice(facts: RoiFacts) -> tuple[str, ...]:
    """The counted lines that are one gain by their figures."""
    titles = {one.benefit.id: _short(one.benefit.title, _TITLE) for one in facts.outcome.proven}
    found = (one for ids in twice(one.benefit for one in facts.outcome.proven) for one in ids)
    return tuple(titles[one] for one in found)


def _shared(facts: RoiFacts) -> tuple[str, ...]:
    """What the inputs are called that more than one counted line is computed from, but for lines told as one gain."""
    counted = [one.benefit for one in facts.outcome.proven]
    told = [frozenset(ids) for ids in twice(counted)]
    found = []
    for key, ids in shared_inputs(counted).items():
        if any(told_ids >= set(ids) for told_ids in told):
            continue
        benefit = next(one for one in counted if one.id == ids[0])
        name = next((one.name for one in benefit.inputs if key in {one.metric, one.name}), key)
        found.append(_short(facts.words[benefit.id].labels.get(name, name), 60))
    return tuple(found)


def _scale(facts: RoiFacts, most: Decimal) -> int:
    return next((step for least, step in _SCALES[facts.language] if most >= least), 1)

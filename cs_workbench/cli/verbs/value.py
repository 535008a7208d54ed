"""The verb that proves value: an account's ledger, or one in a file, computed line by line."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from cs_workbench import i18n
from cs_workbench.cli import opening, output
from cs_workbench.domain import ledger_checks, sensitivity
from cs_workbench.domain.cash_flow import ZERO, NoCost, whole
from cs_workbench.domain.formula import FormulaFault
from cs_workbench.domain.units import UnitFault
from cs_workbench.domain.value_ledger import LineFault, compute
from cs_workbench.errors import InvalidValue, NotFound
from cs_workbench.i18n import _
from cs_workbench.services.value_words import (
    CONFIDENCE,
    FACT,
    LOGIC,
    cost_gap,
    fault_words,
    overlap_sentences,
    trouble_words,
)

if TYPE_CHECKING:
    from cs_workbench.domain.value_ledger import Ledger, Line, Outcome
    from cs_workbench.services.value_reading import LedgerView


def run(words: argparse.Namespace) -> int:
    """Show the return of an account's newest ledger, or of the one in the file named with --model."""
    if bool(words.account) == bool(words.model):
        raise InvalidValue(
            _("Name an account, or a ledger file with --model."),
            _("List the accounts with: cs-workbench accounts"),
            code="account",
        )
    if words.model and words.export:
        return _export_model(words)
    if words.model:
        from cs_workbench.services import value_files

        ledger = value_files.read_file(words.model)
        _tell(words, ledger, _computed(ledger), None)
        return 0
    from cs_workbench.services import accounts, value_begun, value_exports

    with opening.opened(words) as workbench:
        account_id, day = accounts.find_account(workbench.reads, words.account), opening.as_of(words)
        value_begun.check(workbench.reads, account_id, day)
        view = value_exports.chosen(workbench.reads, account_id, None, day)
    if view is None:
        raise NotFound(
            _("This account has no value ledger yet."),
            _("Start one on its Value page, or compute a file with --model."),
            code="no_ledger",
            candidates=[],
        )
    if words.export:
        return _export(words, account_id)
    _tell(words, view.ledger, view.outcome, view)
    return 0


def _export(words: argparse.Namespace, account_id: int) -> int:
    from cs_workbench.services import value_documents

    with opening.opened(words, to_write=True) as workbench:
        result = value_documents.export(
            workbench,
            account_id,
            formats=words.export,
            edition=words.edition,
            language=words.lang or workbench.setting("language", "en"),
            as_of=opening.as_of(words),
            out_dir=words.out,
            now=opening.now(),
        )
    return _written(words, result.files)


def _export_model(words: argparse.Namespace) -> int:
    """A ledger in a file needs no portfolio: the language is the one asked for, else the program's."""
    from cs_workbench.services import value_documents

    language = words.lang or i18n.language()
    try:
        files = value_documents.export_model(
            words.model, formats=words.export, edition=words.edition, language=language,
            as_of=opening.as_of(words), out_dir=words.out,
        )  # fmt: skip
    except (FormulaFault, UnitFault, LineFault, NoCost) as fault:
        raise _refused(fault) from fault
    return _written(words, files)


def _written(words: argparse.Namespace, files: Sequence[str]) -> int:
    if opening.wants_json(words):
        output.show_json({"files": list(files)})
    else:
        output.show("\n".join(files))
    return 0


def _refused(fault: FormulaFault | UnitFault | LineFault | NoCost) -> InvalidValue:
    """Why the ledger of a file cannot be computed."""
    if isinstance(fault, NoCost):
        return InvalidValue(
            _("The costs add up to nothing: a return on nothing has no meaning."),
            _("Enter what the customer spends."),
            code="no_cost",
        )
    return InvalidValue(fault_words(fault), _("Correct it in the file."), code=_code(fault))


def _computed(ledger: Ledger) -> Outcome:
    """The ledger of a file. Raises InvalidValue where a line of it cannot be computed."""
    try:
        return compute(ledger)
    except (FormulaFault, UnitFault, LineFault, NoCost) as fault:
        raise _refused(fault) from fault


def _tell(words: argparse.Namespace, ledger: Ledger, outcome: Outcome, view: LedgerView | None) -> None:
    kept = None if view is None else view.inputs
    for about in (*overlap_sentences(ledger.benefits, kept), *_notices(view)):
        output.say(about)
    if opening.wants_json(words):
        output.show_json(_data(ledger, outcome, view))
        return
    if view is not None and view.cost_troubles:
        _tell_unknown(view)
    else:
        _tell_headline(ledger, outcome)
    _tell_benefits(_("Counted"), outcome.proven, ledger.currency)
    _tell_benefits(_("Potential, not counted"), outcome.potential, ledger.currency)
    if view is not None:
        for line in view.lines:
            if line.id in view.troubles:
                output.show(
                    _("Left out: {title}: {reason}").format(
                        title=line.title, reason=trouble_words(view.troubles[line.id])
                    )
                )
    if view is None or not view.cost_troubles:
        _tell_flow(ledger, outcome)
        _tell_tornado(ledger)
    output.say(_("Present values at {rate} a year; amounts rounded to whole units, halves away from zero.").format(
        rate=f"{ledger.rate:%}".replace(".000000", "")))  # fmt: skip


def _tell_unknown(view: LedgerView) -> None:
    """Which cost is not known: a return without it would only look better."""
    for row in view.costs:
        if row.id in view.cost_troubles:
            output.show(
                _("Not measured: cost {title} ({reason}).").format(
                    title=row.title, reason=cost_gap(view.cost_troubles[row.id])
                )
            )
    output.show(_("No return is told while a cost is not known."))


def _tell_headline(ledger: Ledger, outcome: Outcome) -> None:
    result = outcome.result
    if result is None:
        output.show(_("No costs are entered, so there is no return yet."))
        return
    if not outcome.proven:
        output.show(_("No line counts yet, so there is no return."))
        costs = (_("Costs, present value"), _money(result.costs, ledger.currency))
        output.show(output.table((_("Figure"), _("Value")), [costs], right=frozenset((1,))))
        return
    rows = [
        (_("Return on investment"), f"{whole(result.roi * 100):,}%"),
        (_("Net present value"), _money(result.npv, ledger.currency)),
        (_("Benefits, present value"), _money(result.benefits, ledger.currency)),
        (_("Costs, present value"), _money(result.costs, ledger.currency)),
        (_("Verified value ÷ cost"), f"{result.bcr:.2f}"),
        (_("Payback"), _payback(result.payback)),
        (_("A month's delay costs"), _money(outcome.delay, ledger.currency)),
    ]
    output.show(output.table((_("Figure"), _("Value")), rows, right=frozenset((1,))))


def _payback(years: Decimal | None) -> str:
    if years is None:
        return _("never")
    if 0 < years < 2:  # as the window and the papers say it
        return _("{n} months").format(n=f"{years * 12:.1f}")
    return _("{years} years").format(years=f"{years:.1f}") if years else _("nothing is spent ahead")


def _tell_benefits(title: str, lines: Sequence[Line], currency: str) -> None:
    if not lines:
        return
    head = (title, _("A year"), _("After risk"), _("Confidence"), _("A: logic"), _("B: fact"))
    rows = [
        (
            one.benefit.title,
            _money(one.yearly, currency),
            _money(one.adjusted[-1], currency),
            _(CONFIDENCE[one.benefit.confidence]),
            _(LOGIC[one.benefit.logic]),
            _(FACT[one.benefit.fact]),
        )
        for one in lines
    ]
    output.show(output.table(head, rows, right=frozenset((1, 2)), give=(0,)))


def _tell_flow(ledger: Ledger, outcome: Outcome) -> None:
    head = (_("Year"), _("Benefits"), _("Costs"), _("Net"))
    rows = [
        (str(year), *(_money(amount, ledger.currency) for amount in (gain, cost, gain - cost)))
        for year, (gain, cost) in enumerate(zip(outcome.benefits, outcome.costs, strict=True))
    ]
    output.show(output.table(head, rows, right=frozenset((1, 2, 3))))


def _tell_tornado(ledger: Ledger) -> None:
    swings = sensitivity.tornado(ledger)
    if not swings:
        return
    head = (_("Input"), _("Low"), _("High"), _("NPV at low"), _("NPV at high"))
    rows = [
        (
            one.name,
            f"{one.low:f}",
            f"{one.high:f}",
            _money(one.npv_low, ledger.currency),
            _money(one.npv_high, ledger.currency),
        )
        for one in swings
    ]
    output.show(output.table(head, rows, right=frozenset((1, 2, 3, 4))))


def _data(ledger: Ledger, outcome: Outcome, view: LedgerView | None) -> dict[str, object]:
    result = outcome.result
    known = view is None or not view.cost_troubles
    figures = None
    if result is not None:
        figures = {
            "roi": Decimal(f"{result.roi:.6f}"),
            "npv": whole(result.npv),
            "benefits": whole(result.benefits),
            "costs": whole(result.costs),
            "bcr": Decimal(f"{result.bcr:.6f}"),
            "payback_years": None if result.payback is None else Decimal(f"{result.payback:.4f}"),
        }
    return {
        "currency": ledger.currency,
        "years": ledger.years,
        "rate": ledger.rate,
        "result": figures,
        "delay_month": whole(outcome.delay),
        "cash_flow": [
            {"year": year, "benefits": whole(gain), "costs": whole(cost) if known else None}
            for year, (gain, cost) in enumerate(zip(outcome.benefits, outcome.costs, strict=True))
        ],
        "counted": [_line(one) for one in outcome.proven],
        "potential": [_line(one) for one in outcome.potential],
        "left_out": _left_out(view),
        "overlaps": [
            {"input": name or None, "benefits": list(ids)}
            for name, ids in ledger_checks.overlaps(ledger.benefits)
        ],
        "notices": list(_notices(view)),
        "working": _working(ledger, outcome, view),
        "sensitivity": [
            {
                "benefit": one.benefit_id, "input": one.name, "low": one.low, "high": one.high,
                "npv_low": whole(one.npv_low), "npv_high": whole(one.npv_high),
            }
            for one in (sensitivity.tornado(ledger) if known else ())
        ],
    }  # fmt: skip


def _line(one: Line) -> dict[str, object]:
    benefit = one.benefit
    return {
        "id": benefit.id,
        "title": benefit.title,
        "category": benefit.category,
        "formula": benefit.formula,
        "inputs": [
            {
                "name": each.name,
                "value": each.value,
                "unit": each.unit,
                "source": each.source,
                "as_of": each.as_of,
            }
            for each in benefit.inputs
        ],
        "full_year": whole(one.full_year),
        "attribution": benefit.attribution,
        "confidence": benefit.confidence,
        "logic": benefit.logic,
        "fact": benefit.fact,
        "agreed": benefit.agreed,
        "past": [_past(one, year) for year, past in enumerate(benefit.past, 1) if past is not None],
        "flow": [whole(amount) for amount in one.flow],
        "risk_adjusted": [whole(amount) for amount in one.adjusted],
        "present_value": whole(one.present),
    }


def _past(one: Line, year: int) -> dict[str, object]:
    """The days of a year that count at what was read then."""
    past = one.benefit.past_of(year)
    means = {} if past is None else {name: Decimal(f"{mean:.6f}") for name, mean in past.means}
    share = ZERO if past is None else Decimal(f"{past.share:.6f}")
    unread = ZERO if past is None else Decimal(f"{past.unread:.6f}")
    full = whole(one.then_of(year) or ZERO)
    return {"year": year, "share": share, "means": means, "not_measured": unread, "full_year": full}


def _working(ledger: Ledger, outcome: Outcome, view: LedgerView | None) -> list[dict[str, object]]:
    """Every figure with the steps it comes from; ``exact`` is unrounded."""
    from cs_workbench.services import value_working

    return [
        {
            "key": one.key,
            "title": one.title,
            "result": one.result,
            "steps": [
                {
                    "name": step.name, "rule": step.rule, "numbers": step.numbers, "result": step.result,
                    "exact": step.exact, "about": step.about,
                }
                for step in one.steps
            ],
        }
        for one in value_working.workings(value_working.book(ledger, outcome, view))
    ]  # fmt: skip


def _notices(view: LedgerView | None) -> tuple[str, ...]:
    """What is told of a kept ledger as a whole; nothing of one in a file."""
    from cs_workbench.services import value_notices

    return () if view is None else value_notices.sentences(view)


def _left_out(view: LedgerView | None) -> list[dict[str, object]]:
    if view is None:
        return []
    titles = {line.id: line.title for line in view.lines}
    costs = {row.id: row.title for row in view.costs}
    return [
        {"kind": kind, "id": str(key), "title": named[key], "reason": trouble_words(trouble)}
        for kind, named, troubles in (("benefit", titles, view.troubles), ("cost", costs, view.cost_troubles))
        for key, trouble in troubles.items()
    ]


def _money(amount: Decimal, currency: str) -> str:
    return f"{currency} {whole(amount):,}"


def _code(fault: Exception) -> str:
    return str(getattr(fault, "code", "unit"))

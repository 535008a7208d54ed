"""A value ledger as what its documents are made of: the workbook's facts and words, and the facts of templates."""

from __future__ import annotations

import contextvars
import datetime as dt
from typing import TYPE_CHECKING, Literal

from cs_workbench import i18n
from cs_workbench.i18n import _, mark
from cs_workbench.reports.figures import currency_word
from cs_workbench.services.unit_words import PER
from cs_workbench.services.value_figures import COUNTED, day, for_paper, with_words
from cs_workbench.services.value_words import CONFIDENCE, COST_KIND, FACT, LOGIC, cost_gap, fault_words

if TYPE_CHECKING:
    from cs_workbench.domain.value_ledger import Ledger
    from cs_workbench.reports.roi.facts import LineWords, RoiFacts
    from cs_workbench.reports.value_facts import ValueCase, ValueNote
    from cs_workbench.services.value_costs import Trouble
    from cs_workbench.services.value_reading import LedgerView
    from cs_workbench.store.queries.value import LineRow
    from cs_workbench.store.reads import Reads

Language = Literal["en", "ja"]
Edition = Literal["customer", "internal"]

TEXT = {
    "summary_sheet": mark("Summary"), "benefits_sheet": mark("Benefits"), "costs_sheet": mark("Costs"),
    "cash_flow_sheet": mark("Cash flow"), "sensitivity_sheet": mark("Sensitivity"),
    "evidence_sheet": mark("Evidence"), "definitions_sheet": mark("Definitions"),
    "benefits": mark("Benefits"), "costs": mark("Costs"), "cash_flow": mark("Cash flow"),
    "sensitivity": mark("Sensitivity"), "evidence": mark("Evidence"), "definitions": mark("Definitions"),
    "benefits_note": mark("Tinted cells are inputs: change them and everything else follows."),
    "by": mark("{sender}, as of {day}"), "internal_mark": mark("Internal. Do not send."),
    "input": mark("Input"), "value": mark("Figure"), "unit": mark("Unit"), "low": mark("Low"), "high": mark("High"),
    "source": mark("Source"), "as_of": mark("As of"), "formula": mark("A full year"),
    "attribution": mark("Our share of it"), "risk": mark("Taken off for risk"), "ramp": mark("Share of full effect"),
    "covered": mark("Share of the year under contract"),
    "past_mean": mark("{name}: mean of the days before {day}"),
    "past_share": mark("Share of its days before {day}"),
    "past_unread": mark("Of it not measured: at least an estimate's risk"),
    "past_year": mark("A full year at those means"),
    "whole_years": mark("{title}, for a whole year"),
    "whole_note": mark("Training and internal hours count for the days under contract."),
    "under_from": mark("Under contract from (share of the year)"), "under_to": mark("Under contract until"),
    "after_risk": mark("After risk"), "counts": mark("Counts (1) or not (0)"), "counted": mark("counted"),
    "potential": mark("potential, not counted"), "start": mark("Start"), "year_n": mark("Year {n}"),
    "cost": mark("Cost"), "confidence": mark("Confidence"), "net": mark("Net"), "cumulated": mark("Cumulated"),
    "factor": mark("Discount factor"), "total": mark("Total"), "present_value": mark("Present value"),
    "payback_row": mark("Months until paid back, found year by year"), "payback": mark("Payback (months)"),
    "never": mark("not within these years"), "ahead": mark("nothing is spent ahead"),
    "roi": mark("Return on investment"), "npv": mark("Net present value"),
    "benefits_pv": mark("Benefits, present value"), "costs_pv": mark("Costs, present value"),
    "bcr": mark("Verified value ÷ cost"), "delay": mark("A month's delay costs"),
    "roi_is": mark("net present value ÷ present value of costs"), "npv_is": mark("benefits − costs, both discounted"),
    "benefits_pv_is": mark("counted benefits after risk, discounted"),
    "costs_pv_is": mark("costs with their risk, discounted"), "bcr_is": mark("present values"),
    "payback_is": mark("when the cumulated net is no longer negative"),
    "delay_is": mark("a twelfth of a full year's counted benefits after risk"),
    "period": mark("From, to"), "before": mark("Before"), "no_source": mark("no source named"),
    "risk_on": mark("Put on for risk"), "gross": mark("Benefits before risk, present value"),
    "gross_is": mark("counted benefits as claimed, discounted"), "enough": mark("Break-even"),
    "enough_is": mark("costs ÷ benefits: this share of the benefits covers the costs"),
    "worst": mark("Net, every input at its worse end"), "best": mark("Net, every input at its better end"),
    "worst_is": mark("from the Sensitivity sheet"), "best_is": mark("from the Sensitivity sheet"),
    "all_worse": mark("All at the worse end"), "all_better": mark("All at the better end"),
    "benefit": mark("Benefit"), "a_year": mark("A year"), "yes": mark("counted"), "no": mark("not counted"),
    "left_out": mark("left out"), "not_known": mark("not measured"),
    "no_return": mark("No return is told while a cost is not known."),
    "chart": mark("Benefits, costs and cumulated net by year"),
    "sensitivity_note": mark("One input at its low and high figure, the others as they are."),
    "past_note": mark(
        "Past days keep the means of their readings: an input that follows usage moves only what is to come."
    ),
    "npv_low": mark("NPV at low"), "npv_high": mark("NPV at high"), "swing": mark("Swing"),
    "no_bounds": mark("No counted input has a low or high figure."),
    "tornado": mark("Which input moves the result most"), "logic": mark("A: logic"), "fact": mark("B: fact"),
    "agreed": mark("Agreed by"), "not_agreed": mark("not agreed yet"), "proof": mark("Proof"), "date": mark("Date"),
    "note": mark("Note"), "signed": mark("{said}: {by}"), "no_proof": mark("not proved yet"),
    "rate": mark("Discount rate a year"),
    "define_present": mark(
        "Present value: amounts of year n are divided by (1 + rate)^n; the start is not discounted."
    ),
    "define_roi": mark("ROI = (present value of benefits − present value of costs) ÷ present value of costs."),
    "define_risk": mark(
        "Risk: measured 5%, confirmed by you 10%, estimate 20%, assumption 30%; taken off benefits, put onto"
        " costs."
    ),
    "define_counts": mark(
        "A benefit counts when you agreed to it, or when its logic is accepted (A) and it is proved by fact"
        " (B). Others are potential and stand apart."
    ),
    "define_payback": mark(
        "Payback: months until the cumulated net is no longer negative and stays so; within a year it is taken as"
        " spread evenly."
    ),
    "define_whole": mark(
        "Training and internal hours count for the share of each year that is under contract; set-up and other costs as"
        " typed."
    ),
    "define_rounding": mark("Nothing is rounded on the way; shown amounts are in whole units, halves away from zero."),
}  # fmt: skip
"""The workbook's own words; grades, kinds and confidence come from value_words."""
_TO_THEM = {"confirmed": mark("confirmed by you")}
"""What is said otherwise to the customer than of them."""


def chosen(reads: Reads, account_id: int, ledger_id: int | None, as_of: dt.date) -> LedgerView | None:
    """The ledger *ledger_id* of an account, its newest where none is named; None where none was begun by *as_of*.

    One statement without a ledger, six with one.
    """
    from cs_workbench.services import value_begun, value_reading
    from cs_workbench.store.queries import value as queries

    heads = value_begun.known(reads, queries.ledgers(reads, account_id), as_of)
    wanted = next((head.id for head in heads if ledger_id in {None, head.id}), None)
    return None if wanted is None else value_reading.ledger_view(reads, wanted, as_of)


def case_of(
    view: LedgerView | None, account: str, sender: str, language: str
) -> tuple[ValueCase | None, tuple[ValueNote, ...]]:
    """What a template may see of a ledger, and what stays with us; (None, ()) where there is none."""
    if view is None:
        return None, ()
    return contextvars.copy_context().run(_case, view, account, sender, _language(language))


def _case(
    view: LedgerView, account: str, sender: str, language: Language
) -> tuple[ValueCase, tuple[ValueNote, ...]]:
    from cs_workbench.reports.value_facts import ValueGap
    from cs_workbench.services import value_case

    facts = _facts(view, account, sender, language, "internal")
    why = [(line_id, _why(trouble)) for line_id, trouble in view.troubles.items()]
    missing = tuple(ValueGap(title, reason) for title, reason in _left_out(view, "customer"))
    return value_case.value_case(facts, view.head.id, missing), value_case.notes(view, why)


def _language(wanted: str) -> Language:
    return "ja" if wanted == "ja" else "en"


def roi_facts(view: LedgerView, account: str, sender: str, *, language: str, edition: str) -> RoiFacts:
    """What the workbook of a ledger is made of, in the document's language. The customer edition holds no notes."""
    wanted: Edition = "internal" if edition == "internal" else "customer"
    return contextvars.copy_context().run(_facts, view, account, sender, _language(language), wanted)


def model_facts(
    ledger: Ledger, name: str, *, as_of: dt.date, language: str, edition: str
) -> tuple[RoiFacts, ValueCase]:
    """The same of a ledger that stands alone in a file: it knows nobody's words but its own.

    Raises what computing it raises: FormulaFault, UnitFault, LineFault, NoCost.
    """
    wanted: Edition = "internal" if edition == "internal" else "customer"
    return contextvars.copy_context().run(_model, ledger, name, as_of, _language(language), wanted)


def _model(
    ledger: Ledger, name: str, as_of: dt.date, language: Language, edition: Edition
) -> tuple[RoiFacts, ValueCase]:
    from cs_workbench.domain.contract_terms import years_of
    from cs_workbench.domain.value_ledger import compute
    from cs_workbench.reports.roi.facts import LineWords, RoiFacts
    from cs_workbench.services import value_case

    i18n.set_language(language)
    for_paper()
    words = {
        one.id: LineWords(
            {each.name: each.name for each in one.inputs},
            evidence=tuple((proof.kind, proof.text, proof.on) for proof in one.evidence),
            agreed=_("your company") if one.agreed else "",
        )
        for one in ledger.benefits
    }
    facts = RoiFacts(
        name, "", name, language, edition, as_of, as_of, ledger, compute(ledger),
        words, (), _text(ledger), ends_on=years_of(as_of, ledger.years)[-1] - dt.timedelta(days=1),
    )  # fmt: skip
    return facts, value_case.value_case(facts)


def _text(ledger: Ledger) -> dict[str, str]:
    """The workbook's words in the language that is set, and the units of the ledger's inputs."""
    text = {key: _(words) for key, words in TEXT.items()}
    text |= {key: _(words) for key, words in {**CONFIDENCE, **COST_KIND, **_TO_THEM}.items()}
    text |= {f"logic_{key}": _(words) for key, words in LOGIC.items()}
    text |= {f"fact_{key}": _(words) for key, words in FACT.items()}
    return text | {
        f"unit:{one.unit}": unit_words(one.unit) for line in ledger.benefits for one in line.inputs
    }


def unit_words(unit: str) -> str:
    """A unit as it is read: pieces per month, 件／月. What has no words of its own stays as it was typed."""
    first, *per = (part.strip() for part in unit.split("/"))
    if first in COUNTED and i18n.language() != "en":
        first = _(COUNTED[first]).format(figure="").strip()
    first = currency_word(first, i18n.language())
    for part in per:
        first = _(PER[part]).format(unit=first) if part in PER else f"{first}/{part}"
    return first


def _facts(view: LedgerView, account: str, sender: str, language: Language, edition: Edition) -> RoiFacts:
    from cs_workbench.domain.contract_terms import years_of
    from cs_workbench.reports.roi.facts import RoiFacts
    from cs_workbench.services import value_contracts, value_notices, value_past
    from cs_workbench.services.value_reading import worded

    i18n.set_language(language)
    for_paper()
    view = worded(view)
    bounds = years_of(view.head.starts_on, view.head.years)
    return RoiFacts(
        account=account,
        sender=sender,
        title=view.head.name,
        language=language,
        edition=edition,
        as_of=view.as_of,
        starts_on=view.head.starts_on,
        ledger=view.ledger,
        outcome=view.outcome,
        words={str(line.id): _words(view, line.id, edition) for line in view.lines},
        left_out=_left_out(view, edition),
        text=_text(view.ledger),
        name=view.head.name,
        unknown_costs=tuple(
            (row.title, cost_gap(view.cost_troubles[row.id]))
            for row in view.costs
            if row.id in view.cost_troubles
        ),
        ends_on=bounds[-1] - dt.timedelta(days=1),
        notices=value_notices.shared(view) if edition == "customer" else value_notices.sentences(view),
        so_far=value_past.so_far(view),
        past=value_past.figures(view),
        unread=value_past.unread(view),
        gaps=view.spent.unsigned,
        left=value_contracts.left_on(view),
        left_dated=view.spent.dated,
        replaced=_replaced(view),
        assumed_from=value_notices.assumed_from(view),
    )


def _replaced(view: LedgerView) -> str:
    """Contracts taken as replaced before their signed end, and those that end before the others."""
    from cs_workbench.services import value_contracts, value_notices

    said = (
        value_contracts.replaced_words(view),
        value_contracts.sooner_words(view, value_notices.assumed_from(view)),
    )
    return " ".join(filter(None, said))


def _left_out(view: LedgerView, edition: Edition) -> tuple[tuple[str, str], ...]:
    """Lines that cannot be computed; the customer is told of those that would count: they may have agreed to them."""
    from cs_workbench.services.value_reading import known

    return tuple(
        (line.title, _why(view.troubles[line.id]))
        for line in view.lines
        if line.id in view.troubles and (edition == "internal" or _would_count(known(line, view.as_of)))
    )


def _would_count(line: LineRow) -> bool:
    return line.agreed_on is not None or (line.logic == "accepted" and line.fact == "proved")


def _words(view: LedgerView, line_id: int, edition: Edition) -> LineWords:
    from cs_workbench.reports.roi.facts import LineWords
    from cs_workbench.services.value_reading import known, proved

    line = known(next(one for one in view.lines if one.id == line_id), view.as_of)
    agreed = ""
    if line.agreed_on is not None:
        name = _polite(line.agreed_by) or _("your company")
        agreed = _("{name}, {day}").format(name=name, day=day(line.agreed_on))
    labels = {row.name: row.label or row.name for row in view.inputs[line_id]}
    return LineWords(
        labels,
        line.baseline,
        tuple(
            (row.kind, _said(row.person, row.text), row.on_date)
            for row in proved(view.evidence[line_id], view.as_of)
        ),
        agreed,
        line.note if edition == "internal" else "",
        line.agreed_by,
        line.agreed_on,
        _signed(line.logic_by, line.logic_on),
        _signed(line.fact_by, line.fact_on),
        with_words(line.formula, labels),
    )


def _signed(name: str, on: dt.date | None) -> str:
    """Who said so and when, as far as it is known."""
    return _(", ").join(part for part in (_polite(name), day(on) if on else "") if part)


def _polite(name: str) -> str:
    """A person as they are addressed on paper: 渡邊 浩司様."""
    return _("{person}").format(person=name) if name else ""


def _said(name: str, text: str) -> str:
    return _("{person}: {text}").format(person=_polite(name), text=text) if name else text


def _why(trouble: Trouble) -> str:
    if trouble.fault is not None:
        return fault_words(trouble.fault)
    return _("“{words}” has no figure yet.").format(words=trouble.words)

"""A value ledger as documents to hand over: the workbook with live formulas."""

from __future__ import annotations

import contextvars
import os
from typing import TYPE_CHECKING, Literal

from cs_workbench import i18n
from cs_workbench.i18n import _, mark
from cs_workbench.services import value_reading
from cs_workbench.services.value_words import CONFIDENCE, COST_KIND, FACT, LOGIC, fault_words

if TYPE_CHECKING:
    import datetime as dt

    from cs_workbench.reports.roi.facts import LineWords, RoiFacts
    from cs_workbench.services.value_reading import LedgerView, Trouble
    from cs_workbench.services.workbench import Workbench

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
    "after_risk": mark("After risk"), "counts": mark("Counts (1) or not (0)"), "counted": mark("counted"),
    "potential": mark("potential, not counted"), "start": mark("Start"), "year_n": mark("Year {n}"),
    "cost": mark("Cost"), "confidence": mark("Confidence"), "net": mark("Net"), "cumulated": mark("Cumulated"),
    "factor": mark("Discount factor"), "total": mark("Total"), "present_value": mark("Present value"),
    "payback_row": mark("Years until paid back, found year by year"), "payback": mark("Payback (years)"),
    "never": mark("not within these years"), "roi": mark("Return on investment"), "npv": mark("Net present value"),
    "benefits_pv": mark("Benefits, present value"), "costs_pv": mark("Costs, present value"),
    "bcr": mark("Benefit ÷ cost"), "delay": mark("A month's delay costs"),
    "roi_is": mark("net present value ÷ present value of costs"), "npv_is": mark("benefits − costs, both discounted"),
    "benefits_pv_is": mark("counted benefits after risk, discounted"),
    "costs_pv_is": mark("costs with their risk, discounted"), "bcr_is": mark("present values"),
    "payback_is": mark("when the cumulated net is no longer negative"),
    "delay_is": mark("a twelfth of a full year's counted benefits after risk"),
    "benefit": mark("Benefit"), "a_year": mark("A year"), "yes": mark("counted"), "no": mark("not counted"),
    "left_out": mark("left out"), "chart": mark("Benefits, costs and cumulated net by year"),
    "sensitivity_note": mark("One input at its low and high figure, the others as they are."),
    "npv_low": mark("NPV at low"), "npv_high": mark("NPV at high"), "swing": mark("Swing"),
    "no_bounds": mark("No counted input has a low or high figure."),
    "tornado": mark("Which input moves the result most"), "logic": mark("A: logic"), "fact": mark("B: fact"),
    "agreed": mark("Agreed by"), "not_agreed": mark("not agreed yet"), "proof": mark("Proof"), "date": mark("Date"),
    "note": mark("Note"), "no_proof": mark("not proved yet"), "rate": mark("Discount rate a year"),
    "define_present": mark(
        "Present value: amounts of year n are divided by (1 + rate)^n; the start is not discounted."
    ),
    "define_roi": mark("ROI = (present value of benefits − present value of costs) ÷ present value of costs."),
    "define_risk": mark(
        "Risk: measured 5%, confirmed by the customer 10%, estimate 20%, assumption 30%; taken off benefits, put onto"
        " costs."
    ),
    "define_counts": mark(
        "A benefit counts when the customer agreed to it, or when its logic is accepted (A) and it is proved by fact"
        " (B). Others are potential and stand apart."
    ),
    "define_payback": mark(
        "Payback: years until the cumulated net is no longer negative and stays so; within a year it is taken as spread"
        " evenly."
    ),
    "define_rounding": mark("Nothing is rounded on the way; shown amounts are in whole units, halves away from zero."),
}  # fmt: skip
"""The workbook's own words; grades, kinds and confidence come from value_words."""


def workbook(
    wb: Workbench, ledger_id: int, *, as_of: dt.date, language: Language, edition: Edition, out_dir: str
) -> str:
    """Write a ledger as an XLSX with live formulas into *out_dir*; returns the path.

    Raises NotFound, and FileProblem where it cannot be written.
    """
    from cs_workbench.reports.roi import book
    from cs_workbench.services import company, pack_files
    from cs_workbench.store.queries.settings import settings

    facts = roi_facts(wb, ledger_id, as_of=as_of, language=language, edition=edition)
    internal = {"ja": "社内限", "en": "internal"}[language] if edition == "internal" else ""
    stem = pack_files.file_stem(facts.account, "ROI", as_of.isoformat(), internal)
    path = os.path.join(pack_files.out_folder(out_dir), f"{stem}.xlsx")
    book.write(facts, company.look(settings(wb.reads)), path)
    return path


def roi_facts(
    wb: Workbench, ledger_id: int, *, as_of: dt.date, language: Language, edition: Edition
) -> RoiFacts:
    """What the documents of a ledger are made of, in the document's language. The customer edition holds no notes."""
    from cs_workbench.services import accounts, company
    from cs_workbench.store.queries.settings import settings

    view = value_reading.ledger_view(wb.reads, ledger_id, as_of)
    account = accounts.names(wb.reads)[view.head.account_id]
    sender = company.company_of(settings(wb.reads)).company.get(language, "")
    return contextvars.copy_context().run(_facts, view, account, sender, language, edition)


def _facts(view: LedgerView, account: str, sender: str, language: Language, edition: Edition) -> RoiFacts:
    from cs_workbench.reports.roi.facts import RoiFacts

    i18n.set_language(language)
    text = {key: _(words) for key, words in TEXT.items()}
    text |= {key: _(words) for key, words in {**CONFIDENCE, **COST_KIND}.items()}
    text |= {f"logic_{key}": _(words) for key, words in LOGIC.items()}
    text |= {f"fact_{key}": _(words) for key, words in FACT.items()}
    titles = {line.id: line.title for line in view.lines}
    left_out = [(titles[line_id], _why(trouble)) for line_id, trouble in view.troubles.items()]
    return RoiFacts(
        account=account,
        sender=sender,
        title=_("Value of {name}").format(name=view.head.name),
        language=language,
        edition=edition,
        as_of=view.as_of,
        starts_on=view.head.starts_on,
        ledger=view.ledger,
        outcome=view.outcome,
        words={str(line.id): _words(view, line.id, edition) for line in view.lines},
        left_out=tuple(left_out) if edition == "internal" else (),
        text=text,
    )


def _words(view: LedgerView, line_id: int, edition: Edition) -> LineWords:
    from cs_workbench.reports.roi.facts import LineWords

    line = next(one for one in view.lines if one.id == line_id)
    agreed = ""
    if line.agreed_on is not None:
        agreed = _("{name}, {day}").format(
            name=line.agreed_by or _("customer"), day=line.agreed_on.isoformat()
        )
    return LineWords(
        {row.name: row.label or row.name for row in view.inputs[line_id]},
        line.baseline,
        tuple(
            (row.kind, f"{row.person}: {row.text}" if row.person else row.text, row.on_date)
            for row in view.evidence[line_id]
        ),
        agreed,
        line.note if edition == "internal" else "",
    )


def _why(trouble: Trouble) -> str:
    if trouble.fault is not None:
        return fault_words(trouble.fault)
    return _("“{words}” has no figure yet.").format(words=trouble.words)

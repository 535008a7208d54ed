"""Value ledgers as rows and columns: benefits in their groups, inputs, evidence, costs, and the portfolio of value."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, TypeAlias

from PySide6.QtCore import Qt

from cs_workbench.domain.value_ledger import RISK, Input, Line
from cs_workbench.i18n import _, mark, ngettext
from cs_workbench.services.value_choices import AccountValue, quality
from cs_workbench.services.value_costs import Trouble
from cs_workbench.services.value_figures import amount, figure, percent, plain, shares, shown, with_figures
from cs_workbench.services.value_reading import LedgerView
from cs_workbench.services.value_words import FACT, LOGIC, trouble_words
from cs_workbench.ui import wording
from cs_workbench.ui.models.fact_model import Column, FactModel, Index

__all__ = ["amount", "figure", "percent", "plain", "shares", "shown", "trouble_words"]
EVIDENCE_KINDS = {"file": mark("file"), "record": mark("record"), "person": mark("person")}
CONFIDENCE = {
    "measured": mark("measured"),
    "confirmed": mark("confirmed"),
    "estimate": mark("estimate"),
    "assumption": mark("assumption"),
}
_RED = 90
"""Days before a deadline from which it is red."""
People: TypeAlias = Callable[[], Sequence[tuple[str, str]]]


@dataclass(frozen=True, slots=True)
class Group:
    """A heading among the benefits."""

    title: str
    about: str


@dataclass(frozen=True, slots=True)
class BenefitLine:
    """A benefit as a row: what is kept, what came out of it (None: left out, for ``trouble``)."""

    id: int
    title: str
    formula: str
    confidence: str
    logic: str
    fact: str
    agreed: bool
    counts: bool
    currency: str
    line: Line | None
    trouble: Trouble | None


class BenefitModel(FactModel):
    """Benefits under headings; headings cannot be chosen."""

    def flags(self, index: Index) -> Qt.ItemFlag:
        """As facts, but for headings."""
        if index.isValid() and isinstance(self.rows[index.row()], Group):
            return Qt.ItemFlag.ItemNeverHasChildren
        return super().flags(index)

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        """As facts; the two tests, a shape and a letter to look at, are said in words."""
        words = (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole)
        if index.isValid() and role in words and self.columns[index.column()].key in _TESTED:
            row = self.rows[index.row()]
            return _test_words(row, self.columns[index.column()].key) if isinstance(row, BenefitLine) else ""
        return super().data(index, role)


def worked(view: LedgerView, line_id: int, formula: str) -> str:
    """A formula with figures in place of names: 58 people × 1.5 h × 48 wk × ¥3,400."""
    known = {}
    for row in view.inputs.get(line_id, ()):
        value = row.followed if row.metric_id is not None else row.value
        if value is not None:
            known[row.name] = Input(row.name, value, row.unit)
    return with_figures(formula, known)


def benefit_rows(view: LedgerView) -> tuple[BenefitLine | Group, ...]:
    """The headline's benefits, then the potential ones, then those that are left out, each under its heading."""
    outcome = view.outcome
    found = {int(one.benefit.id): one for one in (*outcome.proven, *outcome.potential)}
    lines = [_benefit(view, number, found) for number in range(len(view.lines))]
    proven = [one for one in lines if one.line is not None and one.counts]
    potential = [one for one in lines if one.line is not None and not one.counts]
    out = [one for one in lines if one.line is None]
    rows: list[BenefitLine | Group] = []
    if proven:
        rows += [Group(_("In the headline"), _("agreed or proved")), *proven]
    if potential:
        worth = sum((_year(one.line) for one in potential if one.line is not None), Decimal(0))
        about = ngettext("{n} line, {worth} after risk", "{n} lines, {worth} after risk", len(potential))
        words = about.format(n=len(potential), worth=wording.money(worth, view.head.currency))
        rows += [Group(_("Potential, not counted"), words), *potential]
    if out:
        rows += [Group(_("Left out"), _why_out(out)), *out]
    return tuple(rows)


def _why_out(out: Sequence[BenefitLine]) -> str:
    gone = [one for one in out if one.logic == "rejected"]
    if len(gone) == len(out):
        return _("logic rejected")
    return _("logic rejected, or not computable yet") if gone else _("cannot be counted yet")


def _benefit(view: LedgerView, place: int, found: dict[int, Line]) -> BenefitLine:
    row = view.lines[place]
    made = found.get(row.id)
    return BenefitLine(
        row.id, row.title, worked(view, row.id, row.formula), row.confidence, row.logic, row.fact,
        row.agreed_on is not None, made is not None and made.benefit.counts, view.head.currency, made,
        view.troubles.get(row.id),
    )  # fmt: skip


def _year(line: Line) -> Decimal:
    return line.yearly * (1 - RISK[line.benefit.confidence])


def benefit_columns() -> tuple[Column, ...]:
    """What the table of benefits shows."""
    return (
        Column("title", mark("Benefit"), _title, style=_title_style),
        Column("formula", mark("Formula and inputs"), _formula, 264, drop=4, style=_formula_style),
        Column("gross", mark("A year"), _gross, 112, right=True, drop=3, style=_figure),
        Column("risk", mark("Risk"), _risk, 64, right=True, drop=2, style=_quiet),
        Column("counts", mark("After risk"), _after, 112, right=True, style=_counts),
        Column("confidence", mark("Confidence"), _confidence, 100, drop=1, style=_quiet),
        Column("logic", mark("A logic"), _logic, 64, style=_logic_style),
        Column("fact", mark("B fact"), _fact, 64, style=_fact_style),
        Column("agreed", mark("Agreed"), _agreed, 88, style=_agreed_style),
    )


def _title(row: BenefitLine | Group) -> str:
    return row.title if isinstance(row, BenefitLine) else _("{title}  {about}").format(
        title=row.title, about=row.about)  # fmt: skip


def _title_style(row: BenefitLine | Group) -> tuple[str, str]:
    return ("strong" if isinstance(row, Group) else "body"), "text.primary"


def _formula(row: BenefitLine | Group) -> str:
    if isinstance(row, Group):
        return ""
    if row.trouble is not None:
        return trouble_words(row.trouble)
    return row.formula


def _formula_style(row: BenefitLine | Group) -> tuple[str, str]:
    wrong = isinstance(row, BenefitLine) and row.trouble is not None
    return "small", "health.yellow.text" if wrong else "text.secondary"


def _gross(row: BenefitLine | Group) -> str:
    return amount(row.line.yearly, row.currency) if isinstance(row, BenefitLine) and row.line else ""


def _risk(row: BenefitLine | Group) -> str:
    return percent(-RISK[row.line.benefit.confidence]) if isinstance(row, BenefitLine) and row.line else ""


def _after(row: BenefitLine | Group) -> str:
    return amount(_year(row.line), row.currency) if isinstance(row, BenefitLine) and row.line else ""


def _confidence(row: BenefitLine | Group) -> str:
    return _(CONFIDENCE[row.confidence]) if isinstance(row, BenefitLine) else ""


_LOGIC = {"accepted": mark("● A"), "open": mark("▲ A"), "rejected": mark("■ A")}
_FACT = {"proved": mark("● B"), "partly": mark("▲ B"), "open": mark("○ B")}


_TESTED = ("logic", "fact")


def _test_words(row: BenefitLine, key: str) -> str:
    name = _("A: is the logic accepted?") if key == "logic" else _("B: is it proved by fact?")
    words = LOGIC[row.logic] if key == "logic" else FACT[row.fact]
    return _("{test} {answer}").format(test=name, answer=_(words))


def _logic(row: BenefitLine | Group) -> str:
    return _(_LOGIC[row.logic]) if isinstance(row, BenefitLine) else ""


def _fact(row: BenefitLine | Group) -> str:
    return _(_FACT[row.fact]) if isinstance(row, BenefitLine) else ""


def _agreed(row: BenefitLine | Group) -> str:
    return (_("✓ agreed") if row.agreed else _("not yet")) if isinstance(row, BenefitLine) else ""


def _figure(_row: BenefitLine | Group) -> tuple[str, str]:
    return "body", "text.primary"


def _counts(row: BenefitLine | Group) -> tuple[str, str]:
    counts = isinstance(row, BenefitLine) and row.counts
    return ("strong", "text.primary") if counts else ("body", "text.secondary")


def _quiet(_row: object) -> tuple[str, str]:
    return "body", "text.secondary"


def _logic_style(row: BenefitLine | Group) -> tuple[str, str]:
    inks = {"accepted": "health.green.text", "open": "health.yellow.text", "rejected": "health.red.text"}
    return "body", inks[row.logic] if isinstance(row, BenefitLine) else "text.secondary"


def _fact_style(row: BenefitLine | Group) -> tuple[str, str]:
    inks = {"proved": "health.green.text", "partly": "health.yellow.text", "open": "text.secondary"}
    return "body", inks[row.fact] if isinstance(row, BenefitLine) else "text.secondary"


def _agreed_style(row: BenefitLine | Group) -> tuple[str, str]:
    agreed = isinstance(row, BenefitLine) and row.agreed
    return "body", "health.green.text" if agreed else "text.secondary"


def account_columns(today: Callable[[], dt.date]) -> tuple[Column, ...]:
    """What the portfolio of value shows."""

    def left(row: AccountValue) -> str:
        if row.deadline is None:
            return ""
        words = wording.date(row.deadline)
        day = words if row.by_notice else _("ends {date}").format(date=words)
        return f"{day}  {wording.days_left(row.deadline, today())}".strip()

    def pressing(row: AccountValue) -> tuple[str, str]:
        near = row.deadline is not None and (row.deadline - today()).days <= _RED
        return ("strong", "health.red.text") if near and row.presses(today()) else ("body", "text.secondary")

    return (
        Column("account", mark("Account"), lambda row: row.name, 320),
        Column("deadline", mark("Notice deadline"), left, 188, right=True, style=pressing),
        Column("proven", mark("Counted value a year"), _proven, 160, right=True, style=_proven_style),
        Column("ratio", mark("Verified value ÷ cost"), _ratio, 148, right=True, style=_quiet),
        Column("evidence", mark("Quality of evidence"), _quality, style=_quiet),
    )


def _proven(row: AccountValue) -> str:
    if row.view is None or not row.proven:
        return "–"
    return wording.money(row.view.outcome.delay * 12, row.view.head.currency)


def _proven_style(row: AccountValue) -> tuple[str, str]:
    return ("strong", "text.primary") if row.proven else ("body", "text.tertiary")


def _ratio(row: AccountValue) -> str:
    result = row.view.outcome.result if row.view is not None else None
    return "–" if result is None or not row.proven else f"{result.bcr:.1f}"


def _quality(row: AccountValue) -> str:
    if row.view is None:
        return _("no ledger")
    if not row.view.lines:
        return _("no line yet")
    found = quality(row.view)
    if found is None:
        proved = sum(1 for line in row.view.lines if line.fact == "proved")
        return _("{n} of {all} proved").format(n=proved, all=len(row.view.lines))
    return ngettext(
        "{share} proved by fact, {n} record", "{share} proved by fact, {n} records", found.evidence
    ).format(share=percent(found.proved), n=found.evidence)

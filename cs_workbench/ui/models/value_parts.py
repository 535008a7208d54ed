"""The parts of a value ledger that are edited in tables: inputs, evidence and costs as columns."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal

from cs_workbench.i18n import _, mark
from cs_workbench.services import value_words
from cs_workbench.services.value_choices import CostRow, EvidenceRow, InputRow
from cs_workbench.services.value_costs import ASSUMED
from cs_workbench.services.value_reading import LedgerView
from cs_workbench.ui import wording
from cs_workbench.ui.models.fact_model import Column
from cs_workbench.ui.models.value_model import CONFIDENCE, EVIDENCE_KINDS, figure, plain, shown


def input_columns(metrics: Callable[[], Sequence[tuple[str, str]]]) -> tuple[Column, ...]:
    """An input: what it is, its figure and bounds, where it is from; *metrics* are those it may follow."""

    def metric(row: InputRow) -> str:
        return dict(metrics()).get(str(row.metric_id), row.metric) if row.metric_id is not None else "–"

    return (
        Column("label", mark("Input"), lambda row: row.label or row.name, typed=lambda row: row.label),
        Column("name", mark("In the formula"), lambda row: row.name, 116, drop=1, style=_quiet),
        Column("value", mark("Figure"), lambda row: figure(_value(row), row.unit) or "–", 96, right=True,
               typed=lambda row: _typed(_value(row), row)),
        Column("unit", mark("Unit"), lambda row: row.unit, 148, typed=lambda row: row.unit, style=_quiet),
        Column("low", mark("Low"), lambda row: figure(row.low, row.unit) or "–", 80, right=True,
               typed=lambda row: _typed(row.low, row), style=_quiet),
        Column("high", mark("High"), lambda row: figure(row.high, row.unit) or "–", 80, right=True,
               typed=lambda row: _typed(row.high, row), style=_quiet),
        Column("source", mark("Source"), lambda row: row.source, 140, drop=3, typed=lambda row: row.source,
               style=_quiet),
        Column("as_of", mark("As of"), _as_of, 108, right=True, drop=2,
               typed=lambda row: wording.date(row.as_of), style=_quiet),
        Column("metric", mark("Follows"), metric, 132, typed=lambda row: str(row.metric_id or ""),
               choices=lambda: [("", "–"), *metrics()], judged=True, style=_quiet),
    )  # fmt: skip


def evidence_columns() -> tuple[Column, ...]:
    """What proves a benefit."""
    return (
        Column("kind", mark("Evidence"), lambda row: _(EVIDENCE_KINDS[row.kind]), 112,
               typed=lambda row: row.kind, choices=lambda: _listed(EVIDENCE_KINDS), style=_quiet),
        Column("text", mark("What it says, where it is"), lambda row: row.text, typed=lambda row: row.text),
        Column("person", mark("Person"), _person, 148, drop=1, style=_quiet),
        Column("on_date", mark("Date"), lambda row: wording.date(row.on_date), 116, right=True,
               typed=lambda row: wording.date(row.on_date), style=_quiet),
    )  # fmt: skip


def cost_columns() -> tuple[Column, ...]:
    """What the customer spends."""
    return (
        Column("title", mark("Cost"), lambda row: row.title, typed=lambda row: row.title),
        Column("kind", mark("Kind"), lambda row: _(value_words.COST_KIND[row.kind]), 132,
               typed=lambda row: row.kind, choices=lambda: _listed(value_words.COST_KIND), style=_quiet),
        Column("amounts", mark("At the start, year 1, 2, …"), amounts, 260, right=True, typed=_typed_amounts),
        Column("confidence", mark("Confidence"), lambda row: _(CONFIDENCE[row.confidence]), 112, drop=1,
               typed=lambda row: row.confidence, choices=lambda: _listed(CONFIDENCE), style=_quiet),
        Column("source", mark("Source"), lambda row: row.source, 280, drop=2, typed=lambda row: row.source,
               style=_quiet),
    )  # fmt: skip


def cost_rows(view: LedgerView) -> tuple[CostRow, ...]:
    """The costs; those that follow a contract say as their source what was pulled, and as of when."""
    said: dict[str, str] = {}
    for one in view.ledger.costs:
        key = one.id.rstrip(ASSUMED)
        said[key] = _("; ").join((said[key], one.source)) if key in said else one.source
    return tuple(
        replace(row, source=said.get(str(row.id), row.source)) if row.contract_id is not None else row
        for row in view.costs
    )


def amounts(row: CostRow) -> str:
    """The amounts of a cost, or what its contract says."""
    if row.contract_id is not None and row.yearly is not None:
        return _("{amount} a year, as in the contract").format(amount=shown(row.yearly))
    return " / ".join(shown(Decimal(part)) for part in row.amounts.split()) or "–"


def _typed_amounts(row: CostRow) -> str:
    return f"0 {plain(row.yearly)}" if row.contract_id is not None else row.amounts


def _value(row: InputRow) -> Decimal | None:
    return row.followed if row.metric_id is not None else row.value


def _typed(value: Decimal | None, row: InputRow) -> str:
    return figure(value, row.unit) if row.unit.strip() == "%" else plain(value)


def _as_of(row: InputRow) -> str:
    return wording.date(row.followed_on if row.metric_id is not None else row.as_of)


def _person(row: EvidenceRow) -> str:
    return row.person


def _listed(words: dict[str, str]) -> list[tuple[str, str]]:
    return [(key, _(text)) for key, text in words.items()]


def _quiet(_row: object) -> tuple[str, str]:
    return "body", "text.secondary"

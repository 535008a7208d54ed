"""The verb that looks ahead: what renews when, how likely, and the exact range of it all."""

from __future__ import annotations

import argparse
import datetime as dt
from typing import TYPE_CHECKING

from cs_workbench.cli import opening, output
from cs_workbench.cli.naming import BANDS
from cs_workbench.i18n import _, mark

if TYPE_CHECKING:
    from decimal import Decimal

    from cs_workbench.services.renewals import RenewalRow, Renewals

_CATEGORIES = {
    "commit": mark("Commit"),
    "probable": mark("Probable"),
    "best_case": mark("Best case"),
    "at_risk": mark("At risk"),
}


def run(words: argparse.Namespace) -> int:
    """List renewals by notice deadline, and forecast those of the next 90 days."""
    from cs_workbench.services import renewals

    day = opening.as_of(words)
    with opening.opened(words) as workbench:
        found = renewals.load(workbench.reads, day, words.within)
    if opening.wants_json(words):
        output.show_json(_data(found))
    else:
        _tell(found, day)
    return 0


def _data(found: Renewals) -> dict[str, object]:
    one = found.forecast
    return {
        "as_of": found.today,
        "within_days": found.within,
        "currency": found.currency or None,
        "forecast": None
        if one is None
        else {
            "within_days": 90, "renewals": one.count, "total": one.total, "expected": one.expected, "p10": one.p10,
            "p50": one.p50, "p90": one.p90, "rounded_to": one.unit or None, "not_called": found.not_called,
        },
        "no_rate": list(found.no_rate),
        "brier": None if found.record is None else round(found.record.brier, 4),
        "renewals": [_row(row, found.today) for row in found.rows],
        "missing": [{"id": one.account_id, "name": one.name, "contract": one.contract} for one in found.missing],
    }  # fmt: skip


def _row(row: RenewalRow, day: dt.date) -> dict[str, object]:
    current = row.way.current
    return {
        "id": row.account_id,
        "name": row.name,
        "term_end": row.term_end,
        "notice_by": row.notice_on,
        "deadline": row.deadline,
        "days_left": row.days_left(day),
        "value": row.value,
        "amounts": [{"value": one.value, "currency": one.currency} for one in row.amounts],
        "band": row.band,
        "score": row.score,
        "category": row.category,
        "called": row.is_called,
        "likelihood": row.likelihood,
        "step": None if current is None else current.number,
        "step_state": "done" if current is None else current.state,
        "steps": [{"step": one.number, "due": one.due, "done_on": one.done_on} for one in row.way.steps],
    }


def _tell(found: Renewals, day: dt.date) -> None:
    if not found.rows and not found.missing:
        output.show(_("No renewal has its deadline within {n} days.").format(n=found.within))
        return
    head = (
        "#",
        _("Account"),
        _("ARR"),
        _("Notice by"),
        _("Days left"),
        _("Health"),
        _("Step"),
        _("Renewal call"),
    )
    rows = [_cells(row, day, found.currency) for row in found.rows]
    output.show(output.table(head, rows, right=frozenset((0, 2, 4)), give=(1,)))
    for one in found.missing:
        output.show(_("#{id} {account}: no end date").format(id=one.account_id, account=one.name))
    output.show(_forecast(found))


def _cells(row: RenewalRow, day: dt.date, currency: str) -> tuple[str, ...]:
    current = row.way.current
    parts = " + ".join(_money(one.value, one.currency) for one in row.amounts)
    call = f"{_(_CATEGORIES[row.category])} {row.likelihood:.0%}" if row.is_called else _("Not called")
    late = current is not None and current.state == "late"
    step = "8/8" if current is None else f"{current.number - 1}/8"
    return (
        str(row.account_id),
        row.name,
        _money(row.value, currency) if row.value is not None else parts or "–",
        row.deadline.isoformat(),
        str(row.days_left(day)),
        _(BANDS[row.band]) if row.score is None else f"{row.score:.0f} {_(BANDS[row.band])}",
        step + " " + _("late") if late else step,
        call,
    )


def _forecast(found: Renewals) -> str:
    one = found.forecast
    if one is None:
        return _("The forecast needs a rate for {currencies}").format(currencies=_(", ").join(found.no_rate))
    words = _("Within 90 days: expected {expected} of {total} (P10 {low}, P50 {middle}, P90 {high}).")
    expected, total, low, middle, high = (
        _money(amount, found.currency) for amount in (one.expected, one.total, one.p10, one.p50, one.p90)
    )
    return words.format(expected=expected, total=total, low=low, middle=middle, high=high)


def _money(amount: Decimal, currency: str) -> str:
    return f"{currency} {amount:,.0f}".strip()

"""What the value page reads of one account, in one go on the pool."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cs_workbench import i18n
from cs_workbench.domain import sensitivity
from cs_workbench.domain.sensitivity import Swing
from cs_workbench.services import accounts, value_checks, value_choices, value_guide, value_reading
from cs_workbench.services.value_choices import Choices
from cs_workbench.services.value_guide import BusinessFigure
from cs_workbench.services.value_models import Model
from cs_workbench.ui.pages.value.start import offered

if TYPE_CHECKING:
    import datetime as dt
    from decimal import Decimal

    from cs_workbench.domain.value_ledger import Ledger
    from cs_workbench.services.value_choices import AccountValue, ValueTotals
    from cs_workbench.services.value_reading import LedgerView
    from cs_workbench.services.workbench import Workbench

BREAKS = 6
"""Inputs whose break-even is looked for: those the tornado shows."""


@dataclass(frozen=True, slots=True)
class Hang:
    """What a ledger's result hangs on: its inputs' swings, where each breaks even, and its low and high case."""

    swings: tuple[Swing, ...] = ()
    breaks: tuple[Decimal | None, ...] = ()
    low: Decimal | None = None
    high: Decimal | None = None


@dataclass(frozen=True, slots=True)
class AccountRead:
    """What is read of one account: its ledgers newest first, what each hangs on, what it can name.

    ``rates`` says by ledger which other currencies can be told in its own.
    """

    name: str
    views: tuple[LedgerView, ...]
    hang: dict[int, Hang]
    known: Choices
    models: tuple[Model, ...]
    business: tuple[BusinessFigure, ...]
    rates: dict[int, dict[str, bool]]
    folder: str


def read_portfolio(wb: Workbench, today: dt.date) -> tuple[tuple[AccountValue, ...], ValueTotals]:
    """Every account with its newest ledger, and the sums below them."""
    rows = value_choices.portfolio(wb.reads, today)
    return rows, value_choices.totals(wb.reads, rows, today)


def read_account(wb: Workbench, number: int, today: dt.date) -> AccountRead:
    """Everything the page shows of an account."""
    from cs_workbench.services.pack_archive import documents_folder  # with the writers it brings, on the pool

    views = value_reading.account_views(wb.reads, number, today)
    return AccountRead(
        accounts.names(wb.reads).get(number, ""),
        views,
        {view.head.id: hang(view.ledger) for view in views},
        value_choices.choices(wb.reads, number),
        offered(),
        value_guide.figures(wb.reads, number, i18n.language()),
        {view.head.id: value_checks.known_rates(wb.reads, today, view.head.currency) for view in views},
        documents_folder(wb.reads),
    )


def hang(ledger: Ledger) -> Hang:
    """Tornado, break-evens and cases of a ledger."""
    swings = sensitivity.tornado(ledger)
    breaks = tuple(sensitivity.break_even(ledger, one.benefit_id, one.name) for one in swings[:BREAKS])
    if not swings:
        return Hang()
    cases = [sensitivity.npv(sensitivity.case(ledger, which, swings)) for which in ("low", "high")]
    return Hang(swings, breaks, *cases)

"""Retention arithmetic of a portfolio over a period, and when it must be refused (domain.md §7)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, TypeAlias

Refusal: TypeAlias = Literal[
    "", "nothing_at_start", "lost_without_amount", "mixed_currencies", "nothing_renewable", "no_renewals_on_record",
    "no_movements_on_record",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class AccountMovement:
    """One account of the cohort at the start of a period: its yearly value then, and what moved until the end.

    All amounts are positive. ``lost_without_amount`` says that it was lost and no amount is on record.
    """

    start: Decimal
    expansion: Decimal = Decimal(0)
    contraction: Decimal = Decimal(0)
    churn: Decimal = Decimal(0)
    lost: bool = False
    lost_without_amount: bool = False


@dataclass(frozen=True, slots=True)
class Share:
    """A rate with what it was computed from, or the reason why it was not. ``rate`` is 0–1 (NRR may exceed 1)."""

    rate: Decimal | None
    numerator: Decimal
    denominator: Decimal
    refused: Refusal = ""


@dataclass(frozen=True, slots=True)
class Retention:
    """Gross and net revenue retention and logo churn of one closed cohort."""

    gross: Share
    net: Share
    logo_churn: Share


@dataclass(frozen=True, slots=True)
class RenewalOutcome:
    """One contract that came up for renewal: whether it was renewed, its value due, and the value renewed."""

    renewed: bool
    due: Decimal | None
    renewed_value: Decimal | None


def retention(cohort: Iterable[AccountMovement]) -> Retention:
    """Retention of a cohort closed at the start of the period: new accounts are no part of it.

    GRR = (start − contraction − churn) ÷ start, each account between 0 and its start, so never above 100 %; NRR
    adds expansion; logo churn = lost ÷ at start. Money rates are refused where a lost account has no amount.
    """
    accounts = tuple(cohort)
    start = sum((account.start for account in accounts), Decimal(0))
    kept = sum((_kept(account) for account in accounts), Decimal(0))
    expansion = sum((account.expansion for account in accounts), Decimal(0))
    lost = Decimal(sum(account.lost for account in accounts))
    refused: Refusal = ""
    if any(account.lost_without_amount for account in accounts):
        refused = "lost_without_amount"
    return Retention(
        gross=_share(kept, start, refused, "nothing_at_start"),
        net=_share(kept + expansion, start, refused, "nothing_at_start"),
        logo_churn=_share(lost, Decimal(len(accounts)), "", "nothing_at_start"),
    )


def renewal_rates(outcomes: Iterable[RenewalOutcome]) -> tuple[Share, Share]:
    """Renewal rate by number and by value: renewed ÷ renewable, another denominator than retention's.

    The value rate is refused where a lost contract carries no amount (or zero, which says as little): what was
    lost would not be counted, and the rate would flatter.
    """
    rows = tuple(outcomes)
    count = Decimal(len(rows))
    renewed = Decimal(sum(row.renewed for row in rows))
    unknown = any(not row.due for row in rows if not row.renewed)
    due = sum((row.due or Decimal(0) for row in rows), Decimal(0))
    value = sum(
        (min(row.renewed_value or Decimal(0), row.due or Decimal(0)) for row in rows if row.renewed),
        Decimal(0),
    )
    refused: Refusal = "lost_without_amount" if unknown else ""
    return _share(renewed, count, "", "nothing_renewable"), _share(value, due, refused, "nothing_renewable")


def _kept(account: AccountMovement) -> Decimal:
    return min(max(account.start - account.contraction - account.churn, Decimal(0)), account.start)


def _share(numerator: Decimal, denominator: Decimal, refused: Refusal, empty: Refusal) -> Share:
    if refused:
        return Share(None, numerator, denominator, refused)
    if not denominator:
        return Share(None, numerator, denominator, empty)
    return Share(numerator / denominator, numerator, denominator)

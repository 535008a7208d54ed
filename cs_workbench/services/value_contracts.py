"""What is told of the contracts behind a ledger's cost: who has left, what never ran, what is taken as replaced."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, cast

from cs_workbench.domain.cash_flow import ONE, ZERO, present_value
from cs_workbench.domain.contract_terms import HANDOVER, Stretch, amounts, years_of
from cs_workbench.domain.value_ledger import RISK
from cs_workbench.i18n import _
from cs_workbench.services.value_costs import called
from cs_workbench.services.value_figures import amount, day

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cs_workbench.domain.contract_terms import Term
    from cs_workbench.domain.value_ledger import Confidence
    from cs_workbench.services.value_reading import LedgerView


def left_on(view: LedgerView) -> dt.date | None:
    """The customer's last day, where it lies before the ledger's last; None while it is one."""
    left = view.spent.left
    return left if left is not None and left < view.spent.ends else None


def left_words(view: LedgerView) -> str:
    """That the customer has left, and what counts since; "" while it is one."""
    left = left_on(view)
    if left is None:
        return ""
    if not view.spent.dated:
        return _(
            "The customer left on a day nobody wrote down: no value is counted after {day}. Enter the day they left."
        ).format(day=day(left))
    return _("Left on {day}: no value is counted after it; what is signed is paid to its end.").format(
        day=day(left)
    )


def void_words(view: LedgerView) -> str:
    """Which contracts never ran and are not counted; "" for none."""
    if not view.spent.void:
        return ""
    return _(
        "Not counted: {contracts}. Drafts, called off before they began, or not active beside a contract of the same"
        " days. If one was paid all the same, make it active with its last day."
    ).format(contracts=_named(view.spent.void))


def lapsed_words(view: LedgerView) -> str:
    """Which active contracts have ended and are not taken to go on, as another runs; "" for none."""
    if not view.spent.lapsed:
        return ""
    return _(
        "Over, and not taken to go on beside what runs: {contracts}. Enter the renewal if it did go on, else end it."
    ).format(contracts=_named(view.spent.lapsed))


def sooner_words(view: LedgerView, bare: dt.date | None) -> str:
    """Which contracts end while others run on, and are assumed at the same price; *bare*: from here on nothing is
    signed at all.
    """
    if not any(one.assumed for one in view.ledger.costs):
        return ""
    ends = {
        one.term.id: one.term
        for found in view.spent.stretches.values()
        for one in found
        if one.assumed and one.term.ends_on is not None and (bare is None or one.first < bare)
    }
    words = _("{name} ends on {day}: the same price is assumed after it.")
    return " ".join(
        words.format(name=called(one), day=day(one.ends_on))
        for one in ends.values()
        if one.ends_on is not None
    )


def undated_words(view: LedgerView) -> str:
    """Which contracts are over without a last day on record, and until when they count; "" for none."""
    if not view.spent.undated or view.spent.left is not None:
        return ""
    return _(
        "Over, but without a last day on record: {contracts}. Counted until {day}; enter the last day."
    ).format(contracts=_named(view.spent.undated), day=day(view.as_of))


def _named(terms: Sequence[Term]) -> str:
    return _(", ").join(called(one) for one in terms)


def replaced_words(view: LedgerView) -> str:
    """Which contracts a later one is taken to replace long before their signed end, and what that leaves out, in
    present value after risk like every sum beside it.
    """
    risks = {row.id: ONE + RISK[cast("Confidence", row.confidence)] for row in view.costs}
    said: dict[str, None] = {}
    for cost, found in view.spent.stretches.items():
        for at, one in enumerate(found):
            back = next((each.first for each in found[at + 1 :] if each.term is one.term), dt.date.max)
            more = _left_out(view, one, back)
            if one.follower is not None and more:
                said[_replaced(view, one, more * risks[cost])] = None
    return " ".join(said)


def _left_out(view: LedgerView, one: Stretch, back: dt.date) -> Decimal:
    """The present value of the days a contract is signed for and not paid, until it is paid again (*back*); 0 where
    they are few.
    """
    bounds = years_of(view.head.starts_on, view.head.years)
    worth = {code: each.factor for code, each in view.worths.items() if each is not None}
    end, code = min(one.term.paid_until, back, bounds[-1]), one.term.currency or view.head.currency
    if one.follower is None or (end - one.end).days <= HANDOVER or code not in worth:
        return ZERO
    cut = replace(one, first=one.end, end=end, term=replace(one.term, currency=code))
    return present_value((ZERO, *amounts([cut], bounds, worth)), view.ledger.rate)


def _replaced(view: LedgerView, one: Stretch, more: Decimal) -> str:
    follower = called(one.follower) if one.follower else ""
    words = (
        _(
            "{name} is taken as replaced by {follower} on {day}, although it is signed to {end}: if both are paid,"
            " the cost is {amount} higher (present value after risk)."
        )
        if one.term.ends_on
        else _(
            "{name} is taken as replaced by {follower} on {day}, although it has no end date: if both are paid,"
            " the cost is {amount} higher (present value after risk)."
        )
    )
    return words.format(
        name=called(one.term), follower=follower, day=day(one.end), end=day(one.term.ends_on or one.end),
        amount=amount(more, view.head.currency),
    )  # fmt: skip

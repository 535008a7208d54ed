"""Checks over a whole import: flags against events, readings against the terms of their contracts."""

from __future__ import annotations

from cs_workbench.services.intake.context import Context
from cs_workbench.services.intake.usage import Usage
from cs_workbench.store.intake import lookups
from cs_workbench.store.reads import Reads


def churn_contradictions(
    context: Context, db: Reads, accounts_batch: int | None, events_batch: int | None
) -> None:
    """Warn of accounts marked as churned without a churn event, and of the opposite.

    Only where the files say both, or say one and the portfolio knows events: a portfolio without any churn event
    contradicts nothing.
    """
    if accounts_batch is None or not context.flags:
        return
    churned = context.churned | lookups.churn_accounts(db)
    if not churned and events_batch is None:
        return
    names = context.directory.accounts.names
    for account, flag in sorted(context.flags.items(), key=lambda item: abs(item[0])):
        if flag and account not in churned:
            context.batch(accounts_batch).warn("flag_without_event", names[account])
        elif not flag and account in churned:
            batch = accounts_batch if events_batch is None else events_batch
            context.batch(batch).warn("event_without_flag", names[account])


def outside_terms(context: Context, usage: Usage) -> None:
    """Warn of readings dated before the first or after the last day of the contract they name."""
    for batch, (before, after) in usage.pile.outside(usage.terms).items():
        if before:
            context.batch(batch).warn("before_start", count=before)
        if after:
            context.batch(batch).warn("after_end", count=after)

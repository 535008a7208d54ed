"""The verbs, one noun a file; each is a function of the parsed arguments that returns an exit code."""

from cs_workbench.cli.verbs import (
    accounts,
    health,
    intake,
    packs,
    people,
    plan,
    portfolio,
    renewals,
    trial,
    value,
    voice,
)

__all__ = [
    "accounts",
    "health",
    "intake",
    "packs",
    "people",
    "plan",
    "portfolio",
    "renewals",
    "trial",
    "value",
    "voice",
]

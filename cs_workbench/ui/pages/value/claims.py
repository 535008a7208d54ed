"""The list of claims in the workshop: each with what it is worth and how it stands in both tests."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from cs_workbench.i18n import _, mark
from cs_workbench.services import value_words
from cs_workbench.services.value_workshop import Claim
from cs_workbench.ui import wording
from cs_workbench.ui.models.fact_model import Column

_LOGIC = {"accepted": mark("● A"), "open": mark("▲ A"), "rejected": mark("■ A")}
_FACT = {"proved": mark("● B"), "partly": mark("▲ B"), "open": mark("○ B")}


def claim_columns(currency: Callable[[], str]) -> tuple[Column, ...]:
    """Title, worth a year, A and B; *currency* gives the ledger's when asked."""

    def worth(claim: Claim) -> str:
        return "–" if claim.worth is None else wording.money(claim.worth, currency())

    return (
        Column("title", mark("Claim"), lambda claim: claim.line.title, style=_title),
        Column("worth", mark("A year"), worth, 84, right=True, style=_quiet),
        Column("a", "", lambda claim: _(_LOGIC[claim.line.logic]), 56, style=_a, spoken=mark("A: logic")),
        Column("b", "", lambda claim: _(_FACT[claim.line.fact]), 56, style=_b, spoken=mark("B: fact")),
    )


def summary(claims: Sequence[Claim]) -> str:
    """How many pass both tests."""
    passed = sum(claim.line.logic == "accepted" and claim.line.fact == "proved" for claim in claims)
    return _("{n} of {all} pass both tests").format(n=passed, all=len(claims))


def state(claim: Claim) -> str:
    """Both tests in words, for those who listen."""
    return _(", ").join((_(value_words.LOGIC[claim.line.logic]), _(value_words.FACT[claim.line.fact])))


def _title(claim: Claim) -> tuple[str, str]:
    return "body", "text.secondary" if claim.line.logic == "rejected" else "text.primary"


def _quiet(_claim: Claim) -> tuple[str, str]:
    return "body", "text.secondary"


def _a(claim: Claim) -> tuple[str, str]:
    inks = {"accepted": "health.green.text", "open": "health.yellow.text", "rejected": "health.red.text"}
    return "strong", inks[claim.line.logic]


def _b(claim: Claim) -> tuple[str, str]:
    inks = {"proved": "health.green.text", "partly": "health.yellow.text", "open": "text.secondary"}
    return "strong", inks[claim.line.fact]

"""What a document will stand on, told before it is made: kinds of data, our own gaps, the meeting, the sender."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from cs_workbench.i18n import _, mark, ngettext

if TYPE_CHECKING:
    from cs_workbench.reports.facts import Briefing
    from cs_workbench.reports.meeting_facts import Meeting

KINDS = {
    "contracts": mark("contract"),
    "usage": mark("use"),
    "tickets": mark("tickets"),
    "surveys": mark("surveys"),
    "interactions": mark("shareable contacts"),
    "opportunities": mark("orders"),
}
"""The kinds of data a briefing is made of."""
_THIN = 3
_OURS = {
    "contract": mark("the contract"),
    "end_date": mark("the end of the contract"),
    "notice": mark("the notice period"),
    "auto_renew": mark("whether it renews by itself"),
}


@dataclass(frozen=True, slots=True)
class Readiness:
    """``missing`` are keys of KINDS, ``ours`` what our own records of the contract lack; they are no fault of the
    customer's and stand in the internal edition only.
    """

    missing: tuple[str, ...] = ()
    ours: tuple[str, ...] = ()
    company: bool = True
    person: bool = True
    meeting: Meeting | None = None
    fit: bool = False
    ledger: Literal["", "none", "empty", "unproven", "free"] = (
        ""  # what a page made of the ledger lacks of it
    )

    @property
    def thin(self) -> bool:
        """Whether most kinds of data are missing."""
        return len(KINDS) - len(self.missing) < _THIN


def readiness(briefing: Briefing, workbook: str = "") -> Readiness:
    """What *briefing* stands on. A document whose *workbook* is the value ledger stands on that alone."""
    if workbook == "value_ledger":
        sender = briefing.sender
        return Readiness(
            (), (), bool(sender.company), bool(sender.person), briefing.meeting, ledger=_ledger(briefing)
        )
    there = {source.code for source in briefing.sources}
    terms = briefing.terms
    ours: list[str] = [code for code in ("contract", "end_date", "notice") if code in briefing.gaps]
    if terms.agreements and terms.auto_renew is None and terms.situation != "rolling":
        ours.append("auto_renew")
    return Readiness(
        tuple(code for code in KINDS if code not in there), tuple(ours), bool(briefing.sender.company),
        bool(briefing.sender.person), briefing.meeting, briefing.fit,
    )  # fmt: skip


def _ledger(briefing: Briefing) -> Literal["", "none", "empty", "unproven", "free"]:
    value = briefing.value
    if value is None:
        return "none"
    if not value.lines:
        return "unproven" if value.potential else "empty"
    return "" if value.costs else "free"


def ledger_words(found: Readiness) -> tuple[str, str]:
    """What a page made of the value ledger lacks, and what it says in its stead; ("", "") where nothing."""
    return {
        "": ("", ""),
        "none": (_("There is no value ledger yet"), _("The page asks what it would be made of.")),
        "empty": (_("The value ledger has no benefit yet"), _("The page asks what it would be made of.")),
        "unproven": (
            _("No benefit counts yet"),
            _("None is agreed, or accepted in logic and proved: the page names them as potential."),
        ),
        "free": (_("The value ledger has no cost"), _("The page names the value, but no return.")),
    }[found.ledger]


def thin_words(found: Readiness) -> str:
    """How much data there is, where it is little; "" else."""
    if not found.thin:
        return ""
    count = len(KINDS) - len(found.missing)
    return ngettext(
        "Data of {n} of {all} kinds: the document will be short",
        "Data of {n} of {all} kinds: the document will be short",
        count,
    ).format(n=count, all=len(KINDS))


def missing_words(found: Readiness) -> str:
    """Which kinds are missing, one sentence."""
    return _("Missing: {kinds}.").format(kinds=_(", ").join(_(KINDS[code]) for code in found.missing))


def ours_words(found: Readiness) -> str:
    """What our records of the contract lack, one sentence; "" where nothing."""
    if not found.ours:
        return ""
    gaps = _(", ").join(_(_OURS[code]) for code in found.ours)
    return _("Not recorded: {gaps}. The customer edition leaves it out; the internal one lists it.").format(
        gaps=gaps
    )


def sender_words(found: Readiness) -> str:
    """What of the sender is not set; "" where all is."""
    if not found.company and not found.person:
        return _("Your company and your name are not set: the pages name neither.")
    if not found.company:
        return _("Your company is not set: the pages do not name it.")
    return "" if found.person else _("Your name is not set: the pages name nobody to contact.")

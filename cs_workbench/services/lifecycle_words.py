"""The lifecycle in words of the current language: criteria, why a stage is proposed, the parts of the index."""

from __future__ import annotations

from collections.abc import Iterable

from cs_workbench.domain.lifecycle import Check, Criterion, Index, Kind, Part
from cs_workbench.i18n import _, mark
from cs_workbench.services.lifecycle import FunnelStep, Lifecycle, StageLine

CRITERIA: dict[Kind, str] = {
    "onboarding_running": mark("An onboarding is under way"),
    "onboarding_over": mark("The onboarding is finished, or decided to go on"),
    "first_value": mark("First value reached"),
    "used_at_least": mark("Use index at least {n}"),
    "score_at_least": mark("Health at least {n}"),
    "score_below": mark("Health below {n}"),
    "map_step_at_least": mark("On the success map at step {n} or later"),
    "objectives_reached": mark("Objectives reached: at least {n}"),
    "days_in_stage": mark("In the stage for at least {n} days"),
    "renewal_within": mark("Renewal within {n} days"),
    "renewal_beyond": mark("Renewal more than {n} days away"),
    "churned": mark("Churned"),
    "under_contract": mark("Under contract"),
    "trained_at_least": mark("At least {n}% of the seats trained"),
}
PARTS: dict[Part, str] = {
    "features": mark("Key features used ÷ available"), "active": mark("Active users ÷ seats"),
    "seats": mark("Seats used ÷ contracted"), "embedded": mark("Embedded in daily work"),
    "trained": mark("People trained ÷ seats"),
}  # fmt: skip


def criterion(one: Criterion) -> str:
    """ "Renewal within 120 days"."""
    return _(CRITERIA[one.kind]).format(n="" if one.value is None else f"{one.value:g}")


def check(one: Check) -> str:
    """A criterion with what was found: "Health at least 70: 78"; "not measured" where nothing was. Days to the renewal
    say to which date: "Renewal within 120 days: notice deadline D−50".
    """
    said = criterion(one.criterion)
    if one.criterion.value is None:
        return said
    found = _("not measured") if one.found is None else f"{one.found:.0f}"
    if one.found is not None and one.by:
        day = f"D−{one.found:.0f}" if one.found >= 0 else f"D+{-one.found:.0f}"
        found = (_("notice deadline {day}") if one.by == "notice" else _("end of term {day}")).format(day=day)
    return _("{criterion}: {found}").format(criterion=said, found=found)


def because(checks: Iterable[Check]) -> str:
    """Several in one line; this is what is kept as the reason of a move."""
    return _(" · ").join(check(one) for one in checks)


def stage(found: Lifecycle, key: str | None) -> str:
    """A stage's label; "No stage" for none."""
    return found.labels.get(key or "", key or "") or _("No stage")


def since(line: StageLine) -> str:
    """Time in stage: "84 d", "≥ 12 d" where no move is on record."""
    words = _("{n} d").format(n=f"{line.days:,}")
    return f"≥ {words}" if line.at_least else words


def index(value: Index) -> str:
    """The index as a number, "–" where too little is measured."""
    return "–" if value.value is None else f"{value.value:.0f}"


def proposal(found: Lifecycle, line: StageLine) -> str:
    """The stage proposed: "→ Renewal"; "" for none or one put off."""
    if line.proposal is None or line.put_off is not None:
        return ""
    return f"→ {stage(found, line.proposal.stage)}"


def went_on(step: FunnelStep) -> str:
    """ "85% went on"; "" where nobody did."""
    share = step.step.conversion
    return _("{share} went on").format(share=f"{round(share * 100)}%") if share and step.step.went_on else ""


def quiet(step: FunnelStep) -> str:
    """Why nothing is said of moves: nobody was ever there, or nobody left again; "" where something is."""
    if step.step.days is not None or went_on(step):
        return ""
    return _("none has left yet") if step.step.accounts else _("none so far")


def median_stay(step: FunnelStep) -> str:
    """ "median 91 d"; "" where nobody left."""
    return "" if step.step.days is None else _("median {n} d").format(n=f"{step.step.days:.0f}")

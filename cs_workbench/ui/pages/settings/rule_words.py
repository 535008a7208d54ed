"""What the signal rules and their figures are called on the settings page."""

from __future__ import annotations

from cs_workbench.i18n import _, mark

RULES: dict[str, tuple[str, str]] = {
    "renewal": (mark("Renewal runway"), mark("An account enters the next step before its renewal.")),
    "notice_close": (mark("Notice deadline close"), mark("The last day to give notice is near.")),
    "band_dropped": (mark("Band dropped"), mark("Health fell from green or yellow to a lower band.")),
    "score_fell": (mark("Score fell"), mark("Health lost many points without leaving its band.")),
    "axis_red": (mark("Axis turned red"), mark("One axis is red while the whole is not.")),
    "usage_zero": (mark("Use stopped"), mark("Nobody has used the product for days.")),
    "usage_fell": (mark("Usage fell"), mark("Usage is lower than in the days before.")),
    "seats_low": (mark("Idle seats"), mark("Few seats are in use long after the start.")),
    "touch_debt": (mark("Contact overdue"), mark("Longer without a two-way contact than the cadence says.")),
    "champion_left": (mark("Champion left"), mark("A champion left or changed roles.")),
    "single_threaded": (mark("Only one contact"), mark("The relationship hangs on one person.")),
    "decision_maker": (
        mark("Decision maker not met"),
        mark("No contact with whoever decides, since the start."),
    ),
    "severe_ticket": (mark("Severe ticket"), mark("A ticket of high severity is open.")),
    "ticket_spike": (mark("Ticket spike"), mark("More tickets than usual.")),
    "bad_answer": (mark("Low survey score"), mark("Somebody answered a survey with a low score.")),
    "loop_overdue": (
        mark("Loop overdue"),
        mark("A complaint or detractor was to hear from us, and the day has passed."),
    ),
    "onboarding_late": (mark("Onboarding late"), mark("Still being set up after it should have ended.")),
    "promise": (mark("Our promise due"), mark("Something we promised is due soon.")),
    "their_promise": (mark("Their promise due"), mark("Something the customer promised is due.")),
    "task": (mark("Task due"), mark("A task is due soon.")),
    "missing_data": (mark("Missing data"), mark("Contract, amount or notice period is not entered.")),
    "no_value": (mark("No proven value"), mark("No line of value is proven before the next renewal.")),
    "seats_full": (mark("Seats nearly full"), mark("Almost every seat is in use: room to grow.")),
    "usage_rose": (mark("Usage rose"), mark("Usage grows while health is green: room to grow.")),
}
"""Name and explanation of each rule."""

FIGURES: dict[str, tuple[str, str]] = {
    "within": (mark("Shown from"), mark("days before")),
    "window": (mark("Within"), mark("days")),
    "points": (mark("By"), mark("points")),
    "days": (mark("After"), mark("days")),
    "share": (mark("Share"), ""),
    "months": (mark("After"), mark("months")),
    "before": (mark("Compared with"), mark("days earlier")),
    "least": (mark("At least"), mark("tickets")),
    "times": (mark("At least"), mark("times as many")),
    "nps": (mark("NPS up to"), ""),
    "csat": (mark("CSAT up to"), ""),
    "ahead": (mark("Shown from"), mark("days before")),
    "notice_within": (mark("Shown from"), mark("days before")),
    "due_before": (mark("Due"), mark("days before")),
}
"""The words before and behind each figure."""


def rule_name(rule: str) -> str:
    """What a rule is called; its key for one without a name."""
    return _(RULES[rule][0]) if rule in RULES else rule


def rule_hint(rule: str) -> str:
    """One sentence about a rule."""
    return _(RULES[rule][1]) if rule in RULES else ""


def figure_words(figure: str) -> tuple[str, str]:
    """The words before and behind a figure."""
    before, unit = FIGURES.get(figure, (figure, ""))
    return _(before), _(unit) if unit else ""

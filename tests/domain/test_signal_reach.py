"""What is late is what somebody here could have done: not far-off steps of healthy accounts, nor what lies before."""

from __future__ import annotations

import datetime as dt

import pytest

from cs_workbench.domain.signal_ranking import group
from cs_workbench.domain.signals import Signal
from tests.builders_signals import DAY, TODAY, contract, customer, facts, found


def of(rule: str, days: int, *, band: str = "green", known: int | None = None, tier: str = "A") -> Signal:
    """The signal of *rule* for an account whose term ends in *days*, in the portfolio since *known* days ago."""
    here = None if known is None else TODAY - known * DAY
    given = facts(
        customer(band=band, tier=tier, known=here),
        contracts=[contract(end_on=TODAY + days * DAY)],
        proven=frozenset(),
    )
    return next(one for one in found(given) if one.rule == rule)


@pytest.mark.parametrize(
    ("days", "band", "place"),
    [
        (148, "green", "later"),  # until D-120
        (121, "green", "week"),
        (100, "green", "later"),  # until D-90
        (148, "yellow", "now"),
        (148, "none", "now"),
        (90, "green", "later"),
        (65, "green", "now"),  # near the deadline good health gives no more time
        (65, "red", "now"),
    ],
)
def test_a_green_account_far_away_is_not_late(days: int, band: str, place: str) -> None:
    assert group(of("renewal", days, band=band), TODAY) == place


@pytest.mark.parametrize("days", range(91, 181))
def test_a_step_far_away_is_never_late_for_a_green_account(days: int) -> None:
    due = of("renewal", days).due
    assert due is not None
    assert due >= TODAY


@pytest.mark.parametrize(
    ("rule", "days", "known", "due"),
    [
        ("renewal", 129, 0, dt.date(2026, 12, 1)),  # would be 31 days late
        ("renewal", 129, 3, dt.date(2026, 11, 30)),  # a week after it came, on a working day
        ("renewal", 129, 300, dt.date(2026, 10, 23)),
        ("no_value", 39, 0, dt.date(2026, 12, 1)),
        ("no_value", 4, 0, TODAY + 4 * DAY),  # never after the deadline
        ("no_value", 100, 0, dt.date(2026, 12, 28)),  # not due yet: as planned, before the turn of the year
    ],
)
def test_what_was_due_before_an_account_came_is_due_a_week_after(
    rule: str, days: int, known: int, due: dt.date
) -> None:
    assert of(rule, days, band="none", known=known).due == due


def test_silence_counts_from_the_day_the_account_came() -> None:
    since = TODAY - 500 * DAY
    new = customer(since=since, known=TODAY)
    old = customer(2, since=since, known=TODAY - 31 * DAY)
    (signal,) = found(facts(new, old, talked=True, talked_from=since))
    assert (signal.account_id, signal.code, signal.params["days"]) == (2, "never_talked", 31)


def test_by_when_value_is_proven_is_advice() -> None:
    assert of("no_value", 39).advised
    assert not of("renewal", 39).advised

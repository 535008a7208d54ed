"""Which backups go: a table of cases, and what must hold for every one."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cs_workbench.store.rotation import Dated, Policy, to_delete

START = dt.datetime(2026, 1, 1, 12, tzinfo=dt.UTC)
NOTHING = Policy(newest=0, days=0, weeks=0, months=0, minimum=0)


def every(hours: float, count: int) -> list[Dated]:
    """Backups at equal distances, numbered from 1."""
    return [Dated(number, START + dt.timedelta(hours=hours * (number - 1))) for number in range(1, count + 1)]


def kept(backups: list[Dated], policy: Policy) -> list[int]:
    gone = set(to_delete(backups, policy))
    return [backup.number for backup in backups if backup.number not in gone]


@pytest.mark.parametrize(
    ("backups", "policy", "expected"),
    [
        ([], Policy(), []),
        (every(1, 1), NOTHING, [1]),
        (every(1, 5), NOTHING, [5]),
        (every(1, 5), Policy(newest=3, days=0, weeks=0, months=0, minimum=0), [3, 4, 5]),
        (every(1, 5), Policy(newest=1, days=0, weeks=0, months=0, minimum=4), [2, 3, 4, 5]),
        (every(8, 9), Policy(newest=1, days=3, weeks=0, months=0, minimum=0), [5, 8, 9]),
        (every(24, 21), Policy(newest=1, days=0, weeks=2, months=0, minimum=0), [18, 21]),
        (every(24, 70), Policy(newest=1, days=0, weeks=0, months=3, minimum=0), [31, 59, 70]),
        (every(24, 70), Policy(newest=2, days=3, weeks=2, months=2, minimum=0), [59, 67, 68, 69, 70]),
        (every(24 * 40, 6), Policy(newest=1, days=2, weeks=0, months=0, minimum=0), [5, 6]),
    ],
)
def test_cases(backups: list[Dated], policy: Policy, expected: list[int]) -> None:
    assert kept(backups, policy) == expected


@pytest.mark.parametrize("shift", [dt.timedelta(days=-400), dt.timedelta(days=3650)])
def test_a_clock_that_jumps_deletes_nothing_newer(shift: dt.timedelta) -> None:
    backups = every(24, 10)
    jumped = [*backups, Dated(11, backups[-1].at + shift), Dated(12, backups[-1].at + shift)]
    policy = Policy(newest=3, days=4, weeks=0, months=0, minimum=3)
    assert kept(jumped, policy) == [8, 9, 10, 11, 12]


def test_the_usual_policy_over_a_year_of_days() -> None:
    left = kept(every(24, 365), Policy())
    assert left[-14:] == list(range(352, 366))
    assert 25 <= len(left) <= 40


@pytest.mark.parametrize("field", ["newest", "days", "weeks", "months", "minimum"])
def test_a_negative_policy_is_refused(field: str) -> None:
    with pytest.raises(ValueError, match="0"):
        to_delete([], Policy(**{field: -1}))


counts = st.integers(0, 6)
policies = st.builds(Policy, newest=counts, days=counts, weeks=counts, months=counts, minimum=counts)
instants = st.integers(0, 3650 * 24).map(lambda hours: START + dt.timedelta(hours=hours))
backup_lists = st.lists(instants, max_size=40).map(
    lambda instants: [Dated(number, at) for number, at in enumerate(instants, start=1)]
)


@given(backup_lists, policies)
def test_what_always_holds(backups: list[Dated], policy: Policy) -> None:
    left = kept(backups, policy)
    floor = min(len(backups), max(policy.minimum, policy.newest, 1))
    newest_first = [backup.number for backup in reversed(backups)]
    assert left[len(left) - floor :] == sorted(newest_first[:floor])
    assert len(left) <= max(policy.minimum, policy.newest, 1) + policy.days + policy.weeks + policy.months
    assert kept([backup for backup in backups if backup.number in left], policy) == left, (
        "a second go deletes no more"
    )


@given(backup_lists, policies)
def test_the_order_given_does_not_matter(backups: list[Dated], policy: Policy) -> None:
    assert to_delete(backups[::-1], policy) == to_delete(backups, policy)

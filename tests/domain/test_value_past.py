"""Days that have passed count the mean of what was read then, week by week and only under contract."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

import pytest

from cs_workbench.domain.cash_flow import moment, payback
from cs_workbench.domain.contract_terms import shares, spans, years_of
from cs_workbench.domain.sensitivity import Moving, break_even, npv, tornado
from cs_workbench.domain.value_ledger import Benefit, Confidence, Cost, Input, Ledger, Past, compute
from cs_workbench.domain.value_past import Read, Weeks, behind_of, pasts
from cs_workbench.domain.value_past import means as read_means

D = Decimal
START = dt.date(2026, 1, 1)
BOUNDS = years_of(START, 3)


def means(
    weeks: Weeks, as_of: dt.date, gaps: Sequence[tuple[dt.date, dt.date]] = ()
) -> tuple[Decimal | None, ...]:
    """The mean of each year; the readings of a week stand on its first day."""
    read = {week * 7: mean for week, mean in weeks.items()}
    return tuple(one.mean for one in read_means(read, BOUNDS, as_of, gaps))


def day(number: int) -> dt.date:
    """The day so many days after the first."""
    return START + dt.timedelta(days=number)


def test_every_week_counts_its_own_mean() -> None:
    weeks = {week: D(60 + week) for week in range(4)}
    assert means(weeks, day(28)) == (D("61.5"), None, None)


def test_a_week_that_was_not_read_counts_the_one_before() -> None:
    assert means({0: D(10), 3: D(40)}, day(28))[0] == D("17.5")


def test_weeks_before_the_first_reading_say_nothing() -> None:
    assert means({2: D(30), 3: D(40)}, day(28))[0] == 35
    assert read_means({14: D(30)}, BOUNDS, day(28), ())[0] == Read(D(30), 14, D(14) / 365)


def test_a_reading_of_before_the_ledger_stands_for_five_weeks() -> None:
    assert read_means({-3: D(20), 14: D(30)}, BOUNDS, day(28), ())[0] == Read(D(25))
    assert read_means({-3: D(20)}, BOUNDS, day(28), ())[0] == Read()  # nothing was read in it: today's figure
    assert read_means({-35: D(20)}, BOUNDS, day(28), ())[0] == Read(None, 21, D(21) / 365)


@pytest.mark.parametrize(
    ("as_of", "lost"), [(42, 0), (43, 1), (49, 7), (70, 28), (77, 28), (112, 28), (113, 29)]
)
def test_a_week_is_carried_on_for_five_weeks_at_most(as_of: int, lost: int) -> None:
    """Read on the first day and on day 70: five weeks after the first week nobody knows."""
    found = read_means({0: D(10), 70: D(10)} if as_of > 70 else {0: D(10)}, BOUNDS, day(as_of), ())[0]
    assert (found.mean, found.days, found.unread) == (10, lost, D(lost) / 365)


def test_days_without_a_contract_need_no_reading() -> None:
    assert read_means({0: D(10)}, BOUNDS, day(70), [(day(42), day(69))])[0] == Read(D(10))
    assert read_means({0: D(10)}, BOUNDS, day(70), [(day(42), day(62))])[0].days == 7


def test_a_week_counts_for_the_year_it_was_read_in() -> None:
    """Week 52 lies in both years: a reading of its first day says nothing of year 2, one of its last not of year 1."""
    assert [one.mean for one in read_means({364: D(109)}, BOUNDS, day(700), ())] == [109, None, None]
    assert read_means({364: D(109)}, BOUNDS, day(700), ())[1] == Read(None, 294, D(294) / 365)
    late = read_means({357: D(10), 366: D(20)}, BOUNDS, day(380), ())
    assert [one.mean for one in late] == [10, 20, None]


def test_days_of_no_contract_are_left_out() -> None:
    weeks = {0: D(10), 1: D(20), 2: D(30)}
    assert means(weeks, day(21), [(day(0), day(6))])[0] == 25
    assert means(weeks, day(21), [(day(0), day(20))])[0] is None


def test_a_year_begins_with_what_the_year_before_ended_with() -> None:
    assert means({50: D(10), 53: D(20)}, day(365 + 13)) == (10, (D(10) * 6 + D(20) * 7) / 13, None)


def test_a_year_without_a_reading_has_no_mean() -> None:
    assert means({0: D(10)}, day(365 + 100)) == (10, None, None)
    assert means({54: D(10)}, day(365 + 3)) == (None, None, None)


def test_nothing_has_passed_on_the_first_day() -> None:
    assert means({0: D(10)}, START) == (None, None, None)


def ledger(
    *, past: tuple[Past | None, ...] = (), now: str = "100", formula: str = "users * hours * price"
) -> Ledger:
    gain = Benefit(
        "1", "Time", "cost", formula,
        (Input("users", D(now), "people"), Input("hours", D(2), "hours/person/year", D(1), D(3)),
         Input("price", D(5), "JPY/hour")),
        confidence="measured", agreed=True, past=past,
    )  # fmt: skip
    return Ledger("JPY", 3, (gain,), (Cost("c", "Set-up", "setup", (D(100),)),), D(0))


def read_of(mean: str | None) -> dict[str, tuple[Read, ...]]:
    """What was read of the users in the first year."""
    return {"users": (Read(None if mean is None else D(mean)), Read(), Read())}


def found(past: str, mean: str | None, *, now: str = "100") -> tuple[Decimal, ...]:
    """What the years of a line are worth whose first has that share behind, read at that mean."""
    own = ledger(now=now)
    then = pasts(own.benefits[0], own, read_of(mean), (D(past), D(0), D(0)), (D(1), D(1), D(1)))
    return compute(ledger(now=now, past=then)).gross[1:]


def test_a_year_is_past_days_at_their_mean_and_the_rest_at_today_s_figure() -> None:
    assert found("1", "80") == (800, 1000, 1000)
    assert found("0.5", "80") == (900, 1000, 1000)
    assert found("0.5", "120") == (1100, 1000, 1000)


def test_what_is_behind_is_an_amount_whatever_is_read_today() -> None:
    assert found("1", "80", now="1") == (800, 10, 10)
    assert found("1", "80", now="0") == (800, 0, 0)
    assert found("0.25", "80", now="0") == (200, 0, 0)
    assert found("1", "0", now="50") == (0, 500, 500)
    assert found("1", None, now="50") == (500, 500, 500)


def test_a_gain_that_is_below_nothing_today_keeps_its_past() -> None:
    own = ledger(formula="users * hours * price - lost", now="80").benefits[0]
    plain = replace(own, inputs=(*own.inputs, Input("lost", D(900), "JPY/year")))
    whole = replace(ledger(), benefits=(replace(plain, past=(Past(D(1), (("users", D(100)),)),)),))
    assert compute(whole).gross == (0, 100, -100, -100)


def test_a_line_that_cannot_be_computed_is_left_to_say_so_itself() -> None:
    own = ledger()
    broken = replace(own.benefits[0], formula="users * (")
    assert pasts(broken, own, read_of("1"), (D(1),) * 3, (D(1),) * 3) == ()
    parted = ledger(formula="users * hours * price / users")
    assert pasts(parted.benefits[0], parted, read_of("0"), (D(1),) * 3, (D(1),) * 3) == ()


@pytest.mark.parametrize(
    ("confidence", "kept"),
    [("measured", "0.95"), ("confirmed", "0.9"), ("estimate", "0.8"), ("assumption", "0.7")],
)
def test_days_nobody_measured_carry_at_least_an_estimate_s_risk(confidence: Confidence, kept: str) -> None:
    """Half of the first year lies behind, a quarter of it was never read: that quarter is no fact."""
    own = ledger()
    plain = replace(own.benefits[0], confidence=confidence)
    read = {"users": (Read(D(80), 91, D("0.25")), Read(), Read())}
    then = pasts(plain, own, read, (D("0.5"), D(0), D(0)), (D(1), D(1), D(1)))
    assert then[0] == Past(D("0.5"), (("users", D(80)),), D("0.25"))
    whole = replace(own, benefits=(replace(plain, past=then),))
    (made,) = compute(whole).proven
    assert made.flow == (0, 900, 1000, 1000)  # before risk it counts as read
    sure, other = D(kept), min(D(kept), D("0.8"))
    assert made.adjusted[1] == 500 * sure + 200 * sure + 200 * other
    assert behind_of(made, whole, (D("0.5"), D(0), D(0)), (D(1),) * 3) == 200 * sure + 200 * other
    assert Moving(whole).npv("1", "hours", D(4)) == npv(whole) + sum(made.adjusted)


def test_what_was_never_read_counts_today_s_figure_as_an_estimate() -> None:
    own = ledger()
    read = {"users": (Read(None, 365, D(1)), Read(None, 182, D("0.5")), Read())}
    then = pasts(own.benefits[0], own, read, (D(1), D("0.5"), D(0)), (D(1), D("0.5"), D(1)))
    assert then == (Past(D(1), (), D(1)), Past(D(1), (), D(1)), None)
    whole = replace(ledger(past=then), covered=(D(1), D("0.5"), D(1)))
    assert compute(whole).benefits == (0, 800, 400, 950)


def test_the_flow_is_worth_what_its_years_are() -> None:
    own = ledger(past=(Past(D(1), (("users", D(80)),)),))
    made = compute(own)
    assert made.gross == (0, 800, 1000, 1000)
    assert made.benefits == (0, 760, 950, 950)
    assert made.delay == D(950) / 12
    assert behind_of(made.proven[0], own, (D(1), D(0), D(0)), (D(1),) * 3) == 760


def test_moving_an_input_moves_what_is_to_come_and_what_was_not_read_both() -> None:
    own = ledger(past=(Past(D("0.5"), (("users", D(80)),)),))
    moving = Moving(own)
    now = npv(own)
    assert moving.npv("1", "users", D(0)) == now - (D(500) + 2000) * D("0.95")
    assert moving.npv("1", "hours", D(1)) == now - (D(900) + 2000) / 2 * D("0.95")
    assert break_even(own, "1", "users") is None  # what is behind covers the cost
    (swing,) = tornado(own)
    assert (swing.name, swing.npv_low) == ("hours", moving.npv("1", "hours", D(1)))


def test_from_when_to_when_there_is_a_contract() -> None:
    gaps = [(day(0), day(72)), (day(100), day(109)), (day(292), day(364 + 73))]
    first = ((D(73) / 365, D(100) / 365), (D(110) / 365, D(292) / 365))
    assert spans(gaps, BOUNDS) == (first, ((D(73) / 365, 1),), ((0, 1),))
    assert spans([(day(0), day(364))], BOUNDS)[0] == ((0, 1),)
    assert shares(gaps, BOUNDS)[1] == D(292) / 365


def test_payback_never_lies_on_a_day_without_a_contract() -> None:
    year = ((D(0), D("0.2")), (D("0.6"), D(1)))
    assert moment(D("0.25"), year) == D("0.15")
    assert moment(D("0.5"), year) == D("0.7")
    assert payback([D(0), D(200)], [D(100), D(0)], (year,)) == D("0.7")
    assert payback([D(0), D(200)], [D(100), D(0)]) == D("0.5")

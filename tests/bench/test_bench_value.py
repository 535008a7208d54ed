"""A key typed in a value ledger: checked against its units, everything computed again, every working written."""

from __future__ import annotations

from decimal import Decimal

from cs_workbench.domain import sensitivity
from cs_workbench.domain.value_ledger import Benefit, Cost, Input, Ledger, compute, full_year
from cs_workbench.services import value_working
from tests.bench.conftest import Note, Timed

D = Decimal
FORMULA = "users * hours * weeks * price * capture"
LINES = 20


def book() -> Ledger:
    """Twenty benefits with five bounded inputs each, and five costs, over five years."""
    benefits = tuple(
        Benefit(
            str(n), f"Benefit {n}", "cost", FORMULA,
            (Input("users", D(58), "people", D(50), D(70)), Input("hours", D("1.5"), "hours/week/person", D(1), D(2)),
             Input("weeks", D(48), "weeks/year", D(44), D(50)), Input("price", D(3400), "JPY/hour", D(3000), D(4000)),
             Input("capture", D("0.5"), "%", D("0.3"), D("0.7"))),
            confidence="measured", agreed=True, ramp=(D("0.5"), D(1)),
        )
        for n in range(LINES)
    )  # fmt: skip
    costs = tuple(Cost(f"c{n}", "Cost", "other", (D(10**6),) * 6) for n in range(5))
    return Ledger("JPY", 5, benefits, costs)


def test_a_key_in_a_formula(note: Note, timed: Timed) -> None:
    """Issue: recompute per key within 50 ms; floor: the ledger computed once, without its workings."""
    ledger = book()
    floor = timed(lambda: compute(ledger), rounds=7, warmup_rounds=1)
    found: list[int] = []

    def key() -> None:
        full_year(ledger.benefits[0], "JPY")
        made = value_working.workings(value_working.book(ledger, compute(ledger)))
        found.append(len(made))

    walls = [_once(key) for _round in range(7)]
    note(
        f"value ledger of {LINES} lines, a key with every working", sorted(walls)[3] * 1000, "ms", aim="≤ 50 ms",
        floor=floor.wall * 1000, floor_name="compute alone",
    )  # fmt: skip
    assert found[-1] == len(value_working.FIGURES) + LINES + 5


def test_what_the_result_hangs_on(note: Note, timed: Timed) -> None:
    """Runs on the pool, never at a key: tornado of a hundred inputs and one break-even."""
    ledger = book()
    took = timed(
        lambda: (sensitivity.tornado(ledger), sensitivity.break_even(ledger, "0", "hours")), rounds=3
    )
    note(f"value ledger of {LINES} lines, tornado and a break-even", took.wall * 1000, "ms")
    assert len(sensitivity.tornado(ledger)) == LINES * 5


def _once(work: object) -> float:
    import time

    assert callable(work)
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin

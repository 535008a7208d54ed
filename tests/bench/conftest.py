"""The table of figures: what was measured, the floor or peer measured beside it in the same run, the aim.

``python3 packaging/test.py tests/bench`` prints it. Times are of the wall; the processor's own time beside them stays
true while other programs keep the machine busy. Nothing here asserts a time: what is asserted is that the work was
done.
"""

from __future__ import annotations

import os
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

ROWS = pytest.StashKey[list["Figure"]]()


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table; ``floor`` is what it is compared with, 0 when the aim is absolute."""

    name: str
    value: float
    unit: str
    floor: float
    floor_name: str
    aim: str
    processor: float | None


@dataclass(frozen=True, slots=True)
class Timing:
    """Medians in seconds: of the wall, and of the processor (this process and the children it waited for)."""

    wall: float
    processor: float


Note = Callable[..., None]
Timed = Callable[..., Timing]


@pytest.fixture
def note(request: pytest.FixtureRequest) -> Note:
    """Write one line into the table printed at the end: ``note("search", 4.2, "ms", aim="≤ 20 ms")``."""
    rows = request.config.stash.setdefault(ROWS, [])

    def write(
        name: str,
        value: float,
        unit: str,
        *,
        aim: str = "",
        floor: float = 0.0,
        floor_name: str = "",
        processor: float | None = None,
    ) -> None:
        rows.append(Figure(name, value, unit, floor, floor_name, aim, processor))

    return write


@pytest.fixture
def timed(benchmark: Any) -> Timed:
    """Run *work* some rounds under pytest-benchmark: ``timed(work, rounds=7, warmup_rounds=1)``."""

    def measure(work: Callable[[], Any], *, rounds: int, warmup_rounds: int = 0) -> Timing:
        walls: list[float] = []
        spent: list[float] = []

        def once() -> Any:
            began, start = _processor(), time.perf_counter()
            answer = work()
            walls.append(time.perf_counter() - start)
            spent.append(_processor() - began)
            return answer

        benchmark.pedantic(once, rounds=rounds, warmup_rounds=warmup_rounds)
        return Timing(statistics.median(walls[warmup_rounds:]), statistics.median(spent[warmup_rounds:]))

    return measure


def _processor() -> float:
    times = os.times()
    return time.process_time() + times.children_user + times.children_system


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Print the table after the run."""
    rows = config.stash.get(ROWS, [])
    if not rows:
        return
    terminalreporter.section("figures (ratios within this run)")
    load = f", load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    terminalreporter.write_line(
        f"Python {sys.version.split()[0]}, {sys.platform}, {os.cpu_count()} processors{load} at the end"
    )
    for row in rows:
        work = "" if row.processor is None else f"processor {row.processor:.3f}"
        ratio = (
            f"= {row.value / row.floor:.2f} × {row.floor_name} ({row.floor:.3g} {row.unit})"
            if row.floor
            else ""
        )
        terminalreporter.write_line(
            f"{row.name:<54} {row.value:10.3f} {row.unit:<4} {work:<16} {ratio:<42} {row.aim and 'aim ' + row.aim}"
        )

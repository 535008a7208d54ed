"""The table of figures: what was measured, the floor or peer measured beside it in the same run, the aim."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

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


Note = Callable[..., None]


@pytest.fixture
def note(request: pytest.FixtureRequest) -> Note:
    """Write one line into the table printed at the end: ``note("search", 4.2, "ms", aim="≤ 20 ms")``."""
    rows = request.config.stash.setdefault(ROWS, [])

    def write(
        name: str, value: float, unit: str, *, aim: str, floor: float = 0.0, floor_name: str = ""
    ) -> None:
        rows.append(Figure(name, value, unit, floor, floor_name, aim))

    return write


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Print the table after the run."""
    rows = config.stash.get(ROWS, [])
    if not rows:
        return
    terminalreporter.section("figures (ratios within this run)")
    for row in rows:
        ratio = (
            f"= {row.value / row.floor:5.2f} × {row.floor_name} ({row.floor:.3g} {row.unit})"
            if row.floor
            else ""
        )
        terminalreporter.write_line(
            f"{row.name:<58} {row.value:10.3f} {row.unit:<4} {ratio:<52} aim {row.aim}"
        )

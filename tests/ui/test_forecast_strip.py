"""The figures under the forecast: each under its tick where there is room, apart evenly where there is not."""

from __future__ import annotations

import pytest

from cs_workbench.ui.widgets.forecast_strip import spread


@pytest.mark.parametrize(
    ("places", "widths", "room", "expected"),
    [
        ([100, 300, 500], [40, 40, 40], 600, [80, 280, 480]),
        ([290, 300, 310], [40, 40, 40], 600, [228, 280, 332]),
        ([0, 300], [40, 40], 600, [0, 280]),
        ([590, 600], [40, 40], 600, [508, 560]),
        ([300, 305, 590], [40, 40, 60], 600, [256.5, 308.5, 540]),
        ([10, 20, 30], [50, 50, 50], 100, None),
    ],
)
def test_texts_stay_near_their_ticks_and_never_touch(
    places: list[float], widths: list[float], room: float, expected: list[float] | None
) -> None:
    assert spread(places, widths, room, 12) == expected


def test_nothing_leaves_the_bar_however_near_its_ends_the_ticks_are() -> None:
    for at in range(0, 601, 7):
        found = spread([at, at, at], [80.0, 90.0, 70.0], 600.0, 12.0)
        assert found is not None
        assert found[0] >= 0
        assert found[2] + 70 <= 600
        assert found[0] + 80 + 12 <= found[1] + 0.5
        assert found[1] + 90 + 12 <= found[2] + 0.5

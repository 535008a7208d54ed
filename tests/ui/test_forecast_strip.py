"""The figures under the forecast: each under its tick where there is room, apart evenly where there is not."""

from __future__ import annotations

from decimal import Decimal

import pytest

from cs_workbench.domain.forecast import Forecast
from cs_workbench.ui.widgets.forecast_strip import ForecastStrip, ends, spread


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


@pytest.mark.parametrize(
    ("taken", "expected"),
    [((100.0, 400.0), [0.0, 540.0]), ((20.0, 400.0), [None, 540.0]), ((100.0, 530.0), [0.0, None])],
)
def test_nothing_and_all_stand_at_the_ends_where_there_is_room(
    taken: tuple[float, float], expected: list[float | None]
) -> None:
    assert ends((10.0, 60.0), taken, 600.0, 12.0) == expected


def test_the_middle_is_named_however_near_the_expected_it_is(
    qapp: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    from cs_workbench.ui.widgets import forecast_strip

    said: list[str] = []
    paint = forecast_strip.paint_text
    monkeypatch.setattr(
        forecast_strip, "paint_text", lambda *told, **more: (said.append(told[2]), paint(*told, **more))[1]
    )
    strip = ForecastStrip()
    strip.resize(800, 60)
    low, middle, high = (Decimal(one) for one in (100, 200, 300))
    strip.show_forecast(Forecast(3, Decimal(500), middle + 1, low, middle, high, Decimal(0)), "USD")
    strip.grab()
    assert [words.split()[0] for words in said] == ["expected", "low", "middle", "high", "0", "$500"]

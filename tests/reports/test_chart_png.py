"""Charts as PNG: the asked size, the same bytes each time."""

from __future__ import annotations

import io

import pytest

from cs_workbench import charts
from cs_workbench.reports.chart_png import png
from tests.reports import sample_document as sample


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_png_has_the_asked_size_and_is_the_same_each_time(scale: float) -> None:
    from PIL import Image

    drawing = charts.draw(sample.use_data("ja"), charts.paper(), 240.0, 120.0)
    made = png(drawing, scale=scale)
    with Image.open(io.BytesIO(made)) as picture:
        assert picture.width == pytest.approx(drawing.width * scale, abs=2)
        assert picture.height == pytest.approx(drawing.height * scale, abs=2)
    png.cache_clear()
    assert png(drawing, scale=scale) == made


def test_drawing_with_hostile_words_is_still_one_picture() -> None:
    data = sample.bursting("en").blocks[-1]
    assert png(charts.draw(data.data, charts.paper(), 300.0, 100.0)).startswith(b"\x89PNG")  # type: ignore[union-attr]

"""Key figures of a row share a size on paper; names in a tornado stay whole; small print says what it is for."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cs_workbench import charts
from cs_workbench.charts.drawing import Text
from cs_workbench.charts.tornado import tornado_chart
from cs_workbench.domain.chart_data import ChartData, Series
from cs_workbench.reports import blocks as b
from cs_workbench.reports.engine import RenderFailure
from cs_workbench.reports.press import press_data

from . import rendering, sample_document

NAMES = (
    "Share of time really saved 30%–70%",
    "Hours per user and week 0.67–1.33",
    "Rework per month now 15–25",
)


def test_key_figures_of_a_row_share_the_smallest_size() -> None:
    metrics = b.Metrics(
        tuple(b.Metric("L", (b.Run(text),)) for text in ("8.8万米ドル相当", "34%", "2.6", "74%"))
    )
    made = replace(sample_document.all_missing("en"), cover=None, blocks=(metrics,))
    (block,) = press_data(made, b.Look())["sections"][0]["blocks"]
    assert len({item["size"] for item in block["items"]}) == 1
    assert block["items"][1]["size"] < 24.0


@pytest.mark.parametrize("height", [40.0, 50.0, 84.0])
def test_a_name_takes_two_lines_before_it_is_cut(height: float) -> None:
    data = ChartData("tornado", NAMES, (Series("better", (3.0, 2.0, 1.5)), Series("worse", (-1.0, 0.0, 0.5))))
    drawn = tornado_chart(data, charts.paper("#23458F"), 240.0, height, "not measured")
    said = [item.words for item in drawn.items if isinstance(item, Text)]
    assert not any("…" in text for text in said)
    assert all(any(name.startswith(text) for text in said) for name in NAMES)


def test_small_print_may_be_for_paper_only() -> None:
    (kept,) = rendering.blocks('::: small {only="paper"}\nEvidence\n:::')
    (usual,) = rendering.blocks("::: small\nDefinitions\n:::")
    assert isinstance(kept, b.Paragraph)
    assert isinstance(usual, b.Paragraph)
    assert (kept.small, kept.paper) == (True, True)
    assert (usual.small, usual.paper) == (True, False)


def test_small_print_for_anything_else_is_refused() -> None:
    with pytest.raises(RenderFailure, match="screen"):
        rendering.blocks('::: small {only="screen"}\nEvidence\n:::')

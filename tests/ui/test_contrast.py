"""Contrast of what is drawn rather than written: shapes, lines of charts, numbers on bands (guide, section 9).

Words on surfaces, badges, buttons and lines are held by test_theme.
"""

from __future__ import annotations

import tomllib
from typing import Any

import pytest

from cs_workbench import paths
from cs_workbench.reports.look import contrast_on_white
from cs_workbench.ui import theme as themes

GROUNDS = ("bg.window", "bg.surface", "bg.sunken", "bg.raised", "bg.hover", "bg.selected")
BANDS = ("green", "yellow", "red", "none")
TEXT, GRAPHIC = 4.5, 3.0


def lightness(colour: str) -> float:
    """WCAG's relative luminance of "#rrggbb"."""
    return 1.05 / contrast_on_white(colour) - 0.05


def contrast(one: str, other: str) -> float:
    """WCAG's contrast of two colours, 1 to 21."""
    dark, light = sorted((lightness(one), lightness(other)))
    return (light + 0.05) / (dark + 0.05)


def tokens(name: str) -> dict[str, Any]:
    """A theme as it is written."""
    with open(paths.resources("themes", f"{name}.toml"), "rb") as file:
        return tomllib.load(file)


def test_white_on_black_is_21() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)


@pytest.mark.parametrize("name", ["light", "dark"])
@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("band", BANDS)
def test_shapes_of_health_stand_out(name: themes.Name, ground: str, band: str) -> None:
    theme = themes.load(name)
    assert contrast(theme.hex(f"health.{band}.graphic"), theme.hex(ground)) >= GRAPHIC


@pytest.mark.parametrize("name", ["light", "dark"])
@pytest.mark.parametrize("ground", ["surface", "green", "yellow", "red"])
def test_series_and_axis_stand_out_on_charts_and_their_bands(name: str, ground: str) -> None:
    theme = tokens(name)
    chart = theme["chart"]
    below = theme["bg"]["surface"] if ground == "surface" else chart[f"band_{ground}"]
    for number, series in enumerate(chart["series"], 1):
        assert contrast(series, below) >= GRAPHIC, f"series {number}"
    assert contrast(chart["axis"], below) >= TEXT


@pytest.mark.parametrize("name", ["light", "dark"])
def test_a_filled_button_stands_out(name: str) -> None:
    theme = tokens(name)
    for ground in ("window", "surface", "sunken"):
        assert contrast(theme["accent"]["base"], theme["bg"][ground]) >= GRAPHIC, ground


def test_ink_is_read_on_paper() -> None:
    paper = tokens("paper")
    for ink in ("ink", "ink_2", "ink_3", "accent", "internal"):
        for ground in ("#FFFFFF", paper["tint"]):
            assert contrast(paper[ink], ground) >= TEXT, (ink, ground)
    for number, series in enumerate(paper["series"], 1):
        assert contrast_on_white(series) >= GRAPHIC, f"series {number}"


@pytest.mark.parametrize("band", BANDS)
def test_bands_are_told_apart_on_paper(band: str) -> None:
    paper = tokens("paper")["health"][band]
    assert contrast(paper["text"], paper["soft"]) >= TEXT
    assert contrast(paper["graphic"], "#FFFFFF") >= GRAPHIC

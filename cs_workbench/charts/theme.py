"""Colours and type sizes of charts, read from resources/themes."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

from cs_workbench import paths
from cs_workbench.charts.drawing import Shape
from cs_workbench.domain.chart_data import Tone

SHAPES: dict[Tone, Shape] = {"green": "circle", "yellow": "triangle", "red": "diamond", "info": "ring"}


@dataclass(frozen=True, slots=True)
class Theme:
    """The look of a chart. Colours are sRGB hex; sizes are in the drawing's unit. ``spare`` is the quiet bar."""

    ink: str
    ink_2: str
    ink_3: str
    grid: str
    axis: str
    surface: str
    series: tuple[str, ...]
    muted: str
    spare: str
    tone_text: tuple[str, str, str, str]  # green, yellow, red, info
    tone_graphic: tuple[str, str, str, str]
    tone_band: tuple[str, str, str]
    small: float
    strong: float
    line: float  # width of the subject's line

    def text_of(self, tone: Tone) -> str:
        """Colour of words in *tone*."""
        return self.tone_text[_TONES.index(tone)] if tone in _TONES else self.ink_2

    def graphic_of(self, tone: Tone, otherwise: str) -> str:
        """Colour of a shape or bar in *tone*, or *otherwise* without one."""
        return self.tone_graphic[_TONES.index(tone)] if tone in _TONES else otherwise


_TONES: tuple[Tone, ...] = ("green", "yellow", "red", "info")


def mix(colour: str, other: str, share: float) -> str:
    """*share* (0 to 1) of *colour* over *other*, as sRGB hex."""
    pairs = zip(bytes.fromhex(colour[1:]), bytes.fromhex(other[1:]), strict=True)
    return "#" + "".join(f"{round(a * share + b * (1 - share)):02X}" for a, b in pairs)


@cache
def tokens(name: str) -> dict[str, Any]:
    """The values of theme *name*: "light", "dark" or "paper"."""
    return tomllib.loads(Path(paths.resources("themes", f"{name}.toml")).read_text(encoding="utf-8"))


@cache
def paper(accent: str = "") -> Theme:
    """The look on white paper, in points, with the company's *accent* (hex) as first series."""
    t = tokens("paper")
    accent = accent or t["accent"]
    health = t["health"]
    return Theme(
        ink=t["ink"], ink_2=t["ink_2"], ink_3=t["ink_3"], grid=t["rule_light"], axis=t["ink_3"],
        surface="#FFFFFF", series=(accent, *t["series"][1:]), muted=t["muted"],
        spare=mix(accent, "#FFFFFF", 0.2),
        tone_text=(*(health[b]["text"] for b in ("green", "yellow", "red")), accent),
        tone_graphic=(*(health[b]["graphic"] for b in ("green", "yellow", "red")), accent),
        tone_band=(t["chart"]["band_green"], t["chart"]["band_yellow"], t["chart"]["band_red"]),
        small=8, strong=9, line=1.6,
    )  # fmt: skip


@cache
def screen(name: Literal["light", "dark"], scale: float = 1.0) -> Theme:
    """The look on screen, in pixels at text *scale*."""
    t = tokens(name)
    chart, text, health = t["chart"], t["text"], t["health"]
    return Theme(
        ink=text["primary"], ink_2=text["secondary"], ink_3=text["tertiary"], grid=chart["grid"],
        axis=chart["axis"], surface=t["bg"]["surface"], series=tuple(chart["series"]), muted=chart["muted"],
        spare=mix(chart["series"][0], t["bg"]["surface"], 0.2),
        tone_text=(*(health[b]["text"] for b in ("green", "yellow", "red")), text["accent"]),
        tone_graphic=(*(health[b]["graphic"] for b in ("green", "yellow", "red")), t["accent"]["base"]),
        tone_band=(chart["band_green"], chart["band_yellow"], chart["band_red"]),
        small=12 * scale, strong=13 * scale, line=2 * scale,
    )  # fmt: skip

"""What a chart is drawn with: a few frozen shapes in one unit (points on paper, pixels on screen), y downwards."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

Anchor: TypeAlias = Literal["start", "middle", "end"]
Shape: TypeAlias = Literal["circle", "triangle", "diamond", "ring"]


@dataclass(frozen=True, slots=True)
class Stroke:
    """A straight line; ``dash`` lists dash and gap lengths, empty for a solid line."""

    x1: float
    y1: float
    x2: float
    y2: float
    colour: str
    width: float = 0.5
    dash: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Polyline:
    """A line through two or more points, with round joins."""

    points: tuple[tuple[float, float], ...]
    colour: str
    width: float = 1.5
    dash: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Rectangle:
    """A box: filled, or outlined (``dash`` for what isn't measured)."""

    x: float
    y: float
    width: float
    height: float
    fill: str = ""
    outline: str = ""
    dash: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Mark:
    """A small shape round (x, y) that says a tone without colour; ``size`` is its height."""

    shape: Shape
    x: float
    y: float
    size: float
    colour: str


@dataclass(frozen=True, slots=True)
class Text:
    """One line of words; (x, y) is its anchor on the base line."""

    x: float
    y: float
    words: str
    colour: str
    size: float
    bold: bool = False
    anchor: Anchor = "start"


Item: TypeAlias = Stroke | Polyline | Rectangle | Mark | Text


@dataclass(frozen=True, slots=True)
class Drawing:
    """A finished drawing and the room it takes."""

    width: float
    height: float
    items: tuple[Item, ...]

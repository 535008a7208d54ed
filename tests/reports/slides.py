"""Decks as tests see them: opened again, shapes in points, every word in them."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from typing import Any

import pptx as python_pptx

WIDTH, HEIGHT = 960.0, 540.0


@dataclass(frozen=True)
class Shape:
    """Where something stands, in points, and what it says."""

    left: float
    top: float
    right: float
    bottom: float
    text: str
    name: str


def opened(content: bytes) -> Any:
    """The deck as python-pptx reads it."""
    return python_pptx.Presentation(io.BytesIO(content))


def parts(content: bytes) -> dict[str, bytes]:
    """Every part of a package by name."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return {name: package.read(name) for name in package.namelist()}


def texts(content: bytes) -> dict[str, str]:
    """The XML parts."""
    found = parts(content)
    return {name: found[name].decode() for name in found if name.endswith((".xml", ".rels"))}


def said(content: bytes) -> str:
    """The words of slides, charts and notes."""
    wanted = re.compile(r"ppt/(slides|charts|notesSlides)/[^/]+\.xml")
    found = [text for name, text in texts(content).items() if wanted.match(name)]
    return unescape(re.sub(r"<[^>]+>", "", re.sub(r"</a:p>|<a:br>|</c:v>", "\n", "\n".join(found))))


def shapes(slide: Any) -> list[Shape]:
    """The shapes of a slide."""
    return [
        Shape(
            one.left / 12700,
            one.top / 12700,
            (one.left + one.width) / 12700,
            (one.top + one.height) / 12700,
            one.text_frame.text if one.has_text_frame else "",
            one.name,
        )
        for one in slide.shapes
    ]


def outside(slide: Any) -> list[Shape]:
    """Shapes that leave the slide."""
    return [
        one
        for one in shapes(slide)
        if one.left < -0.6 or one.top < -0.6 or one.right > WIDTH + 0.6 or one.bottom > HEIGHT + 0.6
    ]


def overlapping(slide: Any) -> list[tuple[str, str]]:
    """Pairs of texts and tables that lie on one another."""
    frames = {"Table"}
    texts = [one for one in shapes(slide) if one.text.strip() or one.name in frames]
    return [
        (one.text[:40] or one.name, two.text[:40] or two.name)
        for at, one in enumerate(texts)
        for two in texts[at + 1 :]
        if min(one.right, two.right) - max(one.left, two.left) > 0.6
        and min(one.bottom, two.bottom) - max(one.top, two.top) > 0.6
    ]


def sizes(content: bytes) -> Iterator[float]:
    """Every type size of the slides, in points."""
    for name, text in texts(content).items():
        if name.startswith("ppt/slides/slide"):
            yield from (int(size) / 100 for size in re.findall(r'\bsz="(\d+)"', text))


def charts(content: bytes) -> list[Any]:
    """The native charts, in order."""
    return [shape.chart for slide in opened(content).slides for shape in slide.shapes if shape.has_chart]


def tables(content: bytes) -> list[Any]:
    """The native tables, in order."""
    return [shape.table for slide in opened(content).slides for shape in slide.shapes if shape.has_table]

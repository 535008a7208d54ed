"""A drawing as PNG, through the same typesetter and fonts as the PDF: for formats that take no vector picture."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING

from cs_workbench import paths
from cs_workbench.charts.drawing import Drawing
from cs_workbench.charts.svg import svg

if TYPE_CHECKING:
    import typst


@cache
def _compiler() -> typst.Compiler:
    import typst

    return typst.Compiler(
        paths.resources("documents", "picture.typ"),
        root=paths.resources("documents"),
        font_paths=[paths.resources("fonts")],
        ignore_system_fonts=True,
    )


@lru_cache(maxsize=64)
def png(drawing: Drawing, *, scale: float = 2.0) -> bytes:
    """*drawing* as PNG on white, *scale* times 96 pixels to the inch."""
    picture = _compiler().compile(format="png", ppi=96.0 * scale, sys_inputs={"svg": svg(drawing)})
    if not isinstance(picture, bytes):
        raise TypeError("one drawing gives one picture")
    return picture

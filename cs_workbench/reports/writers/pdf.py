"""PDF: A4, tagged, accessible (PDF/UA-1), fonts embedded, the same bytes for the same document."""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING

from cs_workbench import paths
from cs_workbench.reports.blocks import Document, Look
from cs_workbench.reports.press import press_data
from cs_workbench.reports.whole_file import write_whole

if TYPE_CHECKING:
    import typst


def write(document: Document, look: Look, path: str) -> None:
    """Write *document* to *path*. Raises FileProblem where the file can't be written."""
    write_whole(path, render(document, look))


def render(document: Document, look: Look) -> bytes:
    """*document* as the bytes of a PDF."""
    made = _compiler().compile(format="pdf", sys_inputs=_inputs(document, look), pdf_standards="ua-1")
    if not isinstance(made, bytes):
        raise TypeError("a PDF is one file")
    return made


def preview(document: Document, look: Look, *, ppi: float = 144.0) -> list[bytes]:
    """The pages of *document* as PNG, exactly as the PDF shows them."""
    pages = _compiler().compile(format="png", sys_inputs=_inputs(document, look), ppi=ppi)
    return [pages] if isinstance(pages, bytes) else list(pages or ())


def _inputs(document: Document, look: Look) -> dict[str, str]:
    return {"document": json.dumps(press_data(document, look), ensure_ascii=False)}


@cache
def _compiler() -> typst.Compiler:
    """Kept for the process: fonts are read once, and what didn't change isn't laid out again."""
    import typst

    return typst.Compiler(
        paths.resources("documents", "look.typ"),
        root=paths.resources("documents"),
        font_paths=[paths.resources("fonts")],
        ignore_system_fonts=True,
    )

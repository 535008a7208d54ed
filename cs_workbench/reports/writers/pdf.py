"""PDF: A4, tagged, accessible (PDF/UA-1), fonts embedded, the same bytes for the same document."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from cs_workbench import paths
from cs_workbench.errors import TemplateProblem
from cs_workbench.i18n import _
from cs_workbench.reports.blocks import Document, Look
from cs_workbench.reports.glyphs import all_shown, printable_tree
from cs_workbench.reports.press import PULLED, SMALLER, press_data
from cs_workbench.reports.sections import sections
from cs_workbench.reports.whole_file import write_whole

if TYPE_CHECKING:
    import typst

_UNTITLED = "–"
_SHRINKS = (0.95, 0.9, 0.85, 0.8, 0.77)  # of a dense document: a table's 8.5 points become 6.5 at the least
_TIGHTER = (0.58, SMALLER, PULLED)  # steps to save a page of a few lines, each one more time the page is set
_TOP, _LEAST = 64.0, 270.0  # points: where text begins, and a third of a page
_PAGE = re.compile(rb"/Type\s*/Page\b")


def write(document: Document, look: Look, path: str) -> None:
    """Write *document* to *path*. Raises FileProblem where the file can't be written."""
    write_whole(path, render(document, look))


def render(document: Document, look: Look) -> bytes:
    """*document* as the bytes of a PDF. Raises TemplateProblem for one that cannot be set."""
    made = _set(document, look, format="pdf", pdf_standards="ua-1")
    if not isinstance(made, bytes):
        raise TypeError("a PDF is one file")
    return made


def preview(document: Document, look: Look, *, ppi: float = 144.0) -> list[bytes]:
    """The pages of *document* as PNG, exactly as the PDF shows them. Raises TemplateProblem."""
    pages = _set(document, look, format="png", ppi=ppi)
    return [pages] if isinstance(pages, bytes) else list(pages or ())


def _set(document: Document, look: Look, **wanted: Any) -> bytes | list[bytes] | None:
    import typst

    try:
        with _turn():
            return _fitting(document, look, **wanted)
    except typst.TypstError as problem:
        raise TemplateProblem(
            _("The document cannot be set as PDF: {reason}.").format(reason=problem.message.rstrip(".")),
            _("Nothing was written. Simplify the template, or choose another format (docx, html, md)."),
            code="pdf",
        ) from problem


def _fitting(document: Document, look: Look, **wanted: Any) -> bytes | list[bytes] | None:
    """As it is set; a dense document as large as it can be on one page a message, or as small as can be read."""
    made = _compiler().compile(sys_inputs=_inputs(document, look), **wanted)
    if not document.dense:
        return _filled(made, document, look, **wanted)
    room = len(sections(document)) + (document.cover is not None)
    for shrink in _SHRINKS:
        if _pages(made) <= room:
            break
        made = _compiler().compile(sys_inputs=_inputs(document, look, shrink), **wanted)
    return made


def _filled(
    made: bytes | list[bytes] | None, document: Document, look: Look, **wanted: Any
) -> bytes | list[bytes] | None:
    """Without last pages of a few lines: blocks stand closer in such a section, or the last of them go together."""
    tight = dict[int, float]()
    for step in _TIGHTER:
        thin = _thin(json.loads(_compiler().query("<stand>", field="value")), document.cover is not None)
        if not thin:
            break
        tight |= dict.fromkeys(thin, step)
        made = _compiler().compile(sys_inputs=_inputs(document, look, tight=tight), **wanted)
    return made


def _thin(stands: Sequence[dict[str, Any]], before: int) -> set[int]:
    """The sections whose last page holds less than a third of text; *before*: the page that comes before the first."""
    found, text = set[int](), dict[int, tuple[int, float]]()
    for stand in stands:
        number, at = stand["section"], (stand["page"], stand["y"])
        text.setdefault(number, at)
        if stand["at"] != "end":
            continue
        page, y = text[number]
        if stand["page"] > before + 1 and (page < stand["page"] or y - _TOP < _LEAST):
            found.add(number)
        before = stand["page"]
    return found


def _pages(made: bytes | list[bytes] | None) -> int:
    """How many pages were set: pictures of them, or the page objects of a PDF."""
    if isinstance(made, list):
        return len(made)
    return max(len(_PAGE.findall(made or b"")), 1)


def _inputs(
    document: Document, look: Look, shrink: float = 1.0, tight: Mapping[int, float] | None = None
) -> dict[str, str]:
    data = press_data(document, look, shrink, tight)
    data["title"] = data["title"] or data["sender"] or _UNTITLED  # PDF/UA-1 asks for one
    text = json.dumps(data, ensure_ascii=False)
    if "\\u" in text or not all_shown(text):  # rare: a control character, or a letter the font lacks
        data = printable_tree(data)
        data["title"] = data["title"] or _UNTITLED
        text = json.dumps(data, ensure_ascii=False)
    return {"document": text}


@cache
def _turn() -> threading.Lock:
    """The typesetter does one thing at a time; a second thread waits instead of failing."""
    return threading.Lock()


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

"""The empty presentation: our size, one layout with a title, our fonts and colours, no person and no instant in it."""

from __future__ import annotations

import re
from typing import Any

from cs_workbench import charts
from cs_workbench.reports.blocks import Document, Look
from cs_workbench.reports.office_package import made_on
from cs_workbench.reports.slide_text import FONT, MESSAGE, printable

WIDTH, HEIGHT = 960.0, 540.0
LEFT, TOP = 56.0, 40.0
ROOM = WIDTH - 2 * LEFT
_KEPT_LAYOUT = "Title Only"
_UNWANTED = ("printerSettings", "thumbnail")


def blank_presentation(document: Document, look: Look) -> Any:
    """A python-pptx presentation without slides in this look."""
    import pptx
    from pptx.util import Pt

    made = pptx.Presentation()
    made.slide_width, made.slide_height = Pt(WIDTH), Pt(HEIGHT)
    _one_layout(made)
    _properties(made, document)
    for rels in (made.part.package._rels, made.part.rels):
        for key in [key for key, rel in rels.items() if rel.reltype.endswith(_UNWANTED)]:
            rels.pop(key)
    _dress(made, look)
    return made


def _one_layout(made: Any) -> None:
    """Keep the layout that has a title and nothing else; take dates, footers and samples off the master."""
    from pptx.util import Pt

    for layout in list(made.slide_layouts):
        if layout.name != _KEPT_LAYOUT:
            made.slide_layouts.remove(layout)
    for holder in (made.slide_master, made.slide_layouts[0]):
        for shape in list(holder.placeholders):
            if "TITLE" in str(shape.placeholder_format.type):
                shape.left, shape.top = Pt(LEFT), Pt(TOP)
                shape.width, shape.height = Pt(ROOM), Pt(2 * MESSAGE.line)
                frame = shape.text_frame
                frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
                shape._element.txBody.bodyPr.set("anchor", "t")
            else:
                shape._element.getparent().remove(shape._element)
    made.slide_layouts[0].name = "Message"
    style = made.slide_master._element.find("{*}txStyles/{*}titleStyle/{*}lvl1pPr")
    style.set("algn", "l")
    style.find("{*}defRPr").set("sz", str(round(MESSAGE.size * 100)))


def _properties(made: Any, document: Document) -> None:
    core = made.core_properties
    core.title, core.author = printable(document.title)[:255], printable(document.sender)[:255]
    core.last_modified_by, core.revision, core.language = "", 1, document.language
    core.created = core.modified = made_on(document.as_of)
    core.comments = core.keywords = core.subject = core.category = ""


def _dress(made: Any, look: Look) -> None:
    """Theme colours and fonts, so that what a person adds later looks like the rest."""
    theme = next(part for part in made.slide_master.part.rels.values() if part.reltype.endswith("/theme"))
    text = theme.target_part.blob.decode("utf-8")
    paper = charts.tokens("paper")
    colours = [look.accent, *paper["series"][1:]]
    names = {"dk1": paper["ink"], "lt1": "#FFFFFF", "dk2": paper["ink_2"], "lt2": paper["tint"]}
    names |= {f"accent{number}": colour for number, colour in enumerate(colours[:6], 1)}
    names |= {"hlink": look.accent, "folHlink": look.accent}
    for name, colour in names.items():
        text = re.sub(
            f"<a:{name}>.*?</a:{name}>",
            f'<a:{name}><a:srgbClr val="{colour.lstrip("#")}"/></a:{name}>',
            text,
            flags=re.DOTALL,
        )
    text = re.sub(r'<a:(latin|ea) typeface="[^"]*"', rf'<a:\1 typeface="{FONT}"', text)
    text = re.sub(r'(script="Jpan" typeface=)"[^"]*"', rf'\1"{FONT}"', text)
    theme.target_part._blob = text.encode("utf-8")

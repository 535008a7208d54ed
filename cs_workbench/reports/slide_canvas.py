"""What is put on one slide: text boxes, boxes, lines, marks, tables and drawings, as native shapes, in points."""

from __future__ import annotations

import io
import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from cs_workbench.charts import drawing as d
from cs_workbench.reports.blocks import Document, Look
from cs_workbench.reports.slide_text import (
    NOTE,
    Face,
    Para,
    colour_of,
    long,
    paragraph_xml,
    plain,
    printable,
)

_NAMES = (
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
)
_TABLE = "http://schemas.openxmlformats.org/drawingml/2006/table"
_SHAPES = {"circle": "ellipse", "ring": "donut", "triangle": "triangle", "diamond": "diamond"}
_INSETS = 'lIns="0" tIns="0" rIns="0" bIns="0" rtlCol="0" anchor="t"'
_RECTANGLE = '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
_NUMBER = "{C1FF6DA9-008F-4B48-92A6-B652298478BF}"
_LEAST = 9.0  # points: nothing on a slide is smaller


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in points from the slide's top left."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table: its words, the colour and thickness of the rule below, and its fill."""

    para: Para
    rule: str
    thick: float
    fill: str = ""


class Canvas:
    """One slide being filled; ids are given in the order things are put on, which is their reading order."""

    def __init__(self, slide: Any, document: Document, look: Look) -> None:
        self.slide = slide
        self.document = document
        self.look = look
        self._tree = slide.shapes._spTree
        self._ids = itertools.count(100)

    def next_id(self) -> int:
        """An id no other shape of the slide has."""
        return next(self._ids)

    def text(self, box: Box, paras: Sequence[Para], *, name: str = "Text", wrap: bool = True) -> None:
        """A text box with these paragraphs, without inner margins."""
        dress = f"{_RECTANGLE}<a:noFill/><a:ln><a:noFill/></a:ln>"
        self._shape(box, name, dress, self._body(paras, wrap=wrap), textbox=True)

    def title(self, box: Box, para: Para) -> None:
        """The slide's title, in its placeholder, so that outline and screen readers find it."""
        shape = self.slide.shapes.title
        shape.left, shape.top, shape.width, shape.height = (
            _emu(side) for side in (box.x, box.y, box.width, box.height)
        )
        body = shape._element.txBody
        body.getparent().replace(body, _parsed(self._body((para,))))

    def number(self, box: Box) -> None:
        """The slide's number, kept by the program that shows it."""
        run = paragraph_xml(Para(plain("0"), NOTE, "right"), self.look, self.document.language)
        shown = str(len(self.slide.part.package.presentation_part.presentation.slides))
        run = run.replace("<a:r>", f'<a:fld id="{_NUMBER}" type="slidenum">').replace("</a:r>", "</a:fld>")
        run = run.replace("<a:t>0</a:t>", f"<a:t>{shown}</a:t>")
        body = (
            f'<p:txBody {_NAMES}><a:bodyPr wrap="square" {_INSETS}><a:noAutofit/></a:bodyPr>'
            f"<a:lstStyle/>{run}</p:txBody>"
        )
        self._shape(box, "Number", f"{_RECTANGLE}<a:noFill/>", body, textbox=True)

    def _body(self, paras: Sequence[Para], *, wrap: bool = True, tag: str = "p:txBody") -> str:
        words = "".join(
            paragraph_xml(one, self.look, self.document.language, self._link) for one in paras
        ) or paragraph_xml(Para(()), self.look, self.document.language)
        return (
            f'<{tag} {_NAMES}><a:bodyPr wrap="{"square" if wrap else "none"}" {_INSETS}><a:noAutofit/></a:bodyPr>'
            f"<a:lstStyle/>{words}</{tag}>"
        )

    def _link(self, address: str) -> str:
        from pptx.opc.constants import RELATIONSHIP_TYPE

        return str(
            self.slide.part.relate_to(printable(address), RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        )

    def rectangle(
        self, box: Box, *, fill: str = "", edge: str = "", thick: float = 0.75, dashed: str = "", shape: str = "rect",
        alt: str = "",
    ) -> None:  # fmt: skip
        """A filled or outlined shape without words; ``alt`` says what it stands for."""
        inside = self._solid(fill) if fill else "<a:noFill/>"
        geometry = _RECTANGLE.replace("rect", shape)
        self._shape(box, "Box", f"{geometry}{inside}{self._line(edge, thick, dashed)}", "", alt=alt)

    def rule(self, x: float, y: float, length: float, colour: str, thick: float = 0.75) -> None:
        """A horizontal line."""
        self.stroke((x, y), (x + length, y), colour, thick)

    def stroke(
        self,
        start: tuple[float, float],
        end: tuple[float, float],
        colour: str,
        thick: float,
        *,
        dashed: str = "",
    ) -> None:
        """A straight line."""
        (x1, y1), (x2, y2) = start, end
        left, top = min(x1, x2), min(y1, y2)
        flip = ' flipV="1"' if (x2 - x1) * (y2 - y1) < 0 else ""
        place = _xfrm(Box(left, top, abs(x2 - x1), abs(y2 - y1)), "a", flip)
        self._tree.append(
            _parsed(
                f'<p:cxnSp {_NAMES}><p:nvCxnSpPr><p:cNvPr id="{self.next_id()}" name="Line"/><p:cNvCxnSpPr/><p:nvPr/>'
                f'</p:nvCxnSpPr><p:spPr>{place}<a:prstGeom prst="line"><a:avLst/></a:prstGeom>'
                f"{self._line(colour, thick, dashed)}</p:spPr></p:cxnSp>"
            )
        )

    def _solid(self, colour: str) -> str:
        return f'<a:solidFill><a:srgbClr val="{colour_of(colour, self.look)}"/></a:solidFill>'

    def _line(self, colour: str, thick: float, dashed: str) -> str:
        if not colour:
            return "<a:ln><a:noFill/></a:ln>"
        dash = f'<a:prstDash val="{dashed}"/>' if dashed else ""
        return f'<a:ln w="{round(thick * 12700)}">{self._solid(colour)}{dash}</a:ln>'

    def _shape(
        self, box: Box, name: str, properties: str, body: str, *, textbox: bool = False, alt: str = ""
    ) -> None:
        said = f' descr="{escape(printable(alt))}"' if alt else ""
        kind = '<p:cNvSpPr txBox="1"/>' if textbox else "<p:cNvSpPr/>"
        self._tree.append(
            _parsed(
                f'<p:sp {_NAMES}><p:nvSpPr><p:cNvPr id="{self.next_id()}" name="{name}"{said}/>{kind}<p:nvPr/>'
                f"</p:nvSpPr><p:spPr>{_xfrm(box, 'a')}{properties}</p:spPr>{body}</p:sp>"
            )
        )

    def picture(self, png: bytes, box: Box, alt: str) -> float:
        """A picture as large as *box* allows, at its top left; returns its width."""
        shape = self.slide.shapes.add_picture(
            io.BytesIO(png), _emu(box.x), _emu(box.y), height=_emu(box.height)
        )
        if shape.width > _emu(box.width):
            shape.height = round(shape.height * _emu(box.width) / shape.width)
            shape.width = _emu(box.width)
        properties = shape._element.nvPicPr.cNvPr
        properties.set("id", str(self.next_id()))
        properties.set("name", "Logo")
        properties.set("descr", printable(alt))
        return float(shape.width / 12700)

    def table(
        self, box: Box, widths: Sequence[float], rows: Sequence[tuple[float, Sequence[Cell]]], *, head: bool, pad: float
    ) -> None:  # fmt: skip
        """A native table: rows of (height, cells), *pad* points above and below their words; a head has its own."""
        first = ' firstRow="1"' if head else ""
        grid = "".join(f'<a:gridCol w="{_emu(width)}"/>' for width in widths)
        pads = [HEAD_PAD if head and not at else pad for at in range(len(rows))]
        lines = "".join(
            f'<a:tr h="{_emu(height)}">{"".join(self._cell(cell, own) for cell in cells)}</a:tr>'
            for own, (height, cells) in zip(pads, rows, strict=True)
        )
        self._tree.append(
            _parsed(
                f'<p:graphicFrame {_NAMES}><p:nvGraphicFramePr><p:cNvPr id="{self.next_id()}" '
                f'name="Table"/><p:cNvGraphicFramePr><a:graphicFrameLocks noGrp="1"/>'
                f"</p:cNvGraphicFramePr><p:nvPr/></p:nvGraphicFramePr>{_xfrm(box, 'p')}<a:graphic>"
                f'<a:graphicData uri="{_TABLE}"><a:tbl><a:tblPr{first}/>'
                f"<a:tblGrid>{grid}</a:tblGrid>{lines}</a:tbl></a:graphicData></a:graphic></p:graphicFrame>"
            )
        )

    def _cell(self, cell: Cell, pad: float) -> str:
        bare = "".join(f'<a:{side} w="0"><a:noFill/></a:{side}>' for side in ("lnL", "lnR", "lnT"))
        rule = f'<a:lnB w="{round(cell.thick * 12700)}">{self._solid(cell.rule)}</a:lnB>'
        fill = self._solid(cell.fill) if cell.fill else "<a:noFill/>"
        words = paragraph_xml(cell.para, self.look, self.document.language, self._link)
        return (
            f"<a:tc><a:txBody><a:bodyPr/><a:lstStyle/>{words}</a:txBody>"
            f'<a:tcPr marL="{_emu(CELL_SIDE)}" marR="{_emu(CELL_SIDE)}" marT="{_emu(pad)}" marB="{_emu(pad)}" '
            f'anchor="ctr">{bare}{rule}{fill}</a:tcPr></a:tc>'
        )

    def drawing(self, items: Sequence[d.Item], x: float, y: float) -> None:
        """A drawing's strokes, boxes, marks and words as native shapes, its origin at (x, y)."""
        for item in items:
            match item:
                case d.Stroke():
                    start, end = (x + item.x1, y + item.y1), (x + item.x2, y + item.y2)
                    self.stroke(start, end, item.colour, item.width, dashed=_dash(item.dash))
                case d.Rectangle():
                    self.rectangle(
                        Box(x + item.x, y + item.y, item.width, item.height), fill=item.fill, edge=item.outline,
                        dashed=_dash(item.dash),
                    )  # fmt: skip
                case d.Mark():
                    half = item.size / 2
                    self.rectangle(
                        Box(x + item.x - half, y + item.y - half, item.size, item.size), fill=item.colour,
                        shape=_SHAPES[item.shape],
                    )  # fmt: skip
                case d.Text():
                    self._words(item, x, y)
                case d.Polyline():
                    for (x1, y1), (x2, y2) in itertools.pairwise(item.points):
                        self.stroke((x + x1, y + y1), (x + x2, y + y2), item.colour, item.width)

    def _words(self, item: d.Text, x: float, y: float) -> None:
        """One line of words on its base line; the box is as high as a line of it."""
        if not printable(item.words):
            return
        size = max(item.size, _LEAST)
        face = Face(size, size * 1.2, item.colour, item.bold)
        words = plain(item.words, bold=item.bold)
        room = long(words, face) + 1.0
        left = x + item.x - {"start": 0.0, "middle": room / 2, "end": room}[item.anchor]
        align = {"start": "left", "middle": "center", "end": "right"}[item.anchor]
        box = Box(left, y + item.y - size * 0.95, room, size * 1.2)
        self.text(box, (Para(words, face, align),), name="Label", wrap=False)  # type: ignore[arg-type]


CELL_SIDE = 6.0
HEAD_PAD = 3.0  # points above and below the words of a table's head


def _dash(dash: tuple[float, ...]) -> str:
    """The preset that comes closest: dots or dashes."""
    return ("sysDot" if dash[0] < dash[-1] else "dash") if dash else ""


def _parsed(xml: str) -> Any:
    from pptx.oxml import parse_xml

    return parse_xml(xml)


def _xfrm(box: Box, space: str, flip: str = "") -> str:
    return (
        f'<{space}:xfrm{flip}><a:off x="{_emu(box.x)}" y="{_emu(box.y)}"/>'
        f'<a:ext cx="{_emu(max(box.width, 0.0))}" cy="{_emu(max(box.height, 0.0))}"/></{space}:xfrm>'
    )


def _emu(points: float) -> int:
    return round(points * 12700)

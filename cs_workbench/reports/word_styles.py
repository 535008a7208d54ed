"""The reference document for Word, made by code: A4, paragraph styles with East Asian fonts, running head and foot."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from cs_workbench import charts
from cs_workbench.reports.blocks import Document, Look
from cs_workbench.reports.office_package import made_on
from cs_workbench.reports.sections import word

FONT = "Noto Sans JP"
_PICTURED = ("Picture", "Sender", "Cover chart", "Furniture")  # lines a picture or a mark may stand in
_ALIKE = "Yu Gothic"  # what Word is to take on a computer without our font


@dataclass(frozen=True, slots=True)
class Style:
    """One paragraph style: points for size, line and spacing; colour by its name in the paper theme or "accent"."""

    name: str
    size: float
    line: float
    colour: str = "ink"
    bold: bool = False
    before: float = 0.0
    after: float = 0.0
    with_next: bool = False
    rule: bool = False
    base: str = "Normal"
    exact: bool = False  # lines of just that height, whatever the font asks


STYLES = (
    Style("Normal", 9.5, 15.5, after=6, base=""),
    Style("Heading 1", 16, 23, bold=True, after=16, with_next=True),
    Style("Heading 2", 10.5, 16, bold=True, before=15, after=5, with_next=True, rule=True),
    Style("Heading 3", 9.5, 15.5, bold=True, before=10, after=3, with_next=True),
    Style("Sender", 10.5, 16, bold=True),
    Style("Kicker", 13, 21, "accent", bold=True, before=118, after=12),
    Style("Title", 30, 42, bold=True, after=24),
    Style("Customer", 13, 21, after=2),
    Style("Cover line", 9.5, 15.5, "ink_2", after=110),
    Style("Cover chart", 9.5, 15.5, after=4),
    Style("Remark", 8, 12, "ink_3", after=8),
    Style("Quote", 13, 21, bold=True, before=4),
    Style("Quoted by", 8.5, 13, "ink_3", after=4),
    Style("Record note", 7, 10.5, "internal", before=3, after=3),
    Style("Sources", 7, 10.5, "ink_3", before=14),
    Style("List item", 9.5, 15.5, after=3),
    Style("Card title", 9.5, 15.5, bold=True, after=2, with_next=True),
    Style("Chart opening", 10.5, 16, bold=True, before=18, with_next=True, rule=True),
    Style("Chart title", 10.5, 16, bold=True, before=4, with_next=True),
    Style("Chart subtitle", 8.5, 13, "ink_3", after=2, with_next=True),
    Style("Picture", 9.5, 15.5, before=3, after=8),
    Style("Table head", 7.5, 12, "ink_3"),
    Style("Table text", 8.5, 13),
    Style("Figure", 24, 32, bold=True),
    Style("Metric text", 9.5, 15.5),
    Style("Metric note", 8, 12, "ink_3"),
    Style("Cell label", 8, 13, "accent", bold=True),
    Style("White label", 8.5, 13, "white"),
    Style("White strong", 13, 21, "white", bold=True),
    Style("White date", 16, 23, "white", bold=True),
    Style("Fill label", 8.5, 13, "ink_3", before=3),
    Style("Furniture", 7, 10.5, "ink_3"),
)


def blank_document(document: Document, look: Look, closeness: float = 1.0) -> Any:
    """An empty python-docx document with this look, its properties free of persons and instants; a dense one is set
    as close as *closeness* asks."""
    import docx

    made = docx.Document()
    for old in list(made.element.body.iterchildren("{*}p")):
        made.element.body.remove(old)
    known = {one.name: one for one in made.styles}  # looking one up walks all of Word's
    for style in STYLES:
        _style(made, known, close(style, closeness) if document.dense else style, look)
    _paper(made)
    _properties(made, document)
    _modern(made)
    _furniture(made, document)
    _alike(made)
    return made


def close(style: Style, step: float = 1.0) -> Style:
    """The style on a page that is to hold much, *step* of it where that is still too much; the message stays."""
    own = 1.0 if style.name == "Heading 1" else step
    return replace(
        style, size=round(style.size * own * 1.8) / 2, line=style.line * 0.82 * own, before=style.before * 0.6 * own,
        after=style.after * 0.6 * own, exact=style.name not in _PICTURED,
    )  # fmt: skip


def rgb(colour: str) -> Any:
    """A docx colour from "#RRGGBB"."""
    from docx.shared import RGBColor

    return RGBColor.from_string(colour.lstrip("#"))


def colour_named(name: str, look: Look) -> str:
    """A colour of the paper theme, or of the company."""
    if name == "accent":
        return look.accent
    return "#FFFFFF" if name == "white" else str(charts.tokens("paper")[name])


def set_fonts(properties: Any) -> None:
    """Name the font for every script: Word takes another one for Japanese otherwise."""
    from docx.oxml.ns import qn

    fonts = properties.get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), FONT)


def element(tag: str, **attributes: str) -> Any:
    """A WordprocessingML element with ``w:`` attributes."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    made = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), value)
    return made


def border(properties: Any, *, edge: str, size: float, colour: str, space: int = 4) -> None:
    """A paragraph's border on one edge, *size* points thick."""
    from docx.oxml.ns import qn

    borders = properties.find(qn("w:pBdr"))
    if borders is None:
        borders = element("pBdr")
        properties.insert_element_before(
            borders, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:kinsoku", "w:wordWrap", "w:overflowPunct",
            "w:topLinePunct", "w:autoSpaceDE", "w:autoSpaceDN", "w:bidi", "w:adjustRightInd", "w:snapToGrid",
            "w:spacing", "w:ind", "w:contextualSpacing", "w:jc", "w:outlineLvl", "w:rPr",
        )  # fmt: skip
    value = element(edge, val="single", sz=str(round(size * 8)), space=str(space), color=colour.lstrip("#"))
    borders.append(value)


def _style(made: Any, known: dict[str, Any], style: Style, look: Look) -> None:
    from docx.enum.style import WD_STYLE_TYPE
    from docx.enum.text import WD_LINE_SPACING
    from docx.shared import Pt

    if style.name not in known:
        known[style.name] = made.styles.add_style(style.name, WD_STYLE_TYPE.PARAGRAPH)
    target = known[style.name]
    if style.base:
        target.base_style = known[style.base]
    font = target.font
    font.size, font.bold, font.italic = Pt(style.size), style.bold, False
    font.color.rgb = rgb(colour_named(style.colour, look))
    set_fonts(target.element.get_or_add_rPr())
    for old in target.element.rPr.findall("{*}lang"):
        target.element.rPr.remove(old)
    # Latin words in a Japanese text are still Latin: as Japanese they would be cut anywhere at a line's end.
    target.element.rPr.append(element("lang", val="en-GB", eastAsia="ja-JP"))
    form = target.paragraph_format
    form.space_before, form.space_after = Pt(style.before), Pt(style.after)
    form.line_spacing_rule = WD_LINE_SPACING.EXACTLY if style.exact else WD_LINE_SPACING.AT_LEAST
    form.line_spacing = Pt(style.line)
    form.keep_with_next, form.keep_together = style.with_next, True
    form.widow_control = True
    properties = target.element.get_or_add_pPr()
    for old in properties.findall("{*}pBdr"):
        properties.remove(old)
    if style.rule:
        border(properties, edge="top", size=1, colour=colour_named("ink", look), space=6)
    _japanese_lines(properties)


def _japanese_lines(properties: Any) -> None:
    """Line breaks by 禁則, and no extra space between Japanese and Latin letters or digits."""
    for tag, value in (("kinsoku", "1"), ("wordWrap", "1"), ("autoSpaceDE", "0"), ("autoSpaceDN", "0")):
        for old in properties.findall(f"{{*}}{tag}"):
            properties.remove(old)
        properties.insert_element_before(
            element(tag, val=value), "w:bidi", "w:adjustRightInd", "w:snapToGrid", "w:spacing", "w:ind",
            "w:contextualSpacing", "w:jc", "w:outlineLvl", "w:rPr",
        )  # fmt: skip


def _paper(made: Any) -> None:
    from docx.shared import Pt

    section = made.sections[0]
    section.page_width, section.page_height = Pt(595.3), Pt(841.9)
    section.left_margin = section.right_margin = Pt(48)
    section.top_margin, section.bottom_margin = Pt(64), Pt(56)
    section.header_distance, section.footer_distance = Pt(26), Pt(26)


def _properties(made: Any, document: Document) -> None:
    core = made.core_properties
    core.title, core.author, core.language = document.title[:250], document.sender[:250], document.language
    core.last_modified_by = core.comments = core.keywords = core.subject = core.category = ""
    core.created = core.modified = made_on(document.as_of)
    core.revision = 1


def _modern(made: Any) -> None:
    """Lay out as Word 2013 and later: a table's edge, not its text, stands on the margin."""
    settings = made.settings.element
    compat = settings.find("{*}compat")
    if compat is None:
        compat = element("compat")
        settings.append(compat)
    for old in compat.findall("{*}compatSetting"):
        compat.remove(old)
    compat.append(
        element(
            "compatSetting",
            name="compatibilityMode",
            uri="http://schemas.microsoft.com/office/word",
            val="15",
        )
    )


def _alike(made: Any) -> None:
    """Tell Word which font stands in for ours where it is not installed."""
    from docx.opc.constants import RELATIONSHIP_TYPE

    part = made.part.part_related_by(RELATIONSHIP_TYPE.FONT_TABLE)
    entry = (
        f'<w:font w:name="{FONT}"><w:altName w:val="{_ALIKE}"/><w:charset w:val="80"/><w:family w:val="swiss"/>'
        '<w:pitch w:val="variable"/></w:font>'
    )
    part._blob = part.blob.replace(b"</w:fonts>", entry.encode() + b"</w:fonts>")


def _furniture(made: Any, document: Document) -> None:
    """Title and sender on top with the internal mark, page n / N below; nothing on the cover but the mark."""
    section = made.sections[0]
    section.different_first_page_header_footer = document.cover is not None
    mark = document.internal_mark
    head = section.header.paragraphs[0]
    head.style = made.styles["Furniture"]
    _tabs(head, mark=bool(mark))
    head.add_run(document.title[:70])
    if mark:
        head.add_run("\t")
        _mark(head, mark)
    head.add_run("\t" + document.sender[:50])
    if mark and document.cover is not None:
        first = section.first_page_header.paragraphs[0]
        first.style = made.styles["Furniture"]
        _tabs(first, mark=True)
        first.add_run("\t")
        _mark(first, mark)
    foot = section.footer.paragraphs[0]
    foot.style = made.styles["Furniture"]
    border(foot._p.get_or_add_pPr(), edge="top", size=0.5, colour=charts.tokens("paper")["rule"], space=6)
    _tabs(foot, mark=False)
    foot.add_run("\t")
    before, _, rest = word(document, "page").partition("{page}")
    middle, _, after = rest.partition("{pages}")
    for text, name in ((before, "PAGE"), (middle, "NUMPAGES"), (after, "")):
        if text:
            foot.add_run(text)
        if name:
            _field(foot, name)


def _tabs(paragraph: Any, *, mark: bool) -> None:
    from docx.enum.text import WD_TAB_ALIGNMENT
    from docx.shared import Pt

    stops = paragraph.paragraph_format.tab_stops
    stops.clear_all()
    if mark:
        stops.add_tab_stop(Pt(249.6), WD_TAB_ALIGNMENT.CENTER)
    stops.add_tab_stop(Pt(499.2), WD_TAB_ALIGNMENT.RIGHT)


def _mark(paragraph: Any, words: str) -> None:
    from docx.shared import Pt

    internal = charts.tokens("paper")["internal"]
    run = paragraph.add_run(f" {words} ")
    run.bold, run.font.size, run.font.color.rgb = True, Pt(8), rgb(internal)
    run._r.get_or_add_rPr().append(
        element("bdr", val="single", sz="8", space="0", color=internal.lstrip("#"))
    )


def _field(paragraph: Any, name: str) -> None:
    """A field Word computes: the page's number or how many there are."""
    run = paragraph.add_run()
    run._r.append(element("fldChar", fldCharType="begin"))
    instruction = element("instrText")
    instruction.text = name
    run._r.append(instruction)
    run._r.append(element("fldChar", fldCharType="separate"))
    shown = element("t")
    shown.text = "1"
    run._r.append(shown)
    run._r.append(element("fldChar", fldCharType="end"))

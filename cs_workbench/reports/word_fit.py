"""How close a document is set in Word so that each message keeps to its page: Word cannot be asked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from cs_workbench.charts.theme import paper
from cs_workbench.charts.tornado import tornado_height
from cs_workbench.reports import blocks as b
from cs_workbench.reports import pictures
from cs_workbench.reports.parted import parted
from cs_workbench.reports.sections import Section, column_widths, sections
from cs_workbench.reports.slide_text import Face, bits, cuts
from cs_workbench.reports.slide_text import plain as words
from cs_workbench.reports.word_styles import STYLES, Style, close

_STEPS = (1.0, 0.95, 0.9, 0.85, 0.8, 0.75)
_PAGE = 722.0 * 0.92  # points between the margins; another program's lines may break once more than ours
_LONGER = 1.45  # pages from which a section is more than one page's, however close it is set
_AIRY = 7.5  # points round a row of a document that is not dense, until it is set as close as
NEAR = 0.9
_PAD, _CELL_PADS, _SIDES, _RULED = (
    3.0,
    10.0,
    10.0,
    7.0,
)  # points round a row, a cell of the strip; beside words; a rule
TABLE_SIZE = 8.5  # points columns are measured in
CHART = 0.75  # of a chart's height on such a page
_DECISION, _TIMELINE = 84.0, 76.0  # points
_STYLES = {style.name: style for style in STYLES}


def closeness(document: b.Document) -> float:
    """The share of type, lines and charts at which every section of a dense document fits a page; 1 for others."""
    if not document.dense:
        return 1.0
    found = sections(document)
    return next((step for step in _STEPS if all(_Fit(step).page(one) <= _PAGE for one in found)), _STEPS[-1])


def closer(section: Section) -> float:
    """The same for one section of a document that is not dense; 1 where it fits, or is longer than a page anyway."""
    if _Fit(1.0, dense=False).page(section) > _PAGE * _LONGER:
        return 1.0
    return next((step for step in _STEPS if _Fit(step, dense=False).page(section) <= _PAGE), _STEPS[-1])


def settled(document: b.Document, section: Section) -> tuple[Section, float]:
    """A section of a document that is not dense, and how close it is set: where it takes two pages, parted before the
    charts near its end, so that the second page has a heading.
    """
    step = closer(section)
    if section.heading is None or _Fit(step, dense=False).page(section) <= _PAGE:
        return section, step
    blocks = parted(document, section.heading, section.blocks)
    if len(blocks) == len(section.blocks):
        return section, step
    at = next(place for place, block in enumerate(blocks) if isinstance(block, b.PageBreak))
    halves = (
        replace(section, blocks=tuple(blocks[:at]), sources=(), notes=()),
        replace(section, heading=None, blocks=tuple(blocks[at + 1 :])),
    )
    near = min(map(closer, halves))
    return replace(section, blocks=tuple(blocks)), near


class _Fit:
    """About how high blocks stand at one closeness."""

    def __init__(self, step: float, *, dense: bool = True) -> None:
        self._step = step
        self._dense = dense
        self._chart = (CHART if dense else 1.0) * step

    def page(self, section: Section) -> float:
        """A section from its message to its sources."""
        head = section.heading
        high = self._said("Heading 1", head.runs) + self._said("Remark", head.subtitle) if head else 0.0
        notes = [run for note in section.notes for run in (b.Run(f"{note.id} "), *note.runs, b.Run("\u2003"))]
        high += self._said("Record note", tuple(notes)) + self._said("Sources", section.sources)
        return high + self._all(section.blocks, pictures.PAGE_WIDTH)

    def _all(self, found: Iterable[b.Block], room: float) -> float:
        return sum(self._block(one, room) for one in found)

    def _style(self, name: str) -> Style:
        return close(_STYLES[name], self._step) if self._dense else nearer(_STYLES[name], self._step)

    def _said(
        self, name: str, runs: b.Runs, room: float = pictures.PAGE_WIDTH, *, bold: bool = False
    ) -> float:
        """Words of a style with the room around them; nothing where there are none."""
        if not runs:
            return 0.0
        style = self._style(name)
        face = Face(style.size, style.line, bold=bold or style.bold)
        return len(cuts(bits(runs), face, max(room, 8.0))) * style.line + style.before + style.after

    def _block(self, block: b.Block, room: float) -> float:
        match block:
            case b.Heading(level=level, runs=runs, subtitle=more):
                style, rule = ("Heading 2", _RULED) if level <= 2 else ("Heading 3", 0.0)
                return self._said(style, runs, room) + self._said("Remark", more, room) + rule
            case b.Paragraph(runs=runs, small=small):
                return self._said("Remark" if small else "Normal", runs, room)
            case b.Missing(what=what, question=question):
                return self._said("Remark", (b.Run(f"{what} {question} " + "–" * 16),), room)
            case b.BulletList(items=items):
                return sum(self._all(item, room - 14.0) for item in items)
            case b.Metrics(items=items):
                return self._metrics(items, room)
            case b.Table():
                return self._table(block)
            case b.Cells(cells=cells):
                own = room / max(len(cells), 1) - 16.0
                label = self._style("Cell label").line + _CELL_PADS
                return label + max((self._said("Normal", runs, own) for _label, runs in cells), default=0.0)
            case b.Columns(widths=widths, bodies=bodies):
                rooms = pictures.shares(widths, len(bodies), room)
                return max([0.0, *(self._all(body, own) for body, own in zip(bodies, rooms, strict=True))])
            case b.Chart(title=title, subtitle=subtitle, height=height, data=chart):
                said = self._said("Chart opening", (b.Run(title),), room)
                said += self._said("Chart subtitle", (b.Run(subtitle),) if subtitle else (), room) + _RULED
                picture = self._style("Picture")
                return said + _drawn(chart, room, height * self._chart) + picture.before + picture.after
            case b.Quote(runs=runs, by=by):
                return self._said("Quote", runs, room - 36.0) + self._said("Quoted by", by, room - 36.0)
            case b.Decision():
                return _DECISION
            case b.Fill(labels=labels, lines=lines):
                return 60.0 if len(labels) > 1 else 20.0 * (lines + 1)
            case b.Timeline():
                return _TIMELINE
            case b.Card(body=body):
                return self._all(body, room - 24.0) + self._style("Card title").line + 16.0
            case _:
                return 2 * self._style("Normal").line

    def _metrics(self, items: Sequence[b.Metric], room: float) -> float:
        per_row = min(max(len(items), 3), 4)
        own = room / per_row - 8.0
        figure = self._style("Metric text").line + self._style("Figure").line + 4.0
        high = 0.0
        for start in range(0, len(items), per_row):
            high += figure + max(
                self._said("Metric text", item.status, own) + self._said("Metric note", item.note, own)
                for item in items[start : start + per_row]
            )
        return high

    def _table(self, table: b.Table) -> float:
        """The head, the rows, and the caption."""
        widths = column_widths(table, pictures.PAGE_WIDTH, TABLE_SIZE, 10.0, breaking=True)
        last = len(table.rows) - 1
        high = self._row("Table head", table.head, widths) if any(table.head) else 0.0
        for at, row in enumerate(table.rows):
            high += self._row("Table text", row, widths, bold=table.total and at == last)
        return high + self._said("Remark", words_of(table.caption)) + 8.0

    def _row(self, name: str, row: Sequence[b.Runs], widths: Sequence[float], *, bold: bool = False) -> float:
        cells = zip(row, widths, strict=False)
        lines = (self._said(name, runs, width - _SIDES, bold=bold) for runs, width in cells)
        return max([self._style(name).line, *lines]) + (_PAD if self._dense or self._step <= NEAR else _AIRY)


def _drawn(data: b.ChartData, room: float, height: float) -> float:
    """How high a chart is drawn that is asked to be *height*."""
    return tornado_height(data, paper(""), room, height) if data.kind == "tornado" else height


def nearer(style: Style, step: float) -> Style:
    """The style in a section that is set closer; the message stays as large as the others."""
    if style.name == "Heading 1":
        return style
    return replace(
        style, size=round(style.size * step * 2) / 2, line=style.line * step, before=style.before * step,
        after=style.after * step,
    )  # fmt: skip


def words_of(text: str) -> b.Runs:
    """A text as runs; none where it is empty."""
    return (b.Run(text),) if words(text) else ()

"""How close a dense document is set in Word so that each message keeps to its page: Word cannot be asked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from cs_workbench.reports import blocks as b
from cs_workbench.reports import pictures
from cs_workbench.reports.sections import Section, column_widths, sections
from cs_workbench.reports.slide_text import Face, bits, cuts
from cs_workbench.reports.slide_text import plain as words
from cs_workbench.reports.word_styles import STYLES, Style, close

_STEPS = (1.0, 0.95, 0.9, 0.85, 0.8, 0.75)
_PAGE = 722.0 * 0.92  # points between the margins; another program's lines may break once more than ours
_PAD, _CELL_PADS, _SIDES, _RULED = (
    3.0,
    10.0,
    10.0,
    7.0,
)  # points round a row, a cell of the strip; beside words; a rule
TABLE_SIZE = 8.5  # points columns are measured in
CHART = 0.75  # of a chart's height on such a page
_STYLES = {style.name: style for style in STYLES}


def closeness(document: b.Document) -> float:
    """The share of type, lines and charts at which every section of a dense document fits a page; 1 for others."""
    if not document.dense:
        return 1.0
    found = sections(document)
    return next((step for step in _STEPS if all(_Fit(step).page(one) <= _PAGE for one in found)), _STEPS[-1])


class _Fit:
    """About how high blocks stand at one closeness."""

    def __init__(self, step: float) -> None:
        self._step = step

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
        return close(_STYLES[name], self._step)

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
            case b.Heading(runs=runs, subtitle=more):
                return self._said("Heading 2", runs, room) + self._said("Remark", more, room) + _RULED
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
                return max(
                    (self._all(body, own) for body, own in zip(bodies, rooms, strict=True)), default=0.0
                )
            case b.Chart(title=title, subtitle=subtitle, height=height):
                said = self._said("Chart opening", (b.Run(title),), room)
                said += self._said("Chart subtitle", (b.Run(subtitle),) if subtitle else (), room) + _RULED
                picture = self._style("Picture")
                return said + height * CHART * self._step + picture.before + picture.after
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
        widths = column_widths(table, pictures.PAGE_WIDTH, TABLE_SIZE, 10.0)
        last = len(table.rows) - 1
        high = self._row("Table head", table.head, widths) if any(table.head) else 0.0
        for at, row in enumerate(table.rows):
            high += self._row("Table text", row, widths, bold=table.total and at == last)
        return high + self._said("Remark", words_of(table.caption)) + 8.0

    def _row(self, name: str, row: Sequence[b.Runs], widths: Sequence[float], *, bold: bool = False) -> float:
        cells = zip(row, widths, strict=False)
        lines = (self._said(name, runs, width - _SIDES, bold=bold) for runs, width in cells)
        return max([self._style(name).line, *lines]) + _PAD


def words_of(text: str) -> b.Runs:
    """A text as runs; none where it is empty."""
    return (b.Run(text),) if words(text) else ()

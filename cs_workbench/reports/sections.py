"""A document as its pages of one message each: what every writer needs settled before it sets a word."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil

from cs_workbench.charts.lettering import width
from cs_workbench.reports.blocks import (
    Block,
    BulletList,
    Card,
    Cells,
    Columns,
    Decision,
    Document,
    Fill,
    Footnote,
    Heading,
    Metrics,
    Paragraph,
    Quote,
    Run,
    Runs,
    Sources,
    SpeakerNote,
    Table,
    Timeline,
)

_WIDE_TABLE, _SPARED = 5, 2  # columns a table has at least to be shared out anew; lines that has to spare
_SHORT_WORD = (
    6  # letters up to which a word of any script stays whole in a table: a stage, a tier, a column's name
)
_RAISED = 0.65  # of a letter: the number of a record note behind a figure
_WIDER = 1.03  # what a line takes beyond its measured width
_WORDS = {
    "page": "{page} / {pages}", "continued": "continued", "sources": "Sources", "notes": "Records",
    "not_measured": "not measured", "question": "We would like to ask", "to": "", "contents_empty": "Nothing recorded",
    "speaker": "Speaker notes",
    "table": "Figures as a table", "made_of": "Where the value comes from",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Section:
    """One message with its blocks, the sources of its pages and the record footnotes it refers to."""

    heading: Heading | None
    blocks: tuple[Block, ...]
    sources: Runs
    notes: tuple[Footnote, ...]


def word(document: Document, key: str) -> str:
    """One of the writer's own words in the document's language."""
    return document.labels.get(key) or _WORDS[key]


def sections(document: Document) -> tuple[Section, ...]:
    """The document cut before every message; empty blocks dropped, sources gathered, speaker notes internal."""
    internal = document.edition == "internal"
    groups: list[list[Block]] = [[]]
    for block in document.blocks:
        if isinstance(block, Heading) and block.level == 1:
            groups.append([])
        groups[-1].append(block)
    return tuple(_section(document, group, internal=internal) for group in groups if group)


def _section(document: Document, group: Sequence[Block], *, internal: bool) -> Section:
    heading = group[0] if isinstance(group[0], Heading) and group[0].level == 1 else None
    sources: list[Run] = []
    kept: list[Block] = []
    for block in group[1:] if heading else group:
        if isinstance(block, Sources):
            sources += [Run(" "), *block.runs] if sources and block.runs else block.runs
        elif not is_empty(block) and (internal or not isinstance(block, SpeakerNote)):
            kept.append(block)
    used = {run.note for run in _all_runs(group) if run.note}
    notes = folded([note for note in document.notes if note.id in used]) if internal else ()
    return Section(heading, tuple(kept), tuple(sources), notes)


def folded(notes: Sequence[Footnote]) -> tuple[Footnote, ...]:
    """Neighbouring footnotes of one kind of record as one: "6–8 Contact log #22 #21 #20"."""
    found: list[Footnote] = []
    for note in notes:
        kind, mark, number = plain(note.runs).rpartition("#")
        last = found[-1] if found else None
        first, _dash, until = last.id.partition("–") if last else ("", "", "")
        follows = last and note.id.isdigit() and (until or first) == str(int(note.id) - 1)
        if last and mark and follows and plain(last.runs).startswith(f"{kind}#"):
            found[-1] = Footnote(f"{first}–{note.id}", (Run(f"{plain(last.runs)} #{number}"),))
        else:
            found.append(note)
    return tuple(found)


def is_empty(block: Block) -> bool:
    """Whether a block holds nothing to print; a table keeps its head even without rows."""
    match block:
        case Paragraph(runs=runs) | Quote(runs=runs) | Heading(runs=runs):
            return not plain(runs).strip()
        case BulletList(items=items) | Metrics(items=items):
            return not items
        case Cells(cells=cells):
            return not cells
        case Card(body=body, title=title):
            return not title and all(map(is_empty, body))
        case SpeakerNote(body=body):
            return all(map(is_empty, body))
        case Columns(bodies=bodies):
            return all(is_empty(inner) for body in bodies for inner in body)
        case Fill(labels=labels):
            return not labels
        case Timeline(points=points):
            return not points
        case Table(columns=columns):
            return not columns
        case _:
            return False


def plain(runs: Runs) -> str:
    """The words of *runs* without any mark."""
    return "".join(run.text for run in runs)


def unbroken(runs: Runs) -> str:
    """The words of *runs* on one line: forced breaks become spaces after Latin, nothing after Japanese."""
    text = ""
    for part in plain(runs).split("\n"):
        latin = text[-1:].isascii() and text[-1:].strip() and part[:1].isascii()
        text += (" " if latin else "") + part
    return text


def _all_runs(blocks: Sequence[Block]) -> Iterator[Run]:
    for block in blocks:
        match block:
            case Heading(runs=runs, subtitle=more) | Quote(runs=runs, by=more):
                yield from (*runs, *more)
            case Paragraph(runs=runs) | Sources(runs=runs):
                yield from runs
            case Table(head=head, rows=rows):
                yield from (run for row in (head, *rows) for cell in row for run in cell)
            case Metrics(items=metrics):
                yield from (
                    run for m in metrics for part in (m.value, m.before, m.status, m.note) for run in part
                )
            case Cells(cells=cells):
                yield from (run for _label, runs in cells for run in runs)
            case Decision(what=what, by=by, note=note):
                yield from (*what, *by, *note)
            case Card(body=body) | SpeakerNote(body=body):
                yield from _all_runs(body)
            case BulletList(items=items):
                yield from (run for item in items for run in _all_runs(item))
            case Columns(bodies=bodies):
                yield from (run for body in bodies for run in _all_runs(body))


def column_widths(
    table: Table, total: float, size: float, padding: float, *, breaking: bool = False
) -> tuple[float, ...]:
    """Widths in points: the template's shares, widened where a figure or a long word needs more; in a wide table
    shared out by what the cells hold where that spares lines. A program that is *breaking* figures rather than let
    them stand out gets room for a total's bold ones and for the numbers of record notes too.
    """
    shares = [max(column.width, 0.01) for column in table.columns]
    wished = [share / sum(shares) * total for share in shares]
    least = [_least(table, index, size, breaking=breaking) + padding for index in range(len(shares))]
    if sum(least) >= total:
        return tuple(need / sum(least) * total for need in least)
    given = _at_least(wished, least)
    if len(shares) < _WIDE_TABLE:
        return given
    fitted = _at_least(_by_content(table, total, size, padding), least)
    spared = _lines(table, given, size, padding) - _lines(table, fitted, size, padding)
    return fitted if spared >= _SPARED else given


def _at_least(wished: Sequence[float], least: Sequence[float]) -> tuple[float, ...]:
    widths = list(wished)
    for _round in wished:
        short = [max(need - have, 0.0) for need, have in zip(least, widths, strict=True)]
        spare = [max(have - need, 0.0) for need, have in zip(least, widths, strict=True)]
        taken = sum(short) / sum(spare) if sum(spare) else 0.0
        widths = [have + more - less * taken for have, more, less in zip(widths, short, spare, strict=True)]
    return tuple(widths)


def _asked(cell: Runs, size: float) -> list[float]:
    """The width of each of a cell's own lines."""
    bold = any(run.bold for run in cell)
    return [width(line, size, bold) for line in plain(cell).split("\n")]


def _by_content(table: Table, total: float, size: float, padding: float) -> list[float]:
    """Every column as wide as its longest line; where that is too much, the widest give way."""
    asked = [padding + 2.0] * len(table.columns)
    for row in table.rows:
        for index, cell in enumerate(row[: len(asked)]):
            asked[index] = max(asked[index], *(one * _WIDER + padding for one in _asked(cell, size)))
    if sum(asked) <= total:
        return [one * total / sum(asked) for one in asked]
    low, high = 0.0, max(asked)
    while high - low > 0.5:
        most = (low + high) / 2
        low, high = (most, high) if sum(min(one, most) for one in asked) <= total else (low, most)
    given = [min(one, low) for one in asked]
    return [one * total / sum(given) for one in given]


def _lines(table: Table, widths: Sequence[float], size: float, padding: float) -> int:
    """About how many lines the rows take."""
    return sum(
        max(
            (
                sum(max(ceil(one * _WIDER / max(room - padding, 1.0)), 1) for one in _asked(cell, size))
                for cell, room in zip(row, widths, strict=False)
            ),
            default=1,
        )
        for row in table.rows
    )


def _least(table: Table, index: int, size: float, *, breaking: bool) -> float:
    """Width of the widest thing in a column that may not break, at most 130 points."""
    widest = 0.0
    for at, row in enumerate((table.head, *table.rows)):
        if index >= len(row):
            continue
        total = breaking and table.total and at == len(table.rows)
        for run in row[index]:
            figure = table.columns[index].align == "right" and len(run.text) <= 22
            parts = (
                [run.text]
                if figure
                else [
                    word
                    for word in run.text.split(" ")
                    if len(word) <= _SHORT_WORD or word.replace("\u00a0", "").isascii()
                ]
            )
            note = width(run.note, size * _RAISED) if breaking else 0.0
            widest = max([widest, *(width(part[:26], size, run.bold or total) + note for part in parts)])
            if run.missing:
                widest = max(widest, width(run.text, size) + 8)
    return min(widest, 130.0)

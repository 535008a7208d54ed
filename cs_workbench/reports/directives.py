"""Directives to blocks: what each ``::: name`` of a template becomes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from cs_workbench.reports import markdown
from cs_workbench.reports.blocks import (
    Block,
    BulletList,
    Card,
    Cells,
    Chart,
    Columns,
    Cover,
    Decision,
    Fill,
    Metric,
    Metrics,
    Missing,
    PageBreak,
    Paragraph,
    Run,
    Runs,
    Sources,
    SpeakerNote,
    Table,
    Timeline,
)
from cs_workbench.reports.chart_facts import ChartWords, chart_data, timeline
from cs_workbench.reports.edition import Edition
from cs_workbench.reports.facts import Briefing
from cs_workbench.reports.inline import said
from cs_workbench.reports.internal_facts import Internal
from cs_workbench.reports.marks import Written
from cs_workbench.reports.tree import Directive, Node, SourceError, Text

_TONES = {"none", "green", "yellow", "red", "info"}
_Maker = Callable[["Builder", Directive], list[Block]]


@dataclass(slots=True)
class Builder:
    """Turns the nodes of one rendering into blocks; ``cover`` and ``head`` are found on the way."""

    figures: tuple[Written, ...]
    edition: Edition
    language: str
    context: Mapping[str, Briefing | Internal]
    cover: Cover | None = None
    head: dict[str, str] = field(default_factory=dict)

    def blocks(self, nodes: tuple[Node, ...]) -> list[Block]:
        """The blocks of *nodes*. Raises SourceError for unknown directives and misplaced content."""
        made: list[Block] = []
        for node in nodes:
            if isinstance(node, Text):
                made += markdown.blocks(node, self.figures)
                continue
            maker = _MAKERS.get(node.name)
            if maker is None:
                raise SourceError(f"unknown block “::: {node.name}”", node.src)
            made += maker(self, node)
        return made

    def parts(self, node: Directive, name: str) -> list[Directive]:
        """The directives called *name* inside *node*, which may hold nothing else."""
        found = [child for child in node.children if isinstance(child, Directive) and child.name == name]
        if len(found) != len(node.children) or not found:
            raise SourceError(f"“::: {node.name}” holds “::: {name}” blocks and nothing else", node.src)
        return found

    def lines(self, node: Directive) -> list[Runs]:
        """The paragraphs inside *node* as running text."""
        made: list[Runs] = []
        for block in self.blocks(node.children):
            if not isinstance(block, Paragraph):
                raise SourceError(f"“::: {node.name}” holds paragraphs only", node.src)
            made.append(block.runs)
        return made

    def items(self, node: Directive) -> list[str]:
        """The lines of the one list inside *node* as plain text; none without a list."""
        lists = [block for block in self.blocks(node.children) if isinstance(block, BulletList)]
        return [
            said(block.runs)
            for made in lists
            for item in made.items
            for block in item
            if isinstance(block, Paragraph)
        ]


def _document(builder: Builder, node: Directive) -> list[Block]:
    builder.head.update(node.attributes)
    return []


def _cover(builder: Builder, node: Directive) -> list[Block]:
    given = node.attributes
    facts: list[tuple[str, str]] = []
    for item in builder.items(node):
        label, _colon, value = item.partition(": ")
        facts.append((label, value))
    name = given.get("chart", "")
    builder.cover = Cover(
        given.get("kicker", ""), tuple(given.get("title", "").split("\n")), given.get("customer", ""),
        given.get("honorific", ""), given.get("line", ""),
        chart_data(builder.context, name, _words(builder, node)) if name else None,
        given.get("note", ""), given.get("alt", ""), tuple(facts),
    )  # fmt: skip
    return []


def _metrics(builder: Builder, node: Directive) -> list[Block]:
    return [Metrics(tuple(_metric(builder, part) for part in builder.parts(node, "metric")), node.src)]


def _metric(builder: Builder, node: Directive) -> Metric:
    lines = builder.lines(node)
    before, value = _from_to(lines[0] if lines else ())
    status = lines[1] if len(lines) > 1 else ()
    note = lines[2] if len(lines) > 2 else ()
    tone = node.attributes.get("tone", "none")
    if tone not in _TONES:
        raise SourceError(f"unknown tone “{tone}”", node.src)
    return Metric(
        node.attributes.get("label", ""), value, before, node.attributes.get("unit", "").strip(), status, note,
        tone,  # type: ignore[arg-type]
    )  # fmt: skip


def _from_to(runs: Runs) -> tuple[Runs, Runs]:
    """The two sides of "46 → 19"; without an arrow all of it is what is now."""
    for at, run in enumerate(runs):
        left, arrow, right = run.text.partition("→")
        if arrow and not run.fmt:
            sides = (replace(run, text=left.rstrip()), replace(run, text=right.lstrip()))
            before = (*runs[:at], *(side for side in sides[:1] if side.text))
            return before, (*(side for side in sides[1:] if side.text), *runs[at + 1 :])
    return (), runs


def _card(builder: Builder, node: Directive) -> list[Block]:
    tone = node.attributes.get("tone", "none")
    if tone not in _TONES:
        raise SourceError(f"unknown tone “{tone}”", node.src)
    body = tuple(builder.blocks(node.children))
    return [Card(body, node.attributes.get("title", ""), tone, node.src)]  # type: ignore[arg-type]


def _columns(builder: Builder, node: Directive) -> list[Block]:
    parts = builder.parts(node, "column")
    widths = tuple(float(part.attributes.get("width", "1")) for part in parts)
    return [Columns(widths, tuple(tuple(builder.blocks(part.children)) for part in parts), node.src)]


def _cells(builder: Builder, node: Directive) -> list[Block]:
    cells = []
    for part in builder.parts(node, "cell"):
        lines = builder.lines(part)
        runs = tuple(run for number, line in enumerate(lines) for run in ((*_gap(number), *line)))
        cells.append((part.attributes.get("label", ""), runs))
    return [Cells(tuple(cells), node.src)]


def _gap(number: int) -> Runs:
    return (Run("\n"),) if number else ()


def _decision(builder: Builder, node: Directive) -> list[Block]:
    lines = builder.lines(node)
    if len(lines) < 2:
        raise SourceError("“::: decision” wants two paragraphs: what, and by when", node.src)
    note = lines[2] if len(lines) > 2 else ()
    return [Decision(node.attributes.get("label", ""), lines[0], lines[1], note, node.src)]


def _missing(builder: Builder, node: Directive) -> list[Block]:
    question = " ".join(said(line) for line in builder.lines(node))
    return [Missing(node.attributes.get("what", ""), question, node.src)]


def _table(builder: Builder, node: Directive) -> list[Block]:
    made = builder.blocks(node.children)
    if len(made) != 1 or not isinstance(made[0], Table):
        raise SourceError("“::: table” holds one pipe table", node.src)
    table = made[0]
    widths = node.attributes.get("widths", "").split()
    columns = table.columns
    if widths:
        if len(widths) != len(columns):
            raise SourceError(f"{len(widths)} widths for {len(columns)} columns", node.src)
        columns = tuple(
            replace(column, width=float(width)) for column, width in zip(columns, widths, strict=True)
        )
    decisive = node.attributes.get("decisive", "")
    return [
        replace(
            table, columns=columns, caption=node.attributes.get("caption", ""),
            total=node.attributes.get("total", "") == "last",
            decisive=int(decisive) if decisive.isdigit() and int(decisive) < len(table.rows) else None, src=node.src,
        )
    ]  # fmt: skip


def _chart(builder: Builder, node: Directive) -> list[Block]:
    given = node.attributes
    for needed in ("data", "title", "alt"):
        if not given.get(needed):
            raise SourceError(f'“::: chart” needs {needed}="…"', node.src)
    data = chart_data(builder.context, given["data"], _words(builder, node))
    height = float(given.get("height", "160"))
    return [Chart(data, given["title"], given.get("subtitle", ""), given["alt"], height, node.src)]


def _words(builder: Builder, node: Directive) -> ChartWords:
    given = node.attributes
    return ChartWords(
        builder.language, given.get("series", ""), given.get("limit", ""), given.get("unit", ""),
        tuple(builder.items(node)), node.src,
    )  # fmt: skip


def _timeline(builder: Builder, node: Directive) -> list[Block]:
    points, ticks, span = timeline(builder.context, builder.items(node), builder.language, node.src)
    if len(points) < 2:
        return []
    return [Timeline(points, ticks, node.attributes.get("alt", ""), span, node.src)]


def _sources(builder: Builder, node: Directive) -> list[Block]:
    return [Sources(line, node.src) for line in builder.lines(node)[:1]]


def _fill(builder: Builder, node: Directive) -> list[Block]:
    return [Fill(tuple(builder.items(node)), int(node.attributes.get("lines", "1")), node.src)]


def _small(builder: Builder, node: Directive) -> list[Block]:
    only = node.attributes.get("only", "")
    if only not in ("", "paper"):
        raise SourceError(f'unknown medium “{only}”: only="paper" or nothing', node.src)
    return [
        replace(block, small=True, paper=only == "paper") if isinstance(block, Paragraph) else block
        for block in builder.blocks(node.children)
    ]


def _notes(builder: Builder, node: Directive) -> list[Block]:
    if builder.edition != "internal":
        return []
    return [SpeakerNote(tuple(builder.blocks(node.children)), node.src)]


def _internal(builder: Builder, node: Directive) -> list[Block]:
    return builder.blocks(node.children) if builder.edition == "internal" else []


def _break(_builder: Builder, node: Directive) -> list[Block]:
    return [PageBreak(node.src)]


def _stray(_builder: Builder, node: Directive) -> list[Block]:
    raise SourceError(f"“::: {node.name}” stands outside its frame", node.src)


_MAKERS: Mapping[str, _Maker] = {
    "document": _document, "cover": _cover, "metrics": _metrics, "metric": _stray, "card": _card,
    "columns": _columns, "column": _stray, "cells": _cells, "cell": _stray, "decision": _decision,
    "missing": _missing, "table": _table, "chart": _chart, "timeline": _timeline, "sources": _sources,
    "fill": _fill, "small": _small, "notes": _notes, "internal": _internal, "break": _break,
}  # fmt: skip

"""Markdown: the same words in plain text, tables as tables, each chart as its figures and its words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from cs_workbench.reports import blocks as b
from cs_workbench.reports.chart_tables import chart_rows
from cs_workbench.reports.sections import Section, sections, unbroken, word
from cs_workbench.reports.whole_file import write_whole

_SPECIAL = re.compile(r"([\\`*_\[\]<>#|~$])")
_LINE_START = re.compile(r"^(\s*)([-+=]|\d+[.)])(?=\s|$)")
_SHAPES = {"green": "● ", "yellow": "▲ ", "red": "◆ ", "info": "○ "}
_RULES = {"left": ":--", "center": ":-:", "right": "--:"}


def write(document: b.Document, look: b.Look, path: str) -> None:
    """Write *document* to *path*; plain text has no *look*. Raises FileProblem where it can't be written."""
    write_whole(path, render(document, look).encode("utf-8"))


def render(document: b.Document, look: b.Look) -> str:  # noqa: ARG001 - every writer is called alike
    """*document* as the text of a Markdown file."""
    return _Writer(document).text()


class _Writer:
    """Turns one document's blocks into paragraphs of Markdown; every word is escaped."""

    def __init__(self, document: b.Document) -> None:
        self._document = document
        self._colon = "：" if document.language == "ja" else ": "
        self._missing = word(document, "not_measured")

    def text(self) -> str:
        document = self._document
        parts = [f"**{_plain(document.internal_mark)}**"] if document.internal_mark else []
        parts += self._cover(document.cover) if document.cover else []
        for section in sections(document):
            parts += self._section(section)
        return "\n\n".join(part for part in parts if part.strip()) + "\n"

    def _cover(self, cover: b.Cover) -> list[str]:
        prefix = word(self._document, "to")
        customer = " ".join(
            part for part in (prefix, f"**{_plain(cover.customer)}**", cover.honorific) if part
        )
        facts = [f"- {_plain(name)}{self._colon}{_plain(fact)}" for name, fact in cover.facts]
        sender = _plain(self._document.sender)
        parts = [f"**{sender}**" if sender else "", _plain(cover.kicker)]
        title = unbroken((b.Run("\n".join(cover.title)),))
        parts += [f"# {_plain(title)}", customer, _plain(cover.line)]
        if cover.chart:
            parts.append(self._twin(cover.chart))
            parts.append(f"*{_plain(cover.chart_note)}*" if cover.chart_note else "")
        return [*parts, "\n".join(facts), "---"]

    def _section(self, section: Section) -> list[str]:
        parts: list[str] = []
        if section.heading:
            parts.append(f"## {self._runs(section.heading.runs, one_line=True)}")
            parts.append(self._runs(section.heading.subtitle))
        parts += self._blocks(section.blocks)
        parts += [f"\\[{_plain(note.id)}\\] {self._runs(note.runs)}" for note in section.notes]
        if section.sources:
            parts.append(
                f"*{_plain(word(self._document, 'sources'))}{self._colon}{_plain(unbroken(section.sources))}*"
            )
        return parts

    def _runs(self, runs: b.Runs, *, one_line: bool = False) -> str:
        if one_line:
            runs = tuple(run for run in runs if run.text != "\n") if self._document.language == "ja" else runs
        text = "".join(self._run(run) for run in _joined(runs))
        return text.replace("\\\n", " ").replace("\n", " ") if one_line else text

    def _run(self, run: b.Run) -> str:
        if run.missing:
            text = f"[{_plain(run.text)}]".replace("[", "\\[", 1).replace("]", "\\]", 1)
        else:
            text = _plain(run.text).replace("\n", "\\\n")
            inner = text.strip()
            if inner and run.bold:
                text = text.replace(inner, f"**{inner}**", 1)
            if inner and run.italic:
                text = text.replace(inner, f"*{inner}*", 1)
            if run.href.startswith(("https://", "mailto:")):
                target = re.sub(r"[\s<>]", "", run.href)
                text = f"[{text}](<{target}>)"
        noted = run.note and self._document.edition == "internal"
        return text + (f"\\[{_plain(run.note)}\\]" if noted else "")

    def _blocks(self, blocks: Sequence[b.Block]) -> list[str]:
        return [
            part
            for block in blocks
            for part in (self._words(block) or self._group(block) or self._figure(block))
        ]

    def _words(self, block: b.Block) -> list[str]:
        match block:
            case b.Heading(level=level, runs=runs, subtitle=subtitle):
                return [f"{'#' * min(level + 1, 4)} {self._runs(runs, one_line=True)}", self._runs(subtitle)]
            case b.Paragraph(runs=runs):
                return [_safe_start(self._runs(runs))]
            case b.Quote(runs=runs, by=by):
                said = self._runs(runs).replace("\n", "\n> ")
                return [f"> {said}" + (f"\n>\n> — {self._runs(by)}" if by else "")]
            case b.Missing(what=what, question=question):
                ask = (
                    f" {_plain(word(self._document, 'question'))}{self._colon}{_plain(question)}"
                    if question
                    else ""
                )
                stop = "。" if self._document.language == "ja" else "."
                return [f"\\[{_plain(self._missing)}\\] {_plain(what)}{stop}{ask}"]
            case b.Decision(label=label, what=what, by=by, note=note):
                aside = f"\n>\n> {self._runs(note)}" if note else ""
                return [
                    f"> **{_plain(label)}{self._colon}{self._runs(what)}**\n>\n> **{self._runs(by)}**{aside}"
                ]
            case b.Cells(cells=cells):
                return [
                    "\n".join(
                        f"- **{_plain(label)}**{self._colon}{self._runs(runs)}" for label, runs in cells
                    )
                ]
            case b.Fill(labels=labels, lines=lines):
                return [f"{_plain(label)}{self._colon}" + "\\_" * 24 + "\n\n" + "\n\n".join(
                    ["\\_" * 40] * (lines - 1)) for label in labels]  # fmt: skip
            case b.PageBreak():
                return ["---"]
            case _:
                return []

    def _group(self, block: b.Block) -> list[str]:
        match block:
            case b.BulletList(items=items, ordered=ordered, check=check):
                lines = []
                for number, item in enumerate(items, 1):
                    mark = "- [ ]" if check else f"{number}." if ordered else "-"
                    body = "\n\n".join(part for part in self._blocks(item) if part)
                    lines.append(f"{mark} " + body.replace("\n", "\n" + " " * (3 if ordered else 2)))
                return ["\n".join(lines)]
            case b.Card(body=body, title=title, tone=tone):
                heading = f"**{_SHAPES.get(tone, '')}{_plain(title)}**" if title else ""
                inside = "\n\n".join(part for part in (heading, *self._blocks(body)) if part)
                return ["> " + inside.replace("\n", "\n> ")]
            case b.Columns(bodies=bodies):
                return [part for body in bodies for part in self._blocks(body)]
            case b.SpeakerNote(body=body):
                inside = "\n\n".join((f"**{_plain(word(self._document, 'speaker'))}**", *self._blocks(body)))
                return ["> " + inside.replace("\n", "\n> ")]
            case _:
                return []

    def _figure(self, block: b.Block) -> list[str]:
        match block:
            case b.Table():
                return self._table(block)
            case b.Metrics(items=items):
                return ["\n".join(map(self._metric, items))]
            case b.Chart(data=data, title=title, subtitle=subtitle, alt=alt):
                return [f"**{_plain(title)}**", _plain(subtitle), _plain(alt), self._twin(data)]
            case b.Timeline(points=points):
                return ["\n".join(f"- {_plain(point.label)}" for point in points)]
            case _:
                raise TypeError(f"no Markdown form for {type(block).__name__}")

    def _metric(self, metric: b.Metric) -> str:
        before = f"{self._runs(metric.before)} → " if metric.before else ""
        unit = f" {_plain(metric.unit)}" if metric.unit else ""
        more = [f"{_SHAPES.get(metric.tone, '')}{self._runs(metric.status)}" if metric.status else ""]
        more.append(self._runs(metric.note))
        tail = "".join(f" · {part}" for part in more if part)
        return f"- {_plain(metric.label)}{self._colon}{before}**{self._runs(metric.value)}**{unit}{tail}"

    def _table(self, table: b.Table) -> list[str]:
        count = len(table.columns)
        head = [self._runs(cell, one_line=True) for cell in (table.head + ((),) * count)[:count]]
        rows = [[self._runs(cell, one_line=True) for cell in row[:count]] for row in table.rows]
        if table.total and rows:
            rows[-1] = [f"**{cell.replace('**', '')}**" if cell else "" for cell in rows[-1]]
        if not rows:
            rows = [[_plain(word(self._document, "contents_empty"))]]
        rules = [_RULES[column.align] for column in table.columns]
        return [_pipes(head, rules, rows), f"*{_plain(table.caption)}*" if table.caption else ""]

    def _twin(self, data: b.ChartData) -> str:
        head, rows = chart_rows(data, self._missing)
        if not rows:
            return f"\\[{_plain(self._missing)}\\]"
        rules = [":--", *["--:"] * len(data.series), *([":--"] if data.events else [])]
        return _pipes(
            [_plain(cell) for cell in head], rules, [[_plain(cell) for cell in row] for row in rows]
        )


def _joined(runs: b.Runs) -> b.Runs:
    """Neighbours in the same dress as one run: "**123名**" and "**以上**" side by side are no longer bold."""
    made: list[b.Run] = []
    for run in runs:
        before = made[-1] if made else b.Run("")
        dress = (run.bold, run.italic, run.href)
        if (run.bold or run.italic) and not (before.note or run.missing) and dress == _dress(before):
            made[-1] = replace(run, text=before.text + run.text)
        else:
            made.append(run)
    return tuple(made)


def _dress(run: b.Run) -> tuple[bool, bool, str]:
    return (run.bold and not run.missing, run.italic, run.href)


def _pipes(head: Sequence[str], rules: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = (head, rules, *([*row, *[""] * (len(head) - len(row))] for row in rows))
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def _plain(text: str) -> str:
    """*text* with every mark escaped that Markdown could read."""
    escaped = _SPECIAL.sub(r"\\\1", text)
    return escaped.replace("://", ":\\//").replace("www.", "www\\.")


def _safe_start(text: str) -> str:
    """A paragraph that begins like a list or a rule is still a paragraph."""
    return _LINE_START.sub(lambda mark: f"{mark[1]}{mark[2][:-1]}\\{mark[2][-1]}", text)

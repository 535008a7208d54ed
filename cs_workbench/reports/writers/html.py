"""HTML: one file that loads nothing, with drawn charts and their tables, readable on a telephone and printable."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Sequence
from functools import cache
from html import escape
from pathlib import Path

from cs_workbench import charts, paths
from cs_workbench.charts.drawing import Drawing, Mark
from cs_workbench.charts.theme import SHAPES
from cs_workbench.reports import blocks as b
from cs_workbench.reports import pictures
from cs_workbench.reports.chart_tables import chart_rows
from cs_workbench.reports.html_text import HtmlText
from cs_workbench.reports.logo import clean_logo
from cs_workbench.reports.sections import Section, sections, word
from cs_workbench.reports.whole_file import write_whole

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"
_PIXELS = 4 / 3  # to the point


def write(document: b.Document, look: b.Look, path: str) -> None:
    """Write *document* to *path*. Raises FileProblem where the file can't be written."""
    write_whole(path, render(document, look).encode("utf-8"))


def render(document: b.Document, look: b.Look) -> str:
    """*document* as the text of one HTML file."""
    return _Writer(document, look).page()


@cache
def _style_sheet() -> str:
    return Path(paths.resources("documents", "page.css")).read_text(encoding="utf-8").strip()


class _Writer:
    """Turns one document's blocks into elements; every word goes through ``escape``."""

    def __init__(self, document: b.Document, look: b.Look) -> None:
        self._document = document
        self._look = look
        self._runs = HtmlText(document).runs
        self._missing = word(document, "not_measured")

    def page(self) -> str:
        document = self._document
        colours = {
            **charts.tokens("paper"),
            "accent": self._look.accent,
            "accent_soft": self._look.accent_soft,
        }
        names = ("ink", "ink_2", "ink_3", "rule", "rule_light", "tint", "accent", "accent_soft", "internal")
        values = "".join(f"--{name.replace('_', '-')}:{colours[name]};" for name in names)
        parts = [self._cover(document.cover)] if document.cover else []
        parts += [self._section(section) for section in sections(document)]
        return (
            f'<!DOCTYPE html>\n<html lang="{document.language}">\n<head>\n<meta charset="utf-8">\n'
            f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
            '<meta name="robots" content="noindex">\n'
            f"<title>{escape(document.title)}</title>\n<style>\n:root{{{values}}}\n{_style_sheet()}\n</style>\n"
            f'</head>\n<body class="{document.edition}">\n<main>\n'
            + "\n".join(parts)
            + "\n</main>\n</body>\n</html>\n"
        )

    def _cover(self, cover: b.Cover) -> str:
        document = self._document
        logo = ""
        if self._look.logo_png:
            data = base64.b64encode(clean_logo(self._look.logo_png)).decode("ascii")
            logo = f'<img alt="" src="data:image/png;base64,{data}">'
        prefix = word(document, "to")
        drawing = pictures.cover_drawing(document, self._look, cover)
        figure = self._drawn(drawing, cover.chart_alt, cover.chart_note) if drawing else ""
        facts = "".join(
            f"<div><dt>{escape(name)}</dt><dd>{escape(fact)}</dd></div>" for name, fact in cover.facts
        )
        return (
            f'<header class="page cover">{self._mark()}'
            f'<p class="sender">{logo}<span>{escape(document.sender)}</span></p>'
            f'<p class="kicker">{escape(cover.kicker)}</p><h1>{"<br>".join(map(escape, cover.title))}</h1>'
            f'<p class="customer">{escape(prefix)} <b>{escape(cover.customer)}</b> {escape(cover.honorific)}</p>'
            f'<p class="muted">{escape(cover.line)}</p>{figure}'
            + (f'<p class="remark">{escape(cover.chart_note)}</p>' if drawing and cover.chart_note else "")
            + (f'<dl class="facts">{facts}</dl>' if facts else "")
            + "</header>"
        )

    def _mark(self) -> str:
        mark = self._document.internal_mark
        return f'<p class="mark">{escape(mark)}</p>' if mark else ""

    def _section(self, section: Section) -> str:
        document = self._document
        running = f"<span>{escape(document.title)}</span><span>{escape(document.sender)}</span>"
        head = f'<div class="furniture">{running}</div>'
        parts = [f'<section class="page">{head}{self._mark()}']
        if section.heading:
            parts.append(f"<h1>{self._runs(section.heading.runs)}</h1>")
            parts.append(self._optional("p", "subtitle", section.heading.subtitle))
        parts.append(self._blocks(section.blocks, pictures.PAGE_WIDTH))
        if section.notes:
            notes = "　".join(f"{escape(note.id)} {self._runs(note.runs)}" for note in section.notes)
            parts.append(f'<p class="records">{notes}</p>')
        if section.sources:
            colon = "：" if document.language == "ja" else ": "
            label = escape(word(document, "sources") + colon)
            parts.append(f'<p class="sources">{label}{self._runs(section.sources)}</p>')
        return "".join(parts) + "</section>"

    def _optional(self, tag: str, name: str, runs: b.Runs) -> str:
        return f'<{tag} class="{name}">{self._runs(runs)}</{tag}>' if runs else ""

    def _blocks(self, blocks: Sequence[b.Block], room: float, *, headed: bool = False) -> str:
        """Blocks in order; a chart that doesn't stand under a heading (``headed``) opens its own section."""
        parts: list[str] = []
        for block in blocks:
            if isinstance(block, b.Columns):
                parts.append(self._columns(block, room, headed=headed))
            else:
                parts.append(
                    self._words(block)
                    or self._group(block, room)
                    or self._figure(block, room, opens=not headed)
                )
            headed = isinstance(block, b.Heading)
        return "".join(parts)

    def _columns(self, columns: b.Columns, room: float, *, headed: bool) -> str:
        rooms = pictures.shares(columns.widths, len(columns.bodies), room)
        bodies = zip(columns.bodies, rooms, strict=True)
        inside = "".join(f"<div>{self._blocks(body, own, headed=headed)}</div>" for body, own in bodies)
        grid = " ".join(f"minmax(0,{own:.0f}fr)" for own in rooms)
        return f'<div class="columns" style="grid-template-columns:{grid}">{inside}</div>'

    def _words(self, block: b.Block) -> str:
        match block:
            case b.Heading(level=level, runs=runs, subtitle=subtitle):
                tag = f"h{min(max(level, 2), 3)}"
                return f"<{tag}>{self._runs(runs)}</{tag}>" + self._optional("p", "subtitle", subtitle)
            case b.Paragraph(runs=runs, small=small):
                return f"<p{' class=remark' if small else ''}>{self._runs(runs)}</p>"
            case b.Quote(runs=runs, by=by):
                return f'<blockquote><p class="said">{self._runs(runs)}</p>{self._optional("p", "by", by)}</blockquote>'
            case b.Missing(what=what, question=question):
                colon = "：" if self._document.language == "ja" else ": "
                stop = "。" if self._document.language == "ja" else ". "
                ask = f"{stop}{word(self._document, 'question')}{colon}{question}" if question else ""
                box = f'<span class="missing">{escape(self._missing)}</span>'
                return f'<p class="remark">{box} {escape(what + ask)}</p>'
            case b.Decision(label=label, what=what, by=by, note=note):
                return (
                    f'<div class="decision"><div><p class="label">{escape(label)}</p><p class="what">{self._runs(what)}'
                    f'</p></div><div><p class="by-when">{self._runs(by)}</p>'
                    f"{self._optional('p', 'aside', note)}</div></div>"
                )
            case b.Fill(labels=labels, lines=lines):
                if len(labels) == 1:
                    return f'<div class="lines"><p class="remark">{escape(labels[0])}</p>{"<div></div>" * lines}</div>'
                return f'<div class="fields">{"".join(f"<p>{escape(label)}</p>" for label in labels)}</div>'
            case b.PageBreak():
                return '<div style="break-before:page"></div>'
            case _:
                return ""

    def _group(self, block: b.Block, room: float) -> str:
        match block:
            case b.BulletList(items=items, ordered=ordered, check=check):
                inside = "".join(f"<li>{self._blocks(item, room - 16)}</li>" for item in items)
                tag = "ol" if ordered and not check else "ul"
                name = ' class="check"' if check else ' class="plain"' if tag == "ul" else ""
                return f"<{tag}{name}>{inside}</{tag}>"
            case b.Card():
                return self._card(block, room)
            case b.Cells(cells=cells):
                inside = "".join(
                    f'<div><p class="label">{escape(label)}</p><p>{self._runs(runs)}</p></div>'
                    for label, runs in cells
                )
                return f'<div class="cells">{inside}</div>'
            case b.SpeakerNote(body=body):
                label = escape(word(self._document, "speaker"))
                return f'<aside class="speaker"><p class="label">{label}</p>{self._blocks(body, room - 12)}</aside>'
            case _:
                return ""

    def _card(self, card: b.Card, room: float) -> str:
        theme = charts.paper(self._look.accent)
        health = charts.tokens("paper")["health"]
        body = self._blocks(card.body, room - 24)
        if card.tone == "none":
            title = f'<p class="card-title">{escape(card.title)}</p>' if card.title else ""
            return f'<div class="card">{title}{body}</div>'
        soft = health[card.tone]["soft"] if card.tone in health else self._look.accent_soft
        edge = theme.graphic_of(card.tone, theme.ink)
        words = self._tone(card.tone) + escape(card.title)
        title = f'<p class="card-title" style="color:{theme.text_of(card.tone)}">{words}</p>'
        return f'<div class="card toned" style="background:{soft};border-color:{edge}">{title}{body}</div>'

    def _tone(self, tone: b.Tone) -> str:
        if tone == "none":
            return ""
        theme = charts.paper(self._look.accent)
        mark = Mark(SHAPES[tone], 5.5, 5.5, 10.5, theme.graphic_of(tone, theme.ink))
        drawn = charts.svg(Drawing(11, 11, (mark,)))
        return drawn.replace('role="img"', 'class="tone" aria-hidden="true"')

    def _figure(self, block: b.Block, room: float, *, opens: bool) -> str:
        match block:
            case b.Table():
                return self._table(block)
            case b.Metrics(items=items):
                return f'<div class="metrics">{"".join(map(self._metric, items))}</div>'
            case b.Chart():
                drawing = pictures.chart_drawing(self._document, self._look, block, room)
                subtitle = f'<span class="subtitle">{escape(block.subtitle)}</span>' if block.subtitle else ""
                head, rows = chart_rows(block.data, self._missing)
                name = ' class="opens"' if opens else ""
                return (
                    f"<figure{name}><figcaption>{escape(block.title)}{subtitle}</figcaption>"
                    f"{self._drawn(drawing, block.title, block.alt)}{self._twin(head, rows)}</figure>"
                )
            case b.Timeline(alt=alt):
                drawing = pictures.timeline_drawing(self._look, block, room)
                return f'<figure><div class="scroll">{self._drawn(drawing, alt, "")}</div></figure>'
            case _:
                raise TypeError(f"no HTML form for {type(block).__name__}")

    def _drawn(self, drawing: Drawing, title: str, alt: str) -> str:
        drawn = charts.svg(drawing, title=title, alt=alt)
        size = f'width="{drawing.width * _PIXELS:.0f}" height="{drawing.height * _PIXELS:.0f}"'
        return _sized(drawn, size)

    def _twin(self, head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
        if not rows:
            return ""
        top = "".join(f'<th scope="col" class="left">{escape(cell)}</th>' for cell in head)
        body = "".join(f"<tr>{_twin_row(row)}</tr>" for row in rows)
        name = escape(word(self._document, "table"))
        table = f"<table><thead><tr>{top}</tr></thead><tbody>{body}</tbody></table>"
        return f"<details><summary>{name}</summary>{table}</details>"

    def _metric(self, metric: b.Metric) -> str:
        before = f'<span class="before">{self._runs(metric.before)} → </span>' if metric.before else ""
        unit = f'<span class="unit">{escape(metric.unit)}</span>' if metric.unit else ""
        status = f"<p>{self._tone(metric.tone)}{self._runs(metric.status)}</p>" if metric.status else ""
        return (
            f'<div><p>{escape(metric.label)}</p><p class="value">{before}{self._runs(metric.value)}{unit}</p>'
            f"{status}{self._optional('p', 'source', metric.note)}</div>"
        )

    def _table(self, table: b.Table) -> str:
        count = len(table.columns)
        aligns = [column.align for column in table.columns]
        head = ""
        if any(table.head):
            head = f"<thead><tr>{self._cells('th', table.head, aligns)}</tr></thead>"
        rows: list[str] = []
        for index, row in enumerate(table.rows):
            total = table.total and index == len(table.rows) - 1
            name = ' class="total"' if total else ' class="decisive"' if index == table.decisive else ""
            rows.append(f"<tr{name}>{self._cells('td', row[:count], aligns)}</tr>")
        if not rows:
            rows = [f'<tr><td colspan="{count}">{escape(word(self._document, "contents_empty"))}</td></tr>']
        caption = f"<caption>{escape(table.caption)}</caption>" if table.caption else ""
        name = ' class="has-decisive"' if table.decisive is not None else ""
        return f'<div class="scroll"><table{name}>{caption}{head}<tbody>{"".join(rows)}</tbody></table></div>'

    def _cells(self, tag: str, cells: Iterable[b.Runs], aligns: Sequence[str]) -> str:
        scope = ' scope="col"' if tag == "th" else ""
        return "".join(
            f'<{tag}{scope} class="{align}">{self._runs(cell)}</{tag}>'
            for cell, align in zip(cells, aligns, strict=False)
        )


def _twin_row(row: Sequence[str]) -> str:
    first, *rest = row
    return f'<th scope="row" class="left">{escape(first)}</th>' + "".join(
        f"<td>{escape(cell)}</td>" for cell in rest
    )


def _sized(drawn: str, size: str) -> str:
    """An SVG with its size in pixels: points are too small on a screen."""
    start = drawn.index(" width=")
    return drawn[:start] + f" {size}" + drawn[drawn.index(" viewBox") :]

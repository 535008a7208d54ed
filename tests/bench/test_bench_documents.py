"""Writers alone: a briefing of charts and tables in every format, and one chart."""

from __future__ import annotations

import io
import time
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from cs_workbench import charts
from cs_workbench.domain.chart_data import Series
from cs_workbench.reports import blocks as b
from cs_workbench.reports.writers import docx, html, md, pdf, pptx, xlsx
from tests.reports import sample_document as sample

if TYPE_CHECKING:
    from tests.bench.conftest import Note, Timed

WRITERS: dict[str, Any] = {"pdf": pdf, "docx": docx, "pptx": pptx, "xlsx": xlsx, "html": html, "md": md}


def varied(number: int) -> b.Document:
    """A briefing whose figures nobody has drawn before: no cache can help."""
    document = sample.briefing("ja", "customer")

    def other(block: b.Block) -> b.Block:
        if isinstance(block, b.Chart):
            series = tuple(
                Series(
                    one.name, tuple(None if v is None else v + number / 1000 for v in one.values), one.role
                )
                for one in block.data.series
            )
            return replace(block, data=replace(block.data, series=series))
        if isinstance(block, b.Columns):
            return replace(block, bodies=tuple(tuple(map(other, body)) for body in block.bodies))
        return block

    return replace(document, title=f"{document.title} {number}", blocks=tuple(map(other, document.blocks)))


@pytest.mark.parametrize("name", ["pdf", "docx", "pptx", "xlsx", "html", "md"])
def test_a_briefing_nobody_printed_before(timed: Timed, note: Note, name: str) -> None:
    """From blocks to the bytes of the file, every chart and table new."""
    writer = WRITERS[name]
    numbers = iter(range(1, 10_000))
    writer.render(varied(0), b.Look())
    sizes: list[int] = []
    took = timed(lambda: sizes.append(len(writer.render(varied(next(numbers)), b.Look()))), rounds=15)
    assert all(sizes)
    note(f"write a briefing of charts as {name}", took.wall * 1000, "ms", processor=took.processor * 1000)


def test_the_same_briefing_again(timed: Timed, note: Note) -> None:
    """What a window does that redraws what it has drawn."""
    document = sample.briefing("ja", "customer")
    first = pdf.render(document, b.Look())
    took = timed(lambda: pdf.render(document, b.Look()), rounds=30)
    assert first.startswith(b"%PDF")
    note("  the same again as pdf", took.wall * 1000, "ms", processor=took.processor * 1000)


def test_one_chart(timed: Timed, note: Note) -> None:
    """Our own SVG against the same drawing through matplotlib."""
    drawing = charts.draw(sample.use_data("ja"), charts.paper(), 499.0, 220.0)

    def through_matplotlib() -> bytes:
        out = io.BytesIO()
        charts.figure(drawing).savefig(out, format="svg")
        return out.getvalue()

    def ours() -> str:
        charts.draw.cache_clear()
        return charts.svg(charts.draw(sample.use_data("ja"), charts.paper(), 499.0, 220.0))

    assert "<svg" in ours()
    through_matplotlib()
    start = time.perf_counter()
    for _ in range(10):
        through_matplotlib()
    floor = (time.perf_counter() - start) / 10
    took = timed(ours, rounds=200, warmup_rounds=5)
    note("draw one chart as SVG", took.wall * 1000, "ms", floor=floor * 1000, floor_name="matplotlib")

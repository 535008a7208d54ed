"""Speed of documents: a briefing of charts and tables in every format, one chart, and twenty different packs."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from cs_workbench import charts
from cs_workbench.domain.chart_data import Series
from cs_workbench.reports import blocks as b
from cs_workbench.reports.writers import docx, html, md, pdf
from tests.reports import sample_document as sample


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


@pytest.mark.parametrize("writer", [pdf, docx, html, md], ids=["pdf", "docx", "html", "md"])
def test_a_briefing_nobody_printed_before(benchmark: Any, writer: Any) -> None:
    numbers = iter(range(1, 10_000))
    writer.render(varied(0), b.Look())
    made = benchmark.pedantic(lambda: writer.render(varied(next(numbers)), b.Look()), rounds=15)
    assert made


def test_the_same_briefing_again(benchmark: Any) -> None:
    document = sample.briefing("ja", "customer")
    pdf.render(document, b.Look())
    assert benchmark(lambda: pdf.render(document, b.Look()))


def test_one_chart_drawn_to_svg(benchmark: Any) -> None:
    data, theme = sample.use_data("ja"), charts.paper()

    def fresh() -> str:
        charts.draw.cache_clear()
        return charts.svg(charts.draw(data, theme, 499.0, 220.0))

    assert benchmark(fresh)


def test_one_chart_as_figure_and_svg_by_matplotlib(benchmark: Any) -> None:
    import io

    drawing = charts.draw(sample.use_data("ja"), charts.paper(), 499.0, 220.0)

    def through_matplotlib() -> bytes:
        out = io.BytesIO()
        charts.figure(drawing).savefig(out, format="svg")
        return out.getvalue()

    assert benchmark(through_matplotlib)

"""Waterfall and tornado in decks and workbooks: opened again they are native, whole, and follow their figures."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from typing import Any

import openpyxl
import pytest
from openpyxl.utils import get_column_letter

from cs_workbench.domain.chart_data import ChartData, Series
from cs_workbench.reports import blocks as b
from cs_workbench.reports.native_value_chart import fall_series
from cs_workbench.reports.sheet_value_chart import HELPERS
from cs_workbench.reports.writers import docx, html, md, pdf, pptx, xlsx
from tests.reports.slides import opened, texts
from tests.test_value_charts import FALL, SWINGS

HOSTILE = ("<img src=x>", "\u202etxt.exe", "=1+1", "長" * 10_000)


def document(*charts: ChartData) -> b.Document:
    blocks: list[b.Block] = [b.Heading(1, (b.Run("Value"),))]
    blocks += [b.Chart(one, "Title", "Subtitle", "Words") for one in charts]
    return b.Document("T", "S", "en", "customer", None, tuple(blocks))


def graphs(content: bytes) -> list[Any]:
    return [shape.chart for slide in opened(content).slides for shape in slide.shapes if shape.has_chart]


@pytest.fixture(scope="module")
def deck() -> bytes:
    return pptx.render(document(FALL, SWINGS), b.Look())


@pytest.fixture(scope="module")
def workbook() -> bytes:
    return xlsx.render(document(FALL, SWINGS), b.Look())


def test_a_waterfall_is_stacked_on_an_unseen_base(deck: bytes) -> None:
    fall = graphs(deck)[0]
    assert fall.chart_type.name == "COLUMN_STACKED"
    base, seen = fall.plots[0].series
    assert [round(value, 2) for value in base.values] == [0.0, 9.99, 0.0, 2.7, 0.0]
    assert [round(value, 2) for value in seen.values] == [10.65, 0.66, 9.99, 7.29, 2.7]
    assert base._element.find(".//{*}noFill") is not None
    assert list(fall.plots[0].categories) == list(FALL.categories)


def test_a_tornado_starts_at_its_base_on_both_sides(deck: bytes) -> None:
    swings = graphs(deck)[1]
    assert swings.chart_type.name == "BAR_CLUSTERED"
    assert swings.plots[0].overlap == 100
    assert [tuple(one.values) for one in swings.plots[0].series] == [(0.0, 0.5), (5.4, 5.0)]
    assert swings.value_axis.crosses_at == pytest.approx(2.7)
    assert swings.value_axis.minimum_scale < 0.0  # the figures at the left keep clear of the names
    labels = swings._chartSpace.findall(".//{*}dLbl")
    assert len(labels) == 4


def test_figures_are_in_the_workbooks_inside_and_nothing_is_foreign(deck: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(deck)) as package:
        books = [name for name in package.namelist() if name.endswith(".xlsx")]
        assert len(books) == 2
        sheet = openpyxl.load_workbook(io.BytesIO(package.read(sorted(books)[0]))).active
    assert sheet is not None
    assert sheet["C2"].value == pytest.approx(10.65)
    assert not [name for name, text in texts(deck).items() if 'TargetMode="External"' in text]


def test_a_bar_across_zero_has_a_part_on_either_side() -> None:
    data = replace(FALL, series=(Series("s", (5.0, -1.0, 4.0, -7.29, -3.29)),))
    base, above, below = fall_series(data)
    assert base.values == (0.0, 4.0, 0.0, 0.0, 0.0)
    assert above.values == (5.0, 1.0, 4.0, 4.0, 0.0)
    assert below.values == (0.0, 0.0, 0.0, -3.29, -3.29)
    hanging = replace(data, series=(Series("s", (1.0, -3.0, -2.0)),), totals=(0,))
    assert fall_series(hanging)[0].values == (0.0, 0.0, -2.0)


def test_a_step_nobody_knows_is_a_gap() -> None:
    data = replace(FALL, series=(Series("s", (5.0, None, 4.0, -1.0, 3.0)),))
    assert [one.values[1] for one in fall_series(data)] == [None, None]
    assert graphs(pptx.render(document(data), b.Look()))


def test_the_workbook_s_steps_are_live(workbook: bytes) -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook))
    cached = openpyxl.load_workbook(io.BytesIO(workbook), data_only=True)
    sheet = next(one for one in book if any(cell.value == "Gross" for row in one for cell in row))
    values = cached[sheet.title]
    row = next(cell.row for line in sheet for cell in line if cell.value == "Risk")
    assert sheet.cell(row, 2).value == pytest.approx(-0.66)
    steps = HELPERS + 1  # counted from one here
    letter = get_column_letter(steps)
    assert sheet.cell(row, steps).value == f"={letter}{row - 1}+B{row}"
    assert sheet.cell(row + 1, steps).value == f"=0+B{row + 1}"
    assert values.cell(row, steps).value == pytest.approx(9.99)
    assert str(sheet.cell(row, steps + 1).value).startswith("=MAX(MIN(")
    assert values.cell(row, steps + 1).value == pytest.approx(9.99)
    assert values.cell(row, steps + 2).value == pytest.approx(0.66)


def test_the_workbook_s_charts_are_native(workbook: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(workbook)) as package:
        drawn = [package.read(name).decode() for name in package.namelist() if "charts/chart" in name]
        foreign = [name for name in package.namelist() if "externalLink" in name]
    assert len(drawn) == 2
    assert not foreign
    fall, swings = sorted(drawn, key=lambda text: 'barDir val="bar"' in text)
    assert 'grouping val="stacked"' in fall
    assert "<c:crossesAt" in swings
    assert 'overlap val="100"' in swings


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_stay_text_everywhere(name: str) -> None:
    charts = [replace(one, categories=(name,) * len(one.categories)) for one in (FALL, SWINGS)]
    made = document(*charts)
    for writer in (docx, html, md, pdf, pptx, xlsx):
        assert writer.render(made, b.Look())
    book = openpyxl.load_workbook(io.BytesIO(xlsx.render(made, b.Look())))
    cells = [cell for sheet in book for row in sheet for cell in row if str(cell.value).startswith("=")]
    assert all(cell.column > 2 or cell.data_type == "s" for cell in cells)
    assert "<img" not in str(html.render(made, b.Look()))


def test_every_format_has_the_figures_as_a_table() -> None:
    made = document(FALL, SWINGS)
    for text in (str(html.render(made, b.Look())), str(md.render(made, b.Look()))):
        assert "−7.29" in text
        assert "Hours a week 1–2" in text

"""Waterfall and tornado as drawings: where bars stand, what is written beside them, what is not known."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cs_workbench import charts
from cs_workbench.charts import Rectangle, Stroke, Text
from cs_workbench.charts.drawing import Drawing
from cs_workbench.charts.lettering import width as wide
from cs_workbench.domain.chart_data import Bound, ChartData, Role, Series, base_of, spans
from cs_workbench.reports.chart_tables import chart_rows

ROLES: tuple[Role, ...] = ("subject", "context", "subject", "cost", "subject")
FALL = ChartData(
    "waterfall", ("Gross", "Risk", "Adjusted", "Cost", "Net"),
    (Series("JPY million", (10.65, -0.66, 9.99, -7.29, 2.70)),), totals=(0, 2, 4), roles=ROLES,
)  # fmt: skip
SWINGS = ChartData(
    "tornado", ("Time really saved 30–70%", "Hours a week 1–2"),
    (Series("worse", (0.0, 0.5), "cost"), Series("better", (5.4, 5.0))), bounds=(Bound(2.7, "¥2.7M"),),
)  # fmt: skip
PAPER = charts.paper()


def bars(drawing: Drawing) -> list[Rectangle]:
    return [item for item in drawing.items if isinstance(item, Rectangle) and item.fill and not item.dash]


def words(drawing: Drawing) -> list[str]:
    return [item.words for item in drawing.items if isinstance(item, Text)]


@pytest.mark.parametrize(
    ("values", "totals", "wanted"),
    [
        ((5.0, -1.0, 4.0), (0, 2), ((0, 5), (5, 4), (0, 4))),
        ((4.0, -7.0, -3.0), (0, 2), ((0, 4), (4, -3), (0, -3))),
        ((4.0, None, 1.0), (0,), ((0, 4), None, (4, 5))),
        ((2.0, 3.0), (), ((0, 2), (2, 5))),
        ((), (), ()),
    ],
)
def test_bars_stand_on_what_came_before(
    values: tuple[float | None, ...], totals: tuple[int, ...], wanted: tuple[tuple[float, float] | None, ...]
) -> None:
    data = ChartData("waterfall", ("a",) * len(values), (Series("s", values),), totals=totals)
    assert spans(data) == wanted


def test_without_series_there_is_nothing() -> None:
    assert spans(ChartData("waterfall", (), ())) == ()
    assert base_of(ChartData("tornado", (), ())) == 0.0


def test_the_bars_of_a_waterfall_meet() -> None:
    drawing = charts.draw(FALL, PAPER, 300, 200)
    gross, risk, adjusted, cost, net = bars(drawing)
    assert gross.y == pytest.approx(risk.y)
    assert risk.y + risk.height == pytest.approx(adjusted.y) == pytest.approx(cost.y)
    assert cost.y + cost.height == pytest.approx(net.y)
    ground = net.y + net.height
    assert ground == pytest.approx(gross.y + gross.height)
    assert gross.height / net.height == pytest.approx(10.65 / 2.70)
    assert (gross.fill, risk.fill, cost.fill) == (PAPER.series[0], PAPER.muted, PAPER.series[1])
    links = [item for item in drawing.items if isinstance(item, Stroke) and item.dash]
    assert len(links) == 4


def test_every_bar_has_its_figure_and_its_name() -> None:
    said = words(charts.draw(FALL, PAPER, 300, 200))
    assert said[:5] == ["10.65", "−0.66", "9.99", "−7.29", "2.70"]
    assert said[5:] == list(FALL.categories)


def test_the_figures_of_the_document_stand_before_plain_ones() -> None:
    said = words(charts.draw(replace(FALL, labels=("a", "b", "c", "d", "e")), PAPER, 300, 200))
    assert said[:5] == ["a", "b", "c", "d", "e"]


def test_a_net_below_zero_hangs_from_the_ground_with_its_figure_under_it() -> None:
    data = replace(FALL, series=(Series("s", (5.0, -1.0, 4.0, -7.29, -3.29)),))
    drawing = charts.draw(data, PAPER, 300, 200)
    gross, _risk, _adjusted, cost, net = bars(drawing)
    ground = gross.y + gross.height
    assert net.y == pytest.approx(ground)
    assert cost.y + cost.height == pytest.approx(net.y + net.height)
    figure = next(item for item in drawing.items if isinstance(item, Text) and item.words == "−3.29")
    assert figure.y > net.y + net.height
    name = next(item for item in drawing.items if isinstance(item, Text) and item.words == "Net")
    assert name.y - figure.y >= PAPER.small


def test_nothing_leaves_the_drawing() -> None:
    data = replace(FALL, categories=tuple("A very long name of one step of it " * 3 for _n in range(5)))
    for width in (90.0, 240.0, 500.0):
        drawing = charts.draw(data, PAPER, width, 150)
        assert all(0 <= item.x <= width for item in drawing.items if isinstance(item, Text))
        assert all(item.y <= drawing.height for item in drawing.items if isinstance(item, Text))


def test_what_is_not_known_is_a_dashed_box() -> None:
    data = replace(FALL, series=(Series("s", (10.0, None, 9.0, -7.0, 2.0)),))
    drawing = charts.draw(data, PAPER, 300, 200, missing="not measured")
    assert "not measured" in words(drawing)
    empty = replace(FALL, series=(Series("s", (None,) * 5),))
    assert "not measured" in words(charts.draw(empty, PAPER, 300, 200, missing="not measured"))


def test_both_ends_of_a_tornado_start_at_its_base() -> None:
    drawing = charts.draw(SWINGS, PAPER, 300, 120)
    worse, better = bars(drawing)[:2]
    assert worse.x + worse.width == pytest.approx(better.x)
    assert worse.width / better.width == pytest.approx(2.7 / 2.7)
    assert (worse.fill, better.fill) == (PAPER.series[1], PAPER.series[0])
    line = next(item for item in drawing.items if isinstance(item, Stroke))
    assert line.x1 == line.x2 == pytest.approx(better.x)
    assert words(drawing)[-1] == "¥2.7M"


def test_the_figures_stand_outside_the_bars() -> None:
    drawing = charts.draw(SWINGS, PAPER, 300, 120)
    by_words = {item.words: item for item in drawing.items if isinstance(item, Text)}
    worse, better = bars(drawing)[:2]
    assert by_words["0.0"].anchor == "end"
    assert by_words["0.0"].x < worse.x
    assert by_words["5.4"].x > better.x + better.width


def test_ends_on_one_side_are_told_in_one_place() -> None:
    data = replace(SWINGS, categories=("x",), series=(Series("a", (3.0,), "cost"), Series("b", (5.0,))))
    said = words(charts.draw(data, PAPER, 300, 120))
    assert "3 – 5" in said


@pytest.mark.parametrize(
    ("better", "worse", "said"),
    [(209_900.0, 76_500.0, {"209,900"}), (209_900.0, 153_000.0, {"153,000 – 209,900"}),
     (76_500.0, 20_000.0, {"20,000"}), (60_000.0, 20_000.0, {"20,000 – 60,000"}),
     (209_900.0, 20_000.0, {"20,000", "209,900"})],
)  # fmt: skip
def test_the_figures_beside_a_bar_stay_on_the_paper(better: float, worse: float, said: set[str]) -> None:
    """Both ends on one side need room; an end that is the result of now stands below the line already."""
    data = ChartData(
        "tornado", ("Active users 55–125",), (Series("better", (better,)), Series("worse", (worse,))),
        bounds=(Bound(76_500.0, "$76.5K"),),
    )  # fmt: skip
    drawn = charts.draw(data, PAPER, 300, 60)
    found = [one for one in drawn.items if isinstance(one, Text) and one.anchor != "middle" and one.x]
    assert {item.words for item in found} == said
    for item in found:
        reach = wide(item.words, item.size)
        left = item.x - reach if item.anchor == "end" else item.x
        assert left >= 0
        assert left + reach <= 300


def test_an_input_without_a_figure_and_a_tornado_without_any() -> None:
    half = replace(SWINGS, series=(Series("a", (0.0, None), "cost"), Series("b", (5.4, None))))
    assert "not measured" in words(charts.draw(half, PAPER, 300, 120, missing="not measured"))
    none = replace(SWINGS, series=(Series("a", (None, None), "cost"), Series("b", (None, None))))
    assert words(charts.draw(none, PAPER, 300, 120, missing="not measured")) == ["not measured"]


@pytest.mark.parametrize("name", ["<img src=x>", "\u202etxt.exe", "長" * 10_000])
def test_hostile_names_are_drawn_as_text(name: str) -> None:
    for data in (FALL, SWINGS):
        shown = replace(data, categories=(name,) * len(data.categories))
        picture = charts.svg(charts.draw(shown, PAPER, 300, 150))
        assert "<img" not in picture
        assert len(picture) < 20_000


def test_the_tables_hold_the_same_rows() -> None:
    head, rows = chart_rows(FALL, "not measured")
    assert head == ("", "JPY million")
    assert rows[1] == ("Risk", "−0.66")
    head, rows = chart_rows(SWINGS, "not measured")
    assert head == ("", "worse", "better")
    assert rows == (("Time really saved 30–70%", "0.0", "5.4"), ("Hours a week 1–2", "0.5", "5.0"))


def test_the_window_gets_the_same_drawing() -> None:
    figure = charts.figure(charts.draw(FALL, charts.screen("dark"), 400, 220))
    assert figure.get_size_inches()[0] > 0

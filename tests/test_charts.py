"""Charts: what a drawing shows, that nothing leaves it or collides, and that its three forms agree."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from cs_workbench import charts
from cs_workbench.charts.drawing import Drawing, Mark, Polyline, Rectangle, Stroke, Text
from cs_workbench.charts.events import place_events
from cs_workbench.charts.lettering import shorten, width, wrap
from cs_workbench.charts.scale import decimals, number, ticks
from cs_workbench.domain.chart_data import Bound, ChartData, Event, Series, Tone

MONTHS = ("Nov", "Dec", "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov")
USERS = (38.0, 42.0, 45.0, 51.0, 56.0, 61.0, 66.0, 70.0, 72.0, 71.0, 68.0, 66.0, 58.0)
SEATS = (100.0,) * 5 + (120.0,) * 8
LINE = ChartData(
    "line",
    MONTHS,
    (Series("Active users", USERS), Series("Contracted seats", SEATS, "limit")),
    events=(Event(5, "+20 seats"), Event(8, "Training, 2 sites"), Event(10, "Line 3 reorganised")),
)
FEATURES = ChartData(
    "hbar", ("Forms", "Photos", "Audit", "API"), (Series("share", (92.0, 81.0, 8.0, None)),), unit="%"
)
BARS = ChartData(
    "bar", MONTHS, (Series("Tickets", (3, 5, 2, None, None, 8, 13, 9, 4, 4, 2, 1, 2)),), highlight=12
)


def draw(data: ChartData, wide: float = 499, high: float = 190, **options: bool) -> Drawing:
    """*data* on paper."""
    return charts.draw(data, charts.paper(), wide, high, **options)


def words(drawing: Drawing) -> list[str]:
    """Every text of a drawing, in drawing order."""
    return [item.words for item in drawing.items if isinstance(item, Text)]


def text(drawing: Drawing, wanted: str) -> Text:
    """The one text that reads *wanted*."""
    (found,) = [item for item in drawing.items if isinstance(item, Text) and item.words == wanted]
    return found


def span(item: Text) -> tuple[float, float]:
    """Left and right end of a text."""
    long = width(item.words, item.size, item.bold)
    left = item.x - {"start": 0.0, "middle": 0.5, "end": 1.0}[item.anchor] * long
    return left, left + long


def assert_inside(drawing: Drawing) -> None:
    """No text and no box leaves the drawing (half a point of grace for round-off)."""
    for item in drawing.items:
        if isinstance(item, Text):
            left, right = span(item)
            assert left >= -0.5, item
            assert right <= drawing.width + 0.5, item
            assert 0 <= item.y <= drawing.height + 0.5, item
        if isinstance(item, Rectangle):
            assert item.x >= -0.5, item
            assert item.x + item.width <= drawing.width + 0.5, item
            assert item.width >= -1e-3, item
            assert item.height >= -1e-3, item


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ((72.0, 120.0), (0, 40, 80, 120)),
        ((0.25, 0.65), (0, 0.2, 0.4, 0.6, 0.8)),
        ((), (0, 1)),
        ((0.0,), (0, 1)),
        ((0.1, 0.9), (0, 0.25, 0.5, 0.75, 1)),
        ((-20.0, 35.0), (-20, 0, 20, 40)),
        ((1.0,), (0, 1)),
        ((1.0, 2.0), (0, 1, 2)),
        ((7.0,), (0, 2, 4, 6, 8)),
        ((1_234_567.0,), (0, 400_000, 800_000, 1_200_000, 1_600_000)),
        ((None, 3.0), (0, 1, 2, 3)),
    ],
)
def test_ticks_are_round_hold_zero_and_at_most_five(
    values: tuple[float | None, ...], expected: tuple[float, ...]
) -> None:
    assert ticks(values) == pytest.approx(expected)


@given(st.lists(st.floats(-1e9, 1e9, allow_nan=False), min_size=1, max_size=20))
def test_ticks_hold_every_value(values: list[float]) -> None:
    marks = ticks(values)
    slack = (marks[-1] - marks[0]) * 1e-6
    assert len(marks) <= 5
    assert marks[0] <= min(values) + slack
    assert marks[-1] >= max(values) - slack
    assert any(abs(mark) < 1e-9 for mark in marks)


@pytest.mark.parametrize(
    ("values", "places"),
    [((1.0, 2.0), 0), ((1.2, 3.0), 1), ((0.25, 0.5), 2), ((1234.5,), 0), ((None,), 0), ((1 / 3,), 2)],
)
def test_a_family_of_numbers_has_one_count_of_decimals(values: tuple[float | None, ...], places: int) -> None:
    assert decimals(values) == places


@pytest.mark.parametrize(
    ("value", "places", "expected"),
    [(3.0, 1, "3.0"), (-0.66, 2, "−0.66"), (7_099_200.0, 0, "7,099,200"), (0.0, 0, "0")],
)
def test_numbers_are_grouped_with_a_real_minus(value: float, places: int, expected: str) -> None:
    assert number(value, places) == expected


def test_shorten_keeps_what_fits_and_marks_what_does_not() -> None:
    assert shorten("Approval", 8, 200) == "Approval"
    cut = shorten("アオバ精密工業株式会社", 8, 40)
    assert cut.endswith("…")
    assert width(cut, 8) <= 40
    assert shorten("long", 8, 0) == "…"


def test_wrap_breaks_at_a_space_and_never_passes_its_lines() -> None:
    lines = wrap("Contracted seats of the whole company", 8, 76, 2)
    assert len(lines) == 2
    assert lines[0] == "Contracted seats"
    assert all(width(line, 8) <= 76 for line in lines)


def test_line_chart_labels_peak_last_limit_and_events() -> None:
    drawn = draw(LINE)
    shown = words(drawn)
    assert "72" in shown
    assert "Active users 58" in shown
    assert "Contracted seats 120" in shown
    assert {"+20 seats", "Training, 2 sites", "Line 3 reorganised"} <= set(shown)
    assert text(drawn, "Active users 58").colour == charts.paper().series[0]
    assert text(drawn, "Active users 58").bold
    assert_inside(drawn)


def test_the_limit_is_a_step_that_holds_until_it_changes() -> None:
    drawn = draw(LINE)
    step = next(i for i in drawn.items if isinstance(i, Polyline) and i.colour == charts.paper().muted)
    assert all(a[0] == b[0] or a[1] == b[1] for a, b in pairwise(step.points)), "only level and upright parts"
    assert len({y for _x, y in step.points}) == 2


def test_the_subject_is_drawn_over_its_context() -> None:
    data = ChartData("line", ("a", "b"), (Series("now", (1.0, 2.0)), Series("before", (2.0, 1.0), "context")))
    lines = [item for item in draw(data).items if isinstance(item, Polyline)]
    assert [line.colour for line in lines] == [charts.paper().muted, charts.paper().series[0]]


def test_a_gap_is_a_dashed_box_with_words_and_never_a_line_to_zero() -> None:
    data = ChartData("line", MONTHS[:6], (Series("x", (5.0, 6.0, None, None, 7.0, 8.0)),))
    drawn = draw(data)
    pieces = [item for item in drawn.items if isinstance(item, Polyline)]
    assert [len(piece.points) for piece in pieces] == [2, 2]
    assert "not measured" in words(drawn)
    (box,) = [item for item in drawn.items if isinstance(item, Rectangle) and item.dash]
    assert box.outline


@pytest.mark.parametrize("kind", ["line", "bar", "hbar"])
@pytest.mark.parametrize("series", [(), (Series("x", (None,) * 3),), (Series("x", ()),)])
def test_nothing_measured_is_said_in_words(kind: str, series: tuple[Series, ...]) -> None:
    data = ChartData(kind, ("a", "b", "c"), series)  # type: ignore[arg-type]
    drawn = charts.draw(data, charts.paper(), 240, 120, missing="未測定")
    if series or kind != "hbar":
        assert "未測定" in words(drawn)
    assert "0" not in words(drawn)
    assert_inside(drawn)


@pytest.mark.parametrize("kind", ["line", "bar", "hbar"])
def test_a_chart_without_categories_is_a_box(kind: str) -> None:
    drawn = draw(ChartData(kind, (), ()), 240, 80)  # type: ignore[arg-type]
    assert words(drawn) == ["not measured"]
    assert_inside(drawn)


def test_bars_begin_at_zero() -> None:
    drawn = draw(BARS)
    bars = [item for item in drawn.items if isinstance(item, Rectangle) and item.fill and not item.dash]
    feet = {round(bar.y + bar.height, 6) for bar in bars}
    assert len(feet) == 1
    assert len(bars) == 11


def test_a_bar_of_nothing_has_no_figure() -> None:
    drawn = draw(ChartData("bar", ("Nov", "Dec", "Jan"), (Series("Tickets", (2.0, 0.0, 1.0)),)))
    bold = [item.words for item in drawn.items if isinstance(item, Text) and item.bold]
    assert bold == ["2", "1"]


STACK = ChartData(
    "bar",
    MONTHS[:4],
    (Series("Other 4", (2.0, 0.0, 1.0, 1.0)), Series("High 2", (1.0, 0.0, 1.0, 0.0), "cost")),
    stacked=True,
)


def test_parts_stand_on_one_another_under_their_sum() -> None:
    theme, drawn = charts.paper(), draw(STACK)
    assert_inside(drawn)
    bars = [item for item in drawn.items if isinstance(item, Rectangle) and item.height > 9]
    first = sorted((bar for bar in bars if bar.x == bars[0].x), key=lambda bar: bar.y)
    assert [bar.fill for bar in first] == [theme.series[0], theme.series[1]]  # cost at the foot
    assert first[0].y + first[0].height == pytest.approx(first[1].y)
    assert [word for word in words(drawn) if word in {"3", "2", "1"}].count("3") == 2  # the axis and the sum
    assert not any(item.words == "0" and item.bold for item in drawn.items if isinstance(item, Text))
    assert {"Other 4", "High 2"} <= set(words(drawn))


def test_a_stack_measures_its_sums() -> None:
    assert max(float(word) for word in words(draw(STACK)) if word.isdigit()) >= 3


def test_two_events_of_one_month_share_a_line() -> None:
    data = ChartData("line", MONTHS, (Series("Users", USERS),), events=(Event(3, "One"), Event(3, "Two")))
    lines = [item for item in draw(data).items if isinstance(item, Stroke) and item.dash]
    assert len(lines) == 1


def test_negative_bars_hang_from_zero_and_keep_their_figure_off_the_categories() -> None:
    series = (Series("NPS", (-20.0, 35.0)),)
    data = ChartData("bar", ("1Q", "2Q"), series, tones=("red", "green"), labels=("low", "high"))
    drawn = draw(data, 240, 150)
    low, category = text(drawn, "low"), text(drawn, "1Q")
    assert category.y - low.y >= category.size


def test_highlight_is_full_colour_and_the_others_are_quiet() -> None:
    theme = charts.paper()
    fills = [i.fill for i in draw(BARS).items if isinstance(i, Rectangle) and not i.dash]
    assert fills.count(theme.series[0]) == 1
    assert fills.count(theme.spare) == 10


@pytest.mark.parametrize("kind", ["bar", "hbar"])
def test_every_tone_brings_its_shape(kind: str) -> None:
    tones: tuple[Tone, ...] = ("green", "yellow", "red")
    data = ChartData(kind, ("a", "b", "c"), (Series("x", (3.0, 2.0, 1.0)),), tones=tones)  # type: ignore[arg-type]
    shapes = [item.shape for item in draw(data, 240, 120).items if isinstance(item, Mark)]
    assert shapes == ["circle", "triangle", "diamond"]


def test_hbar_prints_the_value_or_says_it_is_not_measured() -> None:
    drawn = draw(FEATURES, 240, 90)
    assert {"92%", "81%", "8%", "not measured", "Forms", "API"} <= set(words(drawn))
    assert_inside(drawn)


def test_forty_rows_make_the_drawing_higher_instead_of_touching() -> None:
    data = ChartData(
        "hbar", tuple(f"row {i}" for i in range(40)), (Series("x", tuple(map(float, range(40)))),)
    )
    drawn = draw(data, 240, 100)
    rows = sorted(item.y for item in drawn.items if isinstance(item, Text) and item.anchor == "end")
    assert drawn.height > 400
    assert min(b - a for a, b in pairwise(rows)) >= charts.paper().small


def test_bounds_tint_their_band_and_carry_shape_and_words() -> None:
    bounds = (Bound(0.35, "yellow ≥ .35", "yellow"), Bound(0.6, "green ≥ .60", "green"))
    data = ChartData("line", ("a", "b", "c"), (Series("use", (0.5, 0.6, 0.48)),), bounds=bounds)
    drawn = draw(data, 300, 150)
    theme = charts.paper()
    fills = {item.fill for item in drawn.items if isinstance(item, Rectangle)}
    assert {theme.tone_band[0], theme.tone_band[1]} <= fills
    assert {"triangle", "circle"} <= {item.shape for item in drawn.items if isinstance(item, Mark)}
    assert {"yellow ≥ .35", "green ≥ .60"} <= set(words(drawn))


def test_labels_at_the_right_never_touch() -> None:
    data = ChartData("line", ("a", "b"), tuple(Series(f"series {i}", (1.0, 2.0 + i / 100)) for i in range(5)))
    drawn = draw(data, 400, 160)
    labels = sorted(
        item.y for item in drawn.items if isinstance(item, Text) and item.words.startswith("series")
    )
    assert len(labels) == 5
    assert min(b - a for a, b in pairwise(labels)) >= charts.paper().small


@example([(11, "aaaaああああああああ"), (11, "a"), (11, "aaaaああああああああ")], 240.0)
@given(
    st.lists(st.tuples(st.integers(0, 12), st.text("あい a", min_size=1, max_size=20)), max_size=5),
    st.floats(240, 600),
)
@settings(max_examples=60, deadline=None)
def test_no_event_label_lies_on_another(events: list[tuple[int, str]], wide: float) -> None:
    theme = charts.paper()
    xs = [30 + index * (wide - 100) / 12 for index in range(13)]
    placed = place_events([Event(at, label) for at, label in events], xs, theme, wide)
    boxes = [(event.row, event.left, event.left + width(event.words, theme.small)) for event in placed]
    for index, (row, left, right) in enumerate(boxes):
        assert right <= wide + 0.01
        for other_row, other_left, other_right in boxes[:index]:
            assert row != other_row or left >= other_right or other_left >= right


def test_categories_are_thinned_evenly_and_keep_the_last() -> None:
    names = tuple(f"2026年{month}月" for month in range(1, 25))
    drawn = draw(ChartData("bar", names, (Series("x", tuple(map(float, range(24)))),)), 240, 120)
    shown = [item for item in drawn.items if isinstance(item, Text) and "年" in item.words]
    assert shown[-1].words == names[-1]
    assert len(shown) < 12
    assert all(span(a)[1] <= span(b)[0] + 0.5 for a, b in pairwise(shown))


def test_the_cover_shows_first_peak_and_last_only() -> None:
    data = ChartData("bar", MONTHS, (Series("users", USERS),))
    drawn = draw(data, 499, 150, spare=True)
    assert words(drawn) == ["38", "72", "58", "Nov", "Nov"]
    assert not [
        item for item in drawn.items if isinstance(item, Stroke) and item.colour == charts.paper().grid
    ]
    assert_inside(drawn)


@given(
    st.sampled_from(["line", "bar", "hbar"]),
    st.lists(st.none() | st.floats(-1e6, 1e6, allow_nan=False), min_size=1, max_size=14),
    st.floats(220, 600),
    st.booleans(),
)
@settings(max_examples=120, deadline=None)
def test_nothing_leaves_the_drawing(
    kind: str, values: list[float | None], wide: float, japanese: bool
) -> None:
    name = "とても長い系列の名前です" if japanese else "a rather long series name"
    names = tuple(f"{name} {index}" for index in range(len(values)))
    data = ChartData(kind, names, (Series(name, tuple(values)),), events=(Event(0, name * 3),))  # type: ignore[arg-type]
    assert_inside(draw(data, wide, 120))


def test_the_same_data_gives_the_same_drawing_object() -> None:
    again = ChartData("line", MONTHS, LINE.series, events=LINE.events)
    assert draw(LINE) is draw(again)


def test_svg_is_well_formed_escaped_and_loads_nothing() -> None:
    evil = "<script>alert(1)</script>&\"'"
    data = ChartData("bar", (evil,), (Series(evil, (1.0,)),), labels=(evil,))
    made = charts.svg(draw(data, 400, 120), title=evil, alt=evil)
    root = ET.fromstring(made)
    assert {node.tag.split("}")[1] for node in root.iter()} <= {
        "svg",
        "title",
        "desc",
        "rect",
        "line",
        "text",
        "polyline",
    }
    assert root.find("{http://www.w3.org/2000/svg}title").text == evil  # type: ignore[union-attr]
    assert "href" not in made
    assert "url(" not in made


def test_figure_has_one_artist_a_shape() -> None:
    drawing = draw(LINE)
    figure = charts.figure(drawing)
    axes = figure.axes[0]
    assert [artist.get_text() for artist in axes.texts] == words(drawing)
    boxes = [item for item in drawing.items if isinstance(item, Rectangle)]
    assert len(axes.patches) == len(boxes)
    assert len(axes.lines) == len(drawing.items) - len(boxes) - len(axes.texts)
    assert tuple(figure.get_size_inches() * 72) == pytest.approx((drawing.width, drawing.height))


def test_figure_letters_come_from_our_own_fonts(tmp_path: object) -> None:
    figure = charts.figure(draw(FEATURES, 240, 90))
    files = {str(artist.get_fontproperties().get_file()) for artist in figure.axes[0].texts}
    assert files
    assert all("NotoSansJP" in file for file in files)


@pytest.mark.parametrize("name", ["light", "dark"])
def test_screen_themes_scale_with_the_text(name: str) -> None:
    one, two = charts.screen(name, 1.0), charts.screen(name, 2.0)
    assert two.small == 2 * one.small
    assert len(one.series) == 6
    assert one.ink != one.surface


def test_paper_takes_the_company_accent_as_first_series() -> None:
    assert charts.paper("#006644").series[0] == "#006644"
    assert charts.paper("#006644").series[1:] == charts.paper().series[1:]


def test_timeline_labels_stay_inside_and_take_rows_where_they_would_touch() -> None:
    points = tuple(charts.Point(0.5 + i / 1000, f"a long label {i}") for i in range(4))
    drawing = charts.draw_timeline(
        points, ((0.0, "Dec"), (0.01, "hidden"), (1.0, "Apr")), charts.paper(), 400.0
    )
    assert_inside(drawing)
    rows = {item.y for item in drawing.items if isinstance(item, Text) and item.words.startswith("a long")}
    assert len(rows) == 4
    assert "hidden" not in words(drawing)


def test_timeline_roles_have_their_colours_and_bold() -> None:
    theme = charts.paper()
    points = (
        charts.Point(0.1, "plain"),
        charts.Point(0.4, "ask", "accent", True),
        charts.Point(0.8, "end", "deadline"),
    )
    drawing = charts.draw_timeline(points, (), theme, 400.0, (0.4, 0.6))
    dots = [item.colour for item in drawing.items if isinstance(item, Mark)]
    assert sorted(dots) == sorted([theme.ink, theme.series[0], theme.series[1]])
    assert text(drawing, "ask").bold
    assert text(drawing, "ask").y > text(drawing, "plain").y


@pytest.mark.parametrize("name", ["アクティブユーザー数", "Active users", "Verified value ÷ cost"])
def test_a_lines_name_stands_on_one_line_where_there_is_room(name: str) -> None:
    data = ChartData("line", MONTHS, (Series(name, (*USERS[:-1], 0.0)),))
    drawing = draw(data, wide=1000)
    assert [one for one in words(drawing) if name in one]
    assert_inside(drawing)

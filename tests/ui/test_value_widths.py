"""Widths of the value page: figures in one row or two, nothing of a subtraction cut, a title that is never cut."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtGui import QFontMetrics

from cs_workbench.services import value_heads, value_ledgers, value_reading
from cs_workbench.ui.desk import Desk
from cs_workbench.ui.pages.value import ValuePage, figures
from cs_workbench.ui.pages.value.figure_cells import FigureCell, KeyFigures
from tests.ui.conftest import NOW


@pytest.fixture
def bare(desk: Desk) -> int:
    """A ledger that knows its cost alone."""
    made = value_heads.create(desk.workbench, 2, "2027", currency="JPY", starts_on=NOW.date(), now=NOW)
    value_ledgers.add_cost(desk.workbench, made, "Licence", "other", "0 1000 1000 1000")
    return made


def test_without_a_counted_line_only_the_cost_is_drawn(desk: Desk, bare: int) -> None:
    view = value_reading.ledger_view(desk.workbench.reads, bare, NOW.date())
    caption, falls, twin = figures.waterfall(view)
    assert caption.title == "Nothing counts yet: only the cost is known"
    assert [fall.name for fall in falls] == ["Cost"]
    assert falls[0].amount > 0
    assert [row.words[0] for row in twin.rows] == ["Cost"]


def test_without_a_counted_line_the_tornado_has_no_lone_figure(
    desk: Desk, bare: int, make_page: Callable[..., Any]
) -> None:
    page = make_page(ValuePage, account_id=2)
    assert page.body.view is not None
    assert page.body.tornado.isHidden()
    assert page.body.tornado.middle_words == ""
    assert page.body.swing_frame.about.text().startswith("Give inputs of lines that count")


@pytest.mark.parametrize(("width", "across"), [(1400, 6), (700, 3)])
def test_six_figures_stand_in_one_row_or_three_and_three(
    desk: Desk, qtbot: Any, width: int, across: int
) -> None:
    cells = KeyFigures()
    qtbot.addWidget(cells)
    words = ("Net present value", "¥8.9M", "benefits ¥34.8M − costs ¥25.8M")
    for cell in cells.cells:
        cell.say(*words)
    cells.resize(width, 200)
    cells.show()
    first = cells.cells[0]
    qtbot.waitUntil(lambda: sum(cell.y() == first.y() for cell in cells.cells) == across)
    for cell in cells.cells:
        measure = QFontMetrics(cell.name.font()).horizontalAdvance
        assert measure(words[0]) <= cell.name.width()
        assert cell.made.height() >= cell.made.heightForWidth(cell.made.width())


@pytest.mark.parametrize(("width", "across"), [(1400, 6), (700, 3)])
def test_figures_of_a_row_share_a_baseline_and_rows_their_distance(
    desk: Desk, qtbot: Any, width: int, across: int
) -> None:
    """Whatever their type; where the large figure does not stand, no room is left for it."""
    cells = KeyFigures()
    qtbot.addWidget(cells)
    for cell in cells.cells:
        cell.say("Net present value", "¥8.9M", "benefits ¥34.8M − costs ¥25.8M")
    cells.resize(width, 200)
    cells.show()
    first = cells.cells[0]
    qtbot.waitUntil(lambda: sum(cell.y() == first.y() for cell in cells.cells) == across)

    def baseline(cell: FigureCell) -> int:
        room = cell.figure.contentsRect()
        return cell.y() + cell.figure.y() + room.bottom() - QFontMetrics(cell.figure.font()).descent()

    def above(cell: FigureCell) -> int:
        return (
            baseline(cell)
            - QFontMetrics(cell.figure.font()).ascent()
            - cell.y()
            - cell.name.geometry().bottom()
        )

    for row in range(6 // across):
        assert len({baseline(cell) for cell in cells.cells[row * across : (row + 1) * across]}) == 1
    if across == 3:
        assert abs(above(cells.cells[3]) - above(first)) <= 2


@pytest.mark.parametrize(("width", "words"), [(1400, "Working"), (760, "")])
def test_acts_lose_their_words_before_the_title_is_cut(
    desk: Desk, bare: int, make_page: Callable[..., Any], width: int, words: str
) -> None:
    page = make_page(ValuePage, account_id=2)
    page.resize(width, 700)
    top = page.header
    top.resize(width, top.height())
    assert top.working.words() == words
    assert top.working.accessibleName() or words
    assert top.title.width() >= top.title.sizeHint().width()

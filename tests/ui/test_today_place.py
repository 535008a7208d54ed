"""Which line of Today is the chosen one after it was read anew."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, cast

import pytest

from cs_workbench.services import today_rows
from cs_workbench.services.today import Board
from cs_workbench.ui.pages.today import TodayPage


@pytest.fixture
def page(make_page: Callable[..., Any]) -> TodayPage:
    return cast("TodayPage", make_page(TodayPage))


def only(board: Board, *places: int) -> Board:
    """*board* with these of its lines."""
    return replace(board, items=today_rows.numbered([board.items[place] for place in places]))


def chosen(page: TodayPage) -> str:
    """The key of the chosen line."""
    row = page.list.chosen()
    assert row is not None
    return str(row.item.signal.key)


def test_after_an_import_the_first_of_many_new_lines_is_chosen(page: TodayPage) -> None:
    whole = page.board
    assert whole is not None
    last = len(whole.items) - 1
    page._fill(only(whole, last))
    assert chosen(page) == whole.items[last].signal.key
    page._fill(whole)
    assert chosen(page) == whole.items[0].signal.key


@pytest.mark.parametrize("others", [(0,), (0, 1, 2)])
def test_a_line_in_hand_stays_chosen_where_a_few_come_before_it(
    page: TodayPage, others: tuple[int, ...]
) -> None:
    """The verbs must go on being about the same customer."""
    whole = page.board
    assert whole is not None
    last = len(whole.items) - 1
    page._fill(only(whole, last))
    page._fill(only(whole, *others, last))
    assert chosen(page) == whole.items[last].signal.key


def test_a_line_further_down_stays_chosen_whatever_comes(page: TodayPage) -> None:
    whole = page.board
    assert whole is not None
    last = len(whole.items) - 1
    page._fill(only(whole, last - 1, last))
    page.list.choose(page.model.row_of(whole.items[last].signal.key))
    page._fill(whole)
    assert chosen(page) == whole.items[last].signal.key

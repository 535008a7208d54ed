"""Renewals and portfolio on paper: the rows shown, plain figures for files, nothing for nothing."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from cs_workbench.services.printing import Printable
from cs_workbench.ui.desk import Desk
from cs_workbench.ui.page import Page
from cs_workbench.ui.pages.portfolio import PortfolioPage
from cs_workbench.ui.pages.portfolio import paper as portfolio_paper
from cs_workbench.ui.pages.renewals import RenewalsPage
from cs_workbench.ui.pages.renewals import paper as renewals_paper


@pytest.mark.parametrize("factory", [RenewalsPage, PortfolioPage])
def test_every_row_shown_is_printed_in_all_columns(
    factory: type[Page], make_page: Callable[..., Page]
) -> None:
    page = make_page(factory)
    paper = page.printable()
    assert isinstance(paper, Printable)
    assert len(paper.rows) > 5
    assert {len(row) for row in paper.rows} == {len(paper.columns)}
    assert paper.subtitle
    assert "24 Nov 2026" in paper.source
    assert len(paper.exact) >= len(paper.rows) + 1


def test_renewals_print_deadline_and_steps(make_page: Callable[..., Page]) -> None:
    paper = make_page(RenewalsPage).printable()
    assert isinstance(paper, Printable)
    assert all(row[3].startswith("D") and row[5].endswith(" / 8") for row in paper.rows)


def test_nothing_read_prints_nothing(desk: Desk) -> None:
    assert renewals_paper.printable(None, desk) is None
    assert portfolio_paper.printable(None, "fall", desk) is None

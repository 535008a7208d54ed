"""The palette looks into the portfolio that is open, also after another was opened."""

from __future__ import annotations

from collections.abc import Callable

from cs_workbench.ui.bus import Bus
from cs_workbench.ui.desk import Desk
from cs_workbench.ui.main_window import MainWindow
from tests.ui.conftest import NOW


def test_another_portfolio_gets_a_palette_of_its_own(
    window: MainWindow, desk: Desk, settle: Callable[[Desk], None]
) -> None:
    window.open_palette()
    first = window._palette
    assert first is not None
    other = Desk(desk.workbench, Bus(), desk.tasks, desk.wardrobe, lambda: NOW)
    window.attach(other)
    assert not first.isVisible()
    window.open_palette()
    assert window._palette is not first
    settle(desk)
    window._palette.hide()

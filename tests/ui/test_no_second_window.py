"""No page shows a part of itself as a window of its own, not even for a moment while it is made: it takes the focus."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget

from cs_workbench.ui.desk import Desk
from cs_workbench.ui.main_window import MainWindow
from cs_workbench.ui.navigation import Place
from tests.ui.test_enter_twice import SHOWN

Settle = Callable[[Desk], None]


class Watch(QObject):
    """Notes what is shown as a window."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__()
        self.window = window
        self.seen: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        is_window = event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow()
        if is_window and watched is not self.window:
            self.seen.append(type(watched).__name__)
        return False


@pytest.fixture
def watch(window: MainWindow, qapp: QApplication) -> Iterator[Watch]:
    made = Watch(window)
    qapp.installEventFilter(made)
    yield made
    qapp.removeEventFilter(made)


@pytest.mark.parametrize("place", SHOWN, ids=lambda place: "-".join(map(str, (place[0], *place[1].values()))))
def test_a_page_comes_in_one_piece(
    window: MainWindow, watch: Watch, desk: Desk, settle: Settle, place: Place
) -> None:
    window.go_with(*place)
    settle(desk)
    assert watch.seen == []

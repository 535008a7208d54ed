"""F1 opens the manual at the chapter of the page the person is on."""

from __future__ import annotations

from collections.abc import Callable

from cs_workbench.ui.desk import Desk
from cs_workbench.ui.main_window import MainWindow
from cs_workbench.ui.pages.help import HelpPage


def test_f1_explains_the_page_one_is_on(
    window: MainWindow, desk: Desk, settle: Callable[[Desk], None]
) -> None:
    for page, title in (("keyboard", "Keyboard"), ("accounts", "Accounts")):
        window.go(page)
        settle(desk)
        window.act("manual")
        settle(desk)
        shown = window.navigation.page
        assert isinstance(shown, HelpPage)
        assert shown.article.toPlainText().startswith(title)

"""Who answers a verb just now: the window itself, the page, the composition root, or a dialog; in that order."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cs_workbench.ui.main_window import MainWindow

Answer = Callable[[], Any]


def answer(window: MainWindow, verb: str, of_root: Mapping[str, Answer]) -> Answer | None:
    """What to call for *verb*; None where nobody answers it at this moment."""
    if verb == "palette":
        return window.open_palette if window.desk is not None else None
    if verb == "back":
        return window.navigation.back if window.navigation.can_go_back else None
    if window.desk is not None:
        if verb.startswith("go:"):
            return lambda: window.go(verb.removeprefix("go:"))
        page = window.navigation.page
        of_page = page.verbs() if page is not None else {}
        if verb in of_page:
            return of_page[verb]
    return of_root[verb] if verb in of_root else _of_dialog(window, verb)


def _of_dialog(window: MainWindow, verb: str) -> Answer | None:
    from cs_workbench.ui.dialogs import DIALOGS
    from cs_workbench.ui.loading import found

    if verb in DIALOGS and window.desk is not None and found(DIALOGS[verb]) is not None:
        return lambda: window.open_dialog(verb)
    return None

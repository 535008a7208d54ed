"""A portfolio that is only read: whoever takes words to write asks here first, so that they stay in their field."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from cs_workbench.errors import UserError
    from cs_workbench.services.workbench import Workbench

PORTFOLIO = "portfolio"
"""Property of a window: the portfolio it shows; going on in a copy, it may come to be written."""


def mark(window: QWidget, workbench: Workbench | None) -> None:
    """Say which portfolio *window* shows."""
    window.setProperty(PORTFOLIO, workbench)


def why(widget: QWidget) -> str:
    """Why what is typed in *widget* cannot be kept, or ""."""
    refusal = _found(widget)[1]
    return "" if refusal is None else f"{refusal.message} {refusal.remedy}".strip()


def refused(widget: QWidget) -> bool:
    """Whether nothing of *widget* can be kept: then that is told, and the words are to stay where they are."""
    window, refusal = _found(widget)
    if refusal is None:
        return False
    tell = getattr(window, "tell", None)
    if tell is not None:
        from cs_workbench.ui.desk import Told

        tell(Told(refusal.message, refusal.remedy, "bad"))
    return True


def _found(widget: QWidget) -> tuple[QWidget | None, UserError | None]:
    one: QWidget | None = widget
    while one is not None:
        workbench: Workbench | None = one.property(PORTFOLIO)
        if workbench is not None:
            return one, workbench.refusal
        one = one.parentWidget()
    return None, None

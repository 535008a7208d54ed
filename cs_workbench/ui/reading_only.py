"""A portfolio that is only read: whoever takes words to write asks here first, so that they stay in their field."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from cs_workbench.errors import UserError

REFUSAL = "only_read"
"""Property of a window: the error that says why nothing can be changed in its portfolio."""


def mark(window: QWidget, refusal: UserError | None) -> None:
    """Say what *window* refuses every change with; None: it can be written."""
    window.setProperty(REFUSAL, refusal)


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
        refusal: UserError | None = one.property(REFUSAL)
        if refusal is not None:
            return one, refusal
        one = one.parentWidget()
    return None, None

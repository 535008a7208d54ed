"""The base of the Success page's views: a page of its own but for the header, which all of them share."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from cs_workbench.ui.page import Page


class SuccessView(Page):
    """One view. What a page writes (``refresh``, ``retranslate``, ``verbs``, ``leave`` …) a view writes as well.

    It is made when first shown, reads while visible and goes stale while hidden. ``fact`` stands beside the page's
    title, ``beside`` between the two (a chooser), ``buttons`` at the right, in reading order. The widgets of
    ``beside`` and ``buttons`` are asked for once and are shown while the view is. Views go to one another by
    ``desk.go("success", view=…)``.
    """

    fact_changed = Signal()

    def fact(self) -> str:
        """The one fact beside the title; emit ``fact_changed`` when it is another."""
        return ""

    def beside(self) -> list[QWidget]:
        """Widgets after the page's title: what the view is about."""
        return []

    def buttons(self) -> list[QWidget]:
        """Buttons at the right of the page's header; at most one of them filled."""
        return []

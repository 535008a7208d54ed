"""Finding a page or dialog by the name in its table, when it is wanted for the first time."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from functools import partial
from typing import Any


def found(place: str) -> Callable[..., Any] | None:
    """What "module:name" names, or None where that very module does not exist. Other import errors are raised."""
    module, _, name = place.partition(":")
    try:
        loaded: Callable[..., Any] = getattr(importlib.import_module(module), name)
    except ModuleNotFoundError as missing:
        if missing.name != module:
            raise
        return None
    return loaded


def called(place: str) -> Callable[..., Any]:
    """As ``found``, for a function that must be there. Raises ModuleNotFoundError."""
    function = found(place)
    if function is None:
        raise ModuleNotFoundError(place, name=place)
    return function


AHEAD = (
    "cs_workbench.domain.account_filter_hints",
    "cs_workbench.services.health",
    "cs_workbench.services.readings",
    "cs_workbench.services.plan_share",
    "cs_workbench.domain.value_ledger",
    "cs_workbench.services.value_costs",
    "cs_workbench.services.value_ratio",
    "cs_workbench.store.queries.account_page",
    "cs_workbench.services.account_page",
    "cs_workbench.services.accounts",
    "cs_workbench.services.trash",
    "cs_workbench.services.playbooks",
    "cs_workbench.ui.dialogs.playbook",
    "cs_workbench.ui.pages.account.header",
    "cs_workbench.ui.pages.account.page",
    "cs_workbench.ui.widgets.glass_box",
    "cs_workbench.ui.pages.account.call_editor",
    "cs_workbench.ui.pages.account.overview_pane",
    "cs_workbench.ui.pages.account.overview",
)
"""Modules of what is opened most after the first page, each a few ms more than those before it."""


def pieces() -> list[Callable[[], object]]:
    """Imports of what is likely to be wanted next, one at a time for a pool thread while nobody waits."""
    return [partial(importlib.import_module, module) for module in AHEAD]


DRAWING = (
    "numpy",
    "numpy.ma",
    "PIL.Image",
    "pyparsing",
    "matplotlib.colors",
    "matplotlib.font_manager",
    "matplotlib.text",
    "matplotlib.axis",
    "matplotlib.axes",
    "matplotlib.figure",
    "cs_workbench.charts",
)
"""The drawing library in parts: whole, it would keep the interpreter from the window for half a second."""


def drawing() -> list[Callable[[], object]]:
    """Imports of the drawing library as pieces, and a drawing nobody sees."""

    def prepared() -> None:
        from cs_workbench.ui.widgets import chart_frame

        chart_frame.prepare()

    return [*(partial(importlib.import_module, module) for module in DRAWING), prepared]

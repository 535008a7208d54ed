"""Finding a page or dialog by the name in its table, when it is wanted for the first time."""

from __future__ import annotations

import importlib
from collections.abc import Callable
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
    "cs_workbench.ui.pages.account.page",
    "cs_workbench.ui.pages.account.overview",
)
"""Modules of what is opened most after the first page."""


def ahead() -> None:
    """Import what is likely to be wanted next, the drawing library last; for a pool thread while nobody waits."""
    for module in AHEAD:
        importlib.import_module(module)
    from cs_workbench.ui.widgets import chart_frame

    chart_frame.prepare()

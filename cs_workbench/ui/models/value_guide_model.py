"""Business figures to choose from, as columns."""

from __future__ import annotations

from cs_workbench.i18n import _, mark
from cs_workbench.services.value_guide import BusinessFigure
from cs_workbench.ui.models.fact_model import Column


def figure_columns() -> tuple[Column, ...]:
    """The figure, the benefit that moves it, whether it fits the account."""
    return (
        Column("title", mark("Business figure"), lambda one: one.title),
        Column("about", mark("What we can change"), lambda one: one.about, style=_quiet),
        Column("fits", mark("For this account"), _fits, 160, drop=1, style=_quiet),
    )


def _fits(one: BusinessFigure) -> str:
    return _("usual in their field") if one.fits else ""


def _quiet(_one: object) -> tuple[str, str]:
    return "body", "text.secondary"

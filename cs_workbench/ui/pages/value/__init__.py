"""The value page: what each customer gained, with its proof."""

from cs_workbench.ui.pages.value.page import ValuePage

__all__ = ["ValuePage"]

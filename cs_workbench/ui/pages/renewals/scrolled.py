"""The scroll area of pages; see ``widgets.scrolled``."""

from cs_workbench.ui.widgets.scrolled import scrolled

__all__ = ["scrolled"]

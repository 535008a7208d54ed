"""Today: what needs me, why, and one button to act."""

from cs_workbench.ui.pages.today.page import TodayPage

__all__ = ["TodayPage"]

"""The Success page: maps, quadrant, plans, onboarding, lifecycle and training of all accounts."""

from cs_workbench.ui.pages.success.page import SuccessPage

__all__ = ["SuccessPage"]

"""The Renewals page: what ends when, what is expected, and the eight steps of the chosen one."""

from cs_workbench.ui.pages.renewals.page import RenewalsPage

__all__ = ["RenewalsPage"]

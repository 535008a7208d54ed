"""The Portfolio page: all accounts as figures, each open to the accounts it is made of."""

from cs_workbench.ui.pages.portfolio.page import PortfolioPage

__all__ = ["PortfolioPage"]

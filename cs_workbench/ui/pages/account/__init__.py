"""The account page: one customer with everything known about it, editable where it is shown."""

from cs_workbench.ui.pages.account.page import AccountPage

__all__ = ["AccountPage"]

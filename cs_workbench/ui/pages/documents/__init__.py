"""Documents: every pack that was made."""

from cs_workbench.ui.pages.documents.page import DocumentsPage

__all__ = ["DocumentsPage"]

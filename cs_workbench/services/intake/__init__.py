"""Imports: files from elsewhere into the portfolio, as one named change. ``import_files`` is the verb."""

from __future__ import annotations

from cs_workbench.services.intake.result import BatchResult, ImportResult, Question, RejectedRow, WarningCount
from cs_workbench.services.intake.service import import_files

__all__ = ["BatchResult", "ImportResult", "Question", "RejectedRow", "WarningCount", "import_files"]

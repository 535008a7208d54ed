"""Workbooks with live formulas that stand in for a template's plain XLSX: which, and made of what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cs_workbench.services import value_exports

if TYPE_CHECKING:
    from cs_workbench.reports.blocks import Document, Look
    from cs_workbench.reports.manifest import Manifest
    from cs_workbench.reports.roi.facts import RoiFacts
    from cs_workbench.services.briefing_facts import Rows
    from cs_workbench.services.pack_files import Write


def own_writers(
    manifest: Manifest, rows: Rows, sender: str, *, language: str, edition: str
) -> dict[str, Write]:
    """The writers by format that a template of this manifest has of its own, for the account behind *rows*."""
    if manifest.workbook != "value_ledger" or rows.value is None:
        return {}
    view = rows.value

    def write(_document: Document, look: Look, path: str) -> None:
        facts = value_exports.roi_facts(view, rows.account.name, sender, language=language, edition=edition)
        ledger_writer(facts)(_document, look, path)

    return {"xlsx": write}


def ledger_writer(facts: RoiFacts) -> Write:
    """A writer of the ledger's workbook in place of the document's."""

    def write(_document: Document, look: Look, path: str) -> None:
        from cs_workbench.reports.roi import book

        book.write(facts, look, path)

    return write

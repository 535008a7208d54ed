"""Drafts: kept outside undo, replaced, taken away when empty."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from cs_workbench.services import drafts
from cs_workbench.services.workbench import Workbench

NOW = dt.datetime(2026, 11, 24, 1, 42, tzinfo=dt.UTC)


def test_a_draft_survives_closing_and_is_no_undo_step(tmp_path: Path) -> None:
    path = str(tmp_path / "p.csw")
    with Workbench.open(path, create=True) as wb:
        drafts.keep(wb, "a", "call <b>石井様</b>", now=NOW)
        drafts.keep(wb, "a", "call 石井様 again", now=NOW)
        assert wb.history() == []
        assert wb.undo() is None
    with Workbench.open(path) as wb:
        assert drafts.draft(wb.reads, "a") == "call 石井様 again"
        assert drafts.draft(wb.reads, "b") == ""
        drafts.keep(wb, "a", "  \n", now=NOW)
        assert drafts.draft(wb.reads, "a") == ""


def test_a_read_only_portfolio_keeps_nothing_and_does_not_complain(tmp_path: Path) -> None:
    path = str(tmp_path / "p.csw")
    Workbench.open(path, create=True).close()
    with Workbench.open(path, read_only=True) as wb:
        drafts.keep(wb, "a", "lost", now=NOW)
        assert drafts.draft(wb.reads, "a") == ""

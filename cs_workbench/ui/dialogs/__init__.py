"""Dialogs: each asks for one decision and knows none of its neighbours. The table says which verb opens which."""

from __future__ import annotations

_HERE = "cs_workbench.ui.dialogs"

DIALOGS: dict[str, str] = {
    "log_contact": f"{_HERE}.quick_log:open_quick_log",
    "import_files": f"{_HERE}.import_files:open_import",
    "prepare_pack": f"{_HERE}.pack:open_pack",
    "export": f"{_HERE}.export:open_export",
    "start_onboarding": f"{_HERE}.onboarding_start:open_start",
    "print": f"{_HERE}.print_pages:open_print",
    "portfolio_new": f"{_HERE}.portfolio:new_portfolio",
    "portfolio_open": f"{_HERE}.portfolio:open_portfolio",
    "portfolio_save_as": f"{_HERE}.portfolio:save_as",
    "portfolio_duplicate": f"{_HERE}.portfolio:duplicate",
}
"""Verb → "module:function", called as ``function(desk, window, **arguments)`` and imported when first wanted.

Arguments: log_contact account_id · import_files paths · prepare_pack account_id, account_ids ·
start_onboarding account_id · print record_id (of a document made). A module that is not there leaves
its verb without an answer (the action is disabled).
"""

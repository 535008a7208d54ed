"""Everything that can be done, in one table: menus, palette, shortcuts and the keyboard page are read from it."""

from __future__ import annotations

from typing import Literal, NamedTuple

from cs_workbench.i18n import mark

Group = Literal["file", "edit", "go", "contact", "list", "account", "view", "help"]
GROUPS: dict[Group, str] = {
    "file": mark("File"),
    "edit": mark("Edit"),
    "go": mark("Go"),
    "contact": mark("Contact"),
    "list": mark("List"),
    "account": mark("Account"),
    "view": mark("View"),
    "help": mark("Help"),
}
"""The menus, in order."""


class Action(NamedTuple):
    """One thing that can be done. ``verb`` is what a page or window answers to; the first shortcut is shown."""

    id: str
    text: str
    group: Group
    verb: str
    shortcuts: tuple[str, ...] = ()
    icon: str = ""

    @property
    def shortcut(self) -> str:
        """The shortcut shown, or ""."""
        return self.shortcuts[0] if self.shortcuts else ""

    @property
    def page(self) -> str:
        """The page a "go" action goes to, or ""."""
        return self.verb.removeprefix("go:") if self.verb.startswith("go:") else ""


def _a(name: str, text: str, group: Group, keys: str = "", icon: str = "", *, verb: str = "") -> Action:
    return Action(name, text, group, verb or name, tuple(keys.split("|")) if keys else (), icon)


ACTIONS: tuple[Action, ...] = (
    _a("portfolio_new", mark("New portfolio…"), "file", "", "file-plus"),
    _a("portfolio_open", mark("Open portfolio…"), "file", "Ctrl+O", "folder-open"),
    _a("portfolio_sample", mark("Open the sample"), "file", "", "sparkles"),
    _a("portfolio_save_as", mark("Save as…"), "file", "Ctrl+Shift+S", "save"),
    _a("portfolio_duplicate", mark("Duplicate portfolio…"), "file", "", "copy"),
    _a("import_files", mark("Import files…"), "file", "Ctrl+I", "download"),
    _a("export", mark("Export…"), "file", "Ctrl+E", "upload"),
    _a("backup", mark("Back up now"), "file", "Ctrl+B", "database-backup"),
    _a("trash", mark("Trash"), "file", "", "trash-2", verb="go:trash"),
    _a("print", mark("Print…"), "file", "Ctrl+P", "printer"),
    _a("quit", mark("Quit"), "file", "Ctrl+Q", "log-out"),
    _a("undo", mark("Undo"), "edit", "Ctrl+Z", "undo-2"),
    _a("redo", mark("Redo"), "edit", "Ctrl+Shift+Z|Ctrl+Y", "redo-2"),
    _a("copy_rows", mark("Copy as table"), "edit", "Ctrl+Shift+C", "copy"),
    _a("edit", mark("Edit"), "edit", "E", "pencil"),
    _a("delete", mark("Delete"), "edit", "Delete", "trash-2"),
    _a("palette", mark("Find anything"), "go", "Ctrl+K", "search"),
    _a("go_today", mark("Go to Today"), "go", "G, T", "sun", verb="go:today"),
    _a("go_accounts", mark("Go to Accounts"), "go", "G, A", "building-2", verb="go:accounts"),
    _a("go_renewals", mark("Go to Renewals"), "go", "G, R", "calendar-clock", verb="go:renewals"),
    _a("go_success", mark("Go to Success"), "go", "G, S", "target", verb="go:success"),
    _a("go_value", mark("Go to Value"), "go", "G, V", "coins", verb="go:value"),
    _a("go_voice", mark("Go to Voice"), "go", "G, O", "message-square-heart", verb="go:voice"),
    _a("go_portfolio", mark("Go to Portfolio"), "go", "G, P", "chart-column-big", verb="go:portfolio"),
    _a("go_documents", mark("Go to Documents"), "go", "G, D", "files", verb="go:documents"),
    _a("go_settings", mark("Settings"), "go", "Ctrl+,", "settings", verb="go:settings"),
    _a("back", mark("Back"), "go", "Alt+Left", "chevron-left"),
    _a("log_contact", mark("Log contact"), "contact", "L|Ctrl+Shift+L", "plus"),
    _a("done", mark("Mark done"), "contact", "Space", "check"),
    _a("snooze", mark("Snooze"), "contact", "S", "alarm-clock"),
    _a("hand_over", mark("Hand over"), "contact", "H", "corner-up-right"),
    _a("start_playbook", mark("Start playbook"), "contact", "P", "play"),
    _a("filter", mark("Filter"), "list", "/", "filter"),
    _a("next_row", mark("Next row"), "list", "J", "arrow-down"),
    _a("previous_row", mark("Previous row"), "list", "K", "arrow-up"),
    _a("open_row", mark("Open"), "list", "", "external-link"),
    _a("new_row", mark("New"), "list", "N", "plus"),
    _a("tag", mark("Tag"), "list", "T", "tag"),
    _a("add_accounts", mark("Add accounts"), "list", "", "plus"),
    _a("move_on", mark("Move one step on"), "list", "]", "arrow-right"),
    _a("move_back", mark("Move one step back"), "list", "[", "arrow-left"),
    _a("wanted_step", mark("Set wanted step"), "list", "B", "target"),
    _a("columns", mark("Columns"), "list", "", "columns-3"),
    _a("group", mark("Group"), "list", "", "layers"),
    _a("save_view", mark("Save view"), "list", "Ctrl+S", "save"),
    _a("prepare_pack", mark("Prepare pack"), "account", "Ctrl+Shift+P", "presentation"),
    _a("start_onboarding", mark("Start onboarding…"), "account", "", "play"),
    _a("call", mark("Set my call"), "account", "C", "hand"),
    _a("working", mark("Show the working"), "account", "W", "sigma"),
    _a("two_tests", mark("Put claims to the two tests"), "account", "V", "shield-check"),
    _a("enter_answer", mark("Enter answer"), "account", "A", "message-square-heart"),
    _a("no_roi", mark("No ROI? Find the business figure"), "account", "", "route"),
    _a("edit_ledger", mark("Edit ledger"), "account", "", "coins"),
    _a("score", mark("Score all accounts"), "account", "", "heart-pulse"),
    _a("details", mark("Show details"), "view", "F4", "panel-right"),
    _a("larger", mark("Larger"), "view", "Ctrl++|Ctrl+=", "plus"),
    _a("smaller", mark("Smaller"), "view", "Ctrl+-", "minus"),
    _a("actual_size", mark("Normal size"), "view", "Ctrl+0", "rotate-ccw"),
    _a("toggle_theme", mark("Switch light and dark"), "view", "Ctrl+Shift+D", "moon"),
    _a("refresh", mark("Refresh"), "view", "F5", "rotate-cw"),
    _a("manual", mark("Manual"), "help", "F1", "circle-help", verb="go:help"),
    _a("keyboard", mark("Keyboard"), "help", "?", "keyboard", verb="go:keyboard"),
    _a("about", mark("About CS Workbench"), "help", "", "info", verb="go:about"),
)


def action(name: str) -> Action:
    """The action with that id. Raises KeyError."""
    for one in ACTIONS:
        if one.id == name:
            return one
    raise KeyError(name)


def shown_keys(shortcut: str) -> str:
    """A shortcut as a key cap reads: "Ctrl+Shift+P" → "Ctrl Shift P", "G, T" → "G T"."""
    if shortcut.endswith("++"):
        return shortcut[:-2].replace("+", " ") + " +"
    return shortcut.replace(", ", " ").replace("+", " ")


def keys_of(name: str) -> str:
    """The key cap of the action with that id, or ""."""
    return shown_keys(action(name).shortcut)

"""The pages of the window: one line each. A page's module is imported when it is shown for the first time."""

from __future__ import annotations

from cs_workbench.i18n import mark


class PageEntry:
    """One page. ``factory`` is "module:class" (called with the desk); ``count`` "module:function" (reads, today) → int;
    ``first`` "module:function" (reads, now) what the page shows first, read while the first page is being made.

    Until the module is there the page says ``empty``, that it is still to come, and offers the action ``offer``.
    Written out: a dataclass alone takes 1 ms of the first paint, and nothing else of it needs one.
    """

    def __init__(
        self,
        page: str,
        text: str,
        icon: str,
        shortcut: str,
        factory: str,
        *,
        in_rail: bool = True,
        count: str = "",
        empty: str = "",
        offer: str = "go_today",
        first: str = "",
    ) -> None:
        self.id, self.text, self.icon, self.shortcut, self.factory = page, text, icon, shortcut, factory
        self.in_rail, self.count, self.empty, self.offer, self.first = in_rail, count, empty, offer, first


_HERE = "cs_workbench.ui.pages"

PAGES: tuple[PageEntry, ...] = (
    PageEntry("today", mark("Today"), "sun", "G, T", f"{_HERE}.today:TodayPage",
              count="cs_workbench.services.today:pressing", first="cs_workbench.services.today:board",
              empty=mark("What needs you appears here once there are accounts.")),
    PageEntry("accounts", mark("Accounts"), "building-2", "G, A", f"{_HERE}.accounts:AccountsPage",
              first="cs_workbench.services.account_table:first_rows",
              empty=mark("Import a list of accounts to see them here.")),
    PageEntry("renewals", mark("Renewals"), "calendar-clock", "G, R", f"{_HERE}.renewals:RenewalsPage",
              count="cs_workbench.services.renewals:pressing",
              empty=mark("Renewals appear here once contracts have an end date.")),
    PageEntry("success", mark("Success"), "target", "G, S", f"{_HERE}.success:SuccessPage",
              empty=mark("Success plans show what each customer wants to reach.")),
    PageEntry("value", mark("Value"), "coins", "G, V", f"{_HERE}.value:ValuePage",
              count="cs_workbench.services.value_choices:pressing",
              empty=mark("The value ledger keeps what each customer gained, with its proof.")),
    PageEntry("voice", mark("Voice"), "message-square-heart", "G, O", f"{_HERE}.voice:VoicePage",
              count="cs_workbench.services.voice_cases:overdue_count",
              empty=mark("What customers say in surveys and tickets is gathered here.")),
    PageEntry("portfolio", mark("Portfolio"), "chart-column-big", "G, P", f"{_HERE}.portfolio:PortfolioPage",
              empty=mark("Health, renewals and movers of all accounts appear here.")),
    PageEntry("documents", mark("Documents"), "files", "G, D", f"{_HERE}.documents:DocumentsPage",
              empty=mark("Packs you make for meetings are kept here."), offer="go_accounts"),
    PageEntry("settings", mark("Settings"), "settings", "Ctrl+,", f"{_HERE}.settings:SettingsPage",
              in_rail=False, empty=mark("Settings of this portfolio and this window."), offer="toggle_theme"),
    PageEntry("account", mark("Account"), "building-2", "", f"{_HERE}.account:AccountPage", in_rail=False,
              empty=mark("One account, with everything known about it."), offer="go_accounts"),
    PageEntry("trash", mark("Trash"), "trash-2", "", f"{_HERE}.trash:TrashPage", in_rail=False,
              empty=mark("What you delete is kept here for 30 days."), offer="go_accounts"),
    PageEntry("first_run", mark("Welcome"), "sun", "", f"{_HERE}.first_run:FirstRunPage", in_rail=False,
              empty=mark("Start with a list of your accounts.")),
    PageEntry("help", mark("Manual"), "circle-help", "F1", f"{_HERE}.help:HelpPage", in_rail=False,
              empty=mark("The manual explains each page."), offer="keyboard"),
    PageEntry("keyboard", mark("Keyboard"), "keyboard", "?", f"{_HERE}.keyboard:KeyboardPage", in_rail=False,
              offer="go_today"),
    PageEntry("about", mark("About CS Workbench"), "info", "", f"{_HERE}.about:AboutPage", in_rail=False,
              offer="go_today"),
)  # fmt: skip


def entry(page: str) -> PageEntry:
    """The entry of the page with that id. Raises KeyError."""
    for one in PAGES:
        if one.id == page:
            return one
    raise KeyError(page)

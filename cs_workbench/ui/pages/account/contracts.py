"""Contracts: terms, sums and notice, edited where they stand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Any, ClassVar

from PySide6.QtWidgets import QWidget

from cs_workbench.errors import InvalidValue
from cs_workbench.i18n import _, mark, ngettext
from cs_workbench.services import account_edits, account_tabs
from cs_workbench.services.account_page import Overview
from cs_workbench.services.account_tabs import ContractLine
from cs_workbench.services.workbench import Workbench
from cs_workbench.ui import wording
from cs_workbench.ui.desk import Desk
from cs_workbench.ui.models.fact_model import Column
from cs_workbench.ui.pages.account.table_tab import TableTab

_STATUSES = {
    "active": mark("running"),
    "trial": mark("trial"),
    "ended": mark("ended"),
    "churned": mark("churned"),
    "draft": mark("not signed"),
}


class ContractsTab(TableTab):
    """The table of the account's contracts, the newest term first."""

    key: ClassVar[str] = "contracts"
    entity = "contract"
    names: ClassVar[str] = "name"
    added: ClassVar[str] = mark("Contract added")

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        self.rows: tuple[ContractLine, ...] | None = None
        self.currency = ""
        super().__init__(desk, self._columns(), "file-text", parent)

    def _columns(self) -> tuple[Column, ...]:
        return (
            Column("name", mark("Contract"), _name, typed=lambda one: one.name, style=_style),
            Column("plan", mark("Plan"), lambda one: one.plan or one.product, 120, drop=2, typed=lambda one: one.plan,
                   style=_quiet),
            Column("seats", mark("Seats"), lambda one: "" if one.seats is None else f"{one.seats:,}", 80, right=True,
                   drop=4, typed=lambda one: _plain(one.seats), style=_style),
            Column("arr", mark("Yearly value"), lambda one: wording.money(one.arr, one.currency), 116, right=True,
                   typed=lambda one: _plain(one.arr), style=_style),
            Column("start_on", mark("Begins"), lambda one: wording.date(one.start_on), 110, right=True, drop=3,
                   typed=lambda one: wording.date(one.start_on), style=_quiet),
            Column("end_on", mark("Ends"), lambda one: wording.date(one.end_on), 110, right=True,
                   typed=lambda one: wording.date(one.end_on), style=_style),
            Column("notice_months", mark("Notice, months"), lambda one: _plain(one.notice_months), 110, right=True,
                   drop=5, typed=lambda one: _plain(one.notice_months), style=_quiet),
            Column("notice_days", mark("Notice, days"), lambda one: _plain(one.notice_days), 96, right=True, drop=1,
                   typed=lambda one: _plain(one.notice_days), style=_quiet),
            Column("auto_renew", mark("Renews itself"), _renews, 104, drop=6,
                   typed=lambda one: "" if one.auto_renew is None else str(int(one.auto_renew)),
                   choices=lambda: [("", "–"), ("1", _("yes")), ("0", _("no"))], style=_quiet),
            Column("left", mark("Notice by"), self._left, 150, right=True, style=self._left_style),
            Column("status", mark("Status"), lambda one: _(_STATUSES.get(one.status, one.status)), 92,
                   typed=lambda one: one.status,
                   choices=lambda: [(key, _(words)) for key, words in _STATUSES.items()], style=_quiet),
        )  # fmt: skip

    def about(self, overview: Overview) -> None:
        """New contracts are in the portfolio's currency unless the account has its own."""
        super().about(overview)
        worth = overview.worth
        self.currency = worth[0][1] if len(worth) == 1 else overview.head.currency or ""

    def read(self, workbench: Workbench, account_id: int, today: dt.date) -> tuple[ContractLine, ...]:
        """The account's contracts."""
        return account_tabs.contracts(workbench.reads, account_id, today)

    def fill(self, data: Any) -> None:
        """Show them."""
        self.rows = data
        self.show_rows(data)
        running = [one for one in data if one.renewal is not None and not one.trial]
        sums: dict[str, Decimal] = {}
        for one in running:
            if one.arr is not None:
                sums[one.currency] = sums.get(one.currency, Decimal(0)) + one.arr
        worth = " + ".join(wording.money(value, code) for code, value in sums.items())
        words = ngettext("{n} contract runs", "{n} contracts run", len(running)).format(n=len(running))
        self.fact.setText(_(" · ").join(part for part in (words, worth) if part))

    def retranslate(self) -> None:
        """Fixed texts and the rows again."""
        self.table.setAccessibleName(_("Contracts"))
        self.add.setText(_("Add contract"))
        self.empty.say(_("No contract is on record."), _("Add contract"))
        if self.rows is not None:
            self.fill(self.rows)

    def unnamed(self) -> ContractLine:
        """A contract without a name, in the currency of the others."""
        return ContractLine(
            0, "", "", "", None, None, None, self.currency, None, None, None, None, None, "active", False, None
        )  # fmt: skip

    def place_of_new(self, rows: Sequence[ContractLine]) -> int:
        """The last of those without an end, which stand first."""
        return sum(one.end_on is None for one in rows)

    def make(self, workbench: Workbench, account_id: int, row: ContractLine, now: dt.datetime) -> int:
        """A contract of that name, to be filled in."""
        return account_edits.add_contract(workbench, account_id, row.name, currency=row.currency, now=now)

    def why(self, row: Any, key: str, text: str) -> str:
        """Also where its dates would cross."""
        if why := super().why(row, key, text):
            return why
        if key not in {"start_on", "end_on"}:
            return ""
        days = {"start_on": row.start_on, "end_on": row.end_on}
        days[key] = account_edits.read(self.entity, key, text, self.desk.today())
        try:
            account_edits.check_term(days["start_on"], days["end_on"], key)
        except InvalidValue as problem:
            return f"{problem.message} {problem.remedy}".strip()
        return ""

    def _left(self, one: ContractLine) -> str:
        renewal = one.renewal
        if renewal is None or renewal.deadline is None:
            return ""
        today = self.desk.today()
        return f"{wording.date(renewal.deadline)}  {wording.days_left(renewal.deadline, today)}"

    def _left_style(self, one: ContractLine) -> tuple[str, str]:
        left = one.renewal.days_left if one.renewal else None
        return ("strong", "text.primary") if left is not None and left <= 90 else ("body", "text.secondary")


def _name(one: ContractLine) -> str:
    return one.name or one.product or _("without a name")


def _plain(value: object) -> str:
    return (
        ""
        if value is None
        else f"{value:f}".rstrip("0").rstrip(".")
        if isinstance(value, Decimal)
        else str(value)
    )


def _renews(one: ContractLine) -> str:
    return "" if one.auto_renew is None else _("yes") if one.auto_renew else _("no")


def _style(one: ContractLine) -> tuple[str, str]:
    return "body", "text.primary" if one.renewal is not None else "text.tertiary"


def _quiet(one: ContractLine) -> tuple[str, str]:
    return "body", "text.secondary" if one.renewal is not None else "text.tertiary"

"""Renewals: notice and approval, and when each step before a renewal begins."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from cs_workbench.i18n import _, mark
from cs_workbench.services import signal_settings
from cs_workbench.services.portfolio_settings import set_settings
from cs_workbench.services.setting_values import RENEWAL_APPROVAL_DAYS, RENEWAL_NOTICE_MONTHS
from cs_workbench.services.signal_words import TITLES
from cs_workbench.ui.pages.settings.section import DAYS, Section, Work
from cs_workbench.ui.widgets.number_field import NumberField

if TYPE_CHECKING:
    from cs_workbench.services.settings_view import SettingsView
    from cs_workbench.services.signal_settings import RunwayStep

APPROVAL_DAYS = 10
NOTICE_MONTHS = 3


class RenewalsSection(Section):
    """What a renewal is counted back by."""

    id = "renewals"
    title = mark("Renewals")
    icon = "calendar-clock"
    words = "こうしん"

    def build(self) -> None:
        """Notice, approval, runway."""
        row = self.row(
            "notice",
            _("Notice period"),
            _("Proposed for a new contract; each contract has its own."),
            kana="つうちきかん",
        )
        self.notice = self.number(
            row, _("Notice period"), (0, 24), self._noticed, unit=_("months before the end")
        )
        row.put(self.notice)
        row = self.row(
            "approval",
            _("Customer’s approval"),
            _("How long the customer takes to decide; documents count back by it."),
            kana="りんぎ けっさい しょうにん",
        )
        self.approval = self.number(
            row, _("Customer’s approval"), (1, 120), self._approved, unit=_("working days")
        )
        row.put(self.approval)
        self.runway_row = self.row(
            "runway",
            _("Renewal runway"),
            _("Days before the deadline on which each step begins."),
            kana="こうしんじゅんび",
            plain="steps",
        )
        self.steps: list[NumberField] = []

    def fill(self, view: SettingsView) -> None:
        """The three of them."""
        self.notice.show_value(view.value(RENEWAL_NOTICE_MONTHS, NOTICE_MONTHS))
        self.approval.show_value(view.value(RENEWAL_APPROVAL_DAYS, APPROVAL_DAYS))
        while len(self.steps) < len(view.signals.runway):
            self._add_step(view.signals.runway[len(self.steps)])
        for field, step in zip(self.steps, view.signals.runway, strict=False):
            field.show_value(step.day)

    def _add_step(self, step: RunwayStep) -> None:
        at = len(self.steps)
        name = (
            _(TITLES[f"renewal_{step.came}"])
            if f"renewal_{step.came}" in TITLES
            else _("Step {n}").format(n=at + 1)
        )
        if step.tiers:
            name = _("{step} (tier {tiers})").format(step=name, tiers=_(", ").join(step.tiers))
        field = self.number(self.runway_row, name, (1, 730), self._stepper(at), unit=f"{_(DAYS)}　{name}")
        self.steps.append(field)
        self.runway_row.right.addWidget(field)

    def _stepper(self, at: int) -> Callable[[float], Work]:
        def moved(value: float) -> Work:
            days = [int(value) if n == at else int(field.value) for n, field in enumerate(self.steps)]
            return lambda wb: signal_settings.set_runway(wb, days)

        return moved

    def _noticed(self, value: float) -> Work:
        wanted = {RENEWAL_NOTICE_MONTHS: int(value)}
        return lambda wb: set_settings(wb, wanted, name=_("Change notice period"))

    def _approved(self, value: float) -> Work:
        wanted = {RENEWAL_APPROVAL_DAYS: int(value)}
        return lambda wb: set_settings(wb, wanted, name=_("Change approval time"))

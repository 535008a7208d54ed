"""Starting an onboarding: whose, which plan of 30, 60 or 90 days, from which day; the end is said before."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCompleter, QVBoxLayout, QWidget

from cs_workbench import i18n
from cs_workbench.domain.spoken_dates import spoken_date
from cs_workbench.domain.text import fold
from cs_workbench.errors import UserError
from cs_workbench.i18n import _, ngettext
from cs_workbench.services import onboarding, onboarding_reading
from cs_workbench.services.onboarding import Started, Template
from cs_workbench.services.onboarding_reading import Startable
from cs_workbench.ui import theme as themes
from cs_workbench.ui import wording
from cs_workbench.ui.desk import Desk, Told
from cs_workbench.ui.widgets.button import Button
from cs_workbench.ui.widgets.date_field import DateField
from cs_workbench.ui.widgets.fields import Field
from cs_workbench.ui.widgets.label import Label
from cs_workbench.ui.widgets.segmented import Segmented
from cs_workbench.ui.widgets.sheet import Sheet

if TYPE_CHECKING:
    from cs_workbench.ui.main_window import MainWindow

_USUAL = "days_60"


def open_start(desk: Desk, window: MainWindow | QWidget, account_id: int | None = None) -> None:
    """Ask for a new onboarding, of the account given where it has none under way."""
    reads = desk.workbench.reads
    desk.tasks.run(
        lambda: onboarding_reading.startable(reads),
        done=lambda found: StartSheet(desk, window, found, account_id).unfold(),
        latest="onboarding_start",
        owner=window,
    )


class StartSheet(Sheet):
    """One filled button, Ctrl Enter; what cannot be is said at its field."""

    def __init__(
        self, desk: Desk, window: QWidget, accounts: Sequence[Startable], account_id: int | None
    ) -> None:
        super().__init__(window, _("Start onboarding"), size=(560, 0))
        self._desk = desk
        self._accounts = list(accounts)
        self._templates = {one.key: one for one in onboarding.templates(i18n.language())}
        today = desk.today()
        chosen = next((one.name for one in self._accounts if one.id == account_id), "")
        self.account = Field(
            chosen, name=_("Account"), placeholder=_("Name of the account"), icon="building-2"
        )
        self.template = Segmented(
            [(one.key, _("{n} days").format(n=one.days)) for one in self._templates.values()],
            name=_("Plan"), taken=_USUAL,
        )  # fmt: skip
        self.start = DateField(
            name=_("First day"), today=today, value=today, read=lambda text: spoken_date(text, today)
        )
        self.told = Label("", "body", "text.secondary", wrap=True)
        self.ends = Label("", "strong", wrap=True)
        self.keep = Button(_("Start onboarding"), "filled", icon="play", keys="Ctrl ↵")
        self.main = self.keep
        self.stay = Button(_("Cancel"))
        self._lay_out_body()
        self._complete()
        self.template.chosen.connect(lambda _key: self._say())
        self.start.picked.connect(lambda _day: self._say())
        self.account.edit.textEdited.connect(lambda _text: self.account.clear_problem())
        self.account.edit.returnPressed.connect(self.start.setFocus)
        self.keep.clicked.connect(self.answer)
        self.stay.clicked.connect(self.reject)
        self._say()
        (self.start if chosen else self.account).setFocus()

    def _lay_out_body(self) -> None:
        theme = themes.current()
        column = QVBoxLayout(self.body)
        column.setContentsMargins(*[theme.px(24)] * 4)
        column.setSpacing(theme.px(8))
        for caption, part in (
            (_("Account"), self.account), (_("Plan"), self.template), (_("First day"), self.start),
        ):  # fmt: skip
            column.addWidget(Label(caption, "small", "text.secondary"))
            column.addWidget(part)
            column.addSpacing(theme.px(4))
        column.addWidget(self.told)
        column.addWidget(self.ends)
        self.foot.addStretch(1)
        self.foot.addWidget(self.stay)
        self.foot.addWidget(self.keep)

    def _complete(self) -> None:
        completer = QCompleter([one.name for one in self._accounts], self)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.account.edit.setCompleter(completer)

    @property
    def plan(self) -> Template:
        """The template taken."""
        return self._templates[self.template.taken]

    def answer(self) -> None:
        """Start it, where account and day are known."""
        account = self._meant()
        if account is None:
            self.account.refuse(_("No account without an onboarding under way is called so."))
            self.account.setFocus()
            return
        if self.start.value is None:
            self.start.refuse(_("Choose a day."))
            self.start.setFocus()
            return
        desk, key, day, language = self._desk, self.plan.key, self.start.value, i18n.language()
        workbench = desk.workbench
        self.keep.set_busy(True, _("Starting"))
        desk.tasks.write(
            lambda: onboarding.start(workbench, account.id, key, starts_on=day, language=language),
            done=lambda started: self._begun(account.id, started), failed=self._refused,
        )  # fmt: skip

    def _begun(self, account_id: int, started: Started) -> None:
        desk = self._desk
        words = ngettext("{n} step, ends {date}", "{n} steps, ends {date}", started.items)
        second = words.format(n=started.items, date=wording.date(started.ends_on))
        told = _("Onboarding started: {account}").format(account=started.account)
        show = lambda: desk.go("success", view="onboarding", account_id=account_id)  # noqa: E731
        desk.told.emit(Told(told, second, undo=True, link=_("Show"), on_link=show))
        self.accept()

    def _refused(self, error: BaseException) -> None:
        self.keep.set_busy(False)
        if isinstance(error, UserError):
            self.account.refuse(error.message)
        else:
            self._desk.tasks.failed.emit(error)

    def _meant(self) -> Startable | None:
        words = fold(self.account.edit.text())
        if not words:
            return None
        exact = [one for one in self._accounts if fold(one.name) == words]
        near = [one for one in self._accounts if words in fold(one.name)]
        return exact[0] if exact else near[0] if len(near) == 1 else None

    def _say(self) -> None:
        plan, day = self.plan, self.start.value or self._desk.today()
        self.told.setText(plan.purpose)
        words = ngettext("{n} step in working days, ends {date}", "{n} steps in working days, ends {date}",
                         len(plan.items))  # fmt: skip
        end: dt.date = plan.ends(day)
        self.ends.setText(words.format(n=len(plan.items), date=wording.date(end)))

"""The lifecycle: the funnel of stages, accounts with time and use in their stage, proposals confirmed with one key."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu, QWidget

from cs_workbench import i18n
from cs_workbench.domain.lifecycle import StageRule
from cs_workbench.i18n import _, mark, ngettext
from cs_workbench.services import lifecycle, lifecycle_rules
from cs_workbench.services import lifecycle_words as words
from cs_workbench.services.lifecycle import Lifecycle, StageLine
from cs_workbench.ui import wording
from cs_workbench.ui.desk import Desk
from cs_workbench.ui.models.fact_model import Column
from cs_workbench.ui.pages.success.listing import ListView
from cs_workbench.ui.pages.success.marked_table import Marks
from cs_workbench.ui.pages.success.stages_criteria import CriteriaSheet
from cs_workbench.ui.pages.success.stages_funnel import Funnel
from cs_workbench.ui.pages.success.stages_pane import StagePane
from cs_workbench.ui.widgets.button import Button
from cs_workbench.ui.widgets.menu import Menu

_QUIET = ("body", "text.secondary")
_FILTERS = {
    "": mark("All accounts"), "proposed": mark("With a proposal"), "stuck": mark("Longer than usual"),
}  # fmt: skip


class StagesView(ListView):
    """``open(account_id=…)`` chooses an account, ``open(which="proposed")`` filters."""

    id: ClassVar[str] = "stages"
    cares_about: ClassVar[frozenset[str]] = frozenset(
        ("account", "contract", "contract_event", "currency_rate", "health_call", "list_item", "map_place", "objective",
         "onboarding", "setting", "snapshot", "stage_move", "training_attendee", "training_session")
    )  # fmt: skip

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        self.found: Lifecycle | None = None
        self.card = StagePane()
        marks = Marks({"days": lambda row: "yellow" if row.stuck else ""}, {"index": _bar})
        super().__init__(desk, _columns(self), marks, icon="route", pane=self.card, parent=parent)
        self.funnel = Funnel()
        self.above.addWidget(self.funnel)
        self.all = Button(icon="check")
        self.criteria = Button(icon="sliders-horizontal")
        self.funnel.chosen.connect(lambda _key: self.filter_rows())
        self.card.asked.connect(lambda verb: self.deeds()[verb]())
        self.all.clicked.connect(self.move_all)
        self.criteria.clicked.connect(self.choose_criteria)
        self.retranslate()

    def fact(self) -> str:
        """How many changes are proposed, how many accounts are stuck."""
        if self.found is None or not self.rows:
            return ""
        proposed, stuck = len(self.found.proposals), len(self.found.stuck)
        told = [ngettext("{n} change proposed", "{n} changes proposed", proposed).format(n=proposed)]
        if stuck:
            told.append(ngettext("{n} stuck", "{n} stuck", stuck).format(n=stuck))
        return _(" · ").join(told)

    def buttons(self) -> list[QWidget]:
        """All proposals at once; the criteria."""
        return [self.criteria, self.all]

    def open(self, **arguments: object) -> None:
        """Which account is chosen, which are listed."""
        if (which := arguments.get("which")) in _FILTERS:
            self.which.setCurrentIndex(list(_FILTERS).index(str(which)))
        if "account_id" in arguments:
            self.want(arguments["account_id"])

    def standing(self) -> dict[str, object]:
        """Which account, which filter."""
        chosen = self.chosen()
        found: dict[str, object] = {"which": str(self.which.currentData() or "")}
        return found if chosen is None else found | {"account_id": chosen.id}

    def refresh(self) -> None:
        """Read the lifecycle in the background."""
        reads, today, language = self.desk.workbench.reads, self.desk.today(), i18n.language()
        self.loading()
        self.desk.tasks.run(
            lambda: lifecycle.load(reads, today, language), done=self._fill, failed=self.failed, latest=self
        )

    def retranslate(self) -> None:
        """Fixed texts, and the rows again."""
        self.all.setText(_("Confirm all"))
        self.all.setToolTip(_("Make every stage change proposed in the list, as one step you can undo"))
        self.criteria.setText(_("Criteria"))
        self.funnel.setAccessibleName(_("Funnel of stages"))
        self.words.setAccessibleName(_("Filter accounts"))
        self.words.setPlaceholderText(_("Account"))
        self.which.setAccessibleName(_("Which accounts"))
        self.refill({key: _(text) for key, text in _FILTERS.items()})
        self.table.setAccessibleName(_("Accounts by stage"))
        self.empty.say(_("The lifecycle appears here once there are accounts."), _("Go to Accounts"))
        self.nothing.say(_("No account fits."), _("Show all"))
        self.card.retranslate()
        if self.found is not None:
            self._fill(self.found)

    def passes(self, row: Any, which: str) -> bool:
        """By stage and state."""
        taken = self.funnel.taken
        labels = self.found.labels if self.found is not None else {}
        if taken is not None and (row.stage if row.stage in labels else "") != taken:
            return False
        if which == "proposed":
            return row.proposal is not None and row.put_off is None
        return bool(row.stuck) if which == "stuck" else True

    def searched(self, row: Any) -> str:
        """The account."""
        return f"{row.name} {row.line.row.reading}"

    def show_all(self) -> None:
        """Take every filter off."""
        if self.funnel.taken is not None:
            self.funnel.take(self.funnel.taken)
        super().show_all()

    def chosen(self) -> StageLine | None:
        """The account the keys are on."""
        found = self.table.chosen()
        return found if isinstance(found, StageLine) else None

    def chosen_changed(self) -> None:
        """Show it in the pane, then its history."""
        chosen = self.chosen()
        self.card.show_line(self.found, chosen)
        if chosen is not None:
            reads, number = self.desk.workbench.reads, chosen.id
            self.desk.tasks.run(
                lambda: lifecycle.history(reads, number), done=self.card.show_moves, latest=self.card
            )

    def begin(self) -> None:
        """Accounts come first."""
        self.desk.go("accounts")

    def open_row(self) -> None:
        """The account."""
        chosen = self.chosen()
        if chosen is not None:
            self.desk.open_account(chosen.id)

    def deeds(self) -> dict[str, Callable[[], object]]:
        """What can be done with the chosen account, by verb of the pane."""
        return {
            "move": self.confirm, "put_off": self.put_off, "account": self.open_row, "choose": self.choose_stage,
            "criteria": lambda: self.edit_criteria(self.chosen_stage()),
        }  # fmt: skip

    def more_verbs(self) -> dict[str, Callable[[], object]]:
        """Space confirms, S puts off, E chooses another stage."""
        chosen = self.chosen()
        if chosen is None:
            return {}
        found: dict[str, Callable[[], object]] = {"edit": self.choose_stage}
        if chosen.proposal is not None:
            found |= {"done": self.confirm, "snooze": self.put_off}
        return found

    def names(self) -> Mapping[str, str]:
        """For the pointer."""
        return {
            "done": _("Move to the stage proposed"), "snooze": _("Not now"), "edit": _("Another stage"),
            "open_row": _("Open account"), "copy_rows": _("Copy as table"),
        }  # fmt: skip

    def paper_title(self) -> str:
        """As the tab."""
        return _("Lifecycle")

    def confirm(self) -> None:
        """Confirm what is proposed for the chosen account."""
        chosen = self.chosen()
        if chosen is not None and chosen.proposal is not None and self.found is not None:
            self.move_to(chosen.proposal.stage, words.because(chosen.proposal.because))
            _go_on(self, chosen)

    def move_to(self, stage: str, reason: str) -> None:
        """Move the chosen account to a stage."""
        chosen, workbench, now = self.chosen(), self.desk.workbench, self.desk.now()
        if chosen is None or self.found is None:
            return
        told = _("{account} is in {stage} now").format(
            account=chosen.name, stage=words.stage(self.found, stage)
        )
        self.write(lambda: lifecycle.move(workbench, chosen.id, stage, reason=reason, now=now), told, reason)

    def move_all(self) -> None:
        """Confirm every proposal in the list, as one step."""
        rows = [one for one in self.model.rows if one.proposal is not None and one.put_off is None]
        wanted = {one.id: (one.proposal.stage, words.because(one.proposal.because)) for one in rows}
        workbench, now = self.desk.workbench, self.desk.now()
        if wanted:
            told = ngettext("{n} account moved", "{n} accounts moved", len(wanted)).format(n=len(wanted))
            whom = rows[0].name if len(rows) == 1 else ""
            self.write(lambda: lifecycle.move_all(workbench, wanted, now=now), told, whom)

    def put_off(self) -> None:
        """Do not propose it for a month."""
        chosen, workbench, today = self.chosen(), self.desk.workbench, self.desk.today()
        if chosen is not None and chosen.proposal is not None and chosen.put_off is None:
            stage = chosen.proposal.stage
            told = _("Not proposed for {n} days").format(n=lifecycle.PUT_OFF_DAYS)
            self.write(lambda: lifecycle.put_off(workbench, chosen.id, stage, today=today), told, chosen.name)
            _go_on(self, chosen)

    def choose_stage(self) -> QMenu | None:
        """The stages, under the chosen row; the proposed one with its key."""
        chosen = self.chosen()
        if self.found is None or chosen is None:
            return None
        proposed = chosen.proposal.stage if chosen.proposal is not None else ""
        box = self.table.visualRect(self.table.currentIndex())
        at = self.table.viewport().mapToGlobal(QPoint(box.left(), box.bottom()))
        return _menu(self, {key: text for key, text in self.found.labels.items() if key != self.chosen_stage()},
                          lambda key: self.move_to(key, _("Chosen by hand")), at, proposed)  # fmt: skip

    def chosen_stage(self) -> str:
        """The stage of the chosen account."""
        chosen = self.chosen()
        return "" if chosen is None else chosen.stage

    def choose_criteria(self) -> QMenu | None:
        """Whose criteria."""
        if self.found is None:
            return None
        below = self.criteria.mapToGlobal(QPoint(0, self.criteria.height()))
        return _menu(self, dict(self.found.labels), self.edit_criteria, below)

    def edit_criteria(self, key: str) -> CriteriaSheet | None:
        """The sheet of one stage."""
        rule = next((one for one in self.found.rules if one.key == key), None) if self.found else None
        if rule is None or self.found is None:
            return None
        sheet = CriteriaSheet(self.window(), rule, self.found.labels, own=key in self.found.own_rules)
        sheet.kept.connect(self.keep_criteria)
        sheet.reset.connect(self.reset_criteria)
        sheet.unfold()
        return sheet

    def keep_criteria(self, rule: StageRule) -> None:
        """Keep what the sheet said."""
        workbench = self.desk.workbench
        self.write(lambda: lifecycle_rules.set_rule(workbench, rule), _("Stage criteria kept"))

    def reset_criteria(self, key: str) -> None:
        """Back to the default."""
        workbench = self.desk.workbench
        self.write(
            lambda: lifecycle_rules.reset_rule(workbench, key), _("Stage criteria are the default again")
        )

    def _fill(self, found: Lifecycle) -> None:
        self.found = found
        self.funnel.show_funnel(found)
        self.all.setEnabled(bool(found.proposals))
        order = sorted(
            found.lines, key=lambda one: (one.proposal is None or one.put_off is not None, not one.stuck)
        )
        self.show_rows(order)


def _menu(
    view: StagesView,
    entries: Mapping[str, str],
    take: Callable[[str], object],
    at: QPoint,
    proposed: str = "",
) -> QMenu:
    """The stages to choose from; the *proposed* one with its key."""
    menu = Menu(view)
    menu.aboutToHide.connect(menu.deleteLater)
    for key, text in entries.items():
        if key == proposed:
            menu.verb("done", view.confirm, text)
            continue
        action = menu.addAction(text.replace("&", "&&"))
        action.triggered.connect(lambda _checked=False, key=key: take(key))
    menu.popup(at)
    return menu


def _go_on(view: StagesView, settled: StageLine) -> None:
    """To the next proposal, else the first, else the row below: the settled one is sorted away."""
    rows = list(view.model.rows)
    at = next((n for n, row in enumerate(rows) if row is settled), 0)
    around = [*range(at + 1, len(rows)), *range(at)]
    waiting = (n for n in around if rows[n].proposal is not None and rows[n].put_off is None)
    if around:
        view.table.choose(next(waiting, around[0]))


def _columns(view: StagesView) -> tuple[Column, ...]:
    def stage(row: StageLine) -> str:
        return "" if view.found is None else words.stage(view.found, row.stage)

    def proposed(row: StageLine) -> str:
        return "" if view.found is None else words.proposal(view.found, row)

    def worth(row: StageLine) -> str:
        return "" if view.found is None else wording.money(row.worth, view.found.currency)

    return (
        Column("account", mark("Account"), lambda row: row.name),
        Column("stage", mark("Stage"), stage, 110),
        Column("days", mark("In the stage"), words.since, 108, right=True, style=_stuck),
        Column("index", mark("How far used"), lambda row: words.index(row.index), 124),
        Column("proposal", mark("Proposed"), proposed, 120, style=lambda _row: ("strong", "text.accent")),
        Column("arr", mark("ARR"), worth, 96, right=True, drop=1, style=lambda _row: _QUIET),
    )


def _bar(row: StageLine) -> tuple[float | None, float | None]:
    return (None if row.index.value is None else row.index.value / 100), None


def _stuck(row: StageLine) -> tuple[str, str]:
    return ("strong", "health.yellow.text") if row.stuck else _QUIET

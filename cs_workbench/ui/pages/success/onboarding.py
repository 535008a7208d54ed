"""Onboardings under way with where they stand, the closed ones, and what came of each cohort."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar, cast

from PySide6.QtWidgets import QWidget

from cs_workbench.domain.onboarding import Span
from cs_workbench.i18n import _, mark, ngettext
from cs_workbench.services import onboarding_reading
from cs_workbench.services import onboarding_words as words
from cs_workbench.services.onboarding_reading import Board, RunView
from cs_workbench.services.printing import Printable
from cs_workbench.services.signal_words import short
from cs_workbench.ui import reading_only, wording
from cs_workbench.ui.desk import Desk
from cs_workbench.ui.models.fact_model import Column
from cs_workbench.ui.page import Verbs
from cs_workbench.ui.pages.success.listing import ListView
from cs_workbench.ui.pages.success.marked_table import Marks
from cs_workbench.ui.pages.success.onboarding_acts import OnboardingActs
from cs_workbench.ui.pages.success.onboarding_cohorts import CohortView
from cs_workbench.ui.pages.success.onboarding_pane import WIDTH, OnboardingPane
from cs_workbench.ui.widgets.button import Button
from cs_workbench.ui.widgets.segmented import Segmented

_QUIET = ("body", "text.secondary")
_FILTERS = {
    "": mark("Under way"), "pressing": mark("Late or to be decided"), "closed": mark("Closed"), "all": mark("All"),
}  # fmt: skip


class OnboardingView(ListView):
    """``open(account_id=…)`` chooses that account's onboarding; with ``start=True`` it asks for a new one there."""

    id: ClassVar[str] = "onboarding"
    cares_about: ClassVar[frozenset[str]] = frozenset(
        ("account", "contract", "onboarding", "onboarding_item", "snapshot")
    )

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        marks = Marks(
            {"state": lambda row: words.BANDS[row.verdict.standing]},
            {"progress": lambda row: (row.verdict.done, row.verdict.expected if row.open else None)},
        )
        self.acts = OnboardingActs(desk, self)
        self.card = OnboardingPane(desk.today, self.acts.refusal)
        super().__init__(desk, _columns(), marks, icon="play", pane=self.card, width=WIDTH, parent=parent)
        self.board: Board | None = None
        self.shape = Segmented([("list", ""), ("cohorts", "")], name="", taken="list")
        self.new = Button(kind="filled", icon="plus", keys="N")
        self.cohorts = CohortView(desk)
        self.outer.addWidget(self.cohorts)
        self._connect()
        self.retranslate()

    def _connect(self) -> None:
        self.new.clicked.connect(self.begin)
        self.shape.chosen.connect(lambda _key: self.filter_rows())
        self.card.asked.connect(lambda verb: self.deeds()[verb]())
        self.card.added.connect(lambda title: self.acts.add(self.chosen(), title))
        self.card.model.ticked.connect(lambda row, _on: self.acts.tick(row))
        self.card.model.edited.connect(self.acts.edit)
        self.card.list.deleted.connect(self.acts.remove_item)
        self.card.list.shifted.connect(self.acts.shift)

    def fact(self) -> str:
        """How many are under way, and how many of them press."""
        if self.board is None:
            return ""
        count = len(self.board.running)
        told = [ngettext("{n} under way", "{n} under way", count).format(n=count)]
        pressing = sum(1 for one in self.board.running if one.verdict.standing in {"late", "decide"})
        if pressing:
            told.append(_("{n} late or to be decided").format(n=pressing))
        return _(" · ").join(told)

    def beside(self) -> list[QWidget]:
        """List or cohorts."""
        return [self.shape]

    def buttons(self) -> list[QWidget]:
        """Start one."""
        return [self.new]

    def open(self, **arguments: object) -> None:
        """Which account's onboarding is chosen, or begun."""
        if "account_id" not in arguments:
            return
        self.shape.set_taken("list")
        self.which.setCurrentIndex(0)
        self.words.clear()
        self.want(arguments["account_id"])
        if arguments.get("start"):
            self.acts.ask_start(cast("int", arguments["account_id"]))

    def standing(self) -> dict[str, object]:
        """Whose onboarding is chosen."""
        chosen = self.chosen()
        return {} if chosen is None else {"account_id": chosen.row.account_id}

    def refresh(self) -> None:
        """Read every onboarding in the background."""
        reads, today = self.desk.workbench.reads, self.desk.today()
        self.loading()
        self.desk.tasks.run(
            lambda: onboarding_reading.board(reads, today), done=self._fill, failed=self.failed, latest=self
        )

    def retranslate(self) -> None:
        """Fixed texts, and the rows again."""
        self.new.setText(_("Start onboarding"))
        self.shape.setAccessibleName(_("Show as"))
        self.shape.retitle({"list": _("List"), "cohorts": _("Cohorts")})
        self.words.setAccessibleName(_("Filter onboardings"))
        self.words.setPlaceholderText(_("Account or step"))
        self.which.setAccessibleName(_("Which onboardings"))
        self.refill({key: _(text) for key, text in _FILTERS.items()})
        self.table.setAccessibleName(_("Onboardings"))
        self.empty.say(
            _("The first one to three months decide: a checklist, a first value, and a date when it ends."),
            _("Start onboarding"),
        )
        self.nothing.say(_("No onboarding fits."), _("Show those under way"))
        self.card.retranslate()
        self.cohorts.retranslate()
        if self.board is not None:
            self._fill(self.board)

    def passes(self, row: Any, which: str) -> bool:
        """By state."""
        tests: dict[str, Callable[[RunView], bool]] = {
            "": lambda one: one.open, "closed": lambda one: not one.open, "all": lambda _one: True,
            "pressing": lambda one: one.verdict.standing in {"late", "decide"},
        }  # fmt: skip
        return tests[which](row)

    def searched(self, row: Any) -> str:
        """Account and steps."""
        return " ".join((row.row.account, *(one.title for one in row.items)))

    def row_key(self, row: Any) -> object:
        """The onboarding."""
        return row.row.id

    def matches(self, row: Any, wanted: object) -> bool:
        """By account."""
        return bool(row.row.account_id == wanted)

    def chosen(self) -> RunView | None:
        """The onboarding the keys are on."""
        found = self.table.chosen()
        return found if isinstance(found, RunView) else None

    def chosen_changed(self) -> None:
        """Show it in the pane."""
        self.card.show_run(self.chosen())

    def begin(self) -> None:
        """Ask for a new one."""
        self.acts.ask_start(None)

    def open_row(self) -> None:
        """Into the checklist."""
        if self.split is not None and self.chosen() is not None:
            self.split.open_pane()
            self.card.list.setFocus()

    def delete_row(self) -> None:
        """Delete it, with Undo."""
        chosen = self.chosen()
        if chosen is not None:
            self.acts.remove(chosen)

    def deeds(self) -> dict[str, Callable[[], object]]:
        """What can be done with the chosen onboarding, by verb of the pane."""
        view = self.chosen()
        if view is None:
            return {}
        found: dict[str, Callable[[], object]] = {
            "value": lambda: self.acts.ask_value(view, self.card.buttons["value"]),
            "account": lambda: self.desk.open_account(view.row.account_id),
        }
        if view.open:
            found |= {
                "decide": lambda: self.acts.ask_decision(view),
                "finish": lambda: self.acts.finish(view),
            }
        else:
            found["reopen"] = lambda: self.acts.reopen(view)
        return found

    def more_verbs(self) -> dict[str, Callable[[], object]]:
        """N starts one; in the checklist it adds a step, Space ticks, Delete takes a line off."""
        found: dict[str, Callable[[], object]] = {"new_row": self.begin}
        if self.card.list.hasFocus() and (item := self.card.item()) is not None:
            found |= {
                "new_row": self.card.line.setFocus, "done": self.card.list.tick, "edit": self.card.list.edit_here,
                "delete": lambda: self.acts.remove_item(item),
                "next_row": lambda: self.card.list.step(1), "previous_row": lambda: self.card.list.step(-1),
            }  # fmt: skip
            return found
        view = self.chosen()
        if view is not None:
            found["delete"] = self.delete_row
            if view.open:
                found["call"] = lambda: self.acts.ask_decision(view)
        return found

    def verbs(self) -> Verbs:
        """Of the list, or of the cohorts."""
        if self.shape.taken == "cohorts":
            return {"copy_rows": self.cohorts.copy, "new_row": self.begin}
        return super().verbs()

    def names(self) -> Mapping[str, str]:
        """For the pointer."""
        return {
            "open_row": _("Open checklist"), "call": _("Decide how it goes on"), "new_row": _("Start onboarding"),
            "delete": _("Delete"), "copy_rows": _("Copy as table"),
        }  # fmt: skip

    def first_focus(self) -> QWidget | None:
        """The list, or the cohorts."""
        return self.cohorts.table if self.shape.taken == "cohorts" else super().first_focus()

    def paper_title(self) -> str:
        """As the tab."""
        return _("Onboarding")

    def printable(self) -> Printable | None:
        """The list shown."""
        return self.cohorts.printable() if self.shape.taken == "cohorts" else super().printable()

    def filter_rows(self) -> None:
        """As every list; the cohorts in its place where they are chosen."""
        super().filter_rows()
        if self.shape.taken == "cohorts" and self.rows:
            self.outer.setCurrentWidget(self.cohorts)

    def leave(self) -> bool:
        """A line being typed is added."""
        text = self.card.line.text().strip()
        if text and self.chosen() is not None and not reading_only.refused(self):
            self.card.line.clear()
            self.acts.add(self.chosen(), text)
        return True

    def _fill(self, board: Board) -> None:
        self.board = board
        self.cohorts.show_board(board)
        self.show_rows((*board.running, *board.closed))
        self.new.setVisible(bool(self.rows))  # else the button stands in the middle of the page

    @property
    def span(self) -> Span:
        """How cohorts are cut."""
        return self.cohorts.span[0]


def _columns() -> tuple[Column, ...]:
    def state(row: RunView) -> str:
        return words.standing(row) if row.open else _(words.OUTCOMES[row.outcome])

    def due(row: RunView) -> str:
        if not row.open or row.next is None:
            return ""
        day = short(row.next.due_on) if row.next.due_on else "–"
        return f"{day}  {row.next.title}"

    def due_style(row: RunView) -> tuple[str, str]:
        late = row.open and row.next is not None and row.next.id in row.late
        return ("strong", "health.red.text") if late else _QUIET

    return (
        Column("account", mark("Account"), lambda row: row.row.account, 208, snug=True),
        Column("state", mark("State"), state, 134),
        Column("progress", mark("Done"), words.progress, 142),
        Column("next", mark("Next due"), due, drop=3, least=174, style=due_style),
        Column("value", mark("First value"), words.to_value, 92, right=True, drop=2, style=lambda _row: _QUIET),
        Column("ends", mark("Ends"), lambda row: wording.date(row.end if row.open else row.row.finished_on), 104,
               right=True, style=lambda _row: _QUIET),
        Column("day", mark("Elapsed"), words.elapsed, 116, right=True, drop=1, style=lambda _row: _QUIET),
    )  # fmt: skip

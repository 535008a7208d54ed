"""Training and enablement: sessions with who came and completed them, and how far each account's seats are trained."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

from PySide6.QtWidgets import QWidget

from cs_workbench.i18n import _, mark, ngettext
from cs_workbench.services import training
from cs_workbench.services.printing import Printable
from cs_workbench.services.training import Board, SessionView
from cs_workbench.ui import wording
from cs_workbench.ui.desk import Desk
from cs_workbench.ui.models.fact_model import Column
from cs_workbench.ui.page import Verbs
from cs_workbench.ui.pages.success.listing import ListView
from cs_workbench.ui.pages.success.marked_table import Marks
from cs_workbench.ui.pages.success.training_acts import TrainingActs, refusal
from cs_workbench.ui.pages.success.training_coverage import Coverage
from cs_workbench.ui.pages.success.training_pane import WIDTH, TrainingPane
from cs_workbench.ui.widgets.button import Button
from cs_workbench.ui.widgets.segmented import Segmented

_QUIET = ("body", "text.secondary")
_FILTERS = {
    "": mark("All sessions"), "held": mark("Held"), "planned": mark("Planned"), "open": mark("Not completed by all"),
    "untied": mark("Not tied to a success map"),
}  # fmt: skip


class TrainingView(ListView):
    """``open(words=…)`` begins with a filter; ``open(session_id=…)`` chooses a session."""

    id: ClassVar[str] = "training"
    cares_about: ClassVar[frozenset[str]] = frozenset(
        ("account", "contract", "map_step", "person", "persona", "success_map", "success_means", "training_attendee",
         "training_session")
    )  # fmt: skip

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        self.board: Board | None = None
        self._titled: int | None = None
        self.card = TrainingPane(refusal)
        self.acts = TrainingActs(desk, self.card)
        marks = Marks({}, {"completed": _completed_share})
        super().__init__(
            desk, _columns(), marks, icon="presentation", pane=self.card, width=WIDTH, parent=parent
        )
        self.shape = Segmented([("list", ""), ("coverage", "")], name="", taken="list")
        self.new = Button(kind="filled", icon="plus", keys="N")
        self.coverage = Coverage(desk)
        self.outer.addWidget(self.coverage)
        self._connect()
        self.retranslate()

    def _connect(self) -> None:
        self.new.clicked.connect(self.begin)
        self.shape.chosen.connect(lambda _key: self.filter_rows())
        self.coverage.opened.connect(self.show_account)
        acts = self.acts
        self.card.edited.connect(lambda field, text: acts.edit(self.chosen(), field, text))
        self.card.added.connect(lambda account, who: acts.add_attendee(self.chosen(), account, who))
        self.card.model.ticked.connect(acts.tick)
        self.card.model.edited.connect(acts.set_heads)
        self.card.list.deleted.connect(acts.remove_attendee)

    def fact(self) -> str:
        """How many of the contracted seats are trained."""
        if self.board is None or not self.rows:
            return ""
        trained, seats = self.board.seats
        told = [ngettext("{n} session", "{n} sessions", len(self.rows)).format(n=len(self.rows))]
        if seats:
            told.append(_("{share} of the seats trained").format(share=f"{round(trained / seats * 100)}%"))
        return _(" · ").join(told)

    def beside(self) -> list[QWidget]:
        """Sessions or coverage."""
        return [self.shape]

    def buttons(self) -> list[QWidget]:
        """Add one."""
        return [self.new]

    def open(self, **arguments: object) -> None:
        """A filter, or a session."""
        if "words" in arguments:
            self.shape.set_taken("list")
            self.words.setText(str(arguments["words"] or ""))
        if "session_id" in arguments:
            self.want(arguments["session_id"])

    def standing(self) -> dict[str, object]:
        """The filter."""
        return {"words": self.words.text()}

    def refresh(self) -> None:
        """Read everything in the background."""
        reads, today = self.desk.workbench.reads, self.desk.today()
        self.loading()
        self.desk.tasks.run(
            lambda: training.board(reads, today), done=self._fill, failed=self.failed, latest=self
        )

    def retranslate(self) -> None:
        """Fixed texts, and the rows again."""
        self.new.setText(_("Add session"))
        self.shape.setAccessibleName(_("Show as"))
        self.shape.retitle({"list": _("Sessions"), "coverage": _("Coverage")})
        self.words.setAccessibleName(_("Filter sessions"))
        self.words.setPlaceholderText(_("Title, account or person"))
        self.which.setAccessibleName(_("Which sessions"))
        self.refill({key: _(text) for key, text in _FILTERS.items()})
        self.table.setAccessibleName(_("Training sessions"))
        self.empty.say(
            _("Keep who was trained, on what and when: training moves accounts over the steps of their map."),
            _("Add session"),
        )
        self.nothing.say(_("No session fits."), _("Show all"))
        self.card.retranslate()
        self.coverage.retranslate()
        if self.board is not None:
            self._fill(self.board)

    def passes(self, row: Any, which: str) -> bool:
        """By state."""
        tests: dict[str, Callable[[SessionView], bool]] = {
            "": lambda _one: True, "held": lambda one: one.held, "planned": lambda one: not one.held,
            "open": lambda one: one.held and one.completed < one.heads,
            "untied": lambda one: one.row.means_id is None,
        }  # fmt: skip
        return tests[which](row)

    def searched(self, row: Any) -> str:
        """Title, accounts, people, note."""
        who = (f"{one.account} {one.person}" for one in row.attendees)
        return " ".join((row.row.title, row.row.note, row.row.means, *who))

    def chosen(self) -> SessionView | None:
        """The session the keys are on."""
        found = self.table.chosen()
        return found if isinstance(found, SessionView) else None

    def chosen_changed(self) -> None:
        """Show it in the pane."""
        self.card.show_session(self.chosen())

    def begin(self) -> None:
        """A session of today whose title is typed at once."""
        desk, workbench, today = self.desk, self.desk.workbench, self.desk.today()
        self.shape.set_taken("list")

        def take(number: int) -> None:
            self._titled = number
            self.words.clear()
            self.which.setCurrentIndex(0)
            self.want(number)
            self._name_new()
            desk.tell(_("Session added"), undo=True)

        desk.tasks.write(lambda: training.add(workbench, _("New session"), held_on=today), done=take)

    def open_row(self) -> None:
        """Into the pane."""
        if self.split is not None and self.chosen() is not None:
            self.split.open_pane()

    def delete_row(self) -> None:
        """Delete it, with Undo."""
        chosen, workbench = self.chosen(), self.desk.workbench
        if chosen is not None:
            self.write(lambda: training.remove(workbench, chosen.id), _("Session deleted"), chosen.row.title)

    def show_account(self, name: str) -> None:
        """The sessions of an account."""
        self.shape.set_taken("list")
        self.which.setCurrentIndex(0)
        self.words.setText(name)
        self.filter_rows()
        self.table.setFocus()

    def more_verbs(self) -> dict[str, Callable[[], object]]:
        """N adds a session; in the list of who came Space ticks, Delete removes."""
        found: dict[str, Callable[[], object]] = {"new_row": self.begin}
        if self.card.list.hasFocus() and (row := self.card.attendee()) is not None:
            return found | {
                "new_row": self.card.account.setFocus, "done": self.card.list.tick, "edit": self.card.list.edit_here,
                "delete": lambda: self.acts.remove_attendee(row),
                "next_row": lambda: self.card.list.step(1), "previous_row": lambda: self.card.list.step(-1),
            }  # fmt: skip
        if self.chosen() is not None:
            found |= {"delete": self.delete_row, "edit": self.card.title.setFocus}
        return found

    def verbs(self) -> Verbs:
        """Of the list, or of the coverage."""
        if self.shape.taken == "coverage":
            return {"copy_rows": self.coverage.copy, "new_row": self.begin}
        return super().verbs()

    def names(self) -> Mapping[str, str]:
        """For the pointer."""
        return {
            "edit": _("Edit"), "new_row": _("Add session"), "delete": _("Delete"), "copy_rows": _("Copy as table"),
        }  # fmt: skip

    def first_focus(self) -> QWidget | None:
        """The list, or the coverage."""
        return self.coverage.table if self.shape.taken == "coverage" else super().first_focus()

    def paper_title(self) -> str:
        """As the tab."""
        return _("Training sessions")

    def printable(self) -> Printable | None:
        """The list shown."""
        return self.coverage.printable() if self.shape.taken == "coverage" else super().printable()

    def filter_rows(self) -> None:
        """As every list; coverage in its place where it is chosen."""
        super().filter_rows()
        if self.shape.taken == "coverage":
            self.outer.setCurrentWidget(self.coverage)

    def leave(self) -> bool:
        """What is being typed is kept."""
        for edit in self.card.texts.values():
            edit.commit()
        return True

    def _fill(self, board: Board) -> None:
        self.board = board
        self.card.show_board(board)
        self.coverage.fill(board.coverage)
        self.show_rows(board.sessions)
        self.new.setVisible(bool(self.rows))  # else the button stands in the middle of the page
        self._name_new()

    def _name_new(self) -> None:
        """Type the title of the session just added, whichever came first: its row or the word that it is stored."""
        chosen = self.chosen()
        if self._titled is not None and chosen is not None and chosen.id == self._titled:
            self._titled = None
            self.open_row()
            self.card.title.setFocus()
            self.card.title.selectAll()


def _columns() -> tuple[Column, ...]:
    return (
        Column("title", mark("Session"), lambda row: row.row.title),
        Column("kind", mark("Kind"), lambda row: _(training.KINDS.get(row.row.kind, row.row.kind)), 116, drop=3,
               style=lambda _row: _QUIET),
        Column("date", mark("Date"), lambda row: wording.date(row.row.held_on), 100, right=True),
        Column("accounts", mark("Accounts"), lambda row: f"{len(row.accounts):,}", 80, right=True, drop=2,
               style=lambda _row: _QUIET),
        Column("people", mark("Attendees"), lambda row: f"{row.heads:,}", 84, right=True),
        Column("completed", mark("Completed"), _completed, 140, drop=4),
        Column("means", mark("Means of"), lambda row: row.row.step, 200, drop=1, style=lambda _row: _QUIET),
    )  # fmt: skip


def _completed(row: SessionView) -> str:
    if not row.held:
        return _("planned")
    return f"{round(row.completed / row.heads * 100)}%" if row.heads else "–"


def _completed_share(row: SessionView) -> tuple[float | None, float | None]:
    return (row.completed / row.heads if row.held and row.heads else None), None

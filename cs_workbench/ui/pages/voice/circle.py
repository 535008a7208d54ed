"""The closed loop: what is suggested, what is promised, what was done, and that they were told."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from cs_workbench.domain import loops
from cs_workbench.domain.text import fold
from cs_workbench.errors import InvalidValue
from cs_workbench.i18n import _, mark
from cs_workbench.services import accounts, survey_entry, voice, voice_cases
from cs_workbench.services.voice_cases import CaseRow, Heard, Loops
from cs_workbench.ui import theme as themes
from cs_workbench.ui import wording
from cs_workbench.ui.desk import Desk
from cs_workbench.ui.models.fact_model import Column, FactModel
from cs_workbench.ui.pages.voice import words
from cs_workbench.ui.pages.voice.forms import ComplaintForm, TakeForm, TellForm
from cs_workbench.ui.pages.voice.part import Verb, VoicePart
from cs_workbench.ui.widgets.button import Button
from cs_workbench.ui.widgets.fact_table import FactTable
from cs_workbench.ui.widgets.fields import Choice, LineEdit
from cs_workbench.ui.widgets.header import FilterBar
from cs_workbench.ui.widgets.label import Label
from cs_workbench.ui.widgets.split import DetailSplit, Pane

_FILTERS = {
    "": mark("Waiting and suggested"), "late": mark("Overdue"), "suggested": mark("Suggested"), "done": mark("Closed"),
    "all": mark("All"),
}  # fmt: skip
_QUIET = ("body", "text.secondary")


class Circle(VoicePart):
    """Suggestions are taken (Enter), cases told back (Space), put on hold (S) or left (H: no action needed)."""

    picture: ClassVar[str] = "rotate-cw"

    def __init__(self, desk: Desk) -> None:
        self.model = FactModel(_columns(self))
        super().__init__(desk, FactTable(self.model, refuse=self.refusal))
        self.model.setParent(self)
        self.found: Loops | None = None
        self.known: dict[int, str] = {}
        self.owners: dict[int, str] = {}
        self.bar = FilterBar()
        self.words = LineEdit(name="", icon="search")
        self.words.installEventFilter(self)
        self.which = Choice(name="")
        self.pane = CasePane()
        self._lay_out()
        self.add.clicked.connect(self.ask_complaint)
        self.words.textChanged.connect(lambda _text: self.filter_rows())
        self.which.activated.connect(lambda _n: self.filter_rows())
        self.model.edited.connect(self.edit)
        self.table.selectionModel().currentRowChanged.connect(lambda *_moved: self._say())
        self.model.modelReset.connect(self._say)
        self.pane.main.clicked.connect(self.act)
        self.pane.none.clicked.connect(self.no_action)

    def _lay_out(self) -> None:
        content = QWidget()
        inner = QVBoxLayout(content)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(0)
        self.bar.row.addWidget(self.words, 1)
        self.bar.row.addWidget(self.which)
        inner.addWidget(self.bar)
        inner.addWidget(self.table, 1)
        content.setFocusProxy(self.table)
        self.split = DetailSplit(content, self.pane)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.split)

    def retranslate(self) -> None:
        """Every text in the language of now."""
        self.words.setAccessibleName(_("Filter cases"))
        self.words.setPlaceholderText(_("Account, owner or words"))
        self.which.setAccessibleName(_("Which cases"))
        self.table.setAccessibleName(_("Closed loop"))
        self.add.setText(_("Add complaint"))
        place = max(self.which.currentIndex(), 0)
        self.which.clear()
        for key, text in _FILTERS.items():
            self.which.addItem(_(text), key)
        self.which.setCurrentIndex(place)
        if self.found is not None:
            self.show_loops((self.found, self.known, self.owners))

    def refresh(self) -> None:
        """Read cases and suggestions."""
        reads, today = self.desk.workbench.reads, self.desk.today()
        self.desk.tasks.run(
            lambda: (voice_cases.loops_of(reads, today), accounts.names(reads), voice.owners(reads)),
            done=self.show_loops, latest=(id(self), "read"), owner=self,
        )  # fmt: skip

    def show_loops(self, read: tuple[Loops, dict[int, str], dict[int, str]]) -> None:
        """The list and how well loops are closed."""
        self.found, self.known, self.owners = read
        self.desk.count("voice", len(self.found.overdue))
        self.filter_rows()

    def filter_rows(self) -> None:
        """What the filter lets through: overdue, waiting, suggested, closed."""
        if self.found is None:
            return
        typed, which, today = fold(self.words.text()), str(self.which.currentData() or ""), self.desk.today()
        late = [one for one in self.found.cases if voice_cases.is_overdue(one, today)]
        waiting = [one for one in self.found.cases if one.waiting and one not in late]
        closed = [one for one in self.found.cases if not one.waiting]
        lists: dict[str, list[Any]] = {
            "": [*late, *waiting, *self.found.suggested], "late": late, "suggested": list(self.found.suggested),
            "done": closed, "all": [*late, *waiting, *self.found.suggested, *closed],
        }  # fmt: skip
        self.fill([
            one for one in lists[which]
            if self.concerns(one)
            and typed in fold(f"{one.account} {one.said} {one.person} {getattr(one, 'owner', '')}")
        ])  # fmt: skip
        self._say()

    def fact(self) -> str:
        """How well loops are closed."""
        return words.closing(self.found) if self.found is not None else ""

    def lacking(self) -> str:
        """Nothing waits, or nothing fits the filter."""
        filtered = self.words.text().strip() or self.which.currentData()
        return _("No case fits.") if filtered else _("Complaints, detractors and low ratings appear here.")

    def paper_title(self) -> str:
        """As the tab."""
        return _("Closed loop")

    def own_verbs(self) -> dict[str, Verb]:
        """What can be done with the row."""
        found: dict[str, Verb] = {
            "new_row": self.ask_complaint, "filter": self.words.setFocus, "details": self.split.toggle,
        }  # fmt: skip
        row = self.table.chosen()
        if row is not None:
            found |= {"done": self.act, "hand_over": self.no_action}
            found["open_row"] = self.open_row
        if isinstance(row, CaseRow):
            found |= {"snooze": self.hold, "edit": self.table.edit_here, "delete": self.delete_row}
        return found

    def entry_of(self, row: CaseRow | Heard) -> tuple[str, int] | None:
        """The answer or ticket it came from."""
        if isinstance(row, Heard):
            return row.source, row.id
        if row.survey_id is not None:
            return "survey", row.survey_id
        return None if row.ticket_id is None else ("ticket", row.ticket_id)

    def names(self) -> dict[str, str]:
        """For the pointer."""
        taken = isinstance(self.table.chosen(), CaseRow)
        return {
            "done": _("Tell back") if taken else _("Take it up"), "edit": _("Edit"), "snooze": _("On hold"),
            "hand_over": _("No action needed"), "delete": _("Delete"),
        }  # fmt: skip

    def act(self) -> None:
        """Take a suggestion up, or tell back what came of a case."""
        row, wb, now = self.table.chosen(), self.desk.workbench, self.desk.now()
        if isinstance(row, Heard):
            due = self.desk.today() + dt.timedelta(days=loops.ANSWER_WITHIN)
            asked = TakeForm(
                row.account, self.owners.get(row.account_id, ""), due, row.said_on, self.desk.today(), self,
                lambda owner, on: self.write(
                    lambda: voice_cases.take(wb, [row], owner=owner, promised_on=on, now=now), _("Taken up"),
                    row.account,
                ),
            )  # fmt: skip
            asked.remember(self.desk, f"take:{row.source}:{row.id}").under(self.pane.main)
        elif isinstance(row, CaseRow):
            form = TellForm(
                row.account, row.action, row.said_on, self.desk.today(), self,
                lambda action, on: self.write(
                    lambda: voice_cases.tell_back(wb, row.id, action, on), _("Told back and done"), row.account
                ),
            )  # fmt: skip
            form.remember(self.desk, f"tell:{row.id}").under(self.pane.main)

    def no_action(self) -> None:
        """Say that nothing needs to be done."""
        row, wb, now = self.table.chosen(), self.desk.workbench, self.desk.now()
        if isinstance(row, Heard):
            self.write(
                lambda: voice_cases.take(wb, [row], now=now, status="no_action"),
                _("No action needed"),
                row.account,
            )
        elif isinstance(row, CaseRow):
            self.write(
                lambda: voice_cases.set_status(wb, [row.id], "no_action"), _("No action needed"), row.account
            )

    def hold(self) -> None:
        """On hold, or open again."""
        row, wb = self.table.chosen(), self.desk.workbench
        if isinstance(row, CaseRow):
            status = "open" if row.status == "hold" else "hold"
            self.write(
                lambda: voice_cases.set_status(wb, [row.id], status),
                _(voice_cases.STATUSES[status]),
                row.account,
            )

    def delete_row(self) -> None:
        """Delete the case, with Undo."""
        row, wb = self.table.chosen(), self.desk.workbench
        if isinstance(row, CaseRow):
            self.write(lambda: voice_cases.delete(wb, [row.id]), _("Case deleted"), row.account)

    def ask_complaint(self) -> None:
        """A complaint heard by ourselves."""
        wb, now = self.desk.workbench, self.desk.now()

        def keep(account: int, said: str, on: dt.date, promised: dt.date | None) -> None:
            self.write(
                lambda: voice_cases.add(wb, account, said, said_on=on, promised_on=promised, now=now),
                _("Complaint added"), self.known.get(account, ""),
            )  # fmt: skip

        form = ComplaintForm(self.desk.today(), self.known, self, keep, self.only)
        form.remember(self.desk, "complaint").under(self.add)

    def refusal(self, row: object, key: str, text: str) -> str:
        """Why what was typed cannot be kept, or ""."""
        if not isinstance(row, CaseRow):
            return _("Take it up first (Space).")
        if key == "promised_on":
            try:
                day = survey_entry.read_day(text, self.desk.today())
            except InvalidValue as error:
                return f"{error.message} {error.remedy}"
            if day is not None and day < row.said_on:
                return _("This day is before they spoke.")
        return ""

    def edit(self, row: object, key: str, text: str) -> None:
        """Keep what was typed in a cell."""
        wb, today = self.desk.workbench, self.desk.today()
        if isinstance(row, CaseRow):
            value: str | dt.date | None = survey_entry.read_day(text, today) if key == "promised_on" else text
            self.write(lambda: voice_cases.edit(wb, row.id, key, value), _("Case changed"), row.account)

    def _say(self) -> None:
        gone = self.gone()
        self.pane.show_row(self.table.chosen(), self.desk.today(), gone.account if gone is not None else "")


class CasePane(Pane):
    """Everything known of the row chosen, and the one act it waits for."""

    def __init__(self) -> None:
        super().__init__()
        theme = themes.current()
        self.moved = Label("", "small", "health.yellow.text", wrap=True)
        self.title = Label("", "title", wrap=True)
        self.source = Label("", "small", "text.secondary", wrap=True)
        self.said = Label("", "reading", wrap=True)
        self.facts = Label("", "body", "text.secondary", wrap=True)
        self.main = Button("", "filled", icon="check")
        self.none = Button("", icon="x")
        self.column.setContentsMargins(*[theme.px(24)] * 4)
        self.column.setSpacing(theme.px(10))
        for part in (self.moved, self.title, self.source, self.said, self.facts):
            self.column.addWidget(part)
        row = QHBoxLayout()
        row.addWidget(self.main)
        row.addWidget(self.none)
        row.addStretch(1)
        self.column.addLayout(row)
        self.column.addStretch(1)

    def show_row(self, row: CaseRow | Heard | None, today: dt.date, gone: str = "") -> None:
        """Another row; *gone* names the account whose case just left, so that nobody takes one for the other."""
        self.moved.setText(_("{account} has left this list. Next case:").format(account=gone[:200]))
        self.moved.setVisible(bool(gone) and row is not None)
        for part in (self.said, self.facts, self.main, self.none):
            part.setVisible(row is not None)
        if row is None:
            self.title.setText(_("Nothing waits"))
            self.source.setText(_("Complaints, detractors and low ratings appear here."))
            return
        self.title.setText(row.account)
        parts = [
            words.score(row.kind, row.score),
            row.person,
            wording.date(row.said_on),
            words.state(row, today),
        ]
        self.source.setText(_(" · ").join(one for one in parts if one))
        self.said.setText(row.said.strip()[:4000] or _("No words were left."))
        taken = isinstance(row, CaseRow)
        self.facts.setText(_facts(row) if isinstance(row, CaseRow) else _("No owner and no date yet."))
        self.main.setText(_("Tell back") if taken else _("Take it up"))
        self.none.setText(_("No action needed"))


def _facts(row: CaseRow) -> str:
    said = (
        (_("Owner"), row.owner or "–"), (_("Promised by"), wording.date(row.promised_on) or "–"),
        (_("What we did"), row.action or "–"), (_("Told back on"), wording.date(row.told_back_on) or "–"),
        (_("Note, internal"), row.note),
    )  # fmt: skip
    return "\n".join(_("{name}: {value}").format(name=name, value=value) for name, value in said if value)


def _columns(view: Circle) -> tuple[Column, ...]:
    def late(row: Any) -> tuple[str, str]:
        red = words.band(row, view.desk.today()) == "red"
        return ("strong", "health.red.text") if red else _QUIET

    def of_case(name: str, row: Any) -> str:
        value = getattr(row, name, None)
        return wording.date(value) if isinstance(value, dt.date) else str(value or "")

    return (
        Column("state", mark("State"), lambda row: words.state(row, view.desk.today()), 112, style=late),
        Column("account", mark("Account"), lambda row: row.account, 196),
        Column("said", mark("What they said"), lambda row: " ".join(row.said.split()) or
               words.score(row.kind, row.score), least=240),
        Column("said_on", mark("Said on"), lambda row: wording.date(row.said_on), 110, right=True, drop=3,
               style=lambda _row: _QUIET),
        Column("owner", mark("Owner"), lambda row: of_case("owner", row), 140, drop=2,
               typed=lambda row: of_case("owner", row), style=lambda _row: _QUIET),
        Column("promised_on", mark("Promised by"), lambda row: of_case("promised_on", row), 116, right=True,
               typed=lambda row: of_case("promised_on", row), style=late),
        Column("action", mark("What we did"), lambda row: of_case("action", row), 190, drop=1,
               typed=lambda row: of_case("action", row), style=lambda _row: _QUIET),
    )  # fmt: skip

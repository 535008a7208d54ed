"""Surveys: one figure with its count, month by month, and what was written."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any, TypeAlias

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from cs_workbench.domain import loops
from cs_workbench.domain.months import add_months
from cs_workbench.domain.text import fold
from cs_workbench.i18n import _, mark
from cs_workbench.services import accounts, survey_entry, voice, voice_cases
from cs_workbench.services.survey_entry import RoundRow
from cs_workbench.services.voice import Answer, Voice
from cs_workbench.ui import theme as themes
from cs_workbench.ui import wording
from cs_workbench.ui.desk import Desk
from cs_workbench.ui.models.fact_model import Column, FactModel
from cs_workbench.ui.pages.voice import words
from cs_workbench.ui.pages.voice.entry_forms import CorrectForm, RoundForm
from cs_workbench.ui.pages.voice.forms import AnswerForm
from cs_workbench.ui.pages.voice.part import Verb, VoicePart
from cs_workbench.ui.pages.voice.sides import SIDES, Sides, lets
from cs_workbench.ui.pages.voice.trend import Trend
from cs_workbench.ui.widgets.button import Button
from cs_workbench.ui.widgets.fact_table import FactTable
from cs_workbench.ui.widgets.fields import Choice, LineEdit
from cs_workbench.ui.widgets.figure_frame import Caption, FigureFrame, Twin, TwinRow
from cs_workbench.ui.widgets.header import FilterBar
from cs_workbench.ui.widgets.segmented import Segmented
from cs_workbench.ui.widgets.tips import plain

People: TypeAlias = dict[int, dict[int, str]]
PERIODS = (12, 3, 6, 24)
ROOMY = 480
"""Height in px from which the trend is drawn above the list."""
_OTHERS = {"": mark("All answers"), "due": mark("Must be answered"), "said": mark("With a comment")}


class Scores(VoicePart):
    """NPS, CSAT, CES and the success question."""

    def __init__(self, desk: Desk) -> None:
        self.model = FactModel(_columns())
        super().__init__(desk, FactTable(self.model))
        self.model.setParent(self)
        self.found: Voice | None = None
        self.known: dict[int, str] = {}
        self.people: People = {}
        self._rounds: RoundForm | None = None
        self.kind = Segmented([(key, _(name)) for key, name in survey_entry.NAMES.items()], name="")
        self.period = Choice(name="")
        self.round = Button("", icon="users")
        self.trend = Trend()
        self.frame = FigureFrame(self.trend)
        self.sides = Sides()
        self.bar = FilterBar()
        self.words = LineEdit(name="", icon="search")
        self.words.installEventFilter(self)
        self.which = Choice(name="")
        self._lay_out()
        self.kind.chosen.connect(lambda _key: self.refresh())
        self.period.activated.connect(lambda _n: self.refresh())
        self.round.clicked.connect(self.ask_round)
        self.add.clicked.connect(self.ask_answer)
        self.words.textChanged.connect(lambda _text: self.filter_rows())
        self.which.activated.connect(lambda _n: self.filter_rows())
        self.sides.opened.connect(self.open_side)
        self.frame.twin.toggled.connect(self._share_room)

    def _lay_out(self) -> None:
        theme = themes.current()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        top = QHBoxLayout()
        top.setContentsMargins(theme.px(24), theme.px(12), theme.px(24), 0)
        top.setSpacing(theme.px(12))
        top.addWidget(self.kind)
        top.addWidget(self.period)
        top.addStretch(1)
        top.addWidget(self.round)
        column.addLayout(top)
        inner = QHBoxLayout()
        inner.setContentsMargins(theme.px(24), theme.px(12), theme.px(24), 0)
        inner.addWidget(self.frame)
        column.addLayout(inner)
        column.addWidget(self.sides)
        self.bar.row.addWidget(self.words, 1)
        self.bar.row.addWidget(self.which)
        column.addWidget(self.bar)
        column.addWidget(self.table, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Where there is little room the list comes before the trend; its figure and its table stay in reach."""
        super().resizeEvent(event)
        self._share_room()

    def _share_room(self, _on: bool = False) -> None:
        roomy = self.height() >= themes.current().px(ROOMY)
        self.frame.body.setVisible(roomy or self.frame.twin.isChecked())

    def retranslate(self) -> None:
        """Every text in the language of now."""
        self.kind.setAccessibleName(_("Survey"))
        self.kind.retitle({key: _(name) for key, name in survey_entry.NAMES.items()})
        self.period.setAccessibleName(_("Period"))
        self.which.setAccessibleName(_("Which answers"))
        self.words.setAccessibleName(_("Filter answers"))
        self.words.setPlaceholderText(_("Account, person or words"))
        self.table.setAccessibleName(_("Answers"))
        self.add.setText(_("Enter answer"))
        self.round.setText(_("Rounds"))
        self.round.setToolTip(_("How many were asked, round by round"))
        place = max(self.period.currentIndex(), 0)
        self.period.clear()
        for n in PERIODS:
            self.period.addItem(_("{n} months").format(n=n), n)
        self.period.setCurrentIndex(place)
        self._name_sides()
        if self.found is not None:
            self.show_voice((self.found, self.known, self.people))

    def refresh(self) -> None:
        """Read the survey over the period."""
        reads, until, kind = self.desk.workbench.reads, self.desk.today(), self.kind.taken
        since = add_months(until, -int(self.period.currentData() or PERIODS[0])) + dt.timedelta(days=1)
        self.desk.tasks.run(
            lambda: (voice.voice(reads, kind, until, since), accounts.names(reads), voice.people(reads)),
            done=self.show_voice, latest=(id(self), "read"), owner=self,
        )  # fmt: skip

    def show_voice(self, read: tuple[Voice, dict[int, str], People]) -> None:
        """Figure, trend, answers."""
        self.found, self.known, self.people = read
        found = self.found
        self.trend.show_voice(found)
        self.sides.show_voice(found)
        self._name_sides()
        self.frame.show_words(Caption(words.message(found), words.about(found)), lambda: _twin(found))
        self.frame.about.setToolTip(plain(_(words.DEFINITIONS[found.kind])))
        self.filter_rows()

    def filter_rows(self) -> None:
        """The answers the filter lets through."""
        found, typed, which = self.found, fold(self.words.text()), str(self.which.currentData() or "")
        self.sides.mark(which)
        self.fill([
            one for one in (found.answers if found is not None else ())
            if found is not None and self.concerns(one) and lets(which, one, found.kind)
            and typed in fold(f"{one.account} {one.person} {one.comment}")
        ])  # fmt: skip

    def open_side(self, which: str) -> None:
        """Show the answers a figure counts; Tab goes on to them."""
        self.words.clear()
        self.which.setCurrentIndex(max(self.which.findData(which), 0))
        self.filter_rows()
        if self.table.facts.rows:
            self.table.setFocus()

    def fact(self) -> str:
        """The figure with its count."""
        return words.headline(self.found) if self.found is not None else ""

    def lacking(self) -> str:
        """Nothing fits the filter, or nobody answered in this time."""
        return _("No answer fits.")

    def own_verbs(self) -> dict[str, Verb]:
        """Enter an answer, filter, delete."""
        found: dict[str, Verb] = {"new_row": self.ask_answer, "filter": self.words.setFocus}
        if self.table.chosen() is not None:
            found |= {"edit": self.correct, "delete": self.delete_row}
        return found

    def entry_of(self, row: Answer) -> tuple[str, int]:
        """The answer."""
        return "survey", row.id

    def names(self) -> dict[str, str]:
        """For the pointer."""
        return {"edit": _("Correct answer"), "delete": _("Delete answer")}

    def correct(self) -> None:
        """Put an answer right."""
        row, wb = self.table.chosen(), self.desk.workbench
        if row is None:
            return

        def keep(score: float, on: dt.date, comment: str, shareable: bool) -> None:
            self.write(
                lambda: survey_entry.correct(wb, row.id, score=score, on=on, comment=comment, shareable=shareable),
                _("Answer corrected"), row.account,
            )  # fmt: skip

        form = CorrectForm(row, self.desk.today(), self, keep)
        form.remember(self.desk, f"correct:{row.id}").under(self.add)

    def delete_row(self) -> None:
        """Delete the answer, with Undo."""
        row, wb = self.table.chosen(), self.desk.workbench
        if row is not None:
            self.write(lambda: survey_entry.delete(wb, row.id), _("Answer deleted"), row.account)

    def ask_answer(self) -> None:
        """An answer by hand."""
        wb = self.desk.workbench

        def keep(  # noqa: PLR0917 - one field of the form each
            account: int, kind: str, score: float, on: dt.date, comment: str, shareable: bool, person: int | None
        ) -> None:  # fmt: skip
            name = self.known.get(account, "")
            self.write(
                lambda: survey_entry.add(
                    wb, account, kind, score, on=on, comment=comment, shareable=shareable, person_id=person
                ),
                _("Answer entered"), name,
            )  # fmt: skip

        form = AnswerForm(self.kind.taken, self.desk.today(), self.known, self, keep, self.only, self.people)
        form.remember(self.desk, "answer").under(self.add)

    def ask_round(self) -> None:
        """How many were asked: the rounds so far and a new one."""
        reads, kind = self.desk.workbench.reads, self.kind.taken
        self.desk.tasks.run(
            lambda: survey_entry.rounds(reads, kind),
            done=self._ask_round,
            latest=(id(self), "rounds"),
            owner=self,
        )

    def _ask_round(self, rows: list[RoundRow]) -> None:
        wb, kind = self.desk.workbench, self.kind.taken

        def keep(sent: str, on: dt.date, campaign: str) -> None:
            self.write(
                lambda: survey_entry.add_round(wb, kind, sent, on=on, campaign=campaign),
                _("Survey round entered"),
            )

        def edit(row: RoundRow, key: str, value: Any) -> None:
            self._change_round(
                lambda: survey_entry.edit_round(wb, row.id, **{key: value}), _("Survey round changed")
            )

        def delete(row: RoundRow) -> None:
            self._change_round(lambda: survey_entry.delete_round(wb, row.id), _("Survey round deleted"))

        self._rounds = RoundForm(_(words.SOURCES[kind]), rows, self.desk.today(), self, keep, edit, delete)
        self._rounds.destroyed.connect(self._forget_rounds)
        self._rounds.remember(self.desk, f"round:{kind}").under(self.round)

    def _change_round(self, work: Callable[[], object], told: str) -> None:
        """Change a round and show the others as they stand then; the form stays."""
        reads, kind = self.desk.workbench.reads, self.kind.taken

        def changed() -> list[RoundRow]:
            work()
            return survey_entry.rounds(reads, kind)

        def show(rows: list[RoundRow]) -> None:
            self.desk.tell(told, undo=True)
            if self._rounds is not None:
                self._rounds.show_rounds(rows)

        self.desk.tasks.write(changed, done=show, owner=self)

    def _forget_rounds(self) -> None:
        self._rounds = None

    def _name_sides(self) -> None:
        """What can be chosen beside a figure: the survey's own words for its sides."""
        which = str(self.which.currentData() or "")
        kind = self.found.kind if self.found is not None else "nps"
        self.which.clear()
        for key, text in (*_OTHERS.items(), *zip(SIDES, words.SIDES[kind], strict=True)):
            shown = _(text)
            self.which.addItem(shown[:1].upper() + shown[1:], key)
        self.which.setCurrentIndex(max(self.which.findData(which), 0))


def _twin(found: Voice) -> Twin:
    rows = tuple(
        TwinRow(
            (f"{one.first:%Y-%m}", words.figure(one.result), str(one.result.answers)),
            (f"{one.first:%Y-%m}", one.result.value, one.result.answers),
        )
        for one in found.months
    )
    return Twin((_("Month"), _("Figure"), _("Answers")), rows)


def _columns() -> tuple[Column, ...]:
    def case(one: Answer) -> str:
        if one.case_id is not None:
            return _(voice_cases.STATUSES.get(one.case_status, "")) or _("Case")
        return _("Must be answered") if loops.proposes(one.kind, one.score) else ""

    return (
        Column("on", mark("Day"), lambda one: wording.date(one.on), 110, style=lambda _one: ("body", "text.secondary")),
        Column("account", mark("Account"), lambda one: one.account, 200),
        Column("person", mark("Person"), lambda one: one.person, 152, drop=1,
               style=lambda _one: ("body", "text.secondary")),
        Column("score", mark("Score"), lambda one: f"{one.score:g}", 80, right=True,
               style=lambda one: ("strong", "health.red.text" if loops.proposes(one.kind, one.score) else
                                  "text.primary")),
        Column("comment", mark("Comment"), lambda one: " ".join(one.comment.split())),
        Column("case", mark("Answered?"), case, 140, drop=2, style=lambda _one: ("small", "text.secondary")),
    )  # fmt: skip

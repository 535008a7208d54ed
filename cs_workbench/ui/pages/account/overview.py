"""Overview: the score with its arithmetic, the shortest way to green, and beside it what changed and what is next."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from cs_workbench.i18n import _, ngettext
from cs_workbench.services import health_words, tasks
from cs_workbench.services.account_page import Overview
from cs_workbench.ui import theme as themes
from cs_workbench.ui.desk import Desk
from cs_workbench.ui.pages.account import box_rows
from cs_workbench.ui.pages.account.call_editor import CallEditor
from cs_workbench.ui.pages.account.onboarding_line import OnboardingLine
from cs_workbench.ui.pages.account.overview_pane import OverviewPane
from cs_workbench.ui.pages.account.statuses import Statuses
from cs_workbench.ui.pages.account.tab import Tab, Verbs, column, scrolled
from cs_workbench.ui.widgets.badge import Badge, band_of
from cs_workbench.ui.widgets.button import Button
from cs_workbench.ui.widgets.card import Card
from cs_workbench.ui.widgets.flow import Flow
from cs_workbench.ui.widgets.glass_box import GlassBox
from cs_workbench.ui.widgets.label import Label
from cs_workbench.ui.widgets.split import DetailSplit

STEPS_SHOWN = 3


class Way(Card):
    """The shortest way to green as a sum of steps. ``wanted`` asks to make tasks of them."""

    wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(surface="bg.sunken", parent=parent)
        self.words = Label("", "strong")
        self.plan = Button("", small=True)
        head = QHBoxLayout()
        head.addWidget(self.words)
        head.addStretch(1)
        head.addWidget(self.plan)
        self.sum = Flow()
        self.column.addLayout(head)
        self.column.addWidget(self.sum)
        self._parts: list[QWidget] = []
        self.plan.clicked.connect(self.wanted)

    def show_way(self, overview: Overview) -> None:
        """Steps with their gains and the score they lead to; or why there is nothing to show."""
        for part in self._parts:
            self.sum.flow.removeWidget(part)
            part.hide()
            part.deleteLater()
        self._parts = []
        path = overview.path
        steps = 0 if path is None else len(path.steps)
        self.plan.setText({1: _("Plan it"), 2: _("Plan both")}.get(steps, _("Plan all")))
        self.plan.setVisible(steps > 0)
        self.setVisible(path is None or bool(path.steps))
        self.words.setText(_("Shortest way to green"))
        if path is None:
            gone = overview.score.score is None
            sentence = health_words.no_score(overview.score) if gone else _("Green is out of reach for now.")
            self._add(Label(sentence, "body", "text.secondary"))
            return
        labels = {one.key: one.label for one in overview.score.measures}
        for number, step in enumerate(path.steps[:STEPS_SHOWN]):
            words = health_words.step(step.key, labels.get(step.key, ""))
            self._add(_summand("+" if number else "", words, health_words.delta(step.gain)))
        more = len(path.steps) - STEPS_SHOWN
        if more > 0:
            words = ngettext("+ {n} more step", "+ {n} more steps", more).format(n=more)
            self._add(Label(words, "body", "text.secondary"))
        self._add(_together(Label("=", "body", "text.secondary"), Badge(band_of("green"), path.score)))

    def _add(self, part: QWidget) -> None:
        self.sum.add(part)
        part.show()
        self._parts.append(part)


def _summand(sign: str, words: str, gain: str) -> QWidget:
    """A step with its gain: whole, on whatever line of the sum there is room."""
    before = [Label(sign, "body", "text.secondary")] if sign else []
    return _together(*before, Label(words), Label(gain, "strong", "health.green.text"))


def _together(*parts: QWidget) -> QWidget:
    """Parts of one line that never come apart."""
    whole = QWidget()
    row = QHBoxLayout(whole)
    row.setContentsMargins(0, 0, themes.current().px(4), 0)
    row.setSpacing(themes.current().px(8))
    for part in parts:
        row.addWidget(part)
    return whole


class OverviewTab(Tab):
    """Filled by the page's own reading: head and Overview come together."""

    key: ClassVar[str] = "overview"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.overview: Overview | None = None
        self.statuses = Statuses()
        self.editor = CallEditor(desk)
        self.onboarding = OnboardingLine()
        self.box = GlassBox()
        self.way = Way()
        self.content = QWidget()
        self.pane = OverviewPane(desk)
        self._lay_out()
        self.box.pressed.connect(lambda key: self.went.emit(box_rows.TABS.get(key, "use")))
        self.pane.went.connect(self.went)
        self.statuses.wanted.connect(self.edit_call)
        self.editor.closed.connect(self.statuses.change.setFocus)
        self.way.wanted.connect(self._plan)
        self.onboarding.wanted.connect(self._open_onboarding)

    def _lay_out(self) -> None:
        inner = column(self.content)
        inner.addWidget(self.statuses)
        inner.addWidget(self.editor)
        self.editor.hide()
        inner.addWidget(self.onboarding)
        self.onboarding.hide()
        inner.addWidget(self.box)
        inner.addWidget(self.way)
        inner.addStretch(1)
        self.split = DetailSplit(scrolled(self.content), self.pane)  # once filled: Tab comes there first
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.split)

    def load(self) -> None:
        """Nothing of its own: the page reads head and Overview together."""
        self.stale = False

    def about(self, overview: Overview) -> None:
        """Show it all."""
        super().about(overview)
        self.overview = overview
        self.statuses.show_overview(overview)
        self.onboarding.show_run(overview.onboarding)
        self.box.show_rows(box_rows.rows(overview.score, overview.today))
        first = next((line for line in self.box.lines if line.row.key), None)
        if first is not None:
            self.setTabOrder(self.editor.keep, self.onboarding.open)
            self.setTabOrder(self.onboarding.open, first)
        self.way.show_way(overview)
        self.pane.show_overview(overview, self.account_id)

    def retranslate(self) -> None:
        """Fixed texts, and the figures again."""
        self.box.setAccessibleName(_("How the score comes about"))
        self.pane.retranslate()
        self.editor.retranslate()
        if self.overview is not None:
            self.about(self.overview)

    def forget(self) -> None:
        """The account before is gone."""
        self.overview = None
        self.editor.forget()

    def verbs(self) -> Verbs:
        """F4, N and E."""
        return {"details": self.split.toggle, "new_row": self._new_task, "edit": self.edit_call}

    def first_focus(self) -> QWidget:
        """The tab itself: nothing to type here."""
        return self

    def edit_call(self) -> None:
        """E: the CSM's call, below the statuses."""
        if self.overview is not None and not self.overview.head.archived:
            self.editor.begin(self.overview)

    def _new_task(self) -> None:
        if not self.pane.isVisible():
            self.split.open_pane()
        self.pane.start_task()

    def _open_onboarding(self) -> None:
        self.desk.go("success", view="onboarding", account_id=self.account_id)

    def _plan(self) -> None:
        """Make a task of each step of the shortest way to green; one change each, told together."""
        overview, account_id, now = self.overview, self.account_id, self.desk.now()
        if overview is None or overview.path is None:
            return
        labels = {one.key: one.label for one in overview.score.measures}
        titles = [health_words.step(step.key, labels.get(step.key, "")) for step in overview.path.steps]
        known = {one.title for one in overview.tasks if one.done_on is None}
        new = [title for title in titles if title not in known]
        told = ngettext("{n} task added", "{n} tasks added", len(new)).format(n=len(new))
        if not new:
            self.desk.tell(_("These steps are planned already"), self.account)
            return
        self.change(lambda wb: tasks.add_all(wb, account_id, new, now=now), told)

"""Beside the Overview: what changed since the last look, next steps, freshness, people."""

from __future__ import annotations

import datetime as dt
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from cs_workbench.domain.health import MeasureScore
from cs_workbench.domain.task_line import task_line
from cs_workbench.i18n import _, mark, ngettext
from cs_workbench.services import health_words, signal_words, tasks
from cs_workbench.services.account_page import NewRow, Overview, PersonRow, TaskRow
from cs_workbench.ui import icons, reading_only, wording
from cs_workbench.ui import theme as themes
from cs_workbench.ui.desk import Desk
from cs_workbench.ui.pages.account.own_fields import OwnFields
from cs_workbench.ui.pages.account.reading_entry import ReadingEntry
from cs_workbench.ui.pages.account.tab import emptied, scrolled
from cs_workbench.ui.widgets.button import Button
from cs_workbench.ui.widgets.fields import CheckBox, LineEdit
from cs_workbench.ui.widgets.label import Label
from cs_workbench.ui.widgets.split import Pane
from cs_workbench.ui.widgets.tab_order import lay_tab_order

CHANGES_SHOWN, TASKS_SHOWN, PEOPLE_SHOWN, STALE_SHOWN = 4, 6, 4, 4
_TABS = {"interaction": "timeline", "ticket": "timeline", "survey": "timeline"}
_NEW = {
    "interaction": mark("New contact: {text}"),
    "ticket": mark("New ticket: {text}"),
    "survey": mark("New answer: {text}"),
}
_MOOD = {"positive": "health.green.graphic", "negative": "health.red.graphic", "neutral": "text.tertiary"}


class TaskBox(QWidget):
    """A task to tick: Space or a click does it."""

    ticked = Signal(object)

    def __init__(self, task: TaskRow, today: dt.date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.task = task
        theme = themes.current()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(8))
        self.box = CheckBox(name=task.title)
        words = Label(task.title, elide=True)
        words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        row.addWidget(self.box)
        row.addWidget(words, 1)
        if task.due_on is not None:
            late = (today - task.due_on).days
            if late > 0:
                row.addWidget(Label(_("{n} d late").format(n=late), "small_strong", "health.red.text"))
            row.addWidget(Label(signal_words.short(task.due_on), "small", "text.secondary"))
        self.setMinimumHeight(theme.row(31))
        self.box.clicked.connect(lambda _checked=False: self.ticked.emit(self.task))


class NewTask(LineEdit):
    """A line for a task: Enter adds it, Esc leaves it."""

    wanted = Signal(str)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Enter and Esc."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.wanted.emit(self.text())
        elif event.key() == Qt.Key.Key_Escape:
            self.clear()
            self.hide()
        else:
            super().keyPressEvent(event)


class OverviewPane(Pane):
    """``went`` asks for another tab."""

    went = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.account_id = 0
        self.overview: Overview | None = None
        self.changed_title, self.changed_figure = Label("", "strong"), Label("", "small", "text.secondary")
        self.tasks_title, self.add = Label("", "strong"), Button(icon="plus", kind="quiet", small=True)
        self.fresh_title, self.fresh = Label("", "strong"), Label("", "small", "text.secondary", wrap=True)
        self.people_title = Label("", "strong")
        self.new_task = NewTask(name="")
        self.own = OwnFields(desk)
        self.changes, self.tasks, self.stale, self.people = (QVBoxLayout() for _one in range(4))
        self._lay_out()
        self.add.clicked.connect(self.start_task)
        self.new_task.wanted.connect(self._add_task)

    def _lay_out(self) -> None:
        theme = themes.current()
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(theme.px(24), theme.px(16), theme.px(24), theme.px(16))
        column.setSpacing(theme.px(4))
        for title, extra, body in (
            (self.changed_title, self.changed_figure, self.changes),
            (self.tasks_title, self.add, self.tasks),
            (self.fresh_title, None, self.stale),
            (self.people_title, None, self.people),
        ):
            line = QHBoxLayout()
            line.addWidget(title, 1)
            if extra is not None:
                line.addWidget(extra)
            column.addLayout(line)
            if body is self.stale:
                column.addWidget(self.fresh)
            if body is self.tasks:
                column.addWidget(self.new_task)
            body.setSpacing(0)
            column.addLayout(body)
            column.addSpacing(theme.px(16))
        self.new_task.hide()
        column.addWidget(self.own)
        self.own.hide()
        column.addStretch(1)
        self.column.setContentsMargins(1, 0, 0, 0)
        self.column.addWidget(scrolled(inner))
        self._inner = inner

    def show_overview(self, overview: Overview, account_id: int) -> None:
        """Show what goes with one reading of the account."""
        self.overview, self.account_id = overview, account_id
        self._show_changes(overview)
        self._show_tasks(overview)
        self._show_freshness(overview)
        self._show_people(overview)
        self.own.load(account_id)
        lay_tab_order(self._inner)

    def retranslate(self) -> None:
        """Fixed texts; the page shows the rest again."""
        self.tasks_title.setText(_("Next steps"))
        self.fresh_title.setText(_("Freshness"))
        self.people_title.setText(_("People"))
        self.own.retranslate()
        self.add.set_name(_("Add task"))
        self.new_task.setAccessibleName(_("New task"))
        self.new_task.setPlaceholderText(_("What is to be done?"))

    def start_task(self) -> None:
        """The line for a new task."""
        self.new_task.show()
        self.new_task.setFocus()

    def _show_changes(self, overview: Overview) -> None:
        emptied(self.changes)
        before, since, now = overview.before, overview.since, overview.score.score
        if since is None:
            self.changed_title.setText(_("What changed"))
        else:
            self.changed_title.setText(_("Changed since {date}").format(date=signal_words.short(since)))
        scores = (
            "" if before is None or before.score is None or now is None else f"{before.score:.1f} → {now:.1f}"
        )
        self.changed_figure.setText(scores)
        shown = 0
        for change in [one for one in overview.changes if one.kind != "reweighted"][:CHANGES_SHOWN]:
            after = change.after
            source = "" if after is None or after.as_of is None else signal_words.short(after.as_of)
            self._change(health_words.delta(change.delta), change.delta, health_words.moved(change), source)
            shown += 1
        for one in overview.news[:CHANGES_SHOWN]:
            self._news(one)
            shown += 1
        if not shown:
            first = since is None
            words = _("You look at it for the first time.") if first else _("Nothing moved.")
            self.changes.addWidget(Label(words, "body", "text.secondary", wrap=True))

    def _change(self, figure: str, delta: float | None, words: str, source: str) -> None:
        ink = "text.primary" if not delta else "health.red.text" if delta < 0 else "health.green.text"
        holder, column = self._figure_line(figure, ink)
        column.addWidget(Label(words, "body", wrap=True))
        if source:
            column.addWidget(Label(_("measured {date}").format(date=source), "small", "text.secondary"))
        self.changes.addWidget(holder)

    def _news(self, one: NewRow) -> None:
        holder, column = self._figure_line("±0", "text.secondary")
        text = " ".join(one.text.split())
        words = _(_NEW[one.kind]).format(text=text[:120] or one.what)
        column.addWidget(Label(words, "body", wrap=True))
        day = dt.date.fromisoformat(one.at[:10])
        link = Button(signal_words.short(day), "text", small=True)
        link.setAccessibleName(f"{words} {link.words()}")
        link.clicked.connect(partial(self.went.emit, _TABS[one.kind]))
        column.addWidget(link)
        self.changes.addWidget(holder)

    def _figure_line(self, figure: str, ink: str) -> tuple[QWidget, QVBoxLayout]:
        theme = themes.current()
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, theme.px(4), 0, theme.px(6))
        row.setSpacing(theme.px(12))
        left = Label(figure, "strong", ink)
        left.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
        left.setFixedWidth(theme.px(40))
        column = QVBoxLayout()
        column.setSpacing(0)
        row.addWidget(left, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(column, 1)
        return holder, column

    def _show_tasks(self, overview: Overview) -> None:
        emptied(self.tasks)
        open_tasks = [one for one in overview.tasks if one.done_on is None]
        for task in open_tasks[:TASKS_SHOWN]:
            box = TaskBox(task, overview.today)
            box.ticked.connect(self._do)
            self.tasks.addWidget(box)
        more = len(open_tasks) - TASKS_SHOWN
        if more > 0:
            words = ngettext("{n} more task", "{n} more tasks", more).format(n=more)
            self._link(self.tasks, words, "tasks")
        if not open_tasks:
            self.tasks.addWidget(Label(_("Nothing planned yet."), "body", "text.secondary"))

    def _show_freshness(self, overview: Overview) -> None:
        emptied(self.stale)
        measures = overview.score.measures
        stale, missing = overview.score.stale_measures, overview.score.missing_measures
        if stale:
            words = ngettext(
                "{n} of {all} inputs is out of date. Refresh it first:",
                "{n} of {all} inputs are out of date. Refresh these first:",
                len(stale),
            ).format(n=len(stale), all=len(measures))
        elif missing:
            words = ngettext(
                "{n} of {all} inputs was never measured:",
                "{n} of {all} inputs were never measured:",
                len(missing),
            ).format(n=len(missing), all=len(measures))
        else:
            words = _("All {all} inputs are up to date.").format(all=len(measures))
        self.fresh.setText(words)
        for one in (stale or missing)[:STALE_SHOWN]:
            self._input(one, overview.by_hand.get(one.key, ""))

    def _input(self, one: MeasureScore, role: str) -> None:
        name, age = health_words.measure(one.key, one.label), one.age_days
        theme = themes.current()
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(8))
        sign = QLabel()
        sign.setPixmap(
            icons.pixmap("clock-alert" if age is not None else "file-question", "text.tertiary", 14)
        )
        words = Label(name, elide=True)
        words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        row.addWidget(sign)
        row.addWidget(words, 1)
        if age is not None:
            row.addWidget(Label(_("{count} d").format(count=age), "small", "text.secondary"))
        button = Button(_("Update"), small=True)
        button.setAccessibleName(_("Update {name}").format(name=name))
        row.addWidget(button)
        holder.setMinimumHeight(theme.row(28))
        self.stale.addWidget(holder)
        if not role:
            button.setToolTip(_("Comes with an import"))
            button.clicked.connect(lambda _checked=False: self.desk.act("import_files"))
            return
        entry = ReadingEntry(self.desk, self.account_id, one, role)
        self.stale.addWidget(entry)
        entry.hide()
        button.clicked.connect(entry.begin)
        entry.closed.connect(button.setFocus)

    def _show_people(self, overview: Overview) -> None:
        emptied(self.people)
        for person in overview.people[:PEOPLE_SHOWN]:
            self.people.addWidget(_person(person, overview))
        more = len(overview.people) - PEOPLE_SHOWN
        if more > 0:
            self._link(self.people, ngettext("{n} more", "{n} more", more).format(n=more), "people")
        if not overview.people:
            self.people.addWidget(Label(_("Nobody is known yet."), "body", "text.secondary"))

    def _link(self, layout: QVBoxLayout, words: str, tab: str) -> None:
        link = Button(words, "text", small=True)
        link.clicked.connect(lambda _checked=False: self.went.emit(tab))
        layout.addWidget(link)

    def _do(self, task: TaskRow) -> None:
        overview, on, workbench = self.overview, self.desk.today(), self.desk.workbench
        name = overview.head.name if overview else ""
        told = _("Done: {title}").format(title=task.title)
        self.desk.tasks.write(
            lambda: tasks.done(workbench, task.id, on=on),
            done=lambda _nothing: self.desk.tell(told, name, undo=True),
        )

    def _add_task(self, text: str) -> None:
        title, due = task_line(text, self.desk.today())
        if not title or reading_only.refused(self):
            return
        workbench, account_id, now = self.desk.workbench, self.account_id, self.desk.now()
        self.new_task.clear()
        self.add.setFocus()
        self.new_task.hide()
        told = _("Added: {title}").format(title=title)
        self.desk.tasks.write(
            lambda: tasks.add(workbench, account_id, title, now=now, due_on=due),
            done=lambda _id: self.desk.tell(told, undo=True),
        )


def _person(person: PersonRow, overview: Overview) -> QWidget:
    """A person with mood, name and role."""
    theme = themes.current()
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(theme.px(8))
    sign = QLabel()
    sign.setPixmap(icons.pixmap("user", _MOOD.get(person.sentiment or "", "text.tertiary"), 16))
    row.addWidget(sign)
    row.addWidget(Label(person.name, elide=True))
    roles = _(", ").join(overview.labels.of("role", one) for one in person.roles) or person.title or ""
    if person.status == "left":
        roles = (
            _("left {date}").format(date=wording.date(person.left_on))
            if person.left_on
            else _("left the company")
        )
    about = Label(roles, "small", "text.secondary", elide=True)
    about.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    about.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    row.addWidget(about, 1)
    holder.setMinimumHeight(theme.row(30))
    return holder

"""Drawing a success map: its steps in order, each with its exit and its means; saving makes a new version."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from cs_workbench.domain.success_map import Step
from cs_workbench.errors import InvalidValue
from cs_workbench.i18n import _, ngettext
from cs_workbench.services import map_drafts, success_maps
from cs_workbench.services.success_maps import EXITS, MapRead
from cs_workbench.ui import reading_only, wording
from cs_workbench.ui import theme as themes
from cs_workbench.ui.desk import Desk
from cs_workbench.ui.pages.success.order_list import OrderList
from cs_workbench.ui.pages.success.step_form import StepForm
from cs_workbench.ui.typed_marks import DRAFT, KEPT_ELSEWHERE
from cs_workbench.ui.widgets.button import Button
from cs_workbench.ui.widgets.calm_choice import CalmChoice
from cs_workbench.ui.widgets.label import Label
from cs_workbench.ui.widgets.sheet import Sheet

_PAUSE = 1000


class MapEditor(Sheet):
    """The steps of one persona's map. What is typed is kept as a draft until it is saved or thrown away."""

    def __init__(self, desk: Desk, window: QWidget, persona_id: int) -> None:
        super().__init__(window, _("Success map"), size=(1040, 720))
        self._desk, self._persona_id = desk, persona_id
        self.read: MapRead | None = None
        self.steps: list[Step] = []
        self.at = 0
        self.old = False
        self.versions = CalmChoice(name=_("Version"))
        self.list = OrderList(name=_("Steps of the map"))
        self.form = StepForm()
        self.add = Button(_("Add step"), "quiet", icon="plus")
        self.up = Button(kind="quiet", icon="arrow-up", name=_("Move up"), keys="Alt ↑")
        self.down = Button(kind="quiet", icon="arrow-down", name=_("Move down"), keys="Alt ↓")
        self.remove = Button(kind="quiet", icon="trash-2", name=_("Take the step out"))
        self.said = Label("", "small", "text.secondary", wrap=True)
        self.shut = Button(_("Close"))
        self.cancel = Button(_("Throw changes away"))
        self.save = Button(_("Save as a new version"), "filled", icon="check")
        self.main = self.save
        self.setProperty(KEPT_ELSEWHERE, DRAFT)
        self._pause = QTimer(self, interval=_PAUSE, singleShot=True)
        self._furnish()
        self._connect()

    def _furnish(self) -> None:
        theme = themes.current()
        left = QVBoxLayout()
        left.setContentsMargins(theme.px(12), theme.px(12), 0, theme.px(12))
        left.setSpacing(theme.px(8))
        newest = QHBoxLayout()
        newest.setContentsMargins(theme.px(12), 0, 0, 0)
        newest.addWidget(self.versions)
        left.addLayout(newest)
        left.addWidget(self.list, 1)
        tools = QHBoxLayout()
        tools.setSpacing(0)
        tools.addWidget(self.add)
        tools.addStretch(1)
        for button in (self.up, self.down, self.remove):
            button.keys = ""
            tools.addWidget(button)
        left.addLayout(tools)
        holder = QWidget()
        holder.setLayout(left)
        holder.setFixedWidth(theme.px(320))
        row = QHBoxLayout(self.body)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(holder)
        row.addWidget(self.form, 1)
        self.foot.addWidget(self.said, 1)
        self.foot.addWidget(self.shut)
        self.foot.addWidget(self.cancel)
        self.foot.addWidget(self.save)

    def _connect(self) -> None:
        self.versions.picked.connect(self._on_version)
        self.list.chosen.connect(self.go)
        self.list.pushed.connect(self.push)
        self.list.removed.connect(self.take_out)
        self.form.edited.connect(self._on_edited)
        self.add.clicked.connect(self.add_step)
        self.up.clicked.connect(lambda: self.push(-1))
        self.down.clicked.connect(lambda: self.push(1))
        self.remove.clicked.connect(self.take_out)
        self.shut.clicked.connect(self.reject)
        self.cancel.clicked.connect(self._on_cancel)
        self.save.clicked.connect(self.keep)
        self._pause.timeout.connect(self._keep_draft)

    def begin(self) -> None:
        """Read in the background, then unfold."""
        self._load(None, self._on_read)

    def go(self, place: int) -> None:
        """Show a step."""
        if 0 <= place < len(self.steps):
            self.at = place
            self.form.show_step(self.steps[place], enabled=not self.old)
            self.form.frame("")

    def add_step(self) -> None:
        """A new step after the one shown."""
        if self.old:
            return
        place = min(self.at + 1, len(self.steps)) if self.steps else 0
        self.steps.insert(place, Step(""))
        self._moved(place)
        self.form.name.setFocus()

    def push(self, by: int) -> None:
        """Move the step shown."""
        target = self.at + by
        if not self.old and 0 <= target < len(self.steps):
            self.steps.insert(target, self.steps.pop(self.at))
            self._moved(target)

    def take_out(self) -> None:
        """Take the step shown out; saying who stands on it."""
        if not self.old and self.steps:
            self.steps.pop(self.at)
            self._moved(min(self.at, max(len(self.steps) - 1, 0)))

    def keep(self) -> None:
        """Save as a new version; a refusal goes to its step and field."""
        if reading_only.refused(self):
            self._say(reading_only.why(self), bad=True)
            return
        try:
            success_maps.check(self.steps)
        except InvalidValue as problem:
            place = int(problem.where.get("step", 0))
            if place != self.at:  # else what was typed there stays as it was typed
                self.list.setCurrentRow(place)
                self.go(place)
            self.form.frame(problem.code)
            self._say(f"{problem.message} {problem.remedy}".strip(), bad=True)
            return
        desk, persona, steps, today = self._desk, self._persona_id, tuple(self.steps), self._desk.today()
        workbench, now = desk.workbench, desk.now()
        self._pause.stop()

        def work() -> int:
            found = success_maps.save(workbench, persona, steps, today=today)
            map_drafts.keep(workbench, persona, (), now=now)
            return found

        name = self.read.persona if self.read is not None else ""
        desk.tasks.write(work, done=lambda _id: desk.tell(_("Success map saved"), name, undo=True))
        self.accept()

    def reject(self) -> None:
        """Closing keeps what was typed as a draft."""
        if self._pause.isActive():
            self._pause.stop()
            self._keep_draft()
        super().reject()

    def _load(self, map_id: int | None, then: Callable[[tuple[object, ...]], None]) -> None:
        reads, persona = self._desk.workbench.reads, self._persona_id
        self._desk.tasks.run(
            lambda: (
                success_maps.read(reads, persona, map_id), success_maps.choices(reads),
                map_drafts.draft(reads, persona), success_maps.shares(reads),
            ),
            done=then,
        )  # fmt: skip

    def _on_read(self, found: tuple[object, ...]) -> None:
        read, metrics, draft, shares = found
        self.read = read if isinstance(read, MapRead) else None
        self.form.offer(
            metrics if isinstance(metrics, tuple) else (),
            shares if isinstance(shares, frozenset) else frozenset(),
        )
        drawn = draft if isinstance(draft, tuple) else ()
        self.steps = list(drawn or (self.read.steps if self.read is not None else ())) or [Step("")]
        self._show_versions()
        self._moved(0, typed=False)
        if drawn:
            self._say(_("What you typed before is here again; it is not saved yet."))
        self.cancel.setVisible(bool(drawn))
        if not self.isVisible():
            self.unfold()
        self.list.setFocus()

    def _show_versions(self) -> None:
        choices: list[tuple[object, str]] = []
        for one in self.read.versions if self.read is not None else ():
            words = (
                _("Version {n}, from {date}") if one.retired_on is None else _("Version {n}, {date} to {end}")
            )
            choices.append(
                (
                    one.id,
                    words.format(
                        n=one.version, date=wording.date(one.made_on), end=wording.date(one.retired_on)
                    ),
                )
            )
        self.versions.set_choices(choices)
        self.versions.show_value(choices[0][0] if choices else None)
        self.versions.setVisible(bool(choices))
        self.title.setText(self.read.persona if self.read is not None else _("Success map"))
        self.fact.setText(_("Success map"))

    def _on_version(self, map_id: object) -> None:
        newest = self.read.versions[0].id if self.read is not None else None
        if map_id == newest:
            self.old = False
            self._load(None, self._on_read)
        elif isinstance(map_id, int):
            self._pause.stop()
            self._keep_draft()
            self._load(map_id, self._on_old)

    def _on_old(self, found: tuple[object, ...]) -> None:
        read = found[0]
        if isinstance(read, MapRead):
            self.old = True
            self.steps = list(read.steps)
            self._moved(0, typed=False)
            self._say(_("This version is only to be read. Choose the newest to draw on."))

    def _on_edited(self) -> None:
        if self.steps and not self.old:
            self.steps[self.at] = self.form.step()
            self._list()
            self._typed()

    def _moved(self, place: int, *, typed: bool = True) -> None:
        self.at = place
        self._list()
        self.form.setEnabled(bool(self.steps))
        if self.steps:
            self.go(place)
        for button in (self.add, self.up, self.down, self.remove, self.save):
            button.setEnabled(not self.old)
        if typed:
            self._typed()

    def _list(self) -> None:
        rows = []
        for place, step in enumerate(self.steps, 1):
            second = step.exit_text or _(EXITS[step.exit_kind])
            rows.append((f"{place} {step.name or _('New step')}", second, not step.name.strip()))
        self.list.show_rows(rows, self.at)

    def _typed(self) -> None:
        self.cancel.show()
        self._say(leaving(self.read, self.steps))
        if not self._pause.isActive():  # not restarted by each letter: steady typing is kept as well
            self._pause.start()

    def _say(self, text: str, *, bad: bool = False) -> None:
        self.said.setText(text)
        self.said.set_colour("health.red.text" if bad else "text.secondary")

    def _keep_draft(self) -> None:
        if self.old:
            return
        self._desk.keep_draft(map_drafts.key_of(self._persona_id), map_drafts.body_of(self.steps))

    def _on_cancel(self) -> None:
        self._pause.stop()
        self._desk.keep_draft(map_drafts.key_of(self._persona_id), "")
        super().reject()


def leaving(read: MapRead | None, steps: Sequence[Step]) -> str:
    """Who would stand on no step once *steps* are saved; "" where nobody would."""
    if read is None:
        return ""
    kept = {step.origin for step in steps}
    count = sum(
        people for step, people in zip(read.steps, read.people, strict=True) if step.origin not in kept
    )
    return "" if not count else ngettext(
        "{n} account stands on a step taken out; it will be on no step.",
        "{n} accounts stand on a step taken out; they will be on no step.", count,
    ).format(n=count)  # fmt: skip

"""The personas: names, definitions of success, order, what they cover, and the rule of thumb on it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from cs_workbench.errors import UserError
from cs_workbench.i18n import _, ngettext
from cs_workbench.services import personas
from cs_workbench.services.personas import Coverage, PersonaLine
from cs_workbench.services.workbench import Workbench
from cs_workbench.ui import theme as themes
from cs_workbench.ui import wording
from cs_workbench.ui.desk import Desk
from cs_workbench.ui.pages.success.board_words import percent
from cs_workbench.ui.pages.success.order_list import OrderList
from cs_workbench.ui.typed_marks import RECORD
from cs_workbench.ui.widgets.button import Button
from cs_workbench.ui.widgets.fields import Field, LineEdit
from cs_workbench.ui.widgets.label import Label
from cs_workbench.ui.widgets.sheet import Sheet


class PersonaEditor(Sheet):
    """Everything is kept as it is typed, a step of Undo each. *show* goes to a persona's map."""

    def __init__(
        self, desk: Desk, window: QWidget, persona_id: int | None, show: Callable[[int], None]
    ) -> None:
        super().__init__(window, _("Personas"), size=(920, 640))
        self._desk, self._show = desk, show
        self.chosen = persona_id
        self.coverage: Coverage | None = None
        self._new = False
        self.list = OrderList(name=_("Personas"))
        self.advice = Label("", "body", wrap=True)
        self.name = Field(name=_("Name of the persona"), placeholder=_("Whose success is it?"))
        self.definition = LineEdit(
            name=_("Definition of success"), placeholder=_("What they call success, in their words")
        )
        self.figures = Label("", "body", "text.secondary", wrap=True)
        self.without_title = Label("", "small", "text.secondary")
        self.without = OrderList(name=_("Accounts without a persona"))
        self.add = Button(_("New persona"), "quiet", icon="plus")
        self.up = Button(kind="quiet", icon="arrow-up", name=_("Move up"))
        self.down = Button(kind="quiet", icon="arrow-down", name=_("Move down"))
        self.archive = Button(icon="archive")
        self.remove = Button(_("Delete"), "danger", icon="trash-2")
        self.close_button = Button(_("Show its map"), "filled", icon="map")
        self.main = self.close_button
        self._furnish()
        self._connect()

    def _furnish(self) -> None:
        theme = themes.current()
        left = QVBoxLayout()
        left.setContentsMargins(theme.px(12), theme.px(12), 0, theme.px(12))
        left.setSpacing(theme.px(8))
        left.addWidget(self.list, 1)
        tools = QHBoxLayout()
        tools.setSpacing(0)
        tools.addWidget(self.add)
        tools.addStretch(1)
        tools.addWidget(self.up)
        tools.addWidget(self.down)
        left.addLayout(tools)
        holder = QWidget()
        holder.setLayout(left)
        holder.setFixedWidth(theme.px(320))
        row = QHBoxLayout(self.body)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(holder)
        row.addLayout(self._form(), 1)
        self.foot.addStretch(1)
        self.foot.addWidget(self.close_button)

    def _form(self) -> QVBoxLayout:
        """What is said of the chosen persona, and whom the personas leave out."""
        theme = themes.current()
        right = QVBoxLayout()
        right.setContentsMargins(theme.px(20), theme.px(16), theme.px(20), theme.px(16))
        right.setSpacing(theme.px(6))
        right.addWidget(self.advice)
        right.addSpacing(theme.px(8))
        for title, part in (
            (_("Name of the persona"), self.name),
            (_("Definition of success"), self.definition),
        ):
            right.addWidget(Label(title, "small", "text.secondary"))
            right.addWidget(part)
        right.addWidget(self.figures)
        acts = QHBoxLayout()
        acts.setSpacing(theme.px(8))
        acts.addWidget(self.archive)
        acts.addWidget(self.remove)
        acts.addStretch(1)
        right.addLayout(acts)
        right.addSpacing(theme.px(8))
        right.addWidget(self.without_title)
        listed = QHBoxLayout()
        listed.setSpacing(0)
        listed.addSpacing(-theme.px(12))  # its texts stand under the label, not its rows
        listed.addWidget(self.without, 1)
        right.addLayout(listed, 1)
        return right

    def _connect(self) -> None:
        self.list.chosen.connect(self._on_row)
        self.list.pushed.connect(self._push)
        self.list.removed.connect(self._on_remove)
        self.add.clicked.connect(self.begin_new)
        self.up.clicked.connect(lambda: self._push(-1))
        self.down.clicked.connect(lambda: self._push(1))
        self.archive.clicked.connect(self._on_archive)
        self.remove.clicked.connect(self._on_remove)
        self.close_button.clicked.connect(self._on_show)
        self.name.edit.editingFinished.connect(self.keep)
        self.definition.editingFinished.connect(self.keep)
        self.name.edit.textEdited.connect(lambda _text: self.name.clear_problem())

    def begin(self, *, new: bool = False) -> None:
        """Read in the background, then unfold."""
        self._new = new
        self._read()

    def begin_new(self) -> None:
        """Empty fields for a new persona."""
        self._new, self.chosen = True, None
        self.list.setCurrentRow(-1)
        self.name.edit.clear()
        self.definition.clear()
        self._show_chosen()
        self.name.setFocus()

    def persona(self) -> PersonaLine | None:
        """The persona chosen."""
        lines = self.coverage.personas if self.coverage is not None else ()
        return next((one for one in lines if one.id == self.chosen), None)

    def keep(self) -> None:
        """Keep what is typed: a new persona once it has a name, else what was changed."""
        name, says, line = self.name.edit.text(), self.definition.text(), self.persona()
        if line is None and not name.strip():
            return
        if line is not None and (line.name, line.definition) == (name.strip(), says.strip()):
            return
        if line is None and self._new:
            self._new = False
            self._write(lambda wb: personas.add(wb, name, says), _("Persona added"), name)
        elif line is not None:
            self._write(
                lambda wb: personas.edit(wb, line.id, name=name, definition=says), _("Persona changed"), name
            )

    def reject(self) -> None:
        """Closing keeps what is typed."""
        self.keep()
        super().reject()

    def _read(self) -> None:
        reads, today = self._desk.workbench.reads, self._desk.today()
        self._desk.tasks.run(lambda: personas.coverage(reads, today), done=self._fill, latest=self)

    def _fill(self, coverage: Coverage) -> None:
        self.coverage = coverage
        ids = [one.id for one in coverage.personas]
        if self.chosen not in ids and not self._new:
            self.chosen = ids[0] if ids else None
            self._new = not ids
        rows = [(one.name, _second(one), one.archived) for one in coverage.personas]
        self.list.show_rows(rows, ids.index(self.chosen) if self.chosen in ids else -1)
        self.advice.setText(advice(coverage))
        free = coverage.without
        self.without_title.setText(_("Accounts without a persona ({n})").format(n=f"{len(free):,}"))
        self.without.show_rows(
            [(one.name, wording.money(one.arr, coverage.currency), False) for one in free], -1
        )
        self._show_chosen()
        if not self.isVisible():
            self.unfold()
            (self.name if self._new else self.list).setFocus()

    def _show_chosen(self) -> None:
        line = self.persona()
        self.setProperty(RECORD, f"persona {line.id if line is not None else 0}")
        if not self.name.edit.hasFocus() or line is not None:
            self.name.edit.setText(line.name if line is not None else "")
            self.definition.setText(line.definition if line is not None else "")
        self.figures.setText(
            _figures(line, self.coverage.currency) if line is not None and self.coverage else ""
        )
        for button in (self.archive, self.remove, self.up, self.down, self.close_button):
            button.setEnabled(line is not None)
        self.archive.setText(_("Bring back") if line is not None and line.archived else _("Archive"))

    def _on_row(self, row: int) -> None:
        if self.coverage is not None and 0 <= row < len(self.coverage.personas):
            self.chosen, self._new = self.coverage.personas[row].id, False
            self._show_chosen()

    def _push(self, by: int) -> None:
        line = self.persona()
        if line is not None and not line.archived:
            self._write(lambda wb: personas.move(wb, line.id, by), _("Persona moved"), line.name)

    def _on_archive(self) -> None:
        line, now = self.persona(), self._desk.now()
        if line is None:
            return
        if line.archived:
            self._write(lambda wb: personas.unarchive(wb, line.id), _("Persona brought back"), line.name)
        else:
            self._write(lambda wb: personas.archive(wb, line.id, now=now), _("Persona archived"), line.name)

    def _on_remove(self) -> None:
        line = self.persona()
        if line is not None:
            self._write(lambda wb: personas.remove(wb, line.id), _("Persona deleted"), line.name)

    def _on_show(self) -> None:
        self.keep()
        line = self.persona()
        if line is not None:
            self._show(line.id)
        self.accept()

    def _write(self, work: Callable[[Workbench], object], told: str, second: str) -> None:
        desk, workbench = self._desk, self._desk.workbench

        def done(found: object) -> None:
            if isinstance(found, int) and not isinstance(found, bool):
                self.chosen = found
            if found is not False:
                desk.tell(told, second, undo=True)
            self._read()

        desk.tasks.write(lambda: work(workbench), done=done, failed=self._on_failed)

    def _on_failed(self, error: BaseException) -> None:
        if isinstance(error, UserError) and error.where.get("field") == "name":
            self._new = self.persona() is None
            self.name.refuse(f"{error.message} {error.remedy}".strip())
            self.name.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._desk.tasks.failed.emit(error)


def advice(coverage: Coverage) -> str:
    """The rule of thumb, said to what is there."""
    used, share = len(coverage.used), percent(coverage.covered)
    words = {
        "none": _("Begin with the persona that most of your revenue belongs to."),
        "few": ngettext("{n} persona covers {share} of ARR. About five usually cover 80%: add the next one.",
                        "{n} personas cover {share} of ARR. About five usually cover 80%: add the next one.", used),
        "many": _("{n} personas are many to keep maps for. About five usually cover 80% of ARR; yours cover {share}."),
        "uncovered": _("{n} personas cover {share} of ARR. Give the accounts below a persona, or widen a definition."),
        "good": ngettext("{n} persona covers {share} of ARR. That is enough: about five and 80% are the guide.",
                         "{n} personas cover {share} of ARR. That is enough: about five and 80% are the guide.", used),
    }  # fmt: skip
    return words[coverage.advice].format(n=used, share=share)


def _second(line: PersonaLine) -> str:
    parts = [_("archived")] if line.archived else [_("{share} of ARR").format(share=percent(line.share))]
    return _(", ").join([*parts, personas.told(line.accounts)])


def _figures(line: PersonaLine, currency: str) -> str:
    parts = [personas.told(line.accounts), wording.money(line.arr, currency)]
    parts.append(_("{share} of ARR").format(share=percent(line.share)))
    if line.version is not None:
        parts.append(_("map version {n} of {date}").format(n=line.version, date=wording.date(line.made_on)))
    return _(", ").join(part for part in parts if part)
